//===- PackedTensor.cpp - Two parts of one tensor -------------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file implements the slices that packed gates read and write.
//
//===----------------------------------------------------------------------===//

#include "Act/IR/PackedTensor.h"

using namespace mlir;
using namespace act;

PackedTensor::PackedTensor(OpBuilder &builder, GluOp op,
                           ArrayRef<OpFoldResult> sizes)
    : PackedTensor(builder, op.getLoc(), op.getX(), op.getSplitDim(),
                   op.getLayout(), op.getGate(), sizes) {}

PackedTensor::PackedTensor(OpBuilder &builder, GluBackwardOp op,
                           ArrayRef<OpFoldResult> sizes)
    : PackedTensor(builder, op.getLoc(), op.getX(), op.getSplitDim(),
                   op.getLayout(), op.getGate(), sizes) {}

PackedTensor::PackedTensor(OpBuilder &builder, Location loc, Value x,
                           int64_t dim, Layout layout, GatePart gate,
                           ArrayRef<OpFoldResult> sizes)
    : builder(builder), loc(loc), x(x),
      type(cast<RankedTensorType>(x.getType())), sizes(sizes), dim(dim),
      halves(layout == Layout::Halves), gFirst(gate == GatePart::First) {
  if (auto size = dyn_cast<Value>(sizes[dim]))
    halfSize =
        arith::DivUIOp::create(builder, loc, size,
                               arith::ConstantIndexOp::create(builder, loc, 2))
            .getResult();
  else
    halfSize = builder.getIndexAttr(*getConstantIntValue(sizes[dim]) / 2);
  SmallVector<int64_t> shape(type.getShape());
  if (!type.isDynamicDim(dim))
    shape[dim] /= 2;
  partType = type.clone(shape);
}

Value PackedTensor::pack(Value dg, Value du) {
  SmallVector<Value> dynamic;
  for (OpFoldResult size : sizes)
    if (auto value = dyn_cast<Value>(size))
      dynamic.push_back(value);
  Value result = tensor::EmptyOp::create(builder, loc, type, dynamic);
  result = insert(dg, result, gFirst ? 0 : 1);
  return insert(du, result, gFirst ? 1 : 0);
}

PackedTensor::Slice PackedTensor::sliceOf(int64_t part) {
  Slice slice{{}, sizes, {}};
  slice.offsets.assign(sizes.size(), builder.getIndexAttr(0));
  slice.strides.assign(sizes.size(), builder.getIndexAttr(1));
  slice.sizes[dim] = halfSize;
  if (!halves) {
    slice.offsets[dim] = builder.getIndexAttr(part);
    slice.strides[dim] = builder.getIndexAttr(2);
  } else if (part == 1) {
    slice.offsets[dim] = halfSize;
  }
  return slice;
}

Value PackedTensor::extract(int64_t part) {
  Slice slice = sliceOf(part);
  return tensor::ExtractSliceOp::create(
      builder, loc, partType, x, slice.offsets, slice.sizes, slice.strides);
}

Value PackedTensor::insert(Value value, Value into, int64_t part) {
  Slice slice = sliceOf(part);
  return tensor::InsertSliceOp::create(builder, loc, value, into, slice.offsets,
                                       slice.sizes, slice.strides);
}
