//===- SumLaunch.cpp - Sums on a GPU --------------------------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file implements the kernels of sums and their like: a team of threads
// for each element of the output, or, where these are few and sums long, a warp
// for each chunk and a team for what chunks come to. Floats are added in the
// fixed order; integers, and maxima of either, are taken in any.
//
//===----------------------------------------------------------------------===//

#include "SumLaunch.h"

#include "ColumnSums.h"
#include "DeviceMemory.h"
#include "ElementBody.h"
#include "FoldLaunch.h"
#include "Rows/SplitRow.h"
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
    start(output);
    finish(findFinalAddition(generic) ? addFloats() : combineInAnyOrder());
  }

  /// The sums of chunks, of which each warp has one, to `sums`: for each output
  /// those of all its chunks. An output has so many blocks.
  void emitChunks(Value sums, Value blocksOfOutput) {
    Value output =
        arith::DivUIOp::create(builder, loc, index.block(), blocksOfOutput);
    Value block =
        arith::RemUIOp::create(builder, loc, index.block(), blocksOfOutput);
    start(output);
    Value chunk =
        index.add(index.multiply(block, team.numWarps()), team.warp());
    auto branch =
        scf::IfOp::create(builder, loc, index.isLess(chunk, numChunks()));
    builder.setInsertionPointToStart(branch.thenBlock());
    TeamSum sum = makeSum();
    Value value = sum.addLanes(forGroups(chunk, sum)).front();
    Value isFirst = index.isLess(team.lane(), index.number(1));
    branch = scf::IfOp::create(builder, loc, isFirst);
    builder.setInsertionPointToStart(branch.thenBlock());
    storeGlobal(builder, loc, value, addressOfChunk(sums, output, chunk));
  }

  /// What the sums of chunks come to.
  void emitMerge(Value sums) {
    Value output = index.block();
    start(output);
    finish(makeSum().mergeChunks(numChunks(), [&](unsigned, Value chunk) {
      return loadGlobal(builder, loc, addressOfChunk(sums, output, chunk),
                        sumType());
    }));
  }

private:
  void start(Value output) {
    terms.start(output);
    size = terms.size();
  }

  /// The first thread has the totals added to what the outputs hold.
  void finish(ArrayRef<Value> totals) {
    Value isFirst = index.isLess(team.thread(), index.number(1));
    auto branch = scf::IfOp::create(builder, loc, isFirst);
    builder.setInsertionPointToStart(branch.thenBlock());
    terms.addToOutputs(totals);
  }

  Type sumType() { return findFinalAddition(generic).getType(); }
  Value numChunks() { return index.divideUp(size, FixedSum::chunk); }

  Value addressOfChunk(Value sums, Value output, Value chunk) {
    Value place = index.add(index.multiply(output, numChunks()), chunk);
    return makeAddress(builder, loc, sums, sumType(), place);
  }

  TeamSum makeSum() {
    // Terms are single accesses: those of a warp lie side by side.
    return TeamSum(kernel, team, loc, sumType(), isExactSum(generic, accuracy),
                   /*count=*/1, /*run=*/1);
  }

  SmallVector<Value> addFloats() {
    TeamSum sum = makeSum();
    return sum.forChunks(numChunks(), [&](Value chunk) {
      return sum.addLanes(forGroups(chunk, sum));
    });
  }

  /// What a thread adds of a chunk.
  SmallVector<Value> forGroups(Value chunk, TeamSum &sum) {
    arith::AddFOp addition = findFinalAddition(generic);
    Value term = addition.getLhs() == body.getArguments().back()
                     ? addition.getRhs()
                     : addition.getLhs();
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

namespace {

class SumLauncher {
public:
  SumLauncher(OpBuilder &host, linalg::GenericOp generic,
              const IterationSpace &space, KernelModule &module,
              const GPUKernelOptions &options, Value guard)
      : host(host), generic(generic), space(space), module(module),
        options(options), guard(guard), loc(generic.getLoc()),
        index(host, loc) {
    ArrayRef<OpFoldResult> sizes = space.sizes;
    numOutputs = index.product(sizes.take_front(space.numKept));
    numTerms = index.product(sizes.drop_front(space.numKept));
  }

  void emit() {
    Schedule split = chooseSplitSums(Team::warpSize);
    std::optional<Value> isSplit = splits(split);
    if (!isSplit)
      return emitWhole();
    if (!*isSplit)
      return emitSplit(split);
    auto branch =
        scf::IfOp::create(host, loc, *isSplit, /*withElseRegion=*/true);
    OpBuilder::InsertionGuard insertion(host);
    host.setInsertionPoint(branch.thenBlock()->getTerminator());
    emitSplit(split);
    host.setInsertionPoint(branch.elseBlock()->getTerminator());
    emitWhole();
  }

private:
  /// i1: whether sums are split, null if it is known that they are; none if
  /// they never are.
  std::optional<Value> splits(const Schedule &split) {
    arith::AddFOp addition = findFinalAddition(generic);
    std::optional<int64_t> outputs = getConstantIntValue(numOutputs);
    std::optional<int64_t> terms = getConstantIntValue(numTerms);
    if (options.schedule.threadsPerRow || !addition ||
        addition.getType().getIntOrFloatBitWidth() < 32 ||
        outputs > split.mostRows || (terms && *terms < split.leastLength))
      return std::nullopt;
    Value isSplit;
    auto require = [&](arith::CmpIPredicate predicate, OpFoldResult left,
                       int64_t right) {
      Value holds = arith::CmpIOp::create(
          host, loc, predicate, index.value(left), index.number(right));
      isSplit =
          isSplit ? arith::AndIOp::create(host, loc, isSplit, holds) : holds;
    };
    if (!terms)
      require(arith::CmpIPredicate::sge, numTerms, split.leastLength);
    if (!outputs)
      require(arith::CmpIPredicate::sle, numOutputs, split.mostRows);
    return isSplit;
  }

  void emitWhole() {
    Schedule schedule =
        chooseSums(getConstantIntValue(numTerms), Team::warpSize,
                   FixedSum::chunk, options.schedule);
    launch(schedule, index.value(numOutputs),
           [](DeviceKernel &, SumsKernel &sums) { sums.emit(); });
  }

  void emitSplit(const Schedule &split) {
    Value outputs = index.value(numOutputs);
    Value chunks = index.divideUp(index.value(numTerms), FixedSum::chunk);
    Value blocks =
        index.divideUp(chunks, split.threadsPerBlock / Team::warpSize);
    RowPasses passes(host, loc, outputs, blocks, chunks);
    (void)passes.next();
    Value sums = passes.getChunks(findFinalAddition(generic).getType());
    launch(split, index.multiply(outputs, blocks),
           [&](DeviceKernel &kernel, SumsKernel &emitter) {
             emitter.emitChunks(kernel.import(sums), kernel.import(blocks));
           });
    launch(split, outputs, [&](DeviceKernel &kernel, SumsKernel &emitter) {
      emitter.emitMerge(kernel.import(sums));
    });
    passes.finish();
  }

  void launch(const Schedule &schedule, Value blocks,
              llvm::function_ref<void(DeviceKernel &, SumsKernel &)> emit) {
    DeviceKernel kernel(module, host, generic, "sum", schedule, guard);
    IterationSpace local = kernel.import(space);
    SumsKernel sums(kernel, generic, local, options.accuracy);
    emit(kernel, sums);
    kernel.launch(blocks);
  }

  OpBuilder &host;
  linalg::GenericOp generic;
  const IterationSpace &space;
  KernelModule &module;
  const GPUKernelOptions &options;
  Value guard;
  Location loc;
  IndexBuilder index;
  OpFoldResult numOutputs, numTerms;
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
  SumLauncher(host, generic, space, module, options, guard).emit();
}
