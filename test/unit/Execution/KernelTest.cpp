//===- KernelTest.cpp - Tests of kernels ----------------------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file tests compilation, and kernels in hosts with threads and with a
// floating-point environment of their own.
//
//===----------------------------------------------------------------------===//

#include "KernelFixture.h"

#include <cmath>
#include <cstring>
#include <dlfcn.h>
#include <immintrin.h>
#include <thread>

using namespace act;

static const char silu[] = R"(
func.func @silu(%x: tensor<?xf32> {act.name = "x"})
    -> (tensor<?xf32> {act.name = "y"}) {
  %y = act.silu %x : tensor<?xf32>
  return %y : tensor<?xf32>
}
)";

/// Numbers of all magnitudes, subnormal ones and results among them.
static std::vector<float> someNumbers(size_t count) {
  std::vector<float> values(count);
  uint32_t state = 1;
  for (float &value : values) {
    state = state * 1664525 + 1013904223;
    uint32_t bits = state;
    // Neither NaN nor infinity.
    if ((bits & 0x7F800000) == 0x7F800000)
      bits ^= 0x40000000;
    std::memcpy(&value, &bits, sizeof(bits));
  }
  // The tails: results that are subnormal.
  for (size_t i = 0; i < count; i += 3)
    values[i] = -85 - float(i % 50) * 0.4f;
  return values;
}

TEST_F(KernelTest, Signature) {
  auto kernel = compile(silu);
  ASSERT_TRUE(kernel);
  const Signature &signature = kernel->signature();
  EXPECT_EQ(signature.entry, "silu");
  ASSERT_EQ(signature.inputs.size(), 1u);
  EXPECT_EQ(signature.inputs[0].name, "x");
  EXPECT_EQ(signature.inputs[0].typeText(), "tensor<?xf32>");
  EXPECT_EQ(signature.outputs[0].name, "y");
}

// The number of threads of a call is not that of the process afterwards.
TEST_F(KernelTest, LeavesTheThreadsOfProductsAlone) {
  void *library = dlopen("libopenblas.so.0", RTLD_NOW);
  if (!library)
    GTEST_SKIP() << "OpenBLAS is not there";
  auto set = reinterpret_cast<void (*)(int)>(
      dlsym(library, "openblas_set_num_threads"));
  auto get =
      reinterpret_cast<int (*)()>(dlsym(library, "openblas_get_num_threads"));
  CompileOptions options;
  options.matrixProducts = MatrixProducts::BLAS;
  options.threads = 1;
  auto kernel = compile(R"(
func.func @product(%a: tensor<4x4xf32>, %b: tensor<4x4xf32>,
                   %c: tensor<4x4xf32>) -> tensor<4x4xf32> {
  %y = linalg.matmul ins(%a, %b : tensor<4x4xf32>, tensor<4x4xf32>)
                     outs(%c : tensor<4x4xf32>) -> tensor<4x4xf32>
  return %y : tensor<4x4xf32>
}
)",
                        options);
  ASSERT_TRUE(kernel);
  std::vector<float> numbers(16, 2), result(16);
  TensorView in =
      TensorView::contiguous(ElementType::F32, numbers.data(), {4, 4});
  TensorView out =
      TensorView::contiguous(ElementType::F32, result.data(), {4, 4});
  int before = get();
  set(2);
  EXPECT_EQ(llvm::toString(kernel->invoke({in, in, in}, {out})), "");
  EXPECT_EQ(result[5], 18);
  EXPECT_EQ(get(), 2);
  set(before);
}

TEST_F(KernelTest, LeavesTheModuleAlone) {
  auto module = parse(silu);
  std::string before, after;
  llvm::raw_string_ostream(before) << *module;
  ASSERT_TRUE(bool(Kernel::compile(*module, {})));
  llvm::raw_string_ostream(after) << *module;
  EXPECT_EQ(before, after);
}

TEST_F(KernelTest, ObserverSeesTheStagesInOrder) {
  std::string stages;
  CompileOptions options;
  options.observer = [&](Stage stage, mlir::ModuleOp module) {
    EXPECT_TRUE(bool(module));
    stages += stageName(stage).str() + " ";
  };
  ASSERT_TRUE(compile(silu, options));
  EXPECT_EQ(stages, "fuse linalg bufferize loops expand llvm ");
}

TEST_F(KernelTest, ErrorsAreReturned) {
  auto module = parse(silu);
  auto error = [&](CompileOptions options) {
    return llvm::toString(Kernel::compile(*module, options).takeError());
  };
  CompileOptions options;
  options.entry = "gelu";
  EXPECT_EQ(error(options), "there is no function 'gelu'; there are 'silu'");
  options = {};
  options.accuracy = "best";
  EXPECT_EQ(error(options),
            "accuracy 'best' is not known; it is exact, default or fast");
  options = {};
  options.device = Device::SIMT;
  options.schedule = "cluster=3";
  EXPECT_EQ(error(options),
            "schedule: cluster is '3'; use a power of two from 1 to 16");
  options = {};
  options.targetCPU = "z80";
  EXPECT_NE(error(options).find("unknown processor 'z80'"), std::string::npos);
}

TEST_F(KernelTest, TargetOptions) {
  struct {
    const char *cpu;
    unsigned bits;
    bool masks, fma, wordShuffle;
    unsigned sideBySide;
  } expected[] = {{"x86-64-v2", 128, false, false, false, 0},
                  {"x86-64-v3", 256, true, true, false, 0},
                  {"skylake-avx512", 256, true, true, true, 0},
                  {"znver4", 512, true, true, true, 2},
                  {"znver5", 512, true, true, true, 0}};
  for (auto [cpu, bits, masks, fma, wordShuffle, sideBySide] : expected) {
    CompileOptions options;
    options.targetCPU = cpu;
    CPUPipelineOptions pipeline;
    ASSERT_EQ(message(setTargetOptions(pipeline, options)), "");
    EXPECT_EQ(pipeline.vectorBits, bits) << cpu;
    EXPECT_EQ(pipeline.masks, masks) << cpu;
    EXPECT_EQ(pipeline.hasFMA, fma) << cpu;
    EXPECT_EQ(pipeline.hasF16C, fma) << cpu;
    EXPECT_EQ(pipeline.hasWordShuffle, wordShuffle) << cpu;
    EXPECT_EQ(pipeline.sideBySide, sideBySide) << cpu;
  }
}

TEST_F(KernelTest, Objects) {
  CompileOptions serial;
  serial.threads = 1;
  auto kernel = compile(silu, serial);
  ASSERT_TRUE(kernel);
  EXPECT_EQ(kernel->numThreads(), 1u);
  auto symbols = undefinedSymbols(kernel->object());
  ASSERT_TRUE(bool(symbols));
  EXPECT_EQ(*symbols, std::vector<std::string>());

  CompileOptions parallel;
  parallel.threads = 3;
  kernel = compile(silu, parallel);
  ASSERT_TRUE(kernel);
  EXPECT_EQ(kernel->numThreads(), 3u);
  symbols = undefinedSymbols(kernel->object());
  ASSERT_TRUE(bool(symbols));
  EXPECT_FALSE(symbols->empty());
  for (const std::string &symbol : *symbols)
    EXPECT_EQ(symbol.substr(0, 7), "__kmpc_");
}

/// Calls a kernel with flush-to-zero, denormals-are-zero and rounding upward,
/// on tensors for one and for many threads, and compares with a quiet call.
TEST_F(KernelTest, FloatingPointEnvironment) {
  CompileOptions options;
  options.threads = 2;
  auto kernel = compile(silu, options);
  ASSERT_TRUE(kernel);
  constexpr unsigned quiet = 0x1F80, flushZero = 0x8000, denormalsZero = 0x40,
                     up = 0x4000;
  for (size_t count : {1000, 100000}) {
    std::vector<float> x = someNumbers(count), expected(count), y(count);
    ASSERT_EQ(_mm_getcsr() & ~0x3Fu, quiet);
    ASSERT_EQ(message(kernel->invoke({view(x)}, {view(expected)})), "");

    _mm_setcsr(quiet | flushZero | denormalsZero | up);
    std::string error = message(kernel->invoke({view(x)}, {view(y)}));
    unsigned after = _mm_getcsr();
    _mm_setcsr(quiet);

    ASSERT_EQ(error, "");
    EXPECT_EQ(after & ~0x3Fu, quiet | flushZero | denormalsZero | up);
    EXPECT_EQ(std::memcmp(y.data(), expected.data(), count * sizeof(float)), 0);
    // The inputs can tell: some results are subnormal.
    EXPECT_TRUE(llvm::any_of(expected, [](float value) {
      return value != 0 && std::fabs(value) < 0x1p-126f;
    }));
  }
}

TEST_F(KernelTest, CallsFromManyThreads) {
  CompileOptions options;
  options.threads = 2;
  auto kernel = compile(silu, options);
  ASSERT_TRUE(kernel);
  constexpr size_t count = 70000;
  std::vector<float> x = someNumbers(count), expected(count);
  ASSERT_EQ(message(kernel->invoke({view(x)}, {view(expected)})), "");
  std::vector<std::thread> callers;
  std::vector<std::vector<float>> results(4, std::vector<float>(count));
  for (std::vector<float> &result : results)
    callers.emplace_back([&] {
      for (int i = 0; i != 5; ++i)
        llvm::cantFail(kernel->invoke({view(x)}, {view(result)}));
    });
  for (std::thread &caller : callers)
    caller.join();
  for (const std::vector<float> &result : results)
    EXPECT_EQ(
        std::memcmp(result.data(), expected.data(), count * sizeof(float)), 0);
}

TEST_F(KernelTest, NumberOfThreadsDoesNotStay) {
  auto threads = Threads::get();
  ASSERT_TRUE(bool(threads));
  unsigned before = (*threads)->count();
  CompileOptions options;
  options.threads = before + 3;
  auto kernel = compile(silu, options);
  ASSERT_TRUE(kernel);
  std::vector<float> x = someNumbers(100000), y(x.size());
  ASSERT_EQ(message(kernel->invoke({view(x)}, {view(y)})), "");
  EXPECT_EQ((*threads)->count(), before);
}

TEST_F(KernelTest, ManyKernelsLiveAtOnce) {
  std::vector<std::unique_ptr<Kernel>> kernels;
  for (int i = 0; i != 8; ++i)
    kernels.push_back(compile(silu));
  std::vector<float> x = {0, 1}, y(2);
  for (std::unique_ptr<Kernel> &kernel : kernels) {
    ASSERT_TRUE(kernel);
    EXPECT_EQ(message(kernel->invoke({view(x)}, {view(y)})), "");
    EXPECT_EQ(y[0], 0);
    kernel.reset();
  }
}
