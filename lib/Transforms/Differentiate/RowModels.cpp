//===- RowModels.cpp - Derivatives of rows and losses ---------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file gives row-wise operations and losses their derivatives. Gradients
// are backward operations, which take the logsumexp of the forward operation
// where the program has it.
//
//===----------------------------------------------------------------------===//

#include "Models.h"
#include "RowDerivative.h"

#include "Act/IR/Act.h"

using namespace mlir;
using namespace act;

namespace {

template <typename Op>
struct RowModel
    : public DifferentiableOpInterface::ExternalModel<RowModel<Op>, Op> {
  LogicalResult pullBack(Operation *op, DerivativeBuilder &builder,
                         ArrayRef<Value> cotangents,
                         const llvm::BitVector &wanted,
                         MutableArrayRef<Value> gradients) const {
    return pullBackRows(cast<RowwiseOpInterface>(op), builder, cotangents,
                        wanted, gradients);
  }
  LogicalResult pushForward(Operation *op, DerivativeBuilder &builder,
                            ArrayRef<Value> tangents,
                            MutableArrayRef<Value> results) const {
    return pushForwardRows(cast<RowwiseOpInterface>(op), builder, tangents,
                           results);
  }
  /// What losses tell besides the loss is for people to read.
  bool hasDerivative(Operation *op, unsigned result) const {
    auto rows = cast<RowwiseOpInterface>(op);
    switch (rows.getRowOutputs()[result]) {
    case RowOutput::Y:
    case RowOutput::Loss:
    case RowOutput::DX:
    case RowOutput::DTarget:
      return true;
    case RowOutput::Lse:
      return !isa<LossOpInterface>(op) &&
             rows.getRowFunction() != RowFunction::Softmin;
    default:
      return false;
    }
  }
};

} // namespace

template <typename Op> static void attachToRow(MLIRContext *context) {
  if constexpr (Op::template hasTrait<RowwiseOpInterface::Trait>())
    Op::template attachInterface<RowModel<Op>>(*context);
}

template <typename... Ops> static void attachToRows(MLIRContext *context) {
  (attachToRow<Ops>(context), ...);
}

void act::registerDifferentiableRowOps(DialectRegistry &registry) {
  registry.addExtension(+[](MLIRContext *context, ActDialect *) {
    attachToRows<
#define GET_OP_LIST
#include "Act/IR/ActOps.cpp.inc"
        >(context);
  });
}
