//===- CUDATest.cpp - Tests of kernels on a GPU ---------------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file tests what act-run cannot show: tensors in the memory of the GPU,
// streams, several GPUs in one process, and that a process goes on after an
// error. The driver is that of test/FakeCUDA.
//
//===----------------------------------------------------------------------===//

#include "KernelFixture.h"

#include "Act/Execution/CompileGPU.h"

#include <cstdlib>
#include <dlfcn.h>

using namespace act;

/// Two launches with memory between them. Input t must begin with a zero.
static const char program[] = R"(
module attributes {gpu.container_module} {
  func.func @f__act_check(%x: memref<?xf32>, %t: memref<?xi64>) -> i64
      attributes {act.query, act.check_sites = [{message = "t[0] is not 0"}]} {
    %c0 = arith.constant 0 : index
    %zero = arith.constant 0 : i64
    %bad = arith.constant 2 : i64
    %first = memref.load %t[%c0] : memref<?xi64>
    %isZero = arith.cmpi eq, %first, %zero : i64
    %status = arith.select %isZero, %zero, %bad : i64
    return %status : i64
  }
  func.func @f__act_shapes(%x: memref<?xf32>, %t: memref<?xi64>) -> index
      attributes {act.query} {
    %c0 = arith.constant 0 : index
    %n = memref.dim %x, %c0 : memref<?xf32>
    return %n : index
  }
  func.func @f(%x: memref<?xf32> {act.name = "x"},
               %t: memref<?xi64> {act.name = "t"},
               %y: memref<?xf32> {act.name = "y", act.result}) {
    %c0 = arith.constant 0 : index
    %c1 = arith.constant 1 : index
    %c32 = arith.constant 32 : index
    %n = memref.dim %x, %c0 : memref<?xf32>
    %between = memref.alloc(%n) : memref<?xf32>
    %ax = memref.extract_aligned_pointer_as_index %x : memref<?xf32> -> index
    %ab = memref.extract_aligned_pointer_as_index %between : memref<?xf32> -> index
    %ay = memref.extract_aligned_pointer_as_index %y : memref<?xf32> -> index
    %wx = arith.index_cast %ax : index to i64
    %wb = arith.index_cast %ab : index to i64
    %wy = arith.index_cast %ay : index to i64
    %px = llvm.inttoptr %wx : i64 to !llvm.ptr<1>
    %pb = llvm.inttoptr %wb : i64 to !llvm.ptr<1>
    %py = llvm.inttoptr %wy : i64 to !llvm.ptr<1>
    gpu.launch_func @kernels::@copy blocks in (%c1, %c1, %c1)
        threads in (%c32, %c1, %c1) args(%px : !llvm.ptr<1>, %pb : !llvm.ptr<1>)
    gpu.launch_func @kernels::@copy blocks in (%c1, %c1, %c1)
        threads in (%c32, %c1, %c1) args(%pb : !llvm.ptr<1>, %py : !llvm.ptr<1>)
    memref.dealloc %between : memref<?xf32>
    return
  }
  gpu.module @kernels [#nvvm.target<chip = "sm_90">] {
    gpu.func @copy(%x: !llvm.ptr<1>, %y: !llvm.ptr<1>) kernel
        attributes {known_block_size = array<i32: 32, 1, 1>} {
      %v = llvm.load %x {alignment = 4 : i64} : !llvm.ptr<1> -> f32
      llvm.store %v, %y {alignment = 4 : i64} : f32, !llvm.ptr<1>
      gpu.return
    }
  }
}
)";

namespace {
class CUDATest : public KernelTest {
protected:
  static void SetUpTestSuite() {
    // Read when the driver is loaded, once per process.
    setenv("ACT_LIBCUDA", ACT_FAKE_CUDA_LIBRARY, /*overwrite=*/1);
    setenv("ACT_FAKE_CUDA", "devices=2,memory=4096", /*overwrite=*/1);
  }

  std::unique_ptr<Kernel> compileFor(unsigned index) {
    CompileOptions options;
    options.device = Device::CUDA;
    options.deviceIndex = index;
    return compile(program, options);
  }

  /// What the driver says while `call` runs.
  static std::string log(llvm::function_ref<void()> call) {
    testing::internal::CaptureStderr();
    call();
    return testing::internal::GetCapturedStderr();
  }

  /// A function of the driver.
  template <class Function> static Function *driver(const char *name) {
    void *library = dlopen(ACT_FAKE_CUDA_LIBRARY, RTLD_NOW);
    return reinterpret_cast<Function *>(dlsym(library, name));
  }

  /// Memory of the GPU.
  static void *allocate(size_t bytes) {
    uint64_t address = 0;
    driver<int(uint64_t *, size_t)>("cuMemAlloc_v2")(&address, bytes);
    return reinterpret_cast<void *>(address);
  }
  static void release(void *memory) {
    driver<int(uint64_t)>("cuMemFree_v2")(reinterpret_cast<uintptr_t>(memory));
  }

  /// What the program of compileFor takes and gives, in the memory of the GPU.
  struct TensorsOfGPU {
    ~TensorsOfGPU() {
      for (void *memory : {x, y, t})
        release(memory);
    }
    static TensorView viewOf(void *memory, ElementType type, int64_t size) {
      return TensorView::contiguous(type, memory, {size});
    }

    void *x = allocate(64), *y = allocate(64), *t = allocate(16);
    std::vector<TensorView> inputs = {viewOf(x, ElementType::F32, 16),
                                      viewOf(t, ElementType::I64, 2)};
    std::vector<TensorView> outputs = {viewOf(y, ElementType::F32, 16)};
  };
};
} // namespace

TEST_F(CUDATest, GoesOnAfterAnError) {
  std::unique_ptr<Kernel> kernel = compileFor(0);
  ASSERT_TRUE(kernel);
  std::vector<float> large(1000), y(1000), small(10), z(10);
  std::vector<int64_t> t = {0};
  TensorView target = TensorView::contiguous(ElementType::I64, t.data(), {1});
  EXPECT_NE(message(kernel->invoke({view(large), target}, {view(y)}))
                .find("CUDA_ERROR_OUT_OF_MEMORY"),
            std::string::npos);
  EXPECT_EQ(message(kernel->invoke({view(small), target}, {view(z)})), "");
}

TEST_F(CUDATest, SeveralGPUs) {
  std::unique_ptr<Kernel> first = compileFor(0), second = compileFor(1);
  ASSERT_TRUE(first && second);
  std::vector<float> x(8), y(8);
  std::vector<int64_t> t = {0};
  TensorView target = TensorView::contiguous(ElementType::I64, t.data(), {1});
  for (const auto &kernel : {first.get(), second.get(), first.get()})
    EXPECT_EQ(message(kernel->invoke({view(x), target}, {view(y)})), "");
}

TEST_F(CUDATest, LoadsOnce) {
  std::unique_ptr<Kernel> kernel = compileFor(0);
  ASSERT_TRUE(kernel);
  std::vector<float> x(8), y(8);
  std::vector<int64_t> t = {0};
  TensorView target = TensorView::contiguous(ElementType::I64, t.data(), {1});
  auto call = [&] {
    EXPECT_EQ(message(kernel->invoke({view(x), target}, {view(y)})), "");
  };
  EXPECT_NE(log(call).find("fake: load"), std::string::npos);
  EXPECT_EQ(log(call).find("fake: load"), std::string::npos);
}

TEST_F(CUDATest, MemoryOfTheGPU) {
  std::unique_ptr<Kernel> kernel = compileFor(0);
  ASSERT_TRUE(kernel);
  TensorsOfGPU tensors;
  auto *stream = reinterpret_cast<void *>(uintptr_t(5));
  std::string said = log([&] {
    EXPECT_EQ(message(kernel->enqueue(tensors.inputs, tensors.outputs, stream)),
              "");
  });
  // Of the tensors only the targets are copied, to be checked.
  EXPECT_EQ(said.find("copy 64 bytes"), std::string::npos) << said;
  EXPECT_NE(said.find("copy 16 bytes from"), std::string::npos) << said;
  // The kernels are put into the stream and not waited for.
  size_t launch = said.find("launch copy");
  EXPECT_NE(launch, std::string::npos) << said;
  EXPECT_NE(said.find("stream 5", launch), std::string::npos) << said;
  EXPECT_EQ(said.find("synchronize", launch), std::string::npos) << said;

  // The fake's memory is that of the host.
  *static_cast<int64_t *>(tensors.t) = 7;
  said = log([&] {
    EXPECT_EQ(message(kernel->enqueue(tensors.inputs, tensors.outputs, stream)),
              "t[0] is not 0; inputs are 'x' 16xf32, 't' 2xi64");
  });
  EXPECT_EQ(said.find("launch"), std::string::npos) << said;
}

TEST_F(CUDATest, BoundCalls) {
  std::unique_ptr<Kernel> kernel = compileFor(0);
  ASSERT_TRUE(kernel);
  TensorsOfGPU tensors;
  auto call = kernel->bind(tensors.inputs, tensors.outputs, /*stream=*/nullptr);
  ASSERT_TRUE(bool(call)) << message(call.takeError());
  for (int i = 0; i != 2; ++i) {
    std::string said = log([&] { EXPECT_EQ(message((*call)()), ""); });
    // Targets are not looked at again, and nothing is waited for.
    EXPECT_NE(said.find("launch copy"), std::string::npos) << said;
    EXPECT_EQ(said.find("copy 16 bytes from"), std::string::npos) << said;
    EXPECT_EQ(said.find("synchronize"), std::string::npos) << said;
  }
  *static_cast<int64_t *>(tensors.t) = 7;
  auto refused =
      kernel->bind(tensors.inputs, tensors.outputs, /*stream=*/nullptr);
  EXPECT_EQ(message(refused.takeError()),
            "t[0] is not 0; inputs are 'x' 16xf32, 't' 2xi64");
}

TEST_F(CUDATest, EveryChip) {
  mlir::OwningOpRef<mlir::ModuleOp> module = parse(R"(
func.func @f(%x: tensor<?xf32>) -> tensor<?xf32> {
  %y = act.relu %x : tensor<?xf32>
  return %y : tensor<?xf32>
})");
  ASSERT_TRUE(module);
  for (const GPUChip &chip : getGPUChips()) {
    CompileOptions options;
    options.chip = chip.name.str();
    auto made = GPUProgram::compile(*module, options);
    ASSERT_TRUE(bool(made)) << message(made.takeError());
    EXPECT_NE(made->ptx().find((".target " + chip.name).str()),
              llvm::StringRef::npos);
  }
}

TEST_F(CUDATest, TheCPUHasNoStreams) {
  std::unique_ptr<Kernel> kernel = compile(R"(
func.func @f(%x: tensor<?xf32>) -> tensor<?xf32> {
  return %x : tensor<?xf32>
})");
  ASSERT_TRUE(kernel);
  std::vector<float> x(8), y(8);
  EXPECT_EQ(message(kernel->enqueue({view(x)}, {view(y)}, nullptr)),
            "'f' was compiled for the CPU, which has no streams; call invoke");
}
