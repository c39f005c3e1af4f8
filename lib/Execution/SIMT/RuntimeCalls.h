//===- RuntimeCalls.h - Calls of the runner in generated code - -*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares how generated code calls the runner, and where it finds
// the numbers of a thread.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_EXECUTION_SIMT_RUNTIMECALLS_H
#define ACT_LIB_EXECUTION_SIMT_RUNTIMECALLS_H

#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/BuiltinOps.h"

namespace act::simt {

/// Builds calls of functions that the runner has.
class RuntimeCalls {
public:
  explicit RuntimeCalls(mlir::ModuleOp module) : module(module) {}

  /// Calls `act_simt_<name>`, which returns `result`, or nothing if it is null.
  mlir::Value call(mlir::OpBuilder &builder, mlir::Location loc,
                   llvm::StringRef name, mlir::ValueRange arguments,
                   mlir::Type result = nullptr);

  /// A constant of 32 or 64 bits.
  static mlir::Value i32(mlir::OpBuilder &builder, mlir::Location loc,
                         int64_t value);
  static mlir::Value i64(mlir::OpBuilder &builder, mlir::Location loc,
                         int64_t value);

  /// Reads the 8 bytes with the given number at `base` as a value of `type`.
  static mlir::Value load(mlir::OpBuilder &builder, mlir::Location loc,
                          mlir::Value base, int32_t number, mlir::Type type);

  /// Writes `value` into the 8 bytes with the given number at `base`.
  static void store(mlir::OpBuilder &builder, mlir::Location loc,
                    mlir::Value value, mlir::Value base, int32_t number);

private:
  mlir::ModuleOp module;
};

} // namespace act::simt

#endif // ACT_LIB_EXECUTION_SIMT_RUNTIMECALLS_H
