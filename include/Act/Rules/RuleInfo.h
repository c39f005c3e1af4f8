//===- RuleInfo.h - What is known of each rule ------------------*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares the table of the rules: names, documentation, parameters,
// bounds, and which evaluations exist.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_RULES_RULEINFO_H
#define ACT_RULES_RULEINFO_H

#include "Act/Rules/Literal.h"
#include "Act/Rules/RuleIds.h"

#include <optional>
#include <string_view>
#include <vector>

namespace act {
namespace rules {

/// What the value of a parameter must satisfy.
enum class Constraint { None, Positive, NonNegative };

struct ParameterInfo {
  const char *name;
  const char *description;
  bool hasDefault;
  /// The default, exact; zero where there is none.
  Literal defaultLiteral;
  Constraint constraint;
  /// Whether ops may take it as an operand.
  bool operand;
  /// Values at which tests evaluate the rule.
  std::vector<Literal> testValues;

  double defaultValue() const { return defaultLiteral.asDouble(); }
};

struct RuleInfo {
  RuleId id;
  const char *name;
  const char *summary;
  const char *description;
  const char *latex;
  const char *derivativeLatex;
  const char *pytorch;
  /// Whether the dialect has operations for it; the others serve gates and math
  /// functions.
  bool isActivation;
  std::vector<ParameterInfo> parameters;
  std::vector<Literal> kinks;
  std::vector<Literal> derivativeRoots;
  /// f(-inf), f(+inf), f(-0), f(+0), f'(-inf), f'(+inf), f'(0); "?" where
  /// none is promised.
  std::vector<const char *> specialValues;
  /// Bounds of f in ulp (f32).
  double exactBound, defaultBound;
  bool hasZeroWhere, hasParameterZeroWhere;
};

struct EvaluationInfo {
  RuleId rule;
  Part part;
  Tier tier;
  Width width;
  /// Native vectors in flight that run fastest.
  unsigned interleave;
  /// Whether 16-bit results round ties upward instead of to even.
  bool tiesUpward;
  /// The largest error of the f32 value in ulp of f32, and an error that is
  /// always allowed; 0 where the bound is that of the rule.
  double bound, absolute;
};

const RuleInfo &ruleInfo(RuleId rule);

/// All rules, in the order of the files.
const std::vector<RuleId> &allRules();

/// The rule of this name.
std::optional<RuleId> findRule(std::string_view name);

/// Whether results are what GPUs approximate.
constexpr bool isFast(Tier tier) {
  return tier == Tier::Fast || tier == Tier::FastHalf;
}

/// The evaluation that serves `tier`, which falls back device -> half ->
/// default -> exact and fast half -> fast -> default. Null if the rule has none
/// for this part and width.
const EvaluationInfo *findEvaluation(RuleId rule, Part part, Tier tier,
                                     Width width);

} // namespace rules
} // namespace act

#endif // ACT_RULES_RULEINFO_H
