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

#include "Act/IR/Act.h"

#include "mlir/Dialect/Arith/Utils/Utils.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"

using namespace mlir;
using namespace act;

namespace {

/// The two parts of `x`.
class PackedTensor {
public:
  template <typename Op>
  PackedTensor(OpBuilder &builder, Op op)
      : builder(builder), loc(op.getLoc()), x(op.getX()),
        type(cast<RankedTensorType>(x.getType())), dim(op.getSplitDim()),
        halves(op.getLayout() == Layout::Halves),
        gFirst(op.getGate() == GatePart::First) {
    for (int64_t i = 0; i < type.getRank(); ++i)
      sizes.push_back(sizeOf(i));
    halfSize = half(sizes[dim]);
    SmallVector<int64_t> shape(type.getShape());
    if (!type.isDynamicDim(dim))
      shape[dim] /= 2;
    partType = type.clone(shape);
  }

  Value getG() { return extract(gFirst ? 0 : 1); }
  Value getU() { return extract(gFirst ? 1 : 0); }

  Value pack(Value dg, Value du) {
    SmallVector<Value> dynamic;
    for (OpFoldResult size : sizes)
      if (auto value = dyn_cast<Value>(size))
        dynamic.push_back(value);
    Value result = tensor::EmptyOp::create(builder, loc, type, dynamic);
    result = insert(dg, result, gFirst ? 0 : 1);
    return insert(du, result, gFirst ? 1 : 0);
  }

private:
  /// A value exactly where the type says that the size is dynamic.
  OpFoldResult sizeOf(int64_t index) {
    if (!type.isDynamicDim(index))
      return builder.getIndexAttr(type.getDimSize(index));
    return getValueOrCreateConstantIndexOp(
        builder, loc, materialize(builder, loc, traceDimension(x, index)));
  }

  OpFoldResult half(OpFoldResult size) {
    if (auto value = dyn_cast<Value>(size))
      return arith::DivUIOp::create(
                 builder, loc, value,
                 arith::ConstantIndexOp::create(builder, loc, 2))
          .getResult();
    return builder.getIndexAttr(*getConstantIntValue(size) / 2);
  }

  /// Offsets, sizes and strides of a part.
  struct Slice {
    SmallVector<OpFoldResult> offsets, sizes, strides;
  };
  Slice sliceOf(int64_t part) {
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

  Value extract(int64_t part) {
    Slice slice = sliceOf(part);
    return tensor::ExtractSliceOp::create(
        builder, loc, partType, x, slice.offsets, slice.sizes, slice.strides);
  }

  Value insert(Value value, Value into, int64_t part) {
    Slice slice = sliceOf(part);
    return tensor::InsertSliceOp::create(
        builder, loc, value, into, slice.offsets, slice.sizes, slice.strides);
  }

  OpBuilder &builder;
  Location loc;
  Value x;
  RankedTensorType type;
  RankedTensorType partType;
  SmallVector<OpFoldResult> sizes;
  OpFoldResult halfSize;
  int64_t dim;
  bool halves;
  bool gFirst;
};

} // namespace

void act::convertPackedGate(RewriterBase &rewriter, Operation *op) {
  rewriter.setInsertionPoint(op);
  if (auto glu = dyn_cast<GluOp>(op)) {
    PackedTensor packed(rewriter, glu);
    Value g = packed.getG(), u = packed.getU();
    rewriter.replaceOp(op, createGate(rewriter, glu, g, u));
    return;
  }
  auto glu = cast<GluBackwardOp>(op);
  PackedTensor packed(rewriter, glu);
  Value g = packed.getG(), u = packed.getU();
  GateBackwardOp gate = createGateBackward(rewriter, glu, g, u);
  rewriter.replaceOp(op, packed.pack(gate.getDg(), gate.getDu()));
}
