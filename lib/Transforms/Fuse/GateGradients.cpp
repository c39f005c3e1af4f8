//===- GateGradients.cpp - Gradients of gates -----------------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file implements the fusion of the gradients of phi(g) u, which are
// phi'(g) (dy u) and dy phi(g), to the gradient of a gate. It computes the
// exponential in phi and phi' once.
//
//===----------------------------------------------------------------------===//

#include "Fusion.h"
#include "GateKinds.h"

using namespace mlir;
using namespace act;

namespace {

/// du = dy phi(g), and the other factors of both gradients.
struct Products {
  Operation *du;
  /// What computes phi(g); null if `du` is a gate itself.
  Operation *activation;
  Value dy, u;
};

/// Whether both compute one function of one value.
bool areSame(const GateFactor &one, const GateFactor &other) {
  return one.g == other.g && one.kind == other.kind && one.beta == other.beta;
}

/// Whether `op` is the product of `dy` and the factor, which may be a gate by
/// now. `activation` is what computes the factor, if it is not.
bool isProduct(Operation *op, Value dy, const GateFactor &factor,
               Operation *&activation) {
  activation = nullptr;
  if (auto gate = dyn_cast<GateOp>(op))
    return gate.getU() == dy && gate.getType() == dy.getType() &&
           areSame(factor,
                   {gate, gate.getG(), gate.getKind(), gate.getBetaAttr()});
  auto product = dyn_cast<arith::MulFOp>(op);
  if (!product || product.getLhs() == product.getRhs())
    return false;
  Value phi = product.getLhs() == dy ? product.getRhs() : product.getLhs();
  std::optional<GateFactor> other = findGateFactor(phi);
  if (!other || !areSame(factor, *other))
    return false;
  activation = other->activation;
  return true;
}

struct FuseGateGradient
    : public Fusion<OpInterfaceRewritePattern<ElementwiseRuleOpInterface>> {
  using Fusion::Fusion;

  LogicalResult matchAndRewrite(ElementwiseRuleOpInterface backward,
                                PatternRewriter &rewriter) const override {
    std::optional<GateFactor> factor = findGateGradient(backward);
    Value da = backward.getCotangent();
    auto product = da ? da.getDefiningOp<arith::MulFOp>() : arith::MulFOp();
    if (!factor || !product)
      return failure();
    std::optional<Products> products = findProducts(*factor, product);
    if (!products)
      return failure();
    if (failed(checkSameBlock(rewriter, products->du, backward)) ||
        failed(checkSoleUser(rewriter, product, backward)) ||
        failed(checkActivation(rewriter, *products, backward)) ||
        failed(checkTypes(rewriter, *factor, *products, backward)))
      return failure();

    Operation *place = findCommonPlace(rewriter, backward, products->du,
                                       {products->dy, factor->g, products->u});
    if (!place)
      return failure();
    rewriter.setInsertionPoint(place);
    Type type = factor->g.getType();
    auto gate = GateBackwardOp::create(
        rewriter,
        rewriter.getFusedLoc({backward.getLoc(), products->du->getLoc()}), type,
        type, GateKindAttr::get(getContext(), factor->kind), products->dy,
        factor->g, products->u, factor->beta, /*limit=*/FloatAttr(),
        /*no_limit=*/UnitAttr(), /*alpha=*/FloatAttr(), /*offset=*/FloatAttr());
    gate->setDiscardableAttrs(backward->getDiscardableAttrDictionary());
    remarkFused(*this, gate,
                "'" + nameOf(backward) + "' and the products around it");
    rewriter.replaceOp(backward, gate.getDg());
    rewriter.replaceOp(products->du, gate.getDu());
    return success();
  }

private:
  /// The latest product of one of the factors of `product` and phi(g). Where
  /// the forward product is there too, it comes first.
  static std::optional<Products> findProducts(const GateFactor &factor,
                                              arith::MulFOp product) {
    std::optional<Products> found;
    auto search = [&](Value dy, Value u) {
      for (Operation *du : dy.getUsers()) {
        Operation *activation;
        if (du == product || du->getBlock() != product->getBlock() ||
            !isProduct(du, dy, factor, activation))
          continue;
        if (!found || found->du->isBeforeInBlock(du))
          found = Products{du, activation, dy, u};
      }
    };
    search(product.getLhs(), product.getRhs());
    if (product.getLhs() != product.getRhs())
      search(product.getRhs(), product.getLhs());
    return found;
  }

  /// phi(g) may serve products alone, which become gates themselves.
  static LogicalResult checkActivation(PatternRewriter &rewriter,
                                       const Products &products,
                                       Operation *backward) {
    if (!products.activation)
      return success();
    for (Operation *user : products.activation->getUsers())
      if (!isa<arith::MulFOp>(user) && user != backward)
        return rewriter.notifyMatchFailure(
            backward, [&](Diagnostic &diagnostic) {
              diagnostic << "'" << products.activation->getName()
                         << "' is also used by '" << user->getName()
                         << "' and would be computed twice";
            });
    return success();
  }

  LogicalResult checkTypes(PatternRewriter &rewriter, const GateFactor &factor,
                           const Products &products,
                           Operation *backward) const {
    if (factor.g.getType() != products.u.getType())
      return rewriter.notifyMatchFailure(backward, [&](Diagnostic &diagnostic) {
        diagnostic << "a gate has operands of one type, found "
                   << factor.g.getType() << " and " << products.u.getType();
      });
    return checkGateBits(rewriter, backward, factor, factor.g.getType(),
                         options);
  }
};

} // namespace

void act::populateActFuseGateGradientPatterns(RewritePatternSet &patterns,
                                              const FuseOptions &options) {
  patterns.add<FuseGateGradient>("gate-gradient", options,
                                 patterns.getContext());
}
