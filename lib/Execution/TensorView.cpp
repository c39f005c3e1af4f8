//===- TensorView.cpp - Tensors in memory ---------------------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file implements views of tensors and the names of element types.
//
//===----------------------------------------------------------------------===//

#include "Act/Execution/TensorView.h"

#include "llvm/ADT/STLExtras.h"

#include <algorithm>
#include <cstdlib>

using namespace act;

namespace {
struct TypeFacts {
  ElementType type;
  llvm::StringLiteral name;
  unsigned bytes;
};
} // namespace

/// In the order of ElementType.
static constexpr TypeFacts facts[] = {
    {ElementType::F16, "f16", 2}, {ElementType::BF16, "bf16", 2},
    {ElementType::F32, "f32", 4}, {ElementType::F64, "f64", 8},
    {ElementType::I1, "i1", 1},   {ElementType::I8, "i8", 1},
    {ElementType::I16, "i16", 2}, {ElementType::I32, "i32", 4},
    {ElementType::I64, "i64", 8}, {ElementType::Index, "index", 8}};

unsigned act::byteWidth(ElementType type) {
  return facts[static_cast<unsigned>(type)].bytes;
}

llvm::StringRef act::elementTypeName(ElementType type) {
  return facts[static_cast<unsigned>(type)].name;
}

std::optional<ElementType> act::findElementType(llvm::StringRef name) {
  const TypeFacts *found = llvm::find_if(
      facts, [&](const TypeFacts &fact) { return fact.name == name; });
  if (found == std::end(facts))
    return std::nullopt;
  return found->type;
}

TensorView TensorView::contiguous(ElementType type, void *data,
                                  llvm::ArrayRef<int64_t> shape) {
  TensorView view{type, data, shape.vec(),
                  std::vector<int64_t>(shape.size(), 1)};
  for (size_t i = shape.size(); i > 1; --i)
    view.strides[i - 2] = view.strides[i - 1] * shape[i - 1];
  return view;
}

TensorView TensorView::strided(ElementType type, void *data,
                               llvm::ArrayRef<int64_t> shape,
                               llvm::ArrayRef<int64_t> strides) {
  return {type, data, shape.vec(), strides.vec()};
}

int64_t TensorView::numElements() const {
  int64_t count = 1;
  for (int64_t size : shape)
    count *= size;
  return count;
}

TensorView::Span TensorView::span() const {
  auto *begin = static_cast<char *>(data);
  if (numElements() == 0)
    return {begin, 0};
  int64_t width = byteWidth(type);
  uint64_t bytes = width;
  for (auto [size, stride] : llvm::zip_equal(shape, strides)) {
    int64_t reach = (size - 1) * stride * width;
    begin += std::min<int64_t>(reach, 0);
    bytes += std::abs(reach);
  }
  return {begin, bytes};
}

bool TensorView::isContiguous() const {
  // Without elements, and along dimensions of size 1, strides are never used.
  if (llvm::is_contained(shape, 0))
    return true;
  int64_t expected = 1;
  for (size_t i = shape.size(); i > 0; --i) {
    if (shape[i - 1] != 1 && strides[i - 1] != expected)
      return false;
    expected *= shape[i - 1];
  }
  return true;
}

std::string act::shapedTypeText(ElementType type,
                                llvm::ArrayRef<int64_t> shape) {
  std::string text;
  for (int64_t size : shape)
    text += (size < 0 ? "?" : std::to_string(size)) + "x";
  return text + elementTypeName(type).str();
}
