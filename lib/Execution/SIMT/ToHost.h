//===- ToHost.h - GPU kernels as host functions --------------- -*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares the conversion of GPU kernels to host functions that call
// the runner.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_EXECUTION_SIMT_TOHOST_H
#define ACT_LIB_EXECUTION_SIMT_TOHOST_H

#include "Program.h"

#include "mlir/IR/BuiltinOps.h"

namespace act::simt {

/// Replaces each gpu.func by a function `(thread, arguments, shared memory)` of
/// `module` that computes what one thread does, and each gpu.launch_func by a
/// call of `act_simt_launch`. Describes the kernels in `program`; their chip is
/// `chip` where the module names none.
mlir::LogicalResult convertToHost(mlir::ModuleOp module, llvm::StringRef chip,
                                  Program &program);

/// In the LLVM dialect: has each access of the kernels to memory of the GPU
/// checked before it is made.
void insertAccessChecks(mlir::ModuleOp module, Program &program);

/// In the LLVM dialect: has each division of integers checked before it is
/// made.
void insertDivisionChecks(mlir::ModuleOp module, Program &program);

/// In the LLVM dialect: has the kernels count the turns of their loops.
void insertLoopChecks(mlir::ModuleOp module, Program &program);

} // namespace act::simt

#endif // ACT_LIB_EXECUTION_SIMT_TOHOST_H
