//===- Models.h - Who knows which derivative --------------------*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares the parts of registerDifferentiableModels(), one for each
// dialect.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_TRANSFORMS_DIFFERENTIATE_MODELS_H
#define ACT_LIB_TRANSFORMS_DIFFERENTIATE_MODELS_H

namespace mlir {
class DialectRegistry;
} // namespace mlir

namespace act {

void registerDifferentiableActOps(mlir::DialectRegistry &registry);
void registerDifferentiableGates(mlir::DialectRegistry &registry);
void registerDifferentiableLinalgOps(mlir::DialectRegistry &registry);
void registerDifferentiableRowOps(mlir::DialectRegistry &registry);
void registerDifferentiableDropoutOps(mlir::DialectRegistry &registry);
void registerDifferentiableScalarOps(mlir::DialectRegistry &registry);
void registerDifferentiableTensorOps(mlir::DialectRegistry &registry);

} // namespace act

#endif // ACT_LIB_TRANSFORMS_DIFFERENTIATE_MODELS_H
