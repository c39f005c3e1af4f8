//===- Scan.cpp - Judging many results ------------------------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file judges sweeps and prints what it found.
//
//===----------------------------------------------------------------------===//

#include "Act/Accuracy/Scan.h"

#include "llvm/Support/Format.h"

#include <cmath>

using namespace act;
using rules::Part;
using rules::Tier;

Contract Contract::of(const Subject &subject, Tier tier,
                      const Format &format) {
  const rules::RuleInfo &info = subject.info();
  bool forward = subject.part == Part::Forward;
  Contract contract;
  if (format == Format::F64) {
    contract.bound = 2;
    return contract;
  }
  // Errors of the f32 value, in ulp of f32.
  bool exact = tier == Tier::Exact;
  double wide = forward ? (exact ? info.exactBound : info.defaultBound)
                        : (exact ? info.exactBound : 5);
  contract.zeroSigns = forward || exact;
  if (!exact && !forward)
    contract.floor = 0x1p-24 / 5;
  if (subject.part == Part::OutputDerivative) {
    // Read from a rounded y: an absolute error of 2^-24.
    contract.bound = exact ? 1 : 5;
    contract.floor = 0x1p-24 / contract.bound;
    contract.zeroSigns = false;
  } else {
    contract.bound = wide;
  }
  if (format.bits == 16) {
    // Rounded once more, which 16-bit results of a forward hide.
    contract.correctlyRounded = forward;
    contract.floor *= contract.bound;
    contract.bound =
        0.5 + contract.bound * std::ldexp(1.0, format.precision - 24);
    contract.floor /= contract.bound;
  }
  return contract;
}

bool Report::failed(const Contract &contract) const {
  return aboveBound || nanMismatches || screenErrors ||
         (contract.correctlyRounded && misrounded) ||
         (contract.zeroSigns && zeroSignMismatches);
}

void Report::merge(const Report &other) {
  count += other.count;
  aboveOne += other.aboveOne;
  aboveBound += other.aboveBound;
  misrounded += other.misrounded;
  nanMismatches += other.nanMismatches;
  zeroSignMismatches += other.zeroSignMismatches;
  screenErrors += other.screenErrors;
  if (other.maxUlps > maxUlps) {
    maxUlps = other.maxUlps;
    maxInput = other.maxInput;
    maxOutput = other.maxOutput;
  }
  maxUlpsNormal = std::max(maxUlpsNormal, other.maxUlpsNormal);
  hash += other.hash;
  for (uint64_t input : other.failures)
    if (failures.size() < 8)
      failures.push_back(input);
}

void act::scan(const Reference &reference, const Format &inputFormat,
               const Format &outputFormat, llvm::ArrayRef<uint64_t> inputs,
               llvm::MutableArrayRef<Sweep> sweeps) {
  Judge judge(reference, outputFormat);
  uint64_t smallestNormal = uint64_t(1) << (outputFormat.precision - 1);
  for (size_t i = 0; i != inputs.size(); ++i) {
    judge.setInput(inputFormat, inputs[i]);
    bool screenIsWrong = i % 256 == 0 && !judge.isScreenRight();
    for (Sweep &sweep : sweeps) {
      uint64_t output = sweep.outputs[i];
      const Contract &contract = sweep.contract;
      Report &report = sweep.report;
      Verdict verdict = judge.judge(output, contract.bound, contract.floor);
      ++report.count;
      report.hash += outputFormat.hash(inputs[i], output);
      report.aboveOne += verdict.ulps > 1;
      report.aboveBound += verdict.ulps > contract.bound;
      report.misrounded += !verdict.correctlyRounded;
      report.nanMismatches += verdict.nanMismatch;
      report.zeroSignMismatches += verdict.zeroSignMismatch;
      report.screenErrors += screenIsWrong;
      if (verdict.ulps > report.maxUlps) {
        report.maxUlps = verdict.ulps;
        report.maxInput = inputs[i];
        report.maxOutput = output;
      }
      if ((output & (outputFormat.signBit() - 1)) >= smallestNormal)
        report.maxUlpsNormal = std::max(report.maxUlpsNormal, verdict.ulps);
      bool failed =
          verdict.ulps > contract.bound || verdict.nanMismatch ||
          screenIsWrong ||
          (contract.correctlyRounded && !verdict.correctlyRounded) ||
          (contract.zeroSigns && verdict.zeroSignMismatch);
      if (failed && report.failures.size() < 8)
        report.failures.push_back(inputs[i]);
    }
  }
}

std::string act::describe(const Subject &subject) {
  std::string text = subject.info().name;
  llvm::raw_string_ostream os(text);
  switch (subject.part) {
  case Part::Forward:
    break;
  case Part::Derivative:
    os << "'";
    break;
  case Part::ParameterDerivative:
    os << " by parameter";
    break;
  case Part::OutputDerivative:
    os << "' of y";
    break;
  }
  for (size_t i = 0; i != subject.parameters.size(); ++i)
    if (subject.parameters[i])
      os << " " << subject.info().parameters[i].name << "="
         << llvm::format("%.9g", *subject.parameters[i]);
  return text;
}

void act::print(llvm::raw_ostream &os, const Subject &subject,
                const Format &inputFormat, const Format &outputFormat,
                const Sweep &sweep) {
  const Report &report = sweep.report;
  const Contract &contract = sweep.contract;
  auto hex = [&](const Format &format, uint64_t pattern) {
    os << llvm::format_hex(pattern, format.bits / 4 + 2) << " ("
       << llvm::format("%a", format.decode(pattern)) << ")";
  };
  os << (report.failed(contract) ? "FAIL " : "ok   ") << describe(subject)
     << ", " << outputFormat.name << ", " << sweep.label << ": "
     << report.count << " inputs, max " << llvm::format("%.4f", report.maxUlps)
     << " ulp";
  if (report.maxUlps > 0) {
    os << " at ";
    hex(inputFormat, report.maxInput);
  }
  os << ", normal results " << llvm::format("%.4f", report.maxUlpsNormal)
     << ", > 1 ulp: " << report.aboveOne << ", > "
     << llvm::format("%.6g", contract.bound) << ": " << report.aboveBound
     << ", misrounded: " << report.misrounded
     << ", NaN mismatches: " << report.nanMismatches
     << ", signs of zero: " << report.zeroSignMismatches << ", hash "
     << llvm::format_hex(report.hash, 18) << "\n";
  if (report.screenErrors)
    os << "     the f64 enclosure misses the exact value " << report.screenErrors
       << " times\n";
  if (report.failures.empty())
    return;
  os << "     failing inputs:";
  for (uint64_t input : report.failures) {
    os << " ";
    hex(inputFormat, input);
  }
  os << "\n";
}
