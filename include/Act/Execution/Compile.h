//===- Compile.h - From a module to an object file ------------ -*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares the way of an entry from a module to an object file.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_EXECUTION_COMPILE_H
#define ACT_EXECUTION_COMPILE_H

#include "Act/Conversion/Pipelines.h"
#include "Act/Rules/Approximations.h"

#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/OwningOpRef.h"
#include "llvm/Support/Error.h"
#include "llvm/Support/MemoryBuffer.h"

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace act {

/// Where kernels run.
enum class Device {
  CPU,
  /// GPU kernels on the CPU, thread by thread, with checks.
  SIMT,
  /// GPU kernels on an NVIDIA GPU.
  CUDA
};

/// Who multiplies matrices.
enum class MatrixProducts {
  /// OpenBLAS where it can be loaded, for kernels in this process; else loops.
  Auto,
  /// Loops of the kernel: the same bits for any number of threads.
  Loops,
  /// cblas_sgemm and cblas_dgemm.
  BLAS
};

/// The stages of code for a device, in order.
std::vector<Stage> getStages(Device device);

struct CompileOptions {
  /// The function to compile; may be empty if there is only one.
  std::string entry;
  /// Tier of operations that do not name one: "exact", "default" or "fast".
  std::string accuracy = "default";
  /// What the runner of GPU kernels makes of approximations, which show in the
  /// tier "fast" only.
  Approximations approximations;
  /// Steps after which the runner of GPU kernels takes it that a thread does
  /// not end: turns of loops, and 64 for each wait for other threads. 0: never.
  uint64_t stepLimit = uint64_t(1) << 26;
  Device device = Device::CPU;
  /// Which GPU, where there are several.
  unsigned deviceIndex = 0;
  /// The GPU that kernels are made for, as LLVM names it.
  std::string chip = "sm_90";
  /// Numbers to set in the schedules of GPU kernels, as "cluster=8,threads=128";
  /// see docs/GPU.md.
  std::string schedule;
  /// Put operations together that one kernel computes better.
  bool fuse = true;
  /// As LLVM names them; empty means this machine's.
  std::string targetCPU;
  std::string targetFeatures;
  /// Threads for large tensors; 0: OMP_NUM_THREADS, else all cores; 1: serial
  /// code without OpenMP.
  unsigned threads = 0;
  /// Accept inputs and outputs of any strides.
  bool strided = false;
  /// What a target that is no class does: with "error" the call stops before
  /// anything is written, with "nan" its loss and gradient are NaN.
  std::string valueChecks = "error";
  /// Let math functions that Act does not expand call the C library.
  bool allowLibm = false;
  MatrixProducts matrixProducts = MatrixProducts::Auto;
  /// Native vectors in flight; 0: what the rules say.
  unsigned interleave = 0;
  /// Called after each stage with the module as it is then.
  std::function<void(Stage, mlir::ModuleOp)> observer;
};

/// Fills the options of the CPU pipeline from the target, which is that of the
/// host where there is another device.
llvm::Error setTargetOptions(CPUPipelineOptions &pipeline,
                             const CompileOptions &options);

/// Lowers a copy of `module`, reduced to the entry and what it needs, up to and
/// including the stage `last`. Problems of the program are diagnosed through
/// the context; the error sums them up.
llvm::Expected<mlir::OwningOpRef<mlir::ModuleOp>>
lowerEntry(mlir::ModuleOp module, const CompileOptions &options, Stage last);

/// Compiles a copy of `module` to a relocatable object file for the target. It
/// need not be able to run here.
llvm::Expected<std::unique_ptr<llvm::MemoryBuffer>>
compileObject(mlir::ModuleOp module, const CompileOptions &options);

/// A C header for what compileObject() makes of the same: `f_call`, which checks
/// the inputs of entry `f` and computes its outputs, and `f_sizes`, if outputs have
/// sizes that follow from the inputs.
llvm::Expected<std::string> compileHeader(mlir::ModuleOp module,
                                          const CompileOptions &options);

/// Code to look at.
enum class CodeText { LLVMIR, Assembly };

/// As compileObject, but gives text.
llvm::Expected<std::unique_ptr<llvm::MemoryBuffer>>
compileText(mlir::ModuleOp module, const CompileOptions &options,
            CodeText kind);

/// The symbols that an object file needs from elsewhere, sorted.
llvm::Expected<std::vector<std::string>>
undefinedSymbols(llvm::MemoryBufferRef object);

} // namespace act

#endif // ACT_EXECUTION_COMPILE_H
