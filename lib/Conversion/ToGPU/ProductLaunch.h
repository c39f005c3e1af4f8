//===- ProductLaunch.h - Products of matrices on a GPU ----------*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares the kernel of products of matrices.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_CONVERSION_TOGPU_PRODUCTLAUNCH_H
#define ACT_LIB_CONVERSION_TOGPU_PRODUCTLAUNCH_H

#include "ElementwiseLaunch.h"

namespace act {

/// Emits the kernel of `generic`, a product of matrices, and its launch at the
/// insertion point; fails where its body is written in another way. With
/// `guard` nothing happens unless that holds.
llvm::LogicalResult launchProduct(mlir::OpBuilder &host,
                                  mlir::linalg::GenericOp generic,
                                  KernelModule &module,
                                  const GPUKernelOptions &options,
                                  mlir::Value guard);

} // namespace act

#endif // ACT_LIB_CONVERSION_TOGPU_PRODUCTLAUNCH_H
