//===- DropoutModels.cpp - Derivatives of dropout -------------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file derives dropout. It is linear, or nearly: every derivative, of any
// order, is the backward operation with the same random words.
//
//===----------------------------------------------------------------------===//

#include "Models.h"

#include "Act/IR/Act.h"
#include "Act/Transforms/Differentiation.h"

using namespace mlir;
using namespace act;

namespace {

template <typename Op, typename Backward>
struct DropoutModel : public DifferentiableOpInterface::ExternalModel<
                          DropoutModel<Op, Backward>, Op> {
  LogicalResult pullBack(Operation *op, DerivativeBuilder &builder,
                         ArrayRef<Value> cotangents, const llvm::BitVector &,
                         MutableArrayRef<Value> gradients) const {
    gradients[0] = derive(cast<Op>(op), builder, cotangents[0]);
    return success();
  }
  LogicalResult pushForward(Operation *op, DerivativeBuilder &builder,
                            ArrayRef<Value> tangents,
                            MutableArrayRef<Value> results) const {
    if (tangents[0])
      results[0] = derive(cast<Op>(op), builder, tangents[0]);
    return success();
  }

private:
  static Value derive(Op op, DerivativeBuilder &builder, Value with) {
    return builder.emit<Backward>(op.getLoc(), with.getType(), with,
                                  op.getSeed(), op.getOffset(), op.getPAttr());
  }
};

} // namespace

void act::registerDifferentiableDropoutOps(DialectRegistry &registry) {
  registry.addExtension(+[](MLIRContext *context, ActDialect *) {
    DropoutOp::attachInterface<DropoutModel<DropoutOp, DropoutBackwardOp>>(
        *context);
    DropoutBackwardOp::attachInterface<
        DropoutModel<DropoutBackwardOp, DropoutBackwardOp>>(*context);
    AlphaDropoutOp::attachInterface<
        DropoutModel<AlphaDropoutOp, AlphaDropoutBackwardOp>>(*context);
    AlphaDropoutBackwardOp::attachInterface<
        DropoutModel<AlphaDropoutBackwardOp, AlphaDropoutBackwardOp>>(*context);
  });
}
