//===- RowSchedules.cpp - Schedules of row-wise kernels -------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file implements the choice of schedules for rows. In the fixed order of
// sums a chunk of 2048 terms is the work of a warp, so rows in registers have a
// warp for each chunk, or several that take turns.
//
//===----------------------------------------------------------------------===//

#include "RowSchedules.h"

#include "../ColumnTeam.h"
#include "../TeamSum.h"
#include "SharedBlocks.h"

using namespace mlir;
using namespace act;

/// Warps of a block of rows that take one each.
static constexpr int64_t warpsOfBlock = 4;
static constexpr int64_t mostThreads = 512;
/// Chunks of a block: more blocks do better than longer ones.
static constexpr int64_t mostChunks = 8;

//===----------------------------------------------------------------------===//
// Registers
//===----------------------------------------------------------------------===//

/// Of a multiprocessor.
static constexpr int64_t allRegisters = 64 * 1024;
/// So many let two blocks of 256 threads share a multiprocessor: one computes
/// while the other one waits for its elements.
static constexpr int64_t registersOfTwo = 128;
/// A warp that has rows of its own waits for no other one: three eighths more.
static constexpr int64_t registersOfWarp = 168;
/// What a warp needs that has a chunk of 16-bit numbers as they are in memory.
static constexpr int64_t registersOfPacked = 64;
/// A thread has 255; the assembler should not have to find the best order.
static constexpr int64_t mostRegisters = 224;
/// Elements of a thread whose warp has a chunk for itself.
static constexpr int64_t elementsOfChunk = FixedSum::chunk / Team::warpSize;

int64_t RowRegisters::count(int64_t elements, bool inTurn) const {
  // Addresses and what a row has one of, lanes of sums, an exponential.
  int64_t lanes = compute * teamWidth * sums * (compensated ? 2 : 1);
  int64_t bits = 32 * compute + lanes + teamWidth * onTheWay * compute;
  // Terms take the place of x, but one after the other.
  int64_t perElement = inputs + waiting * compute;
  if (inTurn)
    perElement += sums * compute - x;
  return llvm::divideCeil(bits + elements * perElement, 32);
}

int64_t RowRegisters::countChunk(bool isKnown) const {
  // Addresses and what a row has one of. Terms are added as they are made.
  int64_t common = 24;
  // Where results follow, the tree that adds lanes up comes on top of elements.
  int64_t lanes = teamWidth * sums * (waiting ? 2 : 1);
  // Results take the place of operands, which were widened before.
  int64_t perElement = 32 * (operands + std::max<int64_t>(waiting - 1, 0));
  if (isPacked && !waiting && operands == 1 && sums == 1)
    perElement = x;
  // A mask is a byte of each element, taken apart, and what it chooses.
  if (isMasked)
    perElement += 2 * 32;
  int64_t registers =
      common + lanes + teamWidth * onTheWay + elementsOfChunk * perElement / 32;
  if (isKnown)
    return registers;
  // Each access has bounds. Of several sums the assembler takes all it may.
  registers += elementsOfChunk * inputs / 128;
  return sums > 1 ? std::max<int64_t>(registers, 200) : registers + more;
}

int64_t RowRegisters::countLeast(int64_t sharedElements) const {
  // Addresses and what a row has one of.
  constexpr int64_t common = 32;
  // All elements are loaded before there are sums, or something waits.
  int64_t loading = common + elementsOfChunk * inputs / 32;
  // Of the sums but the first there are terms that do not wait, and what they
  // are made of.
  int64_t lanes = teamWidth * (2 * sums + 3 * (sums - 1));
  int64_t waiting = (elementsOfChunk - sharedElements) * afterSums / 32;
  return std::max(loading, common + lanes + teamWidth * onTheWay + waiting);
}

int64_t RowRegisters::countColumn(int64_t elements, int64_t width) const {
  // Lanes of one block of a turn, and those that the tree adds them to.
  int64_t levels = llvm::Log2_64(ColumnTeam::ownLanes / width);
  int64_t perSum = 1 + levels + (compensated ? 1 : 0);
  int64_t lanes = compute * width * sums * perSum;
  int64_t bits = 40 * 32 + lanes + elements * (inputs + compute);
  return llvm::divideCeil(bits, 32);
}

/// Threads for which a multiprocessor has room that have so many registers,
/// in steps that blocks of 128 fill; none where chunks do not fit.
static int64_t threadsOfChunks(int64_t registers) {
  for (auto [most, threads] : {std::pair(64, 1024),
                               {72, 768},
                               {104, 640},
                               {112, 512},
                               {184, 384},
                               {216, 256}})
    if (registers <= most)
      return threads;
  return 0;
}

/// Elements of a thread that takes turns with others.
static int64_t elementsOfTurn(const RowTraits &traits) {
  const RowRegisters &registers = traits.registers;
  for (int64_t elements : {32, 16})
    if (registers.count(elements, true) <= registersOfTwo)
      return elements;
  return registers.count(16, true) <= mostRegisters ? 16 : 8;
}

namespace {

/// How warps have the elements of rows of more than one warp.
struct Sharing {
  /// Elements of a thread.
  int64_t elements;
  /// Threads of a block, at most.
  int64_t threads;
  /// Registers of a thread, about.
  int64_t registers;
  /// Of the elements, those that wait in shared memory.
  int64_t sharedElements = 0;

  bool hasChunks() const { return elements == elementsOfChunk; }
  int64_t warpsPerChunk() const {
    return FixedSum::chunk / (elements * Team::warpSize);
  }
  int64_t threadsOf(int64_t chunks) const {
    return chunks * warpsPerChunk() * Team::warpSize;
  }
  int64_t chunksOfBlock() const {
    return std::clamp<int64_t>(threads / Team::warpSize / warpsPerChunk(), 1,
                               mostChunks);
  }
};

} // namespace

/// Warps take turns where their registers do not hold a chunk.
static Sharing shareTurns(const RowTraits &traits) {
  int64_t elements = elementsOfTurn(traits);
  int64_t registers = traits.registers.count(elements, true);
  // Some room for what is not counted.
  int64_t threads = std::min<int64_t>(
      llvm::bit_floor(uint64_t(allRegisters / (registers + 16))), mostThreads);
  return {elements, threads, registers};
}

/// A warp has chunks for itself where that lets blocks and clusters hold what
/// they would hold with turns: there are no turns, rows have fewer threads and
/// barriers, and more bytes are on their way to a multiprocessor. There is no
/// room beside the exponentials of f64 or of exact sums, nor for hyperbolic
/// tangents beside the bounds of rows of unknown length.
static Sharing shareRow(const RowTraits &traits) {
  Sharing turns = shareTurns(traits);
  bool isKnown = traits.length.has_value();
  const RowRegisters &all = traits.registers;
  bool isLarge = all.compute != 32 || all.compensated;
  if (isLarge || (!isKnown && all.onTheWay))
    return turns;
  int64_t registers = all.countChunk(isKnown);
  // One block computes while another one waits for its elements.
  int64_t threads = llvm::bit_floor(uint64_t(threadsOfChunks(registers) / 2));
  Sharing chunks = {elementsOfChunk, threads, registers};
  int64_t most = turns.chunksOfBlock();
  if (isKnown)
    most = std::min<int64_t>(
        most, llvm::divideCeil(*traits.length,
                               FixedSum::chunk * traits.clusterBlocks));
  if (!threads || chunks.chunksOfBlock() < most)
    return turns;
  return chunks;
}

/// The largest blocks of warps that have chunks for themselves, for so many of
/// which a multiprocessor should have room, as elements wait in shared memory;
/// none if they do not fit there.
static std::optional<Sharing> shareLarge(const RowTraits &traits,
                                         int64_t blocks) {
  const RowRegisters &all = traits.registers;
  if (!traits.length || !traits.isAligned || all.compute != 32 ||
      all.compensated || all.isMasked || !all.waiting)
    return std::nullopt;
  constexpr int64_t threads = mostChunks * Team::warpSize;
  int64_t mostBytes = traits.sharedBytes / blocks - SharedBlocks::otherBytes;
  for (int64_t elements = 0; elements <= elementsOfChunk;
       elements += teamWidth) {
    if (threads * elements * all.afterSums / 8 > mostBytes)
      break;
    int64_t registers = all.countLeast(elements);
    if (threadsOfChunks(registers) >= blocks * threads)
      return Sharing{elementsOfChunk, threads, registers, elements};
  }
  return std::nullopt;
}

/// Elements that a thread has of rows that warps have alone. Kernels for rows
/// of any length up to that would do the work of the longest for all.
static int64_t elementsOfShort(const RowTraits &traits) {
  if (traits.length && shareRow(traits).hasChunks())
    return elementsOfChunk;
  for (int64_t elements : {32, 16})
    if (traits.registers.count(elements, false) <= registersOfWarp)
      return elements;
  return 8;
}

/// What the assembler is told of rows whose warps have parts of chunks:
/// * Those that need less than 128 registers keep to these when told so.
/// * Those that need more spill many then, and none when told nothing.
/// * Small blocks spill none when told nothing, but those of single accesses
///   or several sums.
/// * Large ones of f64 spill some for a second block, unless told that one is
///   all.
static int64_t residentThreads(const RowTraits &traits, int64_t threads,
                               int64_t registers) {
  bool isSmall = threads < 256;
  if (!isSmall && traits.registers.compute == 64 && registers > registersOfTwo)
    return threads;
  if (registers >= (isSmall ? 96 : 112) ||
      (isSmall && traits.isAligned && traits.registers.sums == 1))
    return 0;
  return 512;
}

//===----------------------------------------------------------------------===//
// Schedules
//===----------------------------------------------------------------------===//

/// Rows of one chunk or less.
static Schedule makeShort(int64_t length, const RowTraits &traits,
                          const ScheduleOverride &override) {
  Schedule schedule;
  schedule.family = Schedule::Family::Registers;
  schedule.elementsPerAccess = teamWidth;
  Sharing sharing = shareRow(traits);
  int64_t warps = 1;
  if (length > elementsOfShort(traits) * Team::warpSize)
    warps = llvm::PowerOf2Ceil(
        llvm::divideCeil(length, sharing.elements * Team::warpSize));
  schedule.capacity = std::max<int64_t>(
      llvm::alignTo(length, warps * FixedSum::maxLanes), FixedSum::maxLanes);
  schedule.warpsPerChunk = warps;
  schedule.threadsPerRow = warps * Team::warpSize;
  schedule.threadsPerBlock = schedule.threadsPerRow;
  // A row that does not fill a warp shares it with others. One of nothing
  // has no element that could be read in place of others.
  if (warps == 1) {
    schedule.threadsPerBlock =
        override.threadsPerBlock.value_or(warpsOfBlock * Team::warpSize);
    int64_t lanes = llvm::PowerOf2Ceil(llvm::divideCeil(length, teamWidth));
    if (lanes > 0 && lanes < Team::warpSize) {
      schedule.threadsPerRow = lanes;
      schedule.capacity = lanes * teamWidth;
    }
  }
  int64_t elements = schedule.capacity / schedule.threadsPerRow;
  if (sharing.hasChunks() && 2 * elements > elementsOfChunk)
    // Warps with rows of their own keep the maxima of their blocks, and wait
    // for nobody: 20 of them do, but those that compute all the time, as they
    // write nothing. Rows that stay packed have the registers for more.
    schedule.residentThreads =
        threadsOfChunks(warps > 1 || sharing.registers <= registersOfPacked
                            ? sharing.registers
                            : std::max<int64_t>(sharing.registers + 8, 96));
  else
    schedule.residentThreads =
        residentThreads(traits, schedule.threadsPerBlock,
                        traits.registers.count(elements, warps > 1));
  return schedule;
}

/// Rows of several chunks, in `blocks` of a cluster.
static Schedule makeLong(int64_t chunks, int64_t blocks,
                         const RowTraits &traits, Sharing sharing) {
  Schedule schedule;
  schedule.family = Schedule::Family::Registers;
  schedule.elementsPerAccess = teamWidth;
  schedule.warpsPerChunk = sharing.warpsPerChunk();
  schedule.capacity = chunks * FixedSum::chunk;
  schedule.threadsPerRow = sharing.threadsOf(chunks);
  schedule.threadsPerBlock = schedule.threadsPerRow / blocks;
  schedule.clusterSize = blocks;
  schedule.sharedElements = sharing.sharedElements;
  schedule.residentThreads =
      sharing.hasChunks() ? threadsOfChunks(sharing.registers)
                          : residentThreads(traits, schedule.threadsPerBlock,
                                            sharing.registers);
  return schedule;
}

/// For a known length; none if it does not fit.
static std::optional<Schedule> makeRegisters(const RowTraits &traits,
                                             const ScheduleOverride &override) {
  int64_t length = *traits.length;
  int64_t chunks = llvm::PowerOf2Ceil(
      llvm::divideCeil(std::max<int64_t>(length, 1), FixedSum::chunk));
  if (chunks == 1 && override.clusterSize.value_or(1) == 1)
    return makeShort(length, traits, override);
  Sharing sharing = shareRow(traits);
  // Two blocks are the least: one computes while the other one waits.
  if (int64_t(llvm::divideCeil(chunks, sharing.chunksOfBlock())) >
      traits.clusterBlocks)
    if (std::optional<Sharing> large = shareLarge(traits, /*blocks=*/2))
      sharing = *large;
  int64_t blocks = override.clusterSize.value_or(
      llvm::divideCeil(chunks, sharing.chunksOfBlock()));
  chunks = std::max(chunks, blocks);
  if (blocks > traits.clusterBlocks ||
      chunks / blocks > sharing.chunksOfBlock())
    return std::nullopt;
  // Clusters of more blocks than are portable are for small blocks of warps
  // that have chunks, of which a multiprocessor holds more, and for what others
  // do not hold.
  int64_t mostBlocks = std::min(chunks, traits.clusterBlocks);
  if (!sharing.hasChunks())
    mostBlocks = std::min(mostBlocks, portableClusterBlocks);
  if (blocks > 1 && !override.clusterSize)
    while (2 * blocks <= mostBlocks &&
           sharing.threadsOf(chunks / blocks) > Schedule::threadsInCluster)
      blocks *= 2;
  // Of large blocks three keep the memory busy, where two do not. 16-bit
  // numbers that are widened for the maximum leave no room for that.
  const RowRegisters &registers = traits.registers;
  bool staysNarrow = registers.isPacked || registers.x == registers.compute;
  if (sharing.hasChunks() && chunks / blocks == mostChunks && staysNarrow)
    if (std::optional<Sharing> large = shareLarge(traits, /*blocks=*/3))
      sharing = *large;
  return makeLong(chunks, blocks, traits, sharing);
}

/// For any length up to a capacity: warps for each chunk, in as many blocks as
/// that takes.
static Schedule makeFitted(const RowTraits &traits,
                           const ScheduleOverride &override) {
  Sharing sharing = shareRow(traits);
  int64_t chunks = sharing.chunksOfBlock();
  if (override.threadsPerBlock)
    chunks = std::clamp<int64_t>(
        *override.threadsPerBlock / sharing.threadsOf(1), 1, chunks);
  int64_t blocks = override.clusterSize.value_or(
      std::min(traits.clusterBlocks, portableClusterBlocks));
  Schedule schedule = makeLong(chunks * blocks, blocks, traits, sharing);
  schedule.isFitted = true;
  return schedule;
}

static Schedule makeStreaming(const RowTraits &traits,
                              const ScheduleOverride &override) {
  Schedule schedule;
  schedule.family = Schedule::Family::Streaming;
  schedule.elementsPerAccess = teamWidth;
  // Numbers of 64 bits take two registers.
  int64_t most = mostThreads * 32 / traits.registers.compute / Team::warpSize;
  int64_t warps = most;
  if (traits.length)
    warps = std::clamp<int64_t>(
        llvm::PowerOf2Ceil(llvm::divideCeil(*traits.length, FixedSum::chunk)),
        1, most);
  schedule.threadsPerRow =
      override.threadsPerRow.value_or(warps * Team::warpSize);
  schedule.threadsPerBlock = schedule.threadsPerRow;
  // Two of the largest blocks, unless a thread needs the registers of both.
  const RowRegisters &registers = traits.registers;
  if (registers.compute == 32 && registers.sums == 1 &&
      !registers.compensated && !registers.onTheWay)
    schedule.residentThreads = 2 * mostThreads;
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

/// Registers of a thread that has elements of a column. The assembler mixes the
/// work on all of them and takes more: f64 spills from 216 on.
static constexpr int64_t registersOfColumn = 192;

/// Elements of a block of a column that is read again, and lanes that are made
/// at a time: several sums of f64 leave no room for eight.
static int64_t widthOfColumn(const RowRegisters &registers) {
  int64_t width = teamWidth;
  while (width > 1 && registers.countColumn(width, width) > registersOfColumn)
    width /= 2;
  return width;
}

static Schedule makeColumns(const RowTraits &traits) {
  const RowRegisters &registers = traits.registers;
  Schedule schedule;
  schedule.family = Schedule::Family::Columns;
  schedule.threadsPerRow = ColumnTeam::numWarps;
  schedule.threadsPerBlock = ColumnTeam::numWarps * ColumnTeam::numColumns;
  schedule.accesses = widthOfColumn(registers);
  // Blocks in registers have no loop that larger ones would make shorter.
  int64_t width = teamWidth * 32 / registers.compute;
  int64_t elements = 64;
  while (elements > 0 &&
         registers.countColumn(elements, width) > registersOfColumn)
    elements /= 2;
  int64_t most = ColumnTeam::numWarps * elements;
  if (traits.length && *traits.length <= most) {
    schedule.capacity = most;
    schedule.accesses = width;
  }
  return schedule;
}

SmallVector<Schedule> act::chooseRows(const RowTraits &traits,
                                      const ScheduleOverride &override) {
  // A few long ones do not make up for splitting them.
  if (traits.areColumns && !override.rows &&
      !(traits.length && traits.rows && makeSplit(traits, override)))
    return {makeColumns(traits)};
  bool mayFit = override.rows != Schedule::Family::Streaming &&
                override.rows != Schedule::Family::Split;
  if (mayFit && traits.length)
    if (std::optional<Schedule> fitting = makeRegisters(traits, override))
      return {*fitting};
  SmallVector<Schedule> schedules;
  std::optional<Schedule> split = makeSplit(traits, override);
  if (mayFit && !traits.length) {
    schedules.push_back(
        makeShort(elementsOfShort(traits) * Team::warpSize, traits, override));
    Schedule fitted = makeFitted(traits, override);
    schedules.push_back(fitted);
    // One block would read longer rows from memory in each pass too: a kernel
    // less.
    if (split && fitted.capacity >= split->leastLength) {
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
