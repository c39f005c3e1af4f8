//===- ElementwiseLaunch.cpp - Elementwise work on a GPU ------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file implements the choice among the kernels of an elementwise
// operation, which the host makes when it runs: wide accesses where the
// operands are aligned and long, else one element at a time.
//
//===----------------------------------------------------------------------===//

#include "ElementwiseLaunch.h"

#include "DeviceMemory.h"
#include "ElementBody.h"
#include "ElementwiseTiles.h"
#include "ThreadIndex.h"

#include "../ToLoops/ElementwiseKernel.h"
#include "../ToLoops/GenericLoops.h"

#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"

using namespace mlir;
using namespace act;

bool act::isElementwiseOnDevice(linalg::GenericOp generic) {
  return isElementwiseInMemory(generic) && isElementBody(*generic.getBody());
}

namespace {

/// Each thread takes elements that lie a block apart, so that neighbours read
/// neighbours.
class ElementsKernel {
public:
  ElementsKernel(DeviceKernel &kernel, linalg::GenericOp generic,
                 const IterationSpace &space, ArrayRef<unsigned> order)
      : kernel(kernel), generic(generic), builder(kernel.body()),
        loc(generic.getLoc()), space(space), order(order), index(builder, loc) {
  }

  void emit() {
    const Schedule &schedule = kernel.getSchedule();
    Value total = index.value(index.product(space.sizes));
    int64_t tile = schedule.threadsPerBlock * schedule.accesses;
    Value first =
        index.add(index.multiply(index.block(), tile), index.thread());
    Value end = index.least(
        total, index.multiply(index.add(index.block(), index.number(1)), tile));
    auto loop = scf::ForOp::create(builder, loc, first, end,
                                   index.number(schedule.threadsPerBlock));
    builder.setInsertionPoint(loop.getBody()->getTerminator());
    emitElement(loop.getInductionVar());
  }

private:
  void emitElement(Value position) {
    SmallVector<Value> coordinates = index.delinearize(position, space.sizes);
    SmallVector<OpFoldResult> offsets =
        offsetsOf(builder, loc, space, coordinates);
    SmallVector<Value> indices(generic.getNumLoops());
    if (asksForIndices(*generic.getBody()))
      for (auto [coordinate, loop] : llvm::zip(coordinates, order))
        indices[loop] = coordinate;
    emitElementAt(kernel, generic, space, offsets, indices);
  }

  DeviceKernel &kernel;
  linalg::GenericOp generic;
  OpBuilder &builder;
  Location loc;
  const IterationSpace &space;
  ArrayRef<unsigned> order;
  IndexBuilder index;
};

} // namespace

void act::launchElementwise(OpBuilder &host, linalg::GenericOp generic,
                            KernelModule &module,
                            const GPUKernelOptions &options, Value guard) {
  Location loc = generic.getLoc();
  SmallVector<unsigned> order = outputLoops(generic);
  IterationSpace memory;
  if (asksForIndices(*generic.getBody()))
    memory = makeNestedSpace(host, generic, order);
  else
    memory = makeIterationSpace(host, generic, order);
  IterationSpace space = makeDeviceSpace(host, loc, memory);

  auto launchElements = [&] {
    Schedule schedule = chooseElements(options.schedule);
    DeviceKernel kernel(module, host, generic, "elementwise", schedule, guard);
    IterationSpace local = kernel.import(space);
    ElementsKernel(kernel, generic, local, order).emit();
    IndexBuilder index(host, loc);
    Value total = index.value(index.product(space.sizes));
    kernel.launch(
        index.divideUp(total, schedule.threadsPerBlock * schedule.accesses));
  };
  std::optional<TilePlan> plan;
  if (isElementwiseKernel(generic) && !asksForIndices(*generic.getBody()))
    plan = planTiles(generic, space, options);
  if (!plan)
    return launchElements();
  auto branch =
      scf::IfOp::create(host, loc, makeTileCondition(host, loc, *plan, space),
                        /*withElseRegion=*/true);
  OpBuilder::InsertionGuard insertion(host);
  host.setInsertionPoint(branch.thenBlock()->getTerminator());
  launchTiles(host, generic, space, *plan, module, guard);
  host.setInsertionPoint(branch.elseBlock()->getTerminator());
  launchElements();
}

void act::launchStore(OpBuilder &host, Operation *op, KernelModule &module,
                      Value guard) {
  auto store = cast<memref::StoreOp>(op);
  Schedule schedule;
  schedule.threadsPerBlock = 32;
  DeviceKernel kernel(module, host, op, "store", schedule, guard);
  OpBuilder &builder = kernel.body();
  IndexBuilder index(builder, op->getLoc());
  Value isFirst = index.isLess(index.thread(), index.number(1));
  Value value = kernel.import(store.getValueToStore());
  SmallVector<Value> indices;
  for (Value position : store.getIndices())
    indices.push_back(kernel.import(position));
  auto branch = scf::IfOp::create(builder, op->getLoc(), isFirst);
  builder.setInsertionPoint(branch.thenBlock()->getTerminator());
  storeGlobal(builder, op->getLoc(), value,
              kernel.importAddress(builder, store.getMemRef(), indices));
  kernel.launch(arith::ConstantIndexOp::create(host, op->getLoc(), 1));
}
