//===- Kernels.h - From a module to the code of its kernels --- -*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares the steps from the kernels of a module to PTX, which ahead
// of time and just in time have in common.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_EXECUTION_CUDA_KERNELS_H
#define ACT_LIB_EXECUTION_CUDA_KERNELS_H

#include "mlir/Dialect/GPU/IR/GPUDialect.h"
#include "mlir/IR/BuiltinOps.h"
#include "llvm/Support/Error.h"

#include <string>

namespace act {

/// The only gpu.module of `module`.
llvm::Expected<mlir::gpu::GPUModuleOp> findKernels(mlir::ModuleOp module,
                                                   llvm::StringRef entry);

/// Makes `chip` what the kernels are compiled for.
llvm::Error setChip(mlir::gpu::GPUModuleOp kernels, llvm::StringRef chip);

/// Converts the kernels of `module` and gives their PTX.
llvm::Expected<std::string> compileKernels(mlir::ModuleOp module,
                                           llvm::StringRef entry);

} // namespace act

#endif // ACT_LIB_EXECUTION_CUDA_KERNELS_H
