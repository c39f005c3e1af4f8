//===- ElementwiseTiles.h - Wide accesses of elementwise work ---*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares the kernel of elementwise operations whose blocks are
// tiles of the innermost loop, and what all elementwise kernels share.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_CONVERSION_TOGPU_ELEMENTWISETILES_H
#define ACT_LIB_CONVERSION_TOGPU_ELEMENTWISETILES_H

#include "../ToLoops/Streams.h"
#include "ElementwiseLaunch.h"

namespace act {

/// Where each operand is at `coordinates` of the outermost loops.
llvm::SmallVector<mlir::OpFoldResult>
offsetsOf(mlir::OpBuilder &builder, mlir::Location loc,
          const IterationSpace &space, llvm::ArrayRef<mlir::Value> coordinates);

/// Emits one element of `generic`, which lies at `offsets`.
void emitElementAt(DeviceKernel &kernel, mlir::linalg::GenericOp generic,
                   const IterationSpace &space,
                   llvm::ArrayRef<mlir::OpFoldResult> offsets,
                   mlir::ValueRange indices);

/// How tiles read and write each operand.
struct TilePlan {
  Schedule schedule;
  llvm::SmallVector<Stream> streams;
};

/// The plan for operands on a device, if their elements lie side by side.
std::optional<TilePlan> planTiles(mlir::linalg::GenericOp generic,
                                  const IterationSpace &space,
                                  const GPUKernelOptions &options);

/// i1: whether operands are aligned as the plan needs them, and rows are long
/// enough.
mlir::Value makeTileCondition(mlir::OpBuilder &host, mlir::Location loc,
                              const TilePlan &plan,
                              const IterationSpace &space);

void launchTiles(mlir::OpBuilder &host, mlir::linalg::GenericOp generic,
                 const IterationSpace &space, const TilePlan &plan,
                 KernelModule &module, mlir::Value guard);

} // namespace act

#endif // ACT_LIB_CONVERSION_TOGPU_ELEMENTWISETILES_H
