//===- Chip.h - The names of GPUs -------------------------------*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares what follows from the name of a chip.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_CONVERSION_CHIP_H
#define ACT_CONVERSION_CHIP_H

#include "mlir/Dialect/GPU/IR/GPUDialect.h"

#include <optional>

namespace act {

/// Ten times the major number and the minor one: 90 for "sm_90" and for
/// "sm_90a", which has instructions beyond those. Nothing for what is no name
/// of a chip.
std::optional<unsigned> computeCapability(llvm::StringRef chip);

/// Blocks that a cluster may have: 1 where there are none, 8 on all chips that
/// have clusters, and 16 on those that give so many to kernels which ask for
/// more than is portable (CUDA's tuning guides for Hopper and Blackwell).
constexpr int64_t portableClusterBlocks = 8;
int64_t mostClusterBlocks(unsigned capability);

/// Bytes of shared memory that a multiprocessor has, and those of them that it
/// takes for each block beside what the block asks for (CUDA C++ Programming
/// Guide, "Compute Capabilities").
int64_t sharedMemory(unsigned capability);
int64_t sharedMemoryOfBlock(unsigned capability);

/// The chip that a module of kernels names as its only target, or "".
llvm::StringRef chipOf(mlir::gpu::GPUModuleOp kernels);

} // namespace act

#endif // ACT_CONVERSION_CHIP_H
