//===- Object.cpp - From the LLVM dialect to an object file ---------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file translates modules of the LLVM dialect to LLVM IR and emits object
// files. No pass works on the LLVM IR: the code is final when it gets here.
//
//===----------------------------------------------------------------------===//

#include "Lowering.h"
#include "Target.h"

#include "mlir/Target/LLVMIR/Export.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/IR/LegacyPassManager.h"
#include "llvm/IR/Module.h"
#include "llvm/Object/ObjectFile.h"
#include "llvm/Support/SmallVectorMemoryBuffer.h"

using namespace act;
using llvm::createStringError;
using llvm::Error;
using llvm::Expected;
using namespace mlir;

/// Tells code generation what it cannot know from the module.
static void setAttributes(llvm::Module &module,
                          const llvm::TargetMachine &machine) {
  std::string bits = std::to_string(preferredVectorBits(machine));
  for (llvm::Function &function : module) {
    // Nothing unwinds through a kernel, so no tables for that are needed.
    function.setDoesNotThrow();
    if (function.isDeclaration())
      continue;
    // Vectors wider than the machine likes are split even if it has them.
    function.addFnAttr("prefer-vector-width", bits);
    function.addFnAttr("min-legal-vector-width", "0");
  }
}

using Buffer = std::unique_ptr<llvm::MemoryBuffer>;

/// Translates a module of the LLVM dialect to LLVM IR for `machine`.
static Expected<std::unique_ptr<llvm::Module>>
translate(ModuleOp module, llvm::LLVMContext &context,
          const llvm::TargetMachine &machine) {
  std::unique_ptr<llvm::Module> code = translateModuleToLLVMIR(
      module, context, "act", /*disableVerification=*/true);
  if (!code)
    return createStringError("the module could not be translated to LLVM IR");
  code->setTargetTriple(machine.getTargetTriple());
  code->setDataLayout(machine.createDataLayout());
  setAttributes(*code, machine);
  return code;
}

/// Runs code generation, or only prints LLVM IR where `type` is nothing.
static Expected<Buffer> emit(ModuleOp module, const CompileOptions &options,
                             std::optional<llvm::CodeGenFileType> type) {
  Expected<std::unique_ptr<llvm::TargetMachine>> machine =
      createTargetMachine(options.targetCPU, options.targetFeatures);
  if (!machine)
    return machine.takeError();
  llvm::LLVMContext context;
  auto code = translate(module, context, **machine);
  if (!code)
    return code.takeError();

  if (options.device == Device::SIMT) {
    // Its threads have stacks of their own, that must suffice.
    (*machine)->Options.EmitStackSizeSection = true;
    // Its kernels run once or twice, and take longer to compile than to run.
    (*machine)->setOptLevel(llvm::CodeGenOptLevel::None);
  }
  llvm::SmallVector<char, 0> bytes;
  llvm::raw_svector_ostream stream(bytes);
  if (!type) {
    (*code)->print(stream, nullptr);
  } else {
    llvm::legacy::PassManager passes;
    if ((*machine)->addPassesToEmitFile(passes, stream, nullptr, *type))
      return createStringError("LLVM cannot emit code for this target");
    passes.run(**code);
  }
  return std::make_unique<llvm::SmallVectorMemoryBuffer>(
      std::move(bytes), "act", /*RequiresNullTerminator=*/false);
}

Expected<Buffer> act::emitObject(ModuleOp module,
                                 const CompileOptions &options) {
  return emit(module, options, llvm::CodeGenFileType::ObjectFile);
}

Expected<Buffer> act::compileObject(ModuleOp module,
                                    const CompileOptions &options) {
  Expected<LoweredEntry> entry = lower(module, options, Stage::LLVM);
  if (!entry)
    return entry.takeError();
  return emitObject(*entry->module, options);
}

Expected<Buffer> act::compileText(ModuleOp module,
                                  const CompileOptions &options,
                                  CodeText kind) {
  Expected<LoweredEntry> entry = lower(module, options, Stage::LLVM);
  if (!entry)
    return entry.takeError();
  std::optional<llvm::CodeGenFileType> type;
  if (kind == CodeText::Assembly)
    type = llvm::CodeGenFileType::AssemblyFile;
  return emit(*entry->module, options, type);
}

Expected<std::vector<std::string>>
act::undefinedSymbols(llvm::MemoryBufferRef buffer) {
  auto object = llvm::object::ObjectFile::createObjectFile(buffer);
  if (!object)
    return object.takeError();
  std::vector<std::string> names;
  for (const llvm::object::SymbolRef &symbol : (*object)->symbols()) {
    Expected<uint32_t> flags = symbol.getFlags();
    if (!flags)
      return flags.takeError();
    if (!(*flags & llvm::object::SymbolRef::SF_Undefined))
      continue;
    Expected<llvm::StringRef> name = symbol.getName();
    if (!name)
      return name.takeError();
    if (!name->empty())
      names.push_back(name->str());
  }
  llvm::sort(names);
  return names;
}
