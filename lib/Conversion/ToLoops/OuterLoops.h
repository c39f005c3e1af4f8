//===- OuterLoops.h - The loops around a row --------------------*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares the loops that all kernels have around the innermost part.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_CONVERSION_TOLOOPS_OUTERLOOPS_H
#define ACT_LIB_CONVERSION_TOLOOPS_OUTERLOOPS_H

#include "IterationSpace.h"

namespace act {

/// What stands inside the loops: the offsets of the accesses there, and the
/// range of the next loop, if there is one.
using InnerPart =
    llvm::function_ref<void(llvm::ArrayRef<mlir::OpFoldResult> offsets,
                            mlir::OpFoldResult begin, mlir::OpFoldResult end)>;

/// From `offsets` of the accesses to those of trip `number` of a loop.
llvm::SmallVector<mlir::OpFoldResult>
moveOffsets(mlir::OpBuilder &builder, mlir::Location loc,
            const IterationSpace &space,
            llvm::ArrayRef<mlir::OpFoldResult> offsets, unsigned loop,
            mlir::Value number);

/// The first `depth` loops of `space`, the outermost from `begin` to `end`.
/// Without loops that is the range of the inner part.
void emitOuterLoops(mlir::OpBuilder &builder, mlir::Location loc,
                    const IterationSpace &space, unsigned depth,
                    mlir::OpFoldResult begin, mlir::OpFoldResult end,
                    InnerPart inner);

/// `width` elements at a time, or fewer, but at least `lanes`, where rows have
/// a known length: short ones need no more than they have elements.
int64_t shortenToRow(int64_t width, int64_t lanes, mlir::OpFoldResult length);

} // namespace act

#endif // ACT_LIB_CONVERSION_TOLOOPS_OUTERLOOPS_H
