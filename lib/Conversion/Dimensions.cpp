//===- Dimensions.cpp - Where a dimension comes from ----------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file implements the tracing of dimensions.
//
//===----------------------------------------------------------------------===//

#include "Dimensions.h"

#include "Act/IR/Act.h"

#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/Utils/StaticValueUtils.h"
#include "mlir/Interfaces/DestinationStyleOpInterface.h"

using namespace mlir;
using namespace act;

/// The operand that has the shape of every result of the elementwise operation
/// `op`, or null.
static Value shapeOperand(Operation *op) {
  if (auto rule = dyn_cast<ElementwiseRuleOpInterface>(op))
    return rule.getInput();
  if (!OpTrait::hasElementwiseMappableTraits(op))
    return nullptr;
  for (Value operand : op->getOperands())
    if (isa<RankedTensorType>(operand.getType()))
      return operand;
  return nullptr;
}

/// The dimension of the source that dimension `index` of a slice is, counting
/// those that the slice drops.
static int64_t undropped(const llvm::SmallBitVector &dropped, int64_t index) {
  for (int64_t source = 0, size = dropped.size(); source < size; ++source)
    if (!dropped.test(source) && index-- == 0)
      return source;
  llvm_unreachable("a slice has all dimensions that it does not drop");
}

/// One step back: the tensor whose dimension this is, or its size, or neither.
static Dimension stepBack(OpResult result, int64_t index) {
  Operation *op = result.getOwner();
  if (auto rule = dyn_cast<ElementwiseRuleOpInterface>(op)) {
    // The gradient of a parameter has the parameter's shape.
    if (result.getResultNumber() == 1)
      return {nullptr, rule.getParameterOperand(), index};
  }
  if (Value operand = shapeOperand(op))
    return {nullptr, operand, index};
  if (auto rowwise = dyn_cast<RowwiseOpInterface>(op)) {
    RowOutput output = rowwise.getRowOutputs()[result.getResultNumber()];
    std::optional<int64_t> dim =
        findDataDim(getRowExtent(op, output), rowwise.getRowDim(), index);
    if (!dim)
      return {};
    return {nullptr, rowwise.getX(), *dim};
  }
  if (auto glu = dyn_cast<GluOp>(op))
    return {nullptr, glu.getX(), index, index == glu.getSplitDim() ? 2 : 1};
  if (auto glu = dyn_cast<GluBackwardOp>(op))
    return {nullptr, glu.getX(), index};
  if (isa<DropoutOpInterface>(op))
    return {nullptr, op->getOperand(0), index};
  if (auto empty = dyn_cast<tensor::EmptyOp>(op))
    return {empty.getMixedSizes()[index], nullptr, 0};
  if (auto cast = dyn_cast<tensor::CastOp>(op))
    if (isa<RankedTensorType>(cast.getSource().getType()))
      return {nullptr, cast.getSource(), index};
  if (auto splat = dyn_cast<tensor::SplatOp>(op))
    return {splat.getDynamicSizes()[splat.getType().getDynamicDimIndex(index)],
            nullptr, 0};
  if (auto generate = dyn_cast<tensor::GenerateOp>(op))
    return {
        generate
            .getDynamicExtents()[generate.getType().getDynamicDimIndex(index)],
        nullptr, 0};
  if (auto slice = dyn_cast<tensor::ExtractSliceOp>(op))
    return {slice.getMixedSizes()[undropped(slice.getDroppedDims(), index)],
            nullptr, 0};
  if (auto insert = dyn_cast<tensor::InsertSliceOp>(op))
    return {nullptr, insert.getDest(), index};
  if (auto expand = dyn_cast<tensor::ExpandShapeOp>(op))
    return {expand.getMixedOutputShape()[index], nullptr, 0};
  if (auto collapse = dyn_cast<tensor::CollapseShapeOp>(op)) {
    // Only where all but one of the collapsed dimensions are 1.
    int64_t source = -1;
    for (int64_t position : collapse.getReassociationIndices()[index]) {
      if (collapse.getSrcType().getDimSize(position) == 1)
        continue;
      if (source >= 0)
        return {};
      source = position;
    }
    if (source >= 0)
      return {nullptr, collapse.getSrc(), source};
    return {};
  }
  if (auto destination = dyn_cast<DestinationStyleOpInterface>(op))
    return {nullptr, destination.getTiedOpOperand(result)->get(), index};
  if (auto loop = dyn_cast<scf::ForOp>(op)) {
    // A tensor that each turn hands on in the size that it got, such as one
    // that tiles are inserted into.
    unsigned number = result.getResultNumber();
    Dimension turn = traceDimension(loop.getYieldedValues()[number], index);
    if (turn == Dimension{nullptr, loop.getRegionIterArg(number), index})
      return {nullptr, loop.getInitArgs()[number], index};
  }
  return {};
}

Dimension act::traceDimension(Value tensor, int64_t index) {
  int64_t divisor = 1;
  auto constant = [&](int64_t size) -> Dimension {
    return {Builder(tensor.getContext()).getIndexAttr(size / divisor), nullptr,
            0};
  };
  while (true) {
    auto type = cast<RankedTensorType>(tensor.getType());
    if (!type.isDynamicDim(index))
      return constant(type.getDimSize(index));
    auto result = dyn_cast<OpResult>(tensor);
    Dimension step = result ? stepBack(result, index) : Dimension();
    divisor *= step.divisor;
    if (step.size) {
      // The size may itself be the dimension of another tensor.
      if (auto value = dyn_cast<Value>(step.size)) {
        auto dim = value.getDefiningOp<tensor::DimOp>();
        std::optional<int64_t> position =
            dim ? dim.getConstantIndex() : std::nullopt;
        auto source =
            dim ? dyn_cast<RankedTensorType>(dim.getSource().getType())
                : RankedTensorType();
        if (position && source && *position >= 0 &&
            *position < source.getRank()) {
          tensor = dim.getSource();
          index = *position;
          continue;
        }
      }
      if (std::optional<int64_t> number = getConstantIntValue(step.size))
        return constant(*number);
      return {step.size, nullptr, 0, divisor};
    }
    if (!step.tensor)
      return {nullptr, tensor, index, divisor};
    tensor = step.tensor;
    index = step.index;
  }
}

Dimension act::halve(const Dimension &dimension) {
  Dimension half = dimension;
  if (auto size = dyn_cast_if_present<Attribute>(half.size))
    half.size = Builder(size.getContext())
                    .getIndexAttr(cast<IntegerAttr>(size).getInt() / 2);
  else
    half.divisor *= 2;
  return half;
}

Value act::divide(OpBuilder &builder, Location loc, Value size,
                  int64_t divisor) {
  if (divisor == 1)
    return size;
  return arith::DivUIOp::create(
      builder, loc, size,
      arith::ConstantIndexOp::create(builder, loc, divisor));
}

OpFoldResult act::materialize(OpBuilder &builder, Location loc,
                              const Dimension &dimension) {
  if (auto size = dyn_cast_if_present<Attribute>(dimension.size))
    return size;
  Value size = dyn_cast_if_present<Value>(dimension.size);
  if (!size)
    size =
        tensor::DimOp::create(builder, loc, dimension.tensor, dimension.index);
  return divide(builder, loc, size, dimension.divisor);
}
