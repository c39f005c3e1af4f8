//===- ColumnTeam.cpp - Threads along neighbouring columns ----------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file implements what the warps of a block find of its columns. All
// threads of the block come to its barriers.
//
//===----------------------------------------------------------------------===//

#include "ColumnTeam.h"

#include "../ToLoops/VectorParts.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"

using namespace mlir;
using namespace act;

/// As many sums wait for their partners: enough for columns of 2^35 elements.
static constexpr int64_t maxLevels = 24;

ColumnTeam::ColumnTeam(DeviceKernel &kernel, Location loc)
    : kernel(kernel), builder(kernel.body()), loc(loc), index(builder, loc) {
  Value thread = index.thread();
  ofColumn =
      arith::AndIOp::create(builder, loc, thread, index.number(numColumns - 1));
  ofWarp = arith::ShRUIOp::create(builder, loc, thread,
                                  index.number(llvm::Log2_64(numColumns)));
}

SmallVector<Value> ColumnTeam::makeMemory(Type type, unsigned count,
                                          int64_t numbersOfColumn) {
  SmallVector<Value> memory;
  for (unsigned number = 0; number < count; ++number)
    memory.push_back(kernel.makeShared(type, numbersOfColumn * numColumns));
  return memory;
}

Value ColumnTeam::place(OpBuilder &at, Value number) {
  IndexBuilder here(at, loc);
  return here.add(here.multiply(number, numColumns), ofColumn);
}

Value ColumnTeam::add(Value left, Value right) {
  return arith::AddFOp::create(builder, loc, left, right);
}

void ColumnTeam::share(ArrayRef<Value> parts, ArrayRef<Value> memory) {
  for (auto [part, slots] : llvm::zip(parts, memory))
    memref::StoreOp::create(builder, loc, part, slots, place(builder, ofWarp));
  gpu::BarrierOp::create(builder, loc);
}

/// Sums take the last three steps of the tree.
Value ColumnTeam::combineShared(Value memory, Combine combine) {
  SmallVector<Value> values;
  for (int64_t number = 0; number < numWarps; ++number)
    values.push_back(memref::LoadOp::create(
        builder, loc, memory, place(builder, index.number(number))));
  for (int64_t half = numWarps / 2; half > 0; half /= 2)
    for (int64_t number = 0; number < half; ++number)
      values[number] = combine(values[number], values[number + half]);
  return values[0];
}

Value ColumnTeam::reduce(Value own, Combine combine) {
  SmallVector<Value> memory = makeMemory(own.getType(), 1, numWarps);
  share(own, memory);
  return combineShared(memory[0], combine);
}

Value ColumnTeam::addLanes(Value lanes) {
  int64_t width = cast<VectorType>(lanes.getType()).getNumElements();
  for (int64_t half = width / 2; half > 0; half /= 2)
    lanes = add(sliceVector(builder, loc, lanes, 0, half),
                sliceVector(builder, loc, lanes, half, half));
  return vector::ExtractOp::create(builder, loc, lanes, 0);
}

SmallVector<Value> ColumnTeam::merge(ArrayRef<Value> parts) {
  SmallVector<Value> memory =
      makeMemory(parts.front().getType(), parts.size(), numWarps);
  share(parts, memory);
  SmallVector<Value> sums;
  for (Value slots : memory)
    sums.push_back(combineShared(
        slots, [&](Value left, Value right) { return add(left, right); }));
  return sums;
}

void ColumnTeam::inFirstWarp(llvm::function_ref<void()> emitWork) {
  auto branch =
      scf::IfOp::create(builder, loc, index.isLess(ofWarp, index.number(1)));
  OpBuilder::InsertionGuard guard(builder);
  builder.setInsertionPointToStart(branch.thenBlock());
  emitWork();
}

SmallVector<Value> ColumnTeam::forChunks(Value numChunks, Type type,
                                         unsigned count, EmitChunk emitChunk) {
  SmallVector<Value> parts = makeMemory(type, count, numWarps);
  SmallVector<Value> waiting = makeMemory(type, count, maxLevels);
  SmallVector<Value> totals = makeMemory(type, count, 1);
  PairwiseMerge chunks(
      builder, loc, type, count,
      [&](OpBuilder &at, unsigned sum, Value level) -> Value {
        return memref::LoadOp::create(at, loc, waiting[sum], place(at, level));
      },
      [&](unsigned sum, Value level, Value value) {
        memref::StoreOp::create(builder, loc, value, waiting[sum],
                                place(builder, level));
      });
  auto loop = scf::ForOp::create(builder, loc, index.number(0), numChunks,
                                 index.number(1));
  {
    OpBuilder::InsertionGuard guard(builder);
    builder.setInsertionPoint(loop.getBody()->getTerminator());
    Value chunk = loop.getInductionVar();
    share(emitChunk(chunk), parts);
    inFirstWarp([&] {
      SmallVector<Value> sums;
      for (Value slots : parts)
        sums.push_back(combineShared(
            slots, [&](Value left, Value right) { return add(left, right); }));
      chunks.add(chunk, sums);
    });
    // The next chunk overwrites the parts.
    gpu::BarrierOp::create(builder, loc);
  }
  inFirstWarp([&] {
    for (auto [sum, slots] : llvm::zip(chunks.finish(numChunks), totals))
      memref::StoreOp::create(builder, loc, sum, slots, ofColumn);
  });
  gpu::BarrierOp::create(builder, loc);
  SmallVector<Value> sums;
  for (Value slots : totals)
    sums.push_back(memref::LoadOp::create(builder, loc, slots, ofColumn));
  return sums;
}
