//===- Fuse.h - Patterns that fuse ------------------------------*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares the patterns of the pass act-fuse, for use in passes of a
// host compiler.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_TRANSFORMS_FUSE_H
#define ACT_TRANSFORMS_FUSE_H

#include "Act/IR/Act.h"

#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/IR/PatternMatch.h"

namespace act {

/// What fusing may do.
struct FuseOptions {
  /// Fuse only what keeps every bit of the results.
  bool strict = false;
};

/// Makes act.softmax of linalg.softmax on tensors, with fewer roundings. A null
/// operation if it is on memory, or of data that act.softmax does not take.
SoftmaxOp raiseSoftmax(mlir::RewriterBase &rewriter,
                       mlir::linalg::SoftmaxOp op);

/// The category of the remarks that the patterns emit.
inline constexpr llvm::StringLiteral fuseRemarkCategory = "act-fuse";

/// Adds all patterns below. A pattern that does not apply although its parts
/// are nearly there gives the reason to notifyMatchFailure, and fails silently
/// otherwise. One that applies emits a passed remark.
void populateActFusePatterns(mlir::RewritePatternSet &patterns,
                             const FuseOptions &options = {});

/// Adds the patterns that make activations of exponentials, erf and tanh.
void populateActFuseSpelledActivationPatterns(mlir::RewritePatternSet &patterns,
                                              const FuseOptions &options);

/// Adds the patterns that make a gate of an activation and a product, with
/// clamped operands or without.
void populateActFuseGatePatterns(mlir::RewritePatternSet &patterns,
                                 const FuseOptions &options);

/// Adds the pattern that makes a gate's gradient of those of an activation and
/// a product.
void populateActFuseGateGradientPatterns(mlir::RewritePatternSet &patterns,
                                         const FuseOptions &options);

/// Adds the pattern that makes a packed gate of a gate of two slices.
void populateActFusePackedGatePatterns(mlir::RewritePatternSet &patterns,
                                       const FuseOptions &options);

/// Adds the patterns that put softmax together with exponential, logarithm or
/// mask, and make it of linalg.softmax.
void populateActFuseRowPatterns(mlir::RewritePatternSet &patterns,
                                const FuseOptions &options);

/// Adds the patterns that make softmax and log_softmax of exponentials, their
/// sum and the maximum, spread over linalg and elementwise operations.
void populateActFuseSpelledSoftmaxPatterns(mlir::RewritePatternSet &patterns,
                                           const FuseOptions &options);

/// Adds the patterns that make temperature and softcap of scaled logits.
void populateActFuseRowScalePatterns(mlir::RewritePatternSet &patterns,
                                     const FuseOptions &options);

/// Adds the patterns that make cross entropy of log_softmax and nll, forward
/// and backward.
void populateActFuseLossPatterns(mlir::RewritePatternSet &patterns,
                                 const FuseOptions &options);

/// Adds the patterns that make cross entropy of log_softmax and one-hot targets
/// in linalg operations.
void populateActFuseOneHotLossPatterns(mlir::RewritePatternSet &patterns,
                                       const FuseOptions &options);

/// Adds the pattern that computes cross entropy and its gradient at once.
void populateActFuseLossWithGradientPatterns(mlir::RewritePatternSet &patterns,
                                             const FuseOptions &options);

/// Adds the pattern that lets a product of matrices add to another one.
void populateActFuseProductSumPatterns(mlir::RewritePatternSet &patterns,
                                       const FuseOptions &options);

} // namespace act

#endif // ACT_TRANSFORMS_FUSE_H
