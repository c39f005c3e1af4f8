//===- GlobalShadow.cpp - Who accessed global memory ----------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file finds races in global memory, between threads of any blocks.
//
//===----------------------------------------------------------------------===//

#include "GlobalShadow.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/MathExtras.h"

#include <thread>

using namespace act::simt;

/// Bytes that one lock guards, as a power of two.
static constexpr unsigned lockedShift = 8;

/// Numbers up to which a launch may begin: it has as many of 40 bits, and would
/// have to run for hours to use them up.
static constexpr uint64_t lastFirst = uint64_t(1) << 39;

/// Bytes of a shadow that are kept between calls.
static constexpr size_t maxKept = size_t(256) << 20;

namespace {
/// Holds a lock, if there is one. Nobody waits long: no fiber is left
/// meanwhile.
class Holder {
public:
  explicit Holder(std::atomic<bool> *isTaken) : isTaken(isTaken) {
    while (isTaken && isTaken->exchange(true, std::memory_order_acquire))
      std::this_thread::yield();
  }
  ~Holder() {
    if (isTaken)
      isTaken->store(false, std::memory_order_release);
  }

private:
  std::atomic<bool> *isTaken;
};
} // namespace

int64_t GlobalShadow::layOut(const DeviceMemory &memory, unsigned granule) {
  spans.clear();
  memory.forEachWritable([&](uintptr_t begin, uintptr_t end) {
    spans.push_back(
        {llvm::alignDown(begin, granule), llvm::alignTo(end, granule), 0});
  });
  llvm::sort(spans,
             [](const Span &a, const Span &b) { return a.begin < b.begin; });
  size_t numApart = 0;
  for (const Span &span : spans) {
    if (numApart && span.begin < spans[numApart - 1].end)
      spans[numApart - 1].end = std::max(spans[numApart - 1].end, span.end);
    else
      spans[numApart++] = span;
  }
  spans.resize(numApart);
  int64_t size = 0;
  for (Span &span : spans) {
    span.offset = size;
    size += span.end - span.begin;
  }
  return size;
}

bool GlobalShadow::begin(const DeviceMemory &memory, unsigned granule,
                         bool onThreads) {
  isParallel = onThreads;
  taken.clear();
  if (nextNumber > lastFirst) {
    shadow.release();
    nextNumber = 1;
  }
  return shadow.reset(layOut(memory, granule), granule, nextNumber);
}

void GlobalShadow::end() {
  if (shadow.bytes() > maxKept)
    shadow.release();
}

uint64_t GlobalShadow::takeNumbers(size_t count, int64_t cluster) {
  std::lock_guard<std::mutex> lock(mutex);
  taken.push_back({nextNumber, cluster});
  nextNumber += count;
  return taken.back().first;
}

int64_t GlobalShadow::clusterOf(uint64_t number) {
  std::lock_guard<std::mutex> lock(mutex);
  auto next = llvm::partition_point(
      taken, [&](const Numbers &numbers) { return numbers.first <= number; });
  return std::prev(next)->cluster;
}

std::optional<Access> GlobalShadow::record(Intervals &intervals, Thread &thread,
                                           uintptr_t address, int64_t size,
                                           bool isWrite, unsigned site) {
  const uintptr_t end = address + size;
  auto span = llvm::partition_point(
      spans, [&](const Span &span) { return span.end <= address; });
  for (; span != spans.end() && span->begin < end; ++span)
    for (uintptr_t at = std::max(address, span->begin);
         at < std::min(end, span->end);) {
      uintptr_t next =
          std::min({end, span->end, ((at >> lockedShift) + 1) << lockedShift});
      Lock &lock = locks[(at >> lockedShift) % std::size(locks)];
      Holder holder(isParallel ? &lock.isTaken : nullptr);
      if (auto other = shadow.record(intervals, thread,
                                     span->offset + (at - span->begin),
                                     next - at, isWrite, site))
        return other;
      at = next;
    }
  return std::nullopt;
}
