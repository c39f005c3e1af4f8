//===- Expand.h - Act and math operations as arithmetic ---------*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares the expansion of act operations, math functions and
// 16-bit conversions on scalars and vectors into arithmetic that needs no
// library: for passes, and for compilers that lower act operations inside
// their own kernels.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_CONVERSION_EXPAND_H
#define ACT_CONVERSION_EXPAND_H

#include "mlir/IR/PatternMatch.h"

#include <string>

namespace act {

/// What the expansion may rely on.
struct ExpandOptions {
  /// The tier of operations that carry no `act.accuracy` attribute: "exact",
  /// "default", or "fast", which is "default" outside of a gpu.module.
  std::string accuracy = "default";
  /// Whether the target fuses a*b+c in hardware. Without, math.fma becomes an
  /// exact sequence in f64 (NaN payloads aside, the same bits).
  bool hasFMA = true;
  /// Whether the target converts between f16 and f32 in hardware.
  bool hasF16C = true;
  /// Whether the target shuffles 16-bit elements of two registers in one
  /// instruction.
  bool hasWordShuffle = false;
  /// Whether the target rounds f32 to bf16 in hardware, to nearest even and to
  /// subnormal numbers too. Payloads of NaN are the hardware's then.
  bool hasBF16 = false;
  /// Whether math operations without an expansion may stay, to become calls of
  /// libm.
  bool allowLibm = false;
  /// Whether act operations become their definitions, the textbook formulas in
  /// math functions, instead of evaluations of a tier; and conversions of
  /// 16-bit types arith.extf and arith.truncf.
  bool definitions = false;
};

/// Adds the patterns that expand elementwise act operations on scalars and
/// vectors: one pattern over ElementwiseRuleOpInterface.
void populateActExpandRulePatterns(mlir::RewritePatternSet &patterns,
                                   const ExpandOptions &options);

/// Adds the patterns that expand gates on scalars and vectors.
void populateActExpandGatePatterns(mlir::RewritePatternSet &patterns,
                                   const ExpandOptions &options);

/// Adds the patterns that expand math functions with the same rules.
void populateActExpandMathPatterns(mlir::RewritePatternSet &patterns,
                                   const ExpandOptions &options);

/// Adds the pattern that expands random words on scalars and vectors.
void populateActExpandPhiloxPatterns(mlir::RewritePatternSet &patterns);

/// Adds the patterns that replace extensions from and truncations to bf16 (and
/// f16 where the target lacks them) by integer arithmetic.
void populateActExpandConversionPatterns(mlir::RewritePatternSet &patterns,
                                         const ExpandOptions &options);

/// Adds the pattern that replaces math.fma on f32 by an exact sequence in f64.
void populateActExpandFMAPatterns(mlir::RewritePatternSet &patterns);

//===----------------------------------------------------------------------===//
// Approximations
//===----------------------------------------------------------------------===//

// In the tier "fast" kernels hold approximations: math.exp2, math.log2 and
// math.tanh of f32, and arith.divf with a numerator of 1. One has the fast-math
// flag afn and, itself, the attribute act.accuracy = "fast". It means what
// Act/Rules/Approximations.h says, and every other operation is correctly
// rounded. act-to-nvvm makes one instruction of it.

/// Whether `op` is an approximation.
bool isApproximation(mlir::Operation *op);

/// Makes `op`, which has the flag afn, an approximation.
void markApproximation(mlir::Operation *op);

/// Replaces the approximations of vectors of one dimension in `root` by those
/// of their elements. The LLVM dialect must be loaded.
void unrollApproximations(mlir::Operation *root);

} // namespace act

#endif // ACT_CONVERSION_EXPAND_H
