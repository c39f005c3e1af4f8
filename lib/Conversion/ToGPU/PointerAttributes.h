//===- PointerAttributes.h - What kernels may count on ----------*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares how pointers of kernels get their attributes.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_CONVERSION_TOGPU_POINTERATTRIBUTES_H
#define ACT_LIB_CONVERSION_TOGPU_POINTERATTRIBUTES_H

#include "mlir/Dialect/Func/IR/FuncOps.h"

#include <set>
#include <utility>

namespace act {

/// Attaches llvm.readonly to the pointers through which kernels that `entry`
/// launches only read, and llvm.noalias where nothing that another pointer
/// writes, or that is written through this one and accessed through another,
/// can be the same memory. An input and an output can be where `shared` holds
/// their numbers, as findSharedMemory gives them; other arguments of the entry
/// can not if it has outputs, as who calls it checks. Loads through pointers
/// with both go through the read-only cache.
void attachPointerAttributes(
    mlir::func::FuncOp entry,
    const std::set<std::pair<unsigned, unsigned>> &shared);

} // namespace act

#endif // ACT_LIB_CONVERSION_TOGPU_POINTERATTRIBUTES_H
