//===- Bench.h - The time that a kernel takes ----------------- -*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares the measurement of kernels.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_TOOLS_ACTRUN_BENCH_H
#define ACT_TOOLS_ACTRUN_BENCH_H

#include "Act/Execution/Kernel.h"
#include "Act/Execution/Tensor.h"

namespace act {

/// Measures calls of a kernel, in turn with copies of as many bytes, and prints
/// both. `repetitions` may be 0: as many as fit into half a second, at least
/// 20. Returns an error if the kernel does.
llvm::Error bench(const Kernel &kernel, llvm::ArrayRef<TensorView> inputs,
                  llvm::ArrayRef<TensorView> outputs, unsigned repetitions);

/// The same on the GPU of that number, which the kernel was compiled for. The
/// tensors are copied there before.
llvm::Error benchOnGPU(const Kernel &kernel, unsigned deviceIndex,
                       llvm::ArrayRef<TensorView> inputs,
                       llvm::ArrayRef<TensorView> outputs,
                       unsigned repetitions);

} // namespace act

#endif // ACT_TOOLS_ACTRUN_BENCH_H
