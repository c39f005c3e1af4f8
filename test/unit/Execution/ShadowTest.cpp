//===- ShadowTest.cpp - Tests of the search for races ---------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file tests the record of accesses where blocks run on several threads of
// the host: in orders that a program cannot ask for.
//
//===----------------------------------------------------------------------===//

#include "SIMT/GlobalShadow.h"

#include "gtest/gtest.h"

#include <array>
#include <thread>

using namespace act::simt;

namespace {
/// A cluster of one block of two warps, each of two threads.
struct OneBlock {
  OneBlock(GlobalShadow &shadow, int64_t number) : shadow(shadow) {
    intervals.reset(shadow, number);
    for (unsigned i = 0; i != 4; ++i) {
      threads[i] = Thread();
      threads[i].block = &block;
      threads[i].warp = &warps[i / 2];
    }
  }

  /// Whether there is no race.
  bool read(unsigned thread, const int32_t &element) {
    return access(thread, element, /*isWrite=*/false);
  }
  bool write(unsigned thread, const int32_t &element) {
    return access(thread, element, /*isWrite=*/true);
  }
  bool access(unsigned thread, const int32_t &element, bool isWrite) {
    return !shadow.record(intervals, threads[thread],
                          reinterpret_cast<uintptr_t>(&element),
                          sizeof(element), isWrite, /*site=*/0);
  }

  void barrier() {
    for (Thread &thread : threads)
      ++thread.barriers;
  }

  GlobalShadow &shadow;
  Intervals intervals;
  Block block = Block();
  std::array<Warp, 2> warps;
  std::array<Thread, 4> threads;
};

class ShadowTest : public testing::Test {
protected:
  ShadowTest() : elements(100000) {
    memory.add("elements", elements.data(), elements.size() * sizeof(int32_t),
               /*isWritable=*/true);
    EXPECT_TRUE(shadow.begin(memory, sizeof(int32_t), /*isParallel=*/true));
  }

  std::vector<int32_t> elements;
  DeviceMemory memory;
  GlobalShadow shadow;
};
} // namespace

TEST_F(ShadowTest, KnowsReadersOfOtherBlocks) {
  OneBlock first(shadow, 0), second(shadow, 1);
  // Two warps read, then another block: the two know of the barrier.
  EXPECT_TRUE(first.read(0, elements[0]));
  EXPECT_TRUE(first.read(2, elements[0]));
  EXPECT_TRUE(second.read(0, elements[0]));
  first.barrier();
  EXPECT_FALSE(first.write(0, elements[0]));
}

TEST_F(ShadowTest, KnowsReadersOfManyBlocks) {
  OneBlock first(shadow, 0), second(shadow, 1), third(shadow, 2);
  EXPECT_TRUE(first.read(0, elements[0]));
  EXPECT_TRUE(second.read(0, elements[0]));
  EXPECT_TRUE(third.read(0, elements[0]));
  EXPECT_FALSE(first.write(0, elements[0]));
  EXPECT_FALSE(second.write(0, elements[0]));
  EXPECT_FALSE(third.write(0, elements[0]));
}

TEST_F(ShadowTest, BeginsAnewWithEachLaunch) {
  OneBlock first(shadow, 0);
  EXPECT_TRUE(first.write(0, elements[0]));
  EXPECT_FALSE(first.write(2, elements[0]));
  EXPECT_TRUE(shadow.begin(memory, sizeof(int32_t), /*isParallel=*/true));
  OneBlock second(shadow, 0);
  EXPECT_TRUE(second.write(0, elements[0]));
}

/// However the two go along with each other, one of them comes second.
TEST_F(ShadowTest, FindsEachRaceOfThreadsOfTheHost) {
  std::vector<char> isFine[2];
  std::vector<std::thread> threads;
  std::atomic<size_t> progress[2] = {0, 0};
  for (int number : {0, 1}) {
    isFine[number].resize(elements.size());
    threads.emplace_back([&, number] {
      OneBlock block(shadow, number);
      for (size_t i = 0; i != elements.size(); ++i) {
        progress[number] = i;
        // In step, but for a core that does something else.
        for (int spin = 0; progress[1 - number] < i && spin != 1000; ++spin)
          ;
        isFine[number][i] = block.write(0, elements[i]);
      }
    });
  }
  for (std::thread &thread : threads)
    thread.join();
  for (size_t i = 0; i != elements.size(); ++i)
    ASSERT_FALSE(isFine[0][i] && isFine[1][i]) << i;
}
