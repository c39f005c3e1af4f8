//===- Shadow.h - Who accessed shared memory ------------------ -*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares the record of accesses to shared memory by which races are
// found.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_EXECUTION_SIMT_SHADOW_H
#define ACT_LIB_EXECUTION_SIMT_SHADOW_H

#include "Thread.h"

#include <cstdint>
#include <vector>

namespace act::simt {

/// An access by one thread, with what the thread had passed.
struct Access {
  /// The number of the cluster; others are long gone.
  uint32_t run = 0;
  uint32_t barriers, warpSyncs;
  /// The wait of the cluster that it happened before.
  uint32_t clusterWait;
  uint32_t site;
  const Thread *thread = nullptr;
};

/// Accesses to the shared memory of the blocks of a cluster. Two accesses race
/// if one of them writes and no barrier is between them.
class Shadow {
public:
  /// Begins a cluster with `bytes` of shared memory, recorded in pieces of
  /// `granule`.
  void reset(int64_t bytes, unsigned granule);

  /// Records an access by `thread`. Returns an earlier one that races with it,
  /// or null.
  const Access *record(const Thread &thread, int64_t offset, int64_t size,
                       bool isWrite, unsigned site);

private:
  struct Cell {
    Access write;
    /// Two threads that read last, of different warps where there are such.
    Access reads[2];
  };

  bool races(const Access &access, const Thread &thread) const;
  void recordRead(Cell &cell, const Access &access) const;

  std::vector<Cell> cells;
  uint32_t run = 0;
  /// The size of a piece, as a power of two.
  unsigned shift = 0;
};

} // namespace act::simt

#endif // ACT_LIB_EXECUTION_SIMT_SHADOW_H
