//===- Fusion.h - What fusing patterns share --------------------*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares the base of the patterns that fuse, and the preconditions
// that many of them have.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_TRANSFORMS_FUSE_FUSION_H
#define ACT_LIB_TRANSFORMS_FUSE_FUSION_H

#include "Act/IR/Act.h"
#include "Act/IR/Casts.h"
#include "Act/Transforms/Fuse.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/IR/PatternMatch.h"
#include "mlir/IR/Remarks.h"

namespace act {

/// A pattern with a name: that of its remarks, and of its family in statistics.
template <typename Base> class Fusion : public Base {
public:
  template <typename... Arguments>
  Fusion(llvm::StringRef name, const FuseOptions &options,
         Arguments &&...arguments)
      : Base(std::forward<Arguments>(arguments)...), options(options) {
    this->setDebugName(name);
  }

protected:
  FuseOptions options;
};

/// What the remarks of the pattern on `op` carry.
mlir::remark::RemarkOpts remarkOptions(const mlir::Pattern &pattern,
                                       mlir::Operation *op);

/// Tells that `what` became `op`.
void remarkFused(const mlir::Pattern &pattern, mlir::Operation *op,
                 const llvm::Twine &what);

/// "act.silu".
llvm::StringRef nameOf(mlir::Operation *op);

/// The operation whose first result is `value`, if it is an `Op`: further
/// results are other things, such as logsumexps.
template <typename Op> Op definedFirst(mlir::Value value) {
  auto result = llvm::dyn_cast<mlir::OpResult>(value);
  return result && result.getResultNumber() == 0
             ? llvm::dyn_cast<Op>(result.getOwner())
             : Op();
}

/// That nothing but `user` uses the results of `part`. Else they would be
/// computed twice, which is said of `root`, or of `user`.
llvm::LogicalResult checkSoleUser(mlir::PatternRewriter &rewriter,
                                  mlir::Operation *part, mlir::Operation *user,
                                  mlir::Operation *root = nullptr);

/// That both stand in one block: `part` must not come to run more often.
llvm::LogicalResult checkSameBlock(mlir::PatternRewriter &rewriter,
                                   mlir::Operation *part,
                                   mlir::Operation *user);

/// That leaving out the rounding to the elements of `type` between two
/// operations is allowed, where there is one.
llvm::LogicalResult checkRounding(mlir::PatternRewriter &rewriter,
                                  mlir::Operation *op, mlir::Type type,
                                  const FuseOptions &options);

/// That results may change within what a fusion promises.
llvm::LogicalResult checkSameBits(mlir::PatternRewriter &rewriter,
                                  mlir::Operation *op,
                                  const FuseOptions &options);

/// The pattern `Derived` on a product. Its `fuse` is tried with the factors in
/// either order.
template <typename Derived>
struct FuseProduct
    : public Fusion<mlir::OpRewritePattern<mlir::arith::MulFOp>> {
  using Fusion::Fusion;

  llvm::LogicalResult
  matchAndRewrite(mlir::arith::MulFOp product,
                  mlir::PatternRewriter &rewriter) const override {
    auto *self = static_cast<const Derived *>(this);
    if (succeeded(
            self->fuse(product, product.getLhs(), product.getRhs(), rewriter)))
      return llvm::success();
    return self->fuse(product, product.getRhs(), product.getLhs(), rewriter);
  }
};

/// Lets a family of patterns, whose `match` takes any operation, start at an
/// Op.
template <template <typename> class Family, typename Op>
struct StartAt : public Family<mlir::OpRewritePattern<Op>> {
  using Base = Family<mlir::OpRewritePattern<Op>>;
  using Base::Base;

  llvm::LogicalResult
  matchAndRewrite(Op op, mlir::PatternRewriter &rewriter) const override {
    return this->match(op, rewriter);
  }
};

/// The same at an operation of linalg on tensors.
template <template <typename> class Family>
struct StartAtLinalg
    : public Family<mlir::OpInterfaceRewritePattern<mlir::linalg::LinalgOp>> {
  using Base = Family<mlir::OpInterfaceRewritePattern<mlir::linalg::LinalgOp>>;
  using Base::Base;

  llvm::LogicalResult
  matchAndRewrite(mlir::linalg::LinalgOp op,
                  mlir::PatternRewriter &rewriter) const override {
    if (!op.hasPureTensorSemantics())
      return llvm::failure();
    return this->match(op, rewriter);
  }
};

/// Where one operation on `operands` can take the place of two in one block:
/// before the first of them, or before the second if the operands are not there
/// yet and nobody uses the first in between. Null if neither is possible.
mlir::Operation *findCommonPlace(mlir::PatternRewriter &rewriter,
                                 mlir::Operation *one, mlir::Operation *other,
                                 llvm::ArrayRef<mlir::Value> operands);

} // namespace act

#endif // ACT_LIB_TRANSFORMS_FUSE_FUSION_H
