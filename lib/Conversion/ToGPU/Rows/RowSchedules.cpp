//===- RowSchedules.cpp - Schedules of row-wise kernels -------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file implements the choice of schedules for rows. In the fixed order of
// sums a chunk of 2048 terms is the work of a warp, so rows in registers have a
// warp for each chunk.
//
//===----------------------------------------------------------------------===//

#include "RowSchedules.h"

#include "../ColumnTeam.h"
#include "../TeamSum.h"

using namespace mlir;
using namespace act;

/// Rows up to here take one warp, several of them to a block.
static constexpr int64_t warpCapacity = FixedSum::chunk;
static constexpr int64_t warpsOfBlock = 4;
/// A thread has 64 elements of a row of several warps; with more threads than
/// this the registers of a multiprocessor do not suffice for them.
static constexpr int64_t mostWarps = 16;
/// Of the 64 Ki registers of a multiprocessor, for elements.
static constexpr int64_t registersForElements = 48 * 1024;

static Schedule makeRegisters(int64_t length,
                              const ScheduleOverride &override) {
  Schedule schedule;
  schedule.family = Schedule::Family::Registers;
  schedule.elementsPerAccess = teamWidth;
  if (length <= warpCapacity) {
    schedule.capacity = std::max<int64_t>(
        llvm::alignTo(length, FixedSum::maxLanes), FixedSum::maxLanes);
    schedule.threadsPerRow = Team::warpSize;
    schedule.threadsPerBlock =
        override.threadsPerBlock.value_or(warpsOfBlock * Team::warpSize);
    // A row that does not fill a warp shares it with others. One of nothing
    // has no element that could be read in place of others.
    if (int64_t lanes = llvm::PowerOf2Ceil(llvm::divideCeil(length, teamWidth));
        lanes > 0 && lanes < Team::warpSize) {
      schedule.threadsPerRow = lanes;
      schedule.capacity = lanes * teamWidth;
    }
    return schedule;
  }
  int64_t warps = llvm::PowerOf2Ceil(llvm::divideCeil(length, FixedSum::chunk));
  schedule.capacity = warps * FixedSum::chunk;
  schedule.threadsPerRow = warps * Team::warpSize;
  schedule.threadsPerBlock = schedule.threadsPerRow;
  return schedule;
}

/// Rows that several blocks have in their registers.
static constexpr int64_t warpsOfClusterBlock = 8;
/// More blocks are no portable cluster.
static constexpr int64_t mostBlocks = 8;
/// A thread has 64 elements, and no more than 255 registers.
static constexpr int64_t registersForCluster = 3;

static std::optional<Schedule> makeCluster(const RowTraits &traits,
                                           const ScheduleOverride &override) {
  if (!traits.hasClusters || !traits.length || override.clusterSize == 1)
    return std::nullopt;
  int64_t warps = llvm::PowerOf2Ceil(
      llvm::divideCeil(std::max<int64_t>(*traits.length, 1), FixedSum::chunk));
  int64_t blocks = override.clusterSize.value_or(warps / warpsOfClusterBlock);
  warps = std::max(warps, blocks);
  if (blocks < 2 || blocks > mostBlocks || warps / blocks > mostWarps ||
      traits.registersPerElement > registersForCluster)
    return std::nullopt;
  Schedule schedule;
  schedule.family = Schedule::Family::Registers;
  schedule.elementsPerAccess = teamWidth;
  schedule.capacity = warps * FixedSum::chunk;
  schedule.threadsPerRow = warps * Team::warpSize;
  schedule.threadsPerBlock = schedule.threadsPerRow / blocks;
  schedule.clusterSize = blocks;
  return schedule;
}

/// For any length up to a capacity: a warp for each chunk, in as many blocks as
/// that takes. None if rows of several warps do not fit.
static std::optional<Schedule> makeFitted(int64_t mostElements,
                                          const RowTraits &traits,
                                          const ScheduleOverride &override) {
  int64_t warps = std::min(mostElements / FixedSum::chunk, warpsOfClusterBlock);
  if (warps < 2)
    return std::nullopt;
  Schedule schedule;
  schedule.family = Schedule::Family::Registers;
  schedule.elementsPerAccess = teamWidth;
  schedule.isFitted = true;
  schedule.threadsPerBlock =
      std::min(override.threadsPerBlock.value_or(warps * Team::warpSize),
               warps * Team::warpSize);
  if (traits.hasClusters && traits.registersPerElement <= registersForCluster)
    schedule.clusterSize = override.clusterSize.value_or(mostBlocks);
  schedule.threadsPerRow = schedule.threadsPerBlock * schedule.clusterSize;
  schedule.capacity = schedule.threadsPerRow / Team::warpSize * FixedSum::chunk;
  return schedule;
}

static Schedule makeStreaming(const RowTraits &traits,
                              const ScheduleOverride &override) {
  Schedule schedule;
  schedule.family = Schedule::Family::Streaming;
  schedule.elementsPerAccess = teamWidth;
  int64_t warps = mostWarps;
  if (traits.length)
    warps = std::clamp<int64_t>(
        llvm::PowerOf2Ceil(llvm::divideCeil(*traits.length, FixedSum::chunk)),
        1, mostWarps);
  schedule.threadsPerRow =
      override.threadsPerRow.value_or(warps * Team::warpSize);
  schedule.threadsPerBlock = schedule.threadsPerRow;
  return schedule;
}

/// Shorter rows are read by one block in less time than launches take.
static constexpr int64_t leastSplit = 65536;
/// As many blocks keep the multiprocessors of most GPUs busy without parts.
static constexpr int64_t mostSplitRows = 128;
/// Warps of a block that has a part of a row.
static constexpr int64_t warpsOfPart = 4;

/// None if there are no rows to split.
static std::optional<Schedule> makeSplit(const RowTraits &traits,
                                         const ScheduleOverride &override) {
  Schedule schedule;
  schedule.family = Schedule::Family::Split;
  schedule.elementsPerAccess = teamWidth;
  schedule.threadsPerBlock =
      override.threadsPerBlock.value_or(warpsOfPart * Team::warpSize);
  schedule.threadsPerRow = schedule.threadsPerBlock;
  if (override.rows == Schedule::Family::Split)
    return schedule;
  if (override.rows)
    return std::nullopt;
  schedule.leastLength = leastSplit;
  schedule.mostRows = mostSplitRows;
  if (traits.length.value_or(leastSplit) < leastSplit ||
      traits.rows.value_or(0) > mostSplitRows)
    return std::nullopt;
  return schedule;
}

/// Of the registers of a thread, for elements of a column.
static constexpr int64_t registersOfColumn = 128;

static Schedule makeColumns(const RowTraits &traits) {
  Schedule schedule;
  schedule.family = Schedule::Family::Columns;
  schedule.threadsPerRow = ColumnTeam::numWarps;
  schedule.threadsPerBlock = ColumnTeam::numWarps * ColumnTeam::numColumns;
  int64_t most =
      ColumnTeam::numWarps *
      llvm::bit_floor(uint64_t(registersOfColumn / traits.registersPerElement));
  if (traits.length && *traits.length <= most)
    schedule.capacity = most;
  return schedule;
}

SmallVector<Schedule> act::chooseRows(const RowTraits &traits,
                                      const ScheduleOverride &override) {
  int64_t most = std::min(mostWarps * FixedSum::chunk,
                          registersForElements / traits.registersPerElement);
  // A team of several warps has whole chunks.
  if (most > warpCapacity)
    most = FixedSum::chunk *
           int64_t(llvm::bit_floor(uint64_t(most / FixedSum::chunk)));
  // A few long ones do not make up for splitting them.
  if (traits.areColumns && !override.rows &&
      !(traits.length && traits.rows && makeSplit(traits, override)))
    return {makeColumns(traits)};
  bool mayFit = override.rows != Schedule::Family::Streaming &&
                override.rows != Schedule::Family::Split;
  if (mayFit && traits.length) {
    if (*traits.length <= most && !override.clusterSize)
      return {makeRegisters(*traits.length, override)};
    if (std::optional<Schedule> cluster = makeCluster(traits, override))
      return {*cluster};
  }
  SmallVector<Schedule> schedules;
  std::optional<Schedule> split = makeSplit(traits, override);
  if (mayFit && !traits.length) {
    if (warpCapacity / 2 <= most)
      schedules.push_back(makeRegisters(warpCapacity / 2, override));
    std::optional<Schedule> fitted = makeFitted(most, traits, override);
    if (fitted)
      schedules.push_back(*fitted);
    // One block would read longer rows from memory in each pass too: a kernel
    // less.
    if (fitted && split && fitted->capacity >= split->leastLength) {
      split->leastLength = split->mostRows = 0;
      schedules.push_back(*split);
      return schedules;
    }
  }
  if (split)
    schedules.push_back(*split);
  schedules.push_back(makeStreaming(traits, override));
  return schedules;
}
