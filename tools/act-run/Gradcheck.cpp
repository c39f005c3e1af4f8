//===- Gradcheck.cpp - Gradients and differences --------------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file compares gradients with central differences, both in f64.
//
//===----------------------------------------------------------------------===//

#include "Gradcheck.h"

#include "Comparison.h"
#include "Dump.h"
#include "Printing.h"
#include "Widen.h"

#include "llvm/Support/Format.h"

#include <cmath>
#include <limits>
#include <random>

using namespace act;
using namespace llvm;

/// An error of this much, relative to the largest element of the gradient that
/// is compared, is more than differences are off.
static constexpr double tolerance = 1e-6;
/// Elements of each input that are moved.
static constexpr int64_t maxElements = 64;
/// How far, relative to the element or to 1.
static constexpr double relativeStep = 1e-5;

namespace {

/// A function in f64.
class WideFunction {
public:
  static Expected<WideFunction> compile(Options options, mlir::ModuleOp module,
                                        const Signature &signature) {
    options.compile.entry = signature.entry;
    options.dump.clear();
    Expected<std::unique_ptr<Kernel>> kernel = compileKernel(options, module);
    if (!kernel)
      return kernel.takeError();
    WideFunction function;
    function.kernel = std::move(*kernel);
    return function;
  }

  Expected<std::vector<Tensor>> call(ArrayRef<Tensor> inputs) const {
    std::vector<TensorView> from, to;
    for (const Tensor &input : inputs)
      from.push_back(input.view());
    auto shapes = kernel->outputShapes(from);
    if (!shapes)
      return shapes.takeError();
    std::vector<Tensor> results;
    for (auto [info, shape] : zip_equal(kernel->signature().outputs, *shapes)) {
      Expected<Tensor> result = Tensor::zeros(info.type, shape);
      if (!result)
        return result.takeError();
      results.push_back(std::move(*result));
    }
    for (const Tensor &result : results)
      to.push_back(result.view());
    if (Error error = kernel->invoke(from, to))
      return std::move(error);
    return results;
  }

private:
  std::unique_ptr<Kernel> kernel;
};

/// An element of a gradient, and what differences on both sides of the element
/// of the input say of it.
struct Sample {
  int64_t position;
  double gradient, left, right;

  double difference() const { return (left + right) / 2; }
};

/// What was found of one gradient.
struct Finding {
  double maxError = 0;
  int64_t numCompared = 0, numKinks = 0;
  Sample worst = {};
};

} // namespace

static Expected<Tensor> widen(const Tensor &tensor) {
  ElementType type = isFloat(tensor.type()) ? ElementType::F64 : tensor.type();
  Expected<Tensor> wide = Tensor::zeros(type, tensor.shape());
  if (!wide)
    return wide;
  for (int64_t i = 0; i != tensor.numElements(); ++i) {
    if (isFloat(type))
      writeElement(type, wide->element(i),
                   readElement(tensor.type(), tensor.element(i)));
    else
      writeInteger(type, wide->element(i),
                   readInteger(tensor.type(), tensor.element(i)));
  }
  return wide;
}

/// The sum of cotangent times (results - before) over all results. Results that
/// are NaN before and after do not change.
static double change(ArrayRef<Tensor> results, ArrayRef<Tensor> before,
                     ArrayRef<Tensor> cotangents) {
  double sum = 0;
  const Tensor *cotangent = cotangents.begin();
  for (auto [after, old] : zip_equal(results, before)) {
    if (!isFloat(after.type()))
      continue;
    for (int64_t i = 0; i != after.numElements(); ++i) {
      double to = readElement(after.type(), after.element(i));
      double from = readElement(old.type(), old.element(i));
      if (to != from && !(std::isnan(to) && std::isnan(from)))
        sum +=
            readElement(cotangent->type(), cotangent->element(i)) * (to - from);
    }
    ++cotangent;
  }
  return sum;
}

/// How far rounding of the results may take change() off.
static double noise(ArrayRef<Tensor> results, ArrayRef<Tensor> cotangents) {
  double sum = 0;
  const Tensor *cotangent = cotangents.begin();
  for (const Tensor &result : results) {
    if (!isFloat(result.type()))
      continue;
    for (int64_t i = 0; i != result.numElements(); ++i) {
      double size = readElement(result.type(), result.element(i)) *
                    readElement(cotangent->type(), cotangent->element(i));
      if (std::isfinite(size))
        sum += std::fabs(size);
    }
    ++cotangent;
  }
  return 8 * std::numeric_limits<double>::epsilon() * sum;
}

/// Up to `maxElements` positions of `count`, one of each of as many parts: a
/// regular step would see one column of a matrix only.
static SmallVector<int64_t> choosePositions(int64_t count) {
  std::mt19937_64 random(count);
  SmallVector<int64_t> positions;
  int64_t parts = std::min(count, maxElements);
  for (int64_t part = 0; part < parts; ++part) {
    int64_t begin = count / parts * part + std::min(part, count % parts);
    int64_t size = count / parts + (part < count % parts);
    positions.push_back(begin + static_cast<int64_t>(random() % size));
  }
  return positions;
}

/// Moves elements of input `index` of `function`.
static Expected<Finding> compareGradient(const WideFunction &function,
                                         MutableArrayRef<Tensor> inputs,
                                         unsigned index,
                                         ArrayRef<Tensor> cotangents,
                                         const Tensor &gradient) {
  Tensor &input = inputs[index];
  auto before = function.call(inputs);
  if (!before)
    return before.takeError();
  std::vector<Sample> samples;
  double scale = 0;
  for (int64_t i : choosePositions(input.numElements())) {
    double x = readElement(input.type(), input.element(i));
    if (!std::isfinite(x))
      continue;
    double h = relativeStep * std::max(1.0, std::fabs(x));
    writeElement(input.type(), input.element(i), x + h);
    auto above = function.call(inputs);
    writeElement(input.type(), input.element(i), x - h);
    auto below = function.call(inputs);
    writeElement(input.type(), input.element(i), x);
    if (!above || !below)
      return joinErrors(above.takeError(), below.takeError());
    samples.push_back({i, readElement(gradient.type(), gradient.element(i)),
                       -change(*below, *before, cotangents) / h,
                       change(*above, *before, cotangents) / h});
    // A gradient that is infinite where it should not be makes nothing small.
    scale = std::max(scale, std::fabs(samples.back().difference()));
  }

  Finding finding;
  double floor = noise(*before, cotangents) / relativeStep;
  scale = std::max(scale, floor / tolerance);
  for (const Sample &sample : samples) {
    if (std::fabs(sample.right - sample.left) > 1e-3 * scale) {
      ++finding.numKinks;
      continue;
    }
    double error = std::fabs(sample.gradient - sample.difference()) / scale;
    // A NaN is an error of its own.
    if (std::isnan(error))
      error = INFINITY;
    if (finding.numCompared++ == 0 || error > finding.maxError) {
      finding.maxError = error;
      finding.worst = sample;
    }
  }
  return finding;
}

/// Prints a line; returns whether the gradient is right.
static bool print(StringRef name, const Finding &finding,
                  ArrayRef<int64_t> shape) {
  outs() << "gradcheck " << name << ": ";
  if (finding.numCompared == 0) {
    outs() << "no element to compare";
  } else {
    outs() << format("max error %.2g", finding.maxError) << " of "
           << finding.numCompared << " elements";
    std::string at = indexText(finding.worst.position, shape);
    outs() << ", at " << at
           << format(": gradient %.10g, difference %.10g",
                     finding.worst.gradient, finding.worst.difference());
  }
  if (finding.numKinks)
    outs() << "; " << finding.numKinks << " at kinks left out";
  outs() << "\n";
  return finding.maxError <= tolerance;
}

Expected<bool> act::checkGradients(const Options &options,
                                   mlir::ModuleOp module,
                                   const DerivativeChain &chain,
                                   ArrayRef<Tensor> inputs) {
  const Signature &function = chain[chain.size() - 2];
  const Signature &derivative = chain.back();
  auto wide = widenToF64(module, {function.entry, derivative.entry});
  if (!wide)
    return usage("gradcheck", toString(wide.takeError()));
  auto primal = WideFunction::compile(options, **wide, function);
  if (!primal)
    return primal.takeError();
  auto gradients = WideFunction::compile(options, **wide, derivative);
  if (!gradients)
    return gradients.takeError();
  std::vector<Tensor> all;
  for (const Tensor &input : inputs) {
    Expected<Tensor> tensor = widen(input);
    if (!tensor)
      return tensor.takeError();
    all.push_back(std::move(*tensor));
  }
  size_t numInputs = function.inputs.size();
  MutableArrayRef<Tensor> wideInputs(all.data(), numInputs);
  ArrayRef<Tensor> cotangents = ArrayRef(all).drop_front(numInputs);
  auto found = gradients->call(all);
  if (!found)
    return found.takeError();

  // Gradients come after the results, if these are there.
  SmallVector<unsigned> selected = differentiatedInputs(options, chain.front());
  size_t first = derivative.outputs.size() - selected.size();
  bool isFine = true;
  int64_t numCompared = 0, numElements = 0;
  for (auto [number, index] : enumerate(selected)) {
    const Tensor &gradient = (*found)[first + number];
    Expected<Finding> finding =
        compareGradient(*primal, wideInputs, index, cotangents, gradient);
    if (!finding)
      return finding.takeError();
    isFine &= print(derivative.outputs[first + number].name, *finding,
                    gradient.shape());
    numCompared += finding->numCompared;
    numElements += gradient.numElements();
  }
  if (numElements != 0 && numCompared == 0) {
    outs().flush();
    errs() << "act-run: error: --gradcheck: no element could be compared; give "
              "inputs that are finite and not at kinks\n";
    return false;
  }
  if (!isFine) {
    outs().flush();
    errs() << "act-run: error: gradients are not what differences are\n";
  }
  return isFine;
}
