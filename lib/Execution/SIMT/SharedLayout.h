//===- SharedLayout.h - Where shared memory lies -------------- -*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares how the runner lays out the shared memory of a kernel.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_EXECUTION_SIMT_SHAREDLAYOUT_H
#define ACT_LIB_EXECUTION_SIMT_SHAREDLAYOUT_H

#include "Program.h"

#include "mlir/Dialect/GPU/IR/GPUDialect.h"

namespace act::simt {

/// The shared memory of a block begins at a multiple of twice this.
constexpr int64_t maxSharedAlignment = 512;

/// Lays the memory out that `kernel` declares.
void layOutShared(mlir::gpu::GPUFuncOp kernel, KernelInfo &info);

} // namespace act::simt

#endif // ACT_LIB_EXECUTION_SIMT_SHAREDLAYOUT_H
