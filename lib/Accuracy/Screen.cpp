//===- Screen.cpp - Definitions enclosed in f64 ---------------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file instantiates the definitions of all rules over intervals.
//
//===----------------------------------------------------------------------===//

#include "RuleValue.h"
#include "Subject.h"

using namespace act;
using rules::Part;

Interval act::ruleValue(IntervalAlgebra &algebra, rules::RuleId rule, Part part,
                        Interval x, const Interval *parameters) {
  return defineOrDerive(algebra, rule, part, x, parameters);
}

std::optional<Interval> Reference::enclose(double x) const {
  if (subject.part == Part::OutputDerivative)
    return std::nullopt;
  IntervalAlgebra algebra;
  auto parameters = parameterValues(algebra, subject);
  Interval result = ruleValue(algebra, subject.rule, subject.part,
                              Interval{x, x}, parameters.data());
  if (algebra.takeUndecided())
    return std::nullopt;
  return result;
}
