//===- Entry.h - Functions that the host calls ------------------*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares what an entry is and the attributes that mark its parts on
// the way down.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_CONVERSION_ENTRY_H
#define ACT_LIB_CONVERSION_ENTRY_H

#include "mlir/Dialect/Func/IR/FuncOps.h"

namespace act {

/// Marks an argument that a result is written to.
constexpr llvm::StringLiteral resultAttrName = "act.result";

/// Marks a function that answers a question about the inputs of an entry and
/// returns plain numbers: `@f__act_check`, `@f__act_shapes`.
constexpr llvm::StringLiteral queryAttrName = "act.query";

/// Whether `type` can be passed by the host: a ranked tensor, or a number.
bool isEntryType(mlir::Type type);

/// Whether the host may call `function`: it is public, has a body, and every
/// argument and result is a ranked tensor or a number.
bool isEntry(mlir::func::FuncOp function);

/// How many arguments come before those that results are written to.
unsigned countInputs(mlir::func::FuncOp entry);

} // namespace act

#endif // ACT_LIB_CONVERSION_ENTRY_H
