//===- GateModels.cpp - Derivatives of gates ------------------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file gives gates their derivatives. The gradients of a gate are its
// backward operation, twice for tangents; what a backward operation computes is
// written out in activations and products to be differentiated.
//
//===----------------------------------------------------------------------===//

#include "GateExpansion.h"
#include "Models.h"
#include "Through.h"

using namespace mlir;
using namespace act;

/// The backward operation of a gate for the cotangent `dy`.
static Operation *emitBackward(Operation *op, DerivativeBuilder &builder,
                               Value dy) {
  OperationState state(op->getLoc(),
                       (op->getName().getStringRef() + "_backward").str());
  state.addOperands(dy);
  state.addOperands(op->getOperands());
  state.addAttributes(op->getAttrs());
  state.addTypes(op->getOperandTypes());
  return builder.create(state);
}

/// Whether a gate can be written out: vectors have no slices.
static LogicalResult verifyExpansion(Operation *op) {
  if (!isa<GluOp, GluBackwardOp>(op) ||
      isa<RankedTensorType>(op->getResult(0).getType()))
    return success();
  return op->emitError() << "'" << op->getName()
                         << "' on vectors cannot be differentiated here; use "
                            "act.gate on its parts";
}

namespace {

/// act.gate and act.glu.
template <typename Op>
struct ForwardModel
    : public DifferentiableOpInterface::ExternalModel<ForwardModel<Op>, Op> {
  LogicalResult pullBack(Operation *op, DerivativeBuilder &builder,
                         ArrayRef<Value> cotangents,
                         const llvm::BitVector &wanted,
                         MutableArrayRef<Value> gradients) const {
    Operation *backward = emitBackward(op, builder, cotangents[0]);
    for (unsigned index : wanted.set_bits())
      gradients[index] = backward->getResult(index);
    return success();
  }

  LogicalResult pushForward(Operation *op, DerivativeBuilder &builder,
                            ArrayRef<Value> tangents,
                            MutableArrayRef<Value> results) const {
    if (failed(verifyExpansion(op)))
      return failure();
    if (auto glu = dyn_cast<GluOp>(op))
      return pushForwardThrough(
          builder, op, tangents, results,
          [&](DerivativeBuilder &inner) { return expandGate(inner, glu); });
    // Elementwise: dg phi'(g) u' and du phi(g) are gradients too.
    for (unsigned index : {0, 1}) {
      if (!tangents[index])
        continue;
      Value part = emitBackward(op, builder, tangents[index])->getResult(index);
      part = builder.convert(op->getLoc(), part,
                             getElementTypeOrSelf(op->getResult(0).getType()));
      results[0] = builder.add(op->getLoc(), results[0], part);
    }
    return success();
  }
};

/// act.gate_backward and act.glu_backward.
template <typename Op>
struct BackwardModel
    : public DifferentiableOpInterface::ExternalModel<BackwardModel<Op>, Op> {
  LogicalResult pullBack(Operation *op, DerivativeBuilder &builder,
                         ArrayRef<Value> cotangents,
                         const llvm::BitVector &wanted,
                         MutableArrayRef<Value> gradients) const {
    if (failed(verifyExpansion(op)))
      return failure();
    return pullBackThrough(builder, op, cotangents, wanted, gradients,
                           [&](DerivativeBuilder &inner) {
                             return expandGate(inner, cast<Op>(op));
                           });
  }

  LogicalResult pushForward(Operation *op, DerivativeBuilder &builder,
                            ArrayRef<Value> tangents,
                            MutableArrayRef<Value> results) const {
    if (failed(verifyExpansion(op)))
      return failure();
    return pushForwardThrough(builder, op, tangents, results,
                              [&](DerivativeBuilder &inner) {
                                return expandGate(inner, cast<Op>(op));
                              });
  }
};

} // namespace

void act::registerDifferentiableGates(DialectRegistry &registry) {
  registry.addExtension(+[](MLIRContext *context, ActDialect *) {
    GateOp::attachInterface<ForwardModel<GateOp>>(*context);
    GluOp::attachInterface<ForwardModel<GluOp>>(*context);
    GateBackwardOp::attachInterface<BackwardModel<GateBackwardOp>>(*context);
    GluBackwardOp::attachInterface<BackwardModel<GluBackwardOp>>(*context);
  });
}
