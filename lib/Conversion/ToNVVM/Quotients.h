//===- Quotients.h - Divisions that are rarely needed -----------*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares how divisions that only unusual operands need are left to
// a branch.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_CONVERSION_TONVVM_QUOTIENTS_H
#define ACT_LIB_CONVERSION_TONVVM_QUOTIENTS_H

#include "mlir/Dialect/GPU/IR/GPUDialect.h"

namespace act {

/// Where each element is a quotient by an approximated reciprocal or, for want
/// of a condition, a division, lets threads divide only if one of their
/// elements does not meet it. A division by itself has a test and a branch for
/// each element, around which the assembler does not reorder.
void branchToDivisions(mlir::gpu::GPUModuleOp module);

} // namespace act

#endif // ACT_LIB_CONVERSION_TONVVM_QUOTIENTS_H
