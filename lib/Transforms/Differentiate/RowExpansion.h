//===- RowExpansion.h - Backward operations of rows written out -*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares what backward operations of rows are made of, so that they
// can be differentiated once more.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_TRANSFORMS_DIFFERENTIATE_ROWEXPANSION_H
#define ACT_LIB_TRANSFORMS_DIFFERENTIATE_ROWEXPANSION_H

#include "RealEmitter.h"

#include "Act/IR/Act.h"
#include "Act/Transforms/Differentiation.h"

namespace act {

/// The dimensions that rows are numbered by: all but that of the row.
llvm::SmallVector<int64_t> getRowNumberDims(RowwiseOpInterface op);

/// Emits parts of a row-wise operation, in the compute type.
class RowExpansion {
public:
  RowExpansion(DerivativeBuilder &builder, RowwiseOpInterface op)
      : builder(builder), op(op), loc(op.getLoc()), x(op.getX()) {}

  /// What keeps `op` from being written out, or "".
  static llvm::StringRef findObstacle(RowwiseOpInterface op);

  /// A value with the derivatives by x, and for rows without a loss by dy, that
  /// the gradient of x has, which a backward operation gives.
  llvm::SmallVector<mlir::Value> expand();

  /// e^(z - logsumexp), 0 where the mask keeps nothing. A row of nothing has
  /// none.
  mlir::Value emitProbabilities();
  /// `value` times dz/dx.
  mlir::Value throughLogits(mlir::Value value);
  /// `value`, but 0 where the mask keeps nothing.
  mlir::Value keep(mlir::Value value);
  /// One number for each row, and back to the shape of x.
  mlir::Value sumOverRows(mlir::Value terms);
  mlir::Value spread(mlir::Value perRow);

private:
  mlir::Value wide(mlir::Value value);
  /// Values whose types know less of the shape than that of x, or more.
  mlir::Value shapedAsX(mlir::Value value);
  mlir::Value shapedAsRows(mlir::Value value);
  /// x without what rows that do not count hold.
  mlir::Value emitLogits();
  mlir::Value multiply(mlir::Value left, mlir::Value right);
  mlir::Value subtract(mlir::Value left, mlir::Value right);
  mlir::Value scale(mlir::Value value, double factor);
  mlir::Value emitRows(llvm::StringRef name, mlir::Value of, mlir::Type type,
                       llvm::ArrayRef<llvm::StringRef> attributes,
                       bool withMask);
  mlir::RankedTensorType rowsType();
  RealEmitter::Value emitBounded(RealEmitter &numbers);
  mlir::Value emitGradient();
  mlir::Value emitLossGradient();
  mlir::Value emitCappedLossGradient();
  mlir::Value emitRowFactor();
  mlir::Value emitOnes();
  mlir::Value dropIgnored(mlir::Value perRow);
  mlir::Value emitKeptWeights();
  mlir::Value emitTargetWeights();
  mlir::Value emitClassCount();
  mlir::Value smooth(mlir::Value ofTarget);

  DerivativeBuilder &builder;
  RowwiseOpInterface op;
  mlir::Location loc;
  mlir::Value x;
};

} // namespace act

#endif // ACT_LIB_TRANSFORMS_DIFFERENTIATE_ROWEXPANSION_H
