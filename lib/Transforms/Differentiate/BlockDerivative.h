//===- BlockDerivative.h - Derivatives of straight-line code ----*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares the differentiation of a block: of a function, or of the
// body of a structured operation.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_TRANSFORMS_DIFFERENTIATE_BLOCKDERIVATIVE_H
#define ACT_LIB_TRANSFORMS_DIFFERENTIATE_BLOCKDERIVATIVE_H

#include "Activity.h"

namespace act {

/// Cotangents, or tangents, of values; what is missing is zero.
using Derivatives = llvm::DenseMap<mlir::Value, mlir::Value>;

/// The attribute by which an operation says whether gradients use its results,
/// "save", or compute them again, "recompute".
constexpr llvm::StringLiteral derivativeAttrName = "act.derivative";

/// Whether gradients compute the results of `op` again.
bool isRecomputed(mlir::Operation *op);

/// From the cotangents of the outputs to those of all active values.
llvm::LogicalResult pullBackBlock(DerivativeBuilder &builder,
                                  const Activity &activity,
                                  Derivatives &cotangents);

/// From the tangents of the inputs to those of all active values.
llvm::LogicalResult pushForwardBlock(DerivativeBuilder &builder,
                                     const Activity &activity,
                                     Derivatives &tangents);

/// Erases the operations of `block` that nothing uses.
void eraseDeadOperations(mlir::Block &block);

} // namespace act

#endif // ACT_LIB_TRANSFORMS_DIFFERENTIATE_BLOCKDERIVATIVE_H
