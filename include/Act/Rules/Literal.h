//===- Literal.h - A number written in a formula ----------------*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares the literals that formulas hand to an algebra.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_RULES_LITERAL_H
#define ACT_RULES_LITERAL_H

#include <cstdint>
#include <cstring>

namespace act {

/// A number by its text and, as bit patterns, rounded to nearest in f32 and
/// f64, each with the rounded rest: value = high + low, to twice the bits.
struct Literal {
  const char *text;
  uint32_t f32High, f32Low;
  uint64_t f64High, f64Low;

  /// The nearest f64.
  double asDouble() const {
    double value;
    std::memcpy(&value, &f64High, sizeof(value));
    return value;
  }
};

} // namespace act

#endif // ACT_RULES_LITERAL_H
