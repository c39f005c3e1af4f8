//===- RuleValue.h - Definitions at any parameters --------------*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares the definition of a rule, or a derivative of it, with
// parameters that are values of the algebra. Each overload is instantiated in
// one place.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_ACCURACY_RULEVALUE_H
#define ACT_LIB_ACCURACY_RULEVALUE_H

#include "Act/Rules/IntervalAlgebra.h"
#include "Act/Rules/MPFRAlgebra.h"
#include "Act/Rules/RuleInfo.h"

namespace act {

/// Forward, Derivative or ParameterDerivative at a finite x.
MPFRNumber ruleValue(MPFRAlgebra &algebra, rules::RuleId rule,
                     rules::Part part, const MPFRNumber &x,
                     const MPFRNumber *parameters);
Interval ruleValue(IntervalAlgebra &algebra, rules::RuleId rule,
                   rules::Part part, Interval x, const Interval *parameters);

} // namespace act

#endif // ACT_LIB_ACCURACY_RULEVALUE_H
