//===- Losses.cpp - Losses of logits --------------------------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file implements the fusion of log_softmax and nll, and of their
// gradients, to cross entropy.
//
//===----------------------------------------------------------------------===//

#include "Fusion.h"

using namespace mlir;
using namespace act;

/// That log_softmax, forward or backward, computes what stands inside of cross
/// entropy with the classes of `loss`.
template <typename Op>
static LogicalResult checkLogSoftmax(PatternRewriter &rewriter, Op op,
                                     LossOpInterface loss, Operation *root) {
  if (op.getRowDim() != loss.getRowDim())
    return rewriter.notifyMatchFailure(root, [&](Diagnostic &diagnostic) {
      diagnostic << "'" << op->getName() << "' runs along dimension "
                 << op.getRowDim() << ", the classes along "
                 << loss.getRowDim();
    });
  if (op.getMask())
    return rewriter.notifyMatchFailure(
        root, "a mask has no place in 'act.cross_entropy'");
  if (op.getEmptyRow() != EmptyRow::NaN)
    return rewriter.notifyMatchFailure(root, [&](Diagnostic &diagnostic) {
      diagnostic << "empty_row(" << stringifyEmptyRow(op.getEmptyRow())
                 << ") has no place in 'act.cross_entropy'";
    });
  return success();
}

namespace {

/// nll(log_softmax x).
struct FuseCrossEntropy : public Fusion<OpRewritePattern<NLLOp>> {
  using Fusion::Fusion;

  LogicalResult matchAndRewrite(NLLOp nll,
                                PatternRewriter &rewriter) const override {
    auto inner = definedFirst<LogSoftmaxOp>(nll.getX());
    if (!inner || nll.hasDestinations() || inner.hasDestinations())
      return failure();
    if (failed(checkLogSoftmax(rewriter, inner, nll, nll)) ||
        failed(checkSameBlock(rewriter, inner, nll)) ||
        failed(checkSoleUser(rewriter, inner, nll)) ||
        failed(checkSameBits(rewriter, nll, options)))
      return failure();
    auto fused = CrossEntropyOp::create(
        rewriter, nll.getLoc(), nll->getResultTypes(), inner.getX(),
        nll.getTarget(), nll.getClassWeight(), nll.getTokenWeight(),
        /*outs=*/ValueRange(), nll.getDimAttr(), nll.getIgnoreIndexAttr(),
        nll.getReductionAttr(), nll.getEmptyMeanAttr(),
        /*label_smoothing=*/FloatAttr(), /*smoothing=*/SmoothingAttr(),
        /*smooth_over=*/SmoothOverAttr(), /*z_loss=*/FloatAttr(),
        inner.getTemperatureAttr(), inner.getSoftcapAttr(),
        /*extra=*/ExtraAttr());
    fused->setDiscardableAttrs(inner->getDiscardableAttrDictionary());
    remarkFused(*this, fused, "'act.log_softmax' and 'act.nll'");
    rewriter.replaceOp(nll, fused->getResults());
    return success();
  }
};

/// log_softmax_backward(nll_backward).
struct FuseCrossEntropyGradient
    : public Fusion<OpRewritePattern<LogSoftmaxBackwardOp>> {
  using Fusion::Fusion;

  LogicalResult matchAndRewrite(LogSoftmaxBackwardOp op,
                                PatternRewriter &rewriter) const override {
    auto nll = definedFirst<NLLBackwardOp>(op.getDy());
    if (!nll || nll.hasDestinations() || op.hasDestinations())
      return failure();
    auto forward = definedFirst<LogSoftmaxOp>(nll.getX());
    if (!forward)
      return rewriter.notifyMatchFailure(
          op, "'act.nll_backward' is not of a result of 'act.log_softmax'");
    // The gradient reads the logits, or what was saved in their place.
    Value read = op.getSaved() == Saved::Output ? nll.getX() : forward.getX();
    Value x = forward.getX();
    if (op.getX() != read || forward.getMask() != op.getMask() ||
        forward.getRowDim() != op.getRowDim() ||
        forward.getTemperature() != op.getTemperature() ||
        forward.getSoftcap() != op.getSoftcap())
      return rewriter.notifyMatchFailure(
          op, "'act.nll_backward' is of another 'act.log_softmax'");
    if (failed(checkLogSoftmax(rewriter, op, nll, op)) ||
        failed(checkSameBlock(rewriter, nll, op)) ||
        failed(checkSoleUser(rewriter, nll, op)) ||
        failed(checkSameBits(rewriter, op, options)))
      return failure();
    auto fused = CrossEntropyBackwardOp::create(
        rewriter, op.getLoc(), op->getResultTypes(), nll.getDloss(), x,
        nll.getTarget(), op.getLse(), nll.getClassWeight(),
        nll.getTokenWeight(), /*outs=*/ValueRange(), nll.getDimAttr(),
        nll.getIgnoreIndexAttr(), nll.getReductionAttr(),
        nll.getEmptyMeanAttr(), /*label_smoothing=*/FloatAttr(),
        /*smoothing=*/SmoothingAttr(), /*smooth_over=*/SmoothOverAttr(),
        /*z_loss=*/FloatAttr(), op.getTemperatureAttr(), op.getSoftcapAttr());
    fused->setDiscardableAttrs(op->getDiscardableAttrDictionary());
    remarkFused(*this, fused,
                "'act.nll_backward' and 'act.log_softmax_backward'");
    rewriter.replaceOp(op, fused->getResults());
    return success();
  }
};

} // namespace

void act::populateActFuseLossPatterns(RewritePatternSet &patterns,
                                      const FuseOptions &options) {
  patterns.add<FuseCrossEntropy>("cross-entropy", options,
                                 patterns.getContext());
  patterns.add<FuseCrossEntropyGradient>("cross-entropy-gradient", options,
                                         patterns.getContext());
}
