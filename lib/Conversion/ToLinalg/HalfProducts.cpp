//===- HalfProducts.cpp - Products of 16-bit matrices ---------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file makes products whose results are f16 or bf16 add their terms in f32
// and round once. In 16 bits every term would be rounded, and a long sum would
// stop to grow.
//
//===----------------------------------------------------------------------===//

#include "../Products.h"
#include "ToLinalg.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Linalg/Transforms/Transforms.h"

using namespace mlir;
using namespace act;

/// The element type with which `op` makes its one result, if it is a tensor of
/// 16-bit floating-point numbers.
static FloatType findHalfType(linalg::LinalgOp op) {
  if (!op.hasPureTensorSemantics() || op->getNumResults() != 1 ||
      op.getNumReductionLoops() == 0)
    return nullptr;
  auto type =
      dyn_cast<FloatType>(getElementTypeOrSelf(op->getResult(0).getType()));
  return type && type.getWidth() == 16 ? type : nullptr;
}

bool act::widenHalfProduct(RewriterBase &rewriter, linalg::LinalgOp op) {
  FloatType half = findHalfType(op);
  if (!half)
    return false;
  rewriter.setInsertionPoint(op);
  auto generic = dyn_cast<linalg::GenericOp>(op.getOperation());
  if (!generic) {
    FailureOr<linalg::GenericOp> made = linalg::generalizeNamedOp(rewriter, op);
    if (failed(made))
      return false;
    generic = *made;
  }
  if (findProductType(generic) != half)
    return false;

  Location loc = generic.getLoc();
  rewriter.setInsertionPoint(generic);
  Type wide = rewriter.getF32Type();
  auto resultType = cast<RankedTensorType>(generic.getResult(0).getType());
  Value init = arith::ExtFOp::create(rewriter, loc, resultType.clone(wide),
                                     generic.getOutputs().front());
  auto sum = linalg::GenericOp::create(
      rewriter, loc, init.getType(), generic.getInputs(), init,
      generic.getIndexingMapsArray(), generic.getIteratorTypesArray(),
      [&](OpBuilder &builder, Location loc, ValueRange arguments) {
        auto extend = [&](Value value) -> Value {
          return arith::ExtFOp::create(builder, loc, wide, value);
        };
        Value product = arith::MulFOp::create(
            builder, loc, extend(arguments[0]), extend(arguments[1]));
        Value next = arith::AddFOp::create(builder, loc, arguments[2], product);
        linalg::YieldOp::create(builder, loc, next);
      });
  rewriter.replaceOpWithNewOp<arith::TruncFOp>(generic, resultType,
                                               sum.getResult(0));
  return true;
}
