//===- LaunchCalls.h - Launches of kernels as calls ----------- -*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares how host code asks for the launch of a kernel.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_EXECUTION_LAUNCHCALLS_H
#define ACT_LIB_EXECUTION_LAUNCHCALLS_H

#include "mlir/Dialect/GPU/IR/GPUDialect.h"
#include "mlir/IR/BuiltinOps.h"
#include "llvm/ADT/STLFunctionalExtras.h"

namespace act {

/// What host code passes for a launch, 8 bytes each: the sizes of the grid, of
/// a block and of a cluster (ones where there are none), the bytes of dynamic
/// shared memory, then the arguments of the kernel.
struct LaunchSlots {
  uint64_t grid[3], block[3], cluster[3];
  uint64_t dynamicShared;

  const uint64_t *arguments() const {
    return reinterpret_cast<const uint64_t *>(this) +
           sizeof(LaunchSlots) / sizeof(uint64_t);
  }
};

/// Replaces each gpu.launch_func of `module` by a call of `function`, void
/// (i32 kernel, i32 site, ptr slots), with the numbers that the callbacks give
/// to the kernel and to the place of the launch.
mlir::LogicalResult convertLaunches(
    mlir::ModuleOp module, llvm::StringRef function,
    llvm::function_ref<std::optional<unsigned>(mlir::SymbolRefAttr)> kernel,
    llvm::function_ref<unsigned(mlir::Location)> site);

} // namespace act

#endif // ACT_LIB_EXECUTION_LAUNCHCALLS_H
