//===- GateExpansion.cpp - Gates written out ------------------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file writes gates out in the activations that they are made of.
//
//===----------------------------------------------------------------------===//

#include "GateExpansion.h"

#include "RealEmitter.h"

#include "Act/IR/PackedTensor.h"

#include "mlir/IR/TypeUtilities.h"

using namespace mlir;
using namespace act;
using rules::RuleId;

SmallVector<Value> act::expandGate(DerivativeBuilder &builder, GluOp op) {
  PackedTensor packed(builder, op, builder.dimensions(op.getLoc(), op.getX()));
  Value g = packed.getG(), u = packed.getU();
  return {createGate(builder, op, g, u)};
}

SmallVector<Value> act::expandGate(DerivativeBuilder &builder,
                                   GluBackwardOp op) {
  PackedTensor packed(builder, op, builder.dimensions(op.getLoc(), op.getX()));
  Value g = packed.getG(), u = packed.getU();
  GateBackwardOp gate = createGateBackward(builder, op, g, u);
  return {packed.pack(gate.getDg(), gate.getDu())};
}

namespace {

/// phi of a gate.
class Activation {
public:
  Activation(DerivativeBuilder &builder, Operation *gate,
             const GateFunction &function)
      : builder(builder), gate(gate), function(function) {}

  Value forward(Value x) {
    if (function.rule == RuleId::Identity)
      return x;
    Value y = create("", x);
    if (function.rule == RuleId::ReluSquared)
      return arith::MulFOp::create(builder, gate->getLoc(), y, y);
    return y;
  }

  /// q phi'(x).
  Value backward(Value q, Value x) {
    if (function.rule == RuleId::Identity)
      return q;
    if (function.rule == RuleId::ReluSquared) {
      Value y = create("", x);
      Value twice = arith::AddFOp::create(builder, gate->getLoc(), y, y);
      q = arith::MulFOp::create(builder, gate->getLoc(), q, twice);
    }
    return create("_backward", {q, x});
  }

private:
  Value create(StringRef suffix, ValueRange operands) {
    MLIRContext *context = builder.getContext();
    std::optional<Approximate> approximate;
    StringRef name;
    switch (function.rule) {
    case RuleId::Sigmoid:
      name = "sigmoid";
      break;
    case RuleId::Relu:
    case RuleId::ReluSquared:
      name = "relu";
      break;
    case RuleId::Silu:
      name = "silu";
      break;
    case RuleId::Swish:
      name = "swish";
      break;
    default:
      name = "gelu";
      approximate = function.rule == RuleId::GeluTanh ? Approximate::Tanh
                    : function.rule == RuleId::GeluSigmoid
                        ? Approximate::Sigmoid
                        : Approximate::None;
    }
    OperationState state(gate->getLoc(), ("act." + name + suffix).str());
    state.addOperands(operands);
    state.addTypes(operands.back().getType());
    if (approximate)
      state.addAttribute("approximate",
                         ApproximateAttr::get(context, *approximate));
    if (function.rule == RuleId::Swish)
      state.addAttribute("beta", cast<Attribute>(function.parameters[0]));
    if (Attribute accuracy = gate->getAttr(accuracyAttrName))
      state.addAttribute(accuracyAttrName, accuracy);
    return builder.create(state)->getResult(0);
  }

  DerivativeBuilder &builder;
  Operation *gate;
  const GateFunction &function;
};

} // namespace

SmallVector<Value> act::expandGate(DerivativeBuilder &builder,
                                   GateBackwardOp op) {
  Type computeType = getComputeElementType(op->getOperands(), op->getContext());
  RealEmitter numbers(builder, op.getLoc(), op.getG(), computeType);
  using Number = RealEmitter::Value;
  using Bool = RealEmitter::Bool;
  Number g = numbers.read(op.getG()), u = numbers.read(op.getU()),
         dy = numbers.read(op.getDy()), zero = numbers.constant(0.0);

  GateFunction function = getGateFunction(op);
  Bool isGClosed{nullptr, false}, isUClosed{nullptr, false};
  if (function.limit) {
    Number limit = numbers.constant(*function.limit);
    isGClosed = numbers.gt(g, limit);
    isUClosed = numbers.gt(numbers.abs(u), limit);
    g = numbers.select(isGClosed, limit, g);
    u = numbers.select(isUClosed, numbers.copySign(limit, u), u);
  }
  if (function.offset)
    u = numbers.add(u, numbers.constant(*function.offset));

  Activation phi(builder, op, function);
  Value x = numbers.materialize(g);
  Number du = numbers.mul(dy, {phi.forward(x)});
  Value q = numbers.materialize(numbers.mul(dy, u));
  Number dg{phi.backward(q, x)};
  dg = numbers.select(isGClosed, zero, dg);
  du = numbers.select(isUClosed, zero, du);
  Type element = getElementTypeOrSelf(op.getG().getType());
  return {builder.convert(op.getLoc(), numbers.materialize(dg), element),
          builder.convert(op.getLoc(), numbers.materialize(du), element)};
}
