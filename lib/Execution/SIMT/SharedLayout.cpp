//===- SharedLayout.cpp - Where shared memory lies ------------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file lays out the shared memory of kernels: less kindly than a GPU does,
// so that what is not promised does not hold.
//
//===----------------------------------------------------------------------===//

#include "SharedLayout.h"
#include "KernelOps.h"

#include "Act/Conversion/Passes.h"

#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "llvm/Support/MathExtras.h"

using namespace mlir;
using namespace act::simt;

/// Bytes between two declared memories.
static constexpr int64_t gap = 256;

/// The alignment of dynamic shared memory on a GPU.
static constexpr int64_t dynamicAlignment = 16;

/// The alignment that the code may count on: llvm.align, else that of an
/// element.
static int64_t alignmentOf(gpu::GPUFuncOp kernel, unsigned index,
                           MemRefType type) {
  auto given = dyn_cast_or_null<IntegerAttr>(kernel.getWorkgroupAttributionAttr(
      index, LLVM::LLVMDialect::getAlignAttrName()));
  return given ? given.getInt() : act::bytesInMemory(type.getElementType());
}

void act::simt::layOutShared(gpu::GPUFuncOp kernel, KernelInfo &info) {
  int64_t end = 0;
  for (auto [index, memory] :
       llvm::enumerate(kernel.getWorkgroupAttributions())) {
    auto type = cast<MemRefType>(memory.getType());
    int64_t alignment = alignmentOf(kernel, index, type);
    int64_t size =
        type.getNumElements() * act::bytesInMemory(type.getElementType());
    // An odd multiple of the alignment: no address is aligned by chance.
    int64_t offset = llvm::alignTo(end + gap, 2 * alignment) + alignment;
    info.shared.push_back({offset, size});
    end = offset + size;
    // As act-to-nvvm aligns it.
    info.sharedBytes =
        llvm::alignTo(info.sharedBytes,
                      std::max<int64_t>(act::workgroupAlignment, alignment)) +
        size;
  }
  info.dynamicOffset =
      llvm::alignTo(end + gap, 2 * dynamicAlignment) + dynamicAlignment;
}
