//===- Activity.h - What a derivative concerns ------------------*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares the analysis of which operations of a block lie between
// what it is differentiated by and what is differentiated.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_TRANSFORMS_DIFFERENTIATE_ACTIVITY_H
#define ACT_LIB_TRANSFORMS_DIFFERENTIATE_ACTIVITY_H

#include "Act/Transforms/Differentiation.h"

#include "llvm/ADT/DenseSet.h"

namespace act {

class Activity {
public:
  /// `operations` are in order; `inputs` are values from before them by which
  /// to differentiate, `outputs` values that are differentiated.
  Activity(llvm::ArrayRef<mlir::Operation *> operations,
           mlir::ValueRange inputs, mlir::ValueRange outputs);
  /// The same of all operations of a block.
  Activity(mlir::Block &block, mlir::ValueRange inputs,
           mlir::ValueRange outputs);

  /// Whether all operations that the derivative passes have one; if not, that
  /// is diagnosed.
  llvm::LogicalResult verify() const;

  /// The operations that the derivative passes, in order.
  llvm::ArrayRef<mlir::Operation *> operations() const { return path; }

  /// Whether `value` depends on an input in a way that has a derivative.
  bool isActive(mlir::Value value) const { return active.contains(value); }

  /// The operands of `op` that are active.
  llvm::BitVector activeOperands(mlir::Operation *op) const;

private:
  llvm::LogicalResult verify(mlir::Operation *op) const;

  llvm::DenseSet<mlir::Value> active;
  /// Values that hold active ones in a form that has no derivative.
  llvm::DenseSet<mlir::Value> disguised;
  /// Values with a derivative or disguised, on which the outputs depend.
  llvm::DenseSet<mlir::Value> useful;
  llvm::SmallVector<mlir::Operation *> path;
};

} // namespace act

#endif // ACT_LIB_TRANSFORMS_DIFFERENTIATE_ACTIVITY_H
