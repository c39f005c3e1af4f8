//===- ElementIndex.cpp - Numbers of elements -----------------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file counts elements by the loops around them.
//
//===----------------------------------------------------------------------===//

#include "ElementIndex.h"

#include "Act/IR/Act.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Linalg/Utils/Utils.h"

using namespace mlir;
using namespace act;

void act::expandElementIndices(RewriterBase &rewriter,
                               linalg::GenericOp generic) {
  SmallVector<ElementIndexOp> indices(
      generic.getBody()->getOps<ElementIndexOp>());
  if (indices.empty())
    return;
  Location loc = generic.getLoc();
  OpOperand *out = generic.getDpsInitOperand(0);
  AffineMap map = generic.getMatchingIndexingMap(out);
  rewriter.setInsertionPoint(generic);
  SmallVector<Value> sizes(generic.getNumLoops());
  for (auto [dim, expr] : llvm::enumerate(map.getResults()))
    sizes[cast<AffineDimExpr>(expr).getPosition()] =
        linalg::createOrFoldDimOp(rewriter, loc, out->get(), dim);
  for (ElementIndexOp index : indices) {
    rewriter.setInsertionPoint(index);
    Value number = arith::ConstantIndexOp::create(rewriter, loc, 0);
    for (auto [loop, size] : llvm::enumerate(sizes)) {
      number = arith::MulIOp::create(rewriter, loc, number, size);
      number = arith::AddIOp::create(
          rewriter, loc, number, linalg::IndexOp::create(rewriter, loc, loop));
    }
    rewriter.replaceOpWithNewOp<arith::IndexCastOp>(
        index, rewriter.getI64Type(), number);
  }
}
