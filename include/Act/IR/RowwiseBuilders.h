//===- RowwiseBuilders.h - Row-wise operations by parts ---------*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares the creation of row-wise operations whose name or whose
// operands are known at run time only. They are right as soon as they are
// there.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_IR_ROWWISEBUILDERS_H
#define ACT_IR_ROWWISEBUILDERS_H

#include "Act/IR/Act.h"

namespace act {

/// The attributes of a row-wise operation, but for how its operands are split.
mlir::NamedAttrList getRowOptions(mlir::Operation *op);

/// Creates the operation `name`. `inputs` has an element for each input that
/// the operation is defined with, in order: null where it is left out.
mlir::Operation *createRowwise(mlir::OpBuilder &builder, mlir::Location loc,
                               llvm::StringRef name,
                               llvm::ArrayRef<mlir::Value> inputs,
                               mlir::ValueRange outs, mlir::TypeRange types,
                               llvm::ArrayRef<mlir::NamedAttribute> options);

/// Creates an operation like `op`, with as many inputs, other destinations (or
/// none) and result types.
mlir::Operation *cloneRowwise(mlir::OpBuilder &builder, RowwiseOpInterface op,
                              mlir::ValueRange inputs, mlir::ValueRange outs,
                              mlir::TypeRange types,
                              llvm::ArrayRef<mlir::NamedAttribute> options);
mlir::Operation *cloneRowwise(mlir::OpBuilder &builder, RowwiseOpInterface op,
                              mlir::ValueRange inputs, mlir::ValueRange outs,
                              mlir::TypeRange types);

} // namespace act

#endif // ACT_IR_ROWWISEBUILDERS_H
