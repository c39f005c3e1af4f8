//===- Subgroups.h - Warps within a block -----------------------*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares the expansion of operations on subgroups.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_CONVERSION_TONVVM_SUBGROUPS_H
#define ACT_LIB_CONVERSION_TONVVM_SUBGROUPS_H

#include "mlir/Dialect/GPU/IR/GPUDialect.h"

namespace act {

/// Computes gpu.subgroup_id, subgroup_size and num_subgroups from the indices
/// of threads and the sizes of blocks: PTX has a register for the number of a
/// warp, but it is not that of the warp in its block.
void expandSubgroups(mlir::gpu::GPUModuleOp module);

} // namespace act

#endif // ACT_LIB_CONVERSION_TONVVM_SUBGROUPS_H
