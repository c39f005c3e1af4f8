//===- CrossEntropyGradient.h - The gradient of a row -----------*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares the gradient of cross_entropy, given what the sums of a
// row say.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_CONVERSION_TOLOOPS_ROWS_CROSSENTROPYGRADIENT_H
#define ACT_LIB_CONVERSION_TOLOOPS_ROWS_CROSSENTROPYGRADIENT_H

#include "TargetDistribution.h"

namespace act {

/// What a row of cross_entropy is, beside its elements. One of these is left
/// out of the sums: the one whose probability may be next to 1, so that 1 - p
/// comes from the others.
struct CrossEntropyRow {
  /// a, and the factor v zeta of the squared logsumexp, which is null if it is
  /// 0 for all rows.
  mlir::Value tokenWeight, zFactor;
  /// What terms are relative to, in units of the logits; NaN if the row is.
  mlir::Value origin;
  /// L.
  mlir::Value lse;

  /// The element left out and its background, null if there is none.
  mlir::Value excluded, excludedBackground;
  /// i1: whether it is the hard target; null for soft targets.
  mlir::Value isTarget;
  /// The sum of the background of the others.
  mlir::Value otherBackground;
};

/// The gradient of the row at hand:
///   dz_k = G (a (W p_k - w_k q'_k) + 2 v zeta L p_k).
class CrossEntropyGradient {
public:
  /// `cotangent` is G. Terms divided by `total` are probabilities.
  CrossEntropyGradient(RowEmitter &emitter, TargetDistribution &distribution,
                       const CrossEntropyRow &row, mlir::Value cotangent,
                       const RowEmitter::Divisor &total);

  /// dz of a block, which is right but for the element left out and the target.
  mlir::Value makeBlock(mlir::Value terms, mlir::Value logits,
                        mlir::Value position, mlir::Value count);
  /// dz of the element left out, given its term and the sum of the others'.
  mlir::Value makeExcluded(mlir::Value term, mlir::Value others);
  /// dz of a hard target that is not left out.
  mlir::Value makeTarget(mlir::Value term, mlir::Value background);
  /// The gradient of a block of a soft target; `distances` are those of the
  /// logits to the maximum.
  mlir::Value makeTargetBlock(mlir::Value distances, mlir::Value logSum,
                              mlir::Value position, mlir::Value count);

  /// dx of dz, given what the soft cap is applied to, which is null without
  /// one.
  mlir::Value backpropagate(mlir::Value gradient, mlir::Value capArgument);

private:
  mlir::Value normalize(mlir::Value value);
  mlir::Value scaleBackground(mlir::Value background);

  RowEmitter &emitter;
  TargetDistribution &distribution;
  const CrossEntropyRow &row;
  mlir::Value cotangent;
  RowEmitter::Divisor total;
  /// W, and the factor of p.
  mlir::Value allWeight, slope;
  /// i1: whether W is 0, and whether the factor of p is; null if they never
  /// are.
  mlir::Value isWeightless, isFlat;
};

} // namespace act

#endif // ACT_LIB_CONVERSION_TOLOOPS_ROWS_CROSSENTROPYGRADIENT_H
