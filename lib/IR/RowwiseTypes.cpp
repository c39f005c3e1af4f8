//===- RowwiseTypes.cpp - Types of row-wise ops ---------------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file implements how the types of operands and results of row-wise
// operations belong together.
//
//===----------------------------------------------------------------------===//

#include "RowwiseOp.h"

#include "Act/IR/ElementwiseTypes.h"

#include "mlir/Dialect/Tensor/IR/Tensor.h"

using namespace mlir;
using namespace act;

//===----------------------------------------------------------------------===//
// Constraints
//===----------------------------------------------------------------------===//

static Type getRankedElement(Type type) {
  auto shaped = dyn_cast<ShapedType>(type);
  if (!shaped || !isa<RankedTensorType, MemRefType>(type) ||
      shaped.getRank() > maxRank)
    return nullptr;
  return shaped.getElementType();
}

bool act::isRowElement(Type type) {
  return isa_and_present<Float16Type, BFloat16Type, Float32Type, Float64Type>(
      type);
}

bool act::isRowData(Type type) { return isRowElement(getRankedElement(type)); }

bool act::isRowMask(Type type) {
  Type element = getRankedElement(type);
  return element && element.isSignlessInteger(1);
}

bool act::isRowIndices(Type type) {
  Type element = getRankedElement(type);
  return element &&
         (element.isSignlessInteger(32) || element.isSignlessInteger(64));
}

//===----------------------------------------------------------------------===//
// Inputs
//===----------------------------------------------------------------------===//

StringRef act::stringifyRowInput(RowInput input) {
  switch (input) {
  case RowInput::X:
    return "x";
  case RowInput::DY:
    return "dy";
  case RowInput::DLoss:
    return "dloss";
  case RowInput::Target:
    return "target";
  case RowInput::Lse:
    return "lse";
  case RowInput::Mask:
    return "mask";
  case RowInput::ClassWeight:
    return "class_weight";
  case RowInput::TokenWeight:
    return "token_weight";
  }
  llvm_unreachable("an input of a row-wise operation");
}

StringRef act::stringifyRowOutput(RowOutput output) {
  switch (output) {
  case RowOutput::Y:
    return "y";
  case RowOutput::Loss:
    return "loss";
  case RowOutput::DX:
    return "dx";
  case RowOutput::DTarget:
    return "dtarget";
  case RowOutput::Lse:
    return "lse";
  case RowOutput::LogProb:
    return "log_prob";
  case RowOutput::Entropy:
    return "entropy";
  case RowOutput::ArgMax:
    return "argmax";
  case RowOutput::Counts:
    return "counts";
  }
  llvm_unreachable("an output of a row-wise operation");
}

int64_t act::resolveRowDim(RowFunction function, std::optional<int64_t> dim,
                           int64_t rank) {
  int64_t absent = isLoss(function) ? (rank > 1 ? 1 : 0) : -1;
  int64_t resolved = dim.value_or(absent);
  // Rank 0 counts as shape [1].
  if (resolved < 0)
    resolved += std::max<int64_t>(rank, 1);
  return resolved;
}

//===----------------------------------------------------------------------===//
// Outputs
//===----------------------------------------------------------------------===//

SmallVector<RowOutput> act::listRowOutputs(RowFunction function, RowPart part,
                                           size_t count, Extra extra) {
  SmallVector<RowOutput> outputs;
  if (part == RowPart::Backward) {
    outputs.push_back(RowOutput::DX);
    if (function == RowFunction::CrossEntropy && count > 1)
      outputs.push_back(RowOutput::DTarget);
    return outputs;
  }
  if (function == RowFunction::LogSumExp)
    return {RowOutput::Lse};
  if (!isLoss(function)) {
    outputs.push_back(RowOutput::Y);
    if (function != RowFunction::Softmin && count > 1)
      outputs.push_back(RowOutput::Lse);
    return outputs;
  }
  outputs.push_back(RowOutput::Loss);
  if (part == RowPart::ForwardWithGradient)
    outputs.push_back(RowOutput::DX);
  const std::pair<Extra, RowOutput> further[] = {
      {Extra::Lse, RowOutput::Lse},
      {Extra::LogProb, RowOutput::LogProb},
      {Extra::Entropy, RowOutput::Entropy},
      {Extra::ArgMax, RowOutput::ArgMax},
      {Extra::Counts, RowOutput::Counts}};
  for (auto [flag, output] : further)
    if (bitEnumContainsAll(extra, flag))
      outputs.push_back(output);
  return outputs;
}

SmallVector<int64_t> RowSignature::getRowShape() const {
  SmallVector<int64_t> shape(x.getShape());
  if (dim < 0 || dim >= x.getRank())
    return shape;
  shape.erase(shape.begin() + dim);
  // A hard target may know more of its shape.
  if (target && target.getRank() == static_cast<int64_t>(shape.size()))
    for (auto [size, known] : llvm::zip(shape, target.getShape()))
      if (ShapedType::isDynamic(size))
        size = known;
  if (keepDim)
    shape.insert(shape.begin() + dim, 1);
  return shape;
}

RankedTensorType act::getRowOutputType(const RowSignature &signature,
                                       RowOutput output) {
  Type integer = IntegerType::get(signature.computeType.getContext(), 64);
  switch (output) {
  case RowOutput::Y:
  case RowOutput::DX:
    return RankedTensorType::get(signature.x.getShape(),
                                 signature.x.getElementType());
  case RowOutput::DTarget:
    return RankedTensorType::get(signature.target.getShape(),
                                 signature.target.getElementType());
  case RowOutput::Loss:
    if (signature.isReduced)
      return RankedTensorType::get({}, signature.computeType);
    break;
  case RowOutput::ArgMax:
    if (isRowIndices(signature.target))
      integer = signature.target.getElementType();
    return RankedTensorType::get(signature.getRowShape(), integer);
  case RowOutput::Counts:
    return RankedTensorType::get({2}, integer);
  case RowOutput::Lse:
  case RowOutput::LogProb:
  case RowOutput::Entropy:
    break;
  }
  return RankedTensorType::get(signature.getRowShape(), signature.computeType);
}

//===----------------------------------------------------------------------===//
// Inference
//===----------------------------------------------------------------------===//

LogicalResult act::verifyInferable(StringRef operation,
                                   std::optional<Location> location,
                                   ValueRange operands,
                                   ArrayRef<RowInput> inputs) {
  size_t required = llvm::count_if(inputs, [](RowInput input) {
    return input == RowInput::X || input == RowInput::DY ||
           input == RowInput::DLoss || input == RowInput::Target;
  });
  if (operands.size() < required)
    return emitOptionalError(location, "'", operation, "' op needs at least ",
                             required, " operands, found ", operands.size());
  for (Value operand : operands.take_front(required)) {
    Type type = operand.getType();
    if (isRowData(type) || isRowIndices(type))
      continue;
    return emitOptionalError(
        location, "'", operation, "' op needs ",
        getRankedElement(type)
            ? "elements of f16, bf16, f32 or f64, or of i32 or i64 in targets"
            : "ranked tensors or memrefs of rank 0 to 6 as operands",
        ", found ", type);
  }
  return success();
}

bool act::areLeadingTypes(TypeRange inferred, TypeRange actual) {
  return inferred.size() <= actual.size() &&
         llvm::equal(inferred, actual.take_front(inferred.size()));
}

//===----------------------------------------------------------------------===//
// Shapes
//===----------------------------------------------------------------------===//

/// Whether logsumexp keeps the dimension that it reduces.
static bool keepsRowDim(Operation *op) {
  auto keepDim = op->getAttrOfType<BoolAttr>("keepdim");
  return keepDim && keepDim.getValue();
}

RowExtent act::getRowExtent(Operation *op, RowInput input) {
  auto loss = dyn_cast<LossOpInterface>(op);
  switch (input) {
  case RowInput::X:
  case RowInput::Mask:
    return RowExtent::Data;
  case RowInput::DY:
    if (cast<RowwiseOpInterface>(op).getRowFunction() != RowFunction::LogSumExp)
      return RowExtent::Data;
    return getRowExtent(op, RowInput::Lse);
  case RowInput::Lse:
    return keepsRowDim(op) ? RowExtent::KeptRows : RowExtent::Rows;
  case RowInput::DLoss:
    return getRowExtent(op, RowOutput::Loss);
  case RowInput::Target:
    return loss.hasSoftTarget() ? RowExtent::Data : RowExtent::Rows;
  case RowInput::ClassWeight:
    return RowExtent::Classes;
  case RowInput::TokenWeight:
    return RowExtent::Rows;
  }
  llvm_unreachable("an input of a row-wise operation");
}

RowExtent act::getRowExtent(Operation *op, RowOutput output) {
  switch (output) {
  case RowOutput::Y:
  case RowOutput::DX:
  case RowOutput::DTarget:
    return RowExtent::Data;
  case RowOutput::Lse:
    return getRowExtent(op, RowInput::Lse);
  case RowOutput::Loss:
    if (cast<LossOpInterface>(op).getReduction() != Reduction::None)
      return RowExtent::Whole;
    return RowExtent::Rows;
  case RowOutput::LogProb:
  case RowOutput::Entropy:
  case RowOutput::ArgMax:
    return RowExtent::Rows;
  case RowOutput::Counts:
    return RowExtent::Whole;
  }
  llvm_unreachable("an output of a row-wise operation");
}

std::optional<int64_t> act::findDataDim(RowExtent extent, int64_t rowDim,
                                        int64_t dim) {
  switch (extent) {
  case RowExtent::Data:
    return dim;
  case RowExtent::Rows:
    return dim < rowDim ? dim : dim + 1;
  case RowExtent::KeptRows:
    return dim == rowDim ? std::nullopt : std::optional<int64_t>(dim);
  case RowExtent::Classes:
    return rowDim;
  case RowExtent::Whole:
    return std::nullopt;
  }
  llvm_unreachable("an extent");
}

LogicalResult act::reifyRowwiseShapes(Operation *op, OpBuilder &builder,
                                      ReifiedRankedShapedTypeDims &shapes) {
  auto rowwise = cast<RowwiseOpInterface>(op);
  for (auto [output, result] :
       llvm::zip(rowwise.getRowOutputs(), op->getResults())) {
    auto type = cast<RankedTensorType>(result.getType());
    SmallVector<OpFoldResult> &dims = shapes.emplace_back();
    for (int64_t i = 0; i != type.getRank(); ++i) {
      std::optional<int64_t> dim =
          findDataDim(getRowExtent(op, output), rowwise.getRowDim(), i);
      if (type.isDynamicDim(i) && dim)
        dims.push_back(
            tensor::getMixedSize(builder, op->getLoc(), rowwise.getX(), *dim));
      else
        dims.push_back(builder.getIndexAttr(type.getDimSize(i)));
    }
  }
  return success();
}
