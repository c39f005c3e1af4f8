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

/// The chip that a module of kernels names as its only target, or "".
llvm::StringRef chipOf(mlir::gpu::GPUModuleOp kernels);

} // namespace act

#endif // ACT_CONVERSION_CHIP_H
