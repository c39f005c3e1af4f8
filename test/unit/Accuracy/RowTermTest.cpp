//===- RowTermTest.cpp - Tests of the terms of rows -----------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file tests what is promised of the terms of rows of 16 bits: of each
// logit below each of many maxima. Scans of the rule know one bound for all.
//
//===----------------------------------------------------------------------===//

#include "Act/Accuracy/HostEvaluation.h"

#include "gtest/gtest.h"

#include <cmath>

using namespace act;

namespace {

/// |x - m| from where on a term is 0 for a sum of f32: far below 2^-149.
constexpr double farthest = 131;

/// Of the logits in steps of `stride` patterns below one maximum.
class TermsBelow {
public:
  TermsBelow(const Format &format, double maximum, unsigned stride)
      : maximum(maximum) {
    for (uint64_t pattern = 0; pattern < 0x10000; pattern += stride) {
      double x = format.decode(pattern);
      if (x <= maximum)
        logits.push_back(Format::F32.encode(x));
    }
    Subject subject{*rules::findRule("exp_distance"),
                    rules::Part::Forward,
                    {maximum}};
    terms = evaluateOnHost(subject, rules::Tier::Default, Format::F32, logits);
  }

  /// Relative errors, the largest of each kind.
  struct Errors {
    /// Where f32 holds the difference, of those up to 32 and of all.
    double near = 0, far = 0;
    /// Where it does not, beyond what the rounding of the difference makes.
    double rounded = 0;
    unsigned countRounded = 0;
  };

  Errors find() const {
    Errors errors;
    for (size_t i = 0; i != logits.size(); ++i) {
      double x = Format::F32.decode(logits[i]);
      // f64 holds the difference, or f32 is far from it.
      double distance = maximum - x;
      double error = errorOf(Format::F32.decode(terms[i]), distance);
      if (float(distance) != distance) {
        errors.rounded =
            std::max(errors.rounded, error - distance * 0x1p-24);
        ++errors.countRounded;
      } else {
        double &largest = distance <= 32 ? errors.near : errors.far;
        largest = std::max(largest, error);
      }
    }
    return errors;
  }

private:
  static double errorOf(double term, double distance) {
    if (distance > farthest)
      return term < 0x1p-124 ? 0 : INFINITY;
    // Forty bits more than what is tested.
    long double exact = std::exp(-static_cast<long double>(distance));
    return static_cast<double>(
        std::fabs(std::ldexp(static_cast<long double>(term), -64) / exact - 1));
  }

  double maximum;
  std::vector<uint64_t> logits, terms;
};

class RowTermTest : public testing::TestWithParam<const Format *> {};

TEST_P(RowTermTest, IsNearlyAsGoodAsF32) {
  const Format &format = *GetParam();
  TermsBelow::Errors largest;
  // Some logits below many maxima, and all below the same of every sixteenth.
  unsigned count = 0;
  for (uint64_t pattern = 1; pattern < 0x10000; pattern += 131) {
    double maximum = format.decode(pattern);
    if (!std::isfinite(maximum))
      continue;
    unsigned stride = count++ % 16 ? 37 : 1;
    TermsBelow::Errors errors = TermsBelow(format, maximum, stride).find();
    largest.near = std::max(largest.near, errors.near);
    largest.far = std::max(largest.far, errors.far);
    largest.rounded = std::max(largest.rounded, errors.rounded);
    largest.countRounded += errors.countRounded;
  }
  EXPECT_LT(largest.near, 0x1p-22);
  EXPECT_LT(largest.far, 0x1.2p-21);
  EXPECT_LT(largest.rounded, 0x1.2p-21);
  // All of these bounds are close: nothing is tested that holds anyway.
  EXPECT_GT(largest.near, 0x1p-23);
  EXPECT_GT(largest.far, 0x1p-22);
  EXPECT_GT(largest.countRounded, 1000u);
}

TEST_P(RowTermTest, IsOneAtTheMaximum) {
  for (uint64_t pattern = 0; pattern != 0x10000; ++pattern) {
    double maximum = GetParam()->decode(pattern);
    if (!std::isfinite(maximum))
      continue;
    Subject subject{*rules::findRule("exp_distance"),
                    rules::Part::Forward,
                    {maximum}};
    EXPECT_EQ(evaluateOnHost(subject, rules::Tier::Default, Format::F32,
                             {Format::F32.encode(maximum)})
                  .front(),
              Format::F32.encode(0x1p64));
  }
}

INSTANTIATE_TEST_SUITE_P(Formats, RowTermTest,
                         testing::Values(&Format::BF16, &Format::F16));

} // namespace
