//===- Profile.h - How accesses of warps lie in memory ----------*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A GPU serves what the threads of a warp access by one instruction together:
// global memory by sectors of 32 bytes, shared memory by 32 banks of 4 bytes,
// each of which has one word at a time.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_TEST_FAKECUDA_PROFILE_H
#define ACT_TEST_FAKECUDA_PROFILE_H

#include <cstddef>
#include <cstdint>
#include <map>
#include <set>
#include <tuple>
#include <utility>

namespace ptx {
class Profile {
public:
  /// The access of a thread, the number of its warp and its own in the cluster,
  /// by the instruction with a number.
  void note(bool isShared, unsigned warp, unsigned thread,
            std::size_t instruction, uint64_t address, unsigned bytes);

  /// Counts what was noted, of threads that have ended.
  void finishThreads();

  /// What it takes, and what as many bytes side by side would take: sectors of
  /// global memory, and turns of the banks of shared memory.
  struct Cost {
    uint64_t taken = 0, least = 0;
  };
  Cost global, shared;

private:
  using Pieces = std::set<std::pair<uint64_t, unsigned>>;
  void countGlobal(const Pieces &pieces);
  void countShared(const Pieces &pieces);

  /// How often a thread has come to an instruction.
  std::map<std::pair<unsigned, std::size_t>, unsigned> turns;
  /// What a warp accesses at once: by warp, instruction and turn.
  std::map<std::tuple<bool, unsigned, std::size_t, unsigned>, Pieces> accesses;
};
} // namespace ptx

#endif // ACT_TEST_FAKECUDA_PROFILE_H
