//===- EvaluationChoice.cpp - Which evaluation serves ---------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file implements which evaluation of a rule computes a result of a given
// type.
//
//===----------------------------------------------------------------------===//

#include "Act/Rules/EvaluationChoice.h"

using namespace act;
using namespace act::rules;

static bool hasHalf(Format format) {
  return format == Format::BF16 || format == Format::F16;
}

/// The lean evaluation of a 16-bit format, or null.
static const EvaluationInfo *findHalf(RuleId rule, Format format, Width width,
                                      Machine machine) {
  bool isBF16 = format == Format::BF16;
  Tier half = isBF16 ? Tier::HalfBF16 : Tier::HalfF16;
  Tier device = isBF16 ? Tier::DeviceBF16 : Tier::DeviceF16;
  const EvaluationInfo *found = findEvaluation(
      rule, Part::Forward, machine == Machine::GPU ? device : half, width);
  bool isLean = found && (found->tier == half || found->tier == device);
  return isLean ? found : nullptr;
}

/// The evaluation of a fast tier, which depends on the types of data: null
/// where none is faster than that of tier Default.
static const EvaluationInfo *findFast(RuleId rule, Part part, Tier tier,
                                      bool isHalf, Width width) {
  if (!isFast(tier))
    return nullptr;
  const EvaluationInfo *found =
      findEvaluation(rule, part, isHalf ? Tier::FastHalf : tier, width);
  return found && isFast(found->tier) ? found : nullptr;
}

EvaluationChoice rules::chooseForward(RuleId rule, Tier tier, Format operand,
                                      Format result, Width width,
                                      bool defaultParameters,
                                      Machine machine) {
  bool narrows = hasHalf(result);
  if (const EvaluationInfo *fast = findFast(rule, Part::Forward, tier,
                                            narrows || hasHalf(operand), width))
    return {fast, false};
  bool toOdd = narrows && (tier == Tier::Exact ||
                           (operand == result && defaultParameters));
  if (!toOdd)
    return {findEvaluation(rule, Part::Forward, tier, width), false};

  // Correctly rounded: by a lean evaluation made for this format, else by the
  // exact one rounded to odd first.
  if (tier != Tier::Exact)
    if (const EvaluationInfo *lean = findHalf(rule, result, width, machine))
      return {lean, false};
  return {findEvaluation(rule, Part::Forward, Tier::Exact, width), true};
}

const EvaluationInfo *rules::chooseDerivative(RuleId rule, Part part, Tier tier,
                                              Format operand, Width width) {
  if (const EvaluationInfo *fast =
          findFast(rule, part, tier, hasHalf(operand), width))
    return fast;
  return findEvaluation(rule, part, tier, width);
}
