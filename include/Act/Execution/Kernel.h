//===- Kernel.h - Compile and call a function -------------------*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares kernels: functions of a module, compiled just in time for
// the CPU.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_EXECUTION_KERNEL_H
#define ACT_EXECUTION_KERNEL_H

#include "Act/Conversion/Pipelines.h"
#include "Act/Execution/TensorView.h"

#include "mlir/IR/BuiltinOps.h"
#include "llvm/Support/Error.h"
#include "llvm/Support/MemoryBufferRef.h"

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace act {

/// One argument or result of an entry.
struct ArgumentInfo {
  /// `act.name`, else arg0, arg1, ... or res0, res1, ...
  std::string name;
  ElementType type;
  /// ShapedType::kDynamic where a dimension is dynamic; empty for rank 0.
  std::vector<int64_t> shape;
  /// A plain number instead of a tensor.
  bool isScalar = false;

  /// As MLIR writes the type: "tensor<?x8xf32>", "f32".
  std::string typeText() const;
};

struct Signature {
  std::string entry;
  std::vector<ArgumentInfo> inputs;
  std::vector<ArgumentInfo> outputs;
};

/// The signature of a function of `module`: the one named `entry`, or the only
/// public one with a body if `entry` is empty. An error names what was found.
llvm::Expected<Signature> getSignature(mlir::ModuleOp module,
                                       llvm::StringRef entry);

struct CompileOptions {
  /// The function to compile; may be empty if there is only one.
  std::string entry;
  /// Tier of operations that do not name one: "exact" or "default".
  std::string accuracy = "default";
  /// As LLVM names them; empty means this machine's.
  std::string targetCPU;
  std::string targetFeatures;
  /// Threads for large tensors; 0: OMP_NUM_THREADS, else all cores; 1: serial
  /// code without OpenMP.
  unsigned threads = 0;
  /// Accept inputs and outputs of any strides.
  bool strided = false;
  /// Let math functions that Act does not expand call the C library.
  bool allowLibm = false;
  /// Native vectors in flight; 0: what the rules say.
  unsigned interleave = 0;
  /// Called after each stage with the module as it is then.
  std::function<void(Stage, mlir::ModuleOp)> observer;
};

/// Fills the options of the CPU pipeline from the target.
llvm::Error setTargetOptions(CPUPipelineOptions &pipeline,
                             const CompileOptions &options);

/// A compiled entry. Calls are thread-safe.
class Kernel {
public:
  /// Compiles a copy of `module`. Problems of the program are diagnosed through
  /// the context of the module; the error sums them up.
  static llvm::Expected<std::unique_ptr<Kernel>>
  compile(mlir::ModuleOp module, const CompileOptions &options);

  ~Kernel();

  const Signature &signature() const;

  /// The shapes that the outputs have for these inputs.
  llvm::Expected<std::vector<std::vector<int64_t>>>
  outputShapes(llvm::ArrayRef<TensorView> inputs) const;

  /// Computes the outputs. Types, shapes and the conditions of the program are
  /// checked first: on an error nothing has been written. An output may be
  /// identical to an input of equal type and layout, or else must be disjoint
  /// from all inputs.
  llvm::Error invoke(llvm::ArrayRef<TensorView> inputs,
                     llvm::ArrayRef<TensorView> outputs) const;

  /// The object file that the kernel was loaded from.
  llvm::MemoryBufferRef object() const;

private:
  class Impl;
  explicit Kernel(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl;
};

} // namespace act

#endif // ACT_EXECUTION_KERNEL_H
