//===- GenericLoops.h - The loops of linalg.generic -------------*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares what kernels for the CPU and for GPUs ask of the loops of
// an operation.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_CONVERSION_TOLOOPS_GENERICLOOPS_H
#define ACT_LIB_CONVERSION_TOLOOPS_GENERICLOOPS_H

#include "mlir/Dialect/Linalg/IR/Linalg.h"

namespace act {

/// Whether each element of the outputs is written by one turn of the loops, and
/// an IterationSpace can describe all operands, which are memrefs or numbers.
bool isElementwiseInMemory(mlir::linalg::GenericOp generic);

/// The loops that run over the first output, as it lies in memory.
llvm::SmallVector<unsigned> outputLoops(mlir::linalg::GenericOp generic);

/// Values from outside of `generic` that its body uses, in the order in which
/// it does.
llvm::SmallVector<mlir::Value> outsideValues(mlir::linalg::GenericOp generic);

} // namespace act

#endif // ACT_LIB_CONVERSION_TOLOOPS_GENERICLOOPS_H
