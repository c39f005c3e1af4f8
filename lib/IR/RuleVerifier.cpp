//===- RuleVerifier.cpp - What all operations verify ----------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file implements the verifier of elementwise operations: attributes are
// known, and numbers are what the rule allows.
//
//===----------------------------------------------------------------------===//

#include "RuleVerifier.h"

#include "Act/IR/Act.h"
#include "Act/Rules/RuleInfo.h"

#include "mlir/IR/TypeUtilities.h"

using namespace mlir;
using namespace act;

//===----------------------------------------------------------------------===//
// Names
//===----------------------------------------------------------------------===//

/// The attribute of `op` whose name is closest to `name`, if it is close.
static StringRef findSimilarAttribute(Operation *op, StringRef name) {
  StringRef best;
  unsigned limit = std::max<unsigned>(2, name.size() / 3);
  for (StringAttr candidate : op->getName().getAttributeNames()) {
    unsigned distance = name.edit_distance(candidate, true, limit);
    if (distance > limit)
      continue;
    best = candidate;
    if (distance == 0)
      break;
    limit = distance - 1;
  }
  return best;
}

/// Attributes of dialects have a prefix; one without is a mistake.
LogicalResult act::verifyAttributeNames(Operation *op) {
  for (NamedAttribute attribute : op->getDiscardableAttrs()) {
    StringRef name = attribute.getName();
    if (name.contains('.'))
      continue;
    InFlightDiagnostic diagnostic = op->emitError()
                                    << "unknown attribute '" << name << "' on '"
                                    << op->getName() << "'";
    StringRef similar = findSimilarAttribute(op, name);
    if (!similar.empty())
      return diagnostic << "; did you mean '" << similar << "'?";
    SmallVector<StringRef> known;
    for (StringAttr attribute : op->getName().getAttributeNames())
      if (attribute != "operandSegmentSizes") // It is not written.
        known.push_back(attribute);
    if (known.empty())
      return diagnostic << ", which has no attributes";
    diagnostic << ", which has ";
    llvm::interleaveComma(known, diagnostic, [&](StringRef attribute) {
      diagnostic << "'" << attribute << "'";
    });
    return diagnostic;
  }
  return success();
}

//===----------------------------------------------------------------------===//
// Numbers
//===----------------------------------------------------------------------===//

LogicalResult act::verifyNumber(Operation *op, StringRef name, FloatAttr number,
                                rules::Constraint constraint) {
  APFloat value = number.getValue();
  auto error = [&](StringRef condition) {
    return op->emitOpError("attribute '")
           << name << "' must be " << condition << ", found " << number;
  };
  if (!value.isFinite())
    return error("finite");
  switch (constraint) {
  case rules::Constraint::None:
    return success();
  case rules::Constraint::Positive:
    if (value.isZero() || value.isNegative())
      return error("greater than 0");
    return success();
  case rules::Constraint::NonNegative:
    if (value.isNegative() && !value.isZero())
      return error("at least 0");
    return success();
  }
  return success();
}

static LogicalResult verifyNumbers(Operation *op) {
  auto rule = cast<ElementwiseRuleOpInterface>(op);
  for (const rules::ParameterInfo &info :
       rules::ruleInfo(rule.getRule()).parameters) {
    auto number = op->getAttrOfType<FloatAttr>(info.name);
    if (!number)
      continue;
    if (info.operand && rule.getParameterOperand())
      return op->emitOpError("takes '")
             << info.name << "' as an operand or as an attribute, not as both";
    if (failed(verifyNumber(op, info.name, number, info.constraint)))
      return failure();
  }
  return success();
}

//===----------------------------------------------------------------------===//
// The saved output
//===----------------------------------------------------------------------===//

/// Whether f' is a function of y = f(x) without any loss: y tells the piece
/// that x lies on.
static bool isExactInOutput(rules::RuleId rule) {
  switch (rule) {
  case rules::RuleId::Relu:
  case rules::RuleId::Relu6:
  case rules::RuleId::LeakyRelu:
    return true;
  default:
    return false;
  }
}

static LogicalResult verifySavedOutput(Operation *op) {
  auto rule = cast<ElementwiseRuleOpInterface>(op);
  if (rule.getRulePart() != rules::Part::OutputDerivative)
    return success();
  Type y = rule.getInput().getType(), dy = rule.getCotangent().getType();
  if (getElementTypeOrSelf(y) != getElementTypeOrSelf(dy))
    return op->emitOpError("with saved(output) needs operands and result of "
                           "one element type, found ")
           << dy << " and " << y;
  if (!isExactInOutput(rule.getRule()) &&
      getElementTypeOrSelf(y).getIntOrFloatBitWidth() < 32)
    return op->emitOpError("with saved(output) needs f32 or f64, where the "
                           "rounding of the output does little harm; found ")
           << y;
  for (const rules::ParameterInfo &info :
       rules::ruleInfo(rule.getRule()).parameters) {
    auto number = op->getAttrOfType<FloatAttr>(info.name);
    if (number && !(number.getValueAsDouble() > 0))
      return op->emitOpError("with saved(output) needs '")
             << info.name << "' greater than 0, found " << number;
  }
  return success();
}

LogicalResult act::verifyElementwiseRule(Operation *op) {
  return success(succeeded(verifyAttributeNames(op)) &&
                 succeeded(verifyNumbers(op)) &&
                 succeeded(verifySavedOutput(op)));
}
