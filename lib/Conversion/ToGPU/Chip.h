//===- Chip.h - The GPUs that kernels are made for --------------*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares what kernels need to know of a GPU.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_CONVERSION_TOGPU_CHIP_H
#define ACT_LIB_CONVERSION_TOGPU_CHIP_H

#include "Act/Conversion/Chip.h"

#include "llvm/ADT/StringRef.h"

#include <cstdint>
#include <optional>
#include <string>

namespace act {

/// A GPU by the name that NVPTX has for it.
struct Chip {
  llvm::StringRef name;
  /// 10 * major + minor.
  int capability;

  /// Whether blocks form clusters that write to each other's memory, and how
  /// many such a cluster may have.
  bool hasClusters() const { return clusterBlocks() > 1; }
  int64_t clusterBlocks() const { return mostClusterBlocks(capability); }
  /// Whether f32 becomes bf16 by one instruction, two numbers at once.
  bool roundsToBF16() const { return capability >= 80; }
  /// Whether integers of a warp are reduced by one instruction.
  bool reducesWarps() const { return capability >= 80; }
  /// Whether maxima of rows are better taken of pairs of 16-bit numbers. From
  /// sm_100 on, where arithmetic is on pairs of f32, it saves nothing, and the
  /// assembler spills.
  bool comparesHalves() const { return capability >= 80 && capability < 100; }
  /// Shared memory of a multiprocessor.
  int64_t sharedBytes() const { return sharedMemory(capability); }
  /// Registers of a thread that the assembler takes more for rows of unknown
  /// length.
  int64_t moreRegisters() const { return capability >= 120 ? 16 : 0; }
};

/// The chip called `name`, if it is known.
std::optional<Chip> findChip(llvm::StringRef name);

/// All names: "sm_75, sm_80, ...".
std::string listChips();

} // namespace act

#endif // ACT_LIB_CONVERSION_TOGPU_CHIP_H
