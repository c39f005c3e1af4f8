//===- GateExpansion.h - Gates written out ----------------------*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares what gates compute in operations that have derivatives.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_TRANSFORMS_DIFFERENTIATE_GATEEXPANSION_H
#define ACT_LIB_TRANSFORMS_DIFFERENTIATE_GATEEXPANSION_H

#include "Act/IR/Act.h"
#include "Act/Transforms/Differentiation.h"

namespace act {

/// A gate of two slices.
llvm::SmallVector<mlir::Value> expandGate(DerivativeBuilder &builder, GluOp op);
/// The gradients of such a gate, packed.
llvm::SmallVector<mlir::Value> expandGate(DerivativeBuilder &builder,
                                          GluBackwardOp op);
/// The derivative of an activation, and products.
llvm::SmallVector<mlir::Value> expandGate(DerivativeBuilder &builder,
                                          GateBackwardOp op);

} // namespace act

#endif // ACT_LIB_TRANSFORMS_DIFFERENTIATE_GATEEXPANSION_H
