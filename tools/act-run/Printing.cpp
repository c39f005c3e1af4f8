//===- Printing.cpp - Tensors for people ----------------------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file prints tensors.
//
//===----------------------------------------------------------------------===//

#include "Printing.h"

#include <cmath>
#include <cstdio>
#include <cstdlib>

using namespace act;

/// Above so many elements long dimensions are shortened.
static constexpr int64_t maxElements = 1000;
static constexpr int64_t edge = 3;

std::string act::numberText(ElementType type, double value) {
  if (!std::isfinite(value))
    return std::isnan(value) ? "nan" : value < 0 ? "-inf" : "inf";
  char text[40];
  for (int digits = 1; digits <= 17; ++digits) {
    std::snprintf(text, sizeof(text), "%.*g", digits, value);
    // Rounded to the type, the text must give the value's bits.
    uint64_t expected = 0, found = 0;
    writeElement(type, &expected, value);
    writeElement(type, &found, std::strtod(text, nullptr));
    if (expected == found)
      break;
  }
  // 2000 rather than 2e+03.
  double size = std::fabs(value);
  if (size >= 1 && size < 1e7 && llvm::StringRef(text).contains('e'))
    std::snprintf(text, sizeof(text), "%.0f", value);
  return text;
}

static std::string elementText(const Tensor &tensor, int64_t index) {
  const char *element = tensor.element(index);
  if (isFloat(tensor.type()))
    return numberText(tensor.type(), readElement(tensor.type(), element));
  int64_t value = readInteger(tensor.type(), element);
  if (tensor.type() == ElementType::I1)
    return value ? "true" : "false";
  return std::to_string(value);
}

/// Prints a part of the tensor that starts at element `first`; `width` is that
/// of the longest element.
static void printLevel(llvm::raw_ostream &os, const Tensor &tensor,
                       size_t dimension, int64_t first, size_t width) {
  llvm::ArrayRef<int64_t> shape = tensor.shape();
  if (dimension == shape.size()) {
    std::string text = elementText(tensor, first);
    os.indent(width - std::min(width, text.size())) << text;
    return;
  }
  int64_t size = shape[dimension], step = 1;
  for (int64_t inner : shape.drop_front(dimension + 1))
    step *= inner;
  bool isShortened = tensor.numElements() > maxElements && size > 2 * edge;
  bool isInner = dimension + 1 == shape.size();
  os << "[";
  for (int64_t i = 0; i != size; ++i) {
    if (i != 0) {
      os << ",";
      if (isInner)
        os << " ";
      else
        (os << "\n").indent(dimension + 1);
    }
    if (isShortened && i == edge) {
      os << "...";
      i = size - edge - 1;
      continue;
    }
    printLevel(os, tensor, dimension + 1, first + i * step, width);
  }
  os << "]";
}

void act::printTensor(llvm::raw_ostream &os, const Tensor &tensor) {
  // Columns are aligned where all elements are shown.
  size_t width = 0;
  int64_t count = tensor.numElements();
  if (tensor.shape().size() > 1 && count <= maxElements)
    for (int64_t i = 0; i != count; ++i)
      width = std::max(width, elementText(tensor, i).size());
  printLevel(os, tensor, 0, 0, width);
  os << "\n";
}
