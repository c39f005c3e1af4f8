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

using namespace act;
using namespace llvm;

/// An error of this much, relative to the larger of 1 and the gradient, is more
/// than differences are off.
static constexpr double tolerance = 1e-6;
/// Elements of each input that are moved.
static constexpr int64_t maxElements = 64;

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

/// What was found of one gradient.
struct Finding {
  double maxError = -1;
  int64_t worst = 0, numCompared = 0, numKinks = 0;
  double gradient = 0, difference = 0;
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

/// The sum of cotangent times (results - before) over all results.
static double change(ArrayRef<Tensor> results, ArrayRef<Tensor> before,
                     ArrayRef<Tensor> cotangents) {
  double sum = 0;
  const Tensor *cotangent = cotangents.begin();
  for (auto [after, old] : zip_equal(results, before)) {
    if (!isFloat(after.type()))
      continue;
    for (int64_t i = 0; i != after.numElements(); ++i)
      sum += readElement(cotangent->type(), cotangent->element(i)) *
             (readElement(after.type(), after.element(i)) -
              readElement(old.type(), old.element(i)));
    ++cotangent;
  }
  return sum;
}

/// Moves elements of input `index` of `function`.
static Expected<Finding> compareGradient(const WideFunction &function,
                                         MutableArrayRef<Tensor> inputs,
                                         unsigned index,
                                         ArrayRef<Tensor> cotangents,
                                         const Tensor &gradient) {
  Finding finding;
  Tensor &input = inputs[index];
  auto before = function.call(inputs);
  if (!before)
    return before.takeError();
  int64_t count = input.numElements();
  int64_t step = (count + maxElements - 1) / maxElements;
  for (int64_t i = 0; i < count; i += step) {
    double x = readElement(input.type(), input.element(i));
    double h = 1e-5 * std::max(1.0, std::fabs(x));
    writeElement(input.type(), input.element(i), x + h);
    auto above = function.call(inputs);
    writeElement(input.type(), input.element(i), x - h);
    auto below = function.call(inputs);
    writeElement(input.type(), input.element(i), x);
    if (!above || !below)
      return joinErrors(above.takeError(), below.takeError());
    double right = change(*above, *before, cotangents) / h;
    double left = -change(*below, *before, cotangents) / h;
    double difference = (right + left) / 2;
    double scale = std::max(1.0, std::fabs(difference));
    if (std::fabs(right - left) > 1e-3 * scale) {
      ++finding.numKinks;
      continue;
    }
    ++finding.numCompared;
    double found = readElement(gradient.type(), gradient.element(i));
    double error = std::fabs(found - difference) / scale;
    // A NaN is an error of its own.
    if (!(error <= finding.maxError)) {
      finding.maxError = std::isnan(error) ? INFINITY : error;
      finding.worst = i;
      finding.gradient = found;
      finding.difference = difference;
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
    std::string at = indexText(finding.worst, shape);
    outs() << ", at " << at
           << format(": gradient %.10g, difference %.10g", finding.gradient,
                     finding.difference);
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

  bool isFine = true;
  for (auto [info, gradient] : zip_equal(derivative.outputs, *found)) {
    // The gradient of input x is d_x; results come before the gradients.
    StringRef name = info.name;
    if (!name.consume_front("d_"))
      continue;
    for (auto [index, candidate] : enumerate(function.inputs)) {
      if (candidate.name != name)
        continue;
      Expected<Finding> finding =
          compareGradient(*primal, wideInputs, index, cotangents, gradient);
      if (!finding)
        return finding.takeError();
      isFine &= print(info.name, *finding, gradient.shape());
    }
  }
  if (!isFine) {
    outs().flush();
    errs() << "act-run: error: gradients are not what differences are\n";
  }
  return isFine;
}
