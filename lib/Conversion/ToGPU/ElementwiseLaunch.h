//===- ElementwiseLaunch.h - Elementwise work on a GPU ----------*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares the kernels of elementwise operations and their launches.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_CONVERSION_TOGPU_ELEMENTWISELAUNCH_H
#define ACT_LIB_CONVERSION_TOGPU_ELEMENTWISELAUNCH_H

#include "DeviceKernel.h"

#include "mlir/Dialect/Linalg/IR/Linalg.h"

namespace act {

/// What all kernels of an entry have in common.
struct GPUKernelOptions {
  /// Tier of operations that do not name one.
  std::string accuracy = "default";
  ScheduleOverride schedule;
};

/// Whether every element of the outputs of `generic` is computed for itself.
bool isElementwiseOnDevice(mlir::linalg::GenericOp generic);

/// Emits the kernels of `generic` and what launches them at the insertion
/// point. With `guard` nothing happens unless that holds.
void launchElementwise(mlir::OpBuilder &host, mlir::linalg::GenericOp generic,
                       KernelModule &module, const GPUKernelOptions &options,
                       mlir::Value guard);

/// The same of a store of the host.
void launchStore(mlir::OpBuilder &host, mlir::Operation *store,
                 KernelModule &module, mlir::Value guard);

} // namespace act

#endif // ACT_LIB_CONVERSION_TOGPU_ELEMENTWISELAUNCH_H
