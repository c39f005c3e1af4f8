//===- CallTest.cpp - Tests of what a call checks -------------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file tests what is checked before a kernel runs, and that nothing has
// been written on an error.
//
//===----------------------------------------------------------------------===//

#include "KernelFixture.h"

using namespace act;

static const char add[] = R"(
func.func @add(%a: tensor<?xf32> {act.name = "a"},
               %b: tensor<?xf32> {act.name = "b"})
    -> (tensor<?xf32> {act.name = "y"}) {
  %y = arith.addf %a, %b : tensor<?xf32>
  return %y : tensor<?xf32>
}
)";

namespace {
class CallTest : public KernelTest {
protected:
  void SetUp() override {
    kernel = compile(add);
    ASSERT_TRUE(kernel);
  }

  std::string call(std::vector<TensorView> inputs,
                   std::vector<TensorView> outputs) {
    return message(kernel->invoke(inputs, outputs));
  }

  std::unique_ptr<Kernel> kernel;
  std::vector<float> a = {1, 2, 3, 4}, b = {10, 20, 30, 40},
                     y = {-1, -1, -1, -1};
  const std::vector<float> untouched = y;
};
} // namespace

TEST_F(CallTest, Computes) {
  EXPECT_EQ(call({view(a), view(b)}, {view(y)}), "");
  EXPECT_EQ(y, (std::vector<float>{11, 22, 33, 44}));
}

TEST_F(CallTest, OutputShapes) {
  auto shapes = kernel->outputShapes({view(a), view(b)});
  ASSERT_TRUE(bool(shapes));
  EXPECT_EQ(*shapes, (std::vector<std::vector<int64_t>>{{4}}));
}

TEST_F(CallTest, Counts) {
  EXPECT_EQ(call({view(a)}, {view(y)}),
            "the entry has 2 inputs, and 1 were given");
  EXPECT_EQ(call({view(a), view(b)}, {}),
            "the entry has 1 outputs, and 0 were given");
}

TEST_F(CallTest, TypesAndShapes) {
  TensorView wrong = view(a);
  wrong.type = ElementType::I32;
  EXPECT_EQ(call({wrong, view(b)}, {view(y)}),
            "input 'a': has elements of type i32, not f32");
  EXPECT_EQ(call({view(a, {2, 2}), view(b)}, {view(y)}),
            "input 'a': has shape 2x2xf32, not ?xf32");
  EXPECT_EQ(call({view(a), view(b)}, {view(y, {3})}),
            "output 'y': has shape 3xf32, and for these inputs it is 4xf32");
  TensorView negative = view(a);
  negative.shape[0] = -4;
  EXPECT_EQ(call({negative, view(b)}, {view(y)}),
            "input 'a': has sizes that are negative or too large");
  TensorView noStride = view(a);
  noStride.strides.clear();
  EXPECT_EQ(call({noStride, view(b)}, {view(y)}),
            "input 'a': has a stride too many or too few");
  EXPECT_EQ(y, untouched);
}

TEST_F(CallTest, Conditions) {
  std::string error = call({view(a), view(b, {3})}, {view(y)});
  EXPECT_NE(
      error.find("5:8: sizes of the operands of 'arith.addf' do not match"),
      std::string::npos)
      << error;
  EXPECT_EQ(y, untouched);
}

TEST_F(CallTest, Memory) {
  TensorView null = view(a);
  null.data = nullptr;
  EXPECT_EQ(call({null, view(b)}, {view(y)}),
            "input 'a': has no memory (null pointer)");
  TensorView odd = view(a, {3});
  odd.data = reinterpret_cast<char *>(a.data()) + 2;
  EXPECT_EQ(call({odd, view(b, {3})}, {view(y, {3})}),
            "input 'a': is not aligned to its elements of 4 bytes");
  TensorView strided =
      TensorView::strided(ElementType::F32, a.data(), {2}, {2});
  EXPECT_EQ(call({strided, view(b, {2})}, {view(y, {2})}),
            "input 'a': is not contiguous; compile with "
            "CompileOptions::strided");
  EXPECT_EQ(y, untouched);
}

TEST_F(CallTest, EmptyTensorsNeedNoMemory) {
  TensorView none = TensorView::contiguous(ElementType::F32, nullptr, {0});
  EXPECT_EQ(call({none, none}, {none}), "");
}

TEST_F(CallTest, Overlap) {
  std::vector<float> before = a;
  TensorView part = TensorView::contiguous(ElementType::F32, a.data() + 1, {3});
  EXPECT_EQ(call({view(a, {3}), view(b, {3})}, {part}),
            "output 'y': overlaps input 'a' in part");
  EXPECT_EQ(a, before);
  // Identical memory is fine: each element is read before it is written.
  EXPECT_EQ(call({view(a), view(b)}, {view(a)}), "");
  EXPECT_EQ(a, (std::vector<float>{11, 22, 33, 44}));
  EXPECT_EQ(call({view(a), view(a)}, {view(a)}), "");
  EXPECT_EQ(a, (std::vector<float>{22, 44, 66, 88}));
}

TEST_F(KernelTest, OutputsMustNotOverlap) {
  auto kernel = compile(R"(
    func.func @f(%x: tensor<?xf32>) -> (tensor<?xf32>, tensor<?xf32>) {
      %y = arith.addf %x, %x : tensor<?xf32>
      %z = arith.mulf %x, %x : tensor<?xf32>
      return %y, %z : tensor<?xf32>, tensor<?xf32>
    })");
  ASSERT_TRUE(kernel);
  std::vector<float> x = {1, 2}, y = {0, 0};
  EXPECT_EQ(message(kernel->invoke({view(x)}, {view(y), view(y)})),
            "output 'res1': overlaps output 'res0'");
}

TEST_F(KernelTest, MemoryThatIsReadAgain) {
  // Row i of the output needs column i of the input.
  auto kernel = compile(R"(
    func.func @f(%x: tensor<2x2xf32>) -> tensor<2x2xf32> {
      %e = tensor.empty() : tensor<2x2xf32>
      %y = linalg.transpose ins(%x : tensor<2x2xf32>)
        outs(%e : tensor<2x2xf32>) permutation = [1, 0]
      return %y : tensor<2x2xf32>
    })");
  ASSERT_TRUE(kernel);
  std::vector<float> x = {1, 2, 3, 4}, y(4);
  EXPECT_EQ(message(kernel->invoke({view(x, {2, 2})}, {view(x, {2, 2})})),
            "output 'res0': must not be the memory of input 'arg0', which is "
            "read again after it is written");
  EXPECT_EQ(message(kernel->invoke({view(x, {2, 2})}, {view(y, {2, 2})})), "");
  EXPECT_EQ(y, (std::vector<float>{1, 3, 2, 4}));
}

TEST_F(KernelTest, Strided) {
  CompileOptions options;
  options.strided = true;
  auto kernel = compile(R"(
    func.func @f(%x: tensor<?x?xf32>) -> tensor<?x?xf32> {
      %y = arith.negf %x : tensor<?x?xf32>
      return %y : tensor<?x?xf32>
    })",
                        options);
  ASSERT_TRUE(kernel);
  std::vector<float> x = {1, 2, 3, 4, 5, 6}, y(6), z(12);
  // The transpose of a 2x3 tensor, read backwards along its rows.
  TensorView input =
      TensorView::strided(ElementType::F32, x.data() + 3, {3, 2}, {1, -3});
  EXPECT_EQ(message(kernel->invoke({input}, {view(y, {3, 2})})), "");
  EXPECT_EQ(y, (std::vector<float>{-4, -1, -5, -2, -6, -3}));
  // Stride 0 on an input, gaps in an output.
  TensorView constant =
      TensorView::strided(ElementType::F32, x.data(), {3, 2}, {0, 0});
  TensorView gaps =
      TensorView::strided(ElementType::F32, z.data(), {3, 2}, {4, 2});
  EXPECT_EQ(message(kernel->invoke({constant}, {gaps})), "");
  EXPECT_EQ(z, (std::vector<float>{-1, 0, -1, 0, -1, 0, -1, 0, -1, 0, -1, 0}));
  TensorView itself =
      TensorView::strided(ElementType::F32, z.data(), {3, 2}, {1, 1});
  EXPECT_EQ(message(kernel->invoke({constant}, {itself})),
            "output 'res0': overlaps itself");
}

TEST_F(KernelTest, Scalars) {
  auto kernel = compile(R"(
    func.func @f(%x: bf16, %n: i64, %y: f32) -> (bf16, i64, f32) {
      %a = arith.negf %x : bf16
      %b = arith.addi %n, %n : i64
      %c = act.relu %y : f32
      return %a, %b, %c : bf16, i64, f32
    })");
  ASSERT_TRUE(kernel);
  uint16_t x = 0x3F80, a = 0;
  int64_t n = 21, b = 0;
  float y = 1.5, c = 0;
  auto number = [](ElementType type, void *data) {
    return TensorView::contiguous(type, data, {});
  };
  EXPECT_EQ(message(kernel->invoke(
                {number(ElementType::BF16, &x), number(ElementType::I64, &n),
                 number(ElementType::F32, &y)},
                {number(ElementType::BF16, &a), number(ElementType::I64, &b),
                 number(ElementType::F32, &c)})),
            "");
  EXPECT_EQ(a, 0xBF80);
  EXPECT_EQ(b, 42);
  EXPECT_EQ(c, 1.5f);
}
