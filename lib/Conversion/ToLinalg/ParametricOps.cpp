//===- ParametricOps.cpp - prelu, swish and their gradients ---------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file converts act operations on tensors whose parameter is shared or
// belongs to a channel. The gradient of the parameter is a sum over all
// positions that used it: a linalg.generic with reduction dimensions that adds
// terms, which act-to-loops does in the fixed order of all sums.
//
//===----------------------------------------------------------------------===//

#include "../Dimensions.h"
#include "ToLinalg.h"

#include "Act/IR/Act.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/IR/IRMapping.h"

using namespace mlir;
using namespace act;
using utils::IteratorType;

namespace {

class ParametricConverter {
public:
  ParametricConverter(RewriterBase &rewriter, Operation *op)
      : rewriter(rewriter), op(op), rule(cast<ElementwiseRuleOpInterface>(op)),
        loc(op->getLoc()),
        type(cast<RankedTensorType>(rule.getInput().getType())) {}

  void convert() {
    rewriter.setInsertionPoint(op);
    collectOperands();
    SmallVector<Value> replacements{makeElements()};
    if (op->getNumResults() == 2)
      replacements.push_back(op->getResult(1).use_empty() ? Value()
                                                          : makeGradient());
    for (auto [result, value] : llvm::zip(op->getResults(), replacements))
      if (value)
        rewriter.replaceAllUsesWith(result, value);
    rewriter.eraseOp(op);
  }

private:
  /// Inputs of the generic are x, dy and a parameter with an element for each
  /// channel; a shared parameter is captured as a scalar.
  void collectOperands() {
    AffineMap identity = rewriter.getMultiDimIdentityMap(type.getRank());
    parameterMap = AffineMap::get(type.getRank(), 0, rewriter.getContext());
    for (Value operand : op->getOperands()) {
      auto tensor = dyn_cast<RankedTensorType>(operand.getType());
      if (operand != rule.getParameterOperand() || !tensor) {
        if (tensor)
          addInput(operand, identity);
        else
          captured.map(operand, operand);
        continue;
      }
      bool shared = tensor.getRank() == 0 || tensor.getDimSize(0) == 1;
      if (shared) {
        SmallVector<Value> zeros(
            tensor.getRank(),
            arith::ConstantIndexOp::create(rewriter, loc, 0).getResult());
        captured.map(operand,
                     tensor::ExtractOp::create(rewriter, loc, operand, zeros)
                         .getResult());
        continue;
      }
      parameterMap = AffineMap::get(
          type.getRank(), 0,
          rewriter.getAffineDimExpr(getChannelDim(op, type.getRank())),
          rewriter.getContext());
      addInput(operand, parameterMap);
    }
  }

  void addInput(Value value, AffineMap map) {
    if (llvm::is_contained(inputs, value))
      return;
    inputs.push_back(value);
    maps.push_back(map);
  }

  Value makeEmpty(RankedTensorType emptyType, Value shape) {
    return tensor::EmptyOp::create(
        rewriter, loc, emptyType,
        dynamicSizes(rewriter, loc, emptyType, shape));
  }

  /// The operation on scalars. `computeType` is null to keep the types.
  Operation *makeScalar(OpBuilder &builder, ValueRange arguments,
                        Type computeType) {
    IRMapping mapping(captured);
    for (auto [input, argument] : llvm::zip(inputs, arguments))
      mapping.map(input, argument);
    if (computeType)
      for (Value operand : op->getOperands()) {
        Value scalar = mapping.lookup(operand);
        if (scalar.getType() != computeType)
          scalar = arith::ExtFOp::create(builder, loc, computeType, scalar);
        mapping.map(operand, scalar);
      }
    Operation *scalar = builder.clone(*op, mapping);
    scalar->removeAttr("channel_dim");
    for (OpResult result : scalar->getResults())
      result.setType(computeType ? computeType
                                 : getElementTypeOrSelf(result.getType()));
    return scalar;
  }

  /// y or dx.
  Value makeElements() {
    auto resultType = cast<RankedTensorType>(op->getResult(0).getType());
    SmallVector<AffineMap> allMaps(maps);
    allMaps.push_back(rewriter.getMultiDimIdentityMap(type.getRank()));
    SmallVector<IteratorType> iterators(type.getRank(), IteratorType::parallel);
    return linalg::GenericOp::create(
               rewriter, loc, resultType, inputs,
               makeEmpty(resultType, rule.getInput()), allMaps, iterators,
               [&](OpBuilder &builder, Location, ValueRange arguments) {
                 Operation *scalar = makeScalar(builder, arguments, Type());
                 linalg::YieldOp::create(builder, loc, scalar->getResult(0));
               })
        .getResult(0);
  }

  Type computeType() {
    return getComputeElementType(op->getOperands(), op->getContext());
  }

  /// The sum of the terms in the compute type.
  Value makeSum(RankedTensorType sumType) {
    Value zero = arith::ConstantOp::create(
        rewriter, loc, rewriter.getZeroAttr(sumType.getElementType()));
    Value destination = makeEmpty(sumType, rule.getParameterOperand());
    destination =
        linalg::FillOp::create(rewriter, loc, zero, destination).getResult(0);
    SmallVector<AffineMap> allMaps(maps);
    allMaps.push_back(parameterMap);
    SmallVector<IteratorType> iterators(type.getRank(),
                                        IteratorType::reduction);
    for (AffineExpr expr : parameterMap.getResults())
      iterators[cast<AffineDimExpr>(expr).getPosition()] =
          IteratorType::parallel;
    return linalg::GenericOp::create(
               rewriter, loc, sumType, inputs, destination, allMaps, iterators,
               [&](OpBuilder &builder, Location, ValueRange arguments) {
                 Operation *scalar =
                     makeScalar(builder, arguments, sumType.getElementType());
                 Value sum = arith::AddFOp::create(
                     builder, loc, arguments.back(), scalar->getResult(1));
                 linalg::YieldOp::create(builder, loc, sum);
               })
        .getResult(0);
  }

  /// The sum, rounded once to the type and in the shape of the gradient.
  Value makeGradient() {
    Type gradientType = op->getResult(1).getType();
    auto tensor = dyn_cast<RankedTensorType>(gradientType);
    SmallVector<int64_t> sumShape;
    if (parameterMap.getNumResults() == 1)
      sumShape.push_back(tensor.getDimSize(0));
    auto sumType = RankedTensorType::get(sumShape, computeType());
    Value sum = makeSum(sumType);
    if (!tensor)
      return convert(
          rewriter, tensor::ExtractOp::create(rewriter, loc, sum, ValueRange()),
          gradientType);
    if (gradientType == sumType)
      return sum;
    // The gradient of a shared parameter may have a dimension of size 1.
    AffineMap identity = rewriter.getMultiDimIdentityMap(tensor.getRank());
    AffineMap sumMap =
        sumType.getRank() == tensor.getRank()
            ? identity
            : AffineMap::get(tensor.getRank(), 0, rewriter.getContext());
    SmallVector<IteratorType> iterators(tensor.getRank(),
                                        IteratorType::parallel);
    return linalg::GenericOp::create(
               rewriter, loc, tensor, sum,
               makeEmpty(tensor, rule.getParameterOperand()),
               ArrayRef<AffineMap>{sumMap, identity}, iterators,
               [&](OpBuilder &builder, Location, ValueRange arguments) {
                 linalg::YieldOp::create(builder, loc,
                                         convert(builder, arguments.front(),
                                                 tensor.getElementType()));
               })
        .getResult(0);
  }

  Value convert(OpBuilder &builder, Value value, Type to) {
    if (value.getType() == to)
      return value;
    if (value.getType().getIntOrFloatBitWidth() < to.getIntOrFloatBitWidth())
      return arith::ExtFOp::create(builder, loc, to, value);
    return arith::TruncFOp::create(builder, loc, to, value);
  }

  RewriterBase &rewriter;
  Operation *op;
  ElementwiseRuleOpInterface rule;
  Location loc;
  RankedTensorType type;
  SmallVector<Value> inputs;
  SmallVector<AffineMap> maps;
  /// From positions to elements of the parameter; no results if it is shared.
  AffineMap parameterMap;
  IRMapping captured;
};

} // namespace

void act::convertParametricOp(RewriterBase &rewriter, Operation *op) {
  ParametricConverter(rewriter, op).convert();
}
