//===- ProductSums.cpp - Sums of products of matrices ---------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file lets a product of matrices add to another one. The gradient of an
// operand of several products is such a sum.
//
//===----------------------------------------------------------------------===//

#include "Fusion.h"

#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Utils/StaticValueUtils.h"
#include "mlir/IR/Matchers.h"

using namespace mlir;
using namespace act;

static linalg::LinalgOp findProduct(Value value) {
  auto product = value.getDefiningOp<linalg::LinalgOp>();
  if (!product || !linalg::isaContractionOpInterface(product) ||
      !product.hasPureTensorSemantics() || product.getNumDpsInits() != 1)
    return nullptr;
  return product;
}

static bool startsFromZero(linalg::LinalgOp product) {
  auto fill = product.getDpsInits().front().getDefiningOp<linalg::FillOp>();
  return fill && matchPattern(fill.value(), m_AnyZeroFloat());
}

namespace {

struct FuseProductSum : public Fusion<OpRewritePattern<arith::AddFOp>> {
  using Fusion::Fusion;

  LogicalResult matchAndRewrite(arith::AddFOp sum,
                                PatternRewriter &rewriter) const override {
    linalg::LinalgOp first = findProduct(sum.getLhs());
    linalg::LinalgOp second = findProduct(sum.getRhs());
    // A sum of 16-bit products would round less often, in a kernel that adds
    // in f32 and has no room for what is there.
    Type element = getElementTypeOrSelf(sum.getType());
    if (!first || !second || !(element.isF32() || element.isF64()))
      return failure();
    for (linalg::LinalgOp product : {first, second})
      if (failed(checkSameBlock(rewriter, product, sum)) ||
          failed(checkSoleUser(rewriter, product, sum)))
        return failure();
    if (first == second)
      return rewriter.notifyMatchFailure(
          sum, "the product is added to itself: multiply it by 2");
    if (second->isBeforeInBlock(first))
      std::swap(first, second);
    if (!startsFromZero(second))
      std::swap(first, second);
    if (!startsFromZero(second))
      return rewriter.notifyMatchFailure(
          sum, "no product starts from 0: both add to a tensor already");
    if (options.strict)
      return rewriter.notifyMatchFailure(
          sum, "'strict' keeps the order in which terms are added");
    fuse(sum, first, second, rewriter);
    return success();
  }

private:
  /// Lets `second` start from the result of `first`.
  void fuse(arith::AddFOp sum, linalg::LinalgOp first, linalg::LinalgOp second,
            PatternRewriter &rewriter) const {
    rewriter.setInsertionPoint(sum);
    SmallVector<Value> operands(second.getDpsInputs());
    operands.push_back(first->getResult(0));
    Operation *fused = mlir::clone(rewriter, second.getOperation(),
                                   sum->getResultTypes(), operands);
    fused->setLoc(rewriter.getFusedLoc({second.getLoc(), sum.getLoc()}));
    remarkFused(*this, fused, "'" + nameOf(second) + "' and 'arith.addf'");
    rewriter.replaceOp(sum, fused);
  }
};

} // namespace

void act::populateActFuseProductSumPatterns(RewritePatternSet &patterns,
                                            const FuseOptions &options) {
  patterns.add<FuseProductSum>("product-sum", options, patterns.getContext());
}
