//===- Reports.cpp - What went wrong --------------------------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file words reports about threads.
//
//===----------------------------------------------------------------------===//

#include "Cluster.h"

using namespace act::simt;

static std::string positionText(const int64_t (&position)[3]) {
  return "(" + std::to_string(position[0]) + ", " +
         std::to_string(position[1]) + ", " + std::to_string(position[2]) + ")";
}

std::string Cluster::nameOf(const Thread &thread) const {
  return "thread " + positionText(thread.index) + " of block " +
         positionText(thread.numbers->block);
}

std::string Cluster::siteText(unsigned site) const {
  llvm::StringRef text = launch.program.sites[site];
  return text.empty() ? "an unknown place" : text.drop_back(2).str();
}

/// Returns false, for those who return that something is wrong.
bool Cluster::fail(const Thread &thread, unsigned site,
                   const llvm::Twine &message) {
  launch.fail(site, message + " (" + nameOf(thread) + " of kernel '" +
                        launch.kernel.name + "')");
  return false;
}

std::string Cluster::whereabouts(const Thread &thread) const {
  if (thread.hasLeft)
    return "has left the kernel";
  return "waits at " + siteText(thread.waitSite);
}

std::string Cluster::raceText(Access access) const {
  std::string at = " accesses it at " + siteText(access.site) + " and ";
  std::optional<size_t> place = scratch.intervals.find(access.interval);
  if (place)
    return nameOf(*scratch.intervals.at(*place)->thread) + at +
           "no barrier is between";
  int64_t cluster = launch.shadow.clusterOf(access.interval);
  return "block " + positionText(numbersOf(access.block, cluster).block) + at +
         (blocks.size() == 1 ? "blocks of a launch are not ordered"
                             : "blocks of different clusters are not ordered");
}

/// What the other threads of the cluster do.
std::string Cluster::othersText(const Thread &thread) const {
  const Thread *waiting = nullptr;
  unsigned numWaiting = 0, numLeft = 0;
  for (const Thread &other : llvm::ArrayRef(threads).take_front(nextThread)) {
    if (other.hasLeft) {
      ++numLeft;
    } else if (other.waitsFor != Wait::Nothing && &other != &thread) {
      ++numWaiting;
      waiting = &other;
    }
  }
  std::string text = std::to_string(numWaiting) + " wait";
  if (waiting)
    text +=
        " (" + nameOf(*waiting) + " at " + siteText(waiting->waitSite) + ")";
  return text + ", " + std::to_string(numLeft) + " have left and " +
         std::to_string(threads.size() - nextThread) + " have not begun";
}

bool Cluster::checkSteps(const Thread &thread, unsigned site) {
  if (thread.steps <= launch.maxSteps)
    return true;
  return fail(thread, site,
              "the kernel does not end: a thread is here after " +
                  llvm::Twine(launch.maxSteps) +
                  " steps; of the others of its cluster " + othersText(thread) +
                  "; loops wait for other threads by barriers only, and "
                  "--simt-limit allows more steps");
}

/// Where an address is that no shared memory is at.
std::string Cluster::nearestText(int64_t offset) const {
  const KernelInfo &kernel = launch.kernel;
  std::vector<SharedRange> ranges = kernel.shared;
  if (launch.numbers.dynamicShared)
    ranges.push_back({kernel.dynamicOffset, launch.numbers.dynamicShared});
  auto distance = [&](const SharedRange &range) {
    return offset < range.offset
               ? range.offset - offset
               : std::max<int64_t>(0, offset - range.offset - range.size);
  };
  auto nearest = llvm::min_element(
      ranges, [&](const SharedRange &a, const SharedRange &b) {
        return distance(a) < distance(b);
      });
  if (nearest == ranges.end())
    return ": the kernel has none";
  std::string which =
      nearest - ranges.begin() == int64_t(kernel.shared.size())
          ? "the dynamic memory"
          : "declared memory #" + std::to_string(nearest - ranges.begin());
  return ": byte " + std::to_string(offset - nearest->offset) + " of " + which +
         ", which has " + std::to_string(nearest->size);
}

static const char *waitText(Wait wait) {
  switch (wait) {
  case Wait::Nothing:
    break;
  case Wait::Barrier:
    return "divergent barrier";
  case Wait::Shuffle:
    return "shuffle with inactive lanes";
  case Wait::Reduction:
    return "reduction with inactive lanes";
  case Wait::WarpSync:
    return "divergent warp barrier";
  case Wait::ClusterWait:
    return "divergent cluster barrier";
  }
  llvm_unreachable("a thread that stands still waits");
}

/// Nobody can go on: reports a thread that waits, and one that it waits for.
void Cluster::diagnoseStandstill() {
  auto stuck = llvm::find_if(
      threads, [](const Thread &thread) { return !thread.hasLeft; });
  auto isAwaited = [&](const Thread &other) {
    switch (stuck->waitsFor) {
    case Wait::Barrier:
      return other.block == stuck->block && other.waitsFor != Wait::Barrier;
    case Wait::ClusterWait:
      return !other.hasArrived && other.clusterWaits == stuck->clusterWaits;
    default:
      return other.warp == stuck->warp && other.waitsFor != stuck->waitsFor;
    }
  };
  auto awaited = llvm::find_if(threads, isAwaited);
  std::string rest;
  if (awaited != threads.end())
    rest = ": " + nameOf(*awaited) + " " + whereabouts(*awaited);
  fail(*stuck, stuck->waitSite, waitText(stuck->waitsFor) + rest);
}
