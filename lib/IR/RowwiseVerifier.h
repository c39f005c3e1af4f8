//===- RowwiseVerifier.h - Verifiers of row-wise ops ------------*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares the parts of the verifier of row-wise operations.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_IR_ROWWISEVERIFIER_H
#define ACT_LIB_IR_ROWWISEVERIFIER_H

#include "Act/IR/Act.h"

namespace act {

/// Verifies that the attribute `name`, if it is there, is finite and greater
/// than 0, or at least 0.
llvm::LogicalResult verifyPositive(mlir::Operation *op, llvm::StringRef name,
                                   bool mayBeZero = false);

/// Verifies that an operand has this shape, as far as it is known; `what` says
/// whose shape that is.
llvm::LogicalResult verifyInputShape(mlir::Operation *op, RowInput input,
                                     mlir::Value value,
                                     llvm::ArrayRef<int64_t> shape,
                                     const llvm::Twine &what);

/// Verifies the target, the weights and the options of a loss. Shapes of rows
/// are known to be right.
llvm::LogicalResult verifyLoss(LossOpInterface op);

} // namespace act

#endif // ACT_LIB_IR_ROWWISEVERIFIER_H
