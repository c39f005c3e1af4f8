//===- ThreadIndex.h - Numbers in kernels -----------------------*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares index arithmetic as kernels need it.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_CONVERSION_TOGPU_THREADINDEX_H
#define ACT_LIB_CONVERSION_TOGPU_THREADINDEX_H

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Utils/StaticValueUtils.h"
#include "mlir/IR/Builders.h"

namespace act {

/// Emits arithmetic on values of type index.
class IndexBuilder {
public:
  IndexBuilder(mlir::OpBuilder &builder, mlir::Location loc)
      : builder(builder), loc(loc) {}

  mlir::Value number(int64_t value);
  mlir::Value value(mlir::OpFoldResult folded);
  mlir::Value add(mlir::Value left, mlir::Value right);
  mlir::Value subtract(mlir::Value left, mlir::Value right);
  mlir::Value multiply(mlir::Value left, mlir::Value right);
  mlir::Value multiply(mlir::Value left, int64_t right);
  mlir::Value least(mlir::Value left, mlir::Value right);
  mlir::Value isLess(mlir::Value left, mlir::Value right);
  /// left / right, rounded up.
  mlir::Value divideUp(mlir::Value left, int64_t right);
  /// The product of all, 1 of none.
  mlir::OpFoldResult product(llvm::ArrayRef<mlir::OpFoldResult> factors);

  /// The coordinates of element `position` in row-major order.
  llvm::SmallVector<mlir::Value>
  delinearize(mlir::Value position, llvm::ArrayRef<mlir::OpFoldResult> sizes);

  mlir::Value thread();
  mlir::Value blockSize();
  mlir::Value block();
  /// In the second dimension of the grid.
  mlir::Value row();
  mlir::Value numRows();

private:
  mlir::OpBuilder &builder;
  mlir::Location loc;
};

} // namespace act

#endif // ACT_LIB_CONVERSION_TOGPU_THREADINDEX_H
