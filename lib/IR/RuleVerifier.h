//===- RuleVerifier.h - What all operations verify --------------*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares the verifier of elementwise operations.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_IR_RULEVERIFIER_H
#define ACT_LIB_IR_RULEVERIFIER_H

#include "Act/Rules/RuleInfo.h"

#include "mlir/IR/BuiltinAttributes.h"
#include "mlir/IR/Operation.h"

namespace act {

/// Verifies that `op` has no attribute without a dialect's prefix that it does
/// not know.
llvm::LogicalResult verifyAttributeNames(mlir::Operation *op);

/// Verifies that the attribute `name` is finite and within the constraint.
llvm::LogicalResult verifyNumber(mlir::Operation *op, llvm::StringRef name,
                                 mlir::FloatAttr number,
                                 rules::Constraint constraint);

/// Verifies the attributes of an ElementwiseRuleOpInterface against its rule.
llvm::LogicalResult verifyElementwiseRule(mlir::Operation *op);

/// Verifies the attributes of a GateOpInterface.
llvm::LogicalResult verifyGate(mlir::Operation *op);

} // namespace act

#endif // ACT_LIB_IR_RULEVERIFIER_H
