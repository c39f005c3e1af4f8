//===- LossVerifier.cpp - Verifier of losses ------------------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file implements what the target, the weights and the options of losses
// must fulfil.
//
//===----------------------------------------------------------------------===//

#include "RowwiseVerifier.h"

#include "mlir/IR/Matchers.h"

using namespace mlir;
using namespace act;

//===----------------------------------------------------------------------===//
// Targets
//===----------------------------------------------------------------------===//

static LogicalResult verifyClasses(LossOpInterface op) {
  auto x = cast<ShapedType>(op.getX().getType());
  if (x.getRank() == 0)
    return op->emitOpError("needs a dimension of classes, found ")
           << x << "; a tensor of one row has rank 1";
  if (x.getDimSize(op.getRowDim()) == 0)
    return op->emitOpError("needs at least one class in dimension ")
           << op.getRowDim() << ", found " << x;
  return success();
}

/// The shape of x without the classes.
static SmallVector<int64_t> getRows(LossOpInterface op) {
  auto x = cast<ShapedType>(op.getX().getType());
  SmallVector<int64_t> rows(x.getShape());
  rows.erase(rows.begin() + op.getRowDim());
  return rows;
}

/// Verifies the classes that a constant names; what is computed is checked when
/// the function runs.
static LogicalResult verifyConstantTarget(LossOpInterface op) {
  auto x = cast<ShapedType>(op.getX().getType());
  int64_t classes = x.getDimSize(op.getRowDim());
  DenseIntElementsAttr targets;
  if (ShapedType::isDynamic(classes) ||
      !matchPattern(op.getTarget(), m_Constant(&targets)))
    return success();
  int64_t ignored = op.getIgnoredTarget();
  for (auto [row, target] : llvm::enumerate(targets.getValues<APInt>())) {
    int64_t value = target.getSExtValue();
    if (value == ignored || (value >= 0 && value < classes))
      continue;
    return op->emitOpError("target of row ")
           << row << " must lie in [0, " << classes
           << ") or be the ignore_index " << ignored << ", found " << value;
  }
  return success();
}

static LogicalResult verifyTarget(LossOpInterface op) {
  auto x = cast<ShapedType>(op.getX().getType());
  if (op.hasSoftTarget())
    return verifyInputShape(op, RowInput::Target, op.getTarget(), x.getShape(),
                            "x, since it is a distribution");
  if (failed(verifyInputShape(op, RowInput::Target, op.getTarget(), getRows(op),
                              "x without dimension " + Twine(op.getRowDim()) +
                                  ", since it names classes")))
    return failure();
  return verifyConstantTarget(op);
}

static LogicalResult verifyWeights(LossOpInterface op) {
  auto x = cast<ShapedType>(op.getX().getType());
  int64_t classes = x.getDimSize(op.getRowDim());
  if (Value weight = op.getClassWeight())
    if (failed(verifyInputShape(op, RowInput::ClassWeight, weight, classes,
                                "one number for each class")))
      return failure();
  if (Value weight = op.getTokenWeight())
    return verifyInputShape(op, RowInput::TokenWeight, weight, getRows(op),
                            "one number for each row");
  return success();
}

//===----------------------------------------------------------------------===//
// Options
//===----------------------------------------------------------------------===//

/// Verifies that nothing is given that the chosen kind of target has no use
/// for.
static LogicalResult verifySoftTarget(LossOpInterface op) {
  if (!op.hasSoftTarget()) {
    if (op.findRowOutput(RowOutput::DTarget))
      return op->emitOpError("has no gradient 'dtarget' of hard targets; found "
                             "a second output for ")
             << op.getTarget().getType();
    return success();
  }
  auto error = [&](StringRef what) {
    return op->emitOpError()
           << what << " needs hard targets, i32 or i64; found "
           << op.getTarget().getType();
  };
  if (auto index = op->getAttrOfType<IntegerAttr>("ignore_index"))
    return error("attribute 'ignore_index'")
           << " (a soft target is ignored by the token_weight 0)";
  if (bitEnumContainsAll(op.getExtra(), Extra::LogProb))
    return error("extra(log_prob)");
  if (bitEnumContainsAll(op.getExtra(), Extra::Counts))
    return error("extra(counts)");
  return success();
}

static LogicalResult verifySmoothing(LossOpInterface op) {
  std::optional<double> smoothing = op.getLabelSmoothing();
  if (smoothing && !(*smoothing >= 0 && *smoothing <= 1))
    return op->emitOpError("attribute 'label_smoothing' must lie in [0, 1], "
                           "found ")
           << op->getAttr("label_smoothing");
  if (smoothing)
    return success();
  auto error = [&](StringRef keyword, StringRef value) {
    return op->emitOpError() << keyword << "(" << value
                             << ") needs the attribute 'label_smoothing'";
  };
  if (op.getSmoothing() != Smoothing::Torch)
    return error("smoothing", stringifySmoothing(op.getSmoothing()));
  if (op.getSmoothOver() != SmoothOver::All)
    return error("smooth_over", stringifySmoothOver(op.getSmoothOver()));
  return success();
}

static LogicalResult verifyReduction(LossOpInterface op) {
  if (op.getEmptyMean() == EmptyMean::NaN ||
      op.getReduction() == Reduction::Mean)
    return success();
  return op->emitOpError("empty_mean(")
         << stringifyEmptyMean(op.getEmptyMean())
         << ") needs reduction(mean), found reduction("
         << stringifyReduction(op.getReduction()) << ")";
}

LogicalResult act::verifyLoss(LossOpInterface op) {
  return success(succeeded(verifyClasses(op)) && succeeded(verifyTarget(op)) &&
                 succeeded(verifyWeights(op)) &&
                 succeeded(verifySoftTarget(op)) &&
                 succeeded(verifySmoothing(op)) &&
                 succeeded(verifyPositive(op, "z_loss", /*mayBeZero=*/true)) &&
                 succeeded(verifyReduction(op)));
}
