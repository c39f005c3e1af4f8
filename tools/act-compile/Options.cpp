//===- Options.cpp - The command line of act-compile ----------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file reads the command line of act-compile.
//
//===----------------------------------------------------------------------===//

#include "Options.h"

#include "../CompileFlags.h"

#include "Act/CommandLine.h"

#include "llvm/ADT/StringSwitch.h"
#include "llvm/Support/raw_ostream.h"

using namespace act;
using namespace llvm;

static const char overview[] =
    "compiles a function of a file, for the CPU or a GPU\n\n"
    "Examples:\n"
    "  act-compile gelu.mlir --emit=obj -o gelu.o\n"
    "  act-compile gelu.mlir --emit=header -o gelu.h\n"
    "  act-compile gelu.mlir --emit=cubin --chip=sm_90 -o gelu.cubin\n"
    "  act-compile gelu.mlir --emit=json --chip=sm_90 -o gelu.json\n"
    "  act-compile gelu.mlir --emit=asm --target-cpu=x86-64-v4 -o gelu.s\n\n"
    "The JSON says how the kernels of a cubin or of PTX are launched: their\n"
    "parameters, grids and memory. Compiling for a GPU needs none.\n";

namespace {
struct Flags : CompileFlags {
  Flags() : CompileFlags("act-compile options") {}

  ACT_OPTION(cl::opt<std::string>, output, "o",
             cl::desc("Where the result goes (default: -, the terminal)"),
             cl::value_desc("FILE"), cl::init("-"));
  ACT_OPTION(cl::opt<std::string>, emit, "emit",
             cl::desc("What is made: for the CPU an object file, the C header "
                      "for it, or to look at the program in the LLVM dialect, "
                      "LLVM IR, or assembly; for a GPU PTX, machine code, or "
                      "the description for a launcher"),
             cl::value_desc("obj|header|mlir|llvm|asm|ptx|cubin|json"));
};
} // namespace

static std::nullopt_t fail(const Twine &message) {
  errs() << "act-compile: error: " << message << "\n";
  return std::nullopt;
}

/// As messages list them.
static const char kinds[] = "obj, header, mlir, llvm, asm, ptx, cubin or json";

bool act::isForGPU(Emit emit) {
  return emit == Emit::PTX || emit == Emit::Cubin || emit == Emit::JSON;
}

/// Options of the other kind of processor would be without effect.
static std::string misplacedOption(const Flags &flags, Emit emit) {
  if (!isForGPU(emit)) {
    for (const cl::opt<std::string> *option : {&flags.chip, &flags.schedule})
      if (option->getNumOccurrences())
        return ("--" + option->ArgStr +
                ": is for GPUs, and --emit=" + flags.emit + " is for the CPU")
            .str();
    return "";
  }
  for (const cl::Option *option :
       {static_cast<const cl::Option *>(&flags.targetCPU),
        static_cast<const cl::Option *>(&flags.targetFeatures),
        static_cast<const cl::Option *>(&flags.allowLibm)})
    if (option->getNumOccurrences())
      return ("--" + option->ArgStr +
              ": is for the CPU, and --emit=" + flags.emit + " is for a GPU" +
              (option == &flags.allowLibm ? "" : "; write --chip=sm_NN"))
          .str();
  return "";
}

std::optional<Options> act::parseOptions(int argc, char **argv) {
  removeLLVMOptions();
  static Flags flags;
  if (std::optional<std::string> wrong =
          parseCommandLine(argc, argv, overview, flags.category))
    return fail(*wrong);

  if (!flags.emit.getNumOccurrences())
    return fail("--emit: say what to make: " + Twine(kinds));
  std::optional<Emit> emit = StringSwitch<std::optional<Emit>>(flags.emit)
                                 .Case("ptx", Emit::PTX)
                                 .Case("cubin", Emit::Cubin)
                                 .Case("json", Emit::JSON)
                                 .Case("obj", Emit::Object)
                                 .Case("header", Emit::Header)
                                 .Case("mlir", Emit::MLIR)
                                 .Case("llvm", Emit::LLVMIR)
                                 .Case("asm", Emit::Assembly)
                                 .Default(std::nullopt);
  if (!emit)
    return fail("--emit: expected " + Twine(kinds) + ", got '" + flags.emit +
                "'");
  if (std::string misplaced = misplacedOption(flags, *emit); !misplaced.empty())
    return fail(misplaced);
  bool isBinary = *emit == Emit::Cubin || *emit == Emit::Object;
  if (isBinary && flags.output == "-")
    return fail("-o: machine code is not written to the terminal; write "
                "-o FILE." +
                Twine(*emit == Emit::Cubin ? "cubin" : "o"));
  Options options;
  if (std::optional<CompileFlags::Problem> problem =
          flags.apply(options.compile))
    return fail("--" + problem->option + ": " + problem->message);
  options.file = flags.file;
  options.output = flags.output;
  options.emit = *emit;
  // Code to look at, or to be linked elsewhere, calls no library.
  options.compile.threads = 1;
  options.compile.matrixProducts = MatrixProducts::Loops;
  return options;
}
