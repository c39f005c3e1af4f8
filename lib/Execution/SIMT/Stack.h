//===- Stack.h - Stacks of fibers ----------------------------- -*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares stacks, and switching between them.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_EXECUTION_SIMT_STACK_H
#define ACT_LIB_EXECUTION_SIMT_STACK_H

#include "Pages.h"

#include <vector>

namespace act::simt {

/// Runs on a new stack. `from` is the context that was left for it; it must
/// never return.
using FiberBody = void (*)(void *from, void *data);

/// Memory for a stack.
class Stack {
public:
  Stack(char *memory, size_t size) : memory(memory), size(size) {}

  /// A context that enters `body` on this stack. What the stack held is gone:
  /// nothing is unwound.
  void *enter(FiberBody body);

private:
  char *memory;
  size_t size;
};

/// Leaves the running context for `to`, and returns when someone comes back.
/// `data` reaches the other side; the result holds the context that was left
/// for this one, and its data.
struct Arrival {
  void *from, *data;
};
Arrival switchTo(void *to, void *data);

/// Stacks that are free. They are reserved together.
class StackPool {
public:
  /// Makes sure that there are `count` stacks on which a frame of `frameBytes`
  /// fits, and frees all. False where there is not enough memory.
  bool reset(size_t count, size_t frameBytes);

  Stack *take();
  void giveBack(Stack *stack) { available.push_back(stack); }

private:
  Pages memory;
  size_t stackSize = 0;
  std::vector<Stack> stacks;
  std::vector<Stack *> available;
};

} // namespace act::simt

#endif // ACT_LIB_EXECUTION_SIMT_STACK_H
