//===- GateKinds.h - Which activation makes which gate ----------*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares the map from activations, forward and backward, to kinds
// of gates.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_TRANSFORMS_FUSE_GATEKINDS_H
#define ACT_LIB_TRANSFORMS_FUSE_GATEKINDS_H

#include "Fusion.h"

namespace act {

/// phi(g), as the factor of a gate.
struct GateFactor {
  /// The operation that computes it.
  mlir::Operation *activation;
  mlir::Value g;
  GateKind kind;
  /// The number of swiglu; null: 1.
  mlir::FloatAttr beta;
  /// Whether a gradient of it is computed from the output.
  bool fromOutput = false;
};

/// The factor that `value` is, if it is the result of an activation.
std::optional<GateFactor> findGateFactor(mlir::Value value);

/// The factor whose gradient the operation `backward` computes.
std::optional<GateFactor> findGateGradient(mlir::Operation *backward);

/// That the gate of `factor` in place of `root`, of this type, may change bits
/// of the result where it does.
llvm::LogicalResult checkGateBits(mlir::PatternRewriter &rewriter,
                                  mlir::Operation *root,
                                  const GateFactor &factor, mlir::Type type,
                                  const FuseOptions &options);

} // namespace act

#endif // ACT_LIB_TRANSFORMS_FUSE_GATEKINDS_H
