//===- Dropout.h - What dropout operations share ----------------*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares the verifier and the shapes of dropout operations.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_IR_DROPOUT_H
#define ACT_LIB_IR_DROPOUT_H

#include "Act/IR/Act.h"

#include "mlir/Interfaces/InferTypeOpInterface.h"

namespace act {

/// Verifies the attributes of a dropout operation.
llvm::LogicalResult verifyDropout(DropoutOpInterface op);

/// The result has the dimensions of the first operand.
llvm::LogicalResult reifyAsOperand(mlir::Operation *op,
                                   mlir::OpBuilder &builder,
                                   mlir::ReifiedRankedShapedTypeDims &shapes);

} // namespace act

#endif // ACT_LIB_IR_DROPOUT_H
