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

EvaluationChoice rules::chooseForward(RuleId rule, Tier tier, Format operand,
                                      Format result, Width width,
                                      bool defaultParameters) {
  bool narrows = result == Format::BF16 || result == Format::F16;
  bool toOdd = narrows && (tier == Tier::Exact ||
                           (operand == result && defaultParameters));
  if (!toOdd)
    return {findEvaluation(rule, Part::Forward, tier, width), false};

  // Correctly rounded: by a lean evaluation made for this format, else by the
  // exact one rounded to odd first.
  if (tier != Tier::Exact) {
    Tier half = result == Format::BF16 ? Tier::HalfBF16 : Tier::HalfF16;
    const EvaluationInfo *lean =
        findEvaluation(rule, Part::Forward, half, width);
    if (lean && lean->tier == half)
      return {lean, false};
  }
  return {findEvaluation(rule, Part::Forward, Tier::Exact, width), true};
}
