//===- KernelInfo.h - What a launcher must know of a kernel --- -*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares the description of a GPU kernel.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_EXECUTION_CUDA_KERNELINFO_H
#define ACT_LIB_EXECUTION_CUDA_KERNELINFO_H

#include "mlir/Dialect/GPU/IR/GPUDialect.h"
#include "llvm/Support/Error.h"

#include <array>
#include <optional>
#include <string>
#include <vector>

namespace act {

/// A parameter; parameters lie one after the other, each on a multiple of its
/// size.
struct KernelParameter {
  /// "pointer", "i64", "f32".
  std::string type;
  unsigned size;
  unsigned offset;
};

struct KernelInfo {
  std::string name;
  std::vector<KernelParameter> parameters;
  /// Threads of a block, and blocks of a cluster where there are such.
  std::optional<std::array<unsigned, 3>> block, cluster;
  /// Blocks of a cluster, at most, where launches choose.
  uint64_t mostClusterBlocks = 1;
  /// Bytes that the block declares; what a launch adds is the launch's.
  uint64_t staticShared = 0;
  /// How the kernel distributes its work.
  mlir::DictionaryAttr schedule;
};

/// Reads a kernel in the form that act-to-gpu gives it. Parameters of other
/// types than numbers and pointers are errors.
llvm::Expected<KernelInfo> describeKernel(mlir::gpu::GPUFuncOp kernel);

} // namespace act

#endif // ACT_LIB_EXECUTION_CUDA_KERNELINFO_H
