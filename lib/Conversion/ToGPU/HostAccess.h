//===- HostAccess.h - What the host does with device memory -----*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares how an entry is prepared for memory that the host cannot
// read.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_CONVERSION_TOGPU_HOSTACCESS_H
#define ACT_LIB_CONVERSION_TOGPU_HOSTACCESS_H

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/PatternMatch.h"

namespace act {

/// Whether `op` becomes a kernel: structured and row-wise operations, copies,
/// and stores.
bool isDeviceWork(mlir::Operation *op);

/// What kernels cannot work on is an error: tensors, and memory whose elements
/// or layout they do not know.
llvm::LogicalResult checkOperands(mlir::func::FuncOp entry);

/// Stack memory becomes memory of the device.
void moveStackToDevice(mlir::RewriterBase &rewriter, mlir::func::FuncOp entry);

/// Work under a condition that comes from memory is hoisted; `guards` says what
/// the condition was.
void hoistGuardedWork(mlir::RewriterBase &rewriter, mlir::func::FuncOp entry,
                      llvm::DenseMap<mlir::Operation *, mlir::Value> &guards);

/// Numbers that memory holds no longer when they are used are kept elsewhere.
void keepOverwrittenNumbers(mlir::RewriterBase &rewriter,
                            mlir::func::FuncOp entry);

/// Erases numbers that only kernels needed. Those that come from memory and
/// are still used are errors.
llvm::LogicalResult eraseNumbersOfKernels(mlir::func::FuncOp entry);

} // namespace act

#endif // ACT_LIB_CONVERSION_TOGPU_HOSTACCESS_H
