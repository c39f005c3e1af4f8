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
#include "LocationText.h"
#include "PackedCall.h"

#include "Act/Conversion/SharedMemory.h"

#include "Act/IR/Act.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
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

/// The operation of the body of `module` that is or holds `op`.
static Operation *outermost(Operation *op, ModuleOp module) {
  while (op->getParentOp() != module)
    op = op->getParentOp();
  return op;
}

/// Removes what the entry does not need, and makes the entry, and its checks
/// where they are there already, the only public functions.
static void isolate(ModuleOp module, StringRef entry) {
  llvm::SetVector<Operation *> needed;
  needed.insert(module.lookupSymbol(entry));
  if (hasKernels(module))
    for (const std::string &name :
         {checkName(entry), shapesName(entry), badTargetName(entry)})
      if (auto query = module.lookupSymbol<func::FuncOp>(name))
        needed.insert(query);
  const unsigned numPublic = needed.size();
  for (unsigned i = 0; i != needed.size(); ++i)
    if (auto uses = SymbolTable::getSymbolUses(needed[i]))
      for (SymbolTable::SymbolUse use : *uses)
        if (Operation *symbol = SymbolTable::lookupNearestSymbolFrom(
                use.getUser(), use.getSymbolRef()))
          needed.insert(outermost(symbol, module));
  for (Operation &op : llvm::make_early_inc_range(*module.getBody())) {
    auto symbol = dyn_cast<SymbolOpInterface>(op);
    if (symbol && !needed.contains(&op))
      op.erase();
    else if (symbol && !op.hasTrait<OpTrait::SymbolTable>())
      symbol.setVisibility(
          llvm::is_contained(needed.getArrayRef().take_front(numPublic), &op)
              ? SymbolTable::Visibility::Public
              : SymbolTable::Visibility::Private);
  }
}

/// Whether the passes to the LLVM dialect may declare a library function of
/// this name.
static bool isLibraryName(StringRef name) {
  static constexpr StringRef functions[] = {"aligned_alloc", "free", "malloc"};
  static constexpr StringRef prefixes[] = {"cblas_", "omp_", "GOMP_",
                                           "__kmpc_"};
  return llvm::is_contained(functions, name) ||
         llvm::any_of(prefixes, [&](StringRef prefix) {
           return name.starts_with(prefix);
         });
}

static Error checkNames(ModuleOp module) {
  for (auto function : module.getOps<func::FuncOp>())
    if (!function.isExternal() && isLibraryName(function.getName())) {
      function.emitError() << "'" << function.getName()
                           << "' is, or may be, the name of a library function "
                              "that compiled code calls; choose another";
      return createStringError("'" + function.getName() +
                               "' cannot be compiled under this name");
    }
  return Error::success();
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
      stream << locationText(loc);
    if (auto message = site ? site.getAs<StringAttr>("message") : nullptr)
      stream << message.getValue();
    sites.push_back(text);
  }
  return sites;
}

std::vector<Stage> act::getStages(Device device) {
  if (device == Device::CPU)
    return getStages();
  std::vector<Stage> stages = getGPUStages();
  stages.push_back(Stage::LLVM);
  return stages;
}

namespace {
/// The options of both pipelines: that of the device ends with kernels, and the
/// host code that launches them goes on as code for the CPU. So do kernels that
/// run there.
struct PipelineOptions {
  CPUPipelineOptions cpu;
  GPUPipelineOptions gpu;
  Device device;

  bool isForCPU(Stage stage) const {
    return device == Device::CPU || stage == Stage::LLVM ||
           (stage == Stage::Expand && device == Device::SIMT);
  }
};
} // namespace

static Error setPipelineOptions(PipelineOptions &pipeline,
                                const CompileOptions &options) {
  pipeline.device = options.device;
  pipeline.gpu.chip = options.chip;
  pipeline.gpu.accuracy = options.accuracy;
  pipeline.gpu.schedule = options.schedule;
  pipeline.gpu.fuse = options.fuse;
  pipeline.gpu.strided = options.strided;
  pipeline.gpu.valueChecks = options.valueChecks;
  return setTargetOptions(pipeline.cpu, options);
}

static Error runStage(ModuleOp module, Stage stage, StringRef entry,
                      const PipelineOptions &options) {
  PassManager manager(module.getContext());
  // The result of the stage is verified as a whole.
  manager.enableVerifier(false);
  // What the GPU has instructions for the host may not have.
  if (stage == Stage::LLVM && options.device == Device::CUDA)
    addCPUStage(manager, Stage::Expand, options.cpu);
  if (options.isForCPU(stage))
    addCPUStage(manager, stage, options.cpu);
  else
    addGPUStage(manager, stage, options.gpu);
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

/// Notes which arguments `function` uses for more than their sizes.
static void noteReads(func::FuncOp function, std::set<unsigned> &reads) {
  for (BlockArgument argument : function.getArguments())
    if (!llvm::all_of(argument.getUsers(), [](Operation *user) {
          return isa<tensor::DimOp, memref::DimOp>(user);
        }))
      reads.insert(argument.getArgNumber());
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
      noteReads(check, entry.readByConditions);
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

/// The stages that the module of `entry` has to go through. What the skipped
/// ones would have noted is noted.
static Expected<std::vector<Stage>> stagesOf(LoweredEntry &entry,
                                             Device device) {
  std::vector<Stage> stages = getStages(device);
  if (!hasKernels(*entry.module))
    return stages;
  if (device == Device::CPU)
    return createStringError("'" + entry.signature.entry +
                             "' launches GPU kernels, which the device 'cpu' "
                             "cannot run; 'simt' can");
  if (Error error = noteAfter(Stage::Linalg, entry))
    return std::move(error);
  stages.erase(stages.begin(), llvm::find(stages, Stage::Expand));
  return stages;
}

Expected<LoweredEntry> act::lower(ModuleOp module,
                                  const CompileOptions &options, Stage last) {
  if (!isAccuracy(options.accuracy))
    return createStringError("accuracy '" + options.accuracy +
                             "' is not known; it is exact, default or fast");
  if (std::string problem = findScheduleProblem(options.schedule);
      !problem.empty())
    return createStringError("schedule: " + problem);
  if (options.valueChecks != "error" && options.valueChecks != "nan")
    return createStringError("value checks '" + options.valueChecks +
                             "' are not known; they are error or nan");
  // The OpenMP runtime ends the process where the system has no more.
  constexpr unsigned mostThreads = 1024;
  if (options.threads > mostThreads)
    return createStringError(std::to_string(options.threads) +
                             " threads are too many; use up to " +
                             std::to_string(mostThreads));
  PipelineOptions pipeline;
  if (Error error = setPipelineOptions(pipeline, options))
    return std::move(error);
  Expected<Signature> signature = getSignature(module, options.entry);
  if (!signature)
    return signature.takeError();

  Expected<std::unique_ptr<DeviceCode>> device = makeDeviceCode(options);
  if (!device)
    return device.takeError();

  LoweredEntry entry;
  entry.signature = std::move(*signature);
  entry.device = std::move(*device);
  entry.module = module.clone();
  isolate(*entry.module, entry.signature.entry);
  if (Error error = checkNames(*entry.module))
    return std::move(error);
  Expected<std::vector<Stage>> stages = stagesOf(entry, options.device);
  if (!stages)
    return stages.takeError();
  for (Stage stage : *stages) {
    if (entry.device && stage == Stage::LLVM)
      if (Error error = entry.device->takeKernels(*entry.module))
        return std::move(error);
    if (Error error =
            runStage(*entry.module, stage, entry.signature.entry, pipeline))
      return std::move(error);
    if (entry.device && stage == Stage::LLVM)
      if (Error error = entry.device->finish(*entry.module))
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
