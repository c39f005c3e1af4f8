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

/// What schedules of rows depend on.
struct RowTraits {
  /// The length and the number of rows, if they are known.
  std::optional<int64_t> length, rows;
  /// Registers of 32 bits that an element takes while a row is in registers,
  /// over all operands.
  int64_t registersPerElement = 1;
  /// Whether elements of a row lie apart, and those of neighbours together.
  bool areColumns = false;
  /// Whether several blocks may share a row as a cluster.
  bool hasClusters = false;
};

/// The kernels of which one is launched: each takes what fits it and none
/// before. The last one takes all rows that there may be.
llvm::SmallVector<Schedule> chooseRows(const RowTraits &traits,
                                       const ScheduleOverride &override);

} // namespace act

#endif // ACT_LIB_CONVERSION_TOGPU_ROWS_ROWSCHEDULES_H
