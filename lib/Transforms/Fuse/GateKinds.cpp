//===- GateKinds.cpp - Which activation makes which gate ------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file implements the map from activations to kinds of gates.
//
//===----------------------------------------------------------------------===//

#include "GateKinds.h"

using namespace mlir;
using namespace act;

/// The kind whose phi is the function of `op`, forward or backward, and the
/// beta of swiglu.
static std::optional<std::pair<GateKind, FloatAttr>> findKind(Operation *op) {
  auto rule = dyn_cast<ElementwiseRuleOpInterface>(op);
  // A parameter that is an operand has a gradient, which gates have not.
  if (!rule || rule.getParameterOperand())
    return std::nullopt;
  switch (rule.getRule()) {
  case rules::RuleId::Sigmoid:
    return {{GateKind::GLU, {}}};
  case rules::RuleId::Relu:
    return {{GateKind::ReGLU, {}}};
  case rules::RuleId::Gelu:
    return {{GateKind::GEGLU, {}}};
  case rules::RuleId::GeluTanh:
    return {{GateKind::GEGLUTanh, {}}};
  case rules::RuleId::GeluSigmoid:
    return {{GateKind::QuickGEGLU, {}}};
  case rules::RuleId::Silu:
    return {{GateKind::SwiGLU, {}}};
  case rules::RuleId::Swish:
    return {{GateKind::SwiGLU, op->getAttrOfType<FloatAttr>("beta")}};
  default:
    return std::nullopt;
  }
}

/// max(g, 0)^2, written as a product.
static std::optional<GateFactor> findSquaredRelu(Value value) {
  auto square = value.getDefiningOp<arith::MulFOp>();
  if (!square || square.getLhs() != square.getRhs())
    return std::nullopt;
  auto relu = square.getLhs().getDefiningOp<ReluOp>();
  if (!relu || !llvm::all_equal(relu->getUsers()) ||
      relu.getType() != relu.getX().getType())
    return std::nullopt;
  return GateFactor{square, relu.getX(), GateKind::SReGLU, {}};
}

std::optional<GateFactor> act::findGateFactor(Value value) {
  Operation *op = value.getDefiningOp();
  if (!op)
    return std::nullopt;
  if (auto squared = findSquaredRelu(value))
    return squared;
  auto rule = dyn_cast<ElementwiseRuleOpInterface>(op);
  if (!rule || rule.getCotangent())
    return std::nullopt;
  auto kind = findKind(op);
  if (!kind)
    return std::nullopt;
  return GateFactor{op, rule.getInput(), kind->first, kind->second};
}

std::optional<GateFactor> act::findGateGradient(Operation *backward) {
  auto rule = dyn_cast<ElementwiseRuleOpInterface>(backward);
  if (!rule || !rule.getCotangent())
    return std::nullopt;
  auto kind = findKind(backward);
  if (!kind)
    return std::nullopt;
  if (rule.getRulePart() == rules::Part::Derivative)
    return GateFactor{backward, rule.getInput(), kind->first, kind->second};
  std::optional<GateFactor> factor = findGateFactor(rule.getInput());
  if (!factor || factor->kind != kind->first || factor->beta != kind->second)
    return std::nullopt;
  factor->activation = backward;
  factor->fromOutput = true;
  return factor;
}

/// Whether a gate takes another rule than swish for this number.
static bool hasRuleOfItsOwn(ElementwiseRuleOpInterface activation,
                            FloatAttr beta) {
  if (!activation || activation.getRule() != rules::RuleId::Swish)
    return false;
  double number = beta ? beta.getValueAsDouble() : 1.0;
  return number == 1.0 || number == 1.702;
}

LogicalResult act::checkGateBits(PatternRewriter &rewriter, Operation *root,
                                 const GateFactor &factor, Type type,
                                 const FuseOptions &options) {
  if (options.strict && factor.fromOutput)
    return rewriter.notifyMatchFailure(
        root, "'strict' keeps the error of a gradient that is computed from "
              "the output");
  auto activation = dyn_cast<ElementwiseRuleOpInterface>(factor.activation);
  if (options.strict && hasRuleOfItsOwn(activation, factor.beta))
    return rewriter.notifyMatchFailure(
        root, "'strict' keeps every bit, and a gate computes swish with this "
              "beta by a more accurate rule");
  return checkRounding(rewriter, root, type, options);
}
