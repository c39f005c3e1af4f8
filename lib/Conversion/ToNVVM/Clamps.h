//===- Clamps.h - Clamps as instructions ------------------------*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares how a comparison and a selection become one instruction.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_CONVERSION_TONVVM_CLAMPS_H
#define ACT_LIB_CONVERSION_TONVVM_CLAMPS_H

#include "mlir/Dialect/GPU/IR/GPUDialect.h"

namespace act {

/// Writes `x < c ? c : x` as the maximum, and `x > c ? c : x` as the minimum,
/// of f32 and a constant c where that is the same: NaN of x stays, and c is no
/// zero that would take the place of one of the other sign. Chips have the
/// instructions from sm_80 on.
void joinClamps(mlir::gpu::GPUModuleOp module, llvm::StringRef chip);

} // namespace act

#endif // ACT_LIB_CONVERSION_TONVVM_CLAMPS_H
