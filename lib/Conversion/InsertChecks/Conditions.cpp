//===- Conditions.cpp - What must hold at run time ------------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file collects the conditions of operations on tensors: operands of
// elementwise operations have one shape, operands of linalg operations that
// share a loop agree on its extent, casts to static sizes are right.
//
//===----------------------------------------------------------------------===//

#include "Conditions.h"

#include "Act/IR/Act.h"

#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"

using namespace mlir;
using namespace act;

namespace {

class ConditionCollector {
public:
  SmallVector<Condition> collect(Operation *op) {
    if (auto rule = dyn_cast<ElementwiseRuleOpInterface>(op))
      collectRule(rule);
    else if (auto linalgOp = dyn_cast<linalg::LinalgOp>(op))
      collectLinalg(linalgOp);
    else if (auto cast = dyn_cast<tensor::CastOp>(op))
      collectCast(cast);
    else if (OpTrait::hasElementwiseMappableTraits(op))
      collectEqualShapes(op->getOperands());
    return std::move(conditions);
  }

private:
  static RankedTensorType ranked(Value value) {
    return dyn_cast<RankedTensorType>(value.getType());
  }

  void require(const Dimension &left, const Dimension &right) {
    if (!(left == right))
      conditions.push_back({left, right});
  }

  void collectEqualShapes(ValueRange operands) {
    Value first;
    for (Value operand : operands) {
      if (!ranked(operand))
        continue;
      if (!first) {
        first = operand;
        continue;
      }
      for (int64_t dim = 0; dim < ranked(first).getRank(); ++dim)
        require(traceDimension(first, dim), traceDimension(operand, dim));
    }
  }

  /// A parameter has not the shape of the others: if it belongs to channels,
  /// it has one element for each.
  void collectRule(ElementwiseRuleOpInterface op) {
    Value parameter = op.getParameterOperand();
    SmallVector<Value> alike;
    for (Value operand : op->getOperands())
      if (operand != parameter)
        alike.push_back(operand);
    collectEqualShapes(alike);
    RankedTensorType type = ranked(op.getInput());
    if (!parameter || !ranked(parameter) || !type)
      return;
    if (ranked(parameter).getRank() != 1 ||
        ranked(parameter).getDimSize(0) == 1)
      return;
    int64_t channel = type.getRank() == 1 ? 0 : 1;
    if (auto attribute = op->getAttrOfType<IntegerAttr>("channel_dim"))
      channel = attribute.getInt();
    if (channel < 0)
      channel += type.getRank();
    require(traceDimension(op.getInput(), channel),
            traceDimension(parameter, 0));
  }

  void collectLinalg(linalg::LinalgOp op) {
    SmallVector<std::optional<Dimension>> extents(op.getNumLoops());
    for (OpOperand &operand : op->getOpOperands()) {
      if (!ranked(operand.get()))
        continue;
      AffineMap map = op.getMatchingIndexingMap(&operand);
      for (auto [dim, expr] : llvm::enumerate(map.getResults())) {
        auto loop = dyn_cast<AffineDimExpr>(expr);
        if (!loop)
          continue;
        Dimension dimension = traceDimension(operand.get(), dim);
        std::optional<Dimension> &extent = extents[loop.getPosition()];
        if (extent)
          require(*extent, dimension);
        else
          extent = dimension;
      }
    }
  }

  void collectCast(tensor::CastOp op) {
    RankedTensorType from = ranked(op.getSource());
    RankedTensorType to = ranked(op.getResult());
    if (!from || !to)
      return;
    for (int64_t dim = 0; dim < to.getRank(); ++dim)
      if (!to.isDynamicDim(dim))
        require(traceDimension(op.getSource(), dim),
                traceDimension(op.getResult(), dim));
  }

  SmallVector<Condition> conditions;
};

} // namespace

SmallVector<Condition> act::collectConditions(Operation *op) {
  return ConditionCollector().collect(op);
}
