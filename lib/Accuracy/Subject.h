//===- Subject.h - Definitions in any algebra -------------------*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file evaluates definitions in any algebra.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_ACCURACY_SUBJECT_H
#define ACT_LIB_ACCURACY_SUBJECT_H

#include "Act/Accuracy/Reference.h"
#include "Act/Rules/DualAlgebra.h"
#include "Act/Rules/Rules.h"

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

/// The definition, or the derivative of its dual number by x or by the operand
/// parameter.
template <class Algebra>
typename Algebra::Value
defineOrDerive(Algebra &algebra, rules::RuleId rule, rules::Part part,
               const typename Algebra::Value &x,
               const typename Algebra::Value *parameters) {
  if (part == rules::Part::Forward)
    return rules::define(algebra, rule, x, parameters);
  using Dual = DualAlgebra<Algebra>;
  Dual dual(algebra);
  bool byParameter = part == rules::Part::ParameterDerivative;
  const rules::RuleInfo &info = rules::ruleInfo(rule);
  std::vector<typename Dual::Value> duals;
  for (size_t i = 0; i != info.parameters.size(); ++i)
    duals.push_back(byParameter && info.parameters[i].operand
                        ? dual.variable(parameters[i])
                        : dual.still(parameters[i]));
  auto argument = byParameter ? dual.still(x) : dual.variable(x);
  return rules::define(dual, rule, argument, duals.data()).tangent;
}

} // namespace act

#endif // ACT_LIB_ACCURACY_SUBJECT_H
