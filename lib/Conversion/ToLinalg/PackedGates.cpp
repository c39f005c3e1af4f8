//===- PackedGates.cpp - Gates of the two parts of a tensor ---------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file implements the conversion of packed gates on tensors to gates on
// two slices: views of the packed tensor, not copies. The gradients are
// inserted into one tensor again; act-outline-results gives each its place in
// the result's memory.
//
//===----------------------------------------------------------------------===//

#include "../Dimensions.h"
#include "ToLinalg.h"

#include "Act/IR/PackedTensor.h"

#include "mlir/Dialect/Arith/Utils/Utils.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"

using namespace mlir;
using namespace act;

/// The dimensions of `x`: values exactly where the type does not know them.
static SmallVector<OpFoldResult> sizesOf(OpBuilder &builder, Location loc,
                                         Value x) {
  auto type = cast<RankedTensorType>(x.getType());
  SmallVector<OpFoldResult> sizes;
  for (int64_t dim = 0; dim < type.getRank(); ++dim) {
    if (!type.isDynamicDim(dim)) {
      sizes.push_back(builder.getIndexAttr(type.getDimSize(dim)));
      continue;
    }
    sizes.push_back(getValueOrCreateConstantIndexOp(
        builder, loc, materialize(builder, loc, traceDimension(x, dim))));
  }
  return sizes;
}

void act::convertPackedGate(RewriterBase &rewriter, Operation *op) {
  rewriter.setInsertionPoint(op);
  Value result = op->getResult(0);
  auto type = cast<RankedTensorType>(result.getType());
  if (llvm::is_contained(type.getShape(), 0)) {
    // A slice of nothing that begins at 0 is out of bounds for its verifier.
    rewriter.replaceOpWithNewOp<tensor::EmptyOp>(
        op, type, dynamicSizes(rewriter, op->getLoc(), type, result));
    return;
  }
  if (auto glu = dyn_cast<GluOp>(op)) {
    PackedTensor packed(rewriter, glu,
                        sizesOf(rewriter, glu.getLoc(), glu.getX()));
    Value g = packed.getG(), u = packed.getU();
    rewriter.replaceOp(op, createGate(rewriter, glu, g, u));
    return;
  }
  auto glu = cast<GluBackwardOp>(op);
  PackedTensor packed(rewriter, glu,
                      sizesOf(rewriter, glu.getLoc(), glu.getX()));
  Value g = packed.getG(), u = packed.getU();
  GateBackwardOp gate = createGateBackward(rewriter, glu, g, u);
  rewriter.replaceOp(op, packed.pack(gate.getDg(), gate.getDu()));
}
