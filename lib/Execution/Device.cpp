//===- Device.cpp - Where the kernels of an entry run ---------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file chooses the device of an entry.
//
//===----------------------------------------------------------------------===//

#include "Device.h"
#include "SIMT/Code.h"

#include "CUDA/CUDACode.h"

#include "mlir/IR/BuiltinAttributes.h"

using namespace act;
using llvm::createStringError;
using llvm::Error;

llvm::Expected<std::unique_ptr<DeviceCode>>
act::makeDeviceCode(const CompileOptions &options) {
  switch (options.device) {
  case Device::CPU:
    return std::unique_ptr<DeviceCode>();
  case Device::SIMT:
    return std::unique_ptr<DeviceCode>(std::make_unique<simt::Code>(options));
  case Device::CUDA:
    return makeCUDACode(options);
  }
  llvm_unreachable("all devices are handled");
}

static Error noOwnMemory() {
  return createStringError("this device has no memory of its own");
}

Error DeviceCode::enqueue(PackedFunction, llvm::ArrayRef<uint64_t>,
                          void *) const {
  return noOwnMemory();
}

Error DeviceCode::copyToHost(void *, const TensorView &, void *) const {
  return noOwnMemory();
}

bool act::hasKernels(mlir::ModuleOp module) {
  return module->hasAttr("gpu.container_module");
}
