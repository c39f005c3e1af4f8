//===- Session.cpp - A call of an entry -----------------------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file launches kernels, and allocates memory between them.
//
//===----------------------------------------------------------------------===//

#include "Session.h"
#include "Limits.h"

#include "llvm/Support/MathExtras.h"

#include <cstdlib>
#include <cstring>

using namespace act;
using namespace act::simt;

static thread_local Session *session = nullptr;

Session::Session(const Code &code)
    : code(code), shadow(code.shadows.take()), outer(session) {
  session = this;
}

Session::~Session() {
  session = outer;
  shadow->end();
  code.shadows.giveBack(std::move(shadow));
}

Session *Session::current() { return session; }

static BlockNumbers numbersOf(const LaunchSlots &launch) {
  BlockNumbers numbers = {};
  llvm::copy(launch.grid, numbers.gridSize);
  llvm::copy(launch.block, numbers.blockSize);
  llvm::copy(launch.cluster, numbers.clusterSize);
  numbers.dynamicShared = launch.dynamicShared;
  return numbers;
}

void Session::launch(unsigned kernel, unsigned site, const LaunchSlots &slots) {
  if (hasFailed)
    return;
  const KernelInfo &info = code.program.kernels[kernel];
  BlockNumbers numbers = numbersOf(slots);
  if (std::optional<std::string> problem = checkLimits(info, numbers)) {
    hasFailed = true;
    message = code.program.sites[site] + "launch of kernel '" + info.name +
              "' with " + *problem;
    return;
  }
  int64_t blockSize = 1;
  for (unsigned i = 0; i != 3; ++i) {
    numbers.numClusters[i] = numbers.gridSize[i] / numbers.clusterSize[i];
    blockSize *= numbers.blockSize[i];
  }
  numbers.numWarps = llvm::divideCeil(blockSize, warpSize);
  Launch launch(code.program, info, numbers, site, slots.arguments(), memory,
                *shadow, code.maxSteps);
  if (!launch.run(code.numThreads, code.scratch)) {
    hasFailed = true;
    message = launch.takeMessage();
  }
}

void *Session::allocate(uint64_t bytes) {
  void *result = std::malloc(bytes ? bytes : 1);
  if (!result)
    return nullptr;
  // What nobody has written is not a number.
  std::memset(result, 0xff, bytes);
  memory.add("a temporary", result, bytes, /*isWritable=*/true);
  return result;
}

void Session::release(void *begin) {
  memory.remove(begin);
  std::free(begin);
}

llvm::Error Session::takeError() {
  if (!hasFailed)
    return llvm::Error::success();
  return llvm::createStringError(message);
}
