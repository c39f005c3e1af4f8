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
#include "VectorParts.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"

using namespace mlir;
using namespace act;

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
      memory.waiting = makeMemory(PairwiseMerge::maxLevels);
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
                                  EmitTerms emitTerms, Lanes place,
                                  const Companion *beside) {
  companion = beside;
  carried.clear();
  if (companion)
    carried.assign(companion->initial.begin(), companion->initial.end());
  auto emitOne = [&](Value start, Value terms) -> SmallVector<Value> {
    if (place == Lanes::InRegisters && lanes == maxLanes)
      return {emitChunkInRegisters(start, terms, width, emitTerms)};
    return emitChunk(start, terms, width, emitTerms);
  };
  if (isOneChunk)
    return emitOne(index(0), size);
  Value numChunks = arith::DivUIOp::create(
      builder, loc, arith::AddIOp::create(builder, loc, size, index(chunk - 1)),
      index(chunk));
  // What the companion carries, and the sums of the last chunks.
  size_t numCarried = carried.size();
  SmallVector<Value> initial(carried);
  initial.append(
      buffers.size(),
      arith::ConstantOp::create(builder, loc, builder.getZeroAttr(sumType())));
  SmallVector<Value> after = emitLoop(
      builder, loc, index(0), numChunks, index(1), initial,
      [&](Value number, ValueRange before) {
        carried.assign(before.begin(), before.begin() + numCarried);
        Value start = arith::MulIOp::create(builder, loc, number, index(chunk));
        Value rest = arith::SubIOp::create(builder, loc, size, start);
        SmallVector<Value> sums = emitOne(
            start, arith::MinSIOp::create(builder, loc, rest, index(chunk)));
        SmallVector<Value> next(carried);
        llvm::append_range(next, makeMerge().add(number, sums));
        return next;
      });
  return makeMerge().finish(numChunks, ArrayRef(after).drop_front(numCarried));
}

PairwiseMerge FixedSum::makeMerge() {
  return PairwiseMerge(
      builder, loc, sumType(), buffers.size(),
      [this](OpBuilder &at, unsigned sum, Value level) {
        return loadSum(at, buffers[sum].waiting, level);
      },
      [this](unsigned sum, Value level, Value value) {
        storeSum(value, buffers[sum].waiting, level);
      });
}

SmallVector<Value> FixedSum::emitChunk(Value start, Value size, int64_t width,
                                       EmitTerms emitTerms) {
  for (Buffers &memory : buffers) {
    clear(memory.accumulators, size);
    if (memory.errors)
      clear(memory.errors, size);
  }
  addBlocks(start, size, width, emitTerms);
  SmallVector<Value> sums;
  for (Buffers &memory : buffers)
    sums.push_back(rows ? addLanesOfRows(memory, size)
                        : addLanes(loadLanes(memory)));
  return sums;
}

/// As many terms as there are lanes are a trip of the loop, which carries the
/// lanes. Only for terms that are left are they in memory.
Value FixedSum::emitChunkInRegisters(Value start, Value size, int64_t width,
                                     EmitTerms emitTerms) {
  Value left = builder.createOrFold<arith::AndIOp>(loc, size, index(lanes - 1));
  Value full = builder.createOrFold<arith::SubIOp>(loc, size, left);
  auto type = VectorType::get(width, elementType);
  SmallVector<Value> parts(
      lanes / width,
      arith::ConstantOp::create(builder, loc, builder.getZeroAttr(type)));
  parts = emitLoop(
      builder, loc, index(0), full, index(lanes), parts,
      [&](Value offset, ValueRange carried) {
        Value first = arith::AddIOp::create(builder, loc, start, offset);
        SmallVector<Value> next;
        for (auto [number, part] : llvm::enumerate(carried)) {
          Value position =
              arith::AddIOp::create(builder, loc, first, index(number * width));
          Value terms = emitTerms(position, index(width)).front();
          next.push_back(arith::AddFOp::create(builder, loc, part, terms));
        }
        return next;
      });
  Value whole = concatenateVectors(builder, loc, parts);
  if (getConstantIntValue(left) == 0)
    return addLanes(whole);

  Value isWhole = arith::CmpIOp::create(builder, loc, arith::CmpIPredicate::eq,
                                        left, index(0));
  auto branch = scf::IfOp::create(builder, loc, whole.getType(), isWhole,
                                  /*addThenBlock=*/true, /*addElseBlock=*/true);
  {
    OpBuilder::InsertionGuard guard(builder);
    builder.setInsertionPointToStart(branch.thenBlock());
    scf::YieldOp::create(builder, loc, whole);
    builder.setInsertionPointToStart(branch.elseBlock());
    Buffers &memory = buffers.front();
    vector::StoreOp::create(builder, loc, whole, memory.accumulators, index(0));
    addBlocks(arith::AddIOp::create(builder, loc, start, full), left, width,
              emitTerms);
    scf::YieldOp::create(builder, loc, loadLanes(memory));
  }
  return addLanes(branch.getResult(0));
}

/// Adds `size` terms, of which the first goes to lane 0.
void FixedSum::addBlocks(Value start, Value size, int64_t width,
                         EmitTerms emitTerms) {
  carried =
      emitBlocks(builder, loc, size, width, carried,
                 [&](Value offset, Value count, ValueRange before) {
                   Value position =
                       arith::AddIOp::create(builder, loc, start, offset);
                   SmallVector<Value> next;
                   if (companion)
                     next = companion->emitBlock(position, count, before);
                   addBlock(emitTerms(position, count), offset, count, width);
                   return next;
                 });
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
  Value before =
      vector::LoadOp::create(builder, loc, type, memory.accumulators, lane);
  Value after = arith::AddFOp::create(builder, loc, before, terms);
  vector::StoreOp::create(builder, loc, after, memory.accumulators, lane);
  if (!memory.errors)
    return;
  Value error = makeRoundingError(builder, loc, before, terms, after);
  Value errorBefore =
      vector::LoadOp::create(builder, loc, type, memory.errors, lane);
  vector::StoreOp::create(
      builder, loc, arith::AddFOp::create(builder, loc, errorBefore, error),
      memory.errors, lane);
}

Value act::makeRoundingError(OpBuilder &builder, Location loc, Value left,
                             Value right, Value sum) {
  auto add = [&](Value a, Value b) -> Value {
    return arith::AddFOp::create(builder, loc, a, b);
  };
  auto subtract = [&](Value a, Value b) -> Value {
    return arith::SubFOp::create(builder, loc, a, b);
  };
  Value part = subtract(sum, left);
  return add(subtract(left, subtract(sum, part)), subtract(right, part));
}

Value act::correctSums(OpBuilder &builder, Location loc, Value sums,
                       Value errors) {
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
  return correctSums(
      builder, loc, sums,
      vector::LoadOp::create(builder, loc, type, memory.errors, index(0)));
}

/// Lane j += lane j + w for w = 128, 64, ..., 1.
Value FixedSum::addLanes(Value sums) {
  for (int64_t half = lanes / 2; half > 0; half /= 2)
    sums = arith::AddFOp::create(builder, loc,
                                 sliceVector(builder, loc, sums, 0, half),
                                 sliceVector(builder, loc, sums, half, half));
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
      storeSum(correctSums(builder, loc, loadSum(builder, sums, lane),
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
