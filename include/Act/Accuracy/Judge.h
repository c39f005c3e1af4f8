//===- Judge.h - How far a result is off ------------------------*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares the comparison of computed results with exact values.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_ACCURACY_JUDGE_H
#define ACT_ACCURACY_JUDGE_H

#include "Act/Accuracy/Format.h"
#include "Act/Accuracy/Reference.h"

#include <algorithm>
#include <functional>
#include <map>
#include <optional>

namespace act {

/// How far a result v may be from the exact value r.
struct Tolerance {
  /// In ulp(r).
  double bound = 1;
  /// An error that is always allowed, for derivatives near their roots; and
  /// what one more rounding, to a narrower format, may add to it, in ulp(r).
  double absolute = 0, rounding = 0;

  bool operator!=(const Tolerance &other) const {
    return bound != other.bound || absolute != other.absolute ||
           rounding != other.rounding;
  }

  /// The unit in which errors are counted: ulp(r), or as much more as makes
  /// `bound` units the error that is always allowed.
  double unit(double ulp) const {
    return std::max(ulp, absolute ? (rounding * ulp + absolute) / bound : 0);
  }
};

/// What is said of one result.
struct Verdict {
  /// |v - r| in units of the tolerance. An infinite v counts as the next power
  /// of two after the largest finite value.
  double ulps = 0;
  /// Whether v is r rounded to nearest even.
  bool correctlyRounded = true;
  /// One of v and r is NaN.
  bool nanMismatch = false;
  /// v is a zero of the wrong sign.
  bool zeroSignMismatch = false;
};

/// A real number that is computed with as many bits as it takes. The function
/// gets a precision.
using RefinedValue = std::function<MPFRNumber(mpfr_prec_t)>;

/// Judges the pattern `output` of `format` by `value`, with more and more bits
/// until nothing is in doubt: whether v is correctly rounded, on which side of
/// 1 and of the bound the error lies, and the error to 2^-10. What doubt is
/// left at `maxPrecision` means that the value is exact there: a tie.
Verdict judgeRefined(const Format &format, uint64_t output,
                     const RefinedValue &value, const Tolerance &tolerance,
                     mpfr_prec_t maxPrecision = 2560);

/// Judges by an enclosure of the exact value; nothing where it leaves a doubt.
std::optional<Verdict> judgeEnclosed(const Format &format, uint64_t output,
                                     Interval enclosure,
                                     const Tolerance &tolerance);

/// Judges the results of one subject, input by input.
class Judge {
public:
  /// `useScreen` is off for formats that f64 cannot judge, and to test it.
  Judge(const Reference &reference, const Format &format, bool useScreen = true)
      : reference(reference), format(format),
        useScreen(useScreen && format.bits < 64) {}

  /// Judges from now on the results at this input.
  void setInput(uint64_t pattern) { setInput(format, pattern); }
  /// The same for an input of another format.
  void setInput(const Format &inputFormat, uint64_t pattern);

  Verdict judge(uint64_t output, const Tolerance &tolerance);

  /// Whether the enclosure of the input holds the exact value: the proof that
  /// the screen can be trusted.
  bool isScreenRight();

private:
  const MPFRNumber &valueWith(mpfr_prec_t precision);

  const Reference &reference;
  Format format;
  bool useScreen;
  double x = 0;
  bool enclosureKnown = false;
  std::optional<Interval> enclosure;
  std::map<mpfr_prec_t, MPFRNumber> values;
};

} // namespace act

#endif // ACT_ACCURACY_JUDGE_H
