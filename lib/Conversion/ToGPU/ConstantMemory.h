//===- ConstantMemory.h - Constant tensors on a GPU -------------*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares where kernels find the constant tensors of an entry.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_CONVERSION_TOGPU_CONSTANTMEMORY_H
#define ACT_LIB_CONVERSION_TOGPU_CONSTANTMEMORY_H

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/GPU/IR/GPUDialect.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/IR/PatternMatch.h"

namespace act {

/// Prepares the constant tensors of `entry`. Those of one number become memory
/// that a kernel fills. Others are left where only kernels read them, directly
/// or through views; where the host hands them on, a kernel copies them. What
/// no global of a module of kernels can hold is an error.
llvm::LogicalResult placeConstants(mlir::RewriterBase &rewriter,
                                   mlir::func::FuncOp entry);

/// The constant tensor that `address`, a number of the host, is the address of;
/// null for all else.
mlir::memref::GetGlobalOp constantAt(mlir::Value address);

/// The global of `kernels` that holds the constant, made when it is first asked
/// for.
mlir::LLVM::GlobalOp getDeviceConstant(mlir::gpu::GPUModuleOp kernels,
                                       mlir::memref::GetGlobalOp constant);

/// Erases constants that the host has no use for any more. All that it still
/// asks of their addresses is how they are aligned: to any access.
void dropConstants(mlir::RewriterBase &rewriter, mlir::func::FuncOp entry);

} // namespace act

#endif // ACT_LIB_CONVERSION_TOGPU_CONSTANTMEMORY_H
