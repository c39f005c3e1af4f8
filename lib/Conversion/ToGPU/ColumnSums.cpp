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

#include "ColumnTeam.h"
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

static constexpr int64_t numWarps = ColumnTeam::numWarps;
static constexpr int64_t ownLanes = ColumnTeam::ownLanes;

bool act::hasColumns(linalg::GenericOp generic, const IterationSpace &space) {
  if (space.numKept == 0)
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
      : body(*generic.getBody()), builder(kernel.body()), loc(generic.getLoc()),
        index(builder, loc), terms(kernel, generic, space),
        addition(findFinalAddition(generic)), type(addition.getType()),
        compensated(compensated), columns(kernel, loc) {}

  void emit() {
    Value outputs = terms.numOutputs();
    Value output =
        index.add(index.multiply(index.block(), ColumnTeam::numColumns),
                  columns.column());
    // All threads come to the barriers: others do as the last one does.
    Value exists = index.isLess(output, outputs);
    Value last = index.subtract(outputs, index.number(1));
    auto branch =
        scf::IfOp::create(builder, loc, index.isLess(index.number(0), outputs));
    builder.setInsertionPointToStart(branch.thenBlock());
    terms.start(index.least(output, last));
    size = terms.size();
    Value total = emitSum();
    Value isFirst = index.isLess(columns.warp(), index.number(1));
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
    auto emitChunk = [&](Value chunk) -> SmallVector<Value> {
      SmallVector<Value> lanes = emitLanes(chunk);
      Value sums = lanes[0];
      if (compensated)
        sums = correctSums(builder, loc, sums, lanes[1]);
      return {columns.addLanes(sums)};
    };
    return columns
        .forChunks(index.divideUp(size, FixedSum::chunk), type, 1, emitChunk)
        .front();
  }

  Value add(Value left, Value right) {
    return arith::AddFOp::create(builder, loc, left, right);
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
    Value added = emitTerms(index.add(loop.getInductionVar(), columns.warp()));
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
  ColumnTeam columns;
};

} // namespace

void act::launchColumnSums(OpBuilder &host, linalg::GenericOp generic,
                           const IterationSpace &space, KernelModule &module,
                           const GPUKernelOptions &options, Value guard) {
  Schedule schedule;
  schedule.family = Schedule::Family::Columns;
  schedule.threadsPerBlock = numWarps * ColumnTeam::numColumns;
  schedule.accesses = ownLanes;
  DeviceKernel kernel(module, host, generic, "sum", schedule, guard);
  IterationSpace local = kernel.import(space);
  ColumnsKernel(kernel, generic, local, isExactSum(generic, options.accuracy))
      .emit();
  IndexBuilder index(host, generic.getLoc());
  kernel.launch(
      index.divideUp(index.value(index.product(
                         ArrayRef(space.sizes).take_front(space.numKept))),
                     ColumnTeam::numColumns));
}
