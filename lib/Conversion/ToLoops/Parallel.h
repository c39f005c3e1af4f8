//===- Parallel.h - Blocks of a loop on threads -----------------*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares the distribution of a kernel's outermost loop.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_CONVERSION_TOLOOPS_PARALLEL_H
#define ACT_LIB_CONVERSION_TOLOOPS_PARALLEL_H

#include "ElementwiseKernel.h"

#include "mlir/IR/IRMapping.h"

namespace act {

/// Emits the loops of a kernel for the range [begin, end) of the outermost one.
/// `values` maps values from outside the kernel to what they are there.
using EmitRange = llvm::function_ref<void(
    mlir::OpBuilder &builder, const IterationSpace &space,
    const mlir::IRMapping &values, mlir::OpFoldResult begin,
    mlir::OpFoldResult end)>;

/// Emits a kernel over its whole outermost loop: in place, or, with
/// `options.parallel` or `options.outline`, as a function of a range, which is
/// called once if there are few elements or threads have no part in it, and else
/// by the threads of a team, block by block. A block
/// has a multiple of `granularity` steps.
void emitBlocksOfLoop(mlir::OpBuilder &builder, mlir::Operation *kernel,
                      const IterationSpace &space,
                      llvm::ArrayRef<mlir::Value> outside,
                      const KernelOptions &options, EmitRange emit,
                      int64_t granularity = 1);

} // namespace act

#endif // ACT_LIB_CONVERSION_TOLOOPS_PARALLEL_H
