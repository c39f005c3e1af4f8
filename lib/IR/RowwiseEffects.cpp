//===- RowwiseEffects.cpp - Effects of row-wise ops -----------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file implements what row-wise operations read and write, and their
// canonical form.
//
//===----------------------------------------------------------------------===//

#include "RowwiseOp.h"

using namespace mlir;
using namespace act;

void act::collectRowwiseEffects(
    RowwiseOpInterface op,
    SmallVectorImpl<MemoryEffects::EffectInstance> &effects) {
  for (OpOperand &operand : op->getOpOperands()) {
    if (!isa<MemRefType>(operand.get().getType()))
      continue;
    bool isInput = operand.getOperandNumber() < op.getInputs().size();
    if (isInput)
      effects.emplace_back(MemoryEffects::Read::get(), &operand);
    else
      effects.emplace_back(MemoryEffects::Write::get(), &operand,
                           /*stage=*/0, /*effectOnFullRegion=*/true);
  }
}

Speculation::Speculatability
act::getRowwiseSpeculatability(RowwiseOpInterface op) {
  return op.isOnMemory() ? Speculation::NotSpeculatable
                         : Speculation::Speculatable;
}

LogicalResult act::canonicalizeRowwiseOp(RowwiseOpInterface op,
                                         PatternRewriter &rewriter) {
  auto given = op->getAttrOfType<IntegerAttr>("dim");
  if (given && given.getInt() >= 0)
    return failure();
  rewriter.modifyOpInPlace(op, [&] {
    op->setAttr("dim", rewriter.getI64IntegerAttr(op.getRowDim()));
  });
  return success();
}
