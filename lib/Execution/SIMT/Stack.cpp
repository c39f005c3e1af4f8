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

#include <boost/context/detail/fcontext.hpp>

#include <cstring>
#include <sys/mman.h>

using namespace act::simt;
namespace context = boost::context::detail;

/// Stands at the end of each stack.
static constexpr uint64_t mark = 0x5AFE57AC4B0770E5;

Stack::Stack(char *memory) : memory(memory) {
  std::memcpy(memory, &mark, sizeof(mark));
}

bool Stack::isOverrun() const {
  return std::memcmp(memory, &mark, sizeof(mark)) != 0;
}

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

StackPool::~StackPool() { release(); }

void StackPool::release() {
  if (memory)
    munmap(memory, bytes);
  memory = nullptr;
  bytes = 0;
  stacks.clear();
}

bool StackPool::reset(size_t count) {
  if (stacks.size() < count) {
    release();
    void *reserved = mmap(nullptr, count * Stack::size, PROT_READ | PROT_WRITE,
                          MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (reserved == MAP_FAILED)
      return false;
    memory = static_cast<char *>(reserved);
    bytes = count * Stack::size;
    for (size_t i = 0; i != count; ++i)
      stacks.emplace_back(memory + i * Stack::size);
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
