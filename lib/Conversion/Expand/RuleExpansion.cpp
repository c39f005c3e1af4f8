//===- RuleExpansion.cpp - Emitting one evaluation of a rule --------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file instantiates the evaluations of all rules in the IR algebra. It is
// the only place that does; DefinitionExpansion.cpp has the definitions.
//
//===----------------------------------------------------------------------===//

#include "RuleExpansion.h"

#include "Conversions.h"
#include "DefinitionExpansion.h"

#include "Act/IR/Act.h"
#include "Act/Rules/EvaluationChoice.h"

#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "mlir/IR/BuiltinAttributes.h"
#include "mlir/IR/TypeUtilities.h"

using namespace mlir;
using namespace act;
using rules::EvaluationInfo;
using rules::Part;
using rules::Tier;
using rules::Width;

Type act::getComputeType(Operation *op) {
  Type element = getComputeElementType(op->getOperands(), op->getContext());
  auto vector = dyn_cast<VectorType>(op->getResult(0).getType());
  return vector ? Type(vector.clone(element)) : element;
}

Tier act::getTier(Operation *op, const ExpandOptions &options) {
  StringRef accuracy = getAccuracy(op, options.accuracy);
  if (accuracy == "exact")
    return Tier::Exact;
  bool isFast = accuracy == "fast" && isOnGPU(op->getBlock());
  return isFast ? Tier::Fast : Tier::Default;
}

rules::Pair<IRAlgebra> act::splitNumber(IRAlgebra &algebra, double number) {
  double high = algebra.isF64() ? number : double(float(number));
  return {algebra.constant(high), algebra.constant(number - high)};
}

RuleExpansion::RuleExpansion(OpBuilder &builder, Location loc,
                             const ExpandOptions &options, rules::RuleId rule,
                             Tier tier, Type computeType,
                             ArrayRef<OpFoldResult> parameters)
    : builder(builder), loc(loc), options(options), rule(rule), tier(tier),
      computeType(computeType), parameters(parameters) {}

Width RuleExpansion::width() const {
  return getElementTypeOrSelf(computeType).isF64() ? Width::F64 : Width::F32;
}

rules::Machine RuleExpansion::machine() const {
  return isOnGPU(builder.getInsertionBlock()) ? rules::Machine::GPU
                                              : rules::Machine::CPU;
}

bool act::fitsComputeType(OpFoldResult parameter, Type computeType) {
  auto attribute = llvm::dyn_cast_if_present<Attribute>(parameter);
  if (!attribute || getElementTypeOrSelf(computeType).isF64())
    return true;
  return std::isfinite(float(cast<FloatAttr>(attribute).getValueAsDouble()));
}

bool RuleExpansion::parametersFit() const {
  return llvm::all_of(parameters, [&](OpFoldResult parameter) {
    return fitsComputeType(parameter, computeType);
  });
}

bool RuleExpansion::hasEvaluation(Part part) const {
  return parametersFit() && (options.definitions ||
                             rules::findEvaluation(rule, part, tier, width()));
}

/// A scalar parameter of vectors serves each element.
static Value broadcastTo(OpBuilder &builder, Location loc, Type type,
                         Value value) {
  if (!isa<VectorType>(type) || isa<VectorType>(value.getType()))
    return value;
  return vector::BroadcastOp::create(builder, loc, type, value);
}

/// An operand is a number of one part.
SmallVector<rules::Pair<IRAlgebra>>
RuleExpansion::splitParameters(IRAlgebra &algebra) {
  SmallVector<rules::Pair<IRAlgebra>> pairs;
  const rules::RuleInfo &info = rules::ruleInfo(rule);
  for (auto [index, parameter] : llvm::enumerate(parameters)) {
    if (auto attribute = llvm::dyn_cast_if_present<Attribute>(parameter)) {
      pairs.push_back(
          splitNumber(algebra, cast<FloatAttr>(attribute).getValueAsDouble()));
    } else if (auto operand = llvm::dyn_cast_if_present<Value>(parameter)) {
      Type wideType = isa<VectorType>(operand.getType())
                          ? computeType
                          : getElementTypeOrSelf(computeType);
      Value wide = widen(builder, loc, operand, wideType, options);
      pairs.push_back({broadcastTo(builder, loc, computeType, wide),
                       algebra.constant(0.0)});
    } else {
      const Literal &literal = info.parameters[index].defaultLiteral;
      pairs.push_back(
          {algebra.constant(literal), algebra.constantLow(literal)});
    }
  }
  return pairs;
}

bool RuleExpansion::hasDefaultParameters() const {
  const rules::RuleInfo &info = rules::ruleInfo(rule);
  for (auto [index, parameter] : llvm::enumerate(parameters)) {
    const rules::ParameterInfo &known = info.parameters[index];
    if (!parameter && known.hasDefault)
      continue;
    auto attribute = llvm::dyn_cast_if_present<Attribute>(parameter);
    if (!attribute || !known.hasDefault || known.defaultLiteral.f64Low != 0 ||
        cast<FloatAttr>(attribute).getValueAsDouble() != known.defaultValue())
      return false;
  }
  return true;
}

static rules::Format formatOf(Type type) {
  Type element = getElementTypeOrSelf(type);
  if (element.isBF16())
    return rules::Format::BF16;
  if (element.isF16())
    return rules::Format::F16;
  return element.isF64() ? rules::Format::F64 : rules::Format::F32;
}

Value RuleExpansion::forward(Value x, Type resultType) {
  if (options.definitions)
    return forwardByDefinition(x, resultType);
  auto [evaluation, roundsToOdd] = rules::chooseForward(
      rule, tier, formatOf(x.getType()), formatOf(resultType), width(),
      hasDefaultParameters(), machine());
  if (!evaluation || !parametersFit())
    return nullptr;

  IRAlgebra algebra(builder, loc, computeType, roundsToOdd);
  SmallVector<rules::Pair<IRAlgebra>> pairs = splitParameters(algebra);
  Value wide = widen(builder, loc, x, computeType, options);
  Value y = rules::evaluate(algebra, rule, Part::Forward, evaluation->tier,
                            evaluation->width, wide, pairs.data());
  Ties ties = evaluation->tiesUpward ? Ties::Upward : Ties::ToEven;
  return narrow(builder, loc, y, resultType, options, ties);
}

Value RuleExpansion::forwardByDefinition(Value x, Type resultType) {
  if (!parametersFit())
    return nullptr;
  IRAlgebra algebra(builder, loc, computeType);
  SmallVector<rules::Pair<IRAlgebra>> pairs = splitParameters(algebra);
  Value wide = widen(builder, loc, x, computeType, options);
  Value y =
      emitDefinition(algebra, rule, Part::Forward, wide, parameters, pairs);
  return narrow(builder, loc, y, resultType, options);
}

Value RuleExpansion::backward(Part part, Value dy, Value x, Type resultType) {
  if (!hasEvaluation(part))
    return nullptr;

  IRAlgebra algebra(builder, loc, computeType);
  SmallVector<rules::Pair<IRAlgebra>> pairs = splitParameters(algebra);
  Value wideX = widen(builder, loc, x, computeType, options);
  Value wideDy = widen(builder, loc, dy, computeType, options);
  Value slope;
  if (options.definitions) {
    slope = emitDefinition(algebra, rule, part, wideX, parameters, pairs);
  } else {
    const EvaluationInfo *evaluation = rules::chooseDerivative(
        rule, part, tier, formatOf(x.getType()), width());
    slope = rules::evaluate(algebra, rule, part, evaluation->tier,
                            evaluation->width, wideX, pairs.data());
  }
  Value dx = algebra.mul(wideDy, slope);

  // The zero rule: +0 whatever dy is where f' is zero on a whole piece.
  const rules::RuleInfo &info = rules::ruleInfo(rule);
  bool hasZero = part == Part::ParameterDerivative ? info.hasParameterZeroWhere
                                                   : info.hasZeroWhere;
  if (hasZero) {
    Value zero =
        part == Part::ParameterDerivative
            ? rules::parameterZeroWhere(algebra, rule, wideX, pairs.data())
            : rules::zeroWhere(algebra, rule, wideX, pairs.data());
    dx = algebra.select(zero, algebra.constant(0.0), dx);
  }
  return narrow(builder, loc, dx, resultType, options);
}
