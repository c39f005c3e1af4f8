//===- RowDerivative.h - Derivatives of rows --------------------*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares the derivatives of a RowwiseOpInterface.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_TRANSFORMS_DIFFERENTIATE_ROWDERIVATIVE_H
#define ACT_LIB_TRANSFORMS_DIFFERENTIATE_ROWDERIVATIVE_H

#include "Act/IR/Act.h"
#include "Act/Transforms/Differentiation.h"

namespace act {

llvm::LogicalResult pullBackRows(RowwiseOpInterface op,
                                 DerivativeBuilder &builder,
                                 llvm::ArrayRef<mlir::Value> cotangents,
                                 const llvm::BitVector &wanted,
                                 llvm::MutableArrayRef<mlir::Value> gradients);

llvm::LogicalResult pushForwardRows(RowwiseOpInterface op,
                                    DerivativeBuilder &builder,
                                    llvm::ArrayRef<mlir::Value> tangents,
                                    llvm::MutableArrayRef<mlir::Value> results);

} // namespace act

#endif // ACT_LIB_TRANSFORMS_DIFFERENTIATE_ROWDERIVATIVE_H
