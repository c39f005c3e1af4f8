//===- RowGenerics.cpp - linalg.generic over rows -------------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file implements maps over rows and their reductions.
//
//===----------------------------------------------------------------------===//

#include "RowGenerics.h"

#include "../Dimensions.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Arith/Utils/Utils.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"

using namespace mlir;
using namespace act;
using utils::IteratorType;

RowGenerics::RowGenerics(RewriterBase &rewriter, RowwiseOpInterface op)
    : rewriter(rewriter), op(op), loc(op.getLoc()),
      computeType(op.getComputeType()),
      x(cast<RankedTensorType>(op.getX().getType())), rowDim(op.getRowDim()) {}

TypedAttr RowGenerics::number(double value) const {
  return FloatAttr::get(computeType, value);
}

//===----------------------------------------------------------------------===//
// Shapes
//===----------------------------------------------------------------------===//

RankedTensorType RowGenerics::typeOf(RowExtent extent, Type element) const {
  SmallVector<int64_t> shape;
  if (extent != RowExtent::Whole)
    shape.assign(x.getShape().begin(), x.getShape().end());
  if (!shape.empty() && extent == RowExtent::Rows)
    shape.erase(shape.begin() + rowDim);
  if (!shape.empty() && extent == RowExtent::KeptRows)
    shape[rowDim] = 1;
  return RankedTensorType::get(shape, element);
}

Value RowGenerics::makeEmpty(RowExtent extent, Type element) {
  RankedTensorType type = typeOf(extent, element);
  SmallVector<Value> sizes;
  for (int64_t dim = 0; dim < type.getRank(); ++dim)
    if (type.isDynamicDim(dim))
      sizes.push_back(getValueOrCreateConstantIndexOp(
          rewriter, loc,
          materialize(
              rewriter, loc,
              traceDimension(op.getX(), *findDataDim(extent, rowDim, dim)))));
  return tensor::EmptyOp::create(rewriter, loc, type, sizes);
}

AffineMap RowGenerics::mapOf(RowExtent domain, RowTensor tensor) const {
  MLIRContext *context = rewriter.getContext();
  unsigned rank = typeOf(domain, computeType).getRank();
  SmallVector<AffineExpr> dims;
  for (unsigned dim = 0; dim < rank; ++dim)
    dims.push_back(getAffineDimExpr(dim, context));
  AffineExpr zero = getAffineConstantExpr(0, context);
  bool hasRowDim = x.getRank() > 0;
  SmallVector<AffineExpr> results;
  switch (tensor.extent) {
  case RowExtent::Whole:
    break;
  case RowExtent::Classes:
    results = {dims[rowDim]};
    break;
  case RowExtent::Data:
    results = dims;
    // What has size 1 where x has not is a broadcast mask.
    for (auto [dim, size] : llvm::enumerate(
             cast<RankedTensorType>(tensor.value.getType()).getShape()))
      if (size == 1 && x.getDimSize(dim) != 1)
        results[dim] = zero;
    break;
  case RowExtent::Rows:
    results = dims;
    if (domain != RowExtent::Rows && hasRowDim)
      results.erase(results.begin() + rowDim);
    break;
  case RowExtent::KeptRows:
    results = dims;
    if (!hasRowDim)
      break;
    if (domain == RowExtent::Rows)
      results.insert(results.begin() + rowDim, zero);
    else if (domain == RowExtent::Data)
      results[rowDim] = zero;
    break;
  }
  return AffineMap::get(rank, 0, results, context);
}

RowTensor RowGenerics::getMask() {
  if (mask)
    return {mask};
  mask = op.getMask();
  auto type = cast<RankedTensorType>(mask.getType());
  if (type.hasStaticShape())
    return {mask};
  Value one = arith::ConstantIndexOp::create(rewriter, loc, 1);
  Value zero = arith::ConstantIndexOp::create(rewriter, loc, 0);
  // For each dimension whether it is repeated; null where its type tells.
  SmallVector<Value> repeated(type.getRank());
  for (auto [dim, isOne] : llvm::enumerate(repeated))
    if (type.isDynamicDim(dim))
      isOne = arith::CmpIOp::create(
          rewriter, loc, arith::CmpIPredicate::eq,
          tensor::DimOp::create(rewriter, loc, mask, dim), one);
  Value given = mask;
  RowTensor spread = map(
      RowExtent::Data, type.getElementType(), {}, [&](RowBody body) -> Value {
        SmallVector<Value> indices;
        for (auto [dim, isOne] : llvm::enumerate(repeated)) {
          Value index = linalg::IndexOp::create(body.builder, loc, dim);
          if (type.getDimSize(dim) == 1)
            index = zero;
          else if (isOne)
            index =
                arith::SelectOp::create(body.builder, loc, isOne, zero, index);
          indices.push_back(index);
        }
        return tensor::ExtractOp::create(body.builder, loc, given, indices);
      });
  mask = spread.value;
  return spread;
}

Value RowGenerics::getLengthAsInteger() {
  Value size = getValueOrCreateConstantIndexOp(
      rewriter, loc,
      x.getRank() == 0
          ? OpFoldResult(rewriter.getIndexAttr(1))
          : materialize(rewriter, loc, traceDimension(op.getX(), rowDim)));
  return arith::IndexCastOp::create(rewriter, loc, rewriter.getI64Type(), size);
}

Value RowGenerics::getLength(IRAlgebra &algebra) {
  if (x.getRank() == 0)
    return algebra.constant(1.0);
  if (!x.isDynamicDim(rowDim))
    return algebra.constant(static_cast<double>(x.getDimSize(rowDim)));
  return arith::SIToFPOp::create(rewriter, loc, computeType,
                                 getLengthAsInteger());
}

//===----------------------------------------------------------------------===//
// Operations
//===----------------------------------------------------------------------===//

SmallVector<RowTensor> RowGenerics::emitGeneric(RowExtent domain,
                                                RowExtent extent,
                                                ArrayRef<RowTensor> inputs,
                                                ValueRange destinations,
                                                EmitMany emit) {
  SmallVector<Value> values;
  SmallVector<AffineMap> maps;
  for (RowTensor input : inputs) {
    values.push_back(input.value);
    maps.push_back(mapOf(domain, input));
  }
  AffineMap resultMap = mapOf(domain, {destinations.front(), extent});
  maps.append(destinations.size(), resultMap);
  SmallVector<IteratorType> iterators(resultMap.getNumDims(),
                                      IteratorType::reduction);
  for (AffineExpr expr : resultMap.getResults())
    if (auto dim = dyn_cast<AffineDimExpr>(expr))
      iterators[dim.getPosition()] = IteratorType::parallel;
  auto generic = linalg::GenericOp::create(
      rewriter, loc, TypeRange(destinations), values, destinations, maps,
      iterators, [&](OpBuilder &builder, Location, ValueRange arguments) {
        IRAlgebra algebra(builder, loc, computeType);
        SmallVector<Value> elements(arguments.take_front(inputs.size()));
        for (Value &element : elements)
          if (isa<FloatType>(element.getType()) &&
              element.getType() != computeType)
            element = arith::ExtFOp::create(builder, loc, computeType, element);
        SmallVector<Value> results =
            emit({builder, loc, algebra, elements,
                  arguments.drop_front(inputs.size())});
        for (auto [result, destination] : llvm::zip(results, destinations)) {
          Type element = getElementTypeOrSelf(destination.getType());
          if (result.getType() != element && isa<FloatType>(element))
            result = arith::TruncFOp::create(builder, loc, element, result);
        }
        linalg::YieldOp::create(builder, loc, results);
      });
  SmallVector<RowTensor> results;
  for (Value result : generic.getResults())
    results.push_back({result, extent});
  return results;
}

RowTensor RowGenerics::map(RowExtent extent, Type element,
                           ArrayRef<RowTensor> inputs, Emit emit) {
  return emitGeneric(
             extent, extent, inputs, makeEmpty(extent, element),
             [&](RowBody body) -> SmallVector<Value> { return {emit(body)}; })
      .front();
}

Value RowGenerics::makeFilled(RowExtent extent, TypedAttr value) {
  Value element = arith::ConstantOp::create(rewriter, loc, value);
  return linalg::FillOp::create(rewriter, loc, element,
                                makeEmpty(extent, value.getType()))
      .getResult(0);
}

SmallVector<RowTensor> RowGenerics::reduceMany(ArrayRef<TypedAttr> starts,
                                               ArrayRef<RowTensor> inputs,
                                               EmitMany emit) {
  SmallVector<Value> destinations;
  for (TypedAttr start : starts)
    destinations.push_back(makeFilled(RowExtent::Rows, start));
  return emitGeneric(RowExtent::Data, RowExtent::Rows, inputs, destinations,
                     emit);
}

RowTensor RowGenerics::reduce(TypedAttr start, ArrayRef<RowTensor> inputs,
                              Emit emit) {
  return reduceMany(
             start, inputs,
             [&](RowBody body) -> SmallVector<Value> { return {emit(body)}; })
      .front();
}

RowTensor RowGenerics::sum(ArrayRef<RowTensor> inputs, Emit emit) {
  return reduce(number(0), inputs, [&](RowBody body) {
    return body.algebra.add(body.results.front(), emit(body));
  });
}

RowTensor RowGenerics::sumRows(RowTensor rows) {
  Value start = makeFilled(RowExtent::Whole, number(0));
  return emitGeneric(RowExtent::Rows, RowExtent::Whole, rows, start,
                     [&](RowBody body) -> SmallVector<Value> {
                       return {body.algebra.add(body.results.front(),
                                                body.inputs.front())};
                     })
      .front();
}

Value RowGenerics::count(ArrayRef<RowTensor> rows, Emit emit) {
  Value start = makeFilled(RowExtent::Whole, rewriter.getI64IntegerAttr(0));
  auto body = [&](RowBody body) -> SmallVector<Value> {
    Value one = arith::ExtUIOp::create(body.builder, loc,
                                       body.builder.getI64Type(), emit(body));
    return {
        arith::AddIOp::create(body.builder, loc, body.results.front(), one)};
  };
  Value total =
      emitGeneric(RowExtent::Rows, RowExtent::Whole, rows, start, body)
          .front()
          .value;
  return tensor::ExtractOp::create(rewriter, loc, total, ValueRange());
}
