//===- CompileGPU.h - From GPU kernels to PTX and cubins ------ -*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares code generation for NVIDIA GPUs. None of it needs a GPU or
// its driver.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_EXECUTION_COMPILEGPU_H
#define ACT_EXECUTION_COMPILEGPU_H

#include "Act/Execution/Compile.h"

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"

#include <string>
#include <vector>

namespace mlir::gpu {
class GPUModuleOp;
} // namespace mlir::gpu

namespace act {

/// A kind of NVIDIA GPU.
struct GPUChip {
  /// "sm_90".
  llvm::StringRef name;
  /// The version of PTX for it, 80 for 8.0: the oldest that has what kernels
  /// use, so that the oldest drivers take it.
  unsigned ptxVersion;
  /// The CUDA version of the oldest driver that takes this PTX.
  llvm::StringRef cudaVersion;

  /// "7.8".
  std::string ptxVersionText() const {
    return std::to_string(ptxVersion / 10) + "." +
           std::to_string(ptxVersion % 10);
  }
};

/// The chips that can be compiled for, oldest first.
llvm::ArrayRef<GPUChip> getGPUChips();

/// The chip of that name; an error lists the known ones.
llvm::Expected<GPUChip> findGPUChip(llvm::StringRef name);

/// PTX for the chip that `module` names. act-to-nvvm has converted its kernels.
llvm::Expected<std::string> emitPTX(mlir::gpu::GPUModuleOp module);

/// What a thread, or a block, of a kernel takes; in bytes but for registers.
struct KernelResources {
  unsigned registers = 0;
  unsigned stack = 0;
  unsigned spillStores = 0;
  unsigned spillLoads = 0;
  unsigned staticShared = 0;
};

/// Machine code for one chip.
struct Cubin {
  std::vector<char> code;
  /// "ptxas 13.0.88", "nvJitLink 13.0"
  std::string assembler;
  llvm::StringMap<KernelResources> kernels;
};

/// There is no assembler on this machine.
class NoAssembler : public llvm::ErrorInfo<NoAssembler> {
public:
  static char ID;
  explicit NoAssembler(std::string message) : message(std::move(message)) {}
  void log(llvm::raw_ostream &os) const override { os << message; }
  std::error_code convertToErrorCode() const override {
    return llvm::inconvertibleErrorCode();
  }

private:
  std::string message;
};

/// Assembles PTX: by ptxas, which ACT_PTXAS names, or which is found on PATH,
/// in $CUDA_HOME/bin, or in /usr/local/cuda/bin; else by libnvJitLink.so, which
/// ACT_LIBNVJITLINK names or the dynamic linker finds. Where there is neither
/// the error is a NoAssembler.
llvm::Expected<Cubin> assemblePTX(llvm::StringRef ptx, const GPUChip &chip);

/// The kernels of an entry, compiled, with what a launcher must know.
class GPUProgram {
public:
  /// Compiles a copy of `module` for the chip of the options. Problems of the
  /// program are diagnosed through the context; the error sums them up.
  static llvm::Expected<GPUProgram> compile(mlir::ModuleOp module,
                                            const CompileOptions &options);

  const GPUChip &chip() const { return target; }
  llvm::StringRef ptx() const { return text; }
  llvm::Expected<Cubin> assemble() const { return assemblePTX(text, target); }

  /// Writes the description of the kernels and of their launches as JSON; its
  /// form is that of docs/GPU.md. Registers come from the assembler; without
  /// one the description says so.
  llvm::Error describe(llvm::raw_ostream &os) const;

private:
  GPUProgram(GPUChip target) : target(target) {}

  GPUChip target;
  std::string text;
  std::string entry;
  /// Host code and kernels before their conversion.
  mlir::OwningOpRef<mlir::ModuleOp> module;
};

} // namespace act

#endif // ACT_EXECUTION_COMPILEGPU_H
