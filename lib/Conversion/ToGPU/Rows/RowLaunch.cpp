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
#include "DeviceRowStream.h"
#include "RowSchedules.h"
#include "RowThreads.h"

#include "../../ToLoops/Rows/RowEmitter.h"
#include "../../ToLoops/Rows/RowKernel.h"

#include "mlir/Dialect/SCF/IR/SCF.h"

using namespace mlir;
using namespace act;

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
    traits.registersPerElement = countRegisters();
    // Those of other operations could be taken across rows too.
    traits.branches = isa<LossOpInterface>(*op);
    traits.hasClusters = module.getChip().hasClusters();
    Value aligned = makeAlignment();
    if (!aligned)
      return emitByLength(chooseRows(traits, false, options.schedule), false);
    auto branch =
        scf::IfOp::create(host, loc, aligned, /*withElseRegion=*/true);
    OpBuilder::InsertionGuard insertion(host);
    host.setInsertionPoint(branch.thenBlock()->getTerminator());
    emitByLength(chooseRows(traits, true, options.schedule), true);
    host.setInsertionPoint(branch.elseBlock()->getTerminator());
    emitByLength(chooseRows(traits, false, options.schedule), false);
  }

private:
  ArrayRef<OpFoldResult> rowSizes() {
    return ArrayRef(space.sizes).take_front(space.numKept);
  }

  /// Whether an operand has an element for each of the row.
  bool isAlongRow(const Access &access) {
    return access.isMemory() && getConstantIntValue(access.strides.back()) != 0;
  }

  /// What a row in registers takes: the elements that are read, and a term.
  int64_t countRegisters() {
    int64_t bits = op.getComputeType().getWidth();
    for (const Access &access : space.accesses)
      if (isAlongRow(access) && !access.isOutput)
        bits += 8 * bytesOf(access.elementType());
    return llvm::divideCeil(bits, 32);
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
      mustDivide(LLVM::PtrToIntOp::create(host, loc, i64, access.base),
                 width * bytesOf(access.elementType()));
    }
    return arith::CmpIOp::create(host, loc, arith::CmpIPredicate::eq, bits,
                                 constant(0));
  }

  /// The first of the schedules whose capacity suffices.
  void emitByLength(ArrayRef<Schedule> schedules, bool aligned) {
    OpBuilder::InsertionGuard insertion(host);
    for (const Schedule &schedule : schedules.drop_back()) {
      Value fits = arith::CmpIOp::create(host, loc, arith::CmpIPredicate::sle,
                                         index.value(space.sizes.back()),
                                         index.number(schedule.capacity));
      auto branch = scf::IfOp::create(host, loc, fits, /*withElseRegion=*/true);
      host.setInsertionPoint(branch.thenBlock()->getTerminator());
      emitKernel(schedule, aligned);
      host.setInsertionPoint(branch.elseBlock()->getTerminator());
    }
    emitKernel(schedules.back(), aligned);
  }

  void emitKernel(Schedule schedule, bool aligned) {
    if (!aligned)
      schedule.elementsPerAccess = 1;
    DeviceKernel kernel(module, host, op, op->getName().stripDialect(),
                        schedule, guard);
    IterationSpace local = kernel.import(space);
    OpBuilder &builder = kernel.body();
    IndexBuilder inside(builder, loc);
    RowThreads threads(kernel, loc, aligned);
    ArrayRef<OpFoldResult> sizes =
        ArrayRef(local.sizes).take_front(local.numKept);
    Value row = inside.block();
    if (schedule.clusterSize > 1)
      row = gpu::ClusterIdOp::create(builder, loc, gpu::Dimension::x);
    else if (schedule.rowsPerBlock() > 1)
      row = inside.add(inside.multiply(row, schedule.rowsPerBlock()),
                       threads.getTeam().numberInBlock());
    OpFoldResult rows = inside.product(sizes);
    std::optional<int64_t> number = getConstantIntValue(rows);
    bool allExist =
        number && *number > 0 && *number % schedule.rowsPerBlock() == 0;
    if (!allExist)
      row = restrictRow(builder, row, inside.value(rows), threads.getTeam());
    SmallVector<OpFoldResult> offsets =
        offsetsOf(builder, loc, local, inside.delinearize(row, sizes));
    KernelOptions kernelOptions;
    kernelOptions.accuracy = options.accuracy;
    makeRowEmitter(builder, op, local, kernelOptions)
        ->emitRowOf(threads, offsets);
    threads.getTeam().finish();

    Value teams = index.divideUp(index.value(index.product(rowSizes())),
                                 schedule.rowsPerBlock());
    if (schedule.isFitted)
      launchFitted(kernel, teams);
    else
      kernel.launch(index.multiply(teams, schedule.clusterSize));
  }

  /// Launches as many threads as a row has chunks for.
  void launchFitted(DeviceKernel &kernel, Value rows) {
    const Schedule &schedule = kernel.getSchedule();
    // The least power of two so many of which have the length, up to `most`.
    auto fit = [&](int64_t most, int64_t elements) {
      Value number = index.number(1);
      for (int64_t fewer = 1; fewer < most; fewer *= 2) {
        Value exceeds = index.isLess(index.number(fewer * elements),
                                     index.value(space.sizes.back()));
        number = arith::SelectOp::create(host, loc, exceeds,
                                         index.number(2 * fewer), number);
      }
      return number;
    };
    int64_t warps = schedule.threadsPerBlock / Team::warpSize;
    Value blocks = fit(schedule.clusterSize, warps * FixedSum::chunk);
    Value threads = index.multiply(fit(warps, FixedSum::chunk), Team::warpSize);
    kernel.launchFitted(rows, blocks, threads);
  }

  /// Lets only rows that exist be worked on. Threads of a warp stay together:
  /// those whose row does not exist take the last one.
  Value restrictRow(OpBuilder &builder, Value row, Value rows, Team &team) {
    IndexBuilder inside(builder, loc);
    Value exists = inside.isLess(row, rows);
    Value any = exists;
    if (team.numLanes() < Team::warpSize)
      any = inside.isLess(inside.number(0), rows);
    auto branch = scf::IfOp::create(builder, loc, any);
    builder.setInsertionPointToStart(branch.thenBlock());
    if (any == exists)
      return row;
    team.setActive(exists);
    return inside.least(row, inside.subtract(rows, inside.number(1)));
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
