//===- RowSums.cpp - Sums over rows ---------------------------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file implements loops over rows as structured operations, which become
// loops like all others: sums in a fixed order.
//
//===----------------------------------------------------------------------===//

#include "RowSums.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Arith/Utils/Utils.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Interfaces/FunctionInterfaces.h"

using namespace mlir;
using namespace act;
using utils::IteratorType;

RowSums::RowSums(RewriterBase &rewriter, RowwiseOpInterface op)
    : rewriter(rewriter), op(op), loc(op.getLoc()) {
  sizes = memref::getMixedSizes(rewriter, loc, op.getX());
  sizes.erase(sizes.begin() + op.getRowDim());
  for (OpFoldResult &size : sizes) {
    // The size of a slice can be a value and yet constant.
    if (std::optional<int64_t> constant = getConstantIntValue(size))
      size = rewriter.getIndexAttr(*constant);
    shape.push_back(getConstantIntValue(size).value_or(ShapedType::kDynamic));
  }
}

//===----------------------------------------------------------------------===//
// Memory
//===----------------------------------------------------------------------===//

Value RowSums::makeRows(Type type) {
  SmallVector<Value> dynamic;
  for (OpFoldResult size : sizes)
    if (auto value = dyn_cast<Value>(size))
      dynamic.push_back(value);
  temporaries.push_back(memref::AllocOp::create(
      rewriter, loc, MemRefType::get(shape, type), dynamic));
  return temporaries.back();
}

Value RowSums::makeScalar(Value initial) {
  auto type = MemRefType::get({}, initial.getType());
  Value scalar;
  {
    // Once in each call, not in each round of a loop.
    OpBuilder::InsertionGuard guard(rewriter);
    auto function = op->getParentOfType<FunctionOpInterface>();
    rewriter.setInsertionPointToStart(&function.getFunctionBody().front());
    scalar = memref::AllocaOp::create(rewriter, loc, type);
  }
  store(initial, scalar);
  return scalar;
}

Value RowSums::repeat(Value number) {
  SmallVector<OpFoldResult> strides(sizes.size(), rewriter.getIndexAttr(0));
  SmallVector<int64_t> zeros(sizes.size(), 0);
  auto type =
      MemRefType::get(shape, number.getType(),
                      StridedLayoutAttr::get(rewriter.getContext(), 0, zeros));
  return memref::ReinterpretCastOp::create(
      rewriter, loc, type, makeScalar(number), rewriter.getIndexAttr(0), sizes,
      strides);
}

void RowSums::freeRows() {
  for (Value temporary : temporaries)
    memref::DeallocOp::create(rewriter, loc, temporary);
  temporaries.clear();
}

Value RowSums::load(Value scalar) {
  return memref::LoadOp::create(rewriter, loc, scalar, ValueRange());
}

void RowSums::store(Value value, Value scalar) {
  memref::StoreOp::create(rewriter, loc, value, scalar, ValueRange());
}

//===----------------------------------------------------------------------===//
// Loops
//===----------------------------------------------------------------------===//

Value RowSums::count(FloatType type) {
  Value count = arith::ConstantIndexOp::create(rewriter, loc, 1);
  for (OpFoldResult size : sizes)
    count = arith::MulIOp::create(
        rewriter, loc, count,
        getValueOrCreateConstantIndexOp(rewriter, loc, size));
  count =
      arith::IndexCastOp::create(rewriter, loc, rewriter.getI64Type(), count);
  return arith::SIToFPOp::create(rewriter, loc, type, count);
}

void RowSums::forRows(ValueRange inputs, ValueRange outputs,
                      EmitBody emitBody) {
  unsigned rank = shape.size();
  MLIRContext *context = rewriter.getContext();
  SmallVector<AffineMap> maps(inputs.size(),
                              rewriter.getMultiDimIdentityMap(rank));
  bool isReduction = true;
  for (Value output : outputs) {
    isReduction &= cast<MemRefType>(output.getType()).getRank() == 0;
    maps.push_back(isReduction ? AffineMap::get(rank, 0, context)
                               : rewriter.getMultiDimIdentityMap(rank));
  }
  SmallVector<IteratorType> iterators(
      rank, isReduction ? IteratorType::reduction : IteratorType::parallel);
  auto generic = linalg::GenericOp::create(
      rewriter, loc, inputs, outputs, maps, iterators,
      [&](OpBuilder &builder, Location, ValueRange arguments) {
        linalg::YieldOp::create(builder, loc, emitBody(builder, arguments));
      });
  if (Attribute accuracy = op->getAttr(accuracyAttrName))
    generic->setAttr(accuracyAttrName, accuracy);
}

void RowSums::addUp(Value total, ValueRange inputs, EmitTerm emitTerm) {
  forRows(inputs, total,
          [&](OpBuilder &builder, ValueRange arguments) -> SmallVector<Value> {
            Value term = emitTerm(builder, arguments.drop_back());
            return {
                arith::AddFOp::create(builder, loc, arguments.back(), term)};
          });
}

void RowSums::addUp(Value total, Value input) {
  addUp(total, ValueRange(input),
        [](OpBuilder &, ValueRange arguments) { return arguments.front(); });
}
