//===- KernelInfo.cpp - What a launcher must know of a kernel -------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file reads the description of a kernel from its function.
//
//===----------------------------------------------------------------------===//

#include "KernelInfo.h"
#include "KernelOps.h"

#include "Act/Conversion/Passes.h"

#include "mlir/Dialect/LLVMIR/LLVMTypes.h"
#include "llvm/Support/MathExtras.h"
#include "llvm/Support/raw_ostream.h"

using namespace act;
using llvm::createStringError;
using llvm::Expected;

/// Bytes of a parameter; 0 if kernels take no such type.
static unsigned sizeOf(mlir::Type type) {
  unsigned bytes = bytesInMemory(type);
  return bytes <= 8 ? bytes : 0;
}

static std::string nameOf(mlir::Type type) {
  if (llvm::isa<mlir::LLVM::LLVMPointerType>(type))
    return "pointer";
  if (type.isIndex())
    return "i64";
  std::string text;
  llvm::raw_string_ostream(text) << type;
  return text;
}

static std::optional<std::array<unsigned, 3>>
sizesOf(std::optional<llvm::ArrayRef<int32_t>> sizes) {
  if (!sizes || sizes->size() != 3)
    return std::nullopt;
  return std::array<unsigned, 3>{unsigned((*sizes)[0]), unsigned((*sizes)[1]),
                                 unsigned((*sizes)[2])};
}

Expected<KernelInfo> act::describeKernel(mlir::gpu::GPUFuncOp kernel) {
  KernelInfo info;
  info.name = kernel.getName().str();
  unsigned offset = 0;
  for (mlir::Type type : kernel.getArgumentTypes()) {
    unsigned size = sizeOf(type);
    if (size == 0)
      return createStringError("kernel '" + info.name +
                               "' has a parameter of type " + nameOf(type) +
                               ", which is neither a number nor a pointer");
    offset = llvm::alignTo(offset, size);
    info.parameters.push_back({nameOf(type), size, offset});
    offset += size;
  }
  info.block = sizesOf(kernel.getKnownBlockSize());
  info.cluster = sizesOf(kernel.getKnownClusterSize());
  for (mlir::BlockArgument memory : kernel.getWorkgroupAttributions())
    if (!llvm::cast<mlir::MemRefType>(memory.getType()).hasStaticShape())
      return createStringError("kernel '" + info.name +
                               "' declares shared memory of a size that is "
                               "not known; use gpu.dynamic_shared_memory");
  info.staticShared = declaredShared(kernel);
  info.schedule = kernel->getAttrOfType<mlir::DictionaryAttr>(scheduleAttrName);
  if (info.cluster)
    info.mostClusterBlocks = llvm::product_of(*info.cluster);
  else if (info.schedule)
    if (auto blocks = info.schedule.getAs<mlir::IntegerAttr>("cluster_size"))
      info.mostClusterBlocks = blocks.getValue().getZExtValue();
  return info;
}
