//===- Thread.h - A thread of a GPU --------------------------- -*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares what the runner knows of a thread, its warp and its block.
// The first members of Thread and all of BlockNumbers are read by generated
// code.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_EXECUTION_SIMT_THREAD_H
#define ACT_LIB_EXECUTION_SIMT_THREAD_H

#include <cstddef>
#include <cstdint>
#include <vector>

namespace act::simt {

constexpr unsigned warpSize = 32;

/// What all threads of a block are told: sizes and numbers in x, y and z.
struct BlockNumbers {
  int64_t block[3];
  int64_t blockSize[3];
  int64_t gridSize[3];
  int64_t cluster[3];
  int64_t numClusters[3];
  int64_t blockOfCluster[3];
  int64_t clusterSize[3];
  int64_t numWarps;
  int64_t dynamicShared;
};

struct Warp;
struct Block;
class Cluster;

/// What a thread waits for.
enum class Wait { Nothing, Barrier, Shuffle, Reduction, WarpSync, ClusterWait };

struct Thread {
  int64_t index[3];
  int64_t lane;
  int64_t warpNumber;
  const BlockNumbers *numbers;

  Warp *warp;
  Block *block;
  Cluster *cluster;

  /// Where it goes on, once it has begun and as long as it has not left.
  void *context;
  bool hasLeft;
  Wait waitsFor;
  unsigned waitSite;

  /// How often it has passed barriers of its block, of its warp and of its
  /// cluster: what happened before a barrier is known after it.
  uint32_t barriers, warpSyncs, clusterWaits;
  /// Waits of the cluster that order what was before: not those that some have
  /// arrived at without releasing what they wrote.
  uint32_t clusterOrders;
  /// Shuffles and reductions of its warp.
  uint32_t exchanges;
  /// Whether it is between arriving at its cluster's barrier and waiting, and
  /// whether it has released what it wrote.
  bool hasArrived, hasReleased;
  /// The place of the interval that it was in last, and 1; 0: none.
  size_t interval;
  /// How long it has run, see Launch::maxSteps.
  uint64_t steps;
};

struct Warp {
  Thread *threads;
  unsigned size;
  /// Lanes at the shuffle or barrier that lanes are at.
  unsigned numWaiting;
  Wait wait;
  unsigned waitSite;
  /// Values of the last two exchanges: a lane may reach the next one before
  /// others have read.
  uint32_t values[2][warpSize];
};

struct Block {
  BlockNumbers numbers;
  /// Its number in its cluster.
  unsigned rank;
  Thread *threads;
  unsigned size;
  unsigned numWaiting;
  unsigned waitSite;
  unsigned numLeft;
  /// Waits of the cluster that a thread had passed when it left, of those that
  /// order.
  uint32_t passedOrders;
  char *shared;
  /// The last access to its shared memory by another block: the wait of the
  /// cluster that it happened before, and its thread and place.
  uint32_t foreignBefore;
  const Thread *foreignThread;
  unsigned foreignSite;
};

} // namespace act::simt

#endif // ACT_LIB_EXECUTION_SIMT_THREAD_H
