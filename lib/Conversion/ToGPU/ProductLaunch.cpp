//===- ProductLaunch.cpp - Products of matrices on a GPU ------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file implements products of matrices, so that entries that have some run
// on a GPU at all. A thread adds the terms of one element in their order, with
// fused multiply-add: the bits of the CPU, far from the speed of libraries.
//
//===----------------------------------------------------------------------===//

#include "ProductLaunch.h"

#include "SumTerms.h"

#include "../ToLoops/SumKernel.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/SCF/IR/SCF.h"

using namespace mlir;
using namespace act;

/// The product that the body adds to the sum, or null.
static arith::MulFOp findProduct(arith::AddFOp addition) {
  if (!addition)
    return nullptr;
  if (auto product = addition.getLhs().getDefiningOp<arith::MulFOp>())
    return product;
  return addition.getRhs().getDefiningOp<arith::MulFOp>();
}

LogicalResult act::launchProduct(OpBuilder &host, linalg::GenericOp generic,
                                 KernelModule &module,
                                 const GPUKernelOptions &options, Value guard) {
  arith::AddFOp addition = findFinalAddition(generic);
  arith::MulFOp product = findProduct(addition);
  if (!product)
    return failure();
  Location loc = generic.getLoc();
  IterationSpace space =
      makeDeviceSpace(host, loc, makeSumSpace(host, generic));
  Schedule schedule;
  schedule.family = Schedule::Family::Products;
  schedule.threadsPerBlock = options.schedule.threadsPerBlock.value_or(256);
  DeviceKernel kernel(module, host, generic, "product", schedule, guard);
  IterationSpace local = kernel.import(space);
  OpBuilder &builder = kernel.body();
  SumTerms terms(kernel, generic, local);
  IndexBuilder inside(builder, loc);
  Value output =
      inside.add(inside.multiply(inside.block(), schedule.threadsPerBlock),
                 inside.thread());
  auto branch = scf::IfOp::create(builder, loc,
                                  inside.isLess(output, terms.numOutputs()));
  builder.setInsertionPointToStart(branch.thenBlock());
  terms.start(output);
  auto loop = scf::ForOp::create(builder, loc, inside.number(0), terms.size(),
                                 inside.number(1), terms.load(0));
  {
    OpBuilder::InsertionGuard insertion(builder);
    builder.setInsertionPointToEnd(loop.getBody());
    IRMapping values = terms.emit(loop.getInductionVar(), addition);
    Value next = math::FmaOp::create(
        builder, loc, values.lookup(product.getLhs()),
        values.lookup(product.getRhs()), loop.getRegionIterArg(0));
    scf::YieldOp::create(builder, loc, next);
    // The sum has it.
    values.lookup(product.getResult()).getDefiningOp()->erase();
  }
  terms.store(0, loop.getResult(0));
  IndexBuilder index(host, loc);
  ArrayRef<OpFoldResult> sizes = space.sizes;
  Value outputs = index.value(index.product(sizes.take_front(space.numKept)));
  kernel.launch(index.divideUp(outputs, schedule.threadsPerBlock));
  return success();
}
