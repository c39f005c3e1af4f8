//===- Intervals.cpp - What orders accesses of memory ---------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file keeps the intervals of a cluster.
//
//===----------------------------------------------------------------------===//

#include "Intervals.h"
#include "GlobalShadow.h"

using namespace act::simt;

/// Intervals that are kept, a power of two: 128 for each thread of the largest
/// cluster. Of what is longer ago no race is found.
static constexpr size_t numKept = size_t(1) << 20;

/// After an arrival the cluster's next wait does not order what a thread does.
static uint32_t nextOrder(const Thread &thread) {
  return thread.clusterOrders + 1 + thread.hasReleased;
}

bool Interval::isBefore(const Thread &other) const {
  if (clusterOrder <= other.clusterOrders)
    return true;
  if (thread->block != other.block)
    return false;
  if (barriers < other.barriers)
    return true;
  return thread->warp == other.warp && warpSyncs < other.warpSyncs;
}

void Intervals::reset(GlobalShadow &numbers, int64_t number) {
  shadow = &numbers;
  cluster = number;
  chunks.clear();
  count = numNumbers = 0;
}

Interval &Intervals::slot(size_t place) {
  size_t index = place % numKept;
  if (index >= kept.size())
    kept.resize(std::max(index + 1, std::min(numKept, 2 * kept.size())));
  return kept[index];
}

const Interval &Intervals::current(Thread &thread) {
  if (thread.interval) {
    const Interval *last = at(thread.interval - 1);
    if (last && last->barriers == thread.barriers &&
        last->warpSyncs == thread.warpSyncs &&
        last->clusterOrder == nextOrder(thread))
      return *last;
  }
  if (count == numNumbers) {
    // The first chunk is one for each thread of a block, more or less.
    size_t size = std::max<size_t>(256, numNumbers);
    chunks.push_back({shadow->takeNumbers(size, cluster), count});
    numNumbers += size;
  }
  Interval &interval = slot(count);
  interval = {chunks.back().first + (count - chunks.back().place), &thread,
              thread.barriers, thread.warpSyncs, nextOrder(thread)};
  thread.interval = ++count;
  return interval;
}

std::optional<size_t> Intervals::find(uint64_t number) const {
  for (size_t i = chunks.size(); i != 0; --i) {
    const Chunk &chunk = chunks[i - 1];
    if (number < chunk.first)
      continue;
    size_t end = i == chunks.size() ? count : chunks[i].place;
    size_t place = chunk.place + (number - chunk.first);
    return place < end ? std::optional(place) : std::nullopt;
  }
  return std::nullopt;
}

const Interval *Intervals::at(size_t place) const {
  return place + numKept < count ? nullptr : &kept[place % numKept];
}

Distance Intervals::distance(uint64_t a, uint64_t b) const {
  std::optional<size_t> placeOfA = find(a), placeOfB = find(b);
  if (placeOfA.has_value() != placeOfB.has_value())
    return Distance::Apart;
  const Interval *ofA = placeOfA ? at(*placeOfA) : nullptr;
  const Interval *ofB = placeOfB ? at(*placeOfB) : nullptr;
  if (!ofA || !ofB || ofA->thread->warp == ofB->thread->warp)
    return Distance::SameWarp;
  return ofA->thread->block == ofB->thread->block ? Distance::SameBlock
                                                  : Distance::SameCluster;
}
