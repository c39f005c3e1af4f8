//===- GlobalShadow.h - Who accessed global memory ------------ -*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares the record of accesses to global memory.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_EXECUTION_SIMT_GLOBALSHADOW_H
#define ACT_LIB_EXECUTION_SIMT_GLOBALSHADOW_H

#include "DeviceMemory.h"
#include "Shadow.h"

#include <mutex>

namespace act::simt {

/// Accesses of a launch to the memory that it may write. What it can only read
/// needs no record.
class GlobalShadow {
public:
  /// Begins a launch whose smallest element is `granule` bytes, on one thread
  /// of the host or on several. False where there is not enough memory.
  bool begin(const DeviceMemory &memory, unsigned granule, bool isParallel);

  /// Keeps what is cheap to keep for another call.
  void end();

  /// Numbers for `count` intervals of a cluster; returns the first.
  uint64_t takeNumbers(size_t count, int64_t cluster);

  /// The cluster whose interval has the number.
  int64_t clusterOf(uint64_t number);

  /// As Shadow::record. Memory may also be none that the launch may write.
  std::optional<Access> record(Intervals &intervals, Thread &thread,
                               uintptr_t address, int64_t size, bool isWrite,
                               unsigned site);

private:
  /// Memory, and where it lies in the shadow.
  struct Span {
    uintptr_t begin, end;
    int64_t offset;
  };

  /// What takeNumbers has given away.
  struct Numbers {
    uint64_t first;
    int64_t cluster;
  };

  /// Spans that lie apart, in order. Returns their size.
  int64_t layOut(const DeviceMemory &memory, unsigned granule);

  std::vector<Span> spans;
  std::mutex mutex;
  /// In order, those of this launch. Numbers go on from launch to launch: what
  /// former ones have left is told apart by them.
  std::vector<Numbers> taken;
  uint64_t nextNumber = 1;
  Shadow shadow{Shadow::Others::Race};
  /// Who accesses a piece of memory has one of these: that is cheaper than
  /// operations of which each is atomic.
  struct alignas(64) Lock {
    std::atomic<bool> isTaken{false};
  };
  Lock locks[64];
  bool isParallel = false;
};

} // namespace act::simt

#endif // ACT_LIB_EXECUTION_SIMT_GLOBALSHADOW_H
