//===- SumLaunch.cpp - Sums on a GPU --------------------------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file implements the kernels of sums and their like: a team of threads
// for each element of the output. Floats are added in the fixed order;
// integers, and maxima of either, are taken in any.
//
//===----------------------------------------------------------------------===//

#include "SumLaunch.h"

#include "ColumnSums.h"
#include "ElementBody.h"
#include "FoldLaunch.h"
#include "SumTerms.h"
#include "TeamSum.h"

#include "../ToLoops/SumKernel.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"

using namespace mlir;
using namespace act;

/// Whether each result of the body combines what its output holds with a term
/// that depends on no output, in a way for which order makes no difference.
static bool isUnordered(linalg::GenericOp generic) {
  Block &body = *generic.getBody();
  unsigned numInputs = generic.getNumDpsInputs();
  for (auto [number, result] :
       llvm::enumerate(body.getTerminator()->getOperands())) {
    Operation *last = result.getDefiningOp();
    BlockArgument before = body.getArgument(numInputs + number);
    // Shuffles move 32 bits at a time.
    Type type = result.getType();
    if (!type.isIntOrFloat() || (type.getIntOrFloatBitWidth() != 32 &&
                                 type.getIntOrFloatBitWidth() != 64))
      return false;
    if (!isa_and_nonnull<arith::AddIOp, arith::MulIOp, arith::AndIOp,
                         arith::OrIOp, arith::XOrIOp, arith::MaxSIOp,
                         arith::MinSIOp, arith::MaxUIOp, arith::MinUIOp,
                         arith::MaximumFOp, arith::MinimumFOp>(last) ||
        !before.hasOneUse() || !result.hasOneUse() ||
        (last->getOperand(0) == before) == (last->getOperand(1) == before))
      return false;
  }
  return true;
}

bool act::isSumOnDevice(linalg::GenericOp generic) {
  return isSumKernel(generic) ||
         (isReductionOnDevice(generic) && !asksForIndices(*generic.getBody()) &&
          isUnordered(generic));
}

namespace {

class SumsKernel {
public:
  SumsKernel(DeviceKernel &kernel, linalg::GenericOp generic,
             const IterationSpace &space, StringRef accuracy)
      : kernel(kernel), generic(generic), body(*generic.getBody()),
        builder(kernel.body()), loc(generic.getLoc()), accuracy(accuracy),
        index(builder, loc), team(kernel, loc), terms(kernel, generic, space) {}

  void emit() {
    Value output = index.block();
    Value exists = index.isLess(output, terms.numOutputs());
    auto branch = scf::IfOp::create(builder, loc, exists);
    builder.setInsertionPointToStart(branch.thenBlock());
    terms.start(output);
    size = terms.size();
    SmallVector<Value> totals;
    if (arith::AddFOp addition = findFinalAddition(generic))
      totals = addFloats(addition);
    else
      totals = combineInAnyOrder();
    Value isFirst = index.isLess(team.thread(), index.number(1));
    branch = scf::IfOp::create(builder, loc, isFirst);
    builder.setInsertionPointToStart(branch.thenBlock());
    terms.addToOutputs(totals);
  }

private:
  SmallVector<Value> addFloats(arith::AddFOp addition) {
    Value term = addition.getLhs() == body.getArguments().back()
                     ? addition.getRhs()
                     : addition.getLhs();
    // Terms are single accesses: those of a warp lie side by side.
    TeamSum sum(kernel, team, loc, addition.getType(),
                isExactSum(generic, accuracy), /*count=*/1, /*run=*/1);
    return sum.forChunks(
        index.divideUp(size, FixedSum::chunk), [&](Value chunk) {
          return sum.addLanes(forGroups(chunk, sum, addition, term));
        });
  }

  /// What a thread adds of a chunk.
  SmallVector<Value> forGroups(Value chunk, TeamSum &sum,
                               arith::AddFOp addition, Value term) {
    Value start = index.multiply(chunk, FixedSum::chunk);
    Value end =
        index.least(index.add(start, index.number(FixedSum::chunk)), size);
    auto loop =
        scf::ForOp::create(builder, loc, start, end,
                           index.number(FixedSum::maxLanes), sum.makeLanes());
    OpBuilder::InsertionGuard guard(builder);
    builder.setInsertionPointToEnd(loop.getBody());
    Value position = index.add(loop.getInductionVar(), team.lane());
    int64_t step = team.numLanes();
    // Of what is left, which may be less than nothing, each step has one.
    Value left =
        index.add(index.subtract(size, position), index.number(step - 1));
    Value count = arith::ShRSIOp::create(builder, loc, left,
                                         index.number(llvm::Log2_64(step)));
    count = index.least(count, index.number(teamWidth));
    // The last term stands for those behind it.
    Value last = index.subtract(size, index.number(1));
    SmallVector<Value> elements;
    for (int64_t lane = 0; lane < teamWidth; ++lane) {
      Value here =
          index.least(index.add(position, index.number(lane * step)), last);
      elements.push_back(terms.emit(here, addition).lookup(term));
    }
    Value vector = vector::FromElementsOp::create(
        builder, loc, VectorType::get(teamWidth, addition.getType()), elements);
    scf::YieldOp::create(builder, loc,
                         sum.add(loop.getRegionIterArgs(), vector, count));
    return SmallVector<Value>(loop.getResults());
  }

  SmallVector<Value> combineInAnyOrder() {
    SmallVector<Value> neutral;
    for (Value result : body.getTerminator()->getOperands())
      neutral.push_back(arith::ConstantOp::create(
          builder, loc, *arith::getNeutralElement(result.getDefiningOp())));
    auto loop = scf::ForOp::create(
        builder, loc, team.thread(), size,
        index.number(kernel.getSchedule().threadsPerRow), neutral);
    {
      OpBuilder::InsertionGuard guard(builder);
      builder.setInsertionPointToEnd(loop.getBody());
      IRMapping values = terms.emit(loop.getInductionVar(), /*skip=*/nullptr,
                                    loop.getRegionIterArgs());
      SmallVector<Value> next;
      for (Value result : body.getTerminator()->getOperands())
        next.push_back(values.lookup(result));
      scf::YieldOp::create(builder, loc, next);
    }
    SmallVector<Value> totals;
    for (auto [own, result] :
         llvm::zip(loop.getResults(), body.getTerminator()->getOperands())) {
      Operation &last = *result.getDefiningOp();
      totals.push_back(team.reduce(own, [&](Value left, Value right) {
        return combine(builder, last, left, right);
      }));
    }
    return totals;
  }

  DeviceKernel &kernel;
  linalg::GenericOp generic;
  Block &body;
  OpBuilder &builder;
  Location loc;
  StringRef accuracy;
  IndexBuilder index;
  Team team;
  SumTerms terms;
  /// How many terms there are.
  Value size;
};

} // namespace

void act::launchSum(OpBuilder &host, linalg::GenericOp generic,
                    KernelModule &module, const GPUKernelOptions &options,
                    Value guard) {
  Location loc = generic.getLoc();
  IterationSpace space =
      makeDeviceSpace(host, loc, makeSumSpace(host, generic));
  if (hasColumns(generic, space)) {
    if (findFinalAddition(generic))
      return launchColumnSums(host, generic, space, module, options, guard);
    return launchFold(host, generic, space, module, options, guard);
  }
  IndexBuilder index(host, loc);
  ArrayRef<OpFoldResult> sizes = space.sizes;
  std::optional<int64_t> terms =
      getConstantIntValue(index.product(sizes.drop_front(space.numKept)));
  Schedule schedule =
      chooseSums(terms, Team::warpSize, FixedSum::chunk, options.schedule);
  DeviceKernel kernel(module, host, generic, "sum", schedule, guard);
  IterationSpace local = kernel.import(space);
  SumsKernel(kernel, generic, local, options.accuracy).emit();
  kernel.launch(index.value(index.product(sizes.take_front(space.numKept))));
}
