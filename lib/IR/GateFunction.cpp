//===- GateFunction.cpp - What a gate computes ----------------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file says which rule the kinds of gates use, and with which numbers.
//
//===----------------------------------------------------------------------===//

#include "Act/IR/Act.h"

using namespace mlir;
using namespace act;
using rules::RuleId;

static double numberOr(Operation *op, StringRef name, double fallback) {
  auto number = op->getAttrOfType<FloatAttr>(name);
  return number ? number.getValueAsDouble() : fallback;
}

/// g s(beta g). Where beta is that of silu or of quick gelu their rules compute
/// it faster.
static GateFunction swish(Operation *op, double beta) {
  if (beta == 1.0)
    return {RuleId::Silu, {}, std::nullopt, std::nullopt};
  if (beta == 1.702)
    return {RuleId::GeluSigmoid, {}, std::nullopt, std::nullopt};
  Attribute number = Builder(op->getContext()).getF64FloatAttr(beta);
  return {RuleId::Swish, {number}, std::nullopt, std::nullopt};
}

GateFunction act::getGateFunction(Operation *op) {
  auto simple = [](RuleId rule) {
    return GateFunction{rule, {}, std::nullopt, std::nullopt};
  };
  switch (cast<GateOpInterface>(op).getKind()) {
  case GateKind::GLU:
    return simple(RuleId::Sigmoid);
  case GateKind::ReGLU:
    return simple(RuleId::Relu);
  case GateKind::SReGLU:
    return simple(RuleId::ReluSquared);
  case GateKind::GEGLU:
    return simple(RuleId::Gelu);
  case GateKind::GEGLUTanh:
    return simple(RuleId::GeluTanh);
  case GateKind::QuickGEGLU:
    return simple(RuleId::GeluSigmoid);
  case GateKind::SwiGLU:
    return swish(op, numberOr(op, "beta", 1.0));
  case GateKind::Bilinear:
    return simple(RuleId::Identity);
  case GateKind::SwiGLUOAI: {
    GateFunction function = swish(op, numberOr(op, "alpha", 1.702));
    if (!op->getAttr("no_limit"))
      function.limit = numberOr(op, "limit", 7.0);
    function.offset = numberOr(op, "offset", 1.0);
    return function;
  }
  }
  llvm_unreachable("a kind of gate");
}

GateOp act::createGate(OpBuilder &builder, GluOp op, Value g, Value u) {
  auto gate =
      GateOp::create(builder, op.getLoc(), op.getType(), op.getKindAttr(), g, u,
                     op.getBetaAttr(), op.getLimitAttr(), op.getNoLimitAttr(),
                     op.getAlphaAttr(), op.getOffsetAttr());
  gate->setDiscardableAttrs(op->getDiscardableAttrDictionary());
  return gate;
}

GateBackwardOp act::createGateBackward(OpBuilder &builder, GluBackwardOp op,
                                       Value g, Value u) {
  auto gate = GateBackwardOp::create(
      builder, op.getLoc(), g.getType(), u.getType(), op.getKindAttr(),
      op.getDy(), g, u, op.getBetaAttr(), op.getLimitAttr(),
      op.getNoLimitAttr(), op.getAlphaAttr(), op.getOffsetAttr());
  gate->setDiscardableAttrs(op->getDiscardableAttrDictionary());
  return gate;
}
