//===- IntervalAlgebraTest.cpp - Tests of intervals -----------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file tests that intervals enclose, and say when they cannot decide.
//
//===----------------------------------------------------------------------===//

#include "Act/Rules/IntervalAlgebra.h"
#include "Act/Rules/MPFRAlgebra.h"

#include "gtest/gtest.h"

#include <functional>
#include <random>

using namespace act;

namespace {

/// Evaluates `formula` in both algebras at random points.
template <class Formula> void expectEnclosed(Formula formula) {
  IntervalAlgebra intervals;
  MPFRAlgebra exact(256);
  std::mt19937_64 generator(1);
  std::uniform_real_distribution<double> uniform(-12, 12);
  for (int i = 0; i != 2000; ++i) {
    double x = uniform(generator), y = uniform(generator);
    Interval enclosure =
        formula(intervals, intervals.constant(x), intervals.constant(y));
    MPFRNumber value = formula(exact, exact.constant(x), exact.constant(y));
    if (intervals.takeUndecided() || value.isNaN())
      continue;
    EXPECT_LE(mpfr_cmp_d(value.get(), enclosure.high), 0) << x << " " << y;
    EXPECT_GE(mpfr_cmp_d(value.get(), enclosure.low), 0) << x << " " << y;
  }
}

TEST(IntervalAlgebraTest, Encloses) {
  expectEnclosed([](auto &a, auto x, auto y) { return a.add(x, y); });
  expectEnclosed([](auto &a, auto x, auto y) { return a.sub(x, y); });
  expectEnclosed([](auto &a, auto x, auto y) { return a.mul(x, y); });
  expectEnclosed([](auto &a, auto x, auto y) { return a.div(x, y); });
  expectEnclosed([](auto &a, auto x, auto y) { return a.fma(x, y, x); });
  expectEnclosed([](auto &a, auto x, auto y) {
    return a.mul(a.exp(a.mul(x, y)), a.sub(x, y));
  });
  expectEnclosed([](auto &a, auto x, auto y) {
    return a.sub(a.erf(x), a.tanh(a.add(x, y)));
  });
  expectEnclosed([](auto &a, auto x, auto y) {
    return a.mul(a.erfc(x), a.expm1(a.neg(a.abs(y))));
  });
  expectEnclosed([](auto &a, auto x, auto y) {
    return a.add(a.log1p(a.exp(x)), a.log(a.abs(y)));
  });
  expectEnclosed([](auto &a, auto x, auto y) {
    return a.select(a.lt(x, y), a.exp2(x), a.sqrt(a.abs(y)));
  });
  expectEnclosed(
      [](auto &a, auto x, auto y) { return a.sub(a.nearest(a.mul(x, y)), x); });
}

TEST(IntervalAlgebraTest, SaysWhatItCannotDecide) {
  IntervalAlgebra a;
  Interval third = a.div(a.constant(1.0), a.constant(3.0));
  EXPECT_FALSE(a.lt(a.constant(0.5), third));
  EXPECT_FALSE(a.takeUndecided());
  (void)a.lt(third, third);
  EXPECT_TRUE(a.takeUndecided());
  EXPECT_FALSE(a.takeUndecided());
}

TEST(IntervalAlgebraTest, OverflowIsNoNumber) {
  IntervalAlgebra a;
  Interval huge = a.exp(a.constant(1000.0));
  EXPECT_GT(huge.low, 1e308);
  EXPECT_EQ(huge.high, std::numeric_limits<double>::infinity());
  Interval unknown = a.div(a.constant(1.0), a.constant(0.0));
  EXPECT_LT(a.mul(a.constant(0.0), unknown).low, 0);
}

} // namespace
