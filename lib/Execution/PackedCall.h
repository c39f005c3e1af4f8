//===- PackedCall.h - One calling convention for all entries -- -*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares wrappers through which functions of any signature are
// called alike.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_EXECUTION_PACKEDCALL_H
#define ACT_LIB_EXECUTION_PACKEDCALL_H

#include "mlir/IR/BuiltinOps.h"

#include <string>

namespace act {

/// A wrapper: each argument of the function stands in 8 bytes of `arguments`,
/// each result goes into 8 bytes of `results`.
using PackedFunction = void (*)(const uint64_t *arguments, uint64_t *results);

/// The name of the wrapper of a function.
std::string packedName(llvm::StringRef function);

/// Adds a wrapper of `function`, an llvm.func of `module`.
mlir::LogicalResult addPackedCall(mlir::ModuleOp module,
                                  llvm::StringRef function);

} // namespace act

#endif // ACT_LIB_EXECUTION_PACKEDCALL_H
