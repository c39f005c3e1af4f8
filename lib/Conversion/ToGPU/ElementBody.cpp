//===- ElementBody.cpp - One element of an elementwise kernel -------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file implements bodies for one element.
//
//===----------------------------------------------------------------------===//

#include "ElementBody.h"

#include "DeviceMemory.h"

#include "../ToLoops/Staging.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"

using namespace mlir;
using namespace act;

bool act::isElementBody(Block &body) {
  return llvm::all_of(body.without_terminator(), [](Operation &op) {
    if (isa<memref::LoadOp, memref::DimOp, linalg::IndexOp>(op))
      return true;
    return op.getNumRegions() == 0 && isMemoryEffectFree(&op) &&
           llvm::none_of(op.getOperandTypes(), llvm::IsaPred<ShapedType>) &&
           llvm::none_of(op.getResultTypes(), llvm::IsaPred<ShapedType>);
  });
}

bool act::asksForIndices(Block &body) {
  return !body.getOps<linalg::IndexOp>().empty();
}

Value act::bringHere(OpBuilder &builder, Value value) {
  Value bits = bitsOf16(builder, value);
  if (!bits)
    return value;
  return arith::BitcastOp::create(builder, value.getLoc(), value.getType(),
                                  bits);
}

void act::emitElementBody(DeviceKernel &kernel, Block &body, IRMapping &values,
                          ValueRange indices, Operation *skip) {
  OpBuilder &builder = kernel.body();
  auto lookUp = [&](Value value) {
    if (Value known = values.lookupOrNull(value))
      return known;
    Value local = bringHere(builder, kernel.import(value));
    values.map(value, local);
    return local;
  };
  for (Operation &op : body.without_terminator()) {
    if (&op == skip ||
        (op.getNumResults() != 0 && values.contains(op.getResult(0))))
      continue;
    if (auto index = dyn_cast<linalg::IndexOp>(op)) {
      values.map(index.getResult(), indices[index.getDim()]);
      continue;
    }
    if (auto dim = dyn_cast<memref::DimOp>(op)) {
      // The memref is of the host, and so is its size.
      values.map(dim.getResult(), kernel.importSize(dim));
      continue;
    }
    if (auto load = dyn_cast<memref::LoadOp>(op)) {
      SmallVector<Value> local;
      for (Value index : load.getIndices())
        local.push_back(lookUp(index));
      Value address = kernel.importAddress(builder, load.getMemRef(), local);
      values.map(load.getResult(),
                 loadGlobal(builder, op.getLoc(), address, load.getType()));
      continue;
    }
    for (Value operand : op.getOperands())
      lookUp(operand);
    builder.clone(op, values);
  }
  for (Value result : body.getTerminator()->getOperands())
    if (!skip || result.getDefiningOp() != skip)
      lookUp(result);
}
