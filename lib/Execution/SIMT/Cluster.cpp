//===- Cluster.cpp - Blocks that run together -----------------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file runs the threads of a cluster in turn. A thread runs until it has
// to wait for others; one that never waits needs no stack of its own.
//
//===----------------------------------------------------------------------===//

#include "Cluster.h"
#include "SharedLayout.h"

#include "llvm/Support/MathExtras.h"

#include <cstring>

using namespace act::simt;

static int64_t product(const int64_t (&sizes)[3]) {
  return sizes[0] * sizes[1] * sizes[2];
}

/// The position with the given number, counted along x first.
static void setPosition(int64_t (&position)[3], int64_t number,
                        const int64_t (&sizes)[3]) {
  position[0] = number % sizes[0];
  position[1] = number / sizes[0] % sizes[1];
  position[2] = number / sizes[0] / sizes[1];
}

Cluster::Cluster(Launch &launch, Scratch &scratch)
    : launch(launch), scratch(scratch) {}

bool Cluster::prepare() {
  const BlockNumbers &numbers = launch.numbers;
  size_t numBlocks = product(numbers.clusterSize);
  size_t blockSize = product(numbers.blockSize);
  threads.resize(numBlocks * blockSize);
  blocks.resize(numBlocks);
  warps.resize(numBlocks * numbers.numWarps);
  if (!scratch.stacks.reset(threads.size(), launch.program.frameBytes)) {
    launch.fail(launch.site, "there is not enough memory for the stacks of " +
                                 llvm::Twine(threads.size()) + " threads");
    return false;
  }
  constexpr int64_t alignment = 2 * maxSharedAlignment;
  sharedStride = llvm::alignTo(
      launch.kernel.dynamicOffset + numbers.dynamicShared + 1, alignment);
  scratch.shared.resize(numBlocks * sharedStride + alignment);
  sharedBase = reinterpret_cast<char *>(llvm::alignTo(
      reinterpret_cast<uintptr_t>(scratch.shared.data()), alignment));
  // Numbers of other launches may be the same.
  scratch.shadow.release();
  if (!scratch.shadow.reset(numBlocks * sharedStride,
                            launch.kernel.sharedGranule, /*first=*/1)) {
    launch.fail(launch.site, noRecord);
    return false;
  }
  return true;
}

BlockNumbers Cluster::numbersOf(int64_t rank, int64_t number) const {
  BlockNumbers numbers = launch.numbers;
  setPosition(numbers.cluster, number, numbers.numClusters);
  setPosition(numbers.blockOfCluster, rank, numbers.clusterSize);
  for (unsigned i = 0; i != 3; ++i)
    numbers.block[i] =
        numbers.cluster[i] * numbers.clusterSize[i] + numbers.blockOfCluster[i];
  return numbers;
}

void Cluster::setUpBlock(Block &block, int64_t rank, int64_t number) {
  block = Block();
  block.numbers = numbersOf(rank, number);
  block.rank = rank;
  block.size = product(launch.numbers.blockSize);
  block.threads = &threads[rank * block.size];
  block.shared = sharedBase + rank * sharedStride;
  const BlockNumbers &numbers = block.numbers;
  for (unsigned i = 0; i != block.size; ++i) {
    Thread &thread = block.threads[i];
    thread = Thread();
    setPosition(thread.index, i, numbers.blockSize);
    thread.lane = i % warpSize;
    thread.warpNumber = i / warpSize;
    thread.numbers = &numbers;
    thread.warp = &warps[rank * numbers.numWarps + thread.warpNumber];
    thread.block = &block;
    thread.cluster = this;
    if (thread.lane == 0) {
      thread.warp->threads = &thread;
      thread.warp->size = std::min(warpSize, block.size - i);
      thread.warp->numWaiting = 0;
    }
  }
}

void Cluster::setUp(int64_t number) {
  for (auto [rank, block] : llvm::enumerate(blocks))
    setUpBlock(block, rank, number);
  nextThread = 0;
  ready.clear();
  firstReady = 0;
  numArrived = 0;
  clusterPhase = 0;
  phaseReleases = true;
  scratch.intervals.reset(launch.shadow, number);
  if (launch.kernel.sharedBytes + launch.numbers.dynamicShared == 0)
    return;
  // What nobody has written is not a number.
  std::memset(sharedBase, 0xff, blocks.size() * sharedStride);
}

void Cluster::run(int64_t number) {
  setUp(number);
  goTo(next(), &hostContext);
  if (launch.hasFailed())
    return;
  for (const Thread &thread : threads)
    if (!thread.hasLeft)
      return diagnoseStandstill();
}

/// Leaves the running context, which is kept in `left`, for another one.
void Cluster::goTo(void *context, void **left) {
  lastLeft = left;
  Arrival arrival = switchTo(context, this);
  *lastLeft = arrival.from;
}

void *Cluster::next() {
  if (firstReady != ready.size()) {
    void *context = ready[firstReady++]->context;
    if (firstReady == ready.size()) {
      ready.clear();
      firstReady = 0;
    }
    return context;
  }
  if (nextThread == threads.size())
    return hostContext;
  newStack = scratch.stacks.take();
  return newStack->enter(fiber);
}

void Cluster::fiber(void *from, void *data) {
  auto &cluster = *static_cast<Cluster *>(data);
  *cluster.lastLeft = from;
  cluster.runThreads(cluster.newStack);
}

void Cluster::runThreads(Stack *stack) {
  const KernelInfo &kernel = launch.kernel;
  do {
    Thread &thread = threads[nextThread++];
    kernel.code(&thread, launch.arguments, thread.block->shared,
                thread.block->shared, /*offset=*/0, sharedStride, /*stride=*/1);
    if (!leave(thread))
      abandon();
  } while (firstReady == ready.size() && nextThread != threads.size());
  scratch.stacks.giveBack(stack);
  goTo(next(), &nowhere);
}

bool Cluster::leave(Thread &thread) {
  thread.hasLeft = true;
  Block &block = *thread.block;
  uint32_t &orders = block.passedOrders;
  orders = std::max(orders, thread.clusterOrders);
  if (++block.numLeft == block.size && block.foreignBefore > orders)
    return fail(*block.foreignThread, block.foreignSite,
                "the block whose shared memory is accessed may have ended; a "
                "cluster barrier is missing before its end");
  return !launch.hasFailed();
}

void Cluster::step(Thread &thread, unsigned site) {
  ++thread.steps;
  if (launch.hasFailed() || !checkSteps(thread, site))
    abandon();
}

void Cluster::divide(Thread &thread, bool byZero, bool overflows,
                     unsigned site) {
  if (!byZero && !overflows)
    return;
  fail(thread, site,
       byZero ? "an integer is divided by 0"
              : "the least integer is divided by -1, and the quotient has no "
                "room in its type");
  abandon();
}

void Cluster::pause(Thread &thread, Wait wait, unsigned site) {
  thread.steps += Launch::stepsOfWait;
  if (launch.hasFailed() || !checkSteps(thread, site))
    abandon();
  thread.waitsFor = wait;
  thread.waitSite = site;
  goTo(next(), &thread.context);
  thread.waitsFor = Wait::Nothing;
}

void Cluster::wake(Thread &thread) { ready.push_back(&thread); }

void Cluster::abandon() {
  goTo(hostContext, &nowhere);
  llvm_unreachable("nobody comes back to a thread that was abandoned");
}
