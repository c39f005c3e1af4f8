//===- Rules.h - All formulas as templates ----------------------*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares every formula of Act/Rules/*.td as a function template
// over an algebra (HostAlgebra.h, DualAlgebra.h, MPFRAlgebra.h, IRAlgebra.h),
// and dispatchers that find them by rule:
//
//   define(a, rule, x, params)                f(x) over the reals
//   textbookDerivative(a, rule, x, params)    f'(x), the textbook formula
//   textbookParameterDerivative(...)          df/dp of the operand parameter
//   evaluate(a, rule, part, tier, width, x, params)   one evaluation
//   zeroWhere, parameterZeroWhere             the pieces where f' is zero
//
// `params` points to the rule's parameters: values for the first three, pairs
// for the rest. evaluate() takes a key that exists (findEvaluation of
// RuleInfo.h gives one), zeroWhere() a rule that has it; anything else is
// undefined.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_RULES_RULES_H
#define ACT_RULES_RULES_H

#include "Act/Rules/Literal.h"
#include "Act/Rules/RuleIds.h"

namespace act {
namespace rules {

/// The value of a branch that is never taken.
template <class T>
[[noreturn]] inline T unreachable() {
  __builtin_unreachable();
}

#include "Act/Rules/Rules.h.inc"

} // namespace rules
} // namespace act

#endif // ACT_RULES_RULES_H
