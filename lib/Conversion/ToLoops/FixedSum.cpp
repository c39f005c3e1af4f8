//===- FixedSum.cpp - The order of all sums -------------------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file implements sums in a fixed order.
//
//===----------------------------------------------------------------------===//

#include "FixedSum.h"

#include "Staging.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"

using namespace mlir;
using namespace act;

/// More than the logarithm of any number of chunks.
static constexpr int64_t maxLevels = 64;

FixedSum::FixedSum(OpBuilder &builder, Location loc, Type elementType,
                   bool compensated)
    : builder(builder), loc(loc), elementType(elementType),
      accumulators(makeBuffer(builder, loc, elementType, lanes)),
      errors(compensated ? makeBuffer(builder, loc, elementType, lanes)
                         : Value()),
      waiting(makeBuffer(builder, loc, elementType, maxLevels)) {}

Value FixedSum::index(int64_t number) {
  return arith::ConstantIndexOp::create(builder, loc, number);
}

Value FixedSum::emit(Value size, int64_t width, EmitTerms emitTerms) {
  Value numChunks = arith::DivUIOp::create(
      builder, loc, arith::AddIOp::create(builder, loc, size, index(chunk - 1)),
      index(chunk));
  auto loop = scf::ForOp::create(builder, loc, index(0), numChunks, index(1));
  {
    OpBuilder::InsertionGuard guard(builder);
    builder.setInsertionPoint(loop.getBody()->getTerminator());
    Value number = loop.getInductionVar();
    Value start = arith::MulIOp::create(builder, loc, number, index(chunk));
    Value rest = arith::SubIOp::create(builder, loc, size, start);
    Value sum = emitChunk(
        start, arith::MinSIOp::create(builder, loc, rest, index(chunk)), width,
        emitTerms);
    merge(number, sum);
  }
  return mergeRest(numChunks);
}

Value FixedSum::emitChunk(Value start, Value size, int64_t width,
                          EmitTerms emitTerms) {
  clear(accumulators);
  if (errors)
    clear(errors);
  auto loop = scf::ForOp::create(builder, loc, index(0), size, index(width));
  {
    OpBuilder::InsertionGuard guard(builder);
    builder.setInsertionPoint(loop.getBody()->getTerminator());
    Value offset = loop.getInductionVar();
    Value position = arith::AddIOp::create(builder, loc, start, offset);
    Value rest = arith::SubIOp::create(builder, loc, size, offset);
    Value count = arith::MinSIOp::create(builder, loc, rest, index(width));
    Value terms = emitTerms(position, count);
    // Lanes without a term add +0, which changes nothing: a lane never is -0.
    Value none = arith::ConstantOp::create(
        builder, loc, builder.getZeroAttr(terms.getType()));
    terms = arith::SelectOp::create(
        builder, loc, makeMask(builder, loc, count, width), terms, none);
    Value lane = arith::AndIOp::create(builder, loc, offset, index(lanes - 1));
    addTo(lane, terms);
  }
  return addLanes();
}

void FixedSum::clear(Value buffer) {
  auto allLanes = VectorType::get(lanes, elementType);
  Value zeros =
      arith::ConstantOp::create(builder, loc, builder.getZeroAttr(allLanes));
  vector::StoreOp::create(builder, loc, zeros, buffer, index(0));
}

/// Adds terms to the lanes from `lane` on, with their errors by TwoSum.
void FixedSum::addTo(Value lane, Value terms) {
  auto type = cast<VectorType>(terms.getType());
  auto add = [&](Value a, Value b) -> Value {
    return arith::AddFOp::create(builder, loc, a, b);
  };
  auto subtract = [&](Value a, Value b) -> Value {
    return arith::SubFOp::create(builder, loc, a, b);
  };
  Value before = vector::LoadOp::create(builder, loc, type, accumulators, lane);
  Value after = add(before, terms);
  vector::StoreOp::create(builder, loc, after, accumulators, lane);
  if (!errors)
    return;
  Value part = subtract(after, before);
  Value error =
      add(subtract(before, subtract(after, part)), subtract(terms, part));
  Value errorBefore = vector::LoadOp::create(builder, loc, type, errors, lane);
  vector::StoreOp::create(builder, loc, add(errorBefore, error), errors, lane);
}

Value FixedSum::loadLanes() {
  auto type = VectorType::get(lanes, elementType);
  Value sums =
      vector::LoadOp::create(builder, loc, type, accumulators, index(0));
  if (!errors)
    return sums;
  Value error = vector::LoadOp::create(builder, loc, type, errors, index(0));
  Value corrected = arith::AddFOp::create(builder, loc, sums, error);
  // The error of a sum that is not finite means nothing.
  Value zero = arith::SubFOp::create(builder, loc, sums, sums);
  Value isFinite = arith::CmpFOp::create(builder, loc,
                                         arith::CmpFPredicate::ORD, zero, zero);
  return arith::SelectOp::create(builder, loc, isFinite, corrected, sums);
}

/// Lane j += lane j + w for w = 128, 64, ..., 1.
Value FixedSum::addLanes() {
  Value sums = loadLanes();
  for (int64_t half = lanes / 2; half > 0; half /= 2) {
    auto low = llvm::to_vector(llvm::seq<int64_t>(0, half));
    auto high = llvm::to_vector(llvm::seq<int64_t>(half, 2 * half));
    sums = arith::AddFOp::create(
        builder, loc, vector::ShuffleOp::create(builder, loc, sums, sums, low),
        vector::ShuffleOp::create(builder, loc, sums, sums, high));
  }
  return vector::ExtractOp::create(builder, loc, sums, 0);
}

/// Adds the sum of a chunk to those that wait, as one adds 1 to a binary
/// number: `chunkNumber` has a 1 where a sum waits.
void FixedSum::merge(Value chunkNumber, Value sum) {
  Type indexType = builder.getIndexType();
  auto loop = scf::WhileOp::create(
      builder, loc, TypeRange{indexType, elementType},
      ValueRange{index(0), sum},
      [&](OpBuilder &nested, Location, ValueRange values) {
        Value bits =
            arith::ShRUIOp::create(nested, loc, chunkNumber, values[0]);
        Value one = arith::ConstantIndexOp::create(nested, loc, 1);
        Value bit = arith::AndIOp::create(nested, loc, bits, one);
        Value waits = arith::CmpIOp::create(nested, loc,
                                            arith::CmpIPredicate::eq, bit, one);
        scf::ConditionOp::create(nested, loc, waits, values);
      },
      [&](OpBuilder &nested, Location, ValueRange values) {
        Value partner = memref::LoadOp::create(nested, loc, waiting, values[0]);
        Value both = arith::AddFOp::create(nested, loc, partner, values[1]);
        Value one = arith::ConstantIndexOp::create(nested, loc, 1);
        Value level = arith::AddIOp::create(nested, loc, values[0], one);
        scf::YieldOp::create(nested, loc, ValueRange{level, both});
      });
  memref::StoreOp::create(builder, loc, loop.getResult(1), waiting,
                          loop.getResult(0));
}

/// Odd ones pass through: what waits is added from the lowest level up.
Value FixedSum::mergeRest(Value numChunks) {
  Type i64 = builder.getI64Type();
  Value number = arith::IndexCastOp::create(builder, loc, i64, numChunks);
  Value zeros = math::CountLeadingZerosOp::create(builder, loc, number);
  Value levels = arith::SubIOp::create(
      builder, loc, index(maxLevels),
      arith::IndexCastOp::create(builder, loc, builder.getIndexType(), zeros));
  Value zero =
      arith::ConstantOp::create(builder, loc, builder.getZeroAttr(elementType));
  auto loop = scf::ForOp::create(
      builder, loc, index(0), levels, index(1), zero,
      [&](OpBuilder &nested, Location, Value level, ValueRange carry) {
        Value bits = arith::ShRUIOp::create(nested, loc, numChunks, level);
        Value one = arith::ConstantIndexOp::create(nested, loc, 1);
        Value bit = arith::AndIOp::create(nested, loc, bits, one);
        Value waits = arith::CmpIOp::create(nested, loc,
                                            arith::CmpIPredicate::eq, bit, one);
        Value partner = memref::LoadOp::create(nested, loc, waiting, level);
        Value both = arith::AddFOp::create(nested, loc, partner, carry.front());
        Value next =
            arith::SelectOp::create(nested, loc, waits, both, carry.front());
        scf::YieldOp::create(nested, loc, next);
      });
  return loop.getResult(0);
}
