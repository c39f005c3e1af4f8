//===- RowState.cpp - The maximum and the sum of a row --------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file implements the state (m, S') of a row: m is the maximum and S' the
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

static Value makeLanes(OpBuilder &builder, Location loc, int64_t width) {
  auto numbers = llvm::to_vector(llvm::seq<int32_t>(width));
  return arith::ConstantOp::create(builder, loc,
                                   builder.getI32VectorAttr(numbers));
}

/// Reduces the lanes to one element by halves.
Value RowEmitter::mergeLanes(Value lanes,
                             llvm::function_ref<Value(Value, Value)> combine) {
  for (int64_t half = width / 2; half > 0; half /= 2) {
    auto low = llvm::to_vector(llvm::seq<int64_t>(0, half));
    auto high = llvm::to_vector(llvm::seq<int64_t>(half, 2 * half));
    lanes =
        combine(vector::ShuffleOp::create(builder, loc, lanes, lanes, low),
                vector::ShuffleOp::create(builder, loc, lanes, lanes, high));
  }
  return vector::ExtractOp::create(builder, loc, lanes, 0);
}

RowMaximum RowEmitter::emitMaximum() {
  return emitMaximum(
      [&](Value position, Value count) { return loadLogits(position, count); },
      /*nanIsLargest=*/false);
}

RowMaximum RowEmitter::emitMaximum(LoadBlock load, bool nanIsLargest) {
  auto isNaN = [&](Value value) {
    return compare(arith::CmpFPredicate::UNO, value, value);
  };
  auto isGreater = [&](Value left, Value right) -> Value {
    if (!nanIsLargest)
      return compare(arith::CmpFPredicate::OGT, left, right);
    // Unordered or greater, but nothing is greater than NaN.
    return arith::AndIOp::create(
        builder, loc, compare(arith::CmpFPredicate::UGT, left, right),
        compare(arith::CmpFPredicate::ORD, right, right));
  };
  auto isEqual = [&](Value left, Value right) -> Value {
    Value equal = compare(arith::CmpFPredicate::OEQ, left, right);
    if (!nanIsLargest)
      return equal;
    return arith::OrIOp::create(
        builder, loc, equal,
        arith::AndIOp::create(builder, loc, isNaN(left), isNaN(right)));
  };

  // Each lane keeps its maximum and the first block that has it.
  Value lowest = broadcast(number(-std::numeric_limits<double>::infinity()));
  auto blocksType = VectorType::get(width, builder.getI32Type());
  Value noBlock = arith::ConstantOp::create(
      builder, loc,
      DenseElementsAttr::get(blocksType, builder.getI32IntegerAttr(-1)));
  unsigned shift = llvm::Log2_64(width);
  SmallVector<Value> lanes = emitBlocks(
      builder, loc, size, width, {lowest, noBlock},
      [&](Value position, Value count, ValueRange best) -> SmallVector<Value> {
        Value logits = load(position, count);
        Value greater = isGreater(logits, best[0]);
        auto restrict = [&](Value mask) {
          greater = arith::AndIOp::create(builder, loc, greater, mask);
        };
        if (getConstantIntValue(count) != width)
          restrict(makeMask(builder, loc, count, width));
        if (Value mask = loadMask(position, count))
          restrict(mask);
        Value block = arith::IndexCastOp::create(
            builder, loc, builder.getI32Type(),
            arith::ShRUIOp::create(builder, loc, position, index(shift)));
        return {select(greater, logits, best[0]),
                select(greater, broadcast(block), best[1])};
      });

  Value maximum = mergeLanes(lanes[0], [&](Value left, Value right) {
    return select(isGreater(right, left), right, left);
  });
  // Of the lanes that have it the first block, of that the first lane.
  Value none = arith::ConstantOp::create(
      builder, loc,
      DenseElementsAttr::get(
          blocksType,
          builder.getI32IntegerAttr(std::numeric_limits<int32_t>::max())));
  auto least = [&](Value left, Value right) -> Value {
    return arith::MinSIOp::create(builder, loc, left, right);
  };
  Value has = isEqual(lanes[0], broadcast(maximum));
  Value block = mergeLanes(select(has, lanes[1], none), least);
  Value inBlock = arith::CmpIOp::create(builder, loc, arith::CmpIPredicate::eq,
                                        lanes[1], broadcast(block));
  inBlock = arith::AndIOp::create(builder, loc, has, inBlock);
  Value lane =
      mergeLanes(select(inBlock, makeLanes(builder, loc, width), none), least);

  auto asIndex = [&](Value integer) -> Value {
    return arith::IndexCastOp::create(builder, loc, builder.getIndexType(),
                                      integer);
  };
  Value position = arith::AddIOp::create(
      builder, loc,
      arith::MulIOp::create(builder, loc, asIndex(block), index(width)),
      asIndex(lane));
  Value exists = arith::CmpIOp::create(builder, loc, arith::CmpIPredicate::sge,
                                       position, index(0));
  return {maximum, select(exists, position, index(-1))};
}

Value RowEmitter::countFinite() {
  auto countsType = VectorType::get(width, builder.getI32Type());
  auto counts = [&](int32_t number) -> Value {
    return arith::ConstantOp::create(
        builder, loc,
        DenseElementsAttr::get(countsType, builder.getI32IntegerAttr(number)));
  };
  Value lowest = broadcast(number(-std::numeric_limits<double>::infinity()));
  Value lanes =
      emitBlocks(
          builder, loc, size, width, counts(0),
          [&](Value position, Value count,
              ValueRange before) -> SmallVector<Value> {
            Value isFinite = compare(arith::CmpFPredicate::OGT,
                                     loadLogits(position, count), lowest);
            if (getConstantIntValue(count) != width)
              isFinite = arith::AndIOp::create(
                  builder, loc, isFinite, makeMask(builder, loc, count, width));
            Value one = select(isFinite, counts(1), counts(0));
            return {arith::AddIOp::create(builder, loc, before[0], one)};
          })
          .front();
  Value total = mergeLanes(lanes, [&](Value left, Value right) -> Value {
    return arith::AddIOp::create(builder, loc, left, right);
  });
  return arith::SIToFPOp::create(builder, loc, computeType, total);
}

Value RowEmitter::withoutIndex(Value terms, Value position, Value index) {
  Value lane = arith::SubIOp::create(builder, loc, index, position);
  Value here = arith::CmpIOp::create(builder, loc, arith::CmpIPredicate::ult,
                                     lane, this->index(width));
  auto branch = scf::IfOp::create(builder, loc, terms.getType(), here,
                                  /*addThenBlock=*/true, /*addElseBlock=*/true);
  OpBuilder::InsertionGuard guard(builder);
  builder.setInsertionPointToStart(branch.thenBlock());
  Value lane32 =
      arith::IndexCastOp::create(builder, loc, builder.getI32Type(), lane);
  Value isIndex =
      arith::CmpIOp::create(builder, loc, arith::CmpIPredicate::eq,
                            makeLanes(builder, loc, width), broadcast(lane32));
  Value zero = broadcast(number(0));
  scf::YieldOp::create(builder, loc, select(isIndex, zero, terms));
  builder.setInsertionPointToStart(branch.elseBlock());
  scf::YieldOp::create(builder, loc, terms);
  return branch.getResult(0);
}

SmallVector<Value> RowEmitter::emitSums(FixedSum::EmitTerms emitTerms) {
  return sums->emit(size, width, emitTerms);
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
