//===- Cluster.h - Blocks that run together ------------------- -*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares the execution of a cluster of blocks: all of its threads,
// each a fiber, on one thread of the host.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_EXECUTION_SIMT_CLUSTER_H
#define ACT_LIB_EXECUTION_SIMT_CLUSTER_H

#include "Launch.h"
#include "Stack.h"

namespace act::simt {

/// Memory that one thread of the host needs for a launch.
struct Scratch {
  StackPool stacks;
  /// Accesses to shared memory.
  Shadow shadow{Shadow::Others::AreGone};
  Intervals intervals;
  std::vector<char> shared;
};

class Cluster {
public:
  Cluster(Launch &launch, Scratch &scratch);

  /// Takes the memory. False where there is not enough.
  bool prepare();

  /// Runs the cluster with the given number.
  void run(int64_t number);

  // What threads call. Where something is wrong they do not return: the launch
  // has failed then.
  void barrier(Thread &thread, unsigned site);
  uint64_t shuffle(Thread &thread, uint32_t value, uint32_t offset,
                   unsigned mode, unsigned site);
  uint32_t reduce(Thread &thread, uint32_t value, unsigned kind, uint32_t mask,
                  unsigned site);
  void syncWarp(Thread &thread, uint32_t mask, unsigned site);
  void arriveAtCluster(Thread &thread, bool releases, unsigned site);
  void waitForCluster(Thread &thread, unsigned site);
  char *map(Thread &thread, char *address, uint32_t rank, unsigned site);
  void step(Thread &thread, unsigned site);
  void divide(Thread &thread, bool byZero, bool overflows, unsigned site);
  void accessGlobal(Thread &thread, uintptr_t address, int64_t size,
                    uint32_t alignment, bool isWrite, unsigned site);
  void accessShared(Thread &thread, uintptr_t address, int64_t size,
                    uint32_t alignment, unsigned flags, unsigned site);

private:
  void setUp(int64_t number);
  void setUpBlock(Block &block, int64_t rank, int64_t number);
  /// The position in the grid of a block of the cluster with the given number.
  BlockNumbers numbersOf(int64_t rank, int64_t number) const;

  /// The body of fibers: runs threads that have not begun.
  static void fiber(void *from, void *data);
  void runThreads(Stack *stack);
  bool leave(Thread &thread);

  /// Where to go on when the running thread cannot.
  void *next();
  void goTo(void *context, void **left);
  void pause(Thread &thread, Wait wait, unsigned site);
  void wake(Thread &thread);
  /// Leaves a thread for good, as the launch has failed. Its frames are not
  /// destroyed: callers hold nothing that has a destructor.
  [[noreturn]] void abandon();

  /// Waits until all lanes are at `site`.
  void meetWarp(Thread &thread, Wait wait, unsigned site);
  bool checkSameSite(const Thread &thread, const Thread &first, unsigned site);
  void requireAllLanes(const Thread &thread, uint32_t mask, const char *op,
                       unsigned site);
  bool checkSource(const Thread &thread, unsigned lane, unsigned site);
  bool checkSteps(const Thread &thread, unsigned site);
  bool checkGlobal(const Thread &thread, uintptr_t address, int64_t size,
                   bool isWrite, unsigned site);
  bool checkRace(Thread &thread, uintptr_t address, int64_t size, bool isWrite,
                 unsigned site);
  bool checkAlignment(const Thread &thread, uintptr_t address,
                      uint32_t alignment, unsigned site);
  bool checkShared(Thread &thread, uintptr_t address, int64_t size,
                   unsigned flags, unsigned site);
  bool checkForeign(const Thread &thread, Block &block, unsigned site);
  bool checkMap(const Thread &thread, const char *address, uint32_t rank,
                unsigned site);
  bool isDeclared(int64_t offset, int64_t size) const;

  bool fail(const Thread &thread, unsigned site, const llvm::Twine &message);
  std::string nameOf(const Thread &thread) const;
  std::string siteText(unsigned site) const;
  std::string nearestText(int64_t offset) const;
  std::string whereabouts(const Thread &thread) const;
  std::string raceText(Access access) const;
  std::string othersText(const Thread &thread) const;
  void diagnoseStandstill();

  Launch &launch;
  Scratch &scratch;
  std::vector<Thread> threads;
  std::vector<Warp> warps;
  std::vector<Block> blocks;

  /// Threads from this one on have not begun.
  unsigned nextThread = 0;
  /// Threads that can go on, from `firstReady` on.
  std::vector<Thread *> ready;
  size_t firstReady = 0;

  void *hostContext = nullptr;
  /// Where the context that was left last is kept.
  void **lastLeft = nullptr;
  void *nowhere = nullptr;
  Stack *newStack = nullptr;

  /// Bytes from the shared memory of a block to that of the next.
  int64_t sharedStride = 0;
  char *sharedBase = nullptr;
  unsigned numArrived = 0;
  uint32_t clusterPhase = 0;
  /// Whether all that have arrived in this phase, and in the one before, have
  /// released what they wrote.
  bool phaseReleases = true, lastReleased = true;
  size_t memoryHint = 0;
};

} // namespace act::simt

#endif // ACT_LIB_EXECUTION_SIMT_CLUSTER_H
