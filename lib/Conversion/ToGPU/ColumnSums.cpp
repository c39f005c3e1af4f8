//===- ColumnSums.cpp - Sums of neighbouring columns on a GPU -------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file implements sums of columns. The threads of a warp have neighbouring
// outputs, so that they read neighbouring elements. Of the 256 lanes in which a
// sum is made, each of the eight warps has every eighth: a subtree of the tree
// that adds lanes, which a thread has in its registers.
//
//===----------------------------------------------------------------------===//

#include "ColumnSums.h"

#include "SumTerms.h"

#include "../ToLoops/FixedSum.h"
#include "../ToLoops/Staging.h"
#include "../ToLoops/SumKernel.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"

using namespace mlir;
using namespace act;

static constexpr int64_t warpSize = 32;
static constexpr int64_t numWarps = 8;
/// Lanes of the sum that a thread has.
static constexpr int64_t ownLanes = FixedSum::maxLanes / numWarps;

bool act::hasColumns(linalg::GenericOp generic, const IterationSpace &space) {
  if (space.numKept == 0 || !findFinalAddition(generic))
    return false;
  bool any = false;
  for (auto [access, argument] : llvm::zip(ArrayRef(space.accesses).drop_back(),
                                           generic.getBody()->getArguments())) {
    if (!access.isMemory() || argument.use_empty())
      continue;
    if (access.constantStride(space.sizes.size() - 1) == 1)
      return false;
    any |= access.constantStride(space.numKept - 1) == 1;
  }
  return any;
}

namespace {

class ColumnsKernel {
public:
  ColumnsKernel(DeviceKernel &kernel, linalg::GenericOp generic,
                const IterationSpace &space, bool compensated)
      : kernel(kernel), body(*generic.getBody()), builder(kernel.body()),
        loc(generic.getLoc()), index(builder, loc),
        terms(kernel, generic, space), addition(findFinalAddition(generic)),
        type(addition.getType()), compensated(compensated) {}

  void emit() {
    Value thread = index.thread();
    lane =
        arith::AndIOp::create(builder, loc, thread, index.number(warpSize - 1));
    warp = arith::ShRUIOp::create(builder, loc, thread,
                                  index.number(llvm::Log2_64(warpSize)));
    Value outputs = terms.numOutputs();
    Value output = index.add(index.multiply(index.block(), warpSize), lane);
    // All threads come to the barriers: others do as the last one does.
    Value exists = index.isLess(output, outputs);
    Value last = index.subtract(outputs, index.number(1));
    auto branch =
        scf::IfOp::create(builder, loc, index.isLess(index.number(0), outputs));
    builder.setInsertionPointToStart(branch.thenBlock());
    terms.start(index.least(output, last));
    size = terms.size();
    Value total = emitSum();
    Value isFirst = index.isLess(warp, index.number(1));
    Value stores = arith::AndIOp::create(builder, loc, isFirst, exists);
    branch = scf::IfOp::create(builder, loc, stores);
    builder.setInsertionPointToStart(branch.thenBlock());
    terms.addToOutputs(total);
  }

private:
  //===--------------------------------------------------------------------===//
  // Chunks
  //===--------------------------------------------------------------------===//

  Value emitSum() {
    parts = kernel.makeShared(type, numWarps * warpSize);
    waiting = kernel.makeShared(type, PairwiseMerge::maxLevels * warpSize);
    Value numChunks = index.divideUp(size, FixedSum::chunk);
    auto loop = scf::ForOp::create(builder, loc, index.number(0), numChunks,
                                   index.number(1));
    {
      OpBuilder::InsertionGuard guard(builder);
      builder.setInsertionPoint(loop.getBody()->getTerminator());
      Value chunk = loop.getInductionVar();
      memref::StoreOp::create(builder, loc, addOwnLanes(emitLanes(chunk)),
                              parts,
                              index.add(index.multiply(warp, warpSize), lane));
      gpu::BarrierOp::create(builder, loc);
      inFirstWarp([&] { makeMerge().add(chunk, mergeParts()); });
      // The next chunk overwrites the parts.
      gpu::BarrierOp::create(builder, loc);
    }
    return makeMerge().finish(numChunks).front();
  }

  void inFirstWarp(llvm::function_ref<void()> emitBody) {
    Value isFirst = index.isLess(warp, index.number(1));
    auto branch = scf::IfOp::create(builder, loc, isFirst);
    OpBuilder::InsertionGuard guard(builder);
    builder.setInsertionPointToStart(branch.thenBlock());
    emitBody();
  }

  PairwiseMerge makeMerge() {
    auto addressOf = [this](OpBuilder &at, Value level) -> Value {
      IndexBuilder here(at, loc);
      return here.add(here.multiply(level, warpSize), lane);
    };
    return PairwiseMerge(
        builder, loc, type, 1,
        [=](OpBuilder &at, unsigned, Value level) -> Value {
          return memref::LoadOp::create(at, loc, waiting, addressOf(at, level));
        },
        [=](unsigned, Value level, Value value) {
          memref::StoreOp::create(builder, loc, value, waiting,
                                  addressOf(builder, level));
        });
  }

  Value add(Value left, Value right) {
    return arith::AddFOp::create(builder, loc, left, right);
  }

  /// The lanes of the warps, the last three steps of the tree: warp w has those
  /// that are w modulo 8.
  Value mergeParts() {
    SmallVector<Value> values;
    for (int64_t number = 0; number < numWarps; ++number)
      values.push_back(memref::LoadOp::create(
          builder, loc, parts,
          index.add(index.number(number * warpSize), lane)));
    for (int64_t half = numWarps / 2; half > 0; half /= 2)
      for (int64_t number = 0; number < half; ++number)
        values[number] = add(values[number], values[number + half]);
    return values[0];
  }

  /// The first steps of the tree, over the lanes that a thread has.
  Value addOwnLanes(ValueRange lanes) {
    Value sums = lanes[0];
    if (compensated)
      sums = correctSums(builder, loc, sums, lanes[1]);
    for (int64_t half = ownLanes / 2; half > 0; half /= 2) {
      auto low = llvm::to_vector(llvm::seq<int64_t>(0, half));
      auto high = llvm::to_vector(llvm::seq<int64_t>(half, 2 * half));
      sums = add(vector::ShuffleOp::create(builder, loc, sums, sums, low),
                 vector::ShuffleOp::create(builder, loc, sums, sums, high));
    }
    return vector::ExtractOp::create(builder, loc, sums, 0);
  }

  /// The lanes of a chunk, and what their roundings lost.
  SmallVector<Value> emitLanes(Value chunk) {
    auto vector = VectorType::get(ownLanes, type);
    Value zero =
        arith::ConstantOp::create(builder, loc, builder.getZeroAttr(vector));
    SmallVector<Value> none(compensated ? 2 : 1, zero);
    Value start = index.multiply(chunk, FixedSum::chunk);
    Value end =
        index.least(index.add(start, index.number(FixedSum::chunk)), size);
    auto loop = scf::ForOp::create(builder, loc, start, end,
                                   index.number(FixedSum::maxLanes), none);
    OpBuilder::InsertionGuard guard(builder);
    builder.setInsertionPointToEnd(loop.getBody());
    ValueRange before = loop.getRegionIterArgs();
    Value added = emitTerms(index.add(loop.getInductionVar(), warp));
    SmallVector<Value> next{add(before[0], added)};
    if (compensated)
      next.push_back(add(before[1], makeRoundingError(builder, loc, before[0],
                                                      added, next[0])));
    scf::YieldOp::create(builder, loc, next);
    return SmallVector<Value>(loop.getResults());
  }

  /// Every eighth term from `first` on; those that do not exist are 0.
  Value emitTerms(Value first) {
    Value term = addition.getLhs() == body.getArguments().back()
                     ? addition.getRhs()
                     : addition.getLhs();
    Value zero =
        arith::ConstantOp::create(builder, loc, builder.getZeroAttr(type));
    Value last = index.subtract(size, index.number(1));
    SmallVector<Value> elements;
    for (int64_t number = 0; number < ownLanes; ++number) {
      Value position = index.add(first, index.number(number * numWarps));
      Value value =
          terms.emit(index.least(position, last), addition).lookup(term);
      elements.push_back(arith::SelectOp::create(
          builder, loc, index.isLess(position, size), value, zero));
    }
    return vector::FromElementsOp::create(
        builder, loc, VectorType::get(ownLanes, type), elements);
  }

  DeviceKernel &kernel;
  Block &body;
  OpBuilder &builder;
  Location loc;
  IndexBuilder index;
  SumTerms terms;
  arith::AddFOp addition;
  Type type;
  bool compensated;
  /// How many terms there are.
  Value size;
  Value lane, warp;
  /// Shared: what each warp has of a chunk, and sums of chunks that wait.
  Value parts, waiting;
};

} // namespace

void act::launchColumnSums(OpBuilder &host, linalg::GenericOp generic,
                           const IterationSpace &space, KernelModule &module,
                           const GPUKernelOptions &options, Value guard) {
  Schedule schedule;
  schedule.family = Schedule::Family::Columns;
  schedule.threadsPerBlock = numWarps * warpSize;
  schedule.accesses = ownLanes;
  DeviceKernel kernel(module, host, generic, "sum", schedule, guard);
  IterationSpace local = kernel.import(space);
  ColumnsKernel(kernel, generic, local, isExactSum(generic, options.accuracy))
      .emit();
  IndexBuilder index(host, generic.getLoc());
  kernel.launch(
      index.divideUp(index.value(index.product(
                         ArrayRef(space.sizes).take_front(space.numKept))),
                     warpSize));
}
