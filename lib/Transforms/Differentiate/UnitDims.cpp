//===- UnitDims.cpp - Dimensions that indexing maps leave at 0 ------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file takes the dimensions of size 1 off by slices, which have
// derivatives of their own.
//
//===----------------------------------------------------------------------===//

#include "UnitDims.h"

#include "mlir/Dialect/Tensor/IR/Tensor.h"

using namespace mlir;
using namespace act;

static bool hasZeros(AffineMap map) {
  return llvm::any_of(map.getResults(), llvm::IsaPred<AffineConstantExpr>);
}

bool act::hasUnitDims(linalg::LinalgOp op) {
  SmallVector<AffineMap> maps = op.getIndexingMapsArray();
  return op.hasPureTensorSemantics() && llvm::any_of(maps, hasZeros) &&
         llvm::all_of(maps, [](AffineMap map) {
           return map.isProjectedPermutation(/*allowZeroInResults=*/true);
         });
}

namespace {

/// The part of a tensor that a map with zeros reaches.
struct Part {
  SmallVector<OpFoldResult> offsets, sizes, strides;
  RankedTensorType type;
  AffineMap map;

  Part(DerivativeBuilder &builder, Location loc, Value tensor, AffineMap full) {
    auto whole = cast<RankedTensorType>(tensor.getType());
    sizes = builder.dimensions(loc, tensor);
    offsets.assign(whole.getRank(), builder.getIndexAttr(0));
    strides.assign(whole.getRank(), builder.getIndexAttr(1));
    SmallVector<AffineExpr> loops;
    SmallVector<int64_t> shape;
    for (auto [dim, expr] : llvm::enumerate(full.getResults())) {
      if (isa<AffineConstantExpr>(expr)) {
        sizes[dim] = builder.getIndexAttr(1);
        continue;
      }
      loops.push_back(expr);
      shape.push_back(whole.getDimSize(dim));
    }
    type = RankedTensorType::get(shape, whole.getElementType());
    map = AffineMap::get(full.getNumDims(), 0, loops, builder.getContext());
  }
};

} // namespace

SmallVector<Value> act::dropUnitDims(DerivativeBuilder &builder,
                                     linalg::GenericOp op) {
  Location loc = op.getLoc();
  SmallVector<Value> operands;
  SmallVector<AffineMap> maps;
  for (OpOperand &operand : op->getOpOperands()) {
    AffineMap map = op.getMatchingIndexingMap(&operand);
    Value value = operand.get();
    if (hasZeros(map)) {
      Part part(builder, loc, value, map);
      value = tensor::ExtractSliceOp::create(builder, loc, part.type, value,
                                             part.offsets, part.sizes,
                                             part.strides);
      map = part.map;
    }
    operands.push_back(value);
    maps.push_back(map);
  }
  ArrayRef<Value> all(operands);
  ArrayRef<Value> outputs = all.drop_front(op.getNumDpsInputs());
  auto sliced =
      linalg::GenericOp::create(builder, loc, TypeRange(ValueRange(outputs)),
                                all.take_front(op.getNumDpsInputs()), outputs,
                                maps, op.getIteratorTypesArray());
  IRMapping mapping;
  op.getRegion().cloneInto(&sliced.getRegion(), mapping);

  SmallVector<Value> results;
  for (auto [output, result] :
       llvm::zip(op.getDpsInitsMutable(), sliced->getResults())) {
    AffineMap map = op.getMatchingIndexingMap(&output);
    Value whole = result;
    if (hasZeros(map)) {
      Part part(builder, loc, output.get(), map);
      whole =
          tensor::InsertSliceOp::create(builder, loc, result, output.get(),
                                        part.offsets, part.sizes, part.strides);
    }
    results.push_back(whole);
  }
  return results;
}
