//===- Approximations.h - One instruction each ------------------*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares the conversion of approximations, which only the tier
// "fast" has.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_CONVERSION_TONVVM_APPROXIMATIONS_H
#define ACT_LIB_CONVERSION_TONVVM_APPROXIMATIONS_H

#include "mlir/Dialect/GPU/IR/GPUDialect.h"

namespace act {

/// Makes the approximations of `module` operations that are one instruction.
void convertApproximations(mlir::gpu::GPUModuleOp module);

/// Takes away the fast-math flags that are left, by which the code generator
/// would choose inexact instructions: kernels have the bits of the CPU.
void dropFastMath(mlir::gpu::GPUModuleOp module);

/// Whether `op` is what that makes.
bool isApproximationInstruction(mlir::Operation *op);

} // namespace act

#endif // ACT_LIB_CONVERSION_TONVVM_APPROXIMATIONS_H
