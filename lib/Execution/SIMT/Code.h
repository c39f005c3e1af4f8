//===- Code.h - Kernels that run on the CPU ------------------- -*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares the device 'simt'.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_EXECUTION_SIMT_CODE_H
#define ACT_LIB_EXECUTION_SIMT_CODE_H

#include "Cluster.h"
#include "Device.h"

namespace act::simt {

/// Kernels of an entry, run on the CPU thread by thread, with checks.
class Code : public DeviceCode {
public:
  explicit Code(const CompileOptions &options)
      : chip(options.chip), numThreads(options.threads),
        maxSteps(options.stepLimit ? options.stepLimit : UINT64_MAX) {
    program.approximations = options.approximations;
  }

  llvm::Error takeKernels(mlir::ModuleOp module) override;
  llvm::Error finish(mlir::ModuleOp module) override;
  void *lookup(llvm::StringRef symbol) const override;
  llvm::Error link(llvm::MemoryBufferRef object,
                   llvm::function_ref<llvm::Expected<void *>(llvm::StringRef)>
                       find) override;
  llvm::Error run(PackedFunction entry, const Signature &signature,
                  llvm::ArrayRef<uint64_t> slots,
                  llvm::ArrayRef<TensorView> inputs,
                  llvm::ArrayRef<TensorView> outputs) const override;

private:
  friend class Session;

  std::string chip;
  unsigned numThreads;
  uint64_t maxSteps;
  Program program;
  mutable Pool<Scratch> scratch;
  mutable Pool<GlobalShadow> shadows;
};

} // namespace act::simt

#endif // ACT_LIB_EXECUTION_SIMT_CODE_H
