//===- RowLaunch.h - Row-wise operations on a GPU ---------------*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares the kernels of row-wise operations and their launches.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_CONVERSION_TOGPU_ROWS_ROWLAUNCH_H
#define ACT_LIB_CONVERSION_TOGPU_ROWS_ROWLAUNCH_H

#include "../ElementwiseLaunch.h"

#include "Act/IR/Act.h"

namespace act {

/// Emits the kernels of `op`, which does not depend on all rows at once, and
/// what launches them at the insertion point. With `guard` nothing happens
/// unless that holds.
void launchRowwise(mlir::OpBuilder &host, RowwiseOpInterface op,
                   KernelModule &module, const GPUKernelOptions &options,
                   mlir::Value guard);

} // namespace act

#endif // ACT_LIB_CONVERSION_TOGPU_ROWS_ROWLAUNCH_H
