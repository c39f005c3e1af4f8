//===- HalfPairs.h - Two bf16 numbers of one word ---------------*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares how vectors of bf16 are widened in registers.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_CONVERSION_TONVVM_HALFPAIRS_H
#define ACT_LIB_CONVERSION_TONVVM_HALFPAIRS_H

#include "mlir/Dialect/GPU/IR/GPUDialect.h"

namespace act {

/// Widens the two numbers of each register by one instruction each: a shift,
/// and a mask where taking the upper half out first would take another.
void widenHalfPairs(mlir::gpu::GPUModuleOp module);

} // namespace act

#endif // ACT_LIB_CONVERSION_TONVVM_HALFPAIRS_H
