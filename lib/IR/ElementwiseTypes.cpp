//===- ElementwiseTypes.cpp - Types of elementwise ops --------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file implements how the types of operands and results of elementwise
// operations belong together.
//
//===----------------------------------------------------------------------===//

#include "Act/IR/ElementwiseTypes.h"

#include "Act/IR/Act.h"

#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/IR/TypeUtilities.h"

using namespace mlir;
using namespace act;

bool act::isFloatLike(Type type) {
  if (auto shaped = dyn_cast<ShapedType>(type)) {
    if (!isa<VectorType, RankedTensorType>(type) || shaped.getRank() > maxRank)
      return false;
    type = shaped.getElementType();
  }
  return isa<Float16Type, BFloat16Type, Float32Type, Float64Type>(type);
}

FloatType act::getComputeElementType(ValueRange operands,
                                     MLIRContext *context) {
  for (Value operand : operands)
    if (operand && getElementTypeOrSelf(operand).isF64())
      return Float64Type::get(context);
  return Float32Type::get(context);
}

bool act::isSharedParameter(Type parameter) {
  auto shaped = dyn_cast<ShapedType>(parameter);
  return !shaped || shaped.getRank() == 0 ||
         (shaped.getRank() == 1 && shaped.getDimSize(0) == 1);
}

Type act::getParameterGradientType(Type x, Type parameter) {
  if (auto vector = dyn_cast<VectorType>(x))
    return vector.clone(getElementTypeOrSelf(parameter));
  return parameter;
}

int64_t act::getChannelDim(std::optional<int64_t> channelDim, int64_t rank) {
  int64_t dim = channelDim.value_or(rank > 1 ? 1 : 0);
  return dim < 0 ? dim + rank : dim;
}

static std::optional<int64_t> findChannelDim(Operation *op) {
  if (auto attribute = op->getAttrOfType<IntegerAttr>("channel_dim"))
    return attribute.getInt();
  return std::nullopt;
}

int64_t act::getChannelDim(Operation *op, int64_t rank) {
  return getChannelDim(findChannelDim(op), rank);
}

//===----------------------------------------------------------------------===//
// Verification
//===----------------------------------------------------------------------===//

bool act::haveFittingShapes(Type lhs, Type rhs) {
  if (isa<ShapedType>(lhs) != isa<ShapedType>(rhs) ||
      isa<VectorType>(lhs) != isa<VectorType>(rhs))
    return false;
  return succeeded(verifyCompatibleShape(lhs, rhs));
}

/// Verifies that a parameter of a tensor belongs to the channel dimension.
static LogicalResult verifyChannels(Operation *op, RankedTensorType x,
                                    Type parameter,
                                    std::optional<int64_t> channelDim) {
  int64_t rank = x.getRank();
  if (channelDim && (*channelDim < -rank || *channelDim >= rank))
    return op->emitOpError("attribute 'channel_dim' must lie in [")
           << -rank << ", " << rank << ") for a tensor of rank " << rank
           << ", found " << *channelDim;
  if (isSharedParameter(parameter))
    return success();

  auto channels = dyn_cast<RankedTensorType>(parameter);
  if (!channels || channels.getRank() != 1)
    return op->emitOpError("parameter of a tensor must be a scalar, a tensor "
                           "of rank 0 or a tensor of shape [1] or [C], found ")
           << parameter;
  if (rank == 0)
    return op->emitOpError("parameter of a tensor of rank 0 must be a scalar "
                           "or a tensor of rank 0 or shape [1], found ")
           << parameter;
  int64_t dim = getChannelDim(channelDim, rank);
  int64_t expected = x.getDimSize(dim), found = channels.getDimSize(0);
  if (ShapedType::isDynamic(expected) || ShapedType::isDynamic(found) ||
      expected == found)
    return success();
  return op->emitOpError("parameter must have one value for each of the ")
         << expected << " channels of dimension " << dim << ", found " << found;
}

static LogicalResult verifyParameter(Operation *op, Type x, Type parameter) {
  std::optional<int64_t> channelDim = findChannelDim(op);
  auto tensor = dyn_cast<RankedTensorType>(x);
  if (channelDim && (!tensor || !parameter || !isa<ShapedType>(parameter)))
    return op->emitOpError("attribute 'channel_dim' needs a tensor and a "
                           "tensor parameter");
  if (!parameter)
    return success();
  if (tensor)
    return verifyChannels(op, tensor, parameter, channelDim);
  if (!isa<ShapedType>(parameter) || haveFittingShapes(x, parameter))
    return success();
  return op->emitOpError("parameter must be a scalar or have the shape of the "
                         "operand ")
         << x << ", found " << parameter;
}

LogicalResult act::verifyFittingTypes(Operation *op) {
  auto rule = cast<ElementwiseRuleOpInterface>(op);
  Type x = rule.getInput().getType();
  Type first = op->getResult(0).getType();
  Value parameter = rule.getParameterOperand();
  Type parameterType = parameter ? parameter.getType() : Type();

  if (Value dy = rule.getCotangent()) {
    if (!haveFittingShapes(dy.getType(), x))
      return op->emitOpError("operands must have one shape, found ")
             << dy.getType() << " and " << x;
    if (first != x)
      return op->emitOpError("result must have the type of the operand ")
             << x << ", found " << first;
  } else if (!haveSameShapes(x, first)) {
    return op->emitOpError("result must have the shape of the operand ")
           << x << ", found " << first;
  }
  if (failed(verifyParameter(op, x, parameterType)))
    return failure();

  if (!rule.getCotangent())
    return success();
  unsigned expected = parameter ? 2 : 1;
  if (op->getNumResults() != expected)
    return op->emitOpError("must have ")
           << expected << (parameter ? " results with" : " result without")
           << " an operand parameter, found " << op->getNumResults();
  if (!parameter)
    return success();
  Type gradient = getParameterGradientType(x, parameterType);
  if (op->getResult(1).getType() != gradient)
    return op->emitOpError("gradient of the parameter must have the type ")
           << gradient << ", found " << op->getResult(1).getType();
  return success();
}

//===----------------------------------------------------------------------===//
// Inference
//===----------------------------------------------------------------------===//

LogicalResult act::inferElementwiseTypes(StringRef operation,
                                         std::optional<Location> location,
                                         ValueRange operands, unsigned input,
                                         SmallVectorImpl<Type> &types) {
  if (operands.size() <= input)
    return emitOptionalError(location, "'", operation, "' op needs at least ",
                             input + 1, " operands, found ", operands.size());
  Type x = operands[input].getType();
  types.push_back(x);
  bool isBackward = input != 0;
  if (isBackward && operands.size() > input + 1)
    types.push_back(getParameterGradientType(x, operands[input + 1].getType()));
  return success();
}

bool act::haveSameShapes(TypeRange inferred, TypeRange actual) {
  auto same = [](Type lhs, Type rhs) {
    Type element = getElementTypeOrSelf(rhs);
    if (auto shaped = dyn_cast<ShapedType>(lhs))
      return Type(shaped.clone(element)) == rhs;
    return element == rhs;
  };
  return inferred.size() == actual.size() &&
         llvm::all_of_zip(inferred, actual, same);
}

//===----------------------------------------------------------------------===//
// Reification
//===----------------------------------------------------------------------===//

LogicalResult act::reifyElementwiseShapes(Operation *op, OpBuilder &builder,
                                          ReifiedRankedShapedTypeDims &shapes) {
  auto rule = cast<ElementwiseRuleOpInterface>(op);
  for (OpResult result : op->getResults()) {
    Value source = result.getResultNumber() == 0 ? rule.getInput()
                                                 : rule.getParameterOperand();
    auto tensor = dyn_cast<RankedTensorType>(result.getType());
    if (!tensor)
      return failure();
    SmallVector<OpFoldResult> &dims = shapes.emplace_back();
    for (int64_t i = 0, rank = tensor.getRank(); i != rank; ++i)
      dims.push_back(tensor::getMixedSize(builder, op->getLoc(), source, i));
  }
  return success();
}
