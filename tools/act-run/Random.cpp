//===- Random.cpp - Numbers that are the same everywhere ------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file implements the source of pseudo-random numbers.
//
//===----------------------------------------------------------------------===//

#include "Random.h"

using namespace act;

uint64_t Random::bits() {
  uint64_t mixed = state += 0x9E3779B97F4A7C15;
  mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
  mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
  return mixed ^ (mixed >> 31);
}

double Random::uniform() { return (bits() >> 11) * 0x1p-53; }

uint64_t Random::below(uint64_t range) {
  return (static_cast<unsigned __int128>(bits()) * range) >> 64;
}

bool Random::exponentialTrial(double x) {
  // The length of a falling run x > u1 > u2 > ... is even with probability
  // e^-x.
  bool isEven = true;
  for (double last = x, next; (next = uniform()) < last; last = next)
    isEven = !isEven;
  return isEven;
}

double Random::normal() {
  for (;;) {
    // k with a probability proportional to e^(-k^2/2): from e^(-k/2), accepted
    // with e^(-k(k-1)/2).
    int k = 0;
    while (exponentialTrial(0.5))
      ++k;
    bool accept = true;
    for (int i = 0; accept && i != k * (k - 1); ++i)
      accept = exponentialTrial(0.5);
    // x in [0,1), accepted with e^(-x(2k+x)/2) = (e^-x)^k e^(-x^2/2).
    double x = uniform();
    for (int i = 0; accept && i != k; ++i)
      accept = exponentialTrial(x);
    if (accept && exponentialTrial(0.5 * x * x))
      return bits() >> 63 ? k + x : -(k + x);
  }
}
