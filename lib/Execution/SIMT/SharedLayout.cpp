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

#include "llvm/Support/MathExtras.h"

using namespace mlir;
using namespace act::simt;

/// Bytes between two declared memories.
static constexpr int64_t gap = 256;

/// The alignment of dynamic shared memory on a GPU.
static constexpr int64_t dynamicAlignment = 16;

void act::simt::layOutShared(gpu::GPUFuncOp kernel, KernelInfo &info) {
  int64_t end = 0;
  for (auto [index, memory] :
       llvm::enumerate(kernel.getWorkgroupAttributions())) {
    auto type = cast<MemRefType>(memory.getType());
    int64_t element = act::bytesInMemory(type.getElementType());
    // What the code may count on.
    int64_t alignment = act::statedAlignment(kernel, index).value_or(element);
    int64_t size = type.getNumElements() * element;
    // An odd multiple of the alignment: no address is aligned by chance.
    int64_t offset = llvm::alignTo(end + gap, 2 * alignment) + alignment;
    info.shared.push_back({offset, size});
    end = offset + size;
  }
  info.sharedBytes = act::declaredShared(kernel);
  info.dynamicOffset =
      llvm::alignTo(end + gap, 2 * dynamicAlignment) + dynamicAlignment;
}
