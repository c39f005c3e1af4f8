//===- Canonicalization.cpp - Simpler forms of operations -----------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file implements the canonicalisation of operations. Every pattern keeps
// all bits, NaN and the sign of zero included.
//
//===----------------------------------------------------------------------===//

#include "Act/IR/Act.h"

#include "mlir/IR/Matchers.h"
#include "mlir/IR/PatternMatch.h"
#include "mlir/IR/TypeUtilities.h"

using namespace mlir;
using namespace act;

//===----------------------------------------------------------------------===//
// Rectifiers
//===----------------------------------------------------------------------===//

namespace {

/// An operation on a result that it does not change: relu(relu(x)).
template <typename Op, typename... Inner>
struct DropIdempotent : public OpRewritePattern<Op> {
  using OpRewritePattern<Op>::OpRewritePattern;

  LogicalResult matchAndRewrite(Op op,
                                PatternRewriter &rewriter) const override {
    Operation *inner = op.getX().getDefiningOp();
    if (!isa_and_present<Inner...>(inner) ||
        op.getX().getType() != op.getType())
      return failure();
    rewriter.replaceOp(op, op.getX());
    return success();
  }
};

/// relu6(relu(x)) is relu6(x), if relu does not round.
struct Relu6OfRelu : public OpRewritePattern<Relu6Op> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(Relu6Op op,
                                PatternRewriter &rewriter) const override {
    auto relu = op.getX().getDefiningOp<ReluOp>();
    if (!relu || relu.getX().getType() != relu.getType())
      return failure();
    rewriter.modifyOpInPlace(op, [&] { op.getXMutable().assign(relu.getX()); });
    return success();
  }
};

/// leaky_relu with slope 1 is x, with slope 0 relu.
struct LeakyReluOfSpecialSlope : public OpRewritePattern<LeakyReluOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(LeakyReluOp op,
                                PatternRewriter &rewriter) const override {
    double slope = op.getSlope();
    if (slope == 1.0 && op.getX().getType() == op.getType()) {
      rewriter.replaceOp(op, op.getX());
      return success();
    }
    if (slope != 0.0)
      return failure();
    DictionaryAttr attributes = op->getDiscardableAttrDictionary();
    auto relu = rewriter.replaceOpWithNewOp<ReluOp>(op, TypeRange(op.getType()),
                                                    ValueRange(op.getX()));
    relu->setDiscardableAttrs(attributes);
    return success();
  }
};

//===----------------------------------------------------------------------===//
// Parameters
//===----------------------------------------------------------------------===//

/// A negative channel_dim counts from the end.
template <typename Op>
struct NormalizeChannelDim : public OpRewritePattern<Op> {
  using OpRewritePattern<Op>::OpRewritePattern;

  LogicalResult matchAndRewrite(Op op,
                                PatternRewriter &rewriter) const override {
    std::optional<uint64_t> given = op.getChannelDim();
    if (!given || static_cast<int64_t>(*given) >= 0)
      return failure();
    int64_t rank = cast<RankedTensorType>(op.getX().getType()).getRank();
    rewriter.modifyOpInPlace(
        op, [&] { op.setChannelDim(getChannelDim(*given, rank)); });
    return success();
  }
};

/// A negative dim of a packed gate counts from the end.
template <typename Op>
struct NormalizeSplitDim : public OpRewritePattern<Op> {
  using OpRewritePattern<Op>::OpRewritePattern;

  LogicalResult matchAndRewrite(Op op,
                                PatternRewriter &rewriter) const override {
    if (static_cast<int64_t>(op.getDim()) >= 0)
      return failure();
    rewriter.modifyOpInPlace(op, [&] { op.setDim(op.getSplitDim()); });
    return success();
  }
};

} // namespace

/// The finite number that an operand is everywhere, as an f64 attribute.
static FloatAttr matchUniformNumber(Value operand) {
  Attribute constant;
  if (!operand || !matchPattern(operand, m_Constant(&constant)))
    return {};
  if (auto elements = dyn_cast<SplatElementsAttr>(constant))
    constant = elements.getSplatValue<Attribute>();
  auto number = dyn_cast<FloatAttr>(constant);
  if (!number || !number.getValue().isFinite())
    return {};
  APFloat value = number.getValue();
  bool losesInfo;
  value.convert(APFloat::IEEEdouble(), APFloat::rmNearestTiesToEven,
                &losesInfo);
  return FloatAttr::get(Float64Type::get(operand.getContext()), value);
}

/// Whether dropping `operand` would change the type that is computed in.
static bool decidesComputeType(Value x, Value operand) {
  return getElementTypeOrSelf(operand).isF64() &&
         !getElementTypeOrSelf(x).isF64();
}

namespace {

/// A constant operand becomes an attribute.
struct SwishOfConstant : public OpRewritePattern<SwishOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(SwishOp op,
                                PatternRewriter &rewriter) const override {
    FloatAttr beta = matchUniformNumber(op.getBetaOperand());
    if (!beta || decidesComputeType(op.getX(), op.getBetaOperand()))
      return failure();
    rewriter.modifyOpInPlace(op, [&] {
      op.getBetaOperandMutable().clear();
      op.setBetaAttr(beta);
      op.removeChannelDimAttr();
    });
    return success();
  }
};

/// The same where nobody wants the gradient of the constant.
struct SwishBackwardOfConstant : public OpRewritePattern<SwishBackwardOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(SwishBackwardOp op,
                                PatternRewriter &rewriter) const override {
    FloatAttr beta = matchUniformNumber(op.getBetaOperand());
    if (!beta || !op.getDbeta().use_empty() ||
        (decidesComputeType(op.getX(), op.getBetaOperand()) &&
         decidesComputeType(op.getDy(), op.getBetaOperand())))
      return failure();
    auto single = SwishBackwardOp::create(
        rewriter, op.getLoc(), op.getDx().getType(), /*dbeta=*/Type(),
        op.getDy(), op.getX(), /*beta_operand=*/Value(), beta,
        /*channel_dim=*/IntegerAttr());
    single->setDiscardableAttrs(op->getDiscardableAttrDictionary());
    rewriter.replaceOp(op, {single.getDx(), Value()});
    return success();
  }
};

} // namespace

//===----------------------------------------------------------------------===//
// Registration
//===----------------------------------------------------------------------===//

void ReluOp::getCanonicalizationPatterns(RewritePatternSet &patterns,
                                         MLIRContext *context) {
  patterns.add<DropIdempotent<ReluOp, ReluOp, Relu6Op>>(context);
}

void Relu6Op::getCanonicalizationPatterns(RewritePatternSet &patterns,
                                          MLIRContext *context) {
  patterns.add<DropIdempotent<Relu6Op, Relu6Op>, Relu6OfRelu>(context);
}

void LeakyReluOp::getCanonicalizationPatterns(RewritePatternSet &patterns,
                                              MLIRContext *context) {
  patterns.add<LeakyReluOfSpecialSlope>(context);
}

void PreluOp::getCanonicalizationPatterns(RewritePatternSet &patterns,
                                          MLIRContext *context) {
  patterns.add<NormalizeChannelDim<PreluOp>>(context);
}

void PreluBackwardOp::getCanonicalizationPatterns(RewritePatternSet &patterns,
                                                  MLIRContext *context) {
  patterns.add<NormalizeChannelDim<PreluBackwardOp>>(context);
}

void SwishOp::getCanonicalizationPatterns(RewritePatternSet &patterns,
                                          MLIRContext *context) {
  patterns.add<NormalizeChannelDim<SwishOp>, SwishOfConstant>(context);
}

void SwishBackwardOp::getCanonicalizationPatterns(RewritePatternSet &patterns,
                                                  MLIRContext *context) {
  patterns.add<NormalizeChannelDim<SwishBackwardOp>, SwishBackwardOfConstant>(
      context);
}

void GluOp::getCanonicalizationPatterns(RewritePatternSet &patterns,
                                        MLIRContext *context) {
  patterns.add<NormalizeSplitDim<GluOp>>(context);
}

void GluBackwardOp::getCanonicalizationPatterns(RewritePatternSet &patterns,
                                                MLIRContext *context) {
  patterns.add<NormalizeSplitDim<GluBackwardOp>>(context);
}
