//===- Rows.cpp - Softmax and its logarithm -------------------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file implements the fusions of softmax with exponential or logarithm, of
// a mask with softmax, and of linalg.softmax.
//
//===----------------------------------------------------------------------===//

#include "Fusion.h"
#include "Numbers.h"

#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Math/IR/Math.h"

using namespace mlir;
using namespace act;

SoftmaxOp act::raiseSoftmax(RewriterBase &rewriter, linalg::SoftmaxOp op) {
  if (!op.hasPureTensorSemantics() || !isRowData(op.getInput().getType()))
    return nullptr;
  // The result has the type of the input, whatever that of the init is.
  auto raised = SoftmaxOp::create(
      rewriter, op.getLoc(), op.getInput().getType(), op.getInput(),
      /*mask=*/Value(), /*outs=*/ValueRange(),
      rewriter.getI64IntegerAttr(op.getDimension()),
      /*temperature=*/FloatAttr(), /*softcap=*/FloatAttr(),
      /*empty_row=*/EmptyRowAttr());
  replaceWithCasts(rewriter, op, raised->getResults());
  return raised;
}

namespace {

/// Outer(From(x)) becomes To(x).
template <typename Outer, typename From, typename To>
struct FuseWithElementwise : public Fusion<OpRewritePattern<Outer>> {
  using Fusion<OpRewritePattern<Outer>>::Fusion;

  LogicalResult matchAndRewrite(Outer outer,
                                PatternRewriter &rewriter) const override {
    auto inner = definedFirst<From>(outer.getOperand());
    if (!inner || inner.hasDestinations())
      return failure();
    if (failed(checkSameBlock(rewriter, inner, outer)) ||
        failed(checkSoleUser(rewriter, inner, outer)) ||
        failed(checkSameBits(rewriter, outer, this->options)))
      return failure();
    auto fused = To::create(rewriter, outer.getLoc(), outer->getResultTypes(),
                            inner.getX(), inner.getMask(),
                            /*outs=*/ValueRange(), inner.getDimAttr(),
                            inner.getTemperatureAttr(), inner.getSoftcapAttr(),
                            inner.getEmptyRowAttr());
    fused->setDiscardableAttrs(inner->getDiscardableAttrDictionary());
    remarkFused(*this, fused,
                "'" + nameOf(outer) + "' of '" + nameOf(inner) + "'");
    rewriter.replaceOp(outer, fused);
    return success();
  }
};

using FuseLogSoftmax =
    FuseWithElementwise<math::LogOp, SoftmaxOp, LogSoftmaxOp>;
using FuseSoftmax = FuseWithElementwise<math::ExpOp, LogSoftmaxOp, SoftmaxOp>;

struct FuseLinalgSoftmax : public Fusion<OpRewritePattern<linalg::SoftmaxOp>> {
  using Fusion::Fusion;

  LogicalResult matchAndRewrite(linalg::SoftmaxOp op,
                                PatternRewriter &rewriter) const override {
    Type type = op.getInput().getType();
    if (op.hasPureTensorSemantics() && !isRowData(type))
      return rewriter.notifyMatchFailure(op, [&](Diagnostic &diagnostic) {
        diagnostic << "'act.softmax' has no data of type " << type;
      });
    if (failed(checkSameBits(rewriter, op, options)))
      return failure();
    std::string name = nameOf(op).str();
    SoftmaxOp fused = raiseSoftmax(rewriter, op);
    if (!fused)
      return failure();
    remarkFused(*this, fused, "'" + name + "'");
    return success();
  }
};

/// softmax(mask ? x : -inf) keeps x where the mask is true.
struct FuseMask : public Fusion<OpRewritePattern<SoftmaxOp>> {
  using Fusion::Fusion;

  LogicalResult matchAndRewrite(SoftmaxOp op,
                                PatternRewriter &rewriter) const override {
    auto select = op.getX().getDefiningOp<arith::SelectOp>();
    if (!select || op.hasDestinations() ||
        !isRowMask(select.getCondition().getType()))
      return failure();
    std::optional<double> masked = findNumber(select.getFalseValue());
    if (!masked)
      return failure();
    if (*masked != -std::numeric_limits<double>::infinity())
      return rewriter.notifyMatchFailure(op, [&](Diagnostic &diagnostic) {
        diagnostic << "what a mask hides is exactly -inf, found " << *masked;
      });
    if (op.getMask())
      return rewriter.notifyMatchFailure(op, "there is a mask already");
    if (op.getSoftcap())
      return rewriter.notifyMatchFailure(
          op, "the soft cap would come before the mask, and -inf is capped");
    if (failed(checkSameBlock(rewriter, select, op)) ||
        failed(checkSoleUser(rewriter, select, op)) ||
        failed(checkSameBits(rewriter, op, options)))
      return failure();
    rewriter.modifyOpInPlace(op, [&] {
      op.getMaskMutable().assign(select.getCondition());
      op.getXMutable().assign(select.getTrueValue());
    });
    remarkFused(*this, op, "'arith.select' and 'act.softmax'");
    return success();
  }
};

} // namespace

void act::populateActFuseRowPatterns(RewritePatternSet &patterns,
                                     const FuseOptions &options) {
  MLIRContext *context = patterns.getContext();
  patterns.add<FuseLogSoftmax>("log-softmax", options, context);
  patterns.add<FuseSoftmax>("softmax", options, context);
  patterns.add<FuseLinalgSoftmax>("softmax", options, context);
  patterns.add<FuseMask>("mask", options, context);
}
