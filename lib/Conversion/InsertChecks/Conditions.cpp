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
      collectEqualShapes(op);
    return std::move(conditions);
  }

private:
  static RankedTensorType ranked(Value value) {
    return dyn_cast<RankedTensorType>(value.getType());
  }

  /// A dimension of an operand, and what a message calls it.
  struct Named {
    Dimension dimension;
    std::string name;
  };

  static Named named(Value value, int64_t dim, const Twine &operand) {
    return {traceDimension(value, dim),
            ("dimension " + Twine(dim) + " of " + operand).str()};
  }

  static Named named(OpOperand &operand, int64_t dim) {
    return named(operand.get(), dim,
                 "operand " + Twine(operand.getOperandNumber()));
  }

  void require(const Named &left, const Named &right, bool mayBeOne = false) {
    if (!(left.dimension == right.dimension))
      conditions.push_back({left.dimension, right.dimension,
                            /*mustDiffer=*/false,
                            message + ": " + left.name + " and " + right.name,
                            /*mustBeEven=*/false, mayBeOne});
  }

  /// All operands but `other`.
  void collectEqualShapes(Operation *op, Value other = nullptr) {
    OpOperand *first = nullptr;
    for (OpOperand &operand : op->getOpOperands()) {
      if (operand.get() == other || !ranked(operand.get()))
        continue;
      if (!first) {
        first = &operand;
        continue;
      }
      for (int64_t dim = 0; dim < ranked(first->get()).getRank(); ++dim)
        require(named(*first, dim), named(operand, dim));
    }
  }

  /// A parameter has not the shape of the others: if it belongs to channels,
  /// it has one element for each.
  void collectRule(ElementwiseRuleOpInterface op) {
    Value parameter = op.getParameterOperand();
    collectEqualShapes(op, parameter);
    RankedTensorType type = ranked(op.getInput());
    if (!parameter || !ranked(parameter) || !type)
      return;
    if (ranked(parameter).getRank() != 1 ||
        ranked(parameter).getDimSize(0) == 1)
      return;
    int64_t channel = getChannelDim(op, type.getRank());
    require(named(op.getInput(), channel, "x"),
            named(parameter, 0, "the parameter"));
  }

  template <typename Op> void collectSplit(Op op) {
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
      Named part = named(op.getX(), dim, "x");
      if (dim == op.getSplitDim())
        part = {halve(part.dimension), "half of " + part.name};
      require(named(op.getDy(), dim, "dy"), part);
    }
  }

  void collectLinalg(linalg::LinalgOp op) {
    SmallVector<std::optional<Named>> extents(op.getNumLoops());
    for (OpOperand &operand : op->getOpOperands()) {
      if (!ranked(operand.get()))
        continue;
      AffineMap map = op.getMatchingIndexingMap(&operand);
      for (auto [dim, expr] : llvm::enumerate(map.getResults())) {
        auto loop = dyn_cast<AffineDimExpr>(expr);
        if (!loop)
          continue;
        Named dimension = named(operand, dim);
        std::optional<Named> &extent = extents[loop.getPosition()];
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
    auto collect = [&](Value value, StringRef name, RowExtent extent,
                       bool isBroadcast) {
      for (int64_t dim = 0; dim < ranked(value).getRank(); ++dim) {
        std::optional<int64_t> data = findDataDim(extent, op.getRowDim(), dim);
        if (data && !(isBroadcast && ranked(value).getDimSize(dim) == 1))
          require(named(value, dim, name), named(op.getX(), *data, "x"),
                  isBroadcast && ranked(value).isDynamicDim(dim));
      }
    };
    for (auto [input, value] : llvm::zip(op.getRowInputs(), op.getInputs()))
      collect(value, stringifyRowInput(input), getRowExtent(op, input),
              input == RowInput::Mask);
    for (auto [output, out] : llvm::zip(op.getRowOutputs(), op.getOuts()))
      collect(out, "the destination of " + stringifyRowOutput(output).str(),
              getRowExtent(op, output), /*isBroadcast=*/false);
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
        require(named(op.getSource(), dim, "the source"),
                named(op.getResult(), dim, "the result"));
  }

  std::string message;
  SmallVector<Condition> conditions;
};

} // namespace

SmallVector<Condition> act::collectConditions(Operation *op) {
  return ConditionCollector(op).collect(op);
}
