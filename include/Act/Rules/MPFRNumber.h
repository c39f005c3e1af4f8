//===- MPFRNumber.h - A real number of any precision ------------*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares an owning wrapper of mpfr_t with value semantics.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_RULES_MPFRNUMBER_H
#define ACT_RULES_MPFRNUMBER_H

#include <mpfr.h>

#include <utility>

namespace act {

/// A floating-point number that knows its precision. A copy has the precision
/// and the value of its source; zeros have a sign.
class MPFRNumber {
public:
  /// NaN.
  explicit MPFRNumber(mpfr_prec_t precision) { mpfr_init2(number, precision); }

  /// Exact for every double if the precision is 53 or more.
  MPFRNumber(mpfr_prec_t precision, double value) : MPFRNumber(precision) {
    mpfr_set_d(number, value, MPFR_RNDN);
  }

  MPFRNumber(const MPFRNumber &other) : MPFRNumber(other.precision()) {
    mpfr_set(number, other.number, MPFR_RNDN);
  }
  MPFRNumber(MPFRNumber &&other) noexcept : MPFRNumber(MPFR_PREC_MIN) {
    mpfr_swap(number, other.number);
  }
  MPFRNumber &operator=(MPFRNumber other) noexcept {
    mpfr_swap(number, other.number);
    return *this;
  }
  ~MPFRNumber() { mpfr_clear(number); }

  mpfr_prec_t precision() const { return mpfr_get_prec(number); }

  /// For the functions of mpfr.h.
  mpfr_ptr get() { return number; }
  mpfr_srcptr get() const { return number; }

  bool isNaN() const { return mpfr_nan_p(number) != 0; }
  bool isZero() const { return mpfr_zero_p(number) != 0; }
  bool isInfinite() const { return mpfr_inf_p(number) != 0; }
  /// The sign bit, of zeros too.
  bool isNegative() const { return mpfr_signbit(number) != 0; }

  /// The nearest double.
  double toDouble() const { return mpfr_get_d(number, MPFR_RNDN); }

private:
  mpfr_t number;
};

} // namespace act

#endif // ACT_RULES_MPFRNUMBER_H
