//===- Through.h - Derivatives through other operations ---------*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares the derivative of an operation that is written out in
// operations with derivatives. Only what these derivatives use of them stays;
// the value of the operation is still its own.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_TRANSFORMS_DIFFERENTIATE_THROUGH_H
#define ACT_LIB_TRANSFORMS_DIFFERENTIATE_THROUGH_H

#include "Act/Transforms/Differentiation.h"

namespace act {

/// Emits operations that compute the results from the operands.
using Expansion =
    llvm::function_ref<llvm::SmallVector<mlir::Value>(DerivativeBuilder &)>;

llvm::LogicalResult
pullBackThrough(DerivativeBuilder &builder, mlir::Operation *op,
                llvm::ArrayRef<mlir::Value> cotangents,
                const llvm::BitVector &wanted,
                llvm::MutableArrayRef<mlir::Value> gradients, Expansion expand);

llvm::LogicalResult
pushForwardThrough(DerivativeBuilder &builder, mlir::Operation *op,
                   llvm::ArrayRef<mlir::Value> tangents,
                   llvm::MutableArrayRef<mlir::Value> results,
                   Expansion expand);

} // namespace act

#endif // ACT_LIB_TRANSFORMS_DIFFERENTIATE_THROUGH_H
