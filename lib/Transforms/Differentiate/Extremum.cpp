//===- Extremum.cpp - Derivatives of maxima along dimensions --------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file writes a maximum as the mean of the elements that are equal to it:
// each of them has its share of the gradient. Where none is, since the
// reduction began with something larger, nothing has.
//
//===----------------------------------------------------------------------===//

#include "Extremum.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/IR/TypeUtilities.h"

using namespace mlir;
using namespace act;

bool act::isExtremum(linalg::LinalgOp op) {
  if (!op.hasPureTensorSemantics() || op.getNumDpsInputs() != 1 ||
      op.getNumDpsInits() != 1 || op.getNumReductionLoops() == 0)
    return false;
  SmallVector<AffineMap> maps = op.getIndexingMapsArray();
  if (!maps[0].isIdentity() || !maps[1].isProjectedPermutation())
    return false;
  // Dimensions of the result in the order that broadcasts have.
  if (!llvm::is_sorted(maps[1].getResults(), [](AffineExpr a, AffineExpr b) {
        return cast<AffineDimExpr>(a).getPosition() <
               cast<AffineDimExpr>(b).getPosition();
      }))
    return false;
  Block &body = *op.getBlock();
  if (!llvm::hasSingleElement(body.without_terminator()))
    return false;
  Operation &only = body.front();
  return isa<arith::MaximumFOp, arith::MinimumFOp, arith::MaxNumFOp,
             arith::MinNumFOp>(only) &&
         body.getTerminator()->getOperand(0) == only.getResult(0) &&
         llvm::is_contained(only.getOperands(), body.getArgument(0)) &&
         llvm::is_contained(only.getOperands(), body.getArgument(1));
}

SmallVector<Value> act::expandExtremum(DerivativeBuilder &builder,
                                       linalg::LinalgOp op) {
  Location loc = op.getLoc();
  Value x = op.getDpsInputs()[0], found = op->getResult(0);
  auto type = cast<RankedTensorType>(found.getType());
  SmallVector<int64_t> dims;
  for (AffineExpr expr : op.getIndexingMapsArray()[1].getResults())
    dims.push_back(cast<AffineDimExpr>(expr).getPosition());
  auto splat = [&](Value like, double number) -> Value {
    Type element = getElementTypeOrSelf(like.getType());
    Value one = builder.emit<arith::ConstantOp>(
        loc, cast<TypedAttr>(builder.getFloatAttr(element, number)));
    return builder.broadcast(loc, one, like, {});
  };
  // The types of x and of the result may know different sizes.
  SmallVector<int64_t> shape;
  for (int64_t dim : dims)
    shape.push_back(cast<ShapedType>(x.getType()).getDimSize(dim));
  Value known = found;
  if (type.getShape() != ArrayRef(shape))
    known = builder.emit<tensor::CastOp>(loc, type.clone(shape), found);
  Value everywhere = builder.broadcast(loc, known, x, dims);
  Value isFound = arith::CmpFOp::create(builder, loc, arith::CmpFPredicate::OEQ,
                                        x, everywhere);
  // The marks are factors: where the extremum is NaN nothing is marked, and the
  // gradient 0 / 0.
  Value marks = arith::SelectOp::create(builder, loc, isFound, splat(x, 1.0),
                                        splat(x, 0.0));
  Value terms = arith::MulFOp::create(builder, loc, x, marks);
  // Counts of 16 bits would be rounded.
  Type wide = getElementTypeOrSelf(type).isF64() ? builder.getF64Type()
                                                 : builder.getF32Type();
  Value sum = builder.convert(loc, terms, wide);
  Value count = builder.convert(loc, marks, wide);
  sum = builder.sumTo(loc, sum, type.clone(wide), dims);
  count = builder.sumTo(loc, count, type.clone(wide), dims);
  Value isNumber = arith::CmpFOp::create(
      builder, loc, arith::CmpFPredicate::ORD, found, found);
  Value isNone = arith::CmpFOp::create(builder, loc, arith::CmpFPredicate::OEQ,
                                       count, splat(count, 0.0));
  Value isOther = arith::AndIOp::create(builder, loc, isNumber, isNone);
  count =
      arith::SelectOp::create(builder, loc, isOther, splat(count, 1.0), count);
  Value mean = arith::DivFOp::create(builder, loc, sum, count);
  return {builder.convert(loc, mean, type.getElementType())};
}
