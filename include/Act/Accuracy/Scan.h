//===- Scan.h - Judging many results ----------------------------*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares scans: outputs of several ways to compute one subject,
// judged by one reference, and what is reported of them.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_ACCURACY_SCAN_H
#define ACT_ACCURACY_SCAN_H

#include "Act/Accuracy/Judge.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/Support/raw_ostream.h"

#include <string>
#include <vector>

namespace act {

/// What results must satisfy.
struct Contract {
  Tolerance tolerance;
  /// Every result is the exact one, rounded.
  bool correctlyRounded = false;
  /// Zeros have the sign of the exact value. Zeros of exact values that are
  /// themselves zero have the sign of the definition.
  bool zeroSigns = true;

  /// The promise of docs/Numerics.md for this part, tier and format.
  static Contract of(const Subject &subject, rules::Tier tier,
                     const Format &format);

  /// The same of the number that is rounded to `format` at last: f32 for 16-bit
  /// formats.
  static Tolerance ofComputed(const Subject &subject, rules::Tier tier,
                              const Format &format);
};

/// What a scan found.
struct Report {
  uint64_t count = 0, aboveOne = 0, aboveBound = 0, misrounded = 0,
           nanMismatches = 0, zeroSignMismatches = 0, screenErrors = 0,
           gpuMismatches = 0;
  double maxUlps = 0, maxUlpsNormal = 0;
  uint64_t maxInput = 0, maxOutput = 0;
  uint64_t hash = 0;
  /// A few inputs that break the contract.
  std::vector<uint64_t> failures;

  bool failed(const Contract &contract) const;
  void merge(const Report &other);
};

/// One way to compute the subject.
struct Sweep {
  /// Printed in front: tier, target, vector width.
  std::string label;
  Contract contract;
  std::vector<uint64_t> outputs;
  Report report;
};

/// Adds to the report of a sweep where a GPU gives other outputs, whatever its
/// approximations give.
void compareWithGPUs(const Subject &subject, rules::Tier tier,
                     const Format &format, llvm::ArrayRef<uint64_t> inputs,
                     Sweep &sweep);

/// Judges all sweeps at once. Every 256th input also validates the screen.
void scan(const Reference &reference, const Format &inputFormat,
          const Format &outputFormat, llvm::ArrayRef<uint64_t> inputs,
          llvm::MutableArrayRef<Sweep> sweeps);

/// "silu'" and its parameters.
std::string describe(const Subject &subject);

/// One line of figures, and one for each kind of failure.
void print(llvm::raw_ostream &os, const Subject &subject,
           const Format &inputFormat, const Format &outputFormat,
           const Sweep &sweep);

} // namespace act

#endif // ACT_ACCURACY_SCAN_H
