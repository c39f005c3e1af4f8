//===- KernelOps.h - What GPU kernels are made of ---------------*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares the check of the operations of GPU kernels, and the sizes
// of what they compute with.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_EXECUTION_KERNELOPS_H
#define ACT_LIB_EXECUTION_KERNELOPS_H

#include "mlir/Dialect/GPU/IR/GPUDialect.h"

#include <optional>

namespace act {

/// Diagnoses operations that are none of the list in docs/GPU.md, before
/// kernels are compiled for a GPU or for the runner.
mlir::LogicalResult checkKernelOps(mlir::gpu::GPUModuleOp kernels);

/// The bytes from one number, index or pointer of type `type` to the next in
/// memory, as LLVM lays them out; 0 for other types.
unsigned bytesInMemory(mlir::Type type);

/// What llvm.align says of shared memory `index` that a kernel declares.
std::optional<int64_t> statedAlignment(mlir::gpu::GPUFuncOp kernel,
                                       unsigned index);

/// Bytes of shared memory that a kernel declares, as act-to-nvvm aligns it; its
/// sizes are static.
uint64_t declaredShared(mlir::gpu::GPUFuncOp kernel);

} // namespace act

#endif // ACT_LIB_EXECUTION_KERNELOPS_H
