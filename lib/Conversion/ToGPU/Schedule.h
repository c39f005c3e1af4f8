//===- Schedule.h - How a kernel is shared out on a GPU ---------*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares the schedules of GPU kernels.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_CONVERSION_TOGPU_SCHEDULE_H
#define ACT_LIB_CONVERSION_TOGPU_SCHEDULE_H

#include "mlir/IR/Builders.h"
#include "mlir/IR/BuiltinAttributes.h"

#include <optional>

namespace act {

/// How the work of one kernel is shared out. What a family does not use is 0.
struct Schedule {
  enum class Family {
    /// Wide accesses along the innermost loop; blocks are tiles of it.
    Tiles,
    /// One element at a time, wherever it lies.
    Elements,
    /// Rows in registers, read once.
    Registers,
    /// Rows of any length, read again for each pass.
    Streaming,
    /// A few long rows or sums, each of which many blocks have, with a launch
    /// for each pass.
    Split,
    /// Sums in the fixed order, threads along the terms.
    Sums,
    /// Rows or sums whose elements lie apart, threads along neighbouring ones.
    Columns,
    /// Products of matrices, a thread for each element.
    Products,
  };
  Family family = Family::Elements;
  int64_t threadsPerBlock = 256;
  /// Threads that share a row.
  int64_t threadsPerRow = 0;
  /// Elements that one access reads or writes side by side.
  int64_t elementsPerAccess = 1;
  /// Accesses of each operand that a thread has in flight.
  int64_t accesses = 1;
  /// The longest row that fits.
  int64_t capacity = 0;
  /// Warps that share a chunk of a row in registers, each some of the terms
  /// that a lane of its sums has, one after the other.
  int64_t warpsPerChunk = 1;
  /// Elements of a thread that wait in shared memory until the sums of a row
  /// are known, for want of registers.
  int64_t sharedElements = 0;
  /// Blocks that share a row.
  int64_t clusterSize = 1;
  /// Threads of a block of a cluster, unless that would take too many blocks:
  /// what waits for others should be little, so that others are there to go on.
  static constexpr int64_t threadsInCluster = 128;
  /// Threads for whose registers a multiprocessor should have room; 0 where the
  /// assembler finds that itself.
  int64_t residentThreads = 0;
  /// For split rows and sums: how long they are at least, and how many at most.
  int64_t leastLength = 0, mostRows = 0;
  /// Whether launches have as many threads and blocks as the row needs, powers
  /// of two up to these numbers.
  bool isFitted = false;

  /// At least one: a row may have several blocks.
  int64_t rowsPerBlock() const {
    return std::max<int64_t>(threadsPerBlock / threadsPerRow, 1);
  }
  /// Blocks that a multiprocessor should have room for; none where the
  /// assembler finds that itself.
  std::optional<int64_t> leastBlocks() const;
};

llvm::StringRef familyName(Schedule::Family family);

/// {family = "tiles", threads_per_block = 256, ...}, without what is 0.
mlir::DictionaryAttr toAttribute(mlir::Builder &builder,
                                 const Schedule &schedule);

/// What the pass option `schedule` sets in place of what would be chosen.
struct ScheduleOverride {
  std::optional<int64_t> threadsPerBlock, threadsPerRow, accesses, clusterSize;
  std::optional<Schedule::Family> rows;
};

/// Reads "threads=128,accesses=4"; on failure `message` says what is wrong.
std::optional<ScheduleOverride> parseSchedule(llvm::StringRef text,
                                              std::string &message);

/// For elementwise work, with accesses of `elementsPerAccess`.
Schedule chooseTiles(int64_t elementsPerAccess,
                     const ScheduleOverride &override);
Schedule chooseElements(const ScheduleOverride &override);
/// For sums of `terms`, if that is known, in chunks that are the work of a
/// warp.
Schedule chooseSums(std::optional<int64_t> terms, int64_t warpSize,
                    int64_t chunk, const ScheduleOverride &override);
/// For a few long ones, which many blocks share, with a warp for each chunk.
Schedule chooseSplitSums(int64_t warpSize);

} // namespace act

#endif // ACT_LIB_CONVERSION_TOGPU_SCHEDULE_H
