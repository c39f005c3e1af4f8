//===- Schedule.cpp - How a kernel is shared out on a GPU -----------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file implements the choice of schedules and their syntax.
//
//===----------------------------------------------------------------------===//

#include "Schedule.h"

#include "Act/Conversion/Pipelines.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/MathExtras.h"

using namespace mlir;
using namespace act;

StringRef act::familyName(Schedule::Family family) {
  switch (family) {
  case Schedule::Family::Tiles:
    return "tiles";
  case Schedule::Family::Elements:
    return "elements";
  case Schedule::Family::Registers:
    return "registers";
  case Schedule::Family::Streaming:
    return "streaming";
  case Schedule::Family::Split:
    return "split";
  case Schedule::Family::Sums:
    return "sums";
  case Schedule::Family::Columns:
    return "columns";
  case Schedule::Family::Products:
    return "products";
  }
  llvm_unreachable("all families have a name");
}

/// ptxas spills a few registers where that lets one block more have room on a
/// multiprocessor, unless it is told how many should. Told so it takes more
/// than it needs, for the sake of the order of instructions. Blocks of less
/// than 256 threads spill none when told nothing, but leave room for more
/// blocks. (What tools/gpu-evidence.py --scan found.)
std::optional<int64_t> Schedule::leastBlocks() const {
  if (residentThreads)
    return std::max<int64_t>(residentThreads / threadsPerBlock, 1);
  switch (family) {
  case Family::Registers:
    return std::nullopt;
  case Family::Streaming:
  case Family::Split:
    return 1;
  default:
    if (threadsPerBlock < 256)
      return std::nullopt;
    return 1;
  }
}

DictionaryAttr act::toAttribute(Builder &builder, const Schedule &schedule) {
  NamedAttrList entries;
  entries.append("family", builder.getStringAttr(familyName(schedule.family)));
  auto add = [&](StringRef name, int64_t number) {
    if (number)
      entries.append(name, builder.getI64IntegerAttr(number));
  };
  add("threads_per_block", schedule.threadsPerBlock);
  add("threads_per_row", schedule.threadsPerRow);
  add("elements_per_access", schedule.elementsPerAccess);
  add("accesses", schedule.accesses);
  add("capacity", schedule.capacity);
  if (schedule.clusterSize > 1)
    add("cluster_size", schedule.clusterSize);
  if (schedule.warpsPerChunk > 1)
    add("warps_per_chunk", schedule.warpsPerChunk);
  add("shared_elements", schedule.sharedElements);
  add("least_length", schedule.leastLength);
  add("most_rows", schedule.mostRows);
  if (schedule.isFitted)
    entries.append("fitted", builder.getBoolAttr(true));
  return entries.getDictionary(builder.getContext());
}

std::optional<ScheduleOverride> act::parseSchedule(StringRef text,
                                                   std::string &message) {
  ScheduleOverride result;
  SmallVector<StringRef> entries;
  text.split(entries, ',', /*MaxSplit=*/-1, /*KeepEmpty=*/false);
  llvm::StringSet<> keys;
  for (StringRef entry : entries) {
    StringRef key, value;
    std::tie(key, value) = entry.trim().split('=');
    if (!keys.insert(key).second) {
      message = (key + " is set twice; leave one of them out").str();
      return std::nullopt;
    }
    if (key == "rows") {
      if (value == "registers") {
        result.rows = Schedule::Family::Registers;
      } else if (value == "streaming") {
        result.rows = Schedule::Family::Streaming;
      } else if (value == "split") {
        result.rows = Schedule::Family::Split;
      } else {
        message = ("rows is '" + value + "'; use registers, streaming or split")
                      .str();
        return std::nullopt;
      }
      continue;
    }
    int64_t number = 0;
    bool isNumber = !value.getAsInteger(10, number);
    auto set = [&](std::optional<int64_t> &target, int64_t least,
                   int64_t most) {
      target = number;
      if (isNumber && number >= least && number <= most &&
          llvm::isPowerOf2_64(number))
        return true;
      message = (key + " is '" + value + "'; use a power of two from " +
                 Twine(least) + " to " + Twine(most))
                    .str();
      return false;
    };
    bool isSet = false;
    if (key == "threads") {
      isSet = set(result.threadsPerBlock, 32, 1024);
    } else if (key == "threads-per-row") {
      isSet = set(result.threadsPerRow, 32, 1024);
    } else if (key == "cluster") {
      isSet = set(result.clusterSize, 1, 16);
    } else if (key == "accesses") {
      isSet = set(result.accesses, 1, 16);
    } else {
      message = ("unknown key '" + key +
                 "'; use threads, threads-per-row, accesses, cluster or "
                 "rows")
                    .str();
    }
    if (!isSet)
      return std::nullopt;
  }
  return result;
}

std::string act::findScheduleProblem(StringRef schedule) {
  std::string message;
  parseSchedule(schedule, message);
  return message;
}

Schedule act::chooseTiles(int64_t elementsPerAccess,
                          const ScheduleOverride &override) {
  Schedule schedule;
  schedule.family = Schedule::Family::Tiles;
  // Of larger blocks the assembler takes it that few fit, and fills registers.
  schedule.threadsPerBlock = override.threadsPerBlock.value_or(128);
  schedule.elementsPerAccess = elementsPerAccess;
  // Sixteen elements per thread: enough bytes in flight for the memory, few
  // enough registers for the body.
  int64_t usual = std::clamp<int64_t>(16 / elementsPerAccess, 1, 4);
  schedule.accesses = override.accesses.value_or(usual);
  return schedule;
}

Schedule act::chooseElements(const ScheduleOverride &override) {
  Schedule schedule;
  schedule.family = Schedule::Family::Elements;
  schedule.threadsPerBlock = override.threadsPerBlock.value_or(256);
  schedule.accesses = override.accesses.value_or(4);
  return schedule;
}

/// Fewer terms are as soon added by one block as launches begin; of more
/// outputs blocks fill a GPU.
static constexpr int64_t leastTermsOfSplit = 65536, mostOutputsOfSplit = 64;

Schedule act::chooseSplitSums(int64_t warpSize) {
  Schedule schedule;
  schedule.family = Schedule::Family::Split;
  schedule.threadsPerRow = 4 * warpSize;
  schedule.threadsPerBlock = schedule.threadsPerRow;
  schedule.leastLength = leastTermsOfSplit;
  schedule.mostRows = mostOutputsOfSplit;
  return schedule;
}

Schedule act::chooseSums(std::optional<int64_t> terms, int64_t warpSize,
                         int64_t chunk, const ScheduleOverride &override) {
  Schedule schedule;
  schedule.family = Schedule::Family::Sums;
  int64_t warps = 8;
  if (terms)
    warps = std::clamp<int64_t>(
        llvm::PowerOf2Ceil(llvm::divideCeil(*terms, chunk)), 1, 16);
  schedule.threadsPerRow = override.threadsPerRow.value_or(warps * warpSize);
  schedule.threadsPerBlock = schedule.threadsPerRow;
  return schedule;
}
