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
  Value lane =
      team ? broadcast(team->distance(index, position))
           : integers(arith::SubIOp::create(builder, loc, index, position));
  return arith::CmpIOp::create(builder, loc, arith::CmpIPredicate::eq,
                               laneNumbers(), lane);
}

/// `after`, but `before` in the lane of the element at `excluded`, if that lies
/// in the block at `position`. To leave an element out of sums, and not out of
/// its terms, needs no second copy of those that are kept.
SmallVector<Value> RowEmitter::leaveOut(Value excluded, Value position,
                                        ValueRange before, ValueRange after) {
  auto exclude = [&] {
    Value here = isAt(excluded, position);
    return llvm::map_to_vector(llvm::zip(before, after), [&](auto lanes) {
      return select(here, std::get<0>(lanes), std::get<1>(lanes));
    });
  };
  if (acrossRows)
    return exclude();
  Value lane, extent;
  if (team) {
    lane = team->distance(excluded, position);
    extent = arith::ConstantOp::create(
        builder, loc,
        builder.getI32IntegerAttr(int32_t(team->offsetOf(width - 1) + 1)));
  } else {
    lane = arith::SubIOp::create(builder, loc, excluded, position);
    extent = index(width);
  }
  Value isHere = arith::CmpIOp::create(builder, loc, arith::CmpIPredicate::ult,
                                       lane, extent);
  auto branch = scf::IfOp::create(builder, loc, after.getTypes(), isHere,
                                  /*addThenBlock=*/true, /*addElseBlock=*/true);
  OpBuilder::InsertionGuard guard(builder);
  builder.setInsertionPointToStart(branch.thenBlock());
  scf::YieldOp::create(builder, loc, exclude());
  builder.setInsertionPointToStart(branch.elseBlock());
  scf::YieldOp::create(builder, loc, after);
  return branch.getResults();
}

SmallVector<Value> RowEmitter::emitTeamSums(FixedSum::EmitTerms emitTerms,
                                            RowTeam::LeaveOut leaveOut) {
  return team->emitSums(
      computeType, isExact(), countSums(),
      [&](Value position, Value count) -> SmallVector<Value> {
        SmallVector<Value> all = emitTerms(position, count);
        if (Value mask = padded ? Value() : team->makeMask(count))
          for (Value &terms : all)
            terms = select(mask, terms, broadcast(number(0)));
        return all;
      },
      leaveOut);
}

SmallVector<Value> RowEmitter::emitSums(FixedSum::EmitTerms emitTerms,
                                        bool areCheap) {
  if (team)
    return emitTeamSums(emitTerms, {});
  // Half of 32 registers of 512 bits hold the lanes of one sum.
  bool fits = options.vectorBits == 512 && computeType.getWidth() == 32 &&
              countSums() == 1 && !isExact() && !acrossRows;
  return sums->emit(size, blockWidth(), emitTerms,
                    areCheap && fits ? FixedSum::Lanes::InRegisters
                                     : FixedSum::Lanes::InMemory);
}

SmallVector<Value> RowEmitter::emitSumsWithout(Value excluded, unsigned number,
                                               FixedSum::EmitTerms emitTerms) {
  if (!team) {
    auto emitKept = [&](Value position, Value count) {
      SmallVector<Value> all = emitTerms(position, count);
      SmallVector<Value> none(number, broadcast(this->number(0)));
      llvm::copy(
          leaveOut(excluded, position, none, ArrayRef(all).take_front(number)),
          all.begin());
      return all;
    };
    if (!ahead)
      return emitSums(emitKept);
    auto look = [&](Value position, Value count,
                    ValueRange before) -> SmallVector<Value> {
      return {ahead->visit(position, count, before.front())};
    };
    Value initial = ahead->getInitial();
    FixedSum::Companion companion{initial, look};
    SmallVector<Value> totals = sums->emit(
        size, blockWidth(), emitKept, FixedSum::Lanes::InMemory, &companion);
    ahead->finish();
    return totals;
  }
  auto emitWithout = [&](Value position, ValueRange before, ValueRange after) {
    // The sums, and then their errors.
    SmallVector<Value> all(after);
    for (unsigned first = 0; first < all.size(); first += countSums())
      llvm::copy(leaveOut(excluded, position, before.slice(first, number),
                          after.slice(first, number)),
                 all.begin() + first);
    return all;
  };
  return emitTeamSums(emitTerms, {excluded, emitWithout});
}

SmallVector<Value> RowEmitter::emitSums(Value maximum, Value index,
                                        MakeTerms makeMore) {
  Value maxima = broadcast(maximum);
  return emitSumsWithout(
      index, 1, [&](Value position, Value count) -> SmallVector<Value> {
        Value terms = makeTerm(loadLogits(position, count), maxima);
        Value mask = loadMask(position, count);
        if (mask)
          terms = select(mask, terms, broadcast(number(0)));
        SmallVector<Value> all{terms};
        llvm::append_range(all, makeMore(terms, mask, position, count));
        return all;
      });
}

RowEmitter::Divisor RowEmitter::makeDivisor(Value sum, Value unit) {
  // u (1 + S') = high + low.
  Value one = number(1);
  if (!unit)
    unit = one;
  Value high = add(unit, sum);
  Value part = subtract(high, unit);
  Value low = add(subtract(unit, subtract(high, part)), subtract(sum, part));
  Value reciprocal = arith::DivFOp::create(builder, loc, one, high);
  Value minus = arith::NegFOp::create(builder, loc, reciprocal);
  if (isExact())
    return {high, arith::MulFOp::create(builder, loc, low, minus)};
  // e = 1 - (high + low) y for y = 1 / high; the reciprocal is y + y e.
  Value error = fma(low, minus, fma(high, minus, one));
  return {reciprocal, arith::MulFOp::create(builder, loc, reciprocal, error)};
}

RowEmitter::Divisor RowEmitter::makeUnitDivisor(Value unit) {
  Value one = number(1);
  return {unit ? divide(one, unit) : one, nullptr};
}

RowEmitter::Divisor RowEmitter::shorten(const Divisor &divisor) {
  if (isExact() || !divisor.rest)
    return divisor;
  return {add(divisor.main, divisor.rest), nullptr};
}

RowEmitter::Divisor RowEmitter::shorten(const Divisor &divisor,
                                        Value destination) {
  Type type = getElementTypeOrSelf(destination);
  return type.getIntOrFloatBitWidth() == 16 ? shorten(divisor) : divisor;
}

RowEmitter::Divisor RowEmitter::broadcast(const Divisor &divisor) {
  return {broadcast(divisor.main),
          divisor.rest ? broadcast(divisor.rest) : Value()};
}

Value RowEmitter::divide(Value value, const Divisor &divisor) {
  if (!divisor.rest)
    return multiply(value, divisor.main);
  if (isExact()) {
    Value quotient = arith::DivFOp::create(builder, loc, value, divisor.main);
    return math::FmaOp::create(builder, loc, quotient, divisor.rest, quotient);
  }
  return math::FmaOp::create(
      builder, loc, value, divisor.main,
      arith::MulFOp::create(builder, loc, value, divisor.rest));
}
