//===- KernelCheck.cpp - Kernels against host evaluations -----------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file runs kernels and compares their results.
//
//===----------------------------------------------------------------------===//

#include "KernelCheck.h"

#include "Act/Accuracy/HostEvaluation.h"
#include "Act/Accuracy/Inputs.h"
#include "Act/Accuracy/Scan.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Format.h"
#include "llvm/TargetParser/Host.h"

#include <cmath>
#include <random>

using namespace llvm;
using namespace act;
using rules::Part;
using rules::Tier;

/// The processors whose code runs here; "" is this one.
static std::vector<std::string> processors() {
  StringMap<bool> features = sys::getHostCPUFeatures();
  std::vector<std::string> names = {""};
  if (features.lookup("avx2") && features.lookup("fma"))
    names.push_back("x86-64-v3");
  if (features.lookup("avx512f") && features.lookup("avx512vl") &&
      features.lookup("avx512bw") && features.lookup("avx512dq"))
    names.push_back("x86-64-v4");
  if (features.lookup("sse4.2"))
    names.push_back("x86-64-v2");
  return names;
}

namespace {

class KernelCheck {
public:
  KernelCheck(const Subject &subject, const KernelSetup &setup,
              const KernelRun &kernel)
      : subject(subject), setup(setup), format(*setup.format),
        kernel(kernel) {}

  /// Whether all is well; a line is printed in any case.
  bool run(const std::vector<uint64_t> &inputs) {
    compare(inputs);
    compareShort();
    report();
    return mismatches == 0 && !failed;
  }

  /// The same for a sum over all positions.
  bool runSum();

private:
  std::vector<uint64_t> cotangents(size_t count) {
    std::vector<uint64_t> patterns;
    if (subject.part == Part::Forward)
      return patterns;
    // Normal numbers, and now and then one that a zero rule must ignore.
    std::normal_distribution<double> normal;
    for (size_t i = 0; i != count; ++i) {
      uint64_t pattern = format.encode(format.round(normal(generator)));
      if (i % 61 == 60)
        pattern = i % 2 ? format.infinity() : format.infinity() + 1;
      patterns.push_back(pattern);
    }
    return patterns;
  }

  std::vector<uint64_t> expected(ArrayRef<uint64_t> dy,
                                 ArrayRef<uint64_t> inputs) {
    return evaluateBackwardOnHost(subject, setup.tier, format, dy, inputs,
                                  setup.gpu());
  }

  void compare(const std::vector<uint64_t> &inputs) {
    std::vector<uint64_t> dy = cotangents(inputs.size());
    Expected<std::vector<uint64_t>> outputs = kernel.run(dy, inputs);
    if (!outputs)
      return fail(outputs.takeError());
    std::vector<uint64_t> wanted = expected(dy, inputs);
    for (size_t i = 0; i != inputs.size(); ++i)
      add(inputs[i], (*outputs)[i], wanted[i]);
    if (subject.part != Part::Forward &&
        subject.part != Part::OutputDerivative)
      judgeProducts(dy, inputs, *outputs);
  }

  /// Each special input in each position of arrays of these lengths.
  void compareShort() {
    std::vector<uint64_t> specials = specialInputs(subject, format);
    if (subject.part == Part::OutputDerivative)
      specials = imagesOf(Reference(subject), format, specials);
    for (size_t length : {1, 7, 8, 9, 64, 65, 1000}) {
      // Long arrays hold every special input once: shift them by primes.
      size_t step = length < 100 ? 1 : 97;
      for (size_t start = 0; start < specials.size(); start += step) {
        std::vector<uint64_t> inputs;
        for (size_t i = 0; i != length; ++i)
          inputs.push_back(specials[(start + i) % specials.size()]);
        std::vector<uint64_t> dy = cotangents(length);
        Expected<std::vector<uint64_t>> outputs = kernel.run(dy, inputs);
        if (!outputs)
          return fail(outputs.takeError());
        std::vector<uint64_t> wanted = expected(dy, inputs);
        for (size_t i = 0; i != length; ++i)
          add(inputs[i], (*outputs)[i], wanted[i]);
      }
    }
  }

  /// dy f'(x) by MPFR, for a thousand: the error of f' in the type that
  /// computes, and one more rounding.
  void judgeProducts(const std::vector<uint64_t> &dy,
                     const std::vector<uint64_t> &inputs,
                     const std::vector<uint64_t> &outputs) {
    const Format &wide = format == Format::F64 ? Format::F64 : Format::F32;
    Tolerance slopeTolerance =
        Contract::ofComputed(subject, setup.tier, format);
    Reference reference(subject);
    for (size_t i = 0; i < inputs.size(); i += 1 + inputs.size() / 1024) {
      double x = format.decode(inputs[i]), g = format.decode(dy[i]);
      if (!std::isfinite(x) || !std::isfinite(g))
        continue;
      double slope = reference.evaluate(MPFRNumber(64, x), 128).toDouble();
      // Where f' itself overflows the product is infinite, by IEEE's rules.
      if (std::isinf(wide.round(slope)))
        continue;
      double ulp = std::ldexp(1.0, wide.ulpExponent(slope));
      Tolerance tolerance;
      tolerance.rounding = 0.5;
      tolerance.absolute =
          std::fabs(g) *
          std::max(slopeTolerance.bound * ulp, slopeTolerance.absolute);
      Verdict verdict = judgeRefined(
          format, outputs[i],
          [&](mpfr_prec_t precision) {
            MPFRNumber value =
                reference.evaluate(MPFRNumber(64, x), precision);
            mpfr_mul_d(value.get(), value.get(), g, MPFR_RNDN);
            return value;
          },
          tolerance);
      if (verdict.nanMismatch || verdict.ulps > tolerance.bound) {
        failed = true;
        note(inputs[i], outputs[i], "far from dy f'(x)");
      }
    }
  }

  void add(uint64_t input, uint64_t output, uint64_t wanted) {
    ++count;
    hash += format.hash(input, output);
    if (output == wanted || (format.isNaN(output) && format.isNaN(wanted)))
      return;
    // A sum starts from +0.
    if (subject.part == Part::ParameterDerivative && format.isZero(output) &&
        format.isZero(wanted))
      return;
    if (mismatches++ == 0)
      note(input, output, "the host evaluation gives " + utohexstr(wanted));
  }

  void note(uint64_t input, uint64_t output, const Twine &message) {
    if (notes++ < 4)
      details += ("     at 0x" + utohexstr(input) + ": 0x" +
                  utohexstr(output) + ", " + message + "\n")
                     .str();
  }

  void fail(Error error) {
    failed = true;
    details += "     " + toString(std::move(error)) + "\n";
  }

  void report() {
    outs() << (mismatches || failed ? "FAIL " : "ok   ") << describe(subject)
           << ", " << format.name << ", kernel, " << setup.label() << ": "
           << count << " results, " << mismatches
           << " differ from the host evaluation, hash "
           << format_hex(hash, 18) << "\n"
           << details;
    outs().flush();
  }

  const Subject &subject;
  const KernelSetup &setup;
  const Format &format;
  const KernelRun &kernel;
  std::mt19937_64 generator{1};
  uint64_t count = 0, mismatches = 0, hash = 0, notes = 0;
  bool failed = false;
  std::string details;
};

} // namespace

/// The sum of docs/Numerics.md: chunks of 2048 elements, 256 lanes in each,
/// trees over the lanes and over the chunks.
template <class Number>
static Number sumInFixedShape(ArrayRef<Number> terms) {
  std::vector<Number> level;
  for (size_t begin = 0; begin < terms.size(); begin += 2048) {
    ArrayRef<Number> chunk =
        terms.slice(begin, std::min<size_t>(2048, terms.size() - begin));
    std::vector<Number> lanes(256, 0);
    for (size_t i = 0; i != chunk.size(); ++i)
      lanes[i % 256] = lanes[i % 256] + chunk[i];
    for (size_t width = 128; width != 0; width /= 2)
      for (size_t lane = 0; lane != width; ++lane)
        lanes[lane] = lanes[lane] + lanes[lane + width];
    level.push_back(lanes[0]);
  }
  while (level.size() > 1) {
    std::vector<Number> next;
    for (size_t i = 0; i + 1 < level.size(); i += 2)
      next.push_back(level[i] + level[i + 1]);
    if (level.size() % 2)
      next.push_back(level.back());
    level = std::move(next);
  }
  return level.empty() ? 0 : level[0];
}

bool KernelCheck::runSum() {
  std::normal_distribution<double> normal;
  for (size_t length : {0, 1, 255, 2049, 70000}) {
    std::vector<uint64_t> x, dy;
    for (size_t i = 0; i != length; ++i) {
      x.push_back(format.encode(format.round(2 * normal(generator))));
      dy.push_back(format.encode(format.round(normal(generator))));
    }
    Expected<std::vector<uint64_t>> output = kernel.run(dy, x);
    if (!output) {
      fail(output.takeError());
      break;
    }
    // The terms are f32 whatever the format of the data.
    std::vector<float> terms;
    MPFRNumber exact(200, 0.0);
    double magnitudes = 0;
    Reference reference(subject);
    std::vector<uint64_t> wide, wideDy;
    for (size_t i = 0; i != length; ++i) {
      wide.push_back(Format::F32.encode(format.decode(x[i])));
      wideDy.push_back(Format::F32.encode(format.decode(dy[i])));
      MPFRNumber term = reference.evaluate(
          MPFRNumber(64, format.decode(x[i])), 200);
      mpfr_mul_d(term.get(), term.get(), format.decode(dy[i]), MPFR_RNDN);
      mpfr_add(exact.get(), exact.get(), term.get(), MPFR_RNDN);
      magnitudes += std::fabs(term.toDouble());
    }
    for (uint64_t pattern : evaluateBackwardOnHost(
             subject, setup.tier, Format::F32, wideDy, wide))
      terms.push_back(static_cast<float>(Format::F32.decode(pattern)));
    // The exact tier carries the errors of its sums along: only their value is
    // checked. Plain sums have the bits of their shape.
    double sum = sumInFixedShape<float>(terms);
    if (setup.tier == Tier::Default)
      add(length, (*output)[0], format.encode(format.round(sum)));
    // 5 ulp of each term, a few more of the sums, and the last rounding.
    double allowed =
        magnitudes * 0x1p-20 +
        std::ldexp(0.5, format.ulpExponent(exact.toDouble()));
    double error =
        std::fabs(format.decode((*output)[0]) - exact.toDouble());
    if (!(error <= allowed)) {
      failed = true;
      note(length, (*output)[0], "far from the exact sum");
    }
  }
  report();
  return mismatches == 0 && !failed;
}

bool act::checkKernels(mlir::MLIRContext &context, const Subject &subject,
                       const Format &format, ArrayRef<Tier> tiers,
                       const std::vector<uint64_t> &inputs, bool thorough) {
  std::vector<KernelSetup> setups;
  bool hasOperand = false, mustBeOperand = false;
  for (size_t i = 0; i != subject.parameters.size(); ++i) {
    const rules::ParameterInfo &info = subject.info().parameters[i];
    hasOperand |= info.operand;
    mustBeOperand |= info.operand && !info.hasDefault;
  }
  bool byParameter = subject.part == Part::ParameterDerivative;
  for (Tier tier : tiers) {
    KernelSetup setup;
    setup.tier = tier;
    setup.format = &format;
    // Kernels of GPUs, in the runner, with two of the models.
    if (tier == Tier::Fast) {
      setups.push_back(setup);
      setup.approximations = allApproximations().back();
      setups.push_back(setup);
      continue;
    }
    for (const std::string &cpu : processors()) {
      // f64 kernels are refused where nothing fuses a*b+c.
      if (format == Format::F64 && cpu == "x86-64-v2")
        continue;
      setup.cpu = cpu;
      setups.push_back(setup);
      if (!thorough)
        break;
    }
    setup.cpu.clear();
    if (hasOperand && !mustBeOperand && !byParameter) {
      setup.operandParameters = true;
      setups.push_back(setup);
      setup.operandParameters = false;
    }
    for (unsigned threads : {1u, 2u}) {
      setup.threads = threads;
      if (threads == 2 && thorough)
        setups.push_back(setup);
      if (byParameter && thorough) {
        KernelSetup summing = setup;
        summing.sums = true;
        setups.push_back(summing);
      }
    }
  }

  bool fine = true;
  for (const KernelSetup &setup : setups) {
    if (setup.sums && format == Format::F64)
      continue;
    // An operand has a value of the format.
    Subject actual = subject;
    if (setup.operandParameters || byParameter)
      for (size_t i = 0; i != actual.parameters.size(); ++i)
        if (actual.info().parameters[i].operand)
          actual.parameters[i] = format.round(*actual.parameters[i]);
    // An attribute with the value of the default may choose a leaner
    // evaluation than an operand of that value.
    if (setup.operandParameters && format.bits == 16 && actual.hasDefaults())
      continue;
    Expected<KernelRun> kernel = KernelRun::create(context, actual, setup);
    if (!kernel) {
      outs() << "FAIL " << describe(actual) << ", " << format.name
             << ", kernel, " << setup.label() << ": "
             << toString(kernel.takeError()) << "\n";
      fine = false;
      continue;
    }
    KernelCheck check(actual, setup, *kernel);
    fine &= setup.sums ? check.runSum() : check.run(inputs);
  }
  return fine;
}
