//===- Format.cpp - Floating-point formats --------------------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file converts between bit patterns and values, and rounds.
//
//===----------------------------------------------------------------------===//

#include "Act/Accuracy/Format.h"

#include <cmath>
#include <cstring>
#include <limits>

using namespace act;

const Format Format::F16 = {"f16", 16, 11, -14, 15};
const Format Format::BF16 = {"bf16", 16, 8, -126, 127};
const Format Format::F32 = {"f32", 32, 24, -126, 127};
const Format Format::F64 = {"f64", 64, 53, -1022, 1023};

const Format *Format::find(std::string_view name) {
  for (const Format *format : {&F16, &BF16, &F32, &F64})
    if (name == format->name)
      return format;
  return nullptr;
}

double Format::decode(uint64_t pattern) const {
  if (bits == 64) {
    double value;
    std::memcpy(&value, &pattern, sizeof(value));
    return value;
  }
  double sign = pattern & signBit() ? -1 : 1;
  if (isNaN(pattern))
    return std::numeric_limits<double>::quiet_NaN();
  if (isInfinite(pattern))
    return sign * std::numeric_limits<double>::infinity();
  uint64_t magnitude = pattern & (signBit() - 1);
  int biased = static_cast<int>(magnitude >> (precision - 1));
  uint64_t fraction = magnitude & ((uint64_t(1) << (precision - 1)) - 1);
  if (biased == 0)
    biased = 1;
  else
    fraction |= uint64_t(1) << (precision - 1);
  return sign * std::ldexp(static_cast<double>(fraction),
                           biased - 1 + minExponent - precision + 1);
}

uint64_t Format::encode(double value) const {
  if (bits == 64) {
    uint64_t pattern;
    std::memcpy(&pattern, &value, sizeof(value));
    return pattern;
  }
  uint64_t sign = std::signbit(value) ? signBit() : 0;
  if (std::isnan(value))
    return sign | infinity() | uint64_t(1) << (precision - 2);
  double magnitude = std::fabs(value);
  if (std::isinf(magnitude))
    return sign | infinity();
  // In units of the ulp: normal numbers have precision digits there.
  int unit = ulpExponent(magnitude);
  uint64_t digits = static_cast<uint64_t>(std::ldexp(magnitude, -unit));
  int biased = unit - (minExponent - precision + 1);
  return sign | (digits + (static_cast<uint64_t>(biased) << (precision - 1)));
}

int Format::ulpExponent(double r) const {
  return r == 0 ? ulpExponent(minExponent) : ulpExponent(std::ilogb(r));
}

int Format::ulpExponent(const MPFRNumber &r) const {
  if (r.isZero())
    return ulpExponent(minExponent);
  if (r.isInfinite())
    return ulpExponent(maxExponent);
  mpfr_exp_t exponent = mpfr_get_exp(r.get()) - 1;
  if (exponent < minExponent)
    return ulpExponent(minExponent);
  if (exponent > maxExponent)
    return ulpExponent(maxExponent);
  return ulpExponent(static_cast<int>(exponent));
}

double Format::round(double r) const {
  if (bits == 64 || std::isnan(r) || std::isinf(r))
    return r;
  int unit = ulpExponent(r);
  double rounded = std::ldexp(std::nearbyint(std::ldexp(r, -unit)), unit);
  if (std::fabs(rounded) >= std::ldexp(1.0, maxExponent + 1))
    return std::copysign(std::numeric_limits<double>::infinity(), r);
  return rounded;
}

double Format::round(const MPFRNumber &r) const {
  if (r.isNaN() || r.isInfinite())
    return r.toDouble();
  int unit = ulpExponent(r);
  MPFRNumber scaled(r.precision());
  mpfr_div_2si(scaled.get(), r.get(), unit, MPFR_RNDN);
  mpfr_rint(scaled.get(), scaled.get(), MPFR_RNDN);
  double limit = std::ldexp(1.0, precision);
  double digits = scaled.toDouble();
  if (unit == ulpExponent(maxExponent) && std::fabs(digits) >= limit)
    return std::copysign(std::numeric_limits<double>::infinity(), digits);
  return std::ldexp(digits, unit);
}

/// Steele and others, Fast splittable pseudorandom number generators, 2014.
static uint64_t mix64(uint64_t z) {
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
  return z ^ (z >> 31);
}

uint64_t Format::hash(uint64_t input, uint64_t output) const {
  if (isNaN(output))
    output = infinity() | uint64_t(1) << (precision - 2);
  if (bits == 64)
    return mix64(mix64(input) + output);
  return mix64((input << 32) + output);
}
