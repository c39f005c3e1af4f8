//===- ExactProducts.cpp - Products that need no rounding -----------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file implements what evaluations say of their products: that a sum may
// be fused with one. The terms of a row are such products, by powers of two, of
// which each sum has one.
//
//===----------------------------------------------------------------------===//

#include "ExactProducts.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/IR/PatternMatch.h"

using namespace mlir;
using namespace act;

static constexpr llvm::StringLiteral exactAttrName = "act.exact";

void act::markExactProduct(Operation *op) {
  op->setAttr(exactAttrName, UnitAttr::get(op->getContext()));
}

void act::forgetExactProducts(Operation *root) {
  root->walk([](arith::MulFOp op) { op->removeAttr(exactAttrName); });
}

/// The product that `term` is, if it is one that nothing else reads.
static arith::MulFOp getExactProduct(Value term) {
  auto product = term.getDefiningOp<arith::MulFOp>();
  if (!product || !product->hasAttr(exactAttrName) || !product->hasOneUse())
    return nullptr;
  return product;
}

/// Makes one operation of `op` and a product that it adds, if there is one.
static void fuseExactProduct(arith::AddFOp op) {
  Value other = op.getLhs();
  arith::MulFOp product = getExactProduct(op.getRhs());
  if (!product) {
    other = op.getRhs();
    product = getExactProduct(op.getLhs());
  }
  if (!product)
    return;
  OpBuilder builder(op);
  Value fused = math::FmaOp::create(builder, op.getLoc(), product.getLhs(),
                                    product.getRhs(), other);
  op.replaceAllUsesWith(fused);
  op.erase();
  product.erase();
}

void act::fuseExactProducts(Operation *root) {
  SmallVector<arith::AddFOp> additions;
  root->walk([&](arith::AddFOp op) { additions.push_back(op); });
  llvm::for_each(additions, fuseExactProduct);
}
