//===- RuleIds.h - The names of rules and their parts -----------*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares the enumerations RuleId, Part, Tier and Width.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_RULES_RULEIDS_H
#define ACT_RULES_RULEIDS_H

namespace act {
namespace rules {

#include "Act/Rules/RuleIds.h.inc"

/// One number for the key of an evaluation.
constexpr unsigned evaluationKey(RuleId rule, Part part, Tier tier,
                                 Width width) {
  return ((static_cast<unsigned>(rule) * 8 + static_cast<unsigned>(part)) * 8 +
          static_cast<unsigned>(tier)) *
             4 +
         static_cast<unsigned>(width);
}

} // namespace rules
} // namespace act

#endif // ACT_RULES_RULEIDS_H
