//===- LossEmitter.h - Rows that have a target ------------------*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares what the kernels of all losses share: rows that do not
// count are told apart, and give zeros whatever they hold.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_CONVERSION_TOLOOPS_ROWS_LOSSEMITTER_H
#define ACT_LIB_CONVERSION_TOLOOPS_ROWS_LOSSEMITTER_H

#include "RowEmitter.h"

namespace act {

/// Emits a function of each row that counts.
class LossEmitter : public RowEmitter {
public:
  LossEmitter(mlir::OpBuilder &builder, RowwiseOpInterface op,
              const IterationSpace &space, const KernelOptions &options);

protected:
  /// A row whose target is not ignored and whose token weight is not 0.
  virtual void emitKept() = 0;

  /// NaN in place of `value` if the target is no class.
  mlir::Value poison(mlir::Value value);

  LossOpInterface loss;
  // Of the row at hand.
  /// a, a number that is not 0.
  mlir::Value tokenWeight;
  /// A hard target, or 0 if there is no such class; null for soft targets.
  mlir::Value target;

private:
  void emitRow() final;
  /// `number` is that of a hard target.
  void emitKeptRow(mlir::Value number);
  void emitDropped();

  /// i1: whether there is a class of that number.
  mlir::Value isClass;
};

} // namespace act

#endif // ACT_LIB_CONVERSION_TOLOOPS_ROWS_LOSSEMITTER_H
