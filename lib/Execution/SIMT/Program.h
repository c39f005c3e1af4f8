//===- Program.h - Kernels as the runner sees them ------------ -*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares what the runner of GPU kernels knows of them: the code,
// the shared memory that they declare, and the places that reports point at.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_EXECUTION_SIMT_PROGRAM_H
#define ACT_LIB_EXECUTION_SIMT_PROGRAM_H

#include "Act/Rules/Approximations.h"

#include "mlir/IR/Location.h"
#include "llvm/ADT/DenseMap.h"

#include <optional>
#include <string>
#include <vector>

namespace act::simt {

struct Thread;

/// Bits of the number of a place.
constexpr unsigned siteBits = 20;

/// The code of a kernel, for one thread. `arguments` holds each in 8 bytes; the
/// rest is the descriptor of the block's shared memory.
using KernelCode = void (*)(Thread *thread, const uint64_t *arguments,
                            char *allocated, char *aligned, int64_t offset,
                            int64_t size, int64_t stride);

/// Bytes of the shared memory of a block.
struct SharedRange {
  int64_t offset, size;
};

struct KernelInfo {
  /// The symbol of the code, and the name that the user knows.
  std::string symbol, name;
  /// The GPU that it is made for.
  std::string chip;
  /// The memory that is declared. Ranges lie apart, so that accesses beyond the
  /// end of one are found out.
  std::vector<SharedRange> shared;
  /// Bytes that the declared memory takes on the GPU.
  int64_t sharedBytes = 0;
  /// Where dynamic shared memory begins.
  int64_t dynamicOffset = 0;
  /// Bytes of the smallest element of shared and of global memory that is
  /// accessed.
  unsigned sharedGranule = 8, globalGranule = 8;
  /// The block and cluster that the code is made for.
  std::optional<std::vector<int64_t>> blockSize, clusterSize;
  /// The largest block that it is made for.
  std::optional<int64_t> maxThreads;
  KernelCode code = nullptr;
};

/// A constant that kernels read.
struct ConstantInfo {
  /// As in KernelInfo.
  std::string symbol, name;
  int64_t bytes = 0;
  const void *address = nullptr;
};

/// All kernels of an entry.
struct Program {
  std::vector<KernelInfo> kernels;
  std::vector<ConstantInfo> constants;
  /// "file:line:col: " by number.
  std::vector<std::string> sites;
  /// What approximations come to.
  Approximations approximations;
  /// Bytes of stack that the code of a thread needs.
  uint64_t frameBytes = 0;

  /// The number of a location. Beyond what fits into `siteBits` all are
  /// unknown.
  unsigned siteOf(mlir::Location location);

private:
  llvm::DenseMap<mlir::Location, unsigned> numbers;
};

} // namespace act::simt

#endif // ACT_LIB_EXECUTION_SIMT_PROGRAM_H
