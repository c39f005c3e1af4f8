//===- RuleFolding.h - Folding of constants ---------------------*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares the folder of elementwise operations.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_IR_RULEFOLDING_H
#define ACT_LIB_IR_RULEFOLDING_H

#include "mlir/IR/OpDefinition.h"

namespace act {

/// The value of the only result of an ElementwiseRuleOpInterface whose operands
/// are the constants `operands`: by the exact evaluation, rounded once. Null
/// where an operand is no constant or is f64.
mlir::OpFoldResult
foldElementwiseRule(mlir::Operation *op,
                    llvm::ArrayRef<mlir::Attribute> operands);

} // namespace act

#endif // ACT_LIB_IR_RULEFOLDING_H
