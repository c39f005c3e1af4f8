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

#include "Act/Accuracy/HostEvaluation.h"

#include "llvm/Support/Format.h"

#include <cmath>

using namespace act;
using rules::Part;
using rules::Tier;

Tolerance Contract::ofComputed(const Subject &subject, Tier tier,
                               const Format &format) {
  const rules::RuleInfo &info = subject.info();
  Tolerance tolerance;
  if (format == Format::F64) {
    tolerance.bound = 2;
    if (subject.part == Part::OutputDerivative)
      tolerance.absolute = 0x1p-53;
    return tolerance;
  }
  bool exact = tier == Tier::Exact;
  const rules::EvaluationInfo *evaluation = evaluationOf(subject, tier, format);
  if (evaluation && evaluation->bound > 0) {
    tolerance.bound = evaluation->bound;
    tolerance.absolute = evaluation->absolute;
  } else if (subject.part == Part::Forward) {
    tolerance.bound = exact ? info.exactBound : info.defaultBound;
  } else {
    tolerance.bound = exact ? info.exactBound : 5;
    tolerance.absolute = exact ? 0 : 0x1p-24;
  }
  if (subject.part == Part::OutputDerivative)
    tolerance.absolute = 0x1p-24;
  return tolerance;
}

Contract Contract::of(const Subject &subject, Tier tier, const Format &format) {
  bool forward = subject.part == Part::Forward;
  Contract contract;
  contract.tolerance = ofComputed(subject, tier, format);
  contract.zeroSigns =
      subject.part != Part::OutputDerivative &&
      (forward || tier == Tier::Exact || format == Format::F64);
  if (format.bits == 16) {
    Tolerance &tolerance = contract.tolerance;
    tolerance.rounding = 0.5;
    tolerance.bound =
        0.5 + tolerance.bound * std::ldexp(1.0, format.precision - 24);
    contract.correctlyRounded =
        forward && subject.hasDefaults() &&
        !rules::isFast(evaluationOf(subject, tier, format)->tier);
  }
  return contract;
}

bool Report::failed(const Contract &contract) const {
  return aboveBound || nanMismatches || screenErrors || gpuMismatches ||
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
  gpuMismatches += other.gpuMismatches;
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

void act::compareWithGPUs(const Subject &subject, Tier tier,
                          const Format &format,
                          llvm::ArrayRef<uint64_t> inputs, Sweep &sweep) {
  llvm::ArrayRef<NamedApproximations> models = allApproximations();
  // The exact tier has no approximations: only its NaN are those of GPUs.
  if (tier == Tier::Exact)
    models = models.take_front();
  for (const NamedApproximations &named : models) {
    std::vector<uint64_t> outputs =
        evaluateOnHost(subject, tier, format, inputs, named.model);
    for (size_t i = 0; i != inputs.size(); ++i) {
      if (outputs[i] == sweep.outputs[i] ||
          (format.isNaN(outputs[i]) && format.isNaN(sweep.outputs[i])))
        continue;
      ++sweep.report.gpuMismatches;
      if (sweep.report.failures.size() < 8)
        sweep.report.failures.push_back(inputs[i]);
    }
  }
}

void act::scan(const Reference &reference, const Format &inputFormat,
               const Format &outputFormat, llvm::ArrayRef<uint64_t> inputs,
               llvm::MutableArrayRef<Sweep> sweeps) {
  Judge judge(reference, outputFormat);
  uint64_t smallestNormal = uint64_t(1) << (outputFormat.precision - 1);
  for (size_t i = 0; i != inputs.size(); ++i) {
    judge.setInput(inputFormat, inputs[i]);
    bool screenIsWrong = i % 256 == 0 && !judge.isScreenRight();
    const Sweep *judged = nullptr;
    Verdict verdict;
    for (Sweep &sweep : sweeps) {
      uint64_t output = sweep.outputs[i];
      const Contract &contract = sweep.contract;
      Report &report = sweep.report;
      // Models of approximations give the same number more often than not.
      if (!judged || judged->outputs[i] != output ||
          judged->contract.tolerance != contract.tolerance)
        verdict = judge.judge(output, contract.tolerance);
      judged = &sweep;
      ++report.count;
      report.hash += outputFormat.hash(inputs[i], output);
      report.aboveOne += verdict.ulps > 1;
      report.aboveBound += verdict.ulps > contract.tolerance.bound;
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
          verdict.ulps > contract.tolerance.bound || verdict.nanMismatch ||
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
     << report.count << " inputs, max "
     << llvm::format("%.4f", report.maxUlps) << " ulp";
  if (report.maxUlps > 0) {
    os << " at ";
    hex(inputFormat, report.maxInput);
  }
  os << ", normal results " << llvm::format("%.4f", report.maxUlpsNormal)
     << ", > 1 ulp: " << report.aboveOne << ", > "
     << llvm::format("%.6g", contract.tolerance.bound) << ": " << report.aboveBound
     << ", misrounded: " << report.misrounded
     << ", NaN mismatches: " << report.nanMismatches
     << ", signs of zero: " << report.zeroSignMismatches
     << ", other bits on GPUs: " << report.gpuMismatches << ", hash "
     << llvm::format_hex(report.hash, 18) << "\n";
  if (report.screenErrors)
    os << "     the f64 enclosure misses the exact value "
       << report.screenErrors << " times\n";
  if (report.failures.empty())
    return;
  os << "     failing inputs:";
  for (uint64_t input : report.failures) {
    os << " ";
    hex(inputFormat, input);
  }
  os << "\n";
}
