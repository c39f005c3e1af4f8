//===- DeviceMemory.h - Global memory through pointers ----------*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares how kernels read and write global memory.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_CONVERSION_TOGPU_DEVICEMEMORY_H
#define ACT_LIB_CONVERSION_TOGPU_DEVICEMEMORY_H

#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/IR/Builders.h"

namespace act {

/// Bytes of the widest access of a thread.
constexpr int64_t accessBytes = 16;

/// The address space of global memory, and pointers to it.
constexpr unsigned globalSpace = 1;
mlir::Type globalPointerType(mlir::MLIRContext *context);

/// Bytes of an element in memory: one for i1, eight for index.
int64_t bytesOf(mlir::Type element);

/// The address of element `index`, of type index, from `base` on.
mlir::Value makeAddress(mlir::OpBuilder &builder, mlir::Location loc,
                        mlir::Value base, mlir::Type element,
                        mlir::Value index);

/// The element, or a vector of `width` elements if that is not 0, at `address`.
/// Vectors are aligned to `accessBytes`, or to their size if that is smaller.
mlir::Value loadGlobal(mlir::OpBuilder &builder, mlir::Location loc,
                       mlir::Value address, mlir::Type element,
                       int64_t width = 0);
/// The reverse.
void storeGlobal(mlir::OpBuilder &builder, mlir::Location loc,
                 mlir::Value value, mlir::Value address);

} // namespace act

#endif // ACT_LIB_CONVERSION_TOGPU_DEVICEMEMORY_H
