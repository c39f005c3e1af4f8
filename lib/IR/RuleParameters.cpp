//===- RuleParameters.cpp - Parameters of an operation --------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file implements how an operation hands its parameters to its rule.
//
//===----------------------------------------------------------------------===//

#include "Act/IR/Act.h"
#include "Act/Rules/RuleInfo.h"

using namespace mlir;
using namespace act;

void act::collectRuleParameters(Operation *op,
                                SmallVectorImpl<OpFoldResult> &parameters) {
  auto rule = cast<ElementwiseRuleOpInterface>(op);
  Value operand = rule.getParameterOperand();
  for (const rules::ParameterInfo &info :
       rules::ruleInfo(rule.getRule()).parameters) {
    if (info.operand && operand)
      parameters.push_back(operand);
    else
      parameters.push_back(Attribute(op->getAttrOfType<FloatAttr>(info.name)));
  }
}
