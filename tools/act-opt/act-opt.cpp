//===- act-opt.cpp - Passes of Act on IR ----------------------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file is the optimiser driver: MLIR's, with Act's dialects and passes.
// Exit status 0, 1 (diagnosed) or 2 (usage).
//
//===----------------------------------------------------------------------===//

#include "ListOps.h"
#include "Transform.h"

#include "Act/InitAct.h"
#include "Act/Version.h"

#include "mlir/Debug/CLOptionsSetup.h"
#include "mlir/IR/AsmState.h"
#include "mlir/Pass/PassManager.h"
#include "mlir/Support/FileUtilities.h"
#include "mlir/Support/Timing.h"
#include "mlir/Support/ToolUtilities.h"
#include "mlir/Tools/mlir-opt/MlirOptMain.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/ToolOutputFile.h"

using namespace llvm;
using namespace mlir;

static constexpr StringLiteral overview = R"(Act's optimiser driver

Examples:
  act-opt gelu.mlir --act-to-linalg
      elementwise operations as grouped linalg.generic
  act-opt gelu.mlir --act-cpu-pipeline --mlir-print-ir-after-all
      every step to the LLVM dialect
  act-opt --act-list-ops
      the functions with formulas, parameters and error bounds
)";

enum class ListFormat { None, Text, JSON };

/// Options that LLVM's libraries bring along are not of this tool.
static void hideForeignOptions() {
  for (auto &entry : cl::getRegisteredOptions()) {
    cl::Option *option = entry.second;
    StringRef name = entry.first;
    if (!name.starts_with("help") && name != "version")
      option->setHiddenFlag(cl::ReallyHidden);
  }
}

/// Whether the passes asked for exist and take their options; else it was said
/// why they do not.
static bool isUsable(const MlirOptMainConfig &config,
                     DialectRegistry &registry) {
  MLIRContext context(registry, MLIRContext::Threading::DISABLED);
  PassManager manager(&context, "builtin.module",
                      PassManager::Nesting::Implicit);
  return succeeded(config.setupPassPipeline(manager));
}

static LogicalResult process(StringRef inputName, StringRef outputName,
                             DialectRegistry &registry,
                             const MlirOptMainConfig &config) {
  std::string message;
  std::unique_ptr<MemoryBuffer> input = openInputFile(inputName, &message);
  if (!input) {
    errs() << "error: " << message << "\n";
    return failure();
  }
  std::unique_ptr<ToolOutputFile> output = openOutputFile(outputName, &message);
  if (!output) {
    errs() << "error: " << message << "\n";
    return failure();
  }
  if (failed(MlirOptMain(output->os(), std::move(input), registry, config)))
    return failure();
  output->keep();
  return success();
}

int main(int argc, char **argv) {
  hideForeignOptions();
  DialectRegistry registry;
  act::registerDialects(registry);
  act::registerPasses();
  act::registerTransform(registry);

  static cl::OptionCategory category("Act options");
  cl::opt<std::string> inputName(cl::Positional, cl::desc("<input file>"),
                                 cl::init("-"), cl::cat(category));
  cl::opt<std::string> outputName("o", cl::desc("Output file"),
                                  cl::value_desc("file"), cl::init("-"),
                                  cl::cat(category));
  cl::opt<ListFormat> list(
      "act-list-ops", cl::ValueOptional, cl::init(ListFormat::None),
      cl::desc("List the functions with formulas, parameters and bounds"),
      cl::values(clEnumValN(ListFormat::Text, "", ""),
                 clEnumValN(ListFormat::JSON, "json", "as JSON")),
      cl::cat(category));
  MlirOptMainConfig::registerCLOptions(registry);
  registerAsmPrinterCLOptions();
  registerMLIRContextCLOptions();
  registerPassManagerCLOptions();
  registerDefaultTimingManagerCLOptions();
  cl::SetVersionPrinter(act::printVersion);
  if (!cl::ParseCommandLineOptions(argc, argv, overview, &errs()))
    return 2;

  if (list != ListFormat::None) {
    MLIRContext context(registry, MLIRContext::Threading::DISABLED);
    if (list == ListFormat::Text)
      act::listOps(context, outs());
    else
      act::listOpsAsJSON(context, outs());
    return 0;
  }

  MlirOptMainConfig config = MlirOptMainConfig::createFromCLOptions();
  if (!isUsable(config, registry))
    return 2;
  return failed(process(inputName, outputName, registry, config));
}
