//===- MPFRAlgebra.h - Definitions in any precision -------------*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares the algebra that evaluates definitions with MPFR: the
// reference of all others. It has no bits, so evaluations do not compile in it.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_RULES_MPFRALGEBRA_H
#define ACT_RULES_MPFRALGEBRA_H

#include "Act/Rules/Literal.h"
#include "Act/Rules/MPFRNumber.h"

namespace act {

/// Every operation rounds to nearest, to the algebra's precision.
class MPFRAlgebra {
public:
  using Value = MPFRNumber;
  using Bool = bool;

  explicit MPFRAlgebra(mpfr_prec_t precision) : precision(precision) {}

  mpfr_prec_t getPrecision() const { return precision; }

  /// The number that the text of the literal means: decimal, hexadecimal, or a
  /// quotient of two such.
  Value constant(const Literal &literal) {
    Value result(precision);
    char *end;
    mpfr_strtofr(result.get(), literal.text, &end, 0, MPFR_RNDN);
    if (*end != '/')
      return result;
    Value denominator(precision);
    mpfr_strtofr(denominator.get(), end + 1, nullptr, 0, MPFR_RNDN);
    return div(result, denominator);
  }
  Value constant(double number) { return Value(precision, number); }

  // Arithmetic.
  Value add(const Value &x, const Value &y) { return apply(mpfr_add, x, y); }
  Value sub(const Value &x, const Value &y) { return apply(mpfr_sub, x, y); }
  Value mul(const Value &x, const Value &y) { return apply(mpfr_mul, x, y); }
  Value div(const Value &x, const Value &y) { return apply(mpfr_div, x, y); }
  Value neg(const Value &x) { return apply(mpfr_neg, x); }
  Value abs(const Value &x) { return apply(mpfr_abs, x); }
  Value sqrt(const Value &x) { return apply(mpfr_sqrt, x); }
  Value fma(const Value &x, const Value &y, const Value &z) {
    Value result(precision);
    mpfr_fma(result.get(), x.get(), y.get(), z.get(), MPFR_RNDN);
    return result;
  }
  Value copySign(const Value &x, const Value &y) {
    return apply(mpfr_copysign, x, y);
  }

  // Comparisons: ordered, as those of IEEE.
  Bool lt(const Value &x, const Value &y) {
    return mpfr_less_p(x.get(), y.get());
  }
  Bool le(const Value &x, const Value &y) {
    return mpfr_lessequal_p(x.get(), y.get());
  }
  Bool gt(const Value &x, const Value &y) {
    return mpfr_greater_p(x.get(), y.get());
  }
  Bool ge(const Value &x, const Value &y) {
    return mpfr_greaterequal_p(x.get(), y.get());
  }
  Bool eq(const Value &x, const Value &y) {
    return mpfr_equal_p(x.get(), y.get());
  }
  Bool isNaN(const Value &x) { return x.isNaN(); }
  Bool logicalAnd(Bool x, Bool y) { return x && y; }
  Bool logicalOr(Bool x, Bool y) { return x || y; }
  Bool logicalNot(Bool x) { return !x; }
  Value select(Bool condition, const Value &x, const Value &y) {
    return condition ? x : y;
  }

  // Functions of the reals.
  Value exp(const Value &x) { return apply(mpfr_exp, x); }
  Value exp2(const Value &x) { return apply(mpfr_exp2, x); }
  Value expm1(const Value &x) { return apply(mpfr_expm1, x); }
  Value log(const Value &x) { return apply(mpfr_log, x); }
  Value log2(const Value &x) { return apply(mpfr_log2, x); }
  Value log1p(const Value &x) { return apply(mpfr_log1p, x); }
  Value tanh(const Value &x) { return apply(mpfr_tanh, x); }
  Value erf(const Value &x) { return apply(mpfr_erf, x); }
  Value erfc(const Value &x) { return apply(mpfr_erfc, x); }
  Value nearest(const Value &x) { return apply(mpfr_rint, x); }
  Value pi() {
    Value result(precision);
    mpfr_const_pi(result.get(), MPFR_RNDN);
    return result;
  }

private:
  Value apply(int (*function)(mpfr_ptr, mpfr_srcptr, mpfr_rnd_t),
              const Value &x) {
    Value result(precision);
    function(result.get(), x.get(), MPFR_RNDN);
    return result;
  }
  Value apply(int (*function)(mpfr_ptr, mpfr_srcptr, mpfr_srcptr, mpfr_rnd_t),
              const Value &x, const Value &y) {
    Value result(precision);
    function(result.get(), x.get(), y.get(), MPFR_RNDN);
    return result;
  }

  mpfr_prec_t precision;
};

} // namespace act

#endif // ACT_RULES_MPFRALGEBRA_H
