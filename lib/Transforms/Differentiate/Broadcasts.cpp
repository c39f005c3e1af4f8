//===- Broadcasts.cpp - One value for many elements -----------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file implements broadcasts and the sums that their gradients are.
//
//===----------------------------------------------------------------------===//

#include "Act/Transforms/Differentiation.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "mlir/IR/TypeUtilities.h"

using namespace mlir;
using namespace act;

/// The only element of a tensor of shape [] or [1].
static Value extractOnly(DerivativeBuilder &builder, Location loc,
                         Value tensor) {
  int64_t rank = cast<RankedTensorType>(tensor.getType()).getRank();
  SmallVector<Value> zeros;
  for (int64_t dim = 0; dim < rank; ++dim)
    zeros.push_back(builder.emit<arith::ConstantIndexOp>(loc, 0));
  return builder.emit<tensor::ExtractOp>(loc, tensor, zeros);
}

Value DerivativeBuilder::broadcast(Location loc, Value value, Value like,
                                   ArrayRef<int64_t> dims) {
  Type element = getElementTypeOrSelf(value.getType());
  if (auto vector = dyn_cast<VectorType>(like.getType())) {
    if (isa<VectorType>(value.getType()))
      return value;
    return emit<vector::BroadcastOp>(loc, vector.clone(element), value);
  }
  auto shape = dyn_cast<RankedTensorType>(like.getType());
  if (!shape)
    return value;
  RankedTensorType type = shape.clone(element);
  SmallVector<OpFoldResult> sizes = dimensions(loc, like);
  if (dims.empty()) {
    if (isa<RankedTensorType>(value.getType()))
      value = extractOnly(*this, loc, value);
    SmallVector<Value> dynamic;
    for (OpFoldResult size : sizes)
      if (auto number = dyn_cast<Value>(size))
        dynamic.push_back(number);
    return emit<tensor::SplatOp>(loc, type, value, dynamic);
  }
  SmallVector<int64_t> added;
  for (int64_t dim = 0; dim < type.getRank(); ++dim)
    if (!llvm::is_contained(dims, dim))
      added.push_back(dim);
  return linalg::BroadcastOp::create(*this, loc, value,
                                     emptyTensor(loc, type, sizes), added)
      ->getResult(0);
}

/// The sum of a vector, row by row.
static Value sumVector(DerivativeBuilder &builder, Location loc, Value vector) {
  auto type = cast<VectorType>(vector.getType());
  if (type.getRank() != 1)
    vector = builder.emit<vector::ShapeCastOp>(
        loc, VectorType::get({type.getNumElements()}, type.getElementType()),
        vector);
  return builder.emit<vector::ReductionOp>(loc, vector::CombiningKind::ADD,
                                           vector);
}

Value DerivativeBuilder::sumTo(Location loc, Value tensor, Type resultType,
                               ArrayRef<int64_t> dims) {
  Type element = getElementTypeOrSelf(resultType);
  auto type = dyn_cast<RankedTensorType>(tensor.getType());
  if (!type) {
    bool isSum =
        isa<VectorType>(tensor.getType()) && !isa<VectorType>(resultType);
    return convert(loc, isSum ? sumVector(*this, loc, tensor) : tensor,
                   element);
  }
  Type sumElement =
      type.getElementType().isF64() ? Type(getF64Type()) : Type(getF32Type());
  int64_t rank = type.getRank();
  SmallVector<OpFoldResult> sizes = dimensions(loc, tensor), sumSizes;
  SmallVector<int64_t> sumShape;
  SmallVector<AffineExpr> kept;
  SmallVector<utils::IteratorType> iterators(rank,
                                             utils::IteratorType::reduction);
  for (int64_t dim : dims) {
    sumShape.push_back(type.getDimSize(dim));
    sumSizes.push_back(sizes[dim]);
    kept.push_back(getAffineDimExpr(dim));
    iterators[dim] = utils::IteratorType::parallel;
  }
  auto sumType = RankedTensorType::get(sumShape, sumElement);
  Value zero =
      emit<arith::ConstantOp>(loc, cast<TypedAttr>(getZeroAttr(sumElement)));
  Value zeros = linalg::FillOp::create(*this, loc, zero,
                                       emptyTensor(loc, sumType, sumSizes))
                    .getResult(0);
  SmallVector<AffineMap> maps{getMultiDimIdentityMap(rank),
                              AffineMap::get(rank, 0, kept, getContext())};
  Value sum = linalg::GenericOp::create(
                  *this, loc, sumType, tensor, zeros, maps, iterators,
                  [&](OpBuilder &body, Location, ValueRange arguments) {
                    Value term = arguments[0];
                    if (term.getType() != sumElement)
                      term = arith::ExtFOp::create(body, loc, sumElement, term);
                    Value total =
                        arith::AddFOp::create(body, loc, arguments[1], term);
                    linalg::YieldOp::create(body, loc, total);
                  })
                  .getResult(0);
  auto tensorType = dyn_cast<RankedTensorType>(resultType);
  if (!tensorType || (dims.empty() && tensorType.getRank() == 1)) {
    // A number, or a tensor with one element.
    sum = convert(loc, extractOnly(*this, loc, sum), element);
    if (!tensorType)
      return sum;
    return emit<tensor::FromElementsOp>(loc, tensorType, sum);
  }
  sum = convert(loc, sum, element);
  if (sum.getType() != tensorType)
    sum = emit<tensor::CastOp>(loc, tensorType, sum);
  return sum;
}
