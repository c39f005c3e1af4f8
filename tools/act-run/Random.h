//===- Random.h - Numbers that are the same everywhere -------- -*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares a source of pseudo-random numbers that uses only exactly
// specified arithmetic, so that a seed gives the same numbers on every machine.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_TOOLS_ACTRUN_RANDOM_H
#define ACT_TOOLS_ACTRUN_RANDOM_H

#include <cstdint>

namespace act {

/// SplitMix64 (Steele, Lea, Flood, OOPSLA 2014).
class Random {
public:
  explicit Random(uint64_t seed) : state(seed) {}

  uint64_t bits();

  /// In [0, 1), a multiple of 2^-53.
  double uniform();

  /// In [0, range).
  uint64_t below(uint64_t range);

  /// Normally distributed, with mean 0 and deviation 1. Made by comparisons of
  /// uniform numbers alone (Karney, "Sampling exactly from the normal
  /// distribution", ACM TOMS 42, 2016, algorithm N).
  double normal();

private:
  /// True with probability e^-x, for 0 <= x <= 1 (von Neumann).
  bool exponentialTrial(double x);

  uint64_t state;
};

} // namespace act

#endif // ACT_TOOLS_ACTRUN_RANDOM_H
