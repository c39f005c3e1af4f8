//===- Shadow.cpp - Who accessed shared memory ----------------------------===//
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

void Shadow::reset(int64_t bytes, unsigned granule) {
  unsigned granuleShift = llvm::Log2_32(granule);
  // Records of other clusters are told apart by their number.
  size_t count = (bytes >> granuleShift) + 1;
  if (cells.size() < count || shift != granuleShift || ++run == 0) {
    cells.assign(count, Cell());
    shift = granuleShift;
    run = 1;
  }
}

/// Whether `access` and what `thread` does now are not ordered by a barrier
/// that both have passed or pass.
bool Shadow::races(const Access &access, const Thread &thread) const {
  if (access.run != run || access.thread == &thread)
    return false;
  if (access.clusterWait <= thread.clusterWaits)
    return false;
  if (access.thread->block != thread.block)
    return true;
  if (access.barriers < thread.barriers)
    return false;
  return access.thread->warp != thread.warp ||
         access.warpSyncs >= thread.warpSyncs;
}

/// Forgets readers that all later writers know of if they know of `access`, and
/// those of the same warp in favour of other warps.
void Shadow::recordRead(Cell &cell, const Access &access) const {
  for (Access &read : cell.reads)
    if (read.run != run || read.thread == access.thread ||
        !races(read, *access.thread)) {
      read = access;
      return;
    }
  if (cell.reads[0].thread->warp == cell.reads[1].thread->warp)
    cell.reads[1] = access;
}

const Access *Shadow::record(const Thread &thread, int64_t offset, int64_t size,
                             bool isWrite, unsigned site) {
  // After an arrival the cluster's next wait does not order this access.
  Access access{run,
                thread.barriers,
                thread.warpSyncs,
                thread.clusterWaits + 1 + thread.hasArrived,
                site,
                &thread};
  for (int64_t i = offset >> shift; i << shift < offset + size; ++i) {
    Cell &cell = cells[i];
    if (races(cell.write, thread))
      return &cell.write;
    if (!isWrite) {
      recordRead(cell, access);
      continue;
    }
    for (const Access &read : cell.reads)
      if (races(read, thread))
        return &read;
    cell.write = access;
  }
  return nullptr;
}
