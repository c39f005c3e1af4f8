//===- Approximations.h - What GPUs approximate -----------------*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares a model of the instructions of NVIDIA GPUs that give a
// function within a bound. The bounds are those of the PTX ISA 9.1:
//
//   ex2.approx.ftz.f32    2 ulp
//   rcp.approx.ftz.f32    1 ulp
//   lg2.approx.ftz.f32    2^-22, for 1/2 < x < 2 absolute, elsewhere relative
//   tanh.approx.f32       2^-11, relative
//
// A GPU may give any number within them. The model gives the one nearest to the
// exact value or one at an end of the bound, so that what is found at the ends
// holds for GPUs. Its values at zeros, infinities and NaN are those of the ISA.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_RULES_APPROXIMATIONS_H
#define ACT_RULES_APPROXIMATIONS_H

#include <array>
#include <optional>
#include <string_view>

namespace act {

/// Where between the ends of their bounds approximations lie: -1 at the lower
/// end, 1 at the upper end, 0 as near as f32 is.
struct Approximations {
  int functions = 0;
  /// Reciprocals are told apart, since errors of numerator and denominator may
  /// cancel.
  int reciprocals = 0;

  float exp2(float x) const;
  float reciprocal(float x) const;
  float log2(float x) const;
  float tanh(float x) const;
};

/// A model with its name: "nearest", "low", "high", "low-high" (low functions
/// and high reciprocals) and "high-low".
struct NamedApproximations {
  std::string_view name;
  Approximations model;
};

/// All models, "nearest" first.
const std::array<NamedApproximations, 5> &allApproximations();

/// The model of this name.
std::optional<Approximations> findApproximations(std::string_view name);

} // namespace act

#endif // ACT_RULES_APPROXIMATIONS_H
