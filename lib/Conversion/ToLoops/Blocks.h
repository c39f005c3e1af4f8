//===- Blocks.h - A range in blocks of one width ----------------*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares the loop over a range in full blocks, with a short block
// at the end.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_CONVERSION_TOLOOPS_BLOCKS_H
#define ACT_LIB_CONVERSION_TOLOOPS_BLOCKS_H

#include "mlir/IR/Builders.h"

namespace act {

/// The work on the block that starts at `position` and has `count` elements:
/// the constant `width` but for the last block. It takes what the block before
/// gave, and gives the same number of values.
using EmitBlock = llvm::function_ref<llvm::SmallVector<mlir::Value>(
    mlir::Value position, mlir::Value count, mlir::ValueRange carried)>;

/// Emits the work on all blocks of `size` elements: a loop over the full ones,
/// and once more for what is left. `width` is a power of two. Returns what the
/// last block gave, or `initial` where there is none. `builder` stands inside
/// the loop while `emitBlock` runs.
llvm::SmallVector<mlir::Value>
emitBlocks(mlir::OpBuilder &builder, mlir::Location loc, mlir::Value size,
           int64_t width, mlir::ValueRange initial, EmitBlock emitBlock);

/// The same from the last block to the first, with nothing carried.
void emitBlocksBackward(
    mlir::OpBuilder &builder, mlir::Location loc, mlir::Value size,
    int64_t width,
    llvm::function_ref<void(mlir::Value position, mlir::Value count)>
        emitBlock);

/// What is done at `position`. It takes what the trip before gave, and gives
/// the same number of values.
using EmitTrip = llvm::function_ref<llvm::SmallVector<mlir::Value>(
    mlir::Value position, mlir::ValueRange carried)>;

/// Emits a loop over begin, begin + step, ... below `end`. Returns what the
/// last trip gave, or `initial` where there is none. `builder` stands inside
/// the loop while `emitTrip` runs.
llvm::SmallVector<mlir::Value> emitLoop(mlir::OpBuilder &builder,
                                        mlir::Location loc, mlir::Value begin,
                                        mlir::Value end, mlir::Value step,
                                        mlir::ValueRange initial,
                                        EmitTrip emitTrip);

} // namespace act

#endif // ACT_LIB_CONVERSION_TOLOOPS_BLOCKS_H
