//===- Synchronization.cpp - Where threads meet ---------------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file implements barriers, shuffles, reductions and clusters. It is as
// strict as the definitions of the operations: all threads of the block, warp
// or cluster take part, also where a GPU would let some be missing.
//
//===----------------------------------------------------------------------===//

#include "Cluster.h"

#include "mlir/Dialect/GPU/IR/GPUDialect.h"
#include "mlir/Dialect/LLVMIR/NVVMDialect.h"

using namespace act::simt;
using mlir::gpu::ShuffleMode;
using mlir::NVVM::ReduxKind;

/// Whether `thread` is where `first`, of the same block or warp, waits already.
bool Cluster::checkSameSite(const Thread &thread, const Thread &first,
                            unsigned site) {
  if (first.waitSite == site)
    return true;
  return fail(thread, site,
              "divergent barrier: " + nameOf(first) + " " + whereabouts(first));
}

/// The first of `count` threads that waits, or null.
static const Thread *firstWaiting(const Thread *threads, unsigned count,
                                  Wait wait) {
  for (const Thread &thread : llvm::ArrayRef(threads, count))
    if (thread.waitsFor == wait)
      return &thread;
  return nullptr;
}

void Cluster::barrier(Thread &thread, unsigned site) {
  Block &block = *thread.block;
  if (block.numWaiting && block.waitSite != site) {
    if (!checkSameSite(thread,
                       *firstWaiting(block.threads, block.size, Wait::Barrier),
                       site))
      abandon();
  }
  block.waitSite = site;
  if (++block.numWaiting != block.size) {
    pause(thread, Wait::Barrier, site);
  } else {
    block.numWaiting = 0;
    for (Thread &other : llvm::MutableArrayRef(block.threads, block.size))
      if (&other != &thread)
        wake(other);
  }
  ++thread.barriers;
}

void Cluster::meetWarp(Thread &thread, Wait wait, unsigned site) {
  Warp &warp = *thread.warp;
  if (warp.numWaiting && warp.waitSite != site) {
    const Thread *first = firstWaiting(warp.threads, warp.size, warp.wait);
    if (!checkSameSite(thread, *first, site))
      abandon();
  }
  warp.wait = wait;
  warp.waitSite = site;
  if (++warp.numWaiting != warp.size)
    return pause(thread, wait, site);
  warp.numWaiting = 0;
  for (Thread &other : llvm::MutableArrayRef(warp.threads, warp.size))
    if (&other != &thread)
      wake(other);
}

bool Cluster::checkSource(const Thread &thread, unsigned lane, unsigned site) {
  if (lane < thread.warp->size)
    return true;
  return fail(thread, site,
              "shuffle from inactive lane " + llvm::Twine(lane) +
                  ", which the block does not have");
}

uint64_t Cluster::shuffle(Thread &thread, uint32_t value, uint32_t offset,
                          unsigned mode, unsigned site) {
  Warp &warp = *thread.warp;
  unsigned lane = thread.lane;
  uint32_t *values = warp.values[thread.exchanges++ % 2];
  values[lane] = value;
  meetWarp(thread, Wait::Shuffle, site);

  // As PTX defines shfl.sync; lanes without a source keep their value.
  offset %= warpSize;
  unsigned source = lane;
  bool isValid = true;
  switch (static_cast<ShuffleMode>(mode)) {
  case ShuffleMode::XOR:
    source = lane ^ offset;
    break;
  case ShuffleMode::IDX:
    source = offset;
    break;
  case ShuffleMode::UP:
    isValid = offset <= lane;
    source = isValid ? lane - offset : lane;
    break;
  case ShuffleMode::DOWN:
    isValid = lane + offset < warpSize;
    source = isValid ? lane + offset : lane;
    break;
  }
  if (!checkSource(thread, source, site))
    abandon();
  return values[source] | uint64_t(isValid) << 32;
}

void Cluster::requireAllLanes(const Thread &thread, uint32_t mask,
                              const char *op, unsigned site) {
  uint32_t all = thread.warp->size == warpSize
                     ? ~uint32_t(0)
                     : (uint32_t(1) << thread.warp->size) - 1;
  if ((mask & all) == all)
    return;
  fail(thread, site,
       llvm::Twine(op) + " of some lanes; the mask must have all");
  abandon();
}

static uint32_t combine(ReduxKind kind, uint32_t a, uint32_t b) {
  switch (kind) {
  case ReduxKind::ADD:
    return a + b;
  case ReduxKind::AND:
    return a & b;
  case ReduxKind::MAX:
    return std::max(int32_t(a), int32_t(b));
  case ReduxKind::MIN:
    return std::min(int32_t(a), int32_t(b));
  case ReduxKind::OR:
    return a | b;
  case ReduxKind::UMAX:
    return std::max(a, b);
  case ReduxKind::UMIN:
    return std::min(a, b);
  case ReduxKind::XOR:
    return a ^ b;
  default:
    llvm_unreachable("kinds of integers only were let in");
  }
}

uint32_t Cluster::reduce(Thread &thread, uint32_t value, unsigned kind,
                         uint32_t mask, unsigned site) {
  requireAllLanes(thread, mask, "nvvm.redux.sync", site);
  Warp &warp = *thread.warp;
  uint32_t *values = warp.values[thread.exchanges++ % 2];
  values[thread.lane] = value;
  meetWarp(thread, Wait::Reduction, site);
  uint32_t result = values[0];
  for (unsigned lane = 1; lane != warp.size; ++lane)
    result = combine(static_cast<ReduxKind>(kind), result, values[lane]);
  return result;
}

void Cluster::syncWarp(Thread &thread, uint32_t mask, unsigned site) {
  requireAllLanes(thread, mask, "nvvm.bar.warp.sync", site);
  meetWarp(thread, Wait::WarpSync, site);
  ++thread.warpSyncs;
}

void Cluster::arriveAtCluster(Thread &thread, bool releases, unsigned site) {
  if (thread.hasArrived) {
    fail(thread, site, "nvvm.cluster.arrive twice without nvvm.cluster.wait");
    abandon();
  }
  thread.hasArrived = true;
  thread.hasReleased = releases;
  phaseReleases &= releases;
  if (++numArrived != threads.size())
    return;
  numArrived = 0;
  lastReleased = std::exchange(phaseReleases, true);
  ++clusterPhase;
  for (Thread &other : threads)
    if (other.waitsFor == Wait::ClusterWait)
      wake(other);
}

void Cluster::waitForCluster(Thread &thread, unsigned site) {
  if (!thread.hasArrived) {
    fail(thread, site, "nvvm.cluster.wait without nvvm.cluster.arrive");
    abandon();
  }
  if (clusterPhase == thread.clusterWaits)
    pause(thread, Wait::ClusterWait, site);
  thread.hasArrived = thread.hasReleased = false;
  ++thread.clusterWaits;
  // The next phase does not end before this thread has arrived at it.
  if (lastReleased)
    ++thread.clusterOrders;
}
