//===- RowSums.h - Sums over rows -------------------------------*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares what is computed of all rows together, before and after
// the kernel that works on each of them.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_CONVERSION_TOLOOPS_ROWS_ROWSUMS_H
#define ACT_LIB_CONVERSION_TOLOOPS_ROWS_ROWSUMS_H

#include "Act/IR/Act.h"

#include "mlir/IR/PatternMatch.h"

namespace act {

/// Emits memory with one number for each row of an operation on memrefs, or
/// with one for all, and loops over rows.
class RowSums {
public:
  RowSums(mlir::RewriterBase &rewriter, RowwiseOpInterface op);

  /// Temporary memory with a number of `type` for each row.
  mlir::Value makeRows(mlir::Type type);
  /// One number on the stack.
  mlir::Value makeScalar(mlir::Value initial);
  /// One number on the stack, seen as one for each row.
  mlir::Value repeat(mlir::Value number);
  void freeRows();

  mlir::Value load(mlir::Value scalar);
  void store(mlir::Value value, mlir::Value scalar);

  /// The number of rows.
  mlir::Value count(mlir::FloatType type);

  using EmitBody = llvm::function_ref<llvm::SmallVector<mlir::Value>(
      mlir::OpBuilder &builder, mlir::ValueRange arguments)>;
  /// For each row, what `emitBody` makes of its inputs and of the outputs, of
  /// which there is one for each row or one for all.
  void forRows(mlir::ValueRange inputs, mlir::ValueRange outputs,
               EmitBody emitBody);

  using EmitTerm = llvm::function_ref<mlir::Value(mlir::OpBuilder &builder,
                                                  mlir::ValueRange arguments)>;
  /// Adds what `emitTerm` makes of the inputs of each row to `total`.
  void addUp(mlir::Value total, mlir::ValueRange inputs, EmitTerm emitTerm);
  /// The same of one input as it is.
  void addUp(mlir::Value total, mlir::Value input);

private:
  mlir::RewriterBase &rewriter;
  RowwiseOpInterface op;
  mlir::Location loc;
  llvm::SmallVector<mlir::OpFoldResult> sizes;
  llvm::SmallVector<int64_t> shape;
  llvm::SmallVector<mlir::Value> temporaries;
};

} // namespace act

#endif // ACT_LIB_CONVERSION_TOLOOPS_ROWS_ROWSUMS_H
