//===- ElementwiseDerivative.h - Derivatives of formulas --------*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares the derivatives of elementwise operations that a formula
// defines, in both directions.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_TRANSFORMS_DIFFERENTIATE_ELEMENTWISEDERIVATIVE_H
#define ACT_LIB_TRANSFORMS_DIFFERENTIATE_ELEMENTWISEDERIVATIVE_H

#include "LinearMap.h"

namespace act {

/// The outputs of a formula at these inputs.
using DualFormula = llvm::function_ref<llvm::SmallVector<EmittedDual>(
    EmittedDuals &, llvm::ArrayRef<EmittedDual>)>;

/// An elementwise function of values of one shape. It is computed in f64 where
/// an input is f64, else in f32.
class ElementwiseDerivative {
public:
  /// Null inputs are not numbers; the formula knows them otherwise. `active`
  /// says by which inputs to differentiate.
  ElementwiseDerivative(DerivativeBuilder &builder, mlir::Location loc,
                        llvm::ArrayRef<mlir::Value> inputs,
                        const llvm::BitVector &active, DualFormula formula);

  /// Appends the gradient of each input, null where it is zero, with elements
  /// of the type of the input.
  void pullBack(llvm::ArrayRef<mlir::Value> cotangents,
                llvm::MutableArrayRef<mlir::Value> gradients);

  /// The tangents of the outputs, with elements of the type of `results`.
  void pushForward(llvm::ArrayRef<mlir::Value> tangents,
                   mlir::TypeRange resultTypes,
                   llvm::MutableArrayRef<mlir::Value> results);

private:
  llvm::SmallVector<std::optional<RealEmitter::Value>>
  read(llvm::ArrayRef<mlir::Value> values);

  DerivativeBuilder &builder;
  mlir::Location loc;
  llvm::SmallVector<mlir::Value> inputs;
  RealEmitter emitter;
  LinearMap map;
  llvm::SmallVector<LinearMap::Tangent> outputs;
};

/// The operands of `op` that are numbers; null for the others.
llvm::SmallVector<mlir::Value> numbersOf(mlir::Operation *op);

/// The entries that are not null.
llvm::BitVector presenceOf(llvm::ArrayRef<mlir::Value> values);

} // namespace act

#endif // ACT_LIB_TRANSFORMS_DIFFERENTIATE_ELEMENTWISEDERIVATIVE_H
