//===- EvaluationChoice.h - Which evaluation serves -------------*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares which evaluation of a rule computes a result of a given
// type, for the lowering and for constant folding alike.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_RULES_EVALUATIONCHOICE_H
#define ACT_RULES_EVALUATIONCHOICE_H

#include "Act/Rules/RuleInfo.h"

namespace act {
namespace rules {

/// The types of data.
enum class Format { BF16, F16, F32, F64 };

/// What runs an evaluation: GPUs have instructions that approximate.
enum class Machine { CPU, GPU };

/// An evaluation, and how its caller uses it.
struct EvaluationChoice {
  /// Null if the rule has none for this width.
  const EvaluationInfo *evaluation;
  /// Whether the algebra rounds to odd, because the result is rounded again.
  bool roundsToOdd;
};

/// How f(x) is computed for an operand and a result of these formats: 16-bit
/// results are correctly rounded in tier Exact, and in tier Default where the
/// operand has the same format and the parameters are the rule's defaults.
/// `defaultParameters`: whether all parameters are known to be these. The lean
/// evaluations of 16-bit formats hold for no others. Only in the fast tier does
/// the result depend on the machine.
EvaluationChoice chooseForward(RuleId rule, Tier tier, Format operand,
                               Format result, Width width,
                               bool defaultParameters,
                               Machine machine = Machine::CPU);

/// How f', or df/dp, is computed for an operand x of this format. Null if there
/// is no evaluation.
const EvaluationInfo *chooseDerivative(RuleId rule, Part part, Tier tier,
                                       Format operand, Width width);

} // namespace rules
} // namespace act

#endif // ACT_RULES_EVALUATIONCHOICE_H
