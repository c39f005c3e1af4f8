//===- RowState.cpp - The sums of a row -----------------------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file implements the sums of a row. With m, its maximum, S' is the
// sum of e^(z - m) over all elements but one maximum. Leaving that one out
// keeps the relative accuracy of what confident rows are about: log(1 + S'),
// and the distance of a probability from 1.
//
//===----------------------------------------------------------------------===//

#include "../Blocks.h"
#include "../Staging.h"
#include "RowEmitter.h"

#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"

#include <limits>

using namespace mlir;
using namespace act;

Value RowEmitter::countFinite() {
  Value lowest = broadcast(number(-std::numeric_limits<double>::infinity()));
  Value lanes =
      forBlocks(integers(0),
                [&](Value position, Value count,
                    ValueRange before) -> SmallVector<Value> {
                  Value isFinite = compare(arith::CmpFPredicate::OGT,
                                           loadLogits(position, count), lowest);
                  isFinite = restrict(isFinite, position, count);
                  Value one = select(isFinite, integers(1), integers(0));
                  return {arith::AddIOp::create(builder, loc, before[0], one)};
                })
          .front();
  auto add = [&](Value left, Value right) -> Value {
    return arith::AddIOp::create(builder, loc, left, right);
  };
  Value total = mergeLanes(lanes, add);
  if (team)
    total = team->reduce(total, add);
  return arith::SIToFPOp::create(builder, loc, computeType, total);
}

/// Which lanes are the element at `index`, in the block at `position`.
Value RowEmitter::isAt(Value index, Value position) {
  if (acrossRows)
    return arith::CmpIOp::create(builder, loc, arith::CmpIPredicate::eq, index,
                                 integers(position));
  Value lane = arith::SubIOp::create(builder, loc, index, position);
  return arith::CmpIOp::create(builder, loc, arith::CmpIPredicate::eq,
                               laneNumbers(), integers(lane));
}

Value RowEmitter::withoutIndex(Value terms, Value position, Value index) {
  Value zero = broadcast(number(0));
  if (acrossRows)
    return select(isAt(index, position), zero, terms);
  Value lane = arith::SubIOp::create(builder, loc, index, position);
  int64_t extent = team ? width * team->spacing() : width;
  Value here = arith::CmpIOp::create(builder, loc, arith::CmpIPredicate::ult,
                                     lane, this->index(extent));
  auto branch = scf::IfOp::create(builder, loc, terms.getType(), here,
                                  /*addThenBlock=*/true, /*addElseBlock=*/true);
  OpBuilder::InsertionGuard guard(builder);
  builder.setInsertionPointToStart(branch.thenBlock());
  scf::YieldOp::create(builder, loc,
                       select(isAt(index, position), zero, terms));
  builder.setInsertionPointToStart(branch.elseBlock());
  scf::YieldOp::create(builder, loc, terms);
  return branch.getResult(0);
}

SmallVector<Value> RowEmitter::emitSums(FixedSum::EmitTerms emitTerms,
                                        bool areCheap) {
  if (team)
    return team->emitSums(
        computeType, isExact(), countSums(),
        [&](Value position, Value count) -> SmallVector<Value> {
          SmallVector<Value> all = emitTerms(position, count);
          if (Value mask = padded ? Value() : team->makeMask(count))
            for (Value &terms : all)
              terms = select(mask, terms, broadcast(number(0)));
          return all;
        });
  // Half of 32 registers of 512 bits hold the lanes of one sum.
  bool fits = options.vectorBits == 512 && computeType.getWidth() == 32 &&
              countSums() == 1 && !isExact() && !acrossRows;
  return sums->emit(size, blockWidth(), emitTerms,
                    areCheap && fits ? FixedSum::Lanes::InRegisters
                                     : FixedSum::Lanes::InMemory);
}

SmallVector<Value> RowEmitter::emitSums(Value maximum, Value index,
                                        MakeTerms makeMore) {
  Value maxima = broadcast(maximum);
  return emitSums([&](Value position, Value count) -> SmallVector<Value> {
    Value terms = makeTerm(loadLogits(position, count), maxima);
    Value mask = loadMask(position, count);
    if (mask)
      terms = select(mask, terms, broadcast(number(0)));
    SmallVector<Value> all{withoutIndex(terms, position, index)};
    llvm::append_range(all, makeMore(terms, mask, position, count));
    return all;
  });
}

RowEmitter::Divisor RowEmitter::makeDivisor(Value sum) {
  // 1 + S' = high + low.
  Value one = number(1);
  Value high = arith::AddFOp::create(builder, loc, one, sum);
  Value part = arith::SubFOp::create(builder, loc, high, one);
  Value low = arith::AddFOp::create(
      builder, loc,
      arith::SubFOp::create(builder, loc, one,
                            arith::SubFOp::create(builder, loc, high, part)),
      arith::SubFOp::create(builder, loc, sum, part));
  Value reciprocal = arith::DivFOp::create(builder, loc, one, high);
  Value minus = arith::NegFOp::create(builder, loc, reciprocal);
  if (isExact())
    return {high, arith::MulFOp::create(builder, loc, low, minus)};
  // e = 1 - (high + low) y for y = 1 / high; the reciprocal is y + y e.
  Value error = fma(low, minus, fma(high, minus, one));
  return {reciprocal, arith::MulFOp::create(builder, loc, reciprocal, error)};
}

RowEmitter::Divisor RowEmitter::broadcast(const Divisor &divisor) {
  return {broadcast(divisor.main), broadcast(divisor.rest)};
}

Value RowEmitter::divide(Value value, const Divisor &divisor) {
  if (isExact()) {
    Value quotient = arith::DivFOp::create(builder, loc, value, divisor.main);
    return math::FmaOp::create(builder, loc, quotient, divisor.rest, quotient);
  }
  return math::FmaOp::create(
      builder, loc, value, divisor.main,
      arith::MulFOp::create(builder, loc, value, divisor.rest));
}
