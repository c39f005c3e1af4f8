//===- act-compile.cpp - Compile a function ahead of time -----------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file puts act-compile together: read the command line, parse the
// program, compile it, write what was asked for.
//
//===----------------------------------------------------------------------===//

#include "Options.h"

#include "Act/Execution/CompileGPU.h"
#include "Act/Execution/WriteFile.h"
#include "Act/InitAct.h"

#include "mlir/IR/MLIRContext.h"
#include "mlir/Parser/Parser.h"
#include "llvm/Support/InitLLVM.h"
#include "llvm/Support/SourceMgr.h"
#include "llvm/Support/raw_ostream.h"

using namespace act;
using namespace llvm;

/// Compiles for a GPU and writes the result to `os`.
static Error compileForGPU(const Options &options, mlir::ModuleOp module,
                           raw_ostream &os) {
  Expected<GPUProgram> program = GPUProgram::compile(module, options.compile);
  if (!program)
    return program.takeError();
  switch (options.emit) {
  case Emit::PTX:
    os << program->ptx();
    return Error::success();
  case Emit::JSON:
    return program->describe(os);
  default:
    Expected<Cubin> cubin = program->assemble();
    if (!cubin)
      return cubin.takeError();
    os.write(cubin->code.data(), cubin->code.size());
    return Error::success();
  }
}

static Error compileForCPU(const Options &options, mlir::ModuleOp module,
                           raw_ostream &os) {
  if (options.emit == Emit::MLIR) {
    auto lowered = lowerEntry(module, options.compile, Stage::LLVM);
    if (!lowered)
      return lowered.takeError();
    (*lowered)->print(os);
    return Error::success();
  }
  if (options.emit == Emit::Header) {
    Expected<std::string> header = compileHeader(module, options.compile);
    if (!header)
      return header.takeError();
    os << *header;
    return Error::success();
  }
  if (options.emit == Emit::Object) {
    auto object = compileObject(module, options.compile);
    if (!object)
      return object.takeError();
    os << (*object)->getBuffer();
    return Error::success();
  }
  auto text = compileText(module, options.compile,
                          options.emit == Emit::LLVMIR ? CodeText::LLVMIR
                                                       : CodeText::Assembly);
  if (!text)
    return text.takeError();
  os << (*text)->getBuffer();
  return Error::success();
}

/// Compiles, and then writes: a failure leaves the file as it was.
static Error compile(const Options &options, mlir::ModuleOp module) {
  std::string result;
  raw_string_ostream stream(result);
  auto make = isForGPU(options.emit) ? compileForGPU : compileForCPU;
  if (Error error = make(options, module, stream))
    return error;
  if (options.output == "-") {
    outs() << result;
    return Error::success();
  }
  return writeFile(options.output, [&](raw_ostream &os) { os << result; });
}

static Error runTool(const Options &options) {
  mlir::DialectRegistry registry;
  registerDialects(registry);
  mlir::MLIRContext context(registry, mlir::MLIRContext::Threading::DISABLED);
  // The place in the file says enough.
  context.printOpOnDiagnostic(false);
  SourceMgr sources;
  mlir::SourceMgrDiagnosticHandler handler(sources, &context);
  auto file = MemoryBuffer::getFileOrSTDIN(options.file);
  if (!file)
    return createStringError("cannot read '" + options.file +
                             "': " + file.getError().message());
  sources.AddNewSourceBuffer(std::move(*file), SMLoc());
  mlir::OwningOpRef<mlir::ModuleOp> module =
      mlir::parseSourceFile<mlir::ModuleOp>(sources, &context);
  if (!module)
    return createStringError("'" + options.file + "' could not be parsed");
  return compile(options, *module);
}

int main(int argc, char **argv) {
  InitLLVM init(argc, argv);
  std::optional<Options> options = parseOptions(argc, argv);
  if (!options)
    return 2;
  Error error = runTool(*options);
  if (!error)
    return 0;
  errs() << "act-compile: error: " << toString(std::move(error)) << "\n";
  return 1;
}
