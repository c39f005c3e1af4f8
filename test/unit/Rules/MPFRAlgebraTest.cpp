//===- MPFRAlgebraTest.cpp - Tests of the MPFR algebra --------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file tests laws and constants of the algebra that defines all others.
//
//===----------------------------------------------------------------------===//

#include "Act/Rules/MPFRAlgebra.h"

#include "gtest/gtest.h"

#include <cmath>
#include <limits>

using namespace act;

namespace {

class MPFRAlgebraTest : public ::testing::Test {
protected:
  MPFRNumber number(const char *text) {
    return a.constant(Literal{text, 0, 0, 0, 0});
  }

  /// |x - y| <= 2^-150 |y|.
  void expectEqual(const MPFRNumber &x, const MPFRNumber &y) {
    MPFRNumber error = a.abs(a.sub(x, y));
    MPFRNumber limit = a.mul(a.abs(y), a.constant(0x1p-150));
    EXPECT_TRUE(a.le(error, limit)) << x.toDouble() << " " << y.toDouble();
  }

  MPFRAlgebra a{200};
};

TEST_F(MPFRAlgebraTest, ReadsLiterals) {
  EXPECT_EQ(number("0x1.8p+23").toDouble(), 12582912.0);
  EXPECT_EQ(number("-0x1p-149").toDouble(), -0x1p-149);
  EXPECT_EQ(number("inf").toDouble(), std::numeric_limits<double>::infinity());
  // 1.702 is not the double of that name, and 1/6 is a quotient.
  EXPECT_FALSE(a.eq(number("1.702"), a.constant(1.702)));
  expectEqual(a.mul(number("1/6"), a.constant(6.0)), a.constant(1.0));
}

TEST_F(MPFRAlgebraTest, ObeysLaws) {
  for (double v : {-3.25, -0.5, 0x1p-40, 0.75, 11.0}) {
    MPFRNumber x = a.constant(v), one = a.constant(1.0);
    expectEqual(a.mul(a.exp(x), a.exp(a.neg(x))), one);
    expectEqual(a.add(a.erf(x), a.erfc(x)), one);
    expectEqual(a.add(a.expm1(x), one), a.exp(x));
    expectEqual(a.log(a.exp(x)), x);
    expectEqual(a.log2(a.exp2(x)), x);
    expectEqual(a.log1p(a.expm1(x)), x);
    expectEqual(a.sqrt(a.mul(x, x)), a.abs(x));
    MPFRNumber e = a.exp(a.add(x, x));
    expectEqual(a.div(a.sub(e, one), a.add(e, one)), a.tanh(x));
    expectEqual(a.fma(x, x, one), a.add(a.mul(x, x), one));
  }
}

TEST_F(MPFRAlgebraTest, RoundsToIntegers) {
  for (auto [x, nearest] : {std::pair(2.5, 2.0), {3.5, 4.0}, {-0.75, -1.0}})
    EXPECT_EQ(a.nearest(a.constant(x)).toDouble(), nearest);
}

TEST_F(MPFRAlgebraTest, ComparesLikeIEEE) {
  MPFRNumber nan = a.constant(std::nan("")), one = a.constant(1.0);
  MPFRNumber zero = a.constant(0.0), minusZero = a.constant(-0.0);
  EXPECT_FALSE(a.lt(nan, one) || a.ge(nan, one) || a.eq(nan, nan));
  EXPECT_TRUE(a.isNaN(nan));
  EXPECT_TRUE(a.eq(zero, minusZero));
  EXPECT_TRUE(minusZero.isNegative());
  EXPECT_TRUE(a.copySign(one, minusZero).isNegative());
  EXPECT_TRUE(a.eq(a.select(true, one, nan), one));
}

TEST_F(MPFRAlgebraTest, NumbersAreValues) {
  MPFRNumber x = a.constant(1.5), copy = x;
  x = a.constant(2.0);
  EXPECT_EQ(copy.toDouble(), 1.5);
  MPFRNumber moved = std::move(copy);
  copy = x;
  EXPECT_EQ(moved.toDouble(), 1.5);
  EXPECT_EQ(copy.toDouble(), 2.0);
}

} // namespace
