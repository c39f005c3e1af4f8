//===- Approximations.cpp - What GPUs approximate -------------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file implements the model of approximations. The exact value is taken in
// f64, whose error does not show beside a bound.
//
//===----------------------------------------------------------------------===//

#include "Act/Rules/Approximations.h"

#include <cmath>
#include <limits>

using namespace act;

/// Zero of the sign of x for subnormal numbers.
static float flush(double x) {
  bool isSubnormal = std::fabs(x) < std::numeric_limits<float>::min();
  return static_cast<float>(isSubnormal ? std::copysign(0.0, x) : x);
}

/// One unit in the last place of an f32 near y.
static double ulp(double y) { return std::ldexp(1.0, std::ilogb(y) - 23); }

float Approximations::exp2(float x) const {
  double y = std::exp2(static_cast<double>(flush(x)));
  // 1 is exact at zero, and infinities and NaN are.
  if (flush(x) == 0 || !std::isfinite(y) || y == 0)
    return static_cast<float>(y);
  return flush(y + functions * 2 * ulp(y));
}

float Approximations::reciprocal(float x) const {
  double y = 1 / static_cast<double>(flush(x));
  if (!std::isfinite(y) || y == 0)
    return static_cast<float>(y);
  return flush(y + reciprocals * ulp(y));
}

float Approximations::log2(float x) const {
  double y = std::log2(static_cast<double>(flush(x)));
  if (!std::isfinite(y) || x == 1)
    return static_cast<float>(y);
  double bound = 0x1p-22;
  if (x <= 0.5f || x >= 2)
    bound *= std::fabs(y);
  return flush(y + functions * bound);
}

float Approximations::tanh(float x) const {
  double y = std::tanh(static_cast<double>(x));
  if (!std::isfinite(x) || x == 0)
    return static_cast<float>(y);
  return static_cast<float>(y * (1 + functions * 0x1p-11));
}

const std::array<NamedApproximations, 5> &act::allApproximations() {
  static const std::array<NamedApproximations, 5> all = {{
      {"nearest", {0, 0}},
      {"low", {-1, -1}},
      {"high", {1, 1}},
      {"low-high", {-1, 1}},
      {"high-low", {1, -1}},
  }};
  return all;
}

std::optional<Approximations> act::findApproximations(std::string_view name) {
  for (const NamedApproximations &named : allApproximations())
    if (named.name == name)
      return named.model;
  return std::nullopt;
}
