//===- Target.cpp - The machine that code is made for ---------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file finds out about the machine that code is made for.
//
//===----------------------------------------------------------------------===//

#include "Target.h"

#include "Act/Execution/Compile.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/MC/MCSubtargetInfo.h"
#include "llvm/MC/TargetRegistry.h"
#include "llvm/Support/TargetSelect.h"
#include "llvm/TargetParser/Host.h"

using namespace act;
using llvm::createStringError;
using llvm::Error;
using llvm::Expected;
using llvm::StringRef;

/// The native target, initialised once per process.
static Expected<const llvm::Target *> nativeTarget(const llvm::Triple &triple) {
  static const bool initialized = !llvm::InitializeNativeTarget() &&
                                  !llvm::InitializeNativeTargetAsmPrinter();
  if (!initialized || triple.getArch() != llvm::Triple::x86_64)
    return createStringError("this version compiles for x86-64 processors, "
                             "and this is " +
                             triple.getArchName());
  std::string message;
  const llvm::Target *target =
      llvm::TargetRegistry::lookupTarget(triple, message);
  if (!target)
    return createStringError(message);
  return target;
}

/// The features of this processor as "+avx2,-avx512f,...".
static const std::string &hostFeatures() {
  static const std::string text = [] {
    std::vector<std::string> list;
    for (const auto &feature : llvm::sys::getHostCPUFeatures())
      list.push_back((feature.second ? "+" : "-") + feature.first().str());
    llvm::sort(list);
    return llvm::join(list, ",");
  }();
  return text;
}

/// LLVM itself only warns of names that it does not know.
static Error checkNames(const llvm::MCSubtargetInfo &known, StringRef cpu,
                        StringRef features) {
  if (!cpu.empty() && !known.isCPUStringValid(cpu))
    return createStringError("unknown processor '" + cpu +
                             "'; known are x86-64-v2, x86-64-v3, x86-64-v4, "
                             "znver4 and the others that LLVM lists with "
                             "'llc -march=x86-64 -mcpu=help'");
  llvm::SmallVector<StringRef> names;
  features.split(names, ',', /*MaxSplit=*/-1, /*KeepEmpty=*/false);
  for (StringRef name : names) {
    bool hasSign = name.starts_with("+") || name.starts_with("-");
    if (!hasSign)
      return createStringError("feature '" + name + "' must be written +" +
                               name + " or -" + name);
    if (llvm::none_of(known.getAllProcessorFeatures(),
                      [&](const llvm::SubtargetFeatureKV &feature) {
                        return name.drop_front() == feature.Key;
                      }))
      return createStringError("unknown processor feature '" +
                               name.drop_front() + "'");
  }
  return Error::success();
}

Expected<std::unique_ptr<llvm::TargetMachine>>
act::createTargetMachine(StringRef cpu, StringRef features) {
  llvm::Triple triple(llvm::sys::getProcessTriple());
  Expected<const llvm::Target *> target = nativeTarget(triple);
  if (!target)
    return target.takeError();
  std::unique_ptr<llvm::MCSubtargetInfo> known(
      (*target)->createMCSubtargetInfo(triple, "", ""));
  if (Error error = checkNames(*known, cpu, features))
    return std::move(error);

  std::string allFeatures = features.str();
  if (cpu.empty()) {
    cpu = llvm::sys::getHostCPUName();
    allFeatures = hostFeatures() + (features.empty() ? "" : ",") + allFeatures;
  }
  llvm::TargetOptions options;
  options.AllowFPOpFusion = llvm::FPOpFusion::Strict;
  return std::unique_ptr<llvm::TargetMachine>((*target)->createTargetMachine(
      triple, cpu, allFeatures, options, llvm::Reloc::PIC_,
      llvm::CodeModel::Small, llvm::CodeGenOptLevel::Default));
}

bool act::hasFeature(const llvm::TargetMachine &machine, StringRef name) {
  return machine.getMCSubtargetInfo()->checkFeatures(("+" + name).str());
}

unsigned act::preferredVectorBits(const llvm::TargetMachine &machine) {
  if (hasFeature(machine, "avx512f") && !hasFeature(machine, "prefer-256-bit"))
    return 512;
  return hasFeature(machine, "avx") ? 256 : 128;
}

/// Zen 4 begins one product of 512 bits in a cycle. Two chains then keep it
/// busy, for it begins with the next two before they end; with four in turn so
/// many operations wait that it does not look as far. Where two products begin
/// in a cycle, two chains are too few.
static unsigned preferredSideBySide(const llvm::TargetMachine &machine) {
  return machine.getTargetCPU() == "znver4" &&
                 preferredVectorBits(machine) == 512
             ? 2
             : 0;
}

/// Features for operating systems and the like, many of which hypervisors hide:
/// LLVM uses their instructions where code asks for them alone, and kernels do
/// not.
static bool isOfSystems(StringRef feature) {
  static const llvm::StringSet<> names = {
      "cldemote", "clflushopt", "clwb",    "clzero",    "enqcmd",    "fsgsbase",
      "hreset",   "invpcid",    "kl",      "lwp",       "movdir64b", "movdiri",
      "mwaitx",   "pconfig",    "pku",     "ptwrite",   "rdpid",     "rdpru",
      "rdrnd",    "rdseed",     "rtm",     "serialize", "sgx",       "shstk",
      "tsxldtrk", "uintr",      "waitpkg", "wbnoinvd",  "widekl",    "xsave",
      "xsavec",   "xsaveopt",   "xsaves"};
  return names.contains(feature);
}

std::vector<std::string> act::missingHere(const llvm::TargetMachine &machine) {
  std::vector<std::string> missing;
  for (const auto &feature : llvm::sys::getHostCPUFeatures())
    if (!feature.second && !isOfSystems(feature.first()) &&
        hasFeature(machine, feature.first()))
      missing.push_back(feature.first().str());
  llvm::sort(missing);
  return missing;
}

Error act::setTargetOptions(CPUPipelineOptions &pipeline,
                            const CompileOptions &options) {
  Expected<std::unique_ptr<llvm::TargetMachine>> machine =
      createTargetMachine(options.targetCPU, options.targetFeatures);
  if (!machine)
    return machine.takeError();
  pipeline.accuracy = options.accuracy;
  pipeline.fuse = options.fuse;
  pipeline.vectorBits = preferredVectorBits(**machine);
  pipeline.interleave = options.interleave;
  pipeline.sideBySide = preferredSideBySide(**machine);
  pipeline.masks = hasFeature(**machine, "avx");
  pipeline.hasFMA = hasFeature(**machine, "fma");
  pipeline.hasF16C = hasFeature(**machine, "f16c");
  // Kernels of GPUs know no such operation, also where the CPU runs them.
  pipeline.hasWordShuffle =
      options.device == Device::CPU && hasFeature(**machine, "avx512bw");
  pipeline.strided = options.strided;
  pipeline.parallel = options.threads != 1;
  pipeline.blas = options.matrixProducts == MatrixProducts::BLAS;
  pipeline.valueChecks = options.valueChecks;
  pipeline.allowLibm = options.allowLibm && options.device == Device::CPU;
  return Error::success();
}
