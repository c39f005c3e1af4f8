//===- Dump.cpp - The program on its way down -----------------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file compiles as the options ask for it. Dumps are named after their
// stage: linalg.mlir, ..., llvm.mlir, obj.o.
//
//===----------------------------------------------------------------------===//

#include "Dump.h"

#include "Act/Conversion/Passes.h"
#include "Act/Execution/CompileGPU.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"

using namespace act;
using namespace llvm;

namespace {
/// Writes files into the folder of --dump, if there is one, and keeps the first
/// error.
class Dumper {
public:
  explicit Dumper(StringRef folder) : folder(folder) {
    if (!folder.empty())
      note(folder, sys::fs::create_directories(folder));
  }

  void write(const Twine &name, function_ref<void(raw_ostream &)> print) {
    if (folder.empty() || !message.empty())
      return;
    SmallString<128> path(folder);
    sys::path::append(path, name);
    std::error_code code;
    raw_fd_ostream stream(path, code);
    if (!code) {
      print(stream);
      stream.flush();
      code = stream.error();
      stream.clear_error();
    }
    note(path, code);
  }

  Error takeError() {
    if (message.empty())
      return Error::success();
    return createStringError(message);
  }

private:
  void note(StringRef path, std::error_code code) {
    if (code && message.empty())
      message =
          ("--dump: cannot write '" + path + "': " + code.message()).str();
  }

  StringRef folder;
  std::string message;
};
} // namespace

static CompileOptions compileOptions(const Options &options, Dumper &dumper) {
  CompileOptions result = options.compile;
  if (!options.dump.empty())
    result.observer = [&dumper](Stage stage, mlir::ModuleOp module) {
      dumper.write(stageName(stage) + ".mlir",
                   [&](raw_ostream &os) { module.print(os); });
    };
  return result;
}

static void writeObject(Dumper &dumper, MemoryBufferRef object) {
  dumper.write("obj.o", [&](raw_ostream &os) { os << object.getBuffer(); });
}

Expected<std::unique_ptr<Kernel>> act::compileKernel(const Options &options,
                                                     mlir::ModuleOp module) {
  Dumper dumper(options.dump);
  Expected<std::unique_ptr<Kernel>> kernel =
      Kernel::compile(module, compileOptions(options, dumper));
  if (!kernel)
    return kernel;
  writeObject(dumper, (*kernel)->object());
  if (Error error = dumper.takeError())
    return std::move(error);
  return kernel;
}

/// The stages of kernels for a GPU after those of all devices: "nvvm", with the
/// kernels in the NVVM dialect, and "ptx".
static Error writeKernels(const Options &options, mlir::ModuleOp module,
                          const CompileOptions &compile, Dumper &dumper) {
  std::string text;
  raw_string_ostream stream(text);
  if (options.stopAfter == "ptx") {
    Expected<GPUProgram> program = GPUProgram::compile(module, compile);
    if (!program)
      return program.takeError();
    stream << program->ptx();
  } else {
    auto lowered = lowerEntry(module, compile, Stage::Expand);
    if (!lowered)
      return lowered.takeError();
    mlir::PassManager manager((*lowered)->getContext());
    manager.addPass(createActToNVVM());
    if (failed(manager.run(**lowered)))
      return createStringError("the kernels could not be compiled (stage "
                               "nvvm)");
    (*lowered)->print(stream);
  }
  if (options.dump.empty())
    outs() << text;
  dumper.write(options.stopAfter == "ptx" ? "ptx.ptx" : "nvvm.mlir",
               [&](raw_ostream &os) { os << text; });
  return Error::success();
}

Expected<int> act::stopAfter(const Options &options, mlir::ModuleOp module) {
  Dumper dumper(options.dump);
  CompileOptions compile = compileOptions(options, dumper);
  bool isOfKernels =
      options.compile.device == Device::CUDA &&
      (options.stopAfter == "nvvm" || options.stopAfter == "ptx");
  if (isOfKernels) {
    if (Error error = writeKernels(options, module, compile, dumper))
      return std::move(error);
  } else if (options.stopAfter == "obj") {
    auto object = compileObject(module, compile);
    if (!object)
      return object.takeError();
    writeObject(dumper, (*object)->getMemBufferRef());
  } else {
    std::vector<Stage> stages = getStages(options.compile.device);
    std::optional<Stage> stage = findStage(options.stopAfter, stages);
    if (!stage)
      return usage(
          "stop-after",
          "there is no stage '" + options.stopAfter +
              "'; there are: " + join(map_range(stages, stageName), ", ") +
              (options.compile.device == Device::CUDA ? ", nvvm, ptx, obj"
                                                      : ", obj"));
    auto lowered = lowerEntry(module, compile, *stage);
    if (!lowered)
      return lowered.takeError();
    if (options.dump.empty())
      (*lowered)->print(outs());
  }
  if (Error error = dumper.takeError())
    return std::move(error);
  return 0;
}
