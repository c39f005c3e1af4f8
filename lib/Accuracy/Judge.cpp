//===- Judge.cpp - How far a result is off --------------------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file decides about results: first by an enclosure in f64, then by MPFR.
//
//===----------------------------------------------------------------------===//

#include "Act/Accuracy/Judge.h"

#include <cmath>
#include <limits>

using namespace act;

namespace {

/// What is known of an exact value r beside a result v.
struct Evidence {
  /// r - v lies between these, times 2^-scale.
  double lowest, highest;
  /// ulp(r), smallest and largest.
  int smallestUnit, largestUnit;
  /// The ends of r, rounded.
  double lowRounded, highRounded;
  /// Differences of subnormal f64 are no f64 themselves.
  int scale = 0;
};

} // namespace

/// An infinity counts as the next power of two, and so does what lies beyond.
static double clampToFormat(const Format &format, double v) {
  double limit = std::ldexp(1.0, format.maxExponent + 1);
  return v > limit ? limit : v < -limit ? -limit : v;
}

/// Nothing if the evidence leaves a doubt.
static std::optional<Verdict> decide(const Evidence &evidence, double v,
                                     const Tolerance &tolerance) {
  double nearest =
      evidence.lowest <= 0 && evidence.highest >= 0
          ? 0
          : std::min(std::fabs(evidence.lowest), std::fabs(evidence.highest));
  double farthest =
      std::max(std::fabs(evidence.lowest), std::fabs(evidence.highest));
  Tolerance scaled = tolerance;
  scaled.absolute = std::ldexp(tolerance.absolute, -evidence.scale);
  auto unit = [&](int exponent) {
    return scaled.unit(std::ldexp(1.0, exponent - evidence.scale));
  };
  double least = nearest / unit(evidence.largestUnit);
  double most = farthest / unit(evidence.smallestUnit);
  double bound = tolerance.bound;
  if (!(most - least < 0x1p-10 || most - least < most * 0x1p-20))
    return std::nullopt;
  // An error may be 1 + 2^-150: to f64 it is 1.
  bool isSharp = most - least < 0x1p-40;
  if (!isSharp &&
      ((least <= 1 && most > 1) || (least <= bound && most > bound)))
    return std::nullopt;
  if (evidence.lowRounded != evidence.highRounded)
    return std::nullopt;
  Verdict verdict;
  verdict.ulps = isSharp ? least : (least + most) / 2;
  verdict.correctlyRounded = v == evidence.lowRounded;
  return verdict;
}

/// The evidence of an enclosure [low, high] in MPFR.
static Evidence weigh(const Format &format, double result, MPFRNumber low,
                      MPFRNumber high) {
  Evidence evidence;
  evidence.lowRounded = format.round(low);
  evidence.highRounded = format.round(high);
  int a = format.ulpExponent(low), b = format.ulpExponent(high);
  bool straddles = low.isNegative() != high.isNegative();
  evidence.largestUnit = std::max(a, b);
  evidence.smallestUnit = straddles ? format.ulpExponent(0.0) : std::min(a, b);
  if (evidence.smallestUnit < -900)
    evidence.scale = evidence.smallestUnit;
  // Not in f64, where the limit itself is infinite.
  auto clamp = [&](MPFRNumber &number) {
    MPFRNumber limit(64);
    mpfr_set_si_2exp(limit.get(), 1, format.maxExponent + 1, MPFR_RNDN);
    if (mpfr_cmpabs(number.get(), limit.get()) > 0)
      mpfr_copysign(number.get(), limit.get(), number.get(), MPFR_RNDN);
  };
  MPFRNumber v(64, result);
  clamp(v);
  auto offset = [&](MPFRNumber &end, mpfr_rnd_t rounding) {
    clamp(end);
    mpfr_sub(end.get(), end.get(), v.get(), rounding);
    mpfr_div_2si(end.get(), end.get(), evidence.scale, rounding);
    return mpfr_get_d(end.get(), rounding);
  };
  evidence.lowest = offset(low, MPFR_RNDD);
  evidence.highest = offset(high, MPFR_RNDU);
  return evidence;
}

Verdict act::judgeRefined(const Format &format, uint64_t output,
                          const RefinedValue &value, const Tolerance &tolerance,
                          mpfr_prec_t maxPrecision) {
  double v = format.decode(output);
  for (mpfr_prec_t precision = 96;; precision *= 2) {
    MPFRNumber coarse = value(precision), fine = value(2 * precision);
    Verdict verdict;
    if (fine.isNaN() || std::isnan(v)) {
      verdict.nanMismatch = fine.isNaN() != bool(std::isnan(v));
      verdict.correctlyRounded = !verdict.nanMismatch;
      return verdict;
    }
    // Twice what the first half of the bits lost bounds what is still lost.
    MPFRNumber low = fine, high = fine;
    if (!fine.isInfinite()) {
      MPFRNumber doubt(64), last(64);
      mpfr_sub(doubt.get(), fine.get(), coarse.get(), MPFR_RNDA);
      mpfr_abs(doubt.get(), doubt.get(), MPFR_RNDN);
      mpfr_mul_2ui(doubt.get(), doubt.get(), 1, MPFR_RNDN);
      mpfr_abs(last.get(), fine.get(), MPFR_RNDN);
      mpfr_div_2ui(last.get(), last.get(), precision, MPFR_RNDN);
      mpfr_add(doubt.get(), doubt.get(), last.get(), MPFR_RNDU);
      mpfr_sub(low.get(), low.get(), doubt.get(), MPFR_RNDD);
      mpfr_add(high.get(), high.get(), doubt.get(), MPFR_RNDU);
    }
    bool exhausted = 2 * precision >= maxPrecision;
    std::optional<Verdict> decided =
        decide(weigh(format, v, low, high), v, tolerance);
    if (!decided && exhausted) {
      // The same numbers from both ends: a tie, or an error of exactly 1.
      decided = decide(weigh(format, v, fine, fine), v, tolerance);
    }
    if (!decided && exhausted) {
      // No value of ours comes here; if one does, it is no success.
      decided.emplace();
      decided->nanMismatch = true;
      decided->correctlyRounded = false;
    }
    if (!decided)
      continue;
    decided->zeroSignMismatch = v == 0 && std::signbit(v) != fine.isNegative();
    return *decided;
  }
}

void Judge::setInput(const Format &inputFormat, uint64_t pattern) {
  x = inputFormat.decode(pattern);
  enclosureKnown = false;
  values.clear();
}

const MPFRNumber &Judge::valueWith(mpfr_prec_t precision) {
  auto it = values.find(precision);
  if (it == values.end()) {
    MPFRNumber value(precision);
    if (std::isinf(x))
      value = reference.limit(x < 0);
    else if (!std::isnan(x))
      value = reference.evaluate(MPFRNumber(64, x), precision);
    it = values.emplace(precision, std::move(value)).first;
  }
  return it->second;
}

std::optional<Verdict> act::judgeEnclosed(const Format &format, uint64_t output,
                                          Interval enclosure,
                                          const Tolerance &tolerance) {
  auto [low, high] = enclosure;
  if (format.isNaN(output) || !(low > 0 || high < 0))
    return std::nullopt;
  double v = format.decode(output), clamped = clampToFormat(format, v);
  int a = format.ulpExponent(low), b = format.ulpExponent(high);
  // A difference of two f64 rounds by 2^-53 of itself: far less than the doubt
  // that decide() leaves.
  Evidence evidence = {clampToFormat(format, low) - clamped,
                       clampToFormat(format, high) - clamped,
                       std::min(a, b),
                       std::max(a, b),
                       format.round(low),
                       format.round(high)};
  std::optional<Verdict> verdict = decide(evidence, v, tolerance);
  if (verdict)
    verdict->zeroSignMismatch = v == 0 && std::signbit(v) != (high < 0);
  return verdict;
}

Verdict Judge::judge(uint64_t output, const Tolerance &tolerance) {
  if (useScreen && std::isfinite(x)) {
    if (!enclosureKnown)
      enclosure = reference.enclose(x);
    enclosureKnown = true;
    if (enclosure)
      if (std::optional<Verdict> verdict =
              judgeEnclosed(format, output, *enclosure, tolerance))
        return *verdict;
  }
  Verdict verdict = judgeRefined(
      format, output,
      [this](mpfr_prec_t precision) { return valueWith(precision); },
      tolerance);
  if (values.rbegin()->second.isZero() && !reference.knowsSignOfZero(x))
    verdict.zeroSignMismatch = false;
  return verdict;
}

bool Judge::isScreenRight() {
  if (!std::isfinite(x))
    return true;
  std::optional<Interval> interval = reference.enclose(x);
  const MPFRNumber &value = valueWith(256);
  if (!interval || value.isNaN())
    return true;
  return mpfr_cmp_d(value.get(), interval->low) >= 0 &&
         mpfr_cmp_d(value.get(), interval->high) <= 0;
}
