//===- RuleEvaluation.cpp - Rules on numbers ------------------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file instantiates the evaluations of all rules in the host algebra.
//
//===----------------------------------------------------------------------===//

#include "RuleEvaluation.h"

#include "Act/Rules/EvaluationChoice.h"
#include "Act/Rules/HostAlgebra.h"
#include "Act/Rules/Rules.h"

#include "llvm/ADT/STLExtras.h"

#include <cfenv>

using namespace llvm;
using namespace act;
using rules::EvaluationInfo;
using rules::Format;
using rules::Part;
using rules::RuleId;
using rules::RuleInfo;
using rules::Tier;
using rules::Width;

template <class Number>
using PairOf = rules::Pair<HostAlgebra<Number>>;

//===----------------------------------------------------------------------===//
// Formats
//===----------------------------------------------------------------------===//

static APFloat convert(APFloat value, const fltSemantics &semantics,
                       RoundingMode mode = RoundingMode::NearestTiesToEven) {
  bool losesInfo;
  value.convert(semantics, mode, &losesInfo);
  return value;
}

/// A value that Number contains, or is rounded to.
template <class Number>
static Number as(const APFloat &value) {
  if constexpr (std::is_same_v<Number, double>)
    return convert(value, APFloat::IEEEdouble()).convertToDouble();
  else
    return convert(value, APFloat::IEEEsingle()).convertToFloat();
}

static Format formatOf(const fltSemantics &semantics) {
  if (&semantics == &APFloat::BFloat())
    return Format::BF16;
  if (&semantics == &APFloat::IEEEhalf())
    return Format::F16;
  return &semantics == &APFloat::IEEEsingle() ? Format::F32 : Format::F64;
}

/// `value` rounded to the format, ties upward where `tiesUpward`.
static APFloat narrow(double value, const fltSemantics &result,
                      bool tiesUpward) {
  APFloat exact(value);
  if (tiesUpward && std::isfinite(value)) {
    APFloat up = convert(exact, result, RoundingMode::TowardPositive);
    APFloat down = convert(exact, result, RoundingMode::TowardNegative);
    if (as<double>(up) - value == value - as<double>(down))
      return up;
  }
  return convert(exact, result);
}

namespace {

/// The default floating-point environment while it lives.
class DefaultEnvironment {
public:
  DefaultEnvironment() {
    std::fegetenv(&saved);
    std::fesetenv(FE_DFL_ENV);
  }
  ~DefaultEnvironment() { std::fesetenv(&saved); }

private:
  std::fenv_t saved;
};

} // namespace

//===----------------------------------------------------------------------===//
// Evaluations. A call of its own keeps the arithmetic inside the environment.
//===----------------------------------------------------------------------===//

template <class Number>
[[gnu::noinline]] static Number
evaluateForward(const EvaluationInfo &evaluation, bool roundsToOdd, Number x,
                const PairOf<Number> *parameters) {
  HostAlgebra<Number> algebra(roundsToOdd);
  return rules::evaluate(algebra, evaluation.rule, Part::Forward,
                         evaluation.tier, evaluation.width, x, parameters);
}

template <class Number>
[[gnu::noinline]] static Number
evaluateBackward(const EvaluationInfo &evaluation, Number dy, Number x,
                 const PairOf<Number> *parameters) {
  HostAlgebra<Number> algebra;
  const RuleInfo &info = rules::ruleInfo(evaluation.rule);
  bool isParameter = evaluation.part == Part::ParameterDerivative;
  // The zero rule: +0 whatever dy is where f' is zero on a whole piece.
  if (isParameter
          ? info.hasParameterZeroWhere &&
                rules::parameterZeroWhere(algebra, info.id, x, parameters)
          : info.hasZeroWhere &&
                rules::zeroWhere(algebra, info.id, x, parameters))
    return 0;
  return dy * rules::evaluate(algebra, evaluation.rule, evaluation.part,
                              evaluation.tier, evaluation.width, x, parameters);
}

//===----------------------------------------------------------------------===//
// Parameters
//===----------------------------------------------------------------------===//

void RuleEvaluation::addParameter(const APFloat &value) {
  parameters.push_back(value);
}

void RuleEvaluation::addDefaultParameter() {
  parameters.push_back(std::nullopt);
}

/// The parameters as the algebra has them: the nearest number and the rest.
template <class Number>
static SmallVector<PairOf<Number>>
asPairs(RuleId rule, ArrayRef<std::optional<APFloat>> parameters) {
  HostAlgebra<Number> algebra;
  SmallVector<PairOf<Number>> pairs;
  for (auto [index, value] : enumerate(parameters)) {
    if (!value) {
      const Literal &literal =
          rules::ruleInfo(rule).parameters[index].defaultLiteral;
      pairs.push_back({algebra.constant(literal), algebra.constantLow(literal)});
      continue;
    }
    Number high = as<Number>(*value);
    double rest = std::isfinite(high) ? as<double>(*value) - high : 0;
    pairs.push_back({high, static_cast<Number>(rest)});
  }
  return pairs;
}

std::optional<APFloat>
RuleEvaluation::forward(const APFloat &x, const fltSemantics &result) const {
  auto [evaluation, roundsToOdd] =
      rules::chooseForward(rule, Tier::Exact, formatOf(x.getSemantics()),
                           formatOf(result), width,
                           /*defaultParameters=*/false);
  if (!evaluation)
    return std::nullopt;
  DefaultEnvironment environment;
  double y;
  if (width == Width::F64)
    y = evaluateForward(*evaluation, roundsToOdd, as<double>(x),
                        asPairs<double>(rule, parameters).data());
  else
    y = evaluateForward(*evaluation, roundsToOdd, as<float>(x),
                        asPairs<float>(rule, parameters).data());
  return narrow(y, result, evaluation->tiesUpward);
}

std::optional<APFloat>
RuleEvaluation::backward(Part part, const APFloat &dy, const APFloat &x,
                         const fltSemantics &result) const {
  const EvaluationInfo *evaluation =
      rules::findEvaluation(rule, part, Tier::Exact, width);
  if (!evaluation)
    return std::nullopt;
  DefaultEnvironment environment;
  double dx;
  if (width == Width::F64)
    dx = evaluateBackward(*evaluation, as<double>(dy), as<double>(x),
                          asPairs<double>(rule, parameters).data());
  else
    dx = evaluateBackward(*evaluation, as<float>(dy), as<float>(x),
                          asPairs<float>(rule, parameters).data());
  return narrow(dx, result, /*tiesUpward=*/false);
}
