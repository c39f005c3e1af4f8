//===- Intervals.h - What orders accesses of memory ----------- -*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares intervals: what a thread does between two barriers. Two
// accesses of different threads are ordered if one's interval is before the
// other's.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_EXECUTION_SIMT_INTERVALS_H
#define ACT_LIB_EXECUTION_SIMT_INTERVALS_H

#include "Thread.h"

#include <optional>

namespace act::simt {

class GlobalShadow;

/// What `thread` does after it has passed so many barriers.
struct Interval {
  /// Unique within the launch, and not 0.
  uint64_t number;
  const Thread *thread;
  uint32_t barriers, warpSyncs;
  /// The wait of the cluster that it is before.
  uint32_t clusterOrder;

  /// Whether barriers order it before what `other`, of the same cluster, does
  /// now.
  bool isBefore(const Thread &other) const;
};

/// How far two threads are apart; the farther, the fewer barriers order them.
enum class Distance { SameWarp, SameBlock, SameCluster, Apart };

/// The intervals of the threads of a cluster. Only the last ones are kept, of
/// which there are many more than threads: so kernels with loops do not fill
/// the memory.
class Intervals {
public:
  /// Begins the cluster with the given number, whose intervals get those of
  /// `numbers`.
  void reset(GlobalShadow &numbers, int64_t cluster);

  /// The interval that `thread` is in.
  const Interval &current(Thread &thread);

  /// The place of an interval, which is that of another cluster if there is
  /// none.
  std::optional<size_t> find(uint64_t number) const;
  /// The interval at a place, or null if it is long ago.
  const Interval *at(size_t place) const;

  /// The distance of two threads. Those of two intervals that are not known may
  /// be the same.
  Distance distance(uint64_t a, uint64_t b) const;

private:
  /// Numbers that the launch has given to this cluster; they are in order.
  struct Chunk {
    uint64_t first;
    size_t place;
  };

  Interval &slot(size_t place);

  GlobalShadow *shadow = nullptr;
  int64_t cluster = 0;
  std::vector<Chunk> chunks;
  std::vector<Interval> kept;
  /// Intervals there have been, and places that there are numbers for.
  size_t count = 0, numNumbers = 0;
};

} // namespace act::simt

#endif // ACT_LIB_EXECUTION_SIMT_INTERVALS_H
