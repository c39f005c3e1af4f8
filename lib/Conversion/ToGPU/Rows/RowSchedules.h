//===- RowSchedules.h - Schedules of row-wise kernels -----------*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares the choice of schedules for rows.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_CONVERSION_TOGPU_ROWS_ROWSCHEDULES_H
#define ACT_LIB_CONVERSION_TOGPU_ROWS_ROWSCHEDULES_H

#include "../Schedule.h"

namespace act {

/// What a kernel holds in registers, in bits.
struct RowRegisters {
  /// For each element, of all operands and of x alone.
  int64_t inputs = 32, x = 32;
  /// Operands that are numbers, and whether there is a mask beside them.
  int64_t operands = 1;
  bool isMasked = false;
  /// Of a number that is computed.
  int64_t compute = 32;
  /// Of an element, what is needed when the sums are known.
  int64_t afterSums = 32;
  /// Sums that are added up at once, and whether with their rounding errors.
  int64_t sums = 1;
  bool compensated = false;
  /// Numbers of an element that wait until the sums are known: terms, for each
  /// element that is written.
  int64_t waiting = 1;
  /// Numbers on the way to one, beside all others.
  int64_t onTheWay = 0;
  /// What the chip takes more for one sum of rows of unknown length, in
  /// registers.
  int64_t more = 0;
  /// Whether x stays as it is in memory until terms are made of it.
  bool isPacked = false;

  /// How many registers a thread takes that has so many elements of a row; with
  /// `inTurn` its terms wait for those of other warps.
  int64_t count(int64_t elements, bool inTurn) const;
  /// The same of one whose warp has a chunk for itself, of a row of known
  /// length or of one whose end has to be looked for at each access.
  int64_t countChunk(bool isKnown) const;
  /// The same where the assembler has to make do with less, and so many of the
  /// elements wait for the sums in shared memory.
  int64_t countLeast(int64_t sharedElements) const;
  /// The same of a column in blocks of `width`.
  int64_t countColumn(int64_t elements, int64_t width) const;
};

/// What schedules of rows depend on.
struct RowTraits {
  /// The length and the number of rows, if they are known.
  std::optional<int64_t> length, rows;
  /// What elements take of registers while a row is there.
  RowRegisters registers;
  /// Whether accesses are wide.
  bool isAligned = true;
  /// Whether elements of a row lie apart, and those of neighbours together.
  bool areColumns = false;
  /// Blocks that may share a row as a cluster, at most.
  int64_t clusterBlocks = 1;
  /// Bytes of shared memory of a multiprocessor.
  int64_t sharedBytes = 0;
};

/// The kernels of which one is launched: each takes what fits it and none
/// before. The last one takes all rows that there may be.
llvm::SmallVector<Schedule> chooseRows(const RowTraits &traits,
                                       const ScheduleOverride &override);

} // namespace act

#endif // ACT_LIB_CONVERSION_TOGPU_ROWS_ROWSCHEDULES_H
