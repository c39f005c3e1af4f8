//===- Blocks.cpp - A range in blocks of one width ------------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file implements the loop over a range in blocks.
//
//===----------------------------------------------------------------------===//

#include "Blocks.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Utils/StaticValueUtils.h"

using namespace mlir;
using namespace act;

SmallVector<Value> act::emitLoop(OpBuilder &builder, Location loc, Value begin,
                                 Value end, Value step, ValueRange initial,
                                 EmitTrip emitTrip) {
  auto loop = scf::ForOp::create(builder, loc, begin, end, step, initial);
  OpBuilder::InsertionGuard guard(builder);
  if (initial.empty())
    builder.setInsertionPoint(loop.getBody()->getTerminator());
  else
    builder.setInsertionPointToEnd(loop.getBody());
  SmallVector<Value> next =
      emitTrip(loop.getInductionVar(), loop.getRegionIterArgs());
  if (!initial.empty())
    scf::YieldOp::create(builder, loc, next);
  return SmallVector<Value>(loop.getResults());
}

/// The full blocks of the first `full` elements.
static SmallVector<Value> emitFull(OpBuilder &builder, Location loc, Value full,
                                   Value width, ValueRange initial,
                                   EmitBlock emitBlock) {
  Value zero = arith::ConstantIndexOp::create(builder, loc, 0);
  return emitLoop(builder, loc, zero, full, width, initial,
                  [&](Value position, ValueRange carried) {
                    return emitBlock(position, width, carried);
                  });
}

void act::emitBlocksBackward(
    OpBuilder &builder, Location loc, Value size, int64_t width,
    llvm::function_ref<void(Value position, Value count)> emitBlock) {
  auto index = [&](int64_t number) -> Value {
    return arith::ConstantIndexOp::create(builder, loc, number);
  };
  Value left = builder.createOrFold<arith::AndIOp>(loc, size, index(width - 1));
  Value full = builder.createOrFold<arith::SubIOp>(loc, size, left);
  if (!getConstantIntValue(left)) {
    Value any = arith::CmpIOp::create(builder, loc, arith::CmpIPredicate::ne,
                                      left, index(0));
    auto branch = scf::IfOp::create(builder, loc, any);
    OpBuilder::InsertionGuard guard(builder);
    builder.setInsertionPointToStart(branch.thenBlock());
    emitBlock(full, left);
  } else if (getConstantIntValue(left) != 0) {
    emitBlock(full, left);
  }
  Value last = builder.createOrFold<arith::SubIOp>(loc, full, index(width));
  emitFull(builder, loc, full, index(width), ValueRange(),
           [&](Value offset, Value count, ValueRange) -> SmallVector<Value> {
             emitBlock(arith::SubIOp::create(builder, loc, last, offset),
                       count);
             return {};
           });
}

SmallVector<Value> act::emitBlocks(OpBuilder &builder, Location loc, Value size,
                                   int64_t width, ValueRange initial,
                                   EmitBlock emitBlock) {
  auto index = [&](int64_t number) -> Value {
    return arith::ConstantIndexOp::create(builder, loc, number);
  };
  SmallVector<Value> carried(initial);
  if (width == 1)
    return emitFull(builder, loc, size, index(1), initial, emitBlock);
  if (std::optional<int64_t> number = getConstantIntValue(size)) {
    int64_t left = *number % width;
    if (*number >= width)
      carried = emitFull(builder, loc, index(*number - left), index(width),
                         initial, emitBlock);
    if (left)
      carried = emitBlock(index(*number - left), index(left), carried);
    return carried;
  }

  Value left = arith::AndIOp::create(builder, loc, size, index(width - 1));
  Value full = arith::SubIOp::create(builder, loc, size, left);
  carried = emitFull(builder, loc, full, index(width), initial, emitBlock);
  Value any = arith::CmpIOp::create(builder, loc, arith::CmpIPredicate::ne,
                                    left, index(0));
  auto branch = scf::IfOp::create(builder, loc, initial.getTypes(), any,
                                  /*addThenBlock=*/true,
                                  /*addElseBlock=*/!initial.empty());
  OpBuilder::InsertionGuard guard(builder);
  builder.setInsertionPointToStart(branch.thenBlock());
  SmallVector<Value> next = emitBlock(full, left, carried);
  scf::YieldOp::create(builder, loc, next);
  if (initial.empty())
    return {};
  builder.setInsertionPointToStart(branch.elseBlock());
  scf::YieldOp::create(builder, loc, carried);
  return SmallVector<Value>(branch.getResults());
}
