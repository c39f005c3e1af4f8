//===- PairwiseMerge.cpp - Sums of chunks in pairs ------------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file implements the order in which sums of chunks are added.
//
//===----------------------------------------------------------------------===//

#include "PairwiseMerge.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/SCF/IR/SCF.h"

using namespace mlir;
using namespace act;

/// i1: whether bit `level` of `number` is set.
static Value testBit(OpBuilder &builder, Location loc, Value number,
                     Value level) {
  Value bits = arith::ShRUIOp::create(builder, loc, number, level);
  Value one = arith::ConstantIndexOp::create(builder, loc, 1);
  Value bit = arith::AndIOp::create(builder, loc, bits, one);
  return arith::CmpIOp::create(builder, loc, arith::CmpIPredicate::eq, bit,
                               one);
}

/// As one adds 1 to a binary number: `chunkNumber` has a 1 where a sum waits.
SmallVector<Value> PairwiseMerge::add(Value chunkNumber, ArrayRef<Value> sums) {
  SmallVector<Value> initial{arith::ConstantIndexOp::create(builder, loc, 0)};
  llvm::append_range(initial, sums);
  auto loop = scf::WhileOp::create(
      builder, loc, ValueRange(initial).getTypes(), initial,
      [&](OpBuilder &nested, Location, ValueRange values) {
        scf::ConditionOp::create(
            nested, loc, testBit(nested, loc, chunkNumber, values[0]), values);
      },
      [&](OpBuilder &nested, Location, ValueRange values) {
        Value one = arith::ConstantIndexOp::create(nested, loc, 1);
        SmallVector<Value> next{
            arith::AddIOp::create(nested, loc, values[0], one)};
        for (auto [number, sum] : llvm::enumerate(values.drop_front())) {
          Value partner = load(nested, number, values[0]);
          next.push_back(arith::AddFOp::create(nested, loc, partner, sum));
        }
        scf::YieldOp::create(nested, loc, next);
      });
  SmallVector<Value> waiting(loop.getResults().drop_front());
  for (auto [number, sum] : llvm::enumerate(waiting))
    store(number, loop.getResult(0), sum);
  return waiting;
}

/// Odd ones pass through: what waits is added from the lowest level up.
SmallVector<Value> PairwiseMerge::finish(Value numChunks,
                                         ArrayRef<Value> last) {
  auto index = [&](int64_t number) -> Value {
    return arith::ConstantIndexOp::create(builder, loc, number);
  };
  Type i64 = builder.getI64Type();
  Value number = arith::IndexCastOp::create(builder, loc, i64, numChunks);
  Value zeros = math::CountLeadingZerosOp::create(builder, loc, number);
  Value levels = arith::SubIOp::create(
      builder, loc, index(maxLevels),
      arith::IndexCastOp::create(builder, loc, builder.getIndexType(), zeros));
  Value first = index(0);
  SmallVector<Value> initial(last);
  if (last.empty()) {
    Value zero =
        arith::ConstantOp::create(builder, loc, builder.getZeroAttr(type));
    initial.assign(count, zero);
  } else {
    // The last chunks wait in the lowest level.
    Value lowest = math::CountTrailingZerosOp::create(builder, loc, number);
    first = arith::AddIOp::create(
        builder, loc, index(1),
        arith::IndexCastOp::create(builder, loc, builder.getIndexType(),
                                   lowest));
  }
  auto loop = scf::ForOp::create(
      builder, loc, first, levels, index(1), initial,
      [&](OpBuilder &nested, Location, Value level, ValueRange carry) {
        Value waits = testBit(nested, loc, numChunks, level);
        SmallVector<Value> next;
        for (auto [number, sum] : llvm::enumerate(carry)) {
          Value partner = load(nested, number, level);
          Value both = arith::AddFOp::create(nested, loc, partner, sum);
          next.push_back(
              arith::SelectOp::create(nested, loc, waits, both, sum));
        }
        scf::YieldOp::create(nested, loc, next);
      });
  return SmallVector<Value>(loop.getResults());
}
