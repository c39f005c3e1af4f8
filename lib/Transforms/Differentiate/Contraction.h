//===- Contraction.h - Derivatives of matrix products -----------*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares the derivatives of linalg.matmul and linalg.batch_matmul:
// products of matrices again, with operands transposed by indexing maps.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_TRANSFORMS_DIFFERENTIATE_CONTRACTION_H
#define ACT_LIB_TRANSFORMS_DIFFERENTIATE_CONTRACTION_H

#include "Act/Transforms/Differentiation.h"

#include "mlir/Dialect/Linalg/IR/Linalg.h"

#include <optional>

namespace act {

/// C + A B, of matrices or of batches of them.
class Contraction {
public:
  static std::optional<Contraction> match(mlir::linalg::LinalgOp op);

  void pullBack(DerivativeBuilder &builder, mlir::Value cotangent,
                const llvm::BitVector &wanted,
                llvm::MutableArrayRef<mlir::Value> gradients);
  mlir::Value pushForward(DerivativeBuilder &builder,
                          llvm::ArrayRef<mlir::Value> tangents);

private:
  explicit Contraction(mlir::linalg::LinalgOp op) : op(op) {}

  mlir::Value multiply(DerivativeBuilder &builder, unsigned operand,
                       mlir::Value cotangent);

  mlir::linalg::LinalgOp op;
};

} // namespace act

#endif // ACT_LIB_TRANSFORMS_DIFFERENTIATE_CONTRACTION_H
