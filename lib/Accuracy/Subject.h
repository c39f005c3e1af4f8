//===- Subject.h - Arguments of a rule in any algebra -----------*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file turns the parameters of a subject into values of an algebra.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_ACCURACY_SUBJECT_H
#define ACT_LIB_ACCURACY_SUBJECT_H

#include "Act/Accuracy/Reference.h"

#include <vector>

namespace act {

template <class Algebra>
std::vector<typename Algebra::Value> parameterValues(Algebra &algebra,
                                                     const Subject &subject) {
  std::vector<typename Algebra::Value> values;
  const rules::RuleInfo &info = subject.info();
  for (size_t i = 0; i != info.parameters.size(); ++i)
    values.push_back(subject.parameters[i]
                         ? algebra.constant(*subject.parameters[i])
                         : algebra.constant(info.parameters[i].defaultLiteral));
  return values;
}

/// x as a dual number; the variable of differentiation is x, or for
/// ParameterDerivative the operand parameter.
template <class Dual, class Value>
typename Dual::Value
dualArguments(Dual &algebra, const Subject &subject, Value x,
              std::vector<typename Dual::Value> &parameters) {
  if (subject.part != rules::Part::ParameterDerivative)
    return algebra.variable(x);
  const rules::RuleInfo &info = subject.info();
  for (size_t i = 0; i != info.parameters.size(); ++i)
    if (info.parameters[i].operand)
      parameters[i] = algebra.variable(parameters[i].primal);
  return algebra.still(x);
}

} // namespace act

#endif // ACT_LIB_ACCURACY_SUBJECT_H
