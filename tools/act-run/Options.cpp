//===- Options.cpp - The command line of act-run --------------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file reads the command line of act-run.
//
//===----------------------------------------------------------------------===//

#include "Options.h"

#include "../CompileFlags.h"

#include "Act/CommandLine.h"
#include "Act/IR/Act.h"

#include "llvm/Support/CommandLine.h"
#include "llvm/Support/raw_ostream.h"

using namespace act;
using namespace llvm;

char UsageError::ID = 0;

static const char overview[] =
    "compiles a file and runs one function of it\n\n"
    "Examples:\n"
    "  act-run gelu.mlir --input=x=@x.npy --output=y=@y.npy\n"
    "  act-run gelu.mlir --input=8xf32=linspace:-4:4 --output=-\n"
    "  act-run mlp.mlir --entry=forward '--dim=*=4096' --bench\n\n"
    "Values of inputs:\n"
    "  @x.npy  @x.npz:key           a file; .npy may come from a pipe\n"
    "  4x8xf32=randn  =uniform:-5:5  =linspace:-5:5  =zeros  =ones\n"
    "  8xi64=randint:0:10           a generator; each takes :seed=N\n"
    "  2x2xf32=[[1,2],[3,4]]        the elements; also inf, -inf and nan\n"
    "  f32=1.5                      a number\n"
    "Inputs that are not given are made: random numbers, i1 true.\n";

namespace {
/// A text that may be left out with its equals sign, but not behind it.
struct OptionalText : cl::parser<std::string> {
  using parser::parser;

  bool parse(cl::Option &option, StringRef, StringRef text,
             std::string &value) {
    value = text.str();
    // Without an equals sign there is no text, not even an empty one.
    return text.empty() && text.data() &&
           option.error("has an empty value; write --" + option.ArgStr + "=" +
                        option.ValueStr + ", or --" + option.ArgStr);
  }
};

using OptionalTextOption =
    cl::opt<std::string, /*ExternalStorage=*/false, OptionalText>;

struct Flags : CompileFlags {
  Flags() : CompileFlags("act-run options") {}

  ACT_OPTION(cl::list<std::string>, inputs, "input",
             cl::desc("An argument's value; without a name, the next one's"),
             cl::value_desc("[NAME=]VALUE"));
  ACT_OPTION(cl::list<std::string>, outputs, "output",
             cl::desc("Where a result goes; - prints it. Where one file cannot "
                      "be written, none is"),
             cl::value_desc("[NAME=]@FILE.npy|-"));
  ACT_OPTION(cl::list<std::string>, expects, "expect",
             cl::desc("What a result must be; a mismatch gives exit status 1"),
             cl::value_desc("[NAME=]@FILE.npy"));
  ACT_OPTION(cl::opt<std::string>, maxUlp, "max-ulp",
             cl::desc("Units in the last place that a result may be off "
                      "(default: 0)"),
             cl::value_desc("N"));
  ACT_OPTION(cl::opt<std::string>, rtol, "rtol",
             cl::desc("Relative error that a result may have instead"),
             cl::value_desc("R"));
  ACT_OPTION(cl::opt<std::string>, atol, "atol",
             cl::desc("Absolute error that a result may have instead"),
             cl::value_desc("A"));
  ACT_OPTION(cl::list<std::string>, dims, "dim",
             cl::desc("Dimension K of an input that is not given, or of all "
                      "others (default: 64)"),
             cl::value_desc("ARG.K=N|*=N"));
  ACT_OPTION(cl::list<std::string>, inPlace, "in-place",
             cl::desc("A result that is written over an argument"),
             cl::value_desc("RESULT=ARG"));
  ACT_OPTION(cl::opt<std::string>, device, "device",
             cl::desc("Where to run; cuda is an NVIDIA GPU, and simt runs GPU "
                      "kernels on the CPU, thread by thread, and reports "
                      "their errors"),
             cl::value_desc("cpu|cuda[:N]|simt"), cl::init("cpu"));
  ACT_OPTION(cl::opt<std::string>, threads, "threads",
             cl::desc("Threads for large tensors (default: OMP_NUM_THREADS, "
                      "else all cores)"),
             cl::value_desc("N"));
  ACT_OPTION(cl::opt<std::string>, approximations, "approximations",
             cl::desc("What simt makes of a GPU's approximations, which show "
                      "in fast only: the nearest number, or an end of their "
                      "bounds, of functions and of reciprocals"),
             cl::value_desc("nearest|low|high|low-high|high-low"),
             cl::init("nearest"));
  ACT_OPTION(cl::opt<std::string>, simtLimit, "simt-limit",
             cl::desc("Steps of a thread, turns of loops and 64 for each wait "
                      "for other threads, after which simt reports that the "
                      "kernel does not end; 0: none (default: 67108864)"),
             cl::value_desc("N"));
  ACT_OPTION(OptionalTextOption, grad, "grad",
             cl::desc("Run the function's derivative: results, then gradients "
                      "of these inputs (default: all of floating point); "
                      "cotangents are further inputs, ones if not given"),
             cl::value_desc("ARG,..."), cl::ValueOptional);
  ACT_OPTION(cl::opt<std::string>, gradOrder, "grad-order",
             cl::desc("2: differentiate the gradients once more, and return "
                      "only what that gives"),
             cl::value_desc("1|2"), cl::init("1"));
  ACT_OPTION(cl::opt<std::string>, matrixProducts, "matrix-products",
             cl::desc("Who multiplies matrices: OpenBLAS, loops of the kernel, "
                      "or (default) OpenBLAS where it is found"),
             cl::value_desc("auto|blas|loops"), cl::init("auto"));
  ACT_OPTION(cl::opt<bool>, gradCheck, "gradcheck",
             cl::desc("Compare gradients with central differences, in f64, at "
                      "up to 64 elements of each; cotangents that are not "
                      "given are random"));
  ACT_OPTION(cl::opt<bool>, check, "check",
             cl::desc("Compare with the exact values of the program; "
                      "--max-ulp bounds the error"));
  ACT_OPTION(OptionalTextOption, bench, "bench",
             cl::desc("Measure the time, with N repetitions"),
             cl::value_desc("N"), cl::ValueOptional);
  ACT_OPTION(cl::opt<bool>, describe, "describe",
             cl::desc("Print the signature; nothing is compiled"));
  ACT_OPTION(cl::opt<std::string>, stopAfter, "stop-after",
             cl::desc("Print the program as it is then, and stop"),
             cl::value_desc("fuse|linalg|bufferize|loops|gpu|expand|llvm|nvvm|"
                            "ptx|obj"));
  ACT_OPTION(cl::opt<std::string>, dump, "dump",
             cl::desc("Write the program after each stage, and the object "
                      "file"),
             cl::value_desc("DIR"));
};
} // namespace

Error act::usage(StringRef option, const Twine &message) {
  return make_error<UsageError>(("--" + option + ": " + message).str());
}

/// Checks the options that have few values.
static Error checkChoices(const Flags &flags) {
  if (std::optional<CompileFlags::Problem> empty =
          CompileFlags::checkNotEmpty({&flags.stopAfter, &flags.dump}))
    return usage(empty->option, empty->message);
  if (flags.gradOrder != "1" && flags.gradOrder != "2")
    return usage("grad-order",
                 "expected 1 or 2, got '" + flags.gradOrder + "'");
  if (flags.gradOrder.getNumOccurrences() && !flags.grad.getNumOccurrences())
    return usage("grad-order", "needs --grad");
  bool hasChip = flags.chip.getNumOccurrences();
  if (flags.device == "cpu" && hasChip)
    return usage("chip", "needs --device=simt or --device=cuda");
  if (flags.device == "cpu" && flags.schedule.getNumOccurrences())
    return usage("schedule", "needs --device=simt or --device=cuda");
  if (StringRef(flags.device).starts_with("cuda") && hasChip &&
      flags.stopAfter.empty())
    return usage("chip", "kernels that run on a GPU are made for that one; "
                         "--stop-after=ptx and act-compile make them for "
                         "another");
  if (flags.stopAfter == "obj" && flags.dump.empty())
    return usage("stop-after", "obj needs --dump=DIR for the object file");
  return Error::success();
}

static Error parseDevice(const Flags &flags, Options &options) {
  auto [name, number] = StringRef(flags.device).split(':');
  std::optional<Device> device = StringSwitch<std::optional<Device>>(name)
                                     .Case("cpu", Device::CPU)
                                     .Case("simt", Device::SIMT)
                                     .Case("cuda", Device::CUDA)
                                     .Default(std::nullopt);
  bool hasNumber = StringRef(flags.device).contains(':');
  if (!device ||
      (hasNumber && (device != Device::CUDA ||
                     number.getAsInteger(10, options.compile.deviceIndex))))
    return usage("device", "expected cpu, simt, cuda or cuda:N, got '" +
                               flags.device + "'");
  options.compile.device = *device;
  return Error::success();
}

/// Kernels call no library.
static Error checkLibraries(const Flags &flags, Device device) {
  if (device == Device::CPU)
    return Error::success();
  if (flags.allowLibm.getNumOccurrences())
    return usage("allow-libm", "needs --device=cpu");
  if (flags.matrixProducts.getNumOccurrences())
    return usage("matrix-products", "needs --device=cpu");
  return Error::success();
}

static Error parseApproximations(const Flags &flags, Options &options) {
  std::optional<Approximations> model =
      findApproximations(flags.approximations.getValue());
  if (!model) {
    std::string known;
    for (const NamedApproximations &named : allApproximations())
      known += (known.empty() ? "" : ", ") + std::string(named.name);
    return usage("approximations", "expected one of " + known + ", got '" +
                                       flags.approximations + "'");
  }
  if (flags.approximations.getNumOccurrences() &&
      options.compile.device != Device::SIMT)
    return usage("approximations", "needs --device=simt");
  options.compile.approximations = *model;
  return Error::success();
}

static Error parseLimit(const Flags &flags, Options &options) {
  if (!flags.simtLimit.getNumOccurrences())
    return Error::success();
  if (StringRef(flags.simtLimit).getAsInteger(10, options.compile.stepLimit))
    return usage("simt-limit",
                 "expected a number of steps, got '" + flags.simtLimit + "'");
  if (options.compile.device != Device::SIMT)
    return usage("simt-limit", "needs --device=simt");
  return Error::success();
}

static Error parseMatrixProducts(const Flags &flags, Options &options) {
  std::optional<MatrixProducts> products =
      StringSwitch<std::optional<MatrixProducts>>(flags.matrixProducts)
          .Case("auto", MatrixProducts::Auto)
          .Case("blas", MatrixProducts::BLAS)
          .Case("loops", MatrixProducts::Loops)
          .Default(std::nullopt);
  if (!products)
    return usage("matrix-products", "expected auto, blas or loops, got '" +
                                        flags.matrixProducts + "'");
  options.compile.matrixProducts = *products;
  return Error::success();
}

static Error parseTolerance(const cl::opt<std::string> &flag, double &value) {
  if (StringRef(flag).getAsDouble(value) || !(value >= 0))
    return usage(flag.ArgStr,
                 "expected a number that is not negative, got '" + flag + "'");
  return Error::success();
}

static Error parseTolerances(const Flags &flags, Options &options) {
  double maxUlp = 0;
  struct {
    const cl::opt<std::string> &flag;
    double &value;
  } given[] = {{flags.maxUlp, maxUlp},
               {flags.rtol, options.rtol},
               {flags.atol, options.atol}};
  for (auto &[flag, value] : given) {
    if (!flag.getNumOccurrences())
      continue;
    bool canCheck = options.check && &flag == &flags.maxUlp;
    if (options.expects.empty() && !canCheck)
      return usage(flag.ArgStr,
                   "needs --expect=[NAME=]@FILE.npy to compare with");
    if (Error error = parseTolerance(flag, value))
      return error;
  }
  bool isNear =
      flags.rtol.getNumOccurrences() || flags.atol.getNumOccurrences();
  if (isNear && flags.maxUlp.getNumOccurrences())
    return usage("max-ulp", "cannot be combined with --rtol and --atol");
  if (!isNear)
    options.maxUlp = maxUlp;
  if (options.check && flags.maxUlp.getNumOccurrences())
    options.checkMaxUlp = maxUlp;
  return Error::success();
}

/// Parses a number above 0.
static Error parseCount(StringRef option, StringRef text, StringRef what,
                        unsigned &value) {
  if (text.getAsInteger(10, value) || !value)
    return usage(option,
                 "expected a number of " + what + ", got '" + text + "'");
  return Error::success();
}

Expected<Options> act::parseOptions(int argc, char **argv) {
  removeLLVMOptions();
  static Flags flags;
  if (std::optional<std::string> wrong =
          parseCommandLine(argc, argv, overview, flags.category))
    return make_error<UsageError>(*wrong);

  Options options;
  options.file = flags.file;
  options.inputs = flags.inputs;
  options.outputs = flags.outputs;
  options.expects = flags.expects;
  options.dims = flags.dims;
  options.inPlace = flags.inPlace;
  options.stopAfter = flags.stopAfter;
  options.dump = flags.dump;
  options.check = flags.check;
  options.describe = flags.describe;
  if (std::optional<CompileFlags::Problem> problem =
          flags.apply(options.compile))
    return usage(problem->option, problem->message);
  if (Error error = checkChoices(flags))
    return std::move(error);
  options.gradCheck = flags.gradCheck;
  if (flags.grad.getNumOccurrences() || flags.gradCheck) {
    SmallVector<StringRef> names;
    StringRef(flags.grad).split(names, ',', -1, /*KeepEmpty=*/false);
    if (names.empty() && !flags.grad.empty())
      return usage("grad", "expected ARG,..., got '" + flags.grad + "'");
    options.grad.emplace(names.begin(), names.end());
    options.gradOrder = flags.gradOrder == "2" ? 2 : 1;
  }
  if (Error error = parseDevice(flags, options))
    return std::move(error);
  if (Error error = checkLibraries(flags, options.compile.device))
    return std::move(error);
  if (Error error = parseApproximations(flags, options))
    return std::move(error);
  if (Error error = parseLimit(flags, options))
    return std::move(error);
  if (Error error = parseMatrixProducts(flags, options))
    return std::move(error);
  if (Error error = parseTolerances(flags, options))
    return std::move(error);
  if (flags.threads.getNumOccurrences())
    if (Error error = parseCount("threads", flags.threads, "threads",
                                 options.compile.threads))
      return std::move(error);
  if (flags.bench.getNumOccurrences()) {
    options.bench = 0;
    if (!flags.bench.empty())
      if (Error error =
              parseCount("bench", flags.bench, "repetitions", *options.bench))
        return std::move(error);
  }
  return options;
}
