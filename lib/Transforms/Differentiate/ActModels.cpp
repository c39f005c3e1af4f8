//===- ActModels.cpp - Derivatives of elementwise act operations ----------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file derives the elementwise operations of act from their rules. The
// derivative of a forward operation is its backward operation; that of a
// backward operation is the rule's derivative formula in dual numbers.
//
//===----------------------------------------------------------------------===//

#include "Models.h"
#include "RuleDerivative.h"

#include "Act/IR/Act.h"
#include "Act/Transforms/Differentiation.h"

using namespace mlir;
using namespace act;

namespace {

template <typename Op>
struct RuleModel
    : public DifferentiableOpInterface::ExternalModel<RuleModel<Op>, Op> {
  LogicalResult pullBack(Operation *op, DerivativeBuilder &builder,
                         ArrayRef<Value> cotangents,
                         const llvm::BitVector &wanted,
                         MutableArrayRef<Value> gradients) const {
    return pullBackRule(op, builder, cotangents, wanted, gradients);
  }
  LogicalResult pushForward(Operation *op, DerivativeBuilder &builder,
                            ArrayRef<Value> tangents,
                            MutableArrayRef<Value> results) const {
    return pushForwardRule(op, builder, tangents, results);
  }
};

} // namespace

template <typename Op> static void attachToRule(MLIRContext *context) {
  if constexpr (Op::template hasTrait<ElementwiseRuleOpInterface::Trait>())
    Op::template attachInterface<RuleModel<Op>>(*context);
}

template <typename... Ops> static void attachToRules(MLIRContext *context) {
  (attachToRule<Ops>(context), ...);
}

void act::registerDifferentiableActOps(DialectRegistry &registry) {
  registry.addExtension(+[](MLIRContext *context, ActDialect *) {
    attachToRules<
#define GET_OP_LIST
#include "Act/IR/ActOps.cpp.inc"
        >(context);
  });
}
