//===- RuleInfo.cpp - What is known of each rule --------------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file holds the generated table of the rules.
//
//===----------------------------------------------------------------------===//

#include "Act/Rules/RuleInfo.h"

#include <map>

using namespace act;
using namespace act::rules;

#include "Act/Rules/RuleInfo.inc"

const RuleInfo &rules::ruleInfo(RuleId rule) {
  return ruleTable[static_cast<unsigned>(rule)];
}

const std::vector<RuleId> &rules::allRules() {
  static const std::vector<RuleId> all = [] {
    std::vector<RuleId> ids;
    for (const RuleInfo &info : ruleTable)
      ids.push_back(info.id);
    return ids;
  }();
  return all;
}

std::optional<RuleId> rules::findRule(std::string_view name) {
  for (const RuleInfo &info : ruleTable)
    if (name == info.name)
      return info.id;
  return std::nullopt;
}

/// The tier asked next where one is missing.
static std::optional<Tier> fallback(Tier tier) {
  switch (tier) {
  case Tier::DeviceBF16:
    return Tier::HalfBF16;
  case Tier::DeviceF16:
    return Tier::HalfF16;
  case Tier::HalfBF16:
  case Tier::HalfF16:
  case Tier::Fast:
    return Tier::Default;
  case Tier::FastHalf:
    return Tier::Fast;
  case Tier::Default:
    return Tier::Exact;
  case Tier::Exact:
    return std::nullopt;
  }
  return std::nullopt;
}

const EvaluationInfo *rules::findEvaluation(RuleId rule, Part part, Tier tier,
                                            Width width) {
  static const std::map<unsigned, const EvaluationInfo *> byKey = [] {
    std::map<unsigned, const EvaluationInfo *> map;
    for (const EvaluationInfo &info : evaluationTable)
      map[evaluationKey(info.rule, info.part, info.tier, info.width)] = &info;
    return map;
  }();
  for (std::optional<Tier> next = tier; next; next = fallback(*next)) {
    auto it = byKey.find(evaluationKey(rule, part, *next, width));
    if (it != byKey.end())
      return it->second;
  }
  return nullptr;
}
