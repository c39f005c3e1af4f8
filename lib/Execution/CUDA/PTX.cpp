//===- PTX.cpp - Kernels as text of the virtual machine -------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file translates kernels of the NVVM dialect to LLVM IR and that to PTX.
//
//===----------------------------------------------------------------------===//

#include "Act/Conversion/Chip.h"
#include "Act/Conversion/Passes.h"
#include "Act/Execution/CompileGPU.h"

#include "mlir/Dialect/GPU/IR/GPUDialect.h"
#include "mlir/Dialect/LLVMIR/NVVMDialect.h"
#include "mlir/IR/TypeUtilities.h"
#include "mlir/Target/LLVMIR/Export.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/IR/DiagnosticHandler.h"
#include "llvm/IR/DiagnosticInfo.h"
#include "llvm/IR/DiagnosticPrinter.h"
#include "llvm/IR/LegacyPassManager.h"
#include "llvm/IR/Module.h"
#include "llvm/IR/OptBisect.h"
#include "llvm/MC/TargetRegistry.h"
#include "llvm/Support/TargetSelect.h"
#include "llvm/Support/raw_ostream.h"
#include "llvm/Target/TargetMachine.h"

using namespace act;
using llvm::createStringError;
using llvm::Error;
using llvm::Expected;
using llvm::StringRef;

namespace {
/// Keeps errors of code generation, which would end the process.
struct KeepErrors : llvm::DiagnosticHandler {
  explicit KeepErrors(std::string &text) : text(text) {}
  bool handleDiagnostics(const llvm::DiagnosticInfo &info) override {
    if (info.getSeverity() != llvm::DS_Error)
      return false;
    llvm::raw_string_ostream stream(text);
    llvm::DiagnosticPrinterRawOStream printer(stream);
    info.print(printer);
    return true;
  }
  std::string &text;
};

/// Leaves MachineCSE out of kernels whose passes over 16-bit numbers widen them
/// anew: it would keep what the first one has widened, twice the registers, for
/// all others. The assembler, which knows how many there are, looks for common
/// expressions too.
struct LeaveOutCSE : llvm::OptPassGate {
  explicit LeaveOutCSE(mlir::gpu::GPUModuleOp module) {
    for (auto function : module.getOps<mlir::LLVM::LLVMFuncOp>())
      if (widensAgain(function))
        descriptions.insert(("function (" + function.getName() + ")").str());
  }
  bool isEnabled() const override { return !descriptions.empty(); }
  bool shouldRunPass(StringRef pass, StringRef description) const override {
    return pass != "machine-cse" || !descriptions.contains(description);
  }

private:
  static bool widensAgain(mlir::LLVM::LLVMFuncOp function) {
    auto schedule =
        function->getAttrOfType<mlir::DictionaryAttr>(scheduleAttrName);
    auto family = schedule ? schedule.getAs<mlir::StringAttr>("family")
                           : mlir::StringAttr();
    if (!family || family != "registers")
      return false;
    auto isNarrow = [](mlir::LLVM::LoadOp load) {
      return mlir::getElementTypeOrSelf(load.getType()).isInteger(16);
    };
    return function
        .walk([&](mlir::LLVM::LoadOp load) {
          return isNarrow(load) ? mlir::WalkResult::interrupt()
                                : mlir::WalkResult::advance();
        })
        .wasInterrupted();
  }

  /// Of functions, as passes have them.
  llvm::StringSet<> descriptions;
};
} // namespace

static Expected<std::unique_ptr<llvm::TargetMachine>>
createGPUTargetMachine(const GPUChip &chip) {
  static const bool initialized = [] {
    LLVMInitializeNVPTXTargetInfo();
    LLVMInitializeNVPTXTarget();
    LLVMInitializeNVPTXTargetMC();
    LLVMInitializeNVPTXAsmPrinter();
    return true;
  }();
  (void)initialized;
  llvm::Triple triple("nvptx64-nvidia-cuda");
  std::string message;
  const llvm::Target *target =
      llvm::TargetRegistry::lookupTarget(triple, message);
  if (!target)
    return createStringError(message);
  llvm::TargetOptions options;
  // Without contraction LLVM writes the rounding out (mul.rn), and ptxas then
  // does not contract either.
  options.AllowFPOpFusion = llvm::FPOpFusion::Strict;
  std::string features = "+ptx" + std::to_string(chip.ptxVersion);
  return std::unique_ptr<llvm::TargetMachine>(target->createTargetMachine(
      triple, chip.name, features, options, std::nullopt, std::nullopt,
      llvm::CodeGenOptLevel::Aggressive));
}

/// The chip that the module is compiled for.
static Expected<GPUChip> findChip(mlir::gpu::GPUModuleOp module) {
  StringRef name = chipOf(module);
  if (name.empty())
    return createStringError("'" + module.getName() +
                             "' names no NVIDIA GPU as its only target");
  return findGPUChip(name);
}

Expected<std::string> act::emitPTX(mlir::gpu::GPUModuleOp module) {
  Expected<GPUChip> chip = findChip(module);
  if (!chip)
    return chip.takeError();
  auto machine = createGPUTargetMachine(*chip);
  if (!machine)
    return machine.takeError();

  llvm::LLVMContext context;
  std::string errors;
  context.setDiagnosticHandler(std::make_unique<KeepErrors>(errors));
  std::unique_ptr<llvm::Module> code = mlir::translateModuleToLLVMIR(
      module, context, module.getName(), /*disableVerification=*/true);
  if (!code)
    return createStringError("'" + module.getName() +
                             "' could not be translated to LLVM IR");
  LeaveOutCSE gate(module);
  context.setOptPassGate(gate);
  code->setTargetTriple((*machine)->getTargetTriple());
  code->setDataLayout((*machine)->createDataLayout());

  llvm::SmallString<0> ptx;
  llvm::raw_svector_ostream stream(ptx);
  llvm::legacy::PassManager passes;
  if ((*machine)->addPassesToEmitFile(passes, stream, nullptr,
                                      llvm::CodeGenFileType::AssemblyFile))
    return createStringError("LLVM cannot emit PTX");
  passes.run(*code);
  if (!errors.empty())
    return createStringError("no PTX for '" + module.getName() +
                             "': " + errors);
  return ptx.str().str();
}
