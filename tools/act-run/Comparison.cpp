//===- Comparison.cpp - Results and what they must be ---------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file compares results with expected ones.
//
//===----------------------------------------------------------------------===//

#include "Comparison.h"

#include <cmath>

using namespace act;

/// The error of `got` in units in the last place of `expected`. An infinity
/// counts as the power of two that follows the largest number.
static double ulpError(ElementType type, double got, double expected) {
  if (std::isnan(got) && std::isnan(expected))
    return 0;
  if (std::isnan(got) || std::isnan(expected))
    return INFINITY;
  if (got == expected)
    return 0;
  bool isOverflow = std::isinf(got) || std::isinf(expected);
  if (isOverflow && type == ElementType::F64)
    return INFINITY; // 2^1024 is no double
  double limit = type == ElementType::F16 ? 0x1p16 : 0x1p128;
  auto finite = [&](double value) {
    return std::isinf(value) ? std::copysign(limit, value) : value;
  };
  return std::fabs(finite(got) - finite(expected)) / ulpOf(type, expected);
}

static bool isWithin(const Tolerance &tolerance, double got, double expected,
                     double ulp) {
  if (ulp == 0 || std::isnan(ulp))
    return ulp == 0;
  if (tolerance.maxUlp)
    return ulp <= *tolerance.maxUlp;
  // A NaN or an infinity where the other is none is never within.
  return std::fabs(got - expected) <=
             tolerance.atol + tolerance.rtol * std::fabs(expected) &&
         std::isfinite(got) && std::isfinite(expected);
}

Comparison act::compare(const Tensor &got, const Tensor &expected,
                        const Tolerance &tolerance) {
  Comparison result;
  result.numElements = got.numElements();
  bool isFloating = isFloat(got.type());
  // Elements are ranked by whether they are wrong, then by their error.
  bool worstIsWrong = false;
  for (int64_t i = 0; i != result.numElements; ++i) {
    double a, b, error;
    if (isFloating) {
      a = readElement(got.type(), got.element(i));
      b = readElement(expected.type(), expected.element(i));
      error = ulpError(got.type(), a, b);
    } else {
      int64_t m = readInteger(got.type(), got.element(i)),
              n = readInteger(expected.type(), expected.element(i));
      a = double(m);
      b = double(n);
      // Neighbours above 2^53 differ though their roundings do not.
      error = m == n ? 0 : std::fmax(std::fabs(a - b), 1);
    }
    bool isWrong = !isWithin(tolerance, a, b, error);
    result.numWrong += isWrong;
    if (i == 0 || isWrong > worstIsWrong ||
        (isWrong == worstIsWrong && error > result.ulp)) {
      worstIsWrong = isWrong;
      result.worst = i;
      result.got = a;
      result.expected = b;
      result.ulp = error;
    }
  }
  return result;
}

std::string act::indexText(int64_t element, llvm::ArrayRef<int64_t> shape) {
  if (shape.empty())
    return "";
  std::string text = "]";
  for (size_t d = shape.size(); d > 0; --d) {
    text = std::to_string(element % shape[d - 1]) + text;
    if (d > 1)
      text = ", " + text;
    element /= shape[d - 1];
  }
  return "[" + text;
}
