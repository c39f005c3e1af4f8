//===- DeviceMemory.cpp - Global memory -----------------------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file finds accesses outside of the memory that kernels may access.
//
//===----------------------------------------------------------------------===//

#include "DeviceMemory.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/Twine.h"

using namespace act::simt;

void DeviceMemory::add(std::string name, const void *begin, int64_t size,
                       bool isWritable) {
  auto address = reinterpret_cast<uintptr_t>(begin);
  if (size > 0)
    ranges.push_back({address, address + size, std::move(name), isWritable});
}

void DeviceMemory::remove(const void *begin) {
  llvm::erase_if(ranges, [&](const Range &range) {
    return range.begin == reinterpret_cast<uintptr_t>(begin);
  });
}

std::optional<std::string> DeviceMemory::check(uintptr_t address, int64_t size,
                                               bool isWrite,
                                               size_t &hint) const {
  auto isFine = [&](const Range &range) {
    return range.holds(address, size) && (range.isWritable || !isWrite);
  };
  if (hint < ranges.size() && isFine(ranges[hint]))
    return std::nullopt;
  for (auto [number, range] : llvm::enumerate(ranges))
    if (isFine(range)) {
      hint = number;
      return std::nullopt;
    }
  for (const Range &range : ranges)
    if (range.holds(address, size))
      return range.name + " is written, which the entry only reads";
  return describe(address, size);
}

void DeviceMemory::forEachWritable(
    llvm::function_ref<void(uintptr_t begin, uintptr_t end)> body) const {
  for (const Range &range : ranges)
    if (range.isWritable)
      body(range.begin, range.end);
}

std::string DeviceMemory::nameOf(uintptr_t address) const {
  auto range = llvm::find_if(ranges, [&](const Range &range) {
    return range.holds(address, /*size=*/1);
  });
  return "byte " + std::to_string(address - range->begin) + " of " +
         range->name;
}

/// Where the nearest range is.
std::string DeviceMemory::describe(uintptr_t address, int64_t size) const {
  auto distance = [&](const Range &range) {
    return address < range.begin ? range.begin - address
           : address < range.end ? 0
                                 : address - range.end;
  };
  auto nearest = llvm::min_element(ranges, [&](const Range &a, const Range &b) {
    return distance(a) < distance(b);
  });
  std::string text =
      "out-of-bounds access of " + std::to_string(size) + " bytes";
  if (nearest == ranges.end())
    return text + ": the entry has no memory";
  int64_t offset = int64_t(address - nearest->begin);
  return text + " at byte " + std::to_string(offset) + " of " + nearest->name +
         ", which has " + std::to_string(nearest->end - nearest->begin);
}
