//===- FoldLaunch.cpp - Reductions of any kind on a GPU -------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file implements the kernels of reductions of which nothing is known: a
// thread has an element of the outputs and takes its terms in their order, as
// loops on the CPU do. Neighbours read neighbours where outputs lie side by
// side.
//
//===----------------------------------------------------------------------===//

#include "FoldLaunch.h"

#include "ElementBody.h"
#include "ElementwiseTiles.h"
#include "SumTerms.h"
#include "ThreadIndex.h"

#include "../ToLoops/Staging.h"
#include "../ToLoops/SumKernel.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/SCF/IR/SCF.h"

using namespace mlir;
using namespace act;

bool act::isReductionOnDevice(linalg::GenericOp generic) {
  if (!generic.hasPureBufferSemantics() ||
      generic.getNumReductionLoops() == 0 || !isElementBody(*generic.getBody()))
    return false;
  AffineMap map = generic.getMatchingIndexingMap(generic.getDpsInitOperand(0));
  return map.isProjectedPermutation() &&
         map.getNumResults() == generic.getNumParallelLoops() &&
         llvm::all_of(generic->getOpOperands(), [&](OpOperand &operand) {
           AffineMap other = generic.getMatchingIndexingMap(&operand);
           return isPlainOperand(operand.get()) &&
                  (generic.isDpsInit(&operand)
                       ? other == map
                       : other.isProjectedPermutation(
                             /*allowZeroInResults=*/true));
         });
}

static IterationSpace makeFoldSpace(OpBuilder &host,
                                    linalg::GenericOp generic) {
  if (!asksForIndices(*generic.getBody()))
    return makeSumSpace(host, generic);
  IterationSpace space =
      makeNestedSpace(host, generic, reductionLoops(generic));
  space.numKept = generic.getNumParallelLoops();
  return space;
}

/// What a loop carries: numbers of 16 bits as integers.
static Value carry(OpBuilder &builder, Value value) {
  Value bits = bitsOf16(builder, value);
  return bits ? bits : value;
}

static void emitFold(DeviceKernel &kernel, linalg::GenericOp generic,
                     const IterationSpace &space) {
  OpBuilder &builder = kernel.body();
  Location loc = generic.getLoc();
  IndexBuilder index(builder, loc);
  SumTerms terms(kernel, generic, space);
  Value output = index.add(
      index.multiply(index.block(), kernel.getSchedule().threadsPerBlock),
      index.thread());
  auto branch =
      scf::IfOp::create(builder, loc, index.isLess(output, terms.numOutputs()));
  builder.setInsertionPointToStart(branch.thenBlock());
  terms.start(output);
  SmallVector<Value> before;
  for (unsigned number = 0; number < generic.getNumDpsInits(); ++number)
    before.push_back(terms.load(number));
  SmallVector<Value> initial;
  for (Value value : before)
    initial.push_back(carry(builder, value));
  auto uncarry = [&](Value carried, Value like) -> Value {
    if (carried.getType() == like.getType())
      return carried;
    return arith::BitcastOp::create(builder, loc, like.getType(), carried);
  };
  auto loop = scf::ForOp::create(builder, loc, index.number(0), terms.size(),
                                 index.number(1), initial);
  {
    OpBuilder::InsertionGuard guard(builder);
    builder.setInsertionPointToEnd(loop.getBody());
    SmallVector<Value> here;
    for (auto [value, like] : llvm::zip(loop.getRegionIterArgs(), before))
      here.push_back(uncarry(value, like));
    IRMapping values =
        terms.emit(loop.getInductionVar(), /*skip=*/nullptr, here);
    SmallVector<Value> next;
    for (Value result : generic.getBody()->getTerminator()->getOperands())
      next.push_back(carry(builder, values.lookup(result)));
    scf::YieldOp::create(builder, loc, next);
  }
  for (auto [number, result] : llvm::enumerate(loop.getResults()))
    terms.store(number, uncarry(result, before[number]));
}

void act::launchFold(OpBuilder &host, linalg::GenericOp generic,
                     KernelModule &module, const GPUKernelOptions &options,
                     Value guard) {
  IterationSpace space =
      makeDeviceSpace(host, generic.getLoc(), makeFoldSpace(host, generic));
  launchFold(host, generic, space, module, options, guard);
}

void act::launchFold(OpBuilder &host, linalg::GenericOp generic,
                     const IterationSpace &space, KernelModule &module,
                     const GPUKernelOptions &options, Value guard) {
  Location loc = generic.getLoc();
  Schedule schedule = chooseElements(options.schedule);
  schedule.accesses = 1;
  DeviceKernel kernel(module, host, generic, "fold", schedule, guard);
  IterationSpace local = kernel.import(space);
  emitFold(kernel, generic, local);
  IndexBuilder index(host, loc);
  Value outputs = index.value(
      index.product(ArrayRef(space.sizes).take_front(space.numKept)));
  kernel.launch(index.divideUp(outputs, schedule.threadsPerBlock));
}
