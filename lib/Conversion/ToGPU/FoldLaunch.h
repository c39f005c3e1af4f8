//===- FoldLaunch.h - Reductions of any kind on a GPU -----------*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares the kernels of reductions whose terms come one after the
// other.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_CONVERSION_TOGPU_FOLDLAUNCH_H
#define ACT_LIB_CONVERSION_TOGPU_FOLDLAUNCH_H

#include "ElementwiseLaunch.h"

namespace act {

/// Whether `generic` makes each element of its outputs of terms by a body that
/// can stand in a kernel.
bool isReductionOnDevice(mlir::linalg::GenericOp generic);

/// Emits the kernel of `generic`, a reduction, and its launch at the insertion
/// point. With `guard` nothing happens unless that holds.
void launchFold(mlir::OpBuilder &host, mlir::linalg::GenericOp generic,
                KernelModule &module, const GPUKernelOptions &options,
                mlir::Value guard);

/// The same over `space`, that of the device.
void launchFold(mlir::OpBuilder &host, mlir::linalg::GenericOp generic,
                const IterationSpace &space, KernelModule &module,
                const GPUKernelOptions &options, mlir::Value guard);

} // namespace act

#endif // ACT_LIB_CONVERSION_TOGPU_FOLDLAUNCH_H
