//===- Reference.h - Exact values of rules ----------------------*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares the values that evaluations of rules are judged by. They
// come from the definition of the rule alone; derivatives are dual numbers of
// it.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_ACCURACY_REFERENCE_H
#define ACT_ACCURACY_REFERENCE_H

#include "Act/Rules/IntervalAlgebra.h"
#include "Act/Rules/MPFRNumber.h"
#include "Act/Rules/RuleInfo.h"

#include <optional>
#include <vector>

namespace act {

/// A part of a rule at fixed parameters.
struct Subject {
  rules::RuleId rule;
  rules::Part part = rules::Part::Forward;
  /// One for each parameter of the rule, exact. None: its default value, where
  /// that is no f64.
  std::vector<std::optional<double>> parameters;

  /// All parameters at their defaults; those without one at their first test
  /// value.
  static Subject withDefaults(rules::RuleId rule, rules::Part part);

  const rules::RuleInfo &info() const { return rules::ruleInfo(rule); }
  /// Whether no parameter departs from its default, nor lacks one.
  bool hasDefaults() const;
};

class Reference {
public:
  explicit Reference(Subject subject) : subject(std::move(subject)) {}

  /// f(x), roughly: the y that OutputDerivative may read are values of it.
  double estimate(double x) const;

  /// Where the value at `x` lies, as far as f64 can tell; nothing where it
  /// cannot.
  std::optional<Interval> enclose(double x) const;

  /// The value at `x`, computed with so many bits. It is not rounded: how many
  /// of them are right depends on what cancels, so that callers compare two
  /// precisions. OutputDerivative reads `x` as y.
  MPFRNumber evaluate(const MPFRNumber &x, mpfr_prec_t precision) const;

  /// The same by the rule's textbook derivative. Forward has none.
  MPFRNumber evaluateTextbook(const MPFRNumber &x,
                              mpfr_prec_t precision) const;

  /// The limit at +inf or -inf: by the special values of the rule where they
  /// apply, else the value far out.
  MPFRNumber limit(bool negative) const;

  /// Whether the sign of the value at `x` means something if the value is
  /// zero: that of a dual number does not.
  bool knowsSignOfZero(double x) const;

private:
  /// The text of the limit in the special values, or null.
  const char *tabulatedLimit(bool negative) const;
  MPFRNumber inverse(const MPFRNumber &y, mpfr_prec_t precision) const;

  Subject subject;
};

} // namespace act

#endif // ACT_ACCURACY_REFERENCE_H
