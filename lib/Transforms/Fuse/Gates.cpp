//===- Gates.cpp - Gates of an activation and a product -------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file implements the fusion of phi(g) u, in either order, to a gate.
//
//===----------------------------------------------------------------------===//

#include "Fusion.h"
#include "GateKinds.h"

using namespace mlir;
using namespace act;

namespace {

struct FuseGate : public Fusion<OpRewritePattern<arith::MulFOp>> {
  using Fusion::Fusion;

  LogicalResult matchAndRewrite(arith::MulFOp product,
                                PatternRewriter &rewriter) const override {
    // Where both factors are activations, the first that can be the gate is.
    if (succeeded(fuse(product, product.getLhs(), product.getRhs(), rewriter)))
      return success();
    return fuse(product, product.getRhs(), product.getLhs(), rewriter);
  }

private:
  LogicalResult fuse(arith::MulFOp product, Value phi, Value u,
                     PatternRewriter &rewriter) const {
    std::optional<GateFactor> factor = findGateFactor(phi);
    if (!factor || phi == u)
      return failure();
    if (failed(checkSameBlock(rewriter, factor->activation, product)) ||
        failed(checkSoleUser(rewriter, factor->activation, product)))
      return failure();
    if (factor->g.getType() != u.getType())
      return rewriter.notifyMatchFailure(product, [&](Diagnostic &diagnostic) {
        diagnostic << "a gate has operands of one type, found "
                   << factor->g.getType() << " and " << u.getType();
      });
    if (failed(checkRounding(rewriter, product, u.getType(), options)))
      return failure();

    auto gate = GateOp::create(rewriter, product.getLoc(), product.getType(),
                               GateKindAttr::get(getContext(), factor->kind),
                               factor->g, u, factor->beta,
                               /*limit=*/FloatAttr(), /*no_limit=*/UnitAttr(),
                               /*alpha=*/FloatAttr(), /*offset=*/FloatAttr());
    gate->setDiscardableAttrs(
        factor->activation->getDiscardableAttrDictionary());
    remarkFused(*this, gate,
                "'" + nameOf(factor->activation) + "' and 'arith.mulf'");
    rewriter.replaceOp(product, gate);
    return success();
  }
};

} // namespace

void act::populateActFuseGatePatterns(RewritePatternSet &patterns,
                                      const FuseOptions &options) {
  patterns.add<FuseGate>("gate", options, patterns.getContext());
}
