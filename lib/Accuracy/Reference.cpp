//===- Reference.cpp - Exact values of rules ------------------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file instantiates the definitions of all rules over MPFR numbers and
// their duals.
//
//===----------------------------------------------------------------------===//

#include "Act/Accuracy/Reference.h"

#include "RuleValue.h"
#include "Subject.h"

#include "Act/Rules/HostAlgebra.h"

#include <cmath>
#include <cstring>

using namespace act;
using rules::Part;

Subject Subject::withDefaults(rules::RuleId rule, Part part) {
  Subject subject{rule, part, {}};
  for (const rules::ParameterInfo &parameter : subject.info().parameters) {
    // Attributes are f64: a default that is written as a decimal is one, but
    // a fraction such as 1/6 is not.
    std::optional<double> value;
    if (!parameter.hasDefault && !parameter.testValues.empty())
      value = parameter.testValues.front().asDouble();
    else if (!std::strchr(parameter.defaultLiteral.text, '/'))
      value = parameter.defaultValue();
    subject.parameters.push_back(value);
  }
  return subject;
}

bool Subject::hasDefaults() const {
  const rules::RuleInfo &ruleInfo = info();
  for (size_t i = 0; i != parameters.size(); ++i) {
    const rules::ParameterInfo &parameter = ruleInfo.parameters[i];
    if (!parameter.hasDefault ||
        (parameters[i] && *parameters[i] != parameter.defaultValue()))
      return false;
  }
  return true;
}

MPFRNumber act::ruleValue(MPFRAlgebra &algebra, rules::RuleId rule, Part part,
                          const MPFRNumber &x, const MPFRNumber *parameters) {
  return defineOrDerive(algebra, rule, part, x, parameters);
}

MPFRNumber Reference::evaluate(const MPFRNumber &x,
                               mpfr_prec_t precision) const {
  MPFRAlgebra algebra(precision);
  auto parameters = parameterValues(algebra, subject);
  if (subject.part == Part::OutputDerivative)
    return ruleValue(algebra, subject.rule, Part::Derivative,
                     inverse(x, precision), parameters.data());
  return ruleValue(algebra, subject.rule, subject.part, x, parameters.data());
}

MPFRNumber Reference::evaluateTextbook(const MPFRNumber &x,
                                       mpfr_prec_t precision) const {
  MPFRAlgebra algebra(precision);
  auto parameters = parameterValues(algebra, subject);
  if (subject.part == Part::ParameterDerivative)
    return rules::textbookParameterDerivative(algebra, subject.rule, x,
                                              parameters.data());
  return rules::textbookDerivative(algebra, subject.rule, x,
                                   parameters.data());
}

const char *Reference::tabulatedLimit(bool negative) const {
  const rules::RuleInfo &info = subject.info();
  bool forward = subject.part == Part::Forward;
  if (!subject.hasDefaults() || info.specialValues.empty() ||
      !(forward || subject.part == Part::Derivative))
    return nullptr;
  const char *text =
      info.specialValues[(forward ? 0 : 4) + (negative ? 0 : 1)];
  return std::strcmp(text, "?") == 0 ? nullptr : text;
}

MPFRNumber Reference::limit(bool negative) const {
  if (const char *text = tabulatedLimit(negative)) {
    MPFRNumber result(128);
    mpfr_strtofr(result.get(), text, nullptr, 0, MPFR_RNDN);
    return result;
  }
  MPFRNumber x(64);
  mpfr_set_si_2exp(x.get(), negative ? -1 : 1, 1000000, MPFR_RNDN);
  return evaluate(x, 256);
}

bool Reference::knowsSignOfZero(double x) const {
  return subject.part == Part::Forward ||
         (std::isinf(x) && tabulatedLimit(x < 0) != nullptr);
}

/// Doubles as integers in their order.
static double fromOrder(int64_t order) {
  int64_t bits = order < 0 ? INT64_MIN - order : order;
  double value;
  std::memcpy(&value, &bits, sizeof(value));
  return value;
}

static std::vector<double> parametersInF64(const Subject &subject) {
  std::vector<double> numbers;
  for (size_t i = 0; i != subject.parameters.size(); ++i)
    numbers.push_back(subject.parameters[i].value_or(
        subject.info().parameters[i].defaultValue()));
  return numbers;
}

double Reference::estimate(double x) const {
  HostAlgebra<double> host;
  return rules::define(host, subject.rule, x, parametersInF64(subject).data());
}

/// The smallest x with f(x) >= y; f increases.
MPFRNumber Reference::inverse(const MPFRNumber &y,
                              mpfr_prec_t precision) const {
  HostAlgebra<double> host;
  std::vector<double> numbers = parametersInF64(subject);
  double target = y.toDouble();
  constexpr int64_t largest = 0x7FEFFFFFFFFFFFFF;
  int64_t low = -largest, high = largest;
  while (low < high) {
    int64_t middle = (low & high) + ((low ^ high) >> 1);
    double value = rules::define(host, subject.rule, fromOrder(middle),
                                 numbers.data());
    if (value >= target)
      high = middle;
    else
      low = middle + 1;
  }

  // The bisection is good to about f64; Newton's iteration does the rest.
  MPFRAlgebra base(precision);
  DualAlgebra<MPFRAlgebra> algebra(base);
  auto parameters = parameterValues(algebra, subject);
  MPFRNumber x(precision, fromOrder(low));
  for (mpfr_prec_t right = 32; right < precision; right *= 2) {
    auto f = rules::define(algebra, subject.rule, algebra.variable(x),
                           parameters.data());
    if (f.tangent.isZero())
      break;
    x = base.sub(x, base.div(base.sub(f.primal, y), f.tangent));
  }
  return x;
}
