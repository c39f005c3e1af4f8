//===- Stack.cpp - Stacks of fibers ---------------------------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file switches between stacks with the context functions of
// Boost.Context. Its class `fiber` unwinds an abandoned stack by an exception;
// neither this project nor generated code can be unwound, and no frame holds
// anything that would have to be released.
//
//===----------------------------------------------------------------------===//

#include "Stack.h"

#include "llvm/Support/MathExtras.h"

#include <boost/context/detail/fcontext.hpp>

using namespace act::simt;
namespace context = boost::context::detail;

/// Bytes of stack for the runner's own functions, which kernels call.
static constexpr size_t runnerBytes = 32 * 1024;

void *Stack::enter(FiberBody body) {
  // The body is handed over by the first visit.
  auto entry = [](context::transfer_t arrival) {
    auto body = reinterpret_cast<FiberBody>(arrival.data);
    context::transfer_t start = context::jump_fcontext(arrival.fctx, nullptr);
    body(start.fctx, start.data);
  };
  void *start = context::make_fcontext(memory + size, size, entry);
  return context::jump_fcontext(start, reinterpret_cast<void *>(body)).fctx;
}

Arrival act::simt::switchTo(void *to, void *data) {
  context::transfer_t arrival = context::jump_fcontext(to, data);
  return {arrival.fctx, arrival.data};
}

bool StackPool::reset(size_t count, size_t frameBytes) {
  // An odd number of cache lines: the ends of the stacks, which are in use at
  // once, must not fall into the same sets of the cache.
  size_t size = llvm::alignTo(frameBytes + runnerBytes, 128) + 64;
  if (stacks.size() < count || stackSize < size) {
    stacks.clear();
    if (!memory.reserve(count * size))
      return false;
    stackSize = size;
    for (size_t i = 0; i != count; ++i)
      stacks.emplace_back(memory.data() + i * size, size);
  }
  available.clear();
  // The first one is taken first.
  for (size_t i = stacks.size(); i != 0; --i)
    available.push_back(&stacks[i - 1]);
  return true;
}

Stack *StackPool::take() {
  Stack *stack = available.back();
  available.pop_back();
  return stack;
}
