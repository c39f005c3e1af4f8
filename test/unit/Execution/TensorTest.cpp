//===- TensorTest.cpp - Tests of tensors and elements ---------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file tests views, tensors and the values of elements.
//
//===----------------------------------------------------------------------===//

#include "Act/Execution/Tensor.h"

#include "gtest/gtest.h"

#include <cmath>

using namespace act;

TEST(TensorView, Names) {
  EXPECT_EQ(elementTypeName(ElementType::BF16), "bf16");
  EXPECT_EQ(findElementType("index"), ElementType::Index);
  EXPECT_EQ(findElementType("f8"), std::nullopt);
  for (const char *name :
       {"f16", "bf16", "f32", "f64", "i1", "i8", "i16", "i32", "i64", "index"})
    EXPECT_EQ(elementTypeName(*findElementType(name)), name);
  EXPECT_EQ(byteWidth(ElementType::I1), 1u);
  EXPECT_EQ(shapedTypeText(ElementType::F32, {-1, 8}), "?x8xf32");
  EXPECT_EQ(shapedTypeText(ElementType::F32, {}), "f32");
}

TEST(TensorView, Layout) {
  float data[24];
  TensorView view = TensorView::contiguous(ElementType::F32, data, {2, 3, 4});
  EXPECT_EQ(view.strides, (std::vector<int64_t>{12, 4, 1}));
  EXPECT_EQ(view.numElements(), 24);
  EXPECT_TRUE(view.isContiguous());

  auto isContiguous = [&](std::vector<int64_t> shape,
                          std::vector<int64_t> strides) {
    return TensorView::strided(ElementType::F32, data, shape, strides)
        .isContiguous();
  };
  EXPECT_FALSE(isContiguous({2, 3}, {1, 2}));
  EXPECT_FALSE(isContiguous({2, 3}, {4, 1}));
  // Strides of dimensions of size 1, and of empty tensors, are never used.
  EXPECT_TRUE(isContiguous({1, 3}, {100, 1}));
  EXPECT_TRUE(isContiguous({2, 0}, {7, 7}));
  EXPECT_TRUE(isContiguous({}, {}));
}

TEST(Tensor, Zeros) {
  llvm::Expected<Tensor> tensor = Tensor::zeros(ElementType::F64, {3, 5});
  ASSERT_TRUE(bool(tensor));
  EXPECT_EQ(reinterpret_cast<uintptr_t>(tensor->data()) % 64, 0u);
  EXPECT_EQ(tensor->numBytes(), 120);
  for (int64_t i = 0; i != 15; ++i)
    EXPECT_EQ(readElement(ElementType::F64, tensor->element(i)), 0);
}

TEST(Tensor, TooLarge) {
  llvm::Expected<Tensor> tensor =
      Tensor::zeros(ElementType::F32, {INT64_MAX / 8, 4});
  ASSERT_FALSE(bool(tensor));
  EXPECT_EQ(llvm::toString(tensor.takeError()),
            "not enough memory for 1152921504606846975x4xf32");
  EXPECT_EQ(numBytes(ElementType::F32, {1 << 30, 1 << 30, 8}), std::nullopt);
  EXPECT_EQ(numBytes(ElementType::F32, {2, -1}), std::nullopt);
  // An empty tensor whose strides would overflow.
  EXPECT_EQ(numBytes(ElementType::F32, {0, 1ll << 40, 1ll << 40}),
            std::nullopt);
  EXPECT_EQ(numBytes(ElementType::F32, {0, 4}), 0);
}

static uint16_t word(ElementType type, double value) {
  uint16_t bits;
  writeElement(type, &bits, value);
  return bits;
}

TEST(Element, RoundsOnceToNearestEven) {
  EXPECT_EQ(word(ElementType::BF16, 1), 0x3F80);
  // 1 + 2^-8 is a tie between 1 and 1 + 2^-7; a little more is not.
  EXPECT_EQ(word(ElementType::BF16, 1 + 0x1p-8), 0x3F80);
  EXPECT_EQ(word(ElementType::BF16, 1 + 0x1p-8 + 0x1p-40), 0x3F81);
  EXPECT_EQ(word(ElementType::F16, 65519), 0x7BFF);
  EXPECT_EQ(word(ElementType::F16, 65520), 0x7C00);
  EXPECT_EQ(word(ElementType::F16, 0x1p-24), 0x0001);
  EXPECT_EQ(word(ElementType::F16, -0x1p-25), 0x8000);
}

TEST(Element, EveryHalfRoundTrips) {
  for (ElementType type : {ElementType::F16, ElementType::BF16})
    for (unsigned bits = 0; bits != 65536; ++bits) {
      auto from = static_cast<uint16_t>(bits);
      double value = readElement(type, &from);
      if (!std::isnan(value))
        ASSERT_EQ(word(type, value), from);
    }
}

TEST(Element, Integers) {
  int8_t byte;
  writeInteger(ElementType::I8, &byte, -128);
  EXPECT_EQ(readInteger(ElementType::I8, &byte), -128);
  int64_t large = (1ll << 53) + 1;
  EXPECT_EQ(readInteger(ElementType::I64, &large), large);
}

TEST(Element, Ulp) {
  EXPECT_EQ(ulpOf(ElementType::F32, 1), 0x1p-23);
  EXPECT_EQ(ulpOf(ElementType::F32, std::nextafter(1, 0)), 0x1p-24);
  EXPECT_EQ(ulpOf(ElementType::F32, 0), 0x1p-149);
  EXPECT_EQ(ulpOf(ElementType::F32, -0x1p-130), 0x1p-149);
  EXPECT_EQ(ulpOf(ElementType::F32, INFINITY), 0x1p105);
  EXPECT_EQ(ulpOf(ElementType::BF16, 3), 0x1p-6);
  EXPECT_EQ(ulpOf(ElementType::F16, 0x1p-20), 0x1p-24);
  EXPECT_EQ(ulpOf(ElementType::F64, 1), 0x1p-52);
}
