//===- RowTermTest.cpp - Tests of the terms of rows -----------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file tests what is promised of the terms of rows: of each logit of 16
// bits below each of many maxima, and of logits of f32 below maxima everywhere.
// Scans of the rules know one bound for all.
//
//===----------------------------------------------------------------------===//

#include "Act/Accuracy/HostEvaluation.h"

#include "gtest/gtest.h"

#include <cmath>
#include <optional>
#include <random>
#include <string_view>

using namespace act;

namespace {

/// |x - m| from where on a term is 0 for a sum of f32: far below 2^-149.
constexpr double farthest = 103;

/// The terms of logits below a maximum, all as patterns of f32.
std::vector<uint64_t>
evaluateTerms(std::string_view rule, double maximum,
              const std::vector<uint64_t> &logits,
              std::optional<double> temperature = std::nullopt) {
  Subject subject{*rules::findRule(rule), rules::Part::Forward, {maximum}};
  if (temperature)
    subject.parameters.push_back(*temperature);
  return evaluateOnHost(subject, rules::Tier::Default, Format::F32, logits);
}

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
    terms = evaluateTerms("exp_distance", maximum, logits);
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
        errors.rounded = std::max(errors.rounded, error - distance * 0x1p-24);
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
        std::fabs(std::ldexp(static_cast<long double>(term), -24) / exact - 1));
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
    EXPECT_EQ(
        evaluateTerms("exp_distance", maximum, {Format::F32.encode(maximum)})
            .front(),
        Format::F32.encode(0x1p24));
  }
}

INSTANTIATE_TEST_SUITE_P(Formats, RowTermTest,
                         testing::Values(&Format::BF16, &Format::F16));

//===----------------------------------------------------------------------===//
// Rows of f32
//===----------------------------------------------------------------------===//

/// Logits below one maximum, and the terms of both; by tempered_exp where there
/// is a temperature, and then at distances in units of it.
class ShiftedTerms {
public:
  ShiftedTerms(double maximum, const std::vector<double> &distances,
               std::optional<double> temperature = std::nullopt)
      : temperature(temperature.value_or(1.0)) {
    logits.push_back(Format::F32.encode(maximum));
    for (double distance : distances)
      logits.push_back(
          Format::F32.encode(float(maximum - distance * this->temperature)));
    for (uint64_t term :
         evaluateTerms(temperature ? "tempered_exp" : "shifted_exp", maximum,
                       logits, temperature))
      terms.push_back(Format::F32.decode(term));
  }

  /// The largest relative errors of a term, as a part of that of the maximum:
  /// at distances up to 32, and at all where it is not below 2^-149.
  std::pair<double, double> find() const {
    double near = 0, far = 0, maximum = Format::F32.decode(logits[0]);
    for (size_t i = 0; i != logits.size(); ++i) {
      long double exponent =
          static_cast<long double>(maximum - Format::F32.decode(logits[i])) /
          temperature;
      long double exact = std::exp(-exponent);
      double distance = double(exponent);
      double error = double(std::fabs(terms[i] / terms[0] / exact - 1));
      if (distance <= 32)
        near = std::max(near, error);
      if (distance <= farthest)
        far = std::max(far, error);
      else
        EXPECT_LT(terms[i] / terms[0], 0x1p-148) << maximum << " " << distance;
    }
    return {near, far};
  }

private:
  double temperature;
  std::vector<uint64_t> logits;
  std::vector<long double> terms;
};

/// Maxima of every binade from 2^-20 to 2^30 and both signs, among them those
/// next to a rounding of the exponent.
std::vector<double> shiftedMaxima() {
  std::mt19937 generator(7);
  std::uniform_real_distribution<double> mantissa(1, 2);
  std::vector<double> maxima{0, 0x1.fffffep+19, 0x1p+20, 0x1p+100};
  for (int exponent = -20; exponent != 31; ++exponent)
    for (int i = 0; i != 20; ++i)
      maxima.push_back(float(std::ldexp(mantissa(generator), exponent)));
  for (double units : {0.5, 1.5, 7.5, 100.5, 5000.5, 1000000.5})
    for (int step = -3; step <= 3; ++step)
      maxima.push_back(float(units * std::log(2.0) * (1 + step * 0x1p-23)));
  for (size_t i = 0, end = maxima.size(); i != end; ++i)
    maxima.push_back(-maxima[i]);
  return maxima;
}

/// The largest errors below any of these maxima.
std::pair<double, double>
findErrors(const std::vector<double> &maxima,
           std::optional<double> temperature = std::nullopt) {
  std::vector<double> distances;
  for (double distance = 0x1p-24; distance < 110; distance *= 1.01)
    distances.push_back(distance);
  double near = 0, far = 0;
  for (double maximum : maxima) {
    auto [nearHere, farHere] =
        ShiftedTerms(maximum, distances, temperature).find();
    near = std::max(near, nearHere);
    far = std::max(far, farHere);
  }
  return {near, far};
}

TEST(ShiftedTermTest, AreWithinTheirBounds) {
  auto [near, far] = findErrors(shiftedMaxima());
  EXPECT_LT(near, 0x1p-22);
  EXPECT_LT(far, 0x1p-21);
  // The bounds are close.
  EXPECT_GT(near, 0x1p-23);
  EXPECT_GT(far, 0x1p-22);
}

TEST(ShiftedTermTest, EndsOfRowsAreZeroAndTheMaximum) {
  for (double maximum : shiftedMaxima()) {
    std::vector<uint64_t> terms = evaluateTerms(
        "shifted_exp", maximum,
        {Format::F32.encode(-INFINITY), Format::F32.encode(maximum - 105),
         Format::F32.encode(maximum), Format::F32.encode(INFINITY)});
    // A difference of 105 may be less if the maximum holds no such digits.
    EXPECT_EQ(terms[0], 0u) << maximum;
    if (std::fabs(maximum) < 0x1p20)
      EXPECT_EQ(terms[1], 0u) << maximum;
    EXPECT_EQ(terms[3], terms[2]) << maximum;
    double unit = Format::F32.decode(terms[2]);
    EXPECT_TRUE(unit > 0x1.6p23 && unit < 0x1.8p24) << maximum << " " << unit;
  }
}

//===----------------------------------------------------------------------===//
// Rows with a temperature
//===----------------------------------------------------------------------===//

class TemperedTermTest : public testing::TestWithParam<double> {
protected:
  /// Maxima that are as many temperatures as those without one are.
  std::vector<double> maxima() const {
    std::vector<double> maxima;
    for (double maximum : shiftedMaxima())
      if (float scaled = float(maximum * GetParam()); std::isfinite(scaled))
        maxima.push_back(scaled);
    // Next to the end of the near ones.
    for (int step = -3; step <= 3; ++step)
      for (double sign : {-1.0, 1.0})
        maxima.push_back(float(sign * 300 * std::log(2.0) * GetParam() *
                               (1 + step * 0x1p-23)));
    return maxima;
  }
};

TEST_P(TemperedTermTest, AreWithinTheirBounds) {
  auto [near, far] = findErrors(maxima(), GetParam());
  EXPECT_LT(std::max(near, far), 0x1p-22);
  // The bound is close.
  EXPECT_GT(std::min(near, far), 0x1p-23);
}

TEST_P(TemperedTermTest, EndsOfRowsAreZeroAndTheMaximum) {
  for (double maximum : maxima()) {
    std::vector<uint64_t> terms = evaluateTerms(
        "tempered_exp", maximum,
        {Format::F32.encode(-INFINITY),
         Format::F32.encode(float(maximum - 106 * GetParam())),
         Format::F32.encode(maximum), Format::F32.encode(INFINITY)},
        GetParam());
    EXPECT_EQ(terms[0], 0u) << maximum;
    // A difference of 106 may be less if the maximum holds no such digits.
    if (std::fabs(maximum) < 0x1p20 * GetParam())
      EXPECT_EQ(terms[1], 0u) << maximum;
    EXPECT_EQ(terms[3], terms[2]) << maximum;
    double unit = Format::F32.decode(terms[2]);
    EXPECT_TRUE(unit > 0x1.6p23 && unit < 0x1.8p24) << maximum << " " << unit;
  }
}

INSTANTIATE_TEST_SUITE_P(Temperatures, TemperedTermTest,
                         testing::Values(11.313708498984761, 0.7, 3, 0.5,
                                         1 / 1.5, 0x1p-64, 0x1p64,
                                         0x1.fffffffffffffp-60, 1e10));

} // namespace
