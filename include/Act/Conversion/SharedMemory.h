//===- SharedMemory.h - Outputs in the memory of inputs ---------*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares which outputs of an entry may lie in the memory of which
// inputs.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_CONVERSION_SHAREDMEMORY_H
#define ACT_CONVERSION_SHAREDMEMORY_H

#include "mlir/Dialect/Func/IR/FuncOps.h"

#include <set>

namespace act {

/// Given an entry on memrefs, the pairs (input, destination) that may be the
/// same memory: each element of the input is read only where that element of
/// the destination is computed. Destinations are counted from 0 after
/// `numInputs` inputs.
std::set<std::pair<unsigned, unsigned>>
findSharedMemory(mlir::func::FuncOp entry, unsigned numInputs);

} // namespace act

#endif // ACT_CONVERSION_SHAREDMEMORY_H
