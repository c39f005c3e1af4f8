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

#include "Blocks.h"
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
                   bool compensated, unsigned count, int64_t maxTerms,
                   int64_t rows)
    : builder(builder), loc(loc), elementType(elementType),
      lanes(maxTerms < maxLanes ? llvm::PowerOf2Ceil(maxTerms) : maxLanes),
      isOneChunk(maxTerms <= chunk), rows(rows) {
  int64_t perSum = std::max<int64_t>(rows, 1);
  auto makeMemory = [&](int64_t size) {
    return makeScratch(builder, loc, elementType, size * perSum);
  };
  for (unsigned number = 0; number < count; ++number) {
    Buffers &memory = buffers.emplace_back();
    memory.accumulators = makeMemory(lanes);
    if (compensated)
      memory.errors = makeMemory(lanes);
    if (!isOneChunk)
      memory.waiting = makeMemory(maxLevels);
  }
}

Value FixedSum::index(int64_t number) {
  return arith::ConstantIndexOp::create(builder, loc, number);
}

/// What one sum is, or one for each row.
Type FixedSum::sumType() {
  if (rows)
    return VectorType::get(rows, elementType);
  return elementType;
}

/// Where the numbers of a lane or level begin.
Value FixedSum::addressOf(OpBuilder &at, Value number) {
  if (!rows)
    return number;
  Value step = arith::ConstantIndexOp::create(at, loc, rows);
  return arith::MulIOp::create(at, loc, number, step);
}

Value FixedSum::loadSum(OpBuilder &at, Value buffer, Value number) {
  if (!rows)
    return memref::LoadOp::create(at, loc, buffer, number);
  return vector::LoadOp::create(at, loc, cast<VectorType>(sumType()), buffer,
                                addressOf(at, number));
}

void FixedSum::storeSum(Value sum, Value buffer, Value number) {
  if (!rows)
    memref::StoreOp::create(builder, loc, sum, buffer, number);
  else
    vector::StoreOp::create(builder, loc, sum, buffer,
                            addressOf(builder, number));
}

SmallVector<Value> FixedSum::emit(Value size, int64_t width,
                                  EmitTerms emitTerms) {
  if (isOneChunk)
    return emitChunk(index(0), size, width, emitTerms);
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
    SmallVector<Value> sums = emitChunk(
        start, arith::MinSIOp::create(builder, loc, rest, index(chunk)), width,
        emitTerms);
    merge(number, sums);
  }
  return mergeRest(numChunks);
}

SmallVector<Value> FixedSum::emitChunk(Value start, Value size, int64_t width,
                                       EmitTerms emitTerms) {
  for (Buffers &memory : buffers) {
    clear(memory.accumulators, size);
    if (memory.errors)
      clear(memory.errors, size);
  }
  emitBlocks(builder, loc, size, width, ValueRange(),
             [&](Value offset, Value count, ValueRange) -> SmallVector<Value> {
               Value position =
                   arith::AddIOp::create(builder, loc, start, offset);
               addBlock(emitTerms(position, count), offset, count, width);
               return {};
             });
  SmallVector<Value> sums;
  for (Buffers &memory : buffers)
    sums.push_back(rows ? addLanesOfRows(memory, size) : addLanes(memory));
  return sums;
}

/// Adds the first `count` terms of each sum, which stand at `offset` in the
/// chunk.
void FixedSum::addBlock(ArrayRef<Value> terms, Value offset, Value count,
                        int64_t width) {
  Value lane = arith::AndIOp::create(builder, loc, offset, index(lanes - 1));
  lane = addressOf(builder, lane);
  Value mask;
  if (getConstantIntValue(count) != width)
    mask = makeMask(builder, loc, count, width);
  for (auto [memory, all] : llvm::zip(buffers, terms)) {
    Value term = all;
    if (mask) {
      // Lanes without a term add +0, which changes nothing: a lane never is
      // -0.
      Value none = arith::ConstantOp::create(
          builder, loc, builder.getZeroAttr(term.getType()));
      term = arith::SelectOp::create(builder, loc, mask, term, none);
    }
    addTo(memory, lane, term);
  }
}

/// Clears what `size` terms use.
void FixedSum::clear(Value buffer, Value size) {
  if (rows) {
    Value zero =
        arith::ConstantOp::create(builder, loc, builder.getZeroAttr(sumType()));
    // Without terms the sum is lane 0.
    Value used = arith::MaxSIOp::create(
        builder, loc, index(1),
        arith::MinSIOp::create(builder, loc, size, index(lanes)));
    auto loop = scf::ForOp::create(builder, loc, index(0), used, index(1));
    OpBuilder::InsertionGuard guard(builder);
    builder.setInsertionPoint(loop.getBody()->getTerminator());
    storeSum(zero, buffer, loop.getInductionVar());
    return;
  }
  auto allLanes = VectorType::get(lanes, elementType);
  Value zeros =
      arith::ConstantOp::create(builder, loc, builder.getZeroAttr(allLanes));
  vector::StoreOp::create(builder, loc, zeros, buffer, index(0));
}

/// Adds terms to the lanes that begin at `lane` in memory, with their errors by
/// TwoSum.
void FixedSum::addTo(Buffers &memory, Value lane, Value terms) {
  auto type = cast<VectorType>(terms.getType());
  auto add = [&](Value a, Value b) -> Value {
    return arith::AddFOp::create(builder, loc, a, b);
  };
  auto subtract = [&](Value a, Value b) -> Value {
    return arith::SubFOp::create(builder, loc, a, b);
  };
  Value before =
      vector::LoadOp::create(builder, loc, type, memory.accumulators, lane);
  Value after = add(before, terms);
  vector::StoreOp::create(builder, loc, after, memory.accumulators, lane);
  if (!memory.errors)
    return;
  Value part = subtract(after, before);
  Value error =
      add(subtract(before, subtract(after, part)), subtract(terms, part));
  Value errorBefore =
      vector::LoadOp::create(builder, loc, type, memory.errors, lane);
  vector::StoreOp::create(builder, loc, add(errorBefore, error), memory.errors,
                          lane);
}

/// Sums with what their roundings lost.
Value FixedSum::correct(Value sums, Value errors) {
  Value corrected = arith::AddFOp::create(builder, loc, sums, errors);
  // The error of a sum that is not finite means nothing.
  Value zero = arith::SubFOp::create(builder, loc, sums, sums);
  Value isFinite = arith::CmpFOp::create(builder, loc,
                                         arith::CmpFPredicate::ORD, zero, zero);
  return arith::SelectOp::create(builder, loc, isFinite, corrected, sums);
}

Value FixedSum::loadLanes(Buffers &memory) {
  auto type = VectorType::get(lanes, elementType);
  Value sums =
      vector::LoadOp::create(builder, loc, type, memory.accumulators, index(0));
  if (!memory.errors)
    return sums;
  return correct(sums, vector::LoadOp::create(builder, loc, type, memory.errors,
                                              index(0)));
}

/// Lane j += lane j + w for w = 128, 64, ..., 1.
Value FixedSum::addLanes(Buffers &memory) {
  Value sums = loadLanes(memory);
  for (int64_t half = lanes / 2; half > 0; half /= 2) {
    auto low = llvm::to_vector(llvm::seq<int64_t>(0, half));
    auto high = llvm::to_vector(llvm::seq<int64_t>(half, 2 * half));
    sums = arith::AddFOp::create(
        builder, loc, vector::ShuffleOp::create(builder, loc, sums, sums, low),
        vector::ShuffleOp::create(builder, loc, sums, sums, high));
  }
  return vector::ExtractOp::create(builder, loc, sums, 0);
}

/// The same where each lane is a vector. Lanes that have no terms are left out:
/// they would add +0.
Value FixedSum::addLanesOfRows(Buffers &memory, Value size) {
  Value used = arith::MinSIOp::create(builder, loc, size, index(lanes));
  auto forLanes = [&](Value count, llvm::function_ref<void(Value lane)> body) {
    auto loop = scf::ForOp::create(builder, loc, index(0), count, index(1));
    OpBuilder::InsertionGuard guard(builder);
    builder.setInsertionPoint(loop.getBody()->getTerminator());
    body(loop.getInductionVar());
  };
  Value sums = memory.accumulators;
  if (memory.errors)
    forLanes(used, [&](Value lane) {
      storeSum(correct(loadSum(builder, sums, lane),
                       loadSum(builder, memory.errors, lane)),
               sums, lane);
    });
  for (int64_t half = lanes / 2; half > 0; half /= 2) {
    Value pairs = arith::SubIOp::create(
        builder, loc,
        arith::MinSIOp::create(builder, loc, used, index(2 * half)),
        index(half));
    forLanes(pairs, [&](Value lane) {
      Value other = arith::AddIOp::create(builder, loc, lane, index(half));
      storeSum(arith::AddFOp::create(builder, loc, loadSum(builder, sums, lane),
                                     loadSum(builder, sums, other)),
               sums, lane);
    });
  }
  return loadSum(builder, sums, index(0));
}

/// i1: whether bit `level` of `number` is set.
static Value testBit(OpBuilder &builder, Location loc, Value number,
                     Value level) {
  Value bits = arith::ShRUIOp::create(builder, loc, number, level);
  Value one = arith::ConstantIndexOp::create(builder, loc, 1);
  Value bit = arith::AndIOp::create(builder, loc, bits, one);
  return arith::CmpIOp::create(builder, loc, arith::CmpIPredicate::eq, bit,
                               one);
}

/// Adds the sums of a chunk to those that wait, as one adds 1 to a binary
/// number: `chunkNumber` has a 1 where a sum waits.
void FixedSum::merge(Value chunkNumber, ArrayRef<Value> sums) {
  SmallVector<Value> initial{index(0)};
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
        for (auto [memory, sum] : llvm::zip(buffers, values.drop_front())) {
          Value partner = loadSum(nested, memory.waiting, values[0]);
          next.push_back(arith::AddFOp::create(nested, loc, partner, sum));
        }
        scf::YieldOp::create(nested, loc, next);
      });
  for (auto [memory, sum] : llvm::zip(buffers, loop.getResults().drop_front()))
    storeSum(sum, memory.waiting, loop.getResult(0));
}

/// Odd ones pass through: what waits is added from the lowest level up.
SmallVector<Value> FixedSum::mergeRest(Value numChunks) {
  Type i64 = builder.getI64Type();
  Value number = arith::IndexCastOp::create(builder, loc, i64, numChunks);
  Value zeros = math::CountLeadingZerosOp::create(builder, loc, number);
  Value levels = arith::SubIOp::create(
      builder, loc, index(maxLevels),
      arith::IndexCastOp::create(builder, loc, builder.getIndexType(), zeros));
  Value zero =
      arith::ConstantOp::create(builder, loc, builder.getZeroAttr(sumType()));
  SmallVector<Value> none(buffers.size(), zero);
  auto loop = scf::ForOp::create(
      builder, loc, index(0), levels, index(1), none,
      [&](OpBuilder &nested, Location, Value level, ValueRange carry) {
        Value waits = testBit(nested, loc, numChunks, level);
        SmallVector<Value> next;
        for (auto [memory, sum] : llvm::zip(buffers, carry)) {
          Value partner = loadSum(nested, memory.waiting, level);
          Value both = arith::AddFOp::create(nested, loc, partner, sum);
          next.push_back(
              arith::SelectOp::create(nested, loc, waits, both, sum));
        }
        scf::YieldOp::create(nested, loc, next);
      });
  return SmallVector<Value>(loop.getResults());
}
