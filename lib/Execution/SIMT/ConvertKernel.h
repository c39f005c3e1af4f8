//===- ConvertKernel.h - From a kernel to a host function ----- -*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares the conversion of one kernel.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_EXECUTION_SIMT_CONVERTKERNEL_H
#define ACT_LIB_EXECUTION_SIMT_CONVERTKERNEL_H

#include "RuntimeCalls.h"
#include "SharedLayout.h"

namespace act::simt {

/// Replaces `kernel` by a function of `module` named `info.symbol`.
void convertKernel(mlir::gpu::GPUFuncOp kernel, mlir::ModuleOp module,
                   const KernelInfo &info, Program &program);

} // namespace act::simt

#endif // ACT_LIB_EXECUTION_SIMT_CONVERTKERNEL_H
