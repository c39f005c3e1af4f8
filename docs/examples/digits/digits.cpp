//===- digits.cpp - Train a classifier with compiled kernels --------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This program trains a small classifier of handwritten digits once for each
// activation and prints what each achieves. It shows how to embed Act: parse a
// module, differentiate a function, compile it once, call it many times. All
// arithmetic of training and evaluation is in compiled kernels; this file only
// moves rows.
//
//===----------------------------------------------------------------------===//

#include "DotChart.h"

#include "Act/Execution/Kernel.h"
#include "Act/Execution/Npy.h"
#include "Act/InitAct.h"
#include "Act/Rules/RuleInfo.h"

#include "mlir/IR/MLIRContext.h"
#include "mlir/Parser/Parser.h"
#include "mlir/Pass/PassManager.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/InitLLVM.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Process.h"
#include "llvm/Support/raw_ostream.h"

#include <chrono>
#include <cmath>
#include <random>

using namespace llvm;

static cl::OptionCategory category("digits options");
static cl::list<std::string> chosen(cl::Positional, cl::desc("ACTIVATION..."),
                                    cl::cat(category));
static cl::opt<unsigned> epochs("epochs", cl::desc("Passes over the data"),
                                cl::init(30), cl::cat(category));
static cl::opt<std::string> folder("data", cl::desc("Where the data are"),
                                   cl::value_desc("FOLDER"),
                                   cl::init(DIGITS_FOLDER), cl::cat(category));
static cl::opt<std::string> chart("chart", cl::desc("Where the chart goes"),
                                  cl::value_desc("FILE.svg"),
                                  cl::cat(category));
static cl::opt<double>
    required("require", cl::desc("Fail if an accuracy in percent is below"),
             cl::value_desc("PERCENT"), cl::init(0), cl::cat(category));

static constexpr int64_t pixels = 64, classes = 10, units = 32, batchSize = 64;
static constexpr float learningRate = 0.05f, momentum = 0.9f;
/// Every fifth image is for the test.
static constexpr int64_t testShare = 5;

namespace {

/// How the hidden layer is written.
struct Activation {
  std::string name;
  /// What stands in place of act.relu: %h becomes %a.
  std::string statements;
  /// Columns of the first weights for each hidden unit.
  int64_t parts = 1;
};

/// Images of f32 from 0 to 1 and their classes.
struct Data {
  std::vector<float> images;
  std::vector<int32_t> labels;
  int64_t size() const { return labels.size(); }
};

struct Result {
  double accuracy = 0, loss = 0, millisecondsPerEpoch = 0;
};

/// The weights of both layers, with what the optimiser remembers of each.
struct Parameter {
  std::vector<int64_t> shape;
  std::vector<float> value, velocity, gradient;
};

} // namespace

/// All activations of the dialect, and a gate.
static std::vector<Activation> allActivations() {
  std::vector<Activation> result;
  for (act::rules::RuleId rule : act::rules::allRules()) {
    const act::rules::RuleInfo &info = act::rules::ruleInfo(rule);
    if (info.isActivation)
      result.push_back(
          {info.name,
           ("%a = act." + Twine(info.name) + " %h : tensor<?x?xf32>").str()});
  }
  for (Activation &activation : result) {
    StringRef name = activation.name;
    if (name == "prelu")
      activation.statements = "%slope = arith.constant 0.25 : f32\n"
                              "  %a = act.prelu %h, %slope : "
                              "tensor<?x?xf32>, f32";
    else if (name.consume_front("gelu_"))
      activation.statements =
          ("%a = act.gelu %h approximate(" + name + ") : tensor<?x?xf32>")
              .str();
  }
  result.push_back({"swiglu", "%a = act.glu swiglu %h : tensor<?x?xf32>",
                    /*parts=*/2});
  return result;
}

static Error fail(const Twine &message) { return createStringError(message); }

static act::TensorView view(std::vector<float> &values,
                            ArrayRef<int64_t> shape) {
  return act::TensorView::contiguous(act::ElementType::F32, values.data(),
                                     shape);
}

//===----------------------------------------------------------------------===//
// Data
//===----------------------------------------------------------------------===//

/// Reads both arrays and deals the images to training and test.
static Error readData(Data &training, Data &test) {
  auto path = [&](StringRef name) {
    SmallString<128> result(folder);
    sys::path::append(result, name);
    return std::string(result);
  };
  Expected<act::Tensor> images =
      act::readNpy(path("images.npy"), act::ElementType::I8);
  if (!images)
    return images.takeError();
  Expected<act::Tensor> labels =
      act::readNpy(path("labels.npy"), act::ElementType::I32);
  if (!labels)
    return labels.takeError();
  int64_t count = labels->numElements();
  if (images->shape() != ArrayRef<int64_t>{count, pixels})
    return fail("images.npy must hold " + Twine(count) + "x" + Twine(pixels) +
                " numbers, one row for each of labels.npy");
  for (int64_t row = 0; row < count; ++row) {
    Data &data = row % testShare == 0 ? test : training;
    for (int64_t pixel = 0; pixel < pixels; ++pixel)
      data.images.push_back(
          act::readInteger(act::ElementType::I8,
                           images->element(row * pixels + pixel)) /
          16.0f);
    data.labels.push_back(
        act::readInteger(act::ElementType::I32, labels->element(row)));
  }
  return Error::success();
}

//===----------------------------------------------------------------------===//
// Kernels
//===----------------------------------------------------------------------===//

namespace {

/// What is compiled for one activation.
struct Kernels {
  std::unique_ptr<act::Kernel> loss, evaluate, update;
};

} // namespace

/// The program with another activation.
static Expected<std::string> makeProgram(const Activation &activation) {
  SmallString<128> path(folder);
  sys::path::append(path, "digits.mlir");
  ErrorOr<std::unique_ptr<MemoryBuffer>> file = MemoryBuffer::getFile(path);
  if (!file)
    return fail(path + ": " + file.getError().message());
  StringRef place = "%a = act.relu %h : tensor<?x?xf32>";
  auto [before, after] = (*file)->getBuffer().split(place);
  if (after.empty())
    return fail(path + ": there is no '" + place + "' to replace");
  return (before + activation.statements + after).str();
}

/// Compiles an entry of a module to a kernel on this processor.
static Expected<std::unique_ptr<act::Kernel>> compile(mlir::ModuleOp module,
                                                      StringRef entry) {
  act::CompileOptions options;
  options.entry = entry;
  // Batches are small: threads would wait more than they work.
  options.threads = 1;
  return act::Kernel::compile(module, options);
}

static Expected<Kernels> compileKernels(mlir::MLIRContext &context,
                                        const Activation &activation) {
  Expected<std::string> program = makeProgram(activation);
  if (!program)
    return program.takeError();
  mlir::OwningOpRef<mlir::ModuleOp> module =
      mlir::parseSourceString<mlir::ModuleOp>(*program, &context,
                                              "digits.mlir");
  if (!module)
    return fail("'" + activation.name + "' cannot stand in digits.mlir");

  // @loss_vjp(x, target, weights..., d_loss) -> (loss, gradients...)
  mlir::PassManager passes(&context);
  act::ActDifferentiateOptions options;
  options.entry = "loss";
  options.arguments = {"w1", "b1", "w2", "b2"};
  passes.addPass(act::createActDifferentiate(options));
  if (failed(passes.run(*module)))
    return fail("'" + activation.name + "' cannot be differentiated");

  Kernels kernels;
  for (auto [kernel, entry] : {std::pair(&kernels.loss, "loss_vjp"),
                               std::pair(&kernels.evaluate, "evaluate"),
                               std::pair(&kernels.update, "update")}) {
    Expected<std::unique_ptr<act::Kernel>> compiled = compile(*module, entry);
    if (!compiled)
      return compiled.takeError();
    *kernel = std::move(*compiled);
  }
  return kernels;
}

//===----------------------------------------------------------------------===//
// Training
//===----------------------------------------------------------------------===//

namespace {

class Trainer {
public:
  Trainer(const Kernels &kernels, const Activation &activation)
      : kernels(kernels) {
    int64_t first = units * activation.parts;
    addParameter({pixels, first}, pixels);
    addParameter({first}, 0);
    addParameter({units, classes}, units);
    addParameter({classes}, 0);
  }

  /// One pass over the data in a new order.
  Error runEpoch(const Data &data) {
    std::vector<int64_t> order(data.size());
    for (int64_t row = 0; row < data.size(); ++row) {
      int64_t other = random() % (row + 1);
      order[row] = order[other];
      order[other] = row;
    }
    for (int64_t row = 0; row < data.size(); row += batchSize)
      if (Error error =
              step(data, ArrayRef(order).slice(
                             row, std::min(batchSize, data.size() - row))))
        return error;
    return Error::success();
  }

  Error evaluate(const Data &data, Result &result) {
    Data copy = data;
    float loss = 0;
    int64_t counts[2] = {0, 0}; // rows, rows that are right
    SmallVector<act::TensorView> inputs = {
        view(copy.images, {data.size(), pixels}), labels(copy)};
    for (Parameter &parameter : parameters)
      inputs.push_back(view(parameter.value, parameter.shape));
    if (Error error = kernels.evaluate->invoke(
            inputs, {act::TensorView::contiguous(act::ElementType::F32, &loss,
                                                 /*shape=*/{}),
                     act::TensorView::contiguous(act::ElementType::I64, counts,
                                                 /*shape=*/{2})}))
      return error;
    result.loss = loss;
    result.accuracy = 100.0 * counts[1] / counts[0];
    return Error::success();
  }

private:
  /// Weights are uniform in +-sqrt(6 / inputs), biases zero.
  void addParameter(std::vector<int64_t> shape, int64_t inputs) {
    int64_t count = 1;
    for (int64_t size : shape)
      count *= size;
    Parameter parameter;
    parameter.shape = std::move(shape);
    parameter.value.resize(count);
    parameter.velocity.resize(count);
    parameter.gradient.resize(count);
    if (inputs)
      for (float &value : parameter.value)
        value = (random() / 2147483648.0 - 1) * std::sqrt(6.0 / inputs);
    parameters.push_back(std::move(parameter));
  }

  static act::TensorView labels(Data &data) {
    return act::TensorView::contiguous(act::ElementType::I32,
                                       data.labels.data(), {data.size()});
  }

  Error step(const Data &data, ArrayRef<int64_t> rows) {
    batch.images.clear();
    batch.labels.clear();
    for (int64_t row : rows) {
      auto image = data.images.begin() + row * pixels;
      batch.images.insert(batch.images.end(), image, image + pixels);
      batch.labels.push_back(data.labels[row]);
    }
    float loss = 0, one = 1;
    auto number = [](float &value) {
      return act::TensorView::contiguous(act::ElementType::F32, &value,
                                         /*shape=*/{});
    };
    SmallVector<act::TensorView> inputs = {
        view(batch.images, {batch.size(), pixels}), labels(batch)};
    SmallVector<act::TensorView> outputs = {number(loss)};
    for (Parameter &parameter : parameters) {
      inputs.push_back(view(parameter.value, parameter.shape));
      outputs.push_back(view(parameter.gradient, parameter.shape));
    }
    inputs.push_back(number(one));
    if (Error error = kernels.loss->invoke(inputs, outputs))
      return error;

    float rate = learningRate, mass = momentum;
    for (Parameter &parameter : parameters) {
      int64_t count = parameter.value.size();
      act::TensorView value = view(parameter.value, {count});
      act::TensorView velocity = view(parameter.velocity, {count});
      // In place: every element is read before it is written.
      if (Error error = kernels.update->invoke(
              {value, velocity, view(parameter.gradient, {count}), number(rate),
               number(mass)},
              {value, velocity}))
        return error;
    }
    return Error::success();
  }

  const Kernels &kernels;
  std::vector<Parameter> parameters;
  Data batch;
  // Its numbers are the same everywhere; those of distributions are not.
  std::mt19937 random;
};

} // namespace

static Expected<Result> train(mlir::MLIRContext &context,
                              const Activation &activation,
                              const Data &training, const Data &test) {
  Expected<Kernels> kernels = compileKernels(context, activation);
  if (!kernels)
    return kernels.takeError();
  Trainer trainer(*kernels, activation);
  Result result;
  bool isTerminal = sys::Process::StandardErrIsDisplayed();
  auto start = std::chrono::steady_clock::now();
  for (unsigned epoch = 0; epoch < epochs; ++epoch) {
    if (isTerminal)
      errs() << "\r" << activation.name << ": epoch " << epoch + 1 << " of "
             << epochs << "\033[K";
    if (Error error = trainer.runEpoch(training))
      return std::move(error);
  }
  if (isTerminal)
    errs() << "\r\033[K";
  std::chrono::duration<double, std::milli> time =
      std::chrono::steady_clock::now() - start;
  result.millisecondsPerEpoch = time.count() / epochs;
  if (Error error = trainer.evaluate(test, result))
    return std::move(error);
  return result;
}

/// The activations that the command line names, or all.
static Expected<std::vector<Activation>> chooseActivations() {
  std::vector<Activation> all = allActivations(), result;
  if (chosen.empty())
    return all;
  for (const std::string &name : chosen) {
    auto found =
        llvm::find_if(all, [&](const Activation &a) { return a.name == name; });
    if (found == all.end())
      return fail("'" + name + "' is not among the activations: " +
                  join(map_range(all, [](auto &a) { return a.name; }), ", "));
    result.push_back(*found);
  }
  return result;
}

static Error writeChart(ArrayRef<Dot> dots) {
  std::error_code code;
  raw_fd_ostream file(chart, code);
  if (!code) {
    file << renderDotChart("Test accuracy in percent", dots);
    file.close();
    code = file.error();
    file.clear_error();
  }
  return code ? fail(chart + ": " + code.message()) : Error::success();
}

static Error run() {
  Expected<std::vector<Activation>> selected = chooseActivations();
  if (!selected)
    return selected.takeError();
  Data training, test;
  if (Error error = readData(training, test))
    return error;
  mlir::DialectRegistry registry;
  act::registerDialects(registry);
  mlir::MLIRContext context(registry);

  outs() << training.size() << " images to learn from, " << test.size()
         << " to test with, " << epochs << " epochs\n\n"
         << formatv("{0,-14} {1,10} {2,8} {3,10}\n", "activation", "accuracy",
                    "loss", "ms/epoch");
  std::vector<Dot> dots;
  std::vector<std::string> low;
  for (const Activation &activation : *selected) {
    Expected<Result> result = train(context, activation, training, test);
    if (!result)
      return result.takeError();
    outs() << formatv("{0,-14} {1,8:F2} % {2,8:F4} {3,10:F2}\n",
                      activation.name, result->accuracy, result->loss,
                      result->millisecondsPerEpoch);
    outs().flush();
    dots.push_back({activation.name, result->accuracy});
    if (!(result->accuracy >= required))
      low.push_back(activation.name);
  }
  if (!chart.empty())
    if (Error error = writeChart(dots))
      return error;
  if (!low.empty())
    return fail("below " + formatv("{0:F1}", double(required)).str() +
                " percent: " + join(low, ", "));
  return Error::success();
}

int main(int argc, char **argv) {
  InitLLVM initialize(argc, argv);
  cl::HideUnrelatedOptions(category);
  cl::ParseCommandLineOptions(
      argc, argv,
      "trains a classifier of digits with every activation\n\n"
      "Examples:\n"
      "  act-digits\n"
      "  act-digits gelu swiglu --epochs=50\n"
      "  act-digits --chart=digits.svg\n");
  if (Error error = run()) {
    errs() << "act-digits: error: " << toString(std::move(error)) << "\n";
    return 1;
  }
  return 0;
}
