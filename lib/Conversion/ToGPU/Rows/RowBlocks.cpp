//===- RowBlocks.cpp - The blocks that a thread has of rows ---------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file implements what teams of threads have in common.
//
//===----------------------------------------------------------------------===//

#include "RowBlocks.h"

#include "mlir/Dialect/Arith/IR/Arith.h"

using namespace mlir;
using namespace act;

RowBlocks::RowBlocks(DeviceKernel &kernel, Location loc)
    : kernel(kernel), builder(kernel.body()), loc(loc), index(builder, loc) {}

Value RowBlocks::distance(Value element, Value position) {
  Type i32 = builder.getI32Type();
  return arith::SubIOp::create(
      builder, loc, arith::IndexCastOp::create(builder, loc, i32, element),
      arith::IndexCastOp::create(builder, loc, i32, position));
}

void RowBlocks::storeOnlyWhere(Value condition,
                               llvm::function_ref<void()> emitWork) {
  Value before = isActive();
  setActive(before ? arith::AndIOp::create(builder, loc, before, condition)
                   : condition);
  emitWork();
  setActive(before);
}

SmallVector<Value> RowBlocks::forBlocks(ValueRange initial,
                                        EmitBlock emitBlock) {
  sync();
  return searchBlocks(initial, emitBlock);
}

SmallVector<Value> RowBlocks::searchBlocks(ValueRange initial,
                                           EmitBlock emitBlock) {
  if (!inRegisters())
    return searchMemory(initial, emitBlock);
  SmallVector<Value> carried(initial);
  for (auto [position, count] : blocks)
    carried = emitBlock(position, count, carried);
  return carried;
}

Value RowBlocks::reduce(Value value, Combine combine) {
  return reduceHere(value, combine);
}

RowTeam::Found RowBlocks::findFirst(Value own, const Search &search) {
  return findFirstByReductions(
      builder, loc, own, search,
      [&](Value value, Combine combine) { return reduceHere(value, combine); });
}

void RowBlocks::keepTerms(Value values, Value position) {
  if (inRegisters())
    terms[position] = values;
}

Value RowBlocks::findTerms(Value position) {
  Value found = terms.lookup(position);
  return found ? recall(found, position) : found;
}
