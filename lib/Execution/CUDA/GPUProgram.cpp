//===- GPUProgram.cpp - The kernels of an entry, compiled -----------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file compiles the kernels of an entry to PTX.
//
//===----------------------------------------------------------------------===//

#include "KernelInfo.h"
#include "KernelOps.h"
#include "Kernels.h"

#include "Act/Conversion/Passes.h"
#include "Act/Execution/CompileGPU.h"
#include "Act/Execution/Signature.h"

#include "mlir/Dialect/LLVMIR/NVVMDialect.h"
#include "mlir/IR/Verifier.h"
#include "mlir/Pass/PassManager.h"

using namespace act;
using llvm::createStringError;
using llvm::Error;
using llvm::Expected;
using llvm::StringRef;
using namespace mlir;

Expected<gpu::GPUModuleOp> act::findKernels(ModuleOp module, StringRef entry) {
  auto modules = llvm::to_vector(module.getOps<gpu::GPUModuleOp>());
  if (modules.size() == 1)
    return modules.front();
  if (modules.empty())
    return createStringError("'" + entry + "' launches no kernels");
  return createStringError("'" + entry + "' launches kernels of " +
                           Twine(modules.size()) +
                           " modules; they have to be in one gpu.module");
}

Error act::setChip(gpu::GPUModuleOp kernels, StringRef chip) {
  MLIRContext *context = kernels.getContext();
  // Modules that name no target do not load it.
  context->loadDialect<NVVM::NVVMDialect>();
  Expected<GPUChip> known = findGPUChip(chip);
  if (!known)
    return known.takeError();
  auto target = NVVM::NVVMTargetAttr::get(context, /*optLevel=*/2,
                                          "nvptx64-nvidia-cuda", chip);
  kernels.setTargetsAttr(ArrayAttr::get(context, {target}));
  return Error::success();
}

/// Shared memory that is declared is limited on every GPU.
static LogicalResult checkDeclaredMemory(gpu::GPUModuleOp kernels) {
  constexpr uint64_t most = 48 * 1024;
  for (auto kernel : kernels.getOps<gpu::GPUFuncOp>()) {
    if (!kernel.isKernel())
      continue;
    Expected<KernelInfo> info = describeKernel(kernel);
    if (!info)
      return kernel.emitError(toString(info.takeError()));
    if (info->staticShared > most)
      return kernel.emitError("kernel '")
             << info->name << "' declares " << info->staticShared
             << " bytes of shared memory; more than " << most
             << " must be gpu.dynamic_shared_memory";
  }
  return success();
}

Expected<std::string> act::compileKernels(ModuleOp module, StringRef entry) {
  Expected<gpu::GPUModuleOp> before = findKernels(module, entry);
  if (!before)
    return before.takeError();
  if (failed(checkDeclaredMemory(*before)) || failed(checkKernelOps(*before)))
    return createStringError("'" + entry +
                             "' could not be compiled (stage nvvm)");
  PassManager manager(module.getContext());
  manager.enableVerifier(false);
  manager.addPass(createActToNVVM());
  if (failed(manager.run(module)) || failed(verify(module)))
    return createStringError("'" + entry +
                             "' could not be compiled (stage nvvm)");
  Expected<gpu::GPUModuleOp> kernels = findKernels(module, entry);
  if (!kernels)
    return kernels.takeError();
  return emitPTX(*kernels);
}

Expected<GPUProgram> GPUProgram::compile(ModuleOp module,
                                         const CompileOptions &options) {
  Expected<GPUChip> chip = findGPUChip(options.chip);
  if (!chip)
    return chip.takeError();
  CompileOptions here = options;
  here.device = Device::CUDA;
  Expected<Signature> signature = getSignature(module, options.entry);
  if (!signature)
    return signature.takeError();
  auto lowered = lowerEntry(module, here, Stage::Expand);
  if (!lowered)
    return lowered.takeError();

  GPUProgram program(*chip);
  program.entry = signature->entry;
  program.module = std::move(*lowered);
  Expected<gpu::GPUModuleOp> kernels =
      findKernels(*program.module, program.entry);
  if (!kernels)
    return kernels.takeError();
  if (Error error = setChip(*kernels, chip->name))
    return std::move(error);
  OwningOpRef<ModuleOp> converted = program.module->clone();
  Expected<std::string> ptx = compileKernels(*converted, program.entry);
  if (!ptx)
    return ptx.takeError();
  program.text = std::move(*ptx);
  return program;
}
