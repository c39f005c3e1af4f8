//===- Format.h - Floating-point formats ------------------------*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares the formats in which results are judged, and the size of
// an ulp in them.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_ACCURACY_FORMAT_H
#define ACT_ACCURACY_FORMAT_H

#include "Act/Rules/MPFRNumber.h"

#include <cstdint>
#include <optional>
#include <string_view>

namespace act {

/// A binary format of IEEE 754 layout. Values travel as bit patterns.
class Format {
public:
  static const Format F16, BF16, F32, F64;
  /// The format named "f16", "bf16", "f32" or "f64".
  static const Format *find(std::string_view name);

  const char *name;
  /// Bits in all, bits of the significand with the hidden one, and the
  /// exponents of the smallest normal number and of the largest binade.
  int bits, precision, minExponent, maxExponent;

  bool operator==(const Format &other) const { return bits == other.bits &&
                                               precision == other.precision; }

  uint64_t signBit() const { return uint64_t(1) << (bits - 1); }
  /// +inf; a larger magnitude is NaN.
  uint64_t infinity() const {
    return (signBit() - 1) & ~((uint64_t(1) << (precision - 1)) - 1);
  }
  bool isNaN(uint64_t pattern) const {
    return (pattern & (signBit() - 1)) > infinity();
  }
  bool isInfinite(uint64_t pattern) const {
    return (pattern & (signBit() - 1)) == infinity();
  }
  bool isZero(uint64_t pattern) const {
    return (pattern & (signBit() - 1)) == 0;
  }

  /// Exact: every format lies within f64.
  double decode(uint64_t pattern) const;
  /// The pattern of a value of the format.
  uint64_t encode(double value) const;

  /// log2 of ulp(r) with 2^e <= |r| < 2^(e+1): the binades below the smallest
  /// and above the largest normal number have the ulp of those.
  int ulpExponent(int e) const {
    e = e < minExponent ? minExponent : e > maxExponent ? maxExponent : e;
    return e - precision + 1;
  }
  int ulpExponent(double r) const;
  int ulpExponent(const MPFRNumber &r) const;

  /// `r` rounded to nearest even; infinite from half an ulp beyond the largest
  /// finite value on.
  double round(double r) const;
  double round(const MPFRNumber &r) const;

  /// Order-free hash of a result: NaNs count as one.
  uint64_t hash(uint64_t input, uint64_t output) const;
};

} // namespace act

#endif // ACT_ACCURACY_FORMAT_H
