//===- HostEvaluation.cpp - Evaluations run on the host -------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file instantiates the evaluations of all rules in the host algebra.
//
//===----------------------------------------------------------------------===//

#include "Act/Accuracy/HostEvaluation.h"

#include "Act/Rules/EvaluationChoice.h"
#include "Act/Rules/HostAlgebra.h"
#include "Act/Rules/Rules.h"

#include <cmath>

using namespace act;
using act::Format;
using rules::EvaluationInfo;
using rules::Part;
using rules::Tier;
using rules::Width;

static rules::EvaluationChoice
choose(const Subject &subject, Tier tier, const Format &format,
       rules::Machine machine = rules::Machine::CPU) {
  Width width = format == Format::F64 ? Width::F64 : Width::F32;
  rules::Format data = format == Format::F64    ? rules::Format::F64
                       : format == Format::F32  ? rules::Format::F32
                       : format == Format::BF16 ? rules::Format::BF16
                                                : rules::Format::F16;
  if (subject.part != Part::Forward)
    return {
        rules::chooseDerivative(subject.rule, subject.part, tier, data, width),
        false};
  return rules::chooseForward(subject.rule, tier, data, data, width,
                              subject.hasDefaults(), machine);
}

bool act::hasEvaluation(const Subject &subject, Tier tier,
                        const Format &format) {
  return evaluationOf(subject, tier, format) != nullptr;
}

const EvaluationInfo *act::evaluationOf(const Subject &subject, Tier tier,
                                        const Format &format) {
  return choose(subject, tier, format).evaluation;
}

/// A parameter in two parts, as kernels have it.
template <class Number>
static rules::Pair<HostAlgebra<Number>>
splitParameter(HostAlgebra<Number> &algebra, const Literal &literal,
               std::optional<double> value) {
  if (!value)
    return {algebra.constant(literal), algebra.constantLow(literal)};
  Number high = static_cast<Number>(*value);
  Number low = std::isfinite(high) ? static_cast<Number>(*value - high) : 0;
  return {high, low};
}

/// Ties of f32 values between values of `format` go up.
static double roundTiesUpward(const Format &format, double value) {
  double rounded = format.round(value);
  double unit = std::ldexp(1.0, format.ulpExponent(value));
  return std::isfinite(rounded) && value - rounded == unit / 2
             ? rounded + unit
             : rounded;
}

/// The zero rule: where dx is +0 whatever dy is.
template <class Number>
static bool isZeroWhere(HostAlgebra<Number> &algebra, const Subject &subject,
                        Number x,
                        const rules::Pair<HostAlgebra<Number>> *parameters) {
  const rules::RuleInfo &info = subject.info();
  if (subject.part == Part::ParameterDerivative)
    return info.hasParameterZeroWhere &&
           rules::parameterZeroWhere(algebra, subject.rule, x, parameters);
  return info.hasZeroWhere &&
         rules::zeroWhere(algebra, subject.rule, x, parameters);
}

template <class Number>
static std::vector<uint64_t>
evaluateIn(const Subject &subject, const rules::EvaluationChoice &choice,
           const Format &format, llvm::ArrayRef<uint64_t> cotangents,
           llvm::ArrayRef<uint64_t> inputs,
           std::optional<Approximations> gpu) {
  const EvaluationInfo &evaluation = *choice.evaluation;
  HostAlgebra<Number> algebra(choice.roundsToOdd,
                              gpu.value_or(Approximations{}), gpu.has_value());
  const rules::RuleInfo &info = subject.info();
  std::vector<rules::Pair<HostAlgebra<Number>>> parameters;
  for (size_t i = 0; i != info.parameters.size(); ++i)
    parameters.push_back(splitParameter(algebra,
                                        info.parameters[i].defaultLiteral,
                                        subject.parameters[i]));
  std::vector<uint64_t> outputs;
  outputs.reserve(inputs.size());
  for (size_t i = 0; i != inputs.size(); ++i) {
    Number x = static_cast<Number>(format.decode(inputs[i]));
    Number value =
        rules::evaluate(algebra, subject.rule, subject.part, evaluation.tier,
                        evaluation.width, x, parameters.data());
    if (!cotangents.empty())
      value = isZeroWhere(algebra, subject, x, parameters.data())
                  ? 0
                  : static_cast<Number>(format.decode(cotangents[i])) * value;
    double y = value;
    if (format.bits == 16)
      y = evaluation.tiesUpward && subject.part == Part::Forward
              ? roundTiesUpward(format, y)
              : format.round(y);
    outputs.push_back(format.encode(y));
  }
  return outputs;
}

std::vector<uint64_t>
act::evaluateOnHost(const Subject &subject, Tier tier, const Format &format,
                    llvm::ArrayRef<uint64_t> inputs,
                    std::optional<Approximations> gpu) {
  return evaluateBackwardOnHost(subject, tier, format, {}, inputs, gpu);
}

std::vector<uint64_t> act::evaluateBackwardOnHost(
    const Subject &subject, Tier tier, const Format &format,
    llvm::ArrayRef<uint64_t> cotangents, llvm::ArrayRef<uint64_t> inputs,
    std::optional<Approximations> gpu) {
  if (tier == Tier::Fast && !gpu)
    gpu.emplace();
  rules::EvaluationChoice choice =
      choose(subject, tier, format,
             gpu ? rules::Machine::GPU : rules::Machine::CPU);
  if (choice.evaluation->width == Width::F64)
    return evaluateIn<double>(subject, choice, format, cotangents, inputs, gpu);
  return evaluateIn<float>(subject, choice, format, cotangents, inputs, gpu);
}
