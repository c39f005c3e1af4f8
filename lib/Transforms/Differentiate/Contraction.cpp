//===- Contraction.cpp - Derivatives of matrix products -------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file implements the derivatives of matrix products. Which operand is
// transposed follows from the loops that the operands share.
//
//===----------------------------------------------------------------------===//

#include "Contraction.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/IR/IRMapping.h"
#include "mlir/IR/TypeUtilities.h"

using namespace mlir;
using namespace act;

std::optional<Contraction> Contraction::match(linalg::LinalgOp op) {
  if (!isa<linalg::MatmulOp, linalg::BatchMatmulOp>(op) ||
      !op.hasPureTensorSemantics())
    return std::nullopt;
  // Maps that broadcast an operand leave out a loop.
  for (AffineMap map : op.getIndexingMapsArray())
    if (map.getNumResults() != op.getNumLoops() - 1 ||
        !map.isProjectedPermutation())
      return std::nullopt;
  return Contraction(op);
}

/// The product of the cotangent and the other operand that is the gradient of
/// `operand`, 0 or 1.
Value Contraction::multiply(DerivativeBuilder &builder, unsigned operand,
                            Value cotangent) {
  Location loc = op.getLoc();
  SmallVector<AffineMap> maps = op.getIndexingMapsArray();
  AffineMap result = maps[operand];
  unsigned numLoops = op.getNumLoops();
  // Rows of the gradient belong to one factor, columns to the other.
  unsigned rowLoop = result.getDimPosition(result.getNumResults() - 2);
  SmallVector<std::pair<Value, AffineMap>> factors{
      {cotangent, maps[2]}, {op->getOperand(1 - operand), maps[1 - operand]}};
  if (!factors[0].second.isFunctionOfDim(rowLoop))
    std::swap(factors[0], factors[1]);

  // Loops in the order of the result, the sum last.
  SmallVector<AffineExpr> renamed(numLoops);
  for (unsigned position = 0; position != result.getNumResults(); ++position)
    renamed[result.getDimPosition(position)] =
        builder.getAffineDimExpr(position);
  for (AffineExpr &expr : renamed)
    if (!expr)
      expr = builder.getAffineDimExpr(numLoops - 1);
  auto rename = [&](AffineMap map) {
    return AffineMapAttr::get(
        map.replaceDimsAndSymbols(renamed, {}, numLoops, 0));
  };
  NamedAttribute mapsAttribute = builder.getNamedAttr(
      "indexing_maps",
      builder.getArrayAttr({rename(factors[0].second),
                            rename(factors[1].second), rename(result)}));

  Value like = op->getOperand(operand);
  auto likeType = cast<RankedTensorType>(like.getType());
  Type element = likeType.getElementType().isF64() ? Type(builder.getF64Type())
                                                   : Type(builder.getF32Type());
  RankedTensorType type = likeType.clone(element);
  Value zero = builder.emit<arith::ConstantOp>(
      loc, cast<TypedAttr>(builder.getZeroAttr(element)));
  Value empty = builder.emptyTensor(loc, type, builder.dimensions(loc, like));
  Value zeros = linalg::FillOp::create(builder, loc, zero, empty).getResult(0);
  SmallVector<Value> inputs{factors[0].first, factors[1].first};
  Operation *product;
  if (isa<linalg::BatchMatmulOp>(op))
    product = linalg::BatchMatmulOp::create(builder, loc, type, inputs, zeros,
                                            mapsAttribute);
  else
    product = linalg::MatmulOp::create(builder, loc, type, inputs, zeros,
                                       mapsAttribute);
  return builder.convert(loc, product->getResult(0), likeType.getElementType());
}

void Contraction::pullBack(DerivativeBuilder &builder, Value cotangent,
                           const llvm::BitVector &wanted,
                           MutableArrayRef<Value> gradients) {
  for (unsigned operand : {0, 1})
    if (wanted[operand])
      gradients[operand] = multiply(builder, operand, cotangent);
  if (wanted[2])
    gradients[2] = cotangent;
}

Value Contraction::pushForward(DerivativeBuilder &builder,
                               ArrayRef<Value> tangents) {
  Value sum = tangents[2];
  for (unsigned operand : {0, 1}) {
    if (!tangents[operand])
      continue;
    if (!sum)
      sum = builder.zerosLike(op.getLoc(), op->getOperand(2));
    Operation *product = builder.clone(*op);
    product->setOperand(operand, tangents[operand]);
    product->setOperand(2, sum);
    sum = product->getResult(0);
  }
  return sum;
}
