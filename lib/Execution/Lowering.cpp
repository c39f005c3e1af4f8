//===- Lowering.cpp - From a module to the LLVM dialect -------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file lowers a copy of an entry stage by stage, and notes what a caller
// must know.
//
//===----------------------------------------------------------------------===//

#include "Lowering.h"
#include "PackedCall.h"
#include "SharedMemory.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/Verifier.h"
#include "mlir/Pass/PassManager.h"
#include "llvm/Support/raw_ostream.h"

using namespace act;
using llvm::createStringError;
using llvm::Error;
using llvm::Expected;
using llvm::StringRef;
using namespace mlir;

std::string act::checkName(StringRef entry) {
  return (entry + "__act_check").str();
}

std::string act::shapesName(StringRef entry) {
  return (entry + "__act_shapes").str();
}

std::string act::badTargetName(StringRef entry) {
  return (entry + "__act_bad_target").str();
}

/// Removes what the entry does not need, and makes the entry the only public
/// function.
static void isolate(ModuleOp module, StringRef entry) {
  llvm::SetVector<Operation *> needed;
  needed.insert(module.lookupSymbol(entry));
  for (unsigned i = 0; i != needed.size(); ++i)
    if (auto uses = SymbolTable::getSymbolUses(needed[i]))
      for (SymbolTable::SymbolUse use : *uses)
        if (Operation *symbol = SymbolTable::lookupNearestSymbolFrom(
                use.getUser(), use.getSymbolRef()))
          needed.insert(symbol);
  for (Operation &op : llvm::make_early_inc_range(*module.getBody())) {
    auto symbol = dyn_cast<SymbolOpInterface>(op);
    if (symbol && !needed.contains(&op))
      op.erase();
    else if (symbol)
      symbol.setVisibility(symbol.getName() == entry
                               ? SymbolTable::Visibility::Public
                               : SymbolTable::Visibility::Private);
  }
}

/// Prints "file:line:col: " where that is known.
static void printLocation(llvm::raw_ostream &os, Location loc) {
  if (auto file = loc->findInstanceOf<FileLineColLoc>())
    os << file.getFilename().getValue() << ":" << file.getLine() << ":"
       << file.getColumn() << ": ";
}

/// "file:line:col: message" of each site.
static std::vector<std::string> readSites(func::FuncOp check) {
  std::vector<std::string> sites;
  auto table = check->getAttrOfType<ArrayAttr>("act.check_sites");
  if (!table)
    return sites;
  for (Attribute attribute : table) {
    std::string text;
    llvm::raw_string_ostream stream(text);
    auto site = dyn_cast<DictionaryAttr>(attribute);
    if (auto loc = site ? site.getAs<LocationAttr>("location") : nullptr)
      printLocation(stream, loc);
    if (auto message = site ? site.getAs<StringAttr>("message") : nullptr)
      stream << message.getValue();
    sites.push_back(text);
  }
  return sites;
}

static Error runStage(ModuleOp module, Stage stage, StringRef entry,
                      const CPUPipelineOptions &options) {
  PassManager manager(module.getContext());
  // The result of the stage is verified as a whole.
  manager.enableVerifier(false);
  addCPUStage(manager, stage, options);
  if (failed(manager.run(module)) || failed(verify(module)))
    return createStringError("'" + entry + "' could not be compiled (stage " +
                             stageName(stage) + ")");
  return Error::success();
}

/// Removes the wrappers for C that every public function got: this layer has
/// its own.
static void eraseCWrappers(ModuleOp module) {
  for (Operation &op : llvm::make_early_inc_range(*module.getBody()))
    if (auto symbol = dyn_cast<SymbolOpInterface>(op))
      if (symbol.getName().starts_with("_mlir_ciface_"))
        op.erase();
}

/// Notes what later stages need no more.
static Error noteAfter(Stage stage, LoweredEntry &entry) {
  const std::string &name = entry.signature.entry;
  switch (stage) {
  case Stage::Linalg:
    entry.hasShapes = entry.module->lookupSymbol(shapesName(name));
    entry.hasBadTarget = entry.module->lookupSymbol(badTargetName(name));
    if (auto check =
            entry.module->lookupSymbol<func::FuncOp>(checkName(name))) {
      entry.hasCheck = true;
      entry.sites = readSites(check);
    }
    return Error::success();
  case Stage::Bufferize:
    entry.mayShare =
        findSharedMemory(entry.module->lookupSymbol<func::FuncOp>(name),
                         entry.signature.inputs.size());
    return Error::success();
  case Stage::LLVM: {
    eraseCWrappers(*entry.module);
    std::vector<std::string> called = {name};
    if (entry.hasCheck)
      called.push_back(checkName(name));
    if (entry.hasShapes)
      called.push_back(shapesName(name));
    if (entry.hasBadTarget)
      called.push_back(badTargetName(name));
    for (const std::string &function : called)
      if (failed(addPackedCall(*entry.module, function)))
        return createStringError("'" + name + "' could not be wrapped");
    return Error::success();
  }
  default:
    return Error::success();
  }
}

Expected<LoweredEntry> act::lower(ModuleOp module,
                                  const CompileOptions &options, Stage last) {
  if (options.accuracy != "exact" && options.accuracy != "default")
    return createStringError("accuracy '" + options.accuracy +
                             "' is not known; it is exact or default");
  if (options.valueChecks != "error" && options.valueChecks != "nan")
    return createStringError("value checks '" + options.valueChecks +
                             "' are not known; they are error or nan");
  CPUPipelineOptions pipeline;
  if (Error error = setTargetOptions(pipeline, options))
    return std::move(error);
  Expected<Signature> signature = getSignature(module, options.entry);
  if (!signature)
    return signature.takeError();

  LoweredEntry entry;
  entry.signature = std::move(*signature);
  entry.module = module.clone();
  isolate(*entry.module, entry.signature.entry);
  for (Stage stage : getStages()) {
    if (Error error =
            runStage(*entry.module, stage, entry.signature.entry, pipeline))
      return std::move(error);
    if (Error error = noteAfter(stage, entry))
      return std::move(error);
    if (options.observer)
      options.observer(stage, *entry.module);
    if (stage == last)
      break;
  }
  return entry;
}

Expected<OwningOpRef<ModuleOp>>
act::lowerEntry(ModuleOp module, const CompileOptions &options, Stage last) {
  Expected<LoweredEntry> entry = lower(module, options, last);
  if (!entry)
    return entry.takeError();
  return std::move(entry->module);
}
