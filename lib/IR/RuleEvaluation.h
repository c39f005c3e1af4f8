//===- RuleEvaluation.h - Rules on numbers ----------------------*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares the exact evaluations of rules on numbers.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_IR_RULEEVALUATION_H
#define ACT_LIB_IR_RULEEVALUATION_H

#include "Act/Rules/RuleIds.h"

#include "llvm/ADT/APFloat.h"
#include "llvm/ADT/SmallVector.h"

namespace act {

/// Evaluates one rule in the exact tier, in f32 or f64. The calling thread's
/// rounding mode and flush-to-zero do not matter.
class RuleEvaluation {
public:
  RuleEvaluation(rules::RuleId rule, rules::Width width)
      : rule(rule), width(width) {}

  /// Adds the value of the next parameter: a number that means exactly its
  /// value, or the rule's default.
  void addParameter(const llvm::APFloat &value);
  void addDefaultParameter();

  /// f(x) in the format `result`. Nothing if there is no evaluation.
  std::optional<llvm::APFloat> forward(const llvm::APFloat &x,
                                       const llvm::fltSemantics &result) const;

  /// dy * f'(x) in the format `result`, by this part of the rule.
  std::optional<llvm::APFloat> backward(rules::Part part,
                                        const llvm::APFloat &dy,
                                        const llvm::APFloat &x,
                                        const llvm::fltSemantics &result) const;

private:
  rules::RuleId rule;
  rules::Width width;
  /// Nothing for a default.
  llvm::SmallVector<std::optional<llvm::APFloat>> parameters;
};

} // namespace act

#endif // ACT_LIB_IR_RULEEVALUATION_H
