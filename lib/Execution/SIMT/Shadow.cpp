//===- Shadow.cpp - Who accessed memory -----------------------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file finds races.
//
//===----------------------------------------------------------------------===//

#include "Shadow.h"

#include "llvm/Support/MathExtras.h"

using namespace act::simt;

bool Shadow::reset(int64_t bytes, unsigned granule, uint64_t newFirst) {
  first = newFirst;
  hasReads = false;
  shift = llvm::Log2_32(granule);
  size_t needed = (bytes >> shift) + 1;
  if (needed <= count)
    return true;
  release();
  if (!writes.reserve(needed * sizeof(Access)) ||
      !reads.reserve(needed * sizeof(Access[2])))
    return false;
  count = needed;
  return true;
}

void Shadow::release() {
  writes.release();
  reads.release();
  count = 0;
}

/// Whether no barrier orders `access` before what `thread` does now.
bool Shadow::races(Access access, const Thread &thread,
                   const Intervals &intervals) const {
  if (access.interval < first)
    return false;
  std::optional<size_t> place = intervals.find(access.interval);
  if (!place)
    return others == Others::Race;
  const Interval *then = intervals.at(*place);
  return then && then->thread != &thread && !then->isBefore(thread);
}

/// Keeps two that read so that a later writer which races with any that has
/// read races with one of them. Forgets readers that all later writers know of
/// if they know of `access`. Of others, two that are farthest apart suffice:
/// one of them is as far from the writer as they are from each other.
void Shadow::recordRead(Access (&reads)[2], Access access, const Thread &thread,
                        const Intervals &intervals) const {
  for (Access &read : reads)
    if (!races(read, thread, intervals)) {
      read = access;
      return;
    }
  if (intervals.distance(reads[0].interval, reads[1].interval) <
      intervals.distance(reads[0].interval, access.interval))
    reads[1] = access;
}

std::optional<Access> Shadow::record(Intervals &intervals, Thread &thread,
                                     int64_t offset, int64_t size, bool isWrite,
                                     unsigned site) {
  unsigned block = thread.block->rank;
  Access access{intervals.current(thread).number, block, site};
  auto *lastWrites = reinterpret_cast<Access *>(writes.data());
  auto *lastReads = reinterpret_cast<Access(*)[2]>(reads.data());
  // Another thread of the host that read the same memory has set this.
  if (!isWrite)
    hasReads.store(true, std::memory_order_relaxed);
  const bool wasRead = hasReads.load(std::memory_order_relaxed);
  for (int64_t i = offset >> shift; i << shift < offset + size; ++i) {
    if (races(lastWrites[i], thread, intervals))
      return lastWrites[i];
    if (!isWrite) {
      recordRead(lastReads[i], access, thread, intervals);
      continue;
    }
    if (wasRead)
      for (Access read : lastReads[i])
        if (races(read, thread, intervals))
          return read;
    lastWrites[i] = access;
  }
  return std::nullopt;
}
