//===- SumLaunch.h - Sums on a GPU ------------------------------*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares the kernels of sums and counts.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_CONVERSION_TOGPU_SUMLAUNCH_H
#define ACT_LIB_CONVERSION_TOGPU_SUMLAUNCH_H

#include "ElementwiseLaunch.h"

namespace act {

/// Whether `generic` adds terms to its output, which has a fixed order, or
/// combines them with each of its outputs in a way that needs none, as the
/// maximum does.
bool isSumOnDevice(mlir::linalg::GenericOp generic);

/// Emits the kernel of `generic` and its launch at the insertion point. With
/// `guard` nothing happens unless that holds.
void launchSum(mlir::OpBuilder &host, mlir::linalg::GenericOp generic,
               KernelModule &module, const GPUKernelOptions &options,
               mlir::Value guard);

} // namespace act

#endif // ACT_LIB_CONVERSION_TOGPU_SUMLAUNCH_H
