//===- JudgeTest.cpp - Tests of the comparison itself ---------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file tests that the judge finds errors of known size.
//
//===----------------------------------------------------------------------===//

#include "Act/Accuracy/HostEvaluation.h"
#include "Act/Accuracy/Inputs.h"
#include "Act/Accuracy/Judge.h"

#include "gtest/gtest.h"

#include <cmath>

using namespace act;
using rules::Part;
using rules::Tier;

namespace {

Verdict judge(double exact, uint64_t output, Tolerance tolerance = {}) {
  return judgeRefined(
      Format::F32, output,
      [&](mpfr_prec_t precision) { return MPFRNumber(precision, exact); },
      tolerance);
}

TEST(JudgeTest, CountsUlps) {
  uint64_t one = 0x3f800000;
  EXPECT_NEAR(judge(1.0, one).ulps, 0, 1e-12);
  EXPECT_TRUE(judge(1.0, one).correctlyRounded);
  EXPECT_NEAR(judge(1.0, one + 1).ulps, 1, 1e-12);
  EXPECT_FALSE(judge(1.0, one + 1).correctlyRounded);
  // Below 1 an ulp is half as large.
  EXPECT_NEAR(judge(1.0 - 0x1p-30, one + 1).ulps, 2 + 0x1p-6, 1e-12);
  EXPECT_NEAR(judge(0x1.8p-149, 1).ulps, 0.5, 1e-12);
  EXPECT_FALSE(judge(0x1.8p-149, 1).correctlyRounded);
  EXPECT_TRUE(judge(0x1.8p-149, 2).correctlyRounded);
}

TEST(JudgeTest, InfinityIsTheNextPowerOfTwo) {
  EXPECT_NEAR(judge(0x1p200, 0x7f800000).ulps, 0, 1e-12);
  EXPECT_NEAR(judge(0x1p200, 0x7f7fffff).ulps, 1, 1e-12);
  EXPECT_TRUE(judge(0x1p128, 0x7f800000).correctlyRounded);
  EXPECT_NEAR(judge(0x1.fffffep127, 0x7f800000).ulps, 1, 1e-12);
}

TEST(JudgeTest, SeesNaNsAndSignsOfZero) {
  EXPECT_TRUE(judge(1.0, 0x7fc00000).nanMismatch);
  EXPECT_TRUE(judge(std::nan(""), 0x3f800000).nanMismatch);
  EXPECT_FALSE(judge(std::nan(""), 0xffc00000).nanMismatch);
  EXPECT_TRUE(judge(-0.0, 0x00000000).zeroSignMismatch);
  EXPECT_FALSE(judge(-0.0, 0x80000000).zeroSignMismatch);
  EXPECT_TRUE(judge(-0x1p-200, 0x00000000).zeroSignMismatch);
}

TEST(JudgeTest, AllowsAbsoluteErrors) {
  Tolerance tolerance;
  tolerance.bound = 5;
  tolerance.absolute = 0x1p-24;
  // 2^-24 off where an ulp is 2^-53: just within.
  EXPECT_LE(judge(0x1p-30 + 0x1p-24, 0x30800000, tolerance).ulps, 5);
  EXPECT_GT(judge(0x1p-30 + 0x1.1p-24, 0x30800000, tolerance).ulps, 5);
}

/// The tie of silu near 0, which only hundreds of bits decide.
TEST(JudgeTest, DecidesTinyTies) {
  Reference reference(
      Subject::withDefaults(*rules::findRule("silu"), Part::Forward));
  Judge judge(reference, Format::BF16);
  // x/2 + x^2/4 lies above the tie x/2 for both signs.
  judge.setInput(0x0001);
  EXPECT_TRUE(judge.judge(0x0001, {}).correctlyRounded);
  EXPECT_FALSE(judge.judge(0x0000, {}).correctlyRounded);
  judge.setInput(0x8001);
  EXPECT_TRUE(judge.judge(0x8000, {}).correctlyRounded);
  EXPECT_FALSE(judge.judge(0x8001, {}).correctlyRounded);
}

/// The screen says what MPFR says.
TEST(JudgeTest, ScreenAgreesWithMPFR) {
  for (const char *name : {"gelu", "mish", "softplus", "elu", "relu6"})
    for (Part part : {Part::Forward, Part::Derivative}) {
      Subject subject = Subject::withDefaults(*rules::findRule(name), part);
      Reference reference(subject);
      Judge screened(reference, Format::F32);
      Judge refined(reference, Format::F32, /*useScreen=*/false);
      std::vector<uint64_t> inputs = specialInputs(subject, Format::F32);
      std::vector<uint64_t> outputs =
          evaluateOnHost(subject, Tier::Default, Format::F32, inputs);
      for (size_t i = 0; i < inputs.size(); i += 3) {
        screened.setInput(inputs[i]);
        refined.setInput(inputs[i]);
        Verdict a = screened.judge(outputs[i], {});
        Verdict b = refined.judge(outputs[i], {});
        EXPECT_NEAR(a.ulps, b.ulps, 0x1p-9 * (1 + b.ulps));
        EXPECT_EQ(a.correctlyRounded, b.correctlyRounded);
        EXPECT_EQ(a.zeroSignMismatch, b.zeroSignMismatch);
        EXPECT_EQ(a.nanMismatch, b.nanMismatch);
      }
    }
}

} // namespace
