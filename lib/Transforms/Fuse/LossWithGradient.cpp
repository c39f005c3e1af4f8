//===- LossWithGradient.cpp - A loss and its gradient ---------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file implements the fusion of cross entropy and its gradient to one
// operation, which reads the logits and computes their exponentials once.
//
//===----------------------------------------------------------------------===//

#include "Fusion.h"

using namespace mlir;
using namespace act;

/// The first option in which the loss and the gradient differ, or "".
static StringRef findDifference(CrossEntropyOp loss,
                                CrossEntropyBackwardOp gradient) {
  if (loss.getRowDim() != gradient.getRowDim())
    return "dim";
  if (loss.getClassWeight() != gradient.getClassWeight())
    return "class_weight";
  if (loss.getTokenWeight() != gradient.getTokenWeight())
    return "token_weight";
  if (loss.getIgnoredTarget() != gradient.getIgnoredTarget())
    return "ignore_index";
  if (loss.getReduction() != gradient.getReduction())
    return "reduction";
  if (loss.getLabelSmoothing().value_or(0) !=
      gradient.getLabelSmoothing().value_or(0))
    return "label_smoothing";
  if (loss.getSmoothing() != gradient.getSmoothing())
    return "smoothing";
  if (loss.getSmoothOver() != gradient.getSmoothOver())
    return "smooth_over";
  if (loss.getZLoss() != gradient.getZLoss())
    return "z_loss";
  if (loss.getTemperature() != gradient.getTemperature())
    return "temperature";
  if (loss.getSoftcap() != gradient.getSoftcap())
    return "softcap";
  if (loss->getDiscardableAttr(accuracyAttrName) !=
      gradient->getDiscardableAttr(accuracyAttrName))
    return accuracyAttrName;
  return "";
}

namespace {

struct FuseLossWithGradient
    : public Fusion<OpRewritePattern<CrossEntropyBackwardOp>> {
  using Fusion::Fusion;

  LogicalResult matchAndRewrite(CrossEntropyBackwardOp gradient,
                                PatternRewriter &rewriter) const override {
    if (gradient.hasDestinations())
      return failure();
    // Losses of the same logits may differ in their options; which comes first
    // among the users is chance.
    StringRef difference;
    for (Operation *user : gradient.getX().getUsers()) {
      auto loss = dyn_cast<CrossEntropyOp>(user);
      if (!loss || loss.getX() != gradient.getX() ||
          loss.getTarget() != gradient.getTarget() || loss.hasDestinations())
        continue;
      difference = findDifference(loss, gradient);
      if (difference.empty())
        return fuse(loss, gradient, rewriter);
    }
    if (difference.empty())
      return failure();
    return rewriter.notifyMatchFailure(gradient, [&](Diagnostic &diagnostic) {
      diagnostic << "'" << difference
                 << "' of the loss and of the gradient differ";
    });
  }

private:
  LogicalResult fuse(CrossEntropyOp loss, CrossEntropyBackwardOp gradient,
                     PatternRewriter &rewriter) const {
    if (gradient->getNumResults() != 1)
      return rewriter.notifyMatchFailure(
          gradient, "'act.cross_entropy_with_grad' has no gradient of targets");
    Value lse = gradient.getLse();
    std::optional<unsigned> own = loss.findRowOutput(RowOutput::Lse);
    if (lse && !(own && lse == loss->getResult(*own)))
      return rewriter.notifyMatchFailure(
          gradient, "the gradient reads an 'lse' that is not the loss's");
    if (failed(checkSameBlock(rewriter, loss, gradient)))
      return failure();
    // The logsumexp that only the gradient read is not needed any more.
    bool keepsLse =
        own && llvm::any_of(loss->getResult(*own).getUsers(),
                            [&](Operation *user) { return user != gradient; });
    SmallVector<Value> operands{gradient.getDloss()};
    Operation *place = findCommonPlace(rewriter, gradient, loss, operands);
    if (!place)
      return failure();
    replace(loss, gradient, own && !keepsLse ? own : std::nullopt, place,
            rewriter);
    return success();
  }

  /// `dropped` is the number of a result of the loss that is left out.
  void replace(CrossEntropyOp loss, CrossEntropyBackwardOp gradient,
               std::optional<unsigned> dropped, Operation *place,
               PatternRewriter &rewriter) const {
    Extra extra = loss.getExtra();
    if (dropped)
      extra = bitEnumClear(extra, Extra::Lse);
    SmallVector<Type> types{loss->getResult(0).getType(),
                            gradient->getResult(0).getType()};
    for (unsigned i = 1; i != loss->getNumResults(); ++i)
      if (i != dropped)
        types.push_back(loss->getResult(i).getType());

    rewriter.setInsertionPoint(place);
    auto fused = CrossEntropyWithGradOp::create(
        rewriter, rewriter.getFusedLoc({loss.getLoc(), gradient.getLoc()}),
        types, loss.getX(), loss.getTarget(), gradient.getDloss(),
        loss.getClassWeight(), loss.getTokenWeight(), /*outs=*/ValueRange(),
        loss.getDimAttr(), loss.getIgnoreIndexAttr(), loss.getReductionAttr(),
        loss.getEmptyMeanAttr(), loss.getLabelSmoothingAttr(),
        loss.getSmoothingAttr(), loss.getSmoothOverAttr(), loss.getZLossAttr(),
        loss.getTemperatureAttr(), loss.getSoftcapAttr(),
        ExtraAttr::get(getContext(), extra));
    fused->setDiscardableAttrs(loss->getDiscardableAttrDictionary());
    remarkFused(*this, fused,
                "'act.cross_entropy' and 'act.cross_entropy_backward'");

    rewriter.replaceOp(gradient, fused->getResult(1));
    SmallVector<Value> results{fused->getResult(0)};
    unsigned next = 2;
    for (unsigned i = 1; i != loss->getNumResults(); ++i)
      results.push_back(i == dropped ? Value() : fused->getResult(next++));
    rewriter.replaceOp(loss, results);
  }
};

} // namespace

void act::populateActFuseLossWithGradientPatterns(RewritePatternSet &patterns,
                                                  const FuseOptions &options) {
  patterns.add<FuseLossWithGradient>("loss-with-gradient", options,
                                     patterns.getContext());
}
