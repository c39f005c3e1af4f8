//===- SIMTTest.cpp - Tests of GPU kernels on the CPU ---------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file tests the runner of GPU kernels in hosts that go on after a
// failure, have threads of their own, or another floating-point environment.
//
//===----------------------------------------------------------------------===//

#include "KernelFixture.h"

#include <immintrin.h>
#include <thread>

using namespace act;

/// y = x + x in blocks of 64 threads. Where `bad` is 1, not all threads of the
/// last block reach a barrier; where it is 2, those that do not never end; and
/// where it is 3, the first threads of all blocks write the first element.
static const char twice[] = R"(
module attributes {gpu.container_module} {
  gpu.module @kernels [#nvvm.target<chip = "sm_90">] {
    gpu.func @twice(%x: !llvm.ptr<1>, %y: !llvm.ptr<1>, %n: index, %bad: i32)
        kernel {
      %c1 = arith.constant 1 : i32
      %c8 = arith.constant 8 : index
      %size = gpu.block_dim x
      %block = gpu.block_id x
      %thread = gpu.thread_id x
      %blocks = gpu.grid_dim x
      %start = arith.muli %block, %size : index
      %i = arith.addi %start, %thread : index
      %k = arith.index_cast %i : index to i64
      %p = llvm.getelementptr %x[%k] : (!llvm.ptr<1>, i64) -> !llvm.ptr<1>, f32
      %q = llvm.getelementptr %y[%k] : (!llvm.ptr<1>, i64) -> !llvm.ptr<1>, f32
      %value = llvm.load %p {alignment = 4 : i64} : !llvm.ptr<1> -> f32
      %one = arith.constant 1 : index
      %next = arith.addi %block, %one : index
      %isLast = arith.cmpi eq, %next, %blocks : index
      %isLow = arith.cmpi ult, %thread, %c8 : index
      %isBad = arith.cmpi eq, %bad, %c1 : i32
      %both = arith.andi %isLast, %isLow : i1
      %all = arith.andi %both, %isBad : i1
      scf.if %all {
      } else {
        gpu.barrier
      }
      %c2 = arith.constant 2 : i32
      %isEndless = arith.cmpi eq, %bad, %c2 : i32
      %goesRound = arith.andi %both, %isEndless : i1
      scf.while : () -> () {
        %again = llvm.load volatile %p {alignment = 4 : i64} : !llvm.ptr<1> -> f32
        scf.condition(%goesRound)
      } do {
        scf.yield
      }
      %c3 = arith.constant 3 : i32
      %zero = arith.constant 0 : index
      %isRace = arith.cmpi eq, %bad, %c3 : i32
      %isFirst = arith.cmpi eq, %thread, %zero : index
      %meets = arith.andi %isRace, %isFirst : i1
      %sum = arith.addf %value, %value : f32
      llvm.store %sum, %q {alignment = 4 : i64} : f32, !llvm.ptr<1>
      scf.if %meets {
        llvm.store %sum, %y {alignment = 4 : i64} : f32, !llvm.ptr<1>
      }
      gpu.return
    }
  }
  func.func @twice(%x: memref<12800xf32>, %bad: i32,
                   %y: memref<12800xf32> {act.result}) {
    %c1 = arith.constant 1 : index
    %c64 = arith.constant 64 : index
    %c200 = arith.constant 200 : index
    %n = arith.constant 12800 : index
    %ix = memref.extract_aligned_pointer_as_index %x : memref<12800xf32> -> index
    %iy = memref.extract_aligned_pointer_as_index %y : memref<12800xf32> -> index
    %jx = arith.index_cast %ix : index to i64
    %jy = arith.index_cast %iy : index to i64
    %px = llvm.inttoptr %jx : i64 to !llvm.ptr<1>
    %py = llvm.inttoptr %jy : i64 to !llvm.ptr<1>
    gpu.launch_func @kernels::@twice blocks in (%c200, %c1, %c1)
      threads in (%c64, %c1, %c1)
      args(%px : !llvm.ptr<1>, %py : !llvm.ptr<1>, %n : index, %bad : i32)
    return
  }
}
)";

namespace {
class SIMTTest : public KernelTest {
protected:
  static constexpr size_t size = 12800;

  SIMTTest() {
    CompileOptions options;
    options.device = Device::SIMT;
    options.stepLimit = 100000;
    kernel = compile(twice, options);
    for (size_t i = 0; i != size; ++i)
      x.push_back(float(i));
  }

  /// Fails with `text` in the message, and is right after it, many times.
  void goesOnAfter(int32_t bad, llvm::StringRef text) {
    ASSERT_TRUE(kernel);
    for (int i = 0; i != 20; ++i) {
      std::vector<float> y(size);
      std::string message = call(y, bad);
      EXPECT_NE(message.find(text), std::string::npos) << message;
      EXPECT_EQ(call(y, 0), "");
      EXPECT_TRUE(isRight(y));
    }
  }

  /// Calls the kernel, and returns the message of the error.
  std::string call(std::vector<float> &y, int32_t bad) {
    TensorView flag = TensorView::contiguous(ElementType::I32, &bad, {});
    return message(kernel->invoke({view(x), flag}, {view(y)}));
  }

  bool isRight(const std::vector<float> &y) {
    for (size_t i = 0; i != size; ++i)
      if (y[i] != x[i] + x[i])
        return false;
    return true;
  }

  std::unique_ptr<Kernel> kernel;
  std::vector<float> x;
};
} // namespace

TEST_F(SIMTTest, GoesOnAfterAFailure) {
  goesOnAfter(1, "divergent barrier: thread (0, 0, 0) of block (199, 0, 0) has "
                 "left the kernel");
}

TEST_F(SIMTTest, GoesOnAfterAKernelWithoutEnd) {
  goesOnAfter(2,
              "the kernel does not end: a thread is here after 100000 steps");
}

/// Whichever thread of the host comes first.
TEST_F(SIMTTest, GoesOnAfterARaceOfBlocks) {
  goesOnAfter(3, "race in global memory, near byte 0 of output");
}

TEST_F(SIMTTest, RunsInThreadsOfTheHost) {
  ASSERT_TRUE(kernel);
  std::vector<std::vector<float>> results(4, std::vector<float>(size));
  std::vector<std::string> messages(4);
  std::vector<std::thread> threads;
  for (int i = 0; i != 4; ++i)
    threads.emplace_back([&, i] { messages[i] = call(results[i], i == 2); });
  for (std::thread &thread : threads)
    thread.join();
  for (int i = 0; i != 4; ++i) {
    EXPECT_EQ(messages[i].empty(), i != 2) << messages[i];
    EXPECT_TRUE(i == 2 || isRight(results[i]));
  }
}

TEST_F(SIMTTest, KeepsItsEnvironment) {
  ASSERT_TRUE(kernel);
  // A host that flushes subnormal numbers to zero.
  unsigned before = _mm_getcsr();
  _mm_setcsr(before | 0x8040);
  for (float &value : x)
    value = 1e-40f;
  std::vector<float> y(size);
  std::string text = call(y, 0);
  unsigned after = _mm_getcsr();
  _mm_setcsr(before);
  EXPECT_EQ(text, "");
  EXPECT_EQ(after | 0x3f, before | 0x8040 | 0x3f);
  EXPECT_TRUE(isRight(y));
}
