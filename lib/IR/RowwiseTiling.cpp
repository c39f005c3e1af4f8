//===- RowwiseTiling.cpp - Tiles of row-wise ops --------------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file implements how a row-wise operation is cut into tiles.
//
//===----------------------------------------------------------------------===//

#include "RowwiseTiling.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Arith/Utils/Utils.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/Utils/StaticValueUtils.h"

using namespace mlir;
using namespace act;

RowwiseTiling::RowwiseTiling(RowwiseOpInterface op)
    : op(op), type(cast<ShapedType>(op.getX().getType())),
      rowDim(op.getRowDim()) {}

//===----------------------------------------------------------------------===//
// Loops
//===----------------------------------------------------------------------===//

bool RowwiseTiling::dependsOnAllRows() {
  if (op.findRowOutput(RowOutput::Counts))
    return true;
  auto loss = dyn_cast<LossOpInterface>(op.getOperation());
  // The gradient of a mean is divided by what all rows give.
  return loss && loss.getReduction() != Reduction::None &&
         (op.findRowOutput(RowOutput::Loss) ||
          loss.getReduction() == Reduction::Mean);
}

SmallVector<utils::IteratorType> RowwiseTiling::getIteratorTypes() {
  SmallVector<utils::IteratorType> types(
      type.getRank(), dependsOnAllRows() ? utils::IteratorType::reduction
                                         : utils::IteratorType::parallel);
  if (rowDim < type.getRank())
    types[rowDim] = utils::IteratorType::reduction;
  return types;
}

static OpFoldResult getSize(OpBuilder &builder, Location loc, Value value,
                            int64_t dim) {
  if (isa<MemRefType>(value.getType()))
    return memref::getMixedSize(builder, loc, value, dim);
  return tensor::getMixedSize(builder, loc, value, dim);
}

SmallVector<Range> RowwiseTiling::getDomain(OpBuilder &builder) {
  SmallVector<Range> ranges;
  for (int64_t dim = 0; dim != type.getRank(); ++dim)
    ranges.push_back({builder.getIndexAttr(0),
                      getSize(builder, op.getLoc(), op.getX(), dim),
                      builder.getIndexAttr(1)});
  return ranges;
}

//===----------------------------------------------------------------------===//
// Slices
//===----------------------------------------------------------------------===//

RowwiseTiling::Slice RowwiseTiling::cut(OpBuilder &builder, RowExtent extent,
                                        ShapedType sliced,
                                        ArrayRef<OpFoldResult> offsets,
                                        ArrayRef<OpFoldResult> sizes) {
  Slice slice{SmallVector<OpFoldResult>(offsets),
              SmallVector<OpFoldResult>(sizes)};
  OpFoldResult zero = builder.getIndexAttr(0), one = builder.getIndexAttr(1);
  if (rowDim < type.getRank()) {
    slice.offsets[rowDim] = zero;
    if (extent == RowExtent::Rows) {
      slice.offsets.erase(slice.offsets.begin() + rowDim);
      slice.sizes.erase(slice.sizes.begin() + rowDim);
    } else if (extent == RowExtent::KeptRows) {
      slice.sizes[rowDim] = one;
    } else {
      slice.sizes[rowDim] = getSize(builder, op.getLoc(), op.getX(), rowDim);
    }
  }
  if (extent != RowExtent::Data)
    return slice;
  for (auto [dim, size] : llvm::enumerate(sliced.getShape())) {
    if (size == 1) {
      slice.offsets[dim] = zero;
      slice.sizes[dim] = one;
    }
  }
  return slice;
}

/// A mask repeats dimensions that turn out to have size 1.
void RowwiseTiling::repeatOnes(OpBuilder &builder, Value mask, Slice &slice) {
  Location loc = op->getLoc();
  auto select = [&](Value condition, int64_t number, OpFoldResult other) {
    return arith::SelectOp::create(
               builder, loc, condition,
               arith::ConstantIndexOp::create(builder, loc, number),
               getValueOrCreateConstantIndexOp(builder, loc, other))
        .getResult();
  };
  auto type = cast<ShapedType>(mask.getType());
  for (int64_t dim = 0; dim != type.getRank(); ++dim) {
    if (!type.isDynamicDim(dim))
      continue;
    Value size = getValueOrCreateConstantIndexOp(
        builder, loc, getSize(builder, loc, mask, dim));
    Value isOne =
        arith::CmpIOp::create(builder, loc, arith::CmpIPredicate::eq, size,
                              arith::ConstantIndexOp::create(builder, loc, 1));
    slice.offsets[dim] = select(isOne, 0, slice.offsets[dim]);
    slice.sizes[dim] = select(isOne, 1, slice.sizes[dim]);
  }
}

static Operation *createSlice(OpBuilder &builder, Location loc, Value value,
                              ArrayRef<OpFoldResult> offsets,
                              ArrayRef<OpFoldResult> sizes) {
  SmallVector<OpFoldResult> strides(offsets.size(), builder.getIndexAttr(1));
  if (isa<MemRefType>(value.getType()))
    return memref::SubViewOp::create(builder, loc, value, offsets, sizes,
                                     strides);
  return tensor::ExtractSliceOp::create(builder, loc, value, offsets, sizes,
                                        strides);
}

//===----------------------------------------------------------------------===//
// Tiles
//===----------------------------------------------------------------------===//

FailureOr<TilingResult> RowwiseTiling::tile(OpBuilder &builder,
                                            ArrayRef<OpFoldResult> offsets,
                                            ArrayRef<OpFoldResult> sizes) {
  if (dependsOnAllRows())
    return op->emitOpError("cannot be tiled: a result depends on all rows; "
                           "tile the operation with reduction(none) and "
                           "without extra(counts)");
  if (rowDim < type.getRank() && !isZeroInteger(offsets[rowDim]))
    return op->emitOpError("cannot be tiled along dimension ")
           << rowDim
           << ", which it reduces; give that dimension the tile size "
              "0";

  SmallVector<Value> operands;
  SmallVector<Operation *> slices;
  auto addSlice = [&](RowExtent extent, Value value) {
    auto shaped = cast<ShapedType>(value.getType());
    if (extent == RowExtent::Whole || extent == RowExtent::Classes ||
        shaped.getRank() == 0) {
      operands.push_back(value);
      return;
    }
    Slice slice = cut(builder, extent, shaped, offsets, sizes);
    if (value == op.getMask())
      repeatOnes(builder, value, slice);
    slices.push_back(
        createSlice(builder, op.getLoc(), value, slice.offsets, slice.sizes));
    operands.push_back(slices.back()->getResult(0));
  };
  for (auto [input, value] : llvm::zip(op.getRowInputs(), op.getInputs()))
    addSlice(getRowExtent(op, input), value);
  SmallVector<RowOutput> outputs = op.getRowOutputs();
  for (auto [output, out] : llvm::zip(outputs, op.getOuts()))
    addSlice(getRowExtent(op, output), out);

  SmallVector<Type> types;
  for (auto [output, result] : llvm::zip(outputs, op->getResults())) {
    auto whole = cast<RankedTensorType>(result.getType());
    Slice slice = cut(builder, getRowExtent(op, output), whole, offsets, sizes);
    SmallVector<int64_t> shape;
    SmallVector<Value> dynamic;
    dispatchIndexOpFoldResults(slice.sizes, dynamic, shape);
    types.push_back(RankedTensorType::get(shape, whole.getElementType()));
  }
  Operation *tiled = mlir::clone(builder, op, types, operands);
  return TilingResult{{tiled}, SmallVector<Value>(tiled->getResults()), slices};
}

LogicalResult RowwiseTiling::findResultTile(
    OpBuilder &builder, unsigned number, ArrayRef<OpFoldResult> offsets,
    ArrayRef<OpFoldResult> sizes, SmallVectorImpl<OpFoldResult> &resultOffsets,
    SmallVectorImpl<OpFoldResult> &resultSizes) {
  if (dependsOnAllRows())
    return failure();
  Slice slice =
      cut(builder, getRowExtent(op, op.getRowOutputs()[number]),
          cast<ShapedType>(op->getResult(number).getType()), offsets, sizes);
  resultOffsets.assign(slice.offsets.begin(), slice.offsets.end());
  resultSizes.assign(slice.sizes.begin(), slice.sizes.end());
  return success();
}

/// Whether this part of dimension `dim` of a result is all of it.
bool RowwiseTiling::isWholeRow(unsigned number, int64_t dim,
                               OpFoldResult offset, OpFoldResult size) {
  if (!isZeroInteger(offset))
    return false;
  auto result = cast<RankedTensorType>(op->getResult(number).getType());
  if (std::optional<int64_t> constant = getConstantIntValue(size))
    return *constant == result.getDimSize(dim);
  auto value = dyn_cast<Value>(size);
  auto dimOp = value ? value.getDefiningOp<tensor::DimOp>() : tensor::DimOp();
  if (!dimOp || dimOp.getConstantIndex() != dim)
    return false;
  return dimOp.getSource() == op->getResult(number) ||
         (dimOp.getSource() == op.getX() && dim == rowDim);
}

LogicalResult RowwiseTiling::findDomainTile(
    OpBuilder &builder, unsigned number, ArrayRef<OpFoldResult> offsets,
    ArrayRef<OpFoldResult> sizes, SmallVectorImpl<OpFoldResult> &domainOffsets,
    SmallVectorImpl<OpFoldResult> &domainSizes) {
  if (dependsOnAllRows())
    return failure();
  domainOffsets.assign(offsets.begin(), offsets.end());
  domainSizes.assign(sizes.begin(), sizes.end());
  if (rowDim >= type.getRank())
    return success();
  RowExtent extent = getRowExtent(op, op.getRowOutputs()[number]);
  OpFoldResult zero = builder.getIndexAttr(0);
  OpFoldResult size = getSize(builder, op.getLoc(), op.getX(), rowDim);
  if (extent == RowExtent::Rows) {
    domainOffsets.insert(domainOffsets.begin() + rowDim, zero);
    domainSizes.insert(domainSizes.begin() + rowDim, size);
    return success();
  }
  if (!isWholeRow(number, rowDim, offsets[rowDim], sizes[rowDim]))
    return failure();
  domainSizes[rowDim] = size;
  return success();
}

FailureOr<TilingResult>
RowwiseTiling::tileResult(OpBuilder &builder, unsigned number,
                          ArrayRef<OpFoldResult> offsets,
                          ArrayRef<OpFoldResult> sizes) {
  SmallVector<OpFoldResult> domainOffsets, domainSizes;
  if (failed(findDomainTile(builder, number, offsets, sizes, domainOffsets,
                            domainSizes)))
    return failure();
  FailureOr<TilingResult> tiled = tile(builder, domainOffsets, domainSizes);
  if (failed(tiled))
    return failure();
  // The caller asks for one result.
  Value value = tiled->tiledValues[number];
  tiled->tiledValues.assign({value});
  return tiled;
}
