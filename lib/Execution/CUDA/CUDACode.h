//===- CUDACode.h - The kernels of an entry on a GPU ---------- -*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares NVIDIA GPUs as devices of entries.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_EXECUTION_CUDA_CUDACODE_H
#define ACT_LIB_EXECUTION_CUDA_CUDACODE_H

#include "../Device.h"

namespace act {

/// The device for kernels on a GPU. Nothing is asked of the driver before the
/// first run, so that compiling needs none.
llvm::Expected<std::unique_ptr<DeviceCode>>
makeCUDACode(const CompileOptions &options);

/// Which chip to compile for to run on the GPU with that number.
llvm::Expected<std::string> chipOfGPU(unsigned deviceIndex);

} // namespace act

#endif // ACT_LIB_EXECUTION_CUDA_CUDACODE_H
