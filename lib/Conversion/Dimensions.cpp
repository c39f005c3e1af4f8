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

#include "mlir/Dialect/Arith/Utils/Utils.h"
#include "mlir/Dialect/Bufferization/IR/Bufferization.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
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

/// What a loop begins with in place of `carried`, one of its iteration
/// arguments; null for other values.
static Value initialOf(Value carried) {
  auto argument = dyn_cast_if_present<BlockArgument>(carried);
  if (!argument)
    return nullptr;
  auto loop = dyn_cast<scf::ForOp>(argument.getOwner()->getParentOp());
  return loop ? loop.getTiedLoopInit(argument)->get() : nullptr;
}

namespace {

/// Traces dimensions back, no further than the tensors `ends`.
class Tracer {
public:
  explicit Tracer(ArrayRef<Value> ends) : ends(ends) {}

  Dimension trace(Value tensor, int64_t index);

private:
  Dimension beforeLoops(Dimension dimension);
  Dimension stepBeforeLoop(BlockArgument carried, int64_t index);
  Dimension checkTurns(BlockArgument carried, Value initial, int64_t index);
  Dimension stepBeforeBranch(OpResult result, int64_t index);
  Dimension stepBack(OpResult result, int64_t index);

  SmallVector<Value> ends;
  /// Steps before loops and branches. These ask in more ways than one: those
  /// before them would be asked twice as often each time.
  llvm::DenseMap<std::pair<Value, int64_t>, Dimension> steps;
};

} // namespace

/// The dimension with what loops carry in `ends` as they began.
Dimension Tracer::beforeLoops(Dimension dimension) {
  while (llvm::is_contained(ends, dimension.tensor)) {
    Value initial = initialOf(dimension.tensor);
    if (!initial || dimension.divisor != 1)
      break;
    dimension = trace(initial, dimension.index);
  }
  return dimension;
}

/// What a loop begins with in place of `carried`, if each turn hands it on in
/// the size that it got or began with. That what the turns carry in `ends`
/// keeps its size is taken for granted: it is what those ask for who ask here.
Dimension Tracer::stepBeforeLoop(BlockArgument carried, int64_t index) {
  Value initial = initialOf(carried);
  if (!initial)
    return {};
  auto key = std::make_pair(Value(carried), index);
  if (auto known = steps.find(key); known != steps.end())
    return known->second;
  return steps[key] = checkTurns(carried, initial, index);
}

Dimension Tracer::checkTurns(BlockArgument carried, Value initial,
                             int64_t index) {
  SmallVector<Value> inner(ends);
  inner.push_back(carried);
  auto loop = cast<scf::ForOp>(carried.getOwner()->getParentOp());
  Dimension turn =
      Tracer(inner).trace(loop.getTiedLoopYieldedValue(carried)->get(), index);
  if (turn == Dimension{nullptr, carried, index} ||
      beforeLoops(turn) == beforeLoops(trace(initial, index)))
    return {nullptr, initial, index};
  return {};
}

/// What both sides of a branch have; one name on both sides is none of a side.
Dimension Tracer::stepBeforeBranch(OpResult result, int64_t index) {
  auto key = std::make_pair(Value(result), index);
  if (auto known = steps.find(key); known != steps.end())
    return known->second;
  auto branch = cast<scf::IfOp>(result.getOwner());
  unsigned number = result.getResultNumber();
  Dimension first = trace(branch.thenYield().getOperand(number), index);
  bool isSame = first == trace(branch.elseYield().getOperand(number), index);
  return steps[key] = isSame ? first : Dimension();
}

/// One step back: the tensor whose dimension this is, or its size, or neither.
Dimension Tracer::stepBack(OpResult result, int64_t index) {
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
  if (auto alloc = dyn_cast<bufferization::AllocTensorOp>(op)) {
    if (Value copied = alloc.getCopy())
      return {nullptr, copied, index};
    return {alloc.getDynamicSizes()[alloc.getType().getDynamicDimIndex(index)],
            nullptr, 0};
  }
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
  if (auto concat = dyn_cast<tensor::ConcatOp>(op)) {
    if (index != static_cast<int64_t>(concat.getDim()))
      return {nullptr, concat.getInputs().front(), index};
    return {};
  }
  if (auto pad = dyn_cast<tensor::PadOp>(op)) {
    if (getConstantIntValue(pad.getMixedLowPad()[index]) == 0 &&
        getConstantIntValue(pad.getMixedHighPad()[index]) == 0)
      return {nullptr, pad.getSource(), index};
    return {};
  }
  if (auto destination = dyn_cast<DestinationStyleOpInterface>(op))
    return {nullptr, destination.getTiedOpOperand(result)->get(), index};
  if (auto loop = dyn_cast<scf::ForOp>(op))
    return stepBeforeLoop(loop.getTiedLoopRegionIterArg(result), index);
  if (isa<scf::IfOp>(op))
    return stepBeforeBranch(result, index);
  return {};
}

Dimension Tracer::trace(Value tensor, int64_t index) {
  int64_t divisor = 1;
  auto constant = [&](int64_t size) -> Dimension {
    return {Builder(tensor.getContext()).getIndexAttr(size / divisor), nullptr,
            0};
  };
  while (true) {
    auto type = cast<RankedTensorType>(tensor.getType());
    if (!type.isDynamicDim(index))
      return constant(type.getDimSize(index));
    if (llvm::is_contained(ends, tensor))
      return {nullptr, tensor, index, divisor};
    Dimension step;
    if (auto result = dyn_cast<OpResult>(tensor))
      step = stepBack(result, index);
    else
      step = stepBeforeLoop(cast<BlockArgument>(tensor), index);
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

Dimension act::traceDimension(Value tensor, int64_t index) {
  return Tracer({}).trace(tensor, index);
}

Dimension act::traceNumber(OpFoldResult number) {
  auto value = dyn_cast<Value>(number);
  auto dim = value ? value.getDefiningOp<tensor::DimOp>() : tensor::DimOp();
  if (dim && isa<RankedTensorType>(dim.getSource().getType()))
    if (std::optional<int64_t> index = dim.getConstantIndex())
      if (*index >= 0 &&
          *index < cast<RankedTensorType>(dim.getSource().getType()).getRank())
        return traceDimension(dim.getSource(), *index);
  Dimension dimension;
  dimension.size = number;
  if (std::optional<int64_t> constant = getConstantIntValue(number))
    dimension.size =
        IntegerAttr::get(IndexType::get(number.getContext()), *constant);
  return dimension;
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

SmallVector<Value> act::dynamicSizes(OpBuilder &builder, Location loc,
                                     RankedTensorType type, Value tensor) {
  SmallVector<Value> sizes;
  for (int64_t dim = 0; dim < type.getRank(); ++dim)
    if (type.isDynamicDim(dim))
      sizes.push_back(getValueOrCreateConstantIndexOp(
          builder, loc,
          materialize(builder, loc, traceDimension(tensor, dim))));
  return sizes;
}

void act::foldMetadata(Operation *root) {
  root->walk([](memref::ExtractStridedMetadataOp op) {
    SmallVector<OpFoldResult> unused;
    // First the source, then what its type says.
    while (succeeded(op->fold(unused)))
      ;
  });
}
