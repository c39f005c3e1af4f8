//===- StructuredDerivative.h - Derivatives of linalg bodies ----*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares the derivative of a structured operation whose body
// computes elements, or terms that are added.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_TRANSFORMS_DIFFERENTIATE_STRUCTUREDDERIVATIVE_H
#define ACT_LIB_TRANSFORMS_DIFFERENTIATE_STRUCTUREDDERIVATIVE_H

#include "Act/Transforms/Differentiation.h"

#include "mlir/Dialect/Linalg/IR/Linalg.h"

namespace act {

/// Every output is computed from the inputs alone, or is what it was plus such
/// a term. The gradient of an input is then an operation of the same kind: over
/// the same loops, in which those that the input does not have are reductions.
class StructuredDerivative {
public:
  StructuredDerivative(mlir::linalg::LinalgOp op, DerivativeBuilder &builder);

  llvm::LogicalResult pullBack(llvm::ArrayRef<mlir::Value> cotangents,
                               const llvm::BitVector &wanted,
                               llvm::MutableArrayRef<mlir::Value> gradients);
  llvm::LogicalResult pushForward(llvm::ArrayRef<mlir::Value> tangents,
                                  llvm::MutableArrayRef<mlir::Value> results);

private:
  struct Body;

  /// What is made of a body: `value`, or what was at `destination` plus it.
  struct Output {
    mlir::Value destination;
    mlir::AffineMap map;
    mlir::Value value;
    bool adds;
  };

  llvm::LogicalResult analyze();
  Body cloneBody(llvm::ArrayRef<mlir::Value> derivatives);
  llvm::SmallVector<mlir::Value>
  emit(Body &body, llvm::ArrayRef<mlir::Value> derivatives,
       llvm::ArrayRef<mlir::AffineMap> derivativeMaps,
       llvm::ArrayRef<Output> outputs);
  llvm::LogicalResult
  emitGradients(llvm::ArrayRef<unsigned> inputs,
                llvm::ArrayRef<mlir::Value> cotangents,
                llvm::MutableArrayRef<mlir::Value> gradients);
  mlir::Value makeDestination(unsigned input, mlir::AffineMap map);
  mlir::Value finish(mlir::Value gradient, mlir::Value operand);

  mlir::linalg::LinalgOp op;
  DerivativeBuilder &builder;
  mlir::Location loc;
  unsigned numInputs;
  /// For each output the addition that ends it, or null.
  llvm::SmallVector<mlir::Operation *> additions;
};

} // namespace act

#endif // ACT_LIB_TRANSFORMS_DIFFERENTIATE_STRUCTUREDDERIVATIVE_H
