//===- Act.h - The act dialect ----------------------------------*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares the dialect, its attributes, interfaces and operations.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_IR_ACT_H
#define ACT_IR_ACT_H

#include "Act/IR/ElementwiseTypes.h"
#include "Act/IR/Gates.h"
#include "Act/IR/RowwiseTypes.h"
#include "Act/Rules/RuleIds.h"

#include "mlir/Bytecode/BytecodeOpInterface.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/IR/BuiltinTypes.h"
#include "mlir/IR/Dialect.h"
#include "mlir/IR/OpDefinition.h"
#include "mlir/IR/OpImplementation.h"
#include "mlir/IR/TypeUtilities.h"
#include "mlir/Interfaces/InferTypeOpInterface.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"
#include "mlir/Interfaces/TilingInterface.h"

namespace act {

/// Whether this names a tier: "exact", "default" or "fast".
bool isAccuracy(llvm::StringRef name);

/// The `act.accuracy` attribute of `op`, else of its function, else of its
/// module, else `fallback`.
llvm::StringRef getAccuracy(mlir::Operation *op, llvm::StringRef fallback);

/// The name of that attribute.
constexpr llvm::StringLiteral accuracyAttrName = "act.accuracy";

/// The parameters of the rule of `op`, an ElementwiseRuleOpInterface: its
/// parameter operand, else the attribute of the parameter's name, else null.
void collectRuleParameters(
    mlir::Operation *op, llvm::SmallVectorImpl<mlir::OpFoldResult> &parameters);

} // namespace act

#include "Act/IR/ActDialect.h.inc"
#include "Act/IR/ActEnums.h.inc"
#include "Act/IR/ActInterfaces.h.inc"
#include "Act/IR/RowwiseInterfaces.h.inc"

#define GET_ATTRDEF_CLASSES
#include "Act/IR/ActAttrs.h.inc"

#define GET_OP_CLASSES
#include "Act/IR/ActOps.h.inc"

#endif // ACT_IR_ACT_H
