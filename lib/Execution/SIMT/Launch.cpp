//===- Launch.cpp - One launch of a kernel --------------------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file distributes the clusters of a launch over threads of the host.
//
//===----------------------------------------------------------------------===//

#include "Launch.h"
#include "Cluster.h"

#include "Act/Execution/Threads.h"

#include "llvm/ADT/ScopeExit.h"

#ifdef __SSE__
#include <xmmintrin.h>
#endif

using namespace act;
using namespace act::simt;

/// Threads of a launch up to which it runs on one thread of the host.
static constexpr int64_t fewThreads = 4096;

void Launch::fail(unsigned site, const llvm::Twine &text) {
  std::lock_guard<std::mutex> lock(mutex);
  if (!failed.exchange(true))
    message = (program.sites[site] + text).str();
}

static int64_t product(const int64_t (&sizes)[3]) {
  return sizes[0] * sizes[1] * sizes[2];
}

/// Threads of OpenMP do not have the floating-point environment of the entry.
static void runWithDefaultEnvironment(llvm::function_ref<void()> body) {
#ifdef __SSE__
  unsigned before = _mm_getcsr();
  _mm_setcsr(0x1f80);
  body();
  _mm_setcsr(before);
#else
  body();
#endif
}

void Launch::runClusters(Pool<Scratch> &pool) {
  std::unique_ptr<Scratch> scratch = pool.take();
  {
    Cluster cluster(*this, *scratch);
    int64_t count = product(numbers.numClusters);
    if (cluster.prepare())
      for (int64_t i; !hasFailed() && (i = nextCluster++) < count;)
        cluster.run(i);
  }
  pool.giveBack(std::move(scratch));
}

void Launch::runOnThreads(unsigned numThreads, Pool<Scratch> &pool) {
  llvm::Expected<Threads *> threads = Threads::get();
  if (!threads)
    return fail(site, toString(threads.takeError()));
  unsigned before = (*threads)->count();
  if (numThreads)
    (*threads)->setCount(numThreads);
  (*threads)->parallel([&](unsigned, unsigned) {
    runWithDefaultEnvironment([&] { runClusters(pool); });
  });
  (*threads)->setCount(before);
}

bool Launch::run(unsigned numThreads, Pool<Scratch> &pool) {
  bool isSmall =
      product(numbers.gridSize) * product(numbers.blockSize) <= fewThreads ||
      product(numbers.numClusters) == 1;
  bool isSerial = isSmall || numThreads == 1;
  if (!shadow.begin(memory, kernel.globalGranule, /*isParallel=*/!isSerial))
    fail(site, noRecord);
  else if (isSerial)
    runWithDefaultEnvironment([&] { runClusters(pool); });
  else
    runOnThreads(numThreads, pool);
  return !hasFailed();
}
