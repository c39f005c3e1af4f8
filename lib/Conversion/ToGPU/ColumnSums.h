//===- ColumnSums.h - Sums of neighbouring columns on a GPU -----*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares the kernel of sums whose terms lie apart but those of
// neighbouring outputs together, as gradients of a bias are.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_CONVERSION_TOGPU_COLUMNSUMS_H
#define ACT_LIB_CONVERSION_TOGPU_COLUMNSUMS_H

#include "ElementwiseLaunch.h"

namespace act {

/// Whether neighbouring outputs of a reduction read neighbouring elements, and
/// no input has the terms of one output side by side.
bool hasColumns(mlir::linalg::GenericOp generic, const IterationSpace &space);

/// Emits the kernel of such a sum over a space of a device, and its launch.
void launchColumnSums(mlir::OpBuilder &host, mlir::linalg::GenericOp generic,
                      const IterationSpace &space, KernelModule &module,
                      const GPUKernelOptions &options, mlir::Value guard);

} // namespace act

#endif // ACT_LIB_CONVERSION_TOGPU_COLUMNSUMS_H
