//===- Shadow.h - Who accessed memory ------------------------- -*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares the record of accesses to memory by which races are found.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_EXECUTION_SIMT_SHADOW_H
#define ACT_LIB_EXECUTION_SIMT_SHADOW_H

#include "Intervals.h"
#include "Pages.h"
#include "Program.h"

#include <atomic>

namespace act::simt {

/// An access, in as few bytes as possible: there are three for each piece of
/// memory.
struct Access {
  /// 0: there was none.
  uint64_t interval : 40;
  /// The number of the block in its cluster, which has up to 16.
  uint64_t block : 4;
  uint64_t site : siteBits;
};
static_assert(sizeof(Access) == 8);

/// Accesses to some memory. Two accesses race if one of them writes and no
/// barrier is between them.
class Shadow {
public:
  /// What accesses of other clusters are.
  enum class Others { Race, AreGone };
  explicit Shadow(Others others) : others(others) {}

  /// Begins with `bytes` of memory, recorded in pieces of `granule`. Intervals
  /// before `first` are long gone. False where there is not enough memory.
  bool reset(int64_t bytes, unsigned granule, uint64_t first);

  /// Gives all memory back.
  void release();
  /// Bytes of memory that it has at most.
  size_t bytes() const { return count * (sizeof(Access) + sizeof(Access[2])); }

  /// Records an access by `thread`. Returns an earlier one that races with it,
  /// if there is one.
  std::optional<Access> record(Intervals &intervals, Thread &thread,
                               int64_t offset, int64_t size, bool isWrite,
                               unsigned site);

private:
  bool races(Access access, const Thread &thread,
             const Intervals &intervals) const;
  void recordRead(Access (&reads)[2], Access access, const Thread &thread,
                  const Intervals &intervals) const;

  Others others;
  uint64_t first = 0;
  /// Whether anything was read since reset.
  std::atomic<bool> hasReads{false};
  /// The last access that writes, and two that read: most memory that a launch
  /// writes is not read.
  Pages writes, reads;
  size_t count = 0;
  /// The size of a piece, as a power of two.
  unsigned shift = 0;
};

} // namespace act::simt

#endif // ACT_LIB_EXECUTION_SIMT_SHADOW_H
