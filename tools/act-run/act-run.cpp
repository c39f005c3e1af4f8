//===- act-run.cpp - Compile a file and run one function ------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file puts act-run together: read the command line, parse the program,
// make the inputs, compile, call, write and compare the results.
//
//===----------------------------------------------------------------------===//

#include "Assignment.h"
#include "Bench.h"
#include "Check.h"
#include "Comparison.h"
#include "Dump.h"
#include "Grad.h"
#include "Gradcheck.h"
#include "InputValue.h"
#include "Options.h"
#include "Printing.h"

#include "Act/Execution/Kernel.h"
#include "Act/Execution/Npy.h"
#include "Act/Execution/WriteFile.h"
#include "Act/InitAct.h"

#include "mlir/IR/MLIRContext.h"
#include "mlir/Parser/Parser.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/InitLLVM.h"
#include "llvm/Support/SourceMgr.h"

#include <chrono>

using namespace act;
using namespace llvm;

using Clock = std::chrono::steady_clock;

static double millisecondsSince(Clock::time_point start) {
  return std::chrono::duration<double, std::milli>(Clock::now() - start)
      .count();
}

/// Puts what an error is about before it, and keeps its exit status.
static Error about(const Twine &subject, Error error) {
  return handleErrors(
      std::move(error),
      [&](const UsageError &inner) -> Error {
        return make_error<UsageError>(
            (subject + ": " + toString(make_error<UsageError>(inner))).str());
      },
      [&](const StringError &inner) -> Error {
        return createStringError(subject + ": " + inner.getMessage());
      });
}

/// Prints the signature as lines of "input x: tensor<?x8xf32>".
static void describe(const Signature &signature) {
  outs() << "entry " << signature.entry << "\n";
  for (const ArgumentInfo &info : signature.inputs)
    outs() << "input " << info.name << ": " << info.typeText() << "\n";
  for (const ArgumentInfo &info : signature.outputs)
    outs() << "output " << info.name << ": " << info.typeText() << "\n";
}

/// The inputs of the last function of `chain`. A cotangent that is not given is
/// ones, of the shape of its result; where gradients are checked it is random,
/// as ones hide what adds up to nothing, such as the gradient of a softmax.
static Expected<std::vector<Tensor>> makeInputs(const Options &options,
                                                mlir::ModuleOp module,
                                                const DerivativeChain &chain) {
  const std::vector<ArgumentInfo> &infos = chain.back().inputs;
  auto values = assignValues("input", options.inputs, infos);
  if (!values)
    return values.takeError();
  Expected<Dimensions> dimensions = Dimensions::parse(options.dims, infos);
  if (!dimensions)
    return dimensions.takeError();
  std::vector<Tensor> tensors;
  for (unsigned number = 0; number != chain.size(); ++number) {
    size_t begin = tensors.size(), end = chain[number].inputs.size();
    std::vector<std::vector<int64_t>> shapes;
    for (size_t index = begin; index != end; ++index) {
      const ArgumentInfo &info = infos[index];
      const std::optional<std::string> &value = (*values)[index];
      bool isCotangent = number > 0 && !value;
      if (isCotangent && shapes.empty()) {
        auto made = cotangentShapes(options, module, chain, number,
                                    ArrayRef(tensors).take_front(begin));
        if (!made)
          return made.takeError();
        shapes = std::move(*made);
      }
      Expected<Tensor> tensor =
          value ? makeInput(*value, info)
          : isCotangent && !options.gradCheck
              ? makeOnes(info, shapes[index - begin])
          : isCotangent
              ? makeDefault(info, shapes[index - begin], index + 1)
              : makeDefault(info, dimensions->shapeOf(index, info), index + 1);
      if (!tensor)
        return about((value ? "--input: '" : "input '") + info.name + "'",
                     tensor.takeError());
      if (value)
        if (Error error = dimensions->checkGiven(index, info, tensor->shape()))
          return std::move(error);
      tensors.push_back(std::move(*tensor));
    }
  }
  return tensors;
}

/// Reads what results must be. Results without expectation are left out.
static Expected<std::vector<std::optional<Tensor>>>
readExpected(const Options &options, const Signature &signature) {
  auto values = assignValues("expect", options.expects, signature.outputs);
  if (!values)
    return values.takeError();
  std::vector<std::optional<Tensor>> tensors(values->size());
  for (auto [index, value] : enumerate(*values)) {
    if (!value)
      continue;
    const ArgumentInfo &info = signature.outputs[index];
    if (!StringRef(*value).starts_with("@"))
      return usage("expect", "expected [NAME=]@FILE.npy, got '" + *value + "'");
    Expected<Tensor> tensor = readFile(*value, info, /*anyFloat=*/true);
    if (!tensor)
      return about("--expect: '" + info.name + "'", tensor.takeError());
    tensors[index] = std::move(*tensor);
  }
  return tensors;
}

/// Where results go: "-", "@FILE.npy" or nowhere.
static Expected<std::vector<std::optional<std::string>>>
readOutputs(const Options &options, const Signature &signature) {
  auto values = assignValues("output", options.outputs, signature.outputs);
  if (!values)
    return values.takeError();
  for (const std::optional<std::string> &value : *values)
    if (value && *value != "-" &&
        (!StringRef(*value).starts_with("@") || value->size() == 1))
      return usage("output",
                   "expected [NAME=]@FILE.npy or -, got '" + *value + "'");
  StringSet<> files;
  for (const std::optional<std::string> &value : *values) {
    if (!value || *value == "-" || files.insert(*value).second)
      continue;
    // What is no file, as /dev/null, takes any number of results.
    StringRef file = StringRef(*value).drop_front();
    if (!sys::fs::exists(file) || sys::fs::is_regular_file(file))
      return usage("output", "'" + file + "' is given to two results");
  }
  return values;
}

/// Prints a line about a result, after its shape. Returns whether it is as
/// expected.
static bool printComparison(const Tensor &got, const Tensor &expected,
                            const Options &options) {
  if (got.shape() != expected.shape()) {
    outs() << ", but " << shapedTypeText(expected.type(), expected.shape())
           << " is expected\n";
    return false;
  }
  Comparison result =
      compare(got, expected, {options.maxUlp, options.rtol, options.atol});
  if (result.numElements == 0) {
    outs() << ", as expected\n";
    return true;
  }
  outs() << format(", max error %.4g", result.ulp)
         << (isFloat(got.type()) ? " ulp" : "") << " at "
         << indexText(result.worst, got.shape()) << ": got "
         << numberText(got.type(), result.got) << ", expected "
         << numberText(expected.type(), result.expected) << "\n";
  if (result.numWrong == 0)
    return true;
  outs().flush();
  errs() << "act-run: error: " << result.numWrong << " of "
         << result.numElements << " elements are not as expected\n";
  return false;
}

/// Writes, prints and compares the results. Returns whether all are as
/// expected. Where a file cannot be written, none is.
static Expected<bool>
useResults(const Options &options, const Signature &signature,
           ArrayRef<Tensor> results,
           ArrayRef<std::optional<std::string>> destinations,
           ArrayRef<std::optional<Tensor>> expected) {
  bool isAsExpected = true;
  WholeFiles files;
  for (auto [index, info] : enumerate(signature.outputs)) {
    const Tensor &result = results[index];
    outs() << info.name << ": "
           << shapedTypeText(result.type(), result.shape());
    if (expected[index])
      isAsExpected &= printComparison(result, *expected[index], options);
    else
      outs() << "\n";
    outs().flush();
    if (!destinations[index])
      continue;
    if (*destinations[index] == "-")
      printTensor(outs(), result);
    else if (Error error = files.add(
                 StringRef(*destinations[index]).drop_front(),
                 [&](raw_ostream &os) { printNpy(os, result.view()); }))
      return about("--output: '" + info.name + "'", std::move(error));
  }
  if (Error error = files.keep())
    return about("--output", std::move(error));
  return isAsExpected;
}

static std::vector<TensorView> viewsOf(ArrayRef<Tensor> tensors) {
  std::vector<TensorView> views;
  for (const Tensor &tensor : tensors)
    views.push_back(tensor.view());
  return views;
}

/// Puts inputs where --in-place wants results: they are copied there, so that
/// what is used after the call still has them.
static Error placeResults(const Options &options, const Signature &signature,
                          ArrayRef<Tensor> inputs,
                          MutableArrayRef<Tensor> results,
                          MutableArrayRef<TensorView> inputViews) {
  auto find = [](ArrayRef<ArgumentInfo> infos, StringRef name) {
    return llvm::find_if(
               infos,
               [&](const ArgumentInfo &info) { return info.name == name; }) -
           infos.begin();
  };
  for (const std::string &pair : options.inPlace) {
    auto [resultName, inputName] = StringRef(pair).split('=');
    size_t result = find(signature.outputs, resultName),
           input = find(signature.inputs, inputName);
    if (result == signature.outputs.size() || input == signature.inputs.size())
      return usage("in-place", "expected RESULT=ARG, got '" + pair +
                                   "'; --describe prints the names");
    if (inputs[input].shape() != results[result].shape() ||
        inputs[input].type() != results[result].type())
      return usage("in-place", "'" + resultName + "' and '" + inputName +
                                   "' have different types");
    std::memcpy(results[result].data(), inputs[input].data(),
                results[result].numBytes());
    inputViews[input] = results[result].view();
  }
  return Error::success();
}

/// Compiles and runs the entry. Returns the exit status.
static Expected<int> run(const Options &options, mlir::ModuleOp module,
                         const DerivativeChain &chain, double parseTime) {
  const Signature &signature = chain.back();
  if (options.check)
    if (Error error = checkIsPossible(module, signature))
      return std::move(error);
  Expected<std::vector<Tensor>> inputs = makeInputs(options, module, chain);
  if (!inputs)
    return inputs.takeError();
  auto destinations = readOutputs(options, signature);
  if (!destinations)
    return destinations.takeError();
  auto expected = readExpected(options, signature);
  if (!expected)
    return expected.takeError();

  Clock::time_point start = Clock::now();
  Expected<std::unique_ptr<Kernel>> kernel = compileKernel(options, module);
  if (!kernel)
    return kernel.takeError();
  double compileTime = millisecondsSince(start);

  std::vector<TensorView> inputViews = viewsOf(*inputs);
  auto shapes = (*kernel)->outputShapes(inputViews);
  if (!shapes)
    return shapes.takeError();
  std::vector<Tensor> results;
  for (auto [info, shape] : zip_equal(signature.outputs, *shapes)) {
    Expected<Tensor> result = Tensor::zeros(info.type, shape);
    if (!result)
      return about("output '" + info.name + "'", result.takeError());
    results.push_back(std::move(*result));
  }
  std::vector<TensorView> outputViews = viewsOf(results);
  if (Error error =
          placeResults(options, signature, *inputs, results, inputViews))
    return std::move(error);
  start = Clock::now();
  if (Error error = (*kernel)->invoke(inputViews, outputViews))
    return std::move(error);
  double runTime = millisecondsSince(start);

  Expected<bool> isAsExpected =
      useResults(options, signature, results, *destinations, *expected);
  if (!isAsExpected)
    return isAsExpected.takeError();
  outs() << format("time: parse %.1f ms, compile %.1f ms, first run %.3f ms\n",
                   parseTime, compileTime, runTime);
  bool isFine = *isAsExpected;
  if (options.check) {
    Expected<bool> isExact =
        checkResults(module, signature, *inputs, results, options.checkMaxUlp);
    if (!isExact)
      return isExact.takeError();
    isFine &= *isExact;
  }
  if (options.gradCheck) {
    Expected<bool> isRight = checkGradients(options, module, chain, *inputs);
    if (!isRight)
      return isRight.takeError();
    isFine &= *isRight;
  }
  if (options.bench) {
    Error error =
        options.compile.device == Device::CUDA
            ? benchOnGPU(**kernel, options.compile.deviceIndex, inputViews,
                         outputViews, *options.bench)
            : bench(**kernel, inputViews, outputViews, *options.bench);
    if (error)
      return std::move(error);
  }
  return isFine ? 0 : 1;
}

static Expected<int> runTool(int argc, char **argv) {
  Expected<Options> options = parseOptions(argc, argv);
  if (!options)
    return options.takeError();

  Clock::time_point start = Clock::now();
  mlir::DialectRegistry registry;
  registerDialects(registry);
  mlir::MLIRContext context(registry, mlir::MLIRContext::Threading::DISABLED);
  // The place in the file says enough.
  context.printOpOnDiagnostic(false);
  SourceMgr sources;
  mlir::SourceMgrDiagnosticHandler handler(sources, &context);
  auto file = MemoryBuffer::getFileOrSTDIN(options->file);
  if (!file)
    return createStringError("cannot read '" + options->file +
                             "': " + file.getError().message());
  sources.AddNewSourceBuffer(std::move(*file), SMLoc());
  mlir::OwningOpRef<mlir::ModuleOp> module =
      mlir::parseSourceFile<mlir::ModuleOp>(sources, &context);
  if (!module)
    return 1; // diagnosed
  Expected<Signature> signature = getSignature(*module, options->compile.entry);
  if (!signature)
    return about("'" + options->file + "'", signature.takeError());
  auto chain = differentiateEntry(*options, *module, std::move(*signature));
  if (!chain)
    return chain.takeError();
  options->compile.entry = chain->back().entry;
  double parseTime = millisecondsSince(start);

  if (options->describe) {
    describe(chain->back());
    return 0;
  }
  if (!options->stopAfter.empty())
    return stopAfter(*options, *module);
  return run(*options, *module, *chain, parseTime);
}

int main(int argc, char **argv) {
  InitLLVM init(argc, argv);
  Expected<int> status = runTool(argc, argv);
  if (status)
    return *status;
  bool isUsage = status.errorIsA<UsageError>();
  std::string message = toString(status.takeError());
  outs().flush();
  // LLVM's option parser prints some errors itself.
  if (!message.empty())
    errs() << "act-run: error: " << message << "\n";
  return isUsage ? 2 : 1;
}
