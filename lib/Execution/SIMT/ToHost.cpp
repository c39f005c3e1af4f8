//===- ToHost.cpp - GPU kernels as host functions -------------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file converts a module with kernels to host code.
//
//===----------------------------------------------------------------------===//

#include "ToHost.h"
#include "ConvertKernel.h"
#include "KernelOps.h"
#include "LaunchCalls.h"
#include "LocationText.h"

#include "Act/Conversion/Chip.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/LLVMIR/NVVMDialect.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"

using namespace mlir;
using namespace act::simt;

unsigned Program::siteOf(Location location) {
  if (sites.size() + 1 == 1u << siteBits)
    location = UnknownLoc::get(location.getContext());
  auto [entry, isNew] = numbers.try_emplace(location, sites.size());
  if (isNew)
    sites.push_back(act::locationText(location));
  return entry->second;
}

static std::optional<std::vector<int64_t>>
sizesOf(std::optional<ArrayRef<int32_t>> sizes) {
  if (!sizes)
    return std::nullopt;
  return std::vector<int64_t>(sizes->begin(), sizes->end());
}

static KernelInfo describe(gpu::GPUFuncOp kernel, StringRef chip) {
  auto kernels = kernel->getParentOfType<gpu::GPUModuleOp>();
  KernelInfo info;
  info.name = kernel.getName().str();
  info.symbol =
      ("act_simt_kernel." + kernels.getName() + "." + kernel.getName()).str();
  StringRef named = act::chipOf(kernels);
  info.chip = (named.empty() ? chip : named).str();
  info.blockSize = sizesOf(kernel.getKnownBlockSize());
  info.clusterSize = sizesOf(kernel.getKnownClusterSize());
  if (auto most = kernel->getAttrOfType<DenseI32ArrayAttr>(
          NVVM::NVVMDialect::getMaxntidAttrName()))
    info.maxThreads = llvm::product_of(most.asArrayRef());
  layOutShared(kernel, info);
  return info;
}

/// Moves a constant of `kernels` to where their functions will be.
static void moveConstant(LLVM::GlobalOp global, gpu::GPUModuleOp kernels,
                         ModuleOp module, Program &program) {
  ConstantInfo info;
  info.name = global.getName().str();
  info.symbol =
      ("act_simt_constant." + kernels.getName() + "." + info.name).str();
  auto type = cast<LLVM::LLVMArrayType>(global.getType());
  info.bytes = int64_t(type.getNumElements()) *
               act::bytesInMemory(type.getElementType());
  auto symbol = StringAttr::get(module.getContext(), info.symbol);
  // No operation of a kernel has symbols that are unknown.
  if (failed(SymbolTable::replaceAllSymbolUses(global, symbol, kernels)))
    llvm_unreachable("the uses of a constant are known");
  global.setSymName(symbol);
  global.setLinkage(LLVM::Linkage::External);
  global->moveBefore(module.getBody(), module.getBody()->end());
  program.constants.push_back(std::move(info));
}

LogicalResult act::simt::convertToHost(ModuleOp module, StringRef chip,
                                       Program &program) {
  module.getContext()
      ->loadDialect<arith::ArithDialect, func::FuncDialect, LLVM::LLVMDialect,
                    memref::MemRefDialect>();
  llvm::DenseMap<Attribute, unsigned> numbers;
  SmallVector<gpu::GPUModuleOp> modules(module.getOps<gpu::GPUModuleOp>());
  for (gpu::GPUModuleOp kernels : modules) {
    if (failed(checkKernelOps(kernels)))
      return failure();
    for (auto kernel : kernels.getOps<gpu::GPUFuncOp>()) {
      auto name = SymbolRefAttr::get(kernels.getSymNameAttr(),
                                     {SymbolRefAttr::get(kernel)});
      numbers[name] = program.kernels.size();
      program.kernels.push_back(describe(kernel, chip));
    }
  }
  auto numberOf = [&](SymbolRefAttr kernel) -> std::optional<unsigned> {
    auto found = numbers.find(kernel);
    return found == numbers.end() ? std::nullopt : std::optional(found->second);
  };
  if (failed(convertLaunches(
          module, "act_simt_launch", numberOf,
          [&](Location location) { return program.siteOf(location); })))
    return failure();
  const KernelInfo *info = program.kernels.data();
  for (gpu::GPUModuleOp kernels : modules) {
    for (auto global :
         llvm::make_early_inc_range(kernels.getOps<LLVM::GlobalOp>()))
      moveConstant(global, kernels, module, program);
    for (auto kernel : kernels.getOps<gpu::GPUFuncOp>())
      convertKernel(kernel, module, *info++, program);
    kernels.erase();
  }
  module->removeAttr(gpu::GPUDialect::getContainerModuleAttrName());
  return success();
}
