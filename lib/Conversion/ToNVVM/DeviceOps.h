//===- DeviceOps.h - What an NVIDIA GPU has instructions for ----*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares checks of kernels before they are given to the NVPTX code
// generator, which ends the process where it has no instruction.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_CONVERSION_TONVVM_DEVICEOPS_H
#define ACT_LIB_CONVERSION_TONVVM_DEVICEOPS_H

#include "mlir/Dialect/GPU/IR/GPUDialect.h"

namespace act {

/// Emits an error for each operation that has no instruction of its own with
/// the right result: math functions, remainders, calls, inline assembly.
mlir::LogicalResult checkMathOps(mlir::gpu::GPUModuleOp module);

/// Emits an error for what the converted kernels may not hold on `chip`: calls,
/// and operations of NVVM beyond those that kernels use.
mlir::LogicalResult checkConverted(mlir::gpu::GPUModuleOp module,
                                   llvm::StringRef chip);

} // namespace act

#endif // ACT_LIB_CONVERSION_TONVVM_DEVICEOPS_H
