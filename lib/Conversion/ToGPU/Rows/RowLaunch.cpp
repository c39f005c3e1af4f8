//===- RowLaunch.cpp - Row-wise operations on a GPU -----------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file implements the choice among the kernels of a row-wise operation,
// by alignment and by the length of rows, and the kernels' loops over rows.
//
//===----------------------------------------------------------------------===//

#include "RowLaunch.h"

#include "../DeviceMemory.h"
#include "../ElementwiseTiles.h"
#include "../ThreadIndex.h"
#include "ColumnThreads.h"
#include "DeviceRowStream.h"
#include "RowSchedules.h"
#include "RowThreads.h"
#include "SplitRow.h"

#include "../../ToLoops/Rows/RowEmitter.h"
#include "../../ToLoops/Rows/RowKernel.h"

#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Transforms/RegionUtils.h"

using namespace mlir;
using namespace act;

/// Blocks of a launch that has parts of all rows: a few for each
/// multiprocessor.
static constexpr int64_t blocksOfPasses = 1024;

namespace {

class RowLauncher {
public:
  RowLauncher(OpBuilder &host, RowwiseOpInterface op, KernelModule &module,
              const GPUKernelOptions &options, Value guard)
      : host(host), op(op), loc(op.getLoc()), module(module), options(options),
        guard(guard), index(host, loc),
        space(makeDeviceSpace(host, loc, makeRowSpace(host, op))) {}

  void emit() {
    RowTraits traits;
    traits.length = getConstantIntValue(space.sizes.back());
    traits.rows = getConstantIntValue(index.product(rowSizes()));
    traits.registers = countRegisters();
    traits.clusterBlocks = module.getChip().clusterBlocks();
    traits.sharedBytes = module.getChip().sharedBytes();
    traits.areColumns = areColumns();
    bool isPacked = traits.registers.isPacked;
    Value aligned = traits.areColumns ? Value() : makeAlignment();
    auto emit = [&](bool isAligned) {
      traits.isAligned = isAligned;
      // Single accesses are put together, which takes registers.
      traits.registers.isPacked = isPacked && isAligned;
      emitByLength(chooseRows(traits, options.schedule), isAligned);
    };
    if (!aligned)
      return emit(false);
    auto branch =
        scf::IfOp::create(host, loc, aligned, /*withElseRegion=*/true);
    OpBuilder::InsertionGuard insertion(host);
    host.setInsertionPoint(branch.thenBlock()->getTerminator());
    emit(true);
    host.setInsertionPoint(branch.elseBlock()->getTerminator());
    emit(false);
  }

private:
  ArrayRef<OpFoldResult> rowSizes() {
    return ArrayRef(space.sizes).take_front(space.numKept);
  }

  /// Whether an operand has an element for each of the row.
  bool isAlongRow(const Access &access) {
    return access.isMemory() && getConstantIntValue(access.strides.back()) != 0;
  }

  /// Whether elements of a row lie apart and those of neighbouring rows
  /// together.
  bool areColumns() {
    const Access *x = llvm::find_if(space.accesses, [&](const Access &access) {
      return isAlongRow(access);
    });
    return x != space.accesses.end() && !isWide(*x) &&
           x->constantStride(space.numKept - 1) == 1;
  }

  RowRegisters countRegisters() {
    RowRegisters registers;
    registers.inputs = 0;
    registers.operands = 0;
    registers.waiting = 0;
    for (const Access &access : space.accesses) {
      if (!isAlongRow(access))
        continue;
      if (access.isOutput) {
        ++registers.waiting;
        continue;
      }
      registers.inputs += 8 * bytesOf(access.elementType());
      if (isa<FloatType>(access.elementType()))
        ++registers.operands;
      else
        registers.isMasked = true;
    }
    registers.x = 8 * bytesOf(getElementTypeOrSelf(op.getX().getType()));
    registers.compute = op.getComputeType().getWidth();
    // An emitter knows its sums, and emits nothing until it is told to.
    std::unique_ptr<RowEmitter> emitter =
        makeRowEmitter(host, op, space, KernelOptions());
    registers.sums = emitter->countSums();
    registers.afterSums = registers.inputs;
    if (emitter->keepsTerms())
      registers.afterSums += registers.compute - registers.x;
    registers.isPacked =
        module.getChip().comparesHalves() && emitter->comparesNarrow();
    registers.compensated = getAccuracy(op, options.accuracy) == "exact";
    registers.more = module.getChip().moreRegisters();
    // A hyperbolic tangent.
    if (op.getSoftcap())
      registers.onTheWay = 2;
    return registers;
  }

  /// The neighbours that a thread has side by side: those of one access, so
  /// that the accesses of a warp leave no gaps. Where operands differ in their
  /// types the shortest one decides.
  int64_t runOf(bool aligned) {
    int64_t run = 1;
    for (const Access &access : space.accesses)
      if (aligned && isAlongRow(access) && isWide(access) &&
          isa<FloatType>(access.elementType()))
        run = std::max(run, accessWidth(access.elementType()));
    return run;
  }

  /// i1: whether all rows begin and end at multiples of an access; null if they
  /// never do.
  Value makeAlignment() {
    Type i64 = host.getI64Type();
    auto constant = [&](int64_t number) -> Value {
      return arith::ConstantOp::create(host, loc,
                                       host.getI64IntegerAttr(number));
    };
    Value bits = constant(0);
    auto mustDivide = [&](Value number, int64_t divisor) {
      Value low =
          arith::AndIOp::create(host, loc, number, constant(divisor - 1));
      bits = arith::OrIOp::create(host, loc, bits, low);
    };
    auto mustDivideFolded = [&](OpFoldResult folded, int64_t divisor) {
      if (std::optional<int64_t> number = getConstantIntValue(folded))
        return *number % divisor == 0;
      mustDivide(
          arith::IndexCastOp::create(host, loc, i64, index.value(folded)),
          divisor);
      return true;
    };
    for (const Access &access : space.accesses) {
      if (!isAlongRow(access) || !isWide(access))
        continue;
      int64_t width = accessWidth(access.elementType());
      if (!mustDivideFolded(space.sizes.back(), width))
        return nullptr;
      for (OpFoldResult stride : ArrayRef(access.strides).drop_back())
        if (!mustDivideFolded(stride, width))
          return nullptr;
      mustDivide(addressOf(access), width * bytesOf(access.elementType()));
    }
    return arith::CmpIOp::create(host, loc, arith::CmpIPredicate::eq, bits,
                                 constant(0));
  }

  //===--------------------------------------------------------------------===//
  // The choice
  //===--------------------------------------------------------------------===//

  /// i1: what must hold for a schedule to be taken, beside what is known.
  SmallVector<Value> conditionsOf(const Schedule &schedule) {
    SmallVector<Value> conditions;
    auto require = [&](arith::CmpIPredicate predicate, Value left,
                       Value right) {
      conditions.push_back(
          arith::CmpIOp::create(host, loc, predicate, left, right));
    };
    OpFoldResult length = space.sizes.back();
    bool isKnown = getConstantIntValue(length).has_value();
    if (schedule.capacity && !isKnown)
      require(arith::CmpIPredicate::sle, index.value(length),
              index.number(schedule.capacity));
    if (schedule.leastLength && !isKnown)
      require(arith::CmpIPredicate::sge, index.value(length),
              index.number(schedule.leastLength));
    OpFoldResult rows = index.product(rowSizes());
    if (schedule.mostRows && !getConstantIntValue(rows))
      require(arith::CmpIPredicate::sle, index.value(rows),
              index.number(schedule.mostRows));
    return conditions;
  }

  Value addressOf(const Access &access) {
    return LLVM::PtrToIntOp::create(host, loc, host.getI64Type(), access.base);
  }

  /// The first of the schedules that fits.
  void emitByLength(ArrayRef<Schedule> schedules, bool aligned) {
    OpBuilder::InsertionGuard insertion(host);
    for (const Schedule &schedule : schedules.drop_back()) {
      SmallVector<Value> conditions = conditionsOf(schedule);
      if (conditions.empty())
        return emitKernels(schedule, aligned);
      Value fits = conditions.front();
      for (Value condition : ArrayRef(conditions).drop_front())
        fits = arith::AndIOp::create(host, loc, fits, condition);
      auto branch = scf::IfOp::create(host, loc, fits, /*withElseRegion=*/true);
      host.setInsertionPoint(branch.thenBlock()->getTerminator());
      emitKernels(schedule, aligned);
      host.setInsertionPoint(branch.elseBlock()->getTerminator());
    }
    emitKernels(schedules.back(), aligned);
  }

  //===--------------------------------------------------------------------===//
  // Kernels
  //===--------------------------------------------------------------------===//

  void emitKernels(Schedule schedule, bool aligned) {
    if (!aligned)
      schedule.elementsPerAccess = 1;
    if (schedule.family == Schedule::Family::Split)
      emitPasses(schedule, aligned);
    else
      emitKernel(schedule, aligned);
  }

  DeviceKernel makeKernel(const Schedule &schedule) {
    return DeviceKernel(module, host, op, op->getName().stripDialect(),
                        schedule, guard);
  }

  Value numRows() { return index.value(index.product(rowSizes())); }

  void emitKernel(const Schedule &schedule, bool aligned) {
    DeviceKernel kernel = makeKernel(schedule);
    IterationSpace local = kernel.import(space);
    OpBuilder &builder = kernel.body();
    IndexBuilder inside(builder, loc);
    int64_t rowsPerBlock = schedule.rowsPerBlock();
    if (schedule.family == Schedule::Family::Columns) {
      ColumnThreads threads(kernel, loc);
      Value row = inside.add(inside.multiply(inside.block(), rowsPerBlock),
                             threads.getColumn());
      emitRow(builder, local, threads, row, rowsPerBlock,
              /*rowsTogether=*/rowsPerBlock);
    } else {
      RowThreads threads(kernel, loc, runOf(aligned));
      Value row = inside.block();
      if (schedule.clusterSize > 1)
        row = threads.getTeam().numberOfCluster();
      else if (rowsPerBlock > 1)
        row = inside.add(inside.multiply(row, rowsPerBlock),
                         threads.getTeam().numberInBlock());
      emitRow(builder, local, threads, row, rowsPerBlock,
              Team::warpSize / threads.getTeam().numLanes());
    }

    Value teams = index.divideUp(numRows(), rowsPerBlock);
    if (schedule.isFitted)
      launchFitted(kernel, teams);
    else
      kernel.launch(index.multiply(teams, schedule.clusterSize));
  }

  /// The work on a row, if that exists. The grid has rows for whole blocks of
  /// `rowsPerBlock`, of which the threads of `rowsTogether`, a power of two, go
  /// together where they cannot branch.
  void emitRow(OpBuilder &builder, const IterationSpace &local,
               RowTeam &threads, Value row, int64_t rowsPerBlock,
               int64_t rowsTogether) {
    IndexBuilder inside(builder, loc);
    ArrayRef<OpFoldResult> sizes =
        ArrayRef(local.sizes).take_front(local.numKept);
    auto emit = [&](Value row) {
      SmallVector<OpFoldResult> offsets =
          offsetsOf(builder, loc, local, inside.delinearize(row, sizes));
      KernelOptions kernelOptions;
      kernelOptions.accuracy = options.accuracy;
      makeRowEmitter(builder, op, local, kernelOptions)
          ->emitRowOf(threads, offsets);
    };
    OpFoldResult count = inside.product(sizes);
    std::optional<int64_t> number = getConstantIntValue(count);
    if (number && *number > 0 && *number % rowsPerBlock == 0)
      return emit(row);

    Value rows = inside.value(count);
    Value exists = inside.isLess(row, rows);
    // Threads that go together stay together: those whose row does not exist
    // take the last one, which is one of theirs. Others could have written it
    // by now, where it is computed in place.
    bool staysTogether = !threads.canBranch();
    Value any = exists;
    if (staysTogether) {
      Value first = arith::AndIOp::create(builder, loc, row,
                                          inside.number(-rowsTogether));
      any = inside.isLess(first, rows);
    }
    auto branch = scf::IfOp::create(builder, loc, any);
    builder.setInsertionPointToStart(branch.thenBlock());
    if (!staysTogether)
      return emit(row);
    row = inside.least(row, inside.subtract(rows, inside.number(1)));
    threads.storeOnlyWhere(exists, [&] { emit(row); });
  }

  /// The kernels of all passes over split rows.
  void emitPasses(const Schedule &schedule, bool aligned) {
    Value length = index.value(space.sizes.back());
    Value rows = numRows();
    Value chunks = index.divideUp(length, FixedSum::chunk);
    // A chunk for each warp; more of them where other rows fill the GPU, as
    // each block reads what all have found.
    int64_t warps = schedule.threadsPerBlock / Team::warpSize;
    Value one = index.number(1);
    auto atLeastOne = [&](Value number) -> Value {
      return arith::MaxSIOp::create(host, loc, number, one);
    };
    Value mostParts = arith::CeilDivUIOp::create(
        host, loc, index.number(blocksOfPasses), atLeastOne(rows));
    Value parts =
        index.least(atLeastOne(index.divideUp(chunks, warps)), mostParts);
    RowPasses passes(host, loc, rows, parts, chunks);
    while (passes.next())
      emitPass(schedule, aligned, passes, rows);
    passes.finish();
  }

  void emitPass(const Schedule &schedule, bool aligned, RowPasses &passes,
                Value rows) {
    DeviceKernel kernel = makeKernel(schedule);
    IterationSpace local = kernel.import(space);
    OpBuilder &builder = kernel.body();
    IndexBuilder inside(builder, loc);
    Value parts = kernel.import(passes.numParts());
    Value row = arith::DivUIOp::create(builder, loc, inside.block(), parts);
    Value part = arith::RemUIOp::create(builder, loc, inside.block(), parts);
    SplitRowThreads threads(kernel, loc, runOf(aligned), passes, row, part,
                            parts);
    emitRow(builder, local, threads, row, /*rowsPerBlock=*/1,
            /*rowsTogether=*/1);
    kernel.launch(index.multiply(rows, passes.numParts()));
    // What other passes do is emitted up to where it would be stored.
    IRRewriter rewriter(host.getContext());
    (void)runRegionDCE(rewriter, kernel.getBody());
  }

  /// Launches as many threads as a row has chunks for: in one block, or else in
  /// as many small ones as a cluster may have.
  void launchFitted(DeviceKernel &kernel, Value rows) {
    const Schedule &schedule = kernel.getSchedule();
    Value length = index.value(space.sizes.back());
    // The least power of two so many of which have the length, up to `most`.
    auto fit = [&](int64_t most, Value elements) {
      Value number = index.number(1);
      for (int64_t fewer = 1; fewer < most; fewer *= 2) {
        Value exceeds = index.isLess(index.multiply(elements, fewer), length);
        number = arith::SelectOp::create(host, loc, exceeds,
                                         index.number(2 * fewer), number);
      }
      return number;
    };
    int64_t threadsOfChunk = schedule.warpsPerChunk * Team::warpSize;
    int64_t chunks = schedule.threadsPerBlock / threadsOfChunk;
    int64_t fewest = std::clamp<int64_t>(
        Schedule::threadsInCluster / threadsOfChunk, 1, chunks);
    Value blocks =
        fit(schedule.clusterSize, index.number(fewest * FixedSum::chunk));
    if (schedule.clusterSize > 1 && fewest < chunks) {
      Value exceeds =
          index.isLess(index.number(chunks * FixedSum::chunk), length);
      blocks =
          arith::SelectOp::create(host, loc, exceeds, blocks, index.number(1));
    }
    Value threads = index.multiply(
        fit(chunks, index.multiply(blocks, FixedSum::chunk)), threadsOfChunk);
    kernel.launchFitted(rows, blocks, threads);
  }

  OpBuilder &host;
  RowwiseOpInterface op;
  Location loc;
  KernelModule &module;
  const GPUKernelOptions &options;
  Value guard;
  IndexBuilder index;
  IterationSpace space;
};

} // namespace

void act::launchRowwise(OpBuilder &host, RowwiseOpInterface op,
                        KernelModule &module, const GPUKernelOptions &options,
                        Value guard) {
  RowLauncher(host, op, module, options, guard).emit();
}
