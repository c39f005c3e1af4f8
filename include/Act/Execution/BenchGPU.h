//===- BenchGPU.h - The time that a kernel takes on a GPU ----- -*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares the measurement of kernels on a GPU.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_EXECUTION_BENCHGPU_H
#define ACT_EXECUTION_BENCHGPU_H

#include "Act/Execution/Kernel.h"

namespace act {

/// What a GPU took, in seconds per call.
struct GPUTimes {
  /// Samples of the kernel, and of copies within the memory of the GPU that
  /// read and write as many bytes together; measured in turn by events.
  std::vector<double> kernel, copy;
  /// What the host took to launch a call. Where that is not less than the time
  /// of the kernel, the launches were measured.
  std::vector<double> launch;
  /// The tensors exist so many times, and calls take them in turn, so that
  /// what a call reads is in the memory of the GPU and not in its cache of
  /// `cacheBytes`; each takes `bytes`.
  unsigned sets = 0;
  uint64_t bytes = 0, cacheBytes = 0;
  /// "cuda:0 (NVIDIA H100 PCIe)"
  std::string gpu;
};

/// Measures calls of `kernel`, which was compiled for the GPU of that number.
/// The tensors are contiguous, lie on the host and are copied to the GPU;
/// nothing is copied back. An output that is an input is on the GPU too.
/// `repetitions` may be 0: as many as fit into half a second, at least 20.
llvm::Expected<GPUTimes> measureOnGPU(const Kernel &kernel,
                                      unsigned deviceIndex,
                                      llvm::ArrayRef<TensorView> inputs,
                                      llvm::ArrayRef<TensorView> outputs,
                                      unsigned repetitions);

} // namespace act

#endif // ACT_EXECUTION_BENCHGPU_H
