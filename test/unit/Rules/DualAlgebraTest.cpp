//===- DualAlgebraTest.cpp - Tests of dual numbers ------------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file tests derivatives of dual numbers against known ones.
//
//===----------------------------------------------------------------------===//

#include "Act/Rules/DualAlgebra.h"
#include "Act/Rules/MPFRAlgebra.h"

#include "gtest/gtest.h"

using namespace act;

namespace {

using Dual = DualAlgebra<MPFRAlgebra>;

class DualAlgebraTest : public ::testing::Test {
protected:
  Dual::Value at(double x) { return d.variable(a.constant(x)); }

  /// Equal to 30 digits.
  void expectNear(const MPFRNumber &value, const char *digits) {
    MPFRNumber wanted(200);
    mpfr_set_str(wanted.get(), digits, 10, MPFR_RNDN);
    MPFRNumber error = a.abs(a.div(a.sub(value, wanted), wanted));
    EXPECT_LT(error.toDouble(), 1e-30) << value.toDouble() << " " << digits;
  }

  MPFRAlgebra a{200};
  Dual d{a};
};

// Values of mpmath at x = 0.75.
TEST_F(DualAlgebraTest, Functions) {
  expectNear(d.exp(at(0.75)).tangent, "2.117000016612674668545369819837096");
  expectNear(d.exp2(at(0.75)).tangent, "1.165729958752154446908191549070901");
  expectNear(d.expm1(at(0.75)).tangent, "2.117000016612674668545369819837096");
  expectNear(d.log(at(0.75)).tangent, "1.333333333333333333333333333333333");
  expectNear(d.log2(at(0.75)).tangent, "1.923593387851951209813232908002523");
  expectNear(d.log1p(at(0.75)).tangent, "0.5714285714285714285714285714285714");
  expectNear(d.tanh(at(0.75)).tangent, "0.5965858082813314260061336417360455");
  expectNear(d.erf(at(0.75)).tangent, "0.6429310691952073290534769143629285");
  expectNear(d.erfc(at(0.75)).tangent, "-0.6429310691952073290534769143629285");
  expectNear(d.sqrt(at(0.75)).tangent, "0.5773502691896257645091487805019575");
}

TEST_F(DualAlgebraTest, ProductAndQuotient) {
  Dual::Value x = at(0.75);
  // (x e^x)' = (1 + x) e^x; (e^x / x)' = e^x (x - 1) / x^2
  expectNear(d.mul(x, d.exp(x)).tangent, "3.704750029072180669954397184714917");
  expectNear(d.div(d.exp(x), x).tangent,
             "-0.9408888962722998526868310310387092");
}

TEST_F(DualAlgebraTest, SelectTakesTheBranch) {
  // relu: the branch not taken must not blend in, though it is infinite.
  for (double v : {-1.0, 0.0, 2.0}) {
    Dual::Value x = at(v), zero = d.constant(0.0);
    Dual::Value y = d.select(d.gt(x, zero), x, zero);
    EXPECT_EQ(y.tangent.toDouble(), v > 0 ? 1.0 : 0.0);
    Dual::Value z = d.select(d.lt(d.constant(-2.0), x), x, d.log(zero));
    EXPECT_EQ(z.tangent.toDouble(), 1.0);
  }
}

TEST_F(DualAlgebraTest, Kinks) {
  EXPECT_EQ(d.abs(at(-3)).tangent.toDouble(), -1);
  EXPECT_EQ(d.abs(at(3)).tangent.toDouble(), 1);
  EXPECT_EQ(d.abs(at(0)).tangent.toDouble(), 0);
  EXPECT_EQ(d.copySign(at(-3), d.constant(1.0)).tangent.toDouble(), -1);
  EXPECT_EQ(d.copySign(at(-3), d.constant(-1.0)).tangent.toDouble(), 1);
}

TEST_F(DualAlgebraTest, IntegersDoNotChange) {
  EXPECT_EQ(d.nearest(at(-2.75)).primal.toDouble(), -3);
  EXPECT_EQ(d.nearest(at(-2.75)).tangent.toDouble(), 0);
}

TEST_F(DualAlgebraTest, Nests) {
  // tanh'' = -2 tanh sech^2.
  DualAlgebra<Dual> second(d);
  auto x = second.variable(at(0.75));
  expectNear(second.tanh(x).tangent.tangent,
             "-0.7578417022780213895262293364590373");
}

} // namespace
