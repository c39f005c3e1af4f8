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

#include "Subject.h"

#include "Act/Accuracy/Reference.h"
#include "Act/Rules/DualAlgebra.h"
#include "Act/Rules/Rules.h"

using namespace act;
using rules::Part;

std::optional<Interval> Reference::enclose(double x) const {
  IntervalAlgebra base;
  Interval result;
  if (subject.part == Part::Forward) {
    auto parameters = parameterValues(base, subject);
    result = rules::define(base, subject.rule, Interval{x, x},
                           parameters.data());
  } else if (subject.part == Part::OutputDerivative) {
    return std::nullopt;
  } else {
    DualAlgebra<IntervalAlgebra> algebra(base);
    auto parameters = parameterValues(algebra, subject);
    auto argument = dualArguments(algebra, subject, Interval{x, x}, parameters);
    result =
        rules::define(algebra, subject.rule, argument, parameters.data())
            .tangent;
  }
  if (base.takeUndecided())
    return std::nullopt;
  return result;
}
