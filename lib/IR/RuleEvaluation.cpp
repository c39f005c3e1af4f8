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

#include "llvm/ADT/bit.h"

#include <cfenv>

using namespace llvm;
using namespace act;
using rules::EvaluationInfo;
using rules::Format;
using rules::Part;
using rules::RuleInfo;
using rules::Tier;
using rules::Width;

using Algebra = HostAlgebra<float>;
using Pair = rules::Pair<Algebra>;

//===----------------------------------------------------------------------===//
// Formats
//===----------------------------------------------------------------------===//

static APFloat convert(APFloat value, const fltSemantics &semantics) {
  bool losesInfo;
  value.convert(semantics, APFloat::rmNearestTiesToEven, &losesInfo);
  return value;
}

/// The value of a format that f32 contains.
static float widen(const APFloat &value) {
  return convert(value, APFloat::IEEEsingle()).convertToFloat();
}

static Format formatOf(const fltSemantics &semantics) {
  if (&semantics == &APFloat::BFloat())
    return Format::BF16;
  return &semantics == &APFloat::IEEEhalf() ? Format::F16 : Format::F32;
}

/// `value` rounded to the format, ties upward for bf16 where `tiesUpward`.
static APFloat narrow(float value, const fltSemantics &result,
                      bool tiesUpward) {
  uint32_t bits = bit_cast<uint32_t>(value);
  if (tiesUpward && formatOf(result) == Format::BF16 &&
      (bits & 0xffff) == 0x8000 && std::isfinite(value))
    value = bit_cast<float>(std::signbit(value) ? bits - 1 : bits + 1);
  return convert(APFloat(value), result);
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

[[gnu::noinline]] static float evaluateForward(const EvaluationInfo &evaluation,
                                               bool roundsToOdd, float x,
                                               const Pair *parameters) {
  Algebra algebra(roundsToOdd);
  return rules::evaluate(algebra, evaluation.rule, Part::Forward,
                         evaluation.tier, evaluation.width, x, parameters);
}

[[gnu::noinline]] static float
evaluateBackward(const EvaluationInfo &evaluation, float dy, float x,
                 const Pair *parameters) {
  Algebra algebra;
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

void RuleEvaluation::addParameter(const APFloat &value) {
  APFloat high = convert(value, APFloat::IEEEsingle());
  APFloat wide = convert(value, APFloat::IEEEdouble());
  APFloat rest = APFloat::getZero(APFloat::IEEEdouble());
  if (high.isFinite()) {
    rest = wide;
    rest.subtract(convert(high, APFloat::IEEEdouble()),
                  APFloat::rmNearestTiesToEven);
  }
  parameters.push_back({high.convertToFloat(), widen(rest)});
}

void RuleEvaluation::addDefaultParameter() {
  const Literal &literal =
      rules::ruleInfo(rule).parameters[parameters.size()].defaultLiteral;
  parameters.push_back(
      {bit_cast<float>(literal.f32High), bit_cast<float>(literal.f32Low)});
}

/// The parameters as the algebra has them.
template <typename Numbers>
static SmallVector<Pair> asPairs(const Numbers &parameters) {
  SmallVector<Pair> pairs;
  for (const auto &parameter : parameters)
    pairs.push_back({parameter.high, parameter.low});
  return pairs;
}

std::optional<APFloat>
RuleEvaluation::forward(const APFloat &x, const fltSemantics &result) const {
  auto [evaluation, roundsToOdd] =
      rules::chooseForward(rule, Tier::Exact, formatOf(x.getSemantics()),
                           formatOf(result), Width::F32,
                           /*defaultParameters=*/false);
  if (!evaluation)
    return std::nullopt;
  SmallVector<Pair> pairs = asPairs(parameters);
  DefaultEnvironment environment;
  float y = evaluateForward(*evaluation, roundsToOdd, widen(x), pairs.data());
  return narrow(y, result, evaluation->tiesUpward);
}

std::optional<APFloat>
RuleEvaluation::backward(Part part, const APFloat &dy, const APFloat &x,
                         const fltSemantics &result) const {
  const EvaluationInfo *evaluation =
      rules::findEvaluation(rule, part, Tier::Exact, Width::F32);
  if (!evaluation)
    return std::nullopt;
  SmallVector<Pair> pairs = asPairs(parameters);
  DefaultEnvironment environment;
  float dx = evaluateBackward(*evaluation, widen(dy), widen(x), pairs.data());
  return narrow(dx, result, /*tiesUpward=*/false);
}
