//===- IntervalAlgebra.h - Definitions enclosed in f64 ----------*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares the algebra of intervals with f64 ends. It is the screen
// of accuracy scans: where an enclosure is narrow enough to judge a result, no
// high precision is needed.
//
// Compile users with -ffp-contract=off.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_RULES_INTERVALALGEBRA_H
#define ACT_RULES_INTERVALALGEBRA_H

#include "Act/Rules/Literal.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace act {

/// The real value lies within [low, high]; an infinite end says nothing.
struct Interval {
  double low, high;
};

/// Encloses formulas over finite reals.
class IntervalAlgebra {
public:
  using Value = Interval;
  using Bool = bool;

  /// Whether a comparison could not be decided since this was last asked. The
  /// values computed then mean nothing.
  bool takeUndecided() { return std::exchange(undecided, false); }

  /// No number is known not to be the value.
  static Value anything() { return {-infinity, infinity}; }
  /// The value is no real number: nothing can be decided.
  Value giveUp() {
    undecided = true;
    return anything();
  }

  Value constant(const Literal &literal) {
    double number = literal.asDouble();
    if (literal.f64Low == 0)
      return {number, number};
    return {down(number), up(number)};
  }
  Value constant(double number) { return {number, number}; }

  // Arithmetic. An operation on numbers rounds by half an ulp at most.
  Value add(Value x, Value y) {
    if (isZero(x) || isZero(y))
      return isZero(x) ? y : x;
    return {down(x.low + y.low), up(x.high + y.high)};
  }
  Value sub(Value x, Value y) { return add(x, neg(y)); }
  Value mul(Value x, Value y) {
    // An infinite end may hide a division by zero.
    if (isZero(x) || isZero(y))
      return isBounded(x) && isBounded(y) ? Value{0, 0} : anything();
    return span(product(x.low, y.low), product(x.low, y.high),
                product(x.high, y.low), product(x.high, y.high));
  }
  Value div(Value x, Value y) {
    if (!(y.low > 0 || y.high < 0))
      return anything();
    return span(x.low / y.low, x.low / y.high, x.high / y.low,
                x.high / y.high);
  }
  Value neg(Value x) { return {-x.high, -x.low}; }
  Value abs(Value x) {
    if (x.low >= 0)
      return x;
    if (x.high <= 0)
      return neg(x);
    return {0, std::max(-x.low, x.high)};
  }
  Value sqrt(Value x) {
    if (x.low < 0)
      return anything();
    return {down(std::sqrt(x.low)), up(std::sqrt(x.high))};
  }
  Value fma(Value x, Value y, Value z) { return add(mul(x, y), z); }
  Value copySign(Value x, Value y) {
    Value magnitude = abs(x);
    return decide(y.high < 0, y.low > 0) ? neg(magnitude) : magnitude;
  }

  // Comparisons.
  Bool lt(Value x, Value y) { return decide(x.high < y.low, x.low >= y.high); }
  Bool le(Value x, Value y) { return decide(x.high <= y.low, x.low > y.high); }
  Bool gt(Value x, Value y) { return lt(y, x); }
  Bool ge(Value x, Value y) { return le(y, x); }
  Bool eq(Value x, Value y) {
    return decide(x.low == x.high && y.low == y.high && x.low == y.low,
                  x.high < y.low || x.low > y.high);
  }
  Bool isNaN(Value) { return false; }
  Bool logicalAnd(Bool x, Bool y) { return x && y; }
  Bool logicalOr(Bool x, Bool y) { return x || y; }
  Bool logicalNot(Bool x) { return !x; }
  Value select(Bool condition, Value x, Value y) { return condition ? x : y; }

  // Functions of the reals, all monotone.
  Value exp(Value x) {
    return within(increasing(x, [](double v) { return std::exp(v); }), 0,
                  infinity);
  }
  Value exp2(Value x) {
    return within(increasing(x, [](double v) { return std::exp2(v); }), 0,
                  infinity);
  }
  Value expm1(Value x) {
    return within(increasing(x, [](double v) { return std::expm1(v); }), -1,
                  infinity);
  }
  Value log(Value x) {
    return increasing(x, [](double v) { return std::log(v); });
  }
  Value log2(Value x) {
    return increasing(x, [](double v) { return std::log2(v); });
  }
  Value log1p(Value x) {
    return increasing(x, [](double v) { return std::log1p(v); });
  }
  Value tanh(Value x) {
    return within(increasing(x, [](double v) { return std::tanh(v); }), -1, 1);
  }
  Value erf(Value x) {
    return within(increasing(x, [](double v) { return std::erf(v); }), -1, 1);
  }
  Value erfc(Value x) {
    return within(
        increasing(neg(x), [](double v) { return std::erfc(-v); }), 0, 2);
  }
  Value nearest(Value x) {
    return {std::nearbyint(x.low), std::nearbyint(x.high)};
  }
  Value pi() { return {0x1.921fb54442d18p+1, 0x1.921fb54442d19p+1}; }

private:
  static constexpr double infinity = std::numeric_limits<double>::infinity();
  static constexpr double largest = std::numeric_limits<double>::max();
  /// Errors of one operation, and of a function of the C library (glibc
  /// promises 4 ulp or better for all that are used here).
  static constexpr double operationError = 0x1p-52, functionError = 0x1p-49;

  static bool isBounded(Value x) {
    return x.low > -infinity && x.high < infinity;
  }
  static bool isZero(Value x) { return x.low == 0 && x.high == 0; }

  /// A lower end, given what was computed. NaN came from infinite ends.
  static double down(double v, double relative = operationError) {
    if (!(v > -infinity))
      return -infinity;
    if (v == infinity)
      return largest;
    return v - (std::fabs(v) * relative + 0x1p-1074);
  }
  static double up(double v, double relative = operationError) {
    return -down(-v, relative);
  }

  /// An infinite end stands for some finite number: 0 times it is 0.
  static double product(double x, double y) {
    return x == 0 || y == 0 ? 0 : x * y;
  }
  static Value span(double a, double b, double c, double d) {
    if (std::isnan(a) || std::isnan(b) || std::isnan(c) || std::isnan(d))
      return anything();
    return {down(std::min(std::min(a, b), std::min(c, d))),
            up(std::max(std::max(a, b), std::max(c, d)))};
  }
  template <class Function>
  static Value increasing(Value x, Function function) {
    return {down(function(x.low), functionError),
            up(function(x.high), functionError)};
  }
  static Value within(Value x, double low, double high) {
    return {std::max(x.low, low), std::min(x.high, high)};
  }

  bool decide(bool yes, bool no) {
    if (!yes && !no)
      undecided = true;
    return yes;
  }

  bool undecided = false;
};

} // namespace act

#endif // ACT_RULES_INTERVALALGEBRA_H
