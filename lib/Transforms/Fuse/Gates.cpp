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
#include "Numbers.h"

using namespace mlir;
using namespace act;

namespace {

/// Where both factors are activations, the first that can be the gate is.
struct FuseGate : public FuseProduct<FuseGate> {
  using FuseProduct::FuseProduct;

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
    if (failed(checkGateBits(rewriter, product, *factor, u.getType(), options)))
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

/// min(max(x, -limit), limit), in either order.
struct Clamp {
  Value x;
  double limit;
  SmallVector<Operation *, 2> parts;
};

/// x and the number of Op(x, number), in either order.
template <typename Op>
std::optional<std::pair<Value, double>> findWithNumber(Value value) {
  auto op = value.getDefiningOp<Op>();
  if (!op)
    return std::nullopt;
  if (std::optional<double> number = findNumber(op.getRhs()))
    return {{op.getLhs(), *number}};
  if (std::optional<double> number = findNumber(op.getLhs()))
    return {{op.getRhs(), *number}};
  return std::nullopt;
}

std::optional<Clamp> findClamp(Value value) {
  if (auto upper = findWithNumber<arith::MinimumFOp>(value))
    if (auto lower = findWithNumber<arith::MaximumFOp>(upper->first))
      if (lower->second == -upper->second)
        return Clamp{lower->first,
                     upper->second,
                     {value.getDefiningOp(), upper->first.getDefiningOp()}};
  if (auto lower = findWithNumber<arith::MaximumFOp>(value))
    if (auto upper = findWithNumber<arith::MinimumFOp>(lower->first))
      if (lower->second == -upper->second)
        return Clamp{upper->first,
                     upper->second,
                     {value.getDefiningOp(), lower->first.getDefiningOp()}};
  return std::nullopt;
}

/// swish(min(g, L)) (clamp(u, -L, L) + o).
struct FuseClampedGate : public FuseProduct<FuseClampedGate> {
  using FuseProduct::FuseProduct;

  LogicalResult fuse(arith::MulFOp product, Value phi, Value other,
                     PatternRewriter &rewriter) const {
    std::optional<GateFactor> factor = findGateFactor(phi);
    auto shifted = findWithNumber<arith::AddFOp>(other);
    if (!factor || !shifted)
      return failure();
    std::optional<double> alpha = findAlpha(*factor);
    auto bounded = findWithNumber<arith::MinimumFOp>(factor->g);
    std::optional<Clamp> clamp = findClamp(shifted->first);
    if (!alpha || !bounded || !clamp)
      return failure();
    if (bounded->second != clamp->limit)
      return rewriter.notifyMatchFailure(product, [&](Diagnostic &diagnostic) {
        diagnostic << "swiglu_oai has one limit, found " << bounded->second
                   << " and " << clamp->limit;
      });
    if (!(std::isfinite(clamp->limit) && clamp->limit > 0) ||
        !std::isfinite(shifted->second) ||
        bounded->first.getType() != clamp->x.getType())
      return failure();
    Operation *bound = factor->g.getDefiningOp();
    Operation *shift = other.getDefiningOp();
    if (failed(checkChain(rewriter, product, {factor->activation, bound})) ||
        failed(checkChain(rewriter, product,
                          {shift, clamp->parts[0], clamp->parts[1]})) ||
        failed(checkGateBits(rewriter, product, *factor, product.getType(),
                             options)))
      return failure();

    // What the kind has by itself is not written.
    auto number = [&](double value, double usual) {
      return value == usual ? FloatAttr() : rewriter.getF64FloatAttr(value);
    };
    auto gate = GateOp::create(
        rewriter, product.getLoc(), product.getType(),
        GateKindAttr::get(getContext(), GateKind::SwiGLUOAI), bounded->first,
        clamp->x, /*beta=*/FloatAttr(), number(clamp->limit, 7.0),
        /*no_limit=*/UnitAttr(), number(*alpha, 1.702),
        number(shifted->second, 1.0));
    gate->setDiscardableAttrs(
        factor->activation->getDiscardableAttrDictionary());
    remarkFused(*this, gate,
                "clamps, '" + nameOf(factor->activation) +
                    "' and 'arith.mulf'");
    rewriter.replaceOp(product, gate);
    return success();
  }

private:
  static std::optional<double> findAlpha(const GateFactor &factor) {
    if (factor.kind == GateKind::QuickGEGLU)
      return 1.702;
    if (factor.kind != GateKind::SwiGLU)
      return std::nullopt;
    return factor.beta ? factor.beta.getValueAsDouble() : 1.0;
  }

  /// That each serves the one before alone, and the first the product.
  LogicalResult checkChain(PatternRewriter &rewriter, Operation *product,
                           ArrayRef<Operation *> chain) const {
    Operation *user = product;
    for (Operation *part : chain) {
      if (failed(checkSameBlock(rewriter, part, product)) ||
          failed(checkSoleUser(rewriter, part, user)))
        return failure();
      user = part;
    }
    return success();
  }
};

} // namespace

void act::populateActFuseGatePatterns(RewritePatternSet &patterns,
                                      const FuseOptions &options) {
  patterns.add<FuseGate>("gate", options, patterns.getContext());
  patterns.add<FuseClampedGate>("clamped-gate", options, patterns.getContext(),
                                /*benefit=*/2);
}
