//===- Profile.cpp - How accesses of warps lie in memory ------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Profile.h"

#include <algorithm>

using namespace ptx;

static constexpr unsigned sectorBytes = 32, wordBytes = 4, numBanks = 32;

void Profile::note(bool isShared, unsigned warp, unsigned thread,
                   std::size_t instruction, uint64_t address, unsigned bytes) {
  unsigned turn = turns[{thread, instruction}]++;
  accesses[{isShared, warp, instruction, turn}].emplace(address, bytes);
}

void Profile::countGlobal(const Pieces &pieces) {
  std::set<uint64_t> sectors;
  uint64_t bytes = 0;
  for (auto [address, size] : pieces) {
    bytes += size;
    for (uint64_t at = address / sectorBytes;
         at <= (address + size - 1) / sectorBytes; ++at)
      sectors.insert(at);
  }
  global.taken += sectors.size();
  global.least += (bytes + sectorBytes - 1) / sectorBytes;
}

void Profile::countShared(const Pieces &pieces) {
  std::set<uint64_t> words;
  for (auto [address, size] : pieces)
    for (uint64_t at = address / wordBytes;
         at <= (address + size - 1) / wordBytes; ++at)
      words.insert(at);
  unsigned ofBank[numBanks] = {};
  for (uint64_t word : words)
    ++ofBank[word % numBanks];
  shared.taken += *std::max_element(ofBank, ofBank + numBanks);
  shared.least += (words.size() + numBanks - 1) / numBanks;
}

void Profile::finishThreads() {
  for (const auto &[key, pieces] : accesses)
    std::get<0>(key) ? countShared(pieces) : countGlobal(pieces);
  accesses.clear();
  turns.clear();
}
