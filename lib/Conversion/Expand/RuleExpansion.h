//===- RuleExpansion.h - Emitting one evaluation of a rule ------*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares how a part of a rule is emitted for operands of any
// supported types, for act operations and math functions alike.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_CONVERSION_EXPAND_RULEEXPANSION_H
#define ACT_LIB_CONVERSION_EXPAND_RULEEXPANSION_H

#include "Act/Conversion/Expand.h"
#include "Act/Rules/EvaluationChoice.h"
#include "Act/Rules/IRAlgebra.h"
#include "Act/Rules/RuleInfo.h"
#include "Act/Rules/Rules.h"

namespace act {

/// Whether an attribute that is a parameter lies within the range of the
/// compute type; operands always do.
bool fitsComputeType(mlir::OpFoldResult parameter, mlir::Type computeType);

/// The type that `op` computes in: f64 if any operand is f64, else f32, in the
/// shape of its first result.
mlir::Type getComputeType(mlir::Operation *op);

/// The tier that `op` is computed in. Tier Fast is one of kernels of GPUs.
rules::Tier getTier(mlir::Operation *op, const ExpandOptions &options);

/// A number that means exactly its f64 value, in two parts. It lies within the
/// range of the algebra's type.
rules::Pair<IRAlgebra> splitNumber(IRAlgebra &algebra, double number);

/// Emits parts of one rule for one operand. `computeType` is f32 or f64 in
/// the shape of the operands.
class RuleExpansion {
public:
  /// `parameters` are the rule's, in order: an f64 attribute, an operand, or
  /// null for the rule's default.
  RuleExpansion(mlir::OpBuilder &builder, mlir::Location loc,
                const ExpandOptions &options, rules::RuleId rule,
                rules::Tier tier, mlir::Type computeType,
                llvm::ArrayRef<mlir::OpFoldResult> parameters);

  /// Whether there is something to emit for this part.
  bool hasEvaluation(rules::Part part) const;

  /// f(x), rounded to `resultType`. Null if the rule has no evaluation in the
  /// compute type.
  mlir::Value forward(mlir::Value x, mlir::Type resultType);

  /// dy * f'(x) (or df/dp), with the zero rule, rounded to `resultType`. Null
  /// if there is no evaluation.
  mlir::Value backward(rules::Part part, mlir::Value dy, mlir::Value x,
                       mlir::Type resultType);

private:
  mlir::Value forwardByDefinition(mlir::Value x, mlir::Type resultType);
  rules::Width width() const;
  rules::Machine machine() const;
  bool parametersFit() const;
  /// Whether all parameters are constants, equal to the rule's defaults.
  bool hasDefaultParameters() const;
  llvm::SmallVector<rules::Pair<IRAlgebra>> splitParameters(IRAlgebra &algebra);

  mlir::OpBuilder &builder;
  mlir::Location loc;
  const ExpandOptions &options;
  rules::RuleId rule;
  rules::Tier tier;
  mlir::Type computeType;
  llvm::ArrayRef<mlir::OpFoldResult> parameters;
};

} // namespace act

#endif // ACT_LIB_CONVERSION_EXPAND_RULEEXPANSION_H
