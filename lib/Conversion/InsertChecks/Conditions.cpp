//===- Conditions.cpp - What must hold at run time ------------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file collects the conditions of operations on tensors: operands of
// elementwise operations have one shape, operands of linalg operations that
// share a loop agree on its extent, packed gates split even sizes, operands of
// row-wise operations have the rows and classes of x, casts to static sizes are
// right.
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
  explicit ConditionCollector(Operation *op)
      : message(("sizes of the operands of '" + op->getName().getStringRef() +
                 "' do not match")
                    .str()) {}

  SmallVector<Condition> collect(Operation *op) {
    if (auto rule = dyn_cast<ElementwiseRuleOpInterface>(op))
      collectRule(rule);
    else if (auto rowwise = dyn_cast<RowwiseOpInterface>(op))
      collectRowwise(rowwise);
    else if (auto glu = dyn_cast<GluOp>(op))
      collectSplit(glu);
    else if (auto glu = dyn_cast<GluBackwardOp>(op))
      collectSplitBackward(glu);
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

  void require(const Dimension &left, const Dimension &right,
               bool mayBeOne = false) {
    if (!(left == right))
      conditions.push_back({left, right, /*mustDiffer=*/false, message,
                            /*mustBeEven=*/false, mayBeOne});
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

  template <typename Op>
  void collectSplit(Op op) {
    RankedTensorType type = ranked(op.getX());
    if (!type || !type.isDynamicDim(op.getSplitDim()))
      return;
    Dimension split = traceDimension(op.getX(), op.getSplitDim());
    conditions.push_back({split, split, /*mustDiffer=*/false,
                          ("halving dimension of '" +
                           op->getName().getStringRef() + "' must be even")
                              .str(),
                          /*mustBeEven=*/true});
  }

  void collectSplitBackward(GluBackwardOp op) {
    collectSplit(op);
    RankedTensorType type = ranked(op.getDy());
    if (!type)
      return;
    for (int64_t dim = 0; dim < type.getRank(); ++dim) {
      Dimension part = traceDimension(op.getX(), dim);
      if (dim == op.getSplitDim())
        part = halve(part);
      require(traceDimension(op.getDy(), dim), part);
    }
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

  void collectRowwise(RowwiseOpInterface op) {
    if (!ranked(op.getX()))
      return;
    // What has size 1 is repeated.
    auto collect = [&](Value value, RowExtent extent, bool isBroadcast) {
      for (int64_t dim = 0; dim < ranked(value).getRank(); ++dim) {
        std::optional<int64_t> data = findDataDim(extent, op.getRowDim(), dim);
        if (data && !(isBroadcast && ranked(value).getDimSize(dim) == 1))
          require(traceDimension(value, dim), traceDimension(op.getX(), *data),
                  isBroadcast && ranked(value).isDynamicDim(dim));
      }
    };
    for (auto [input, value] : llvm::zip(op.getRowInputs(), op.getInputs()))
      collect(value, getRowExtent(op, input), input == RowInput::Mask);
    for (auto [output, out] : llvm::zip(op.getRowOutputs(), op.getOuts()))
      collect(out, getRowExtent(op, output), /*isBroadcast=*/false);
    if (isLoss(op.getRowFunction()))
      collectClasses(op);
  }

  /// A loss needs classes.
  void collectClasses(RowwiseOpInterface op) {
    Dimension classes = traceDimension(op.getX(), op.getRowDim());
    OpFoldResult zero = Builder(op.getContext()).getIndexAttr(0);
    if (!isa_and_present<Attribute>(classes.size))
      conditions.push_back(
          {classes,
           {zero, nullptr, 0},
           /*mustDiffer=*/true,
           ("'" + op->getName().getStringRef() +
            "' needs at least one class in dimension " + Twine(op.getRowDim()))
               .str()});
  }

  void collectCast(tensor::CastOp op) {
    message = "the sizes are not those of 'tensor.cast' to ";
    llvm::raw_string_ostream(message) << op.getType();
    RankedTensorType from = ranked(op.getSource());
    RankedTensorType to = ranked(op.getResult());
    if (!from || !to)
      return;
    for (int64_t dim = 0; dim < to.getRank(); ++dim)
      if (!to.isDynamicDim(dim))
        require(traceDimension(op.getSource(), dim),
                traceDimension(op.getResult(), dim));
  }

  std::string message;
  SmallVector<Condition> conditions;
};

} // namespace

SmallVector<Condition> act::collectConditions(Operation *op) {
  return ConditionCollector(op).collect(op);
}
