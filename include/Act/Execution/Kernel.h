//===- Kernel.h - Compile and call a function ----------------- -*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares kernels: functions of a module, compiled just in time.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_EXECUTION_KERNEL_H
#define ACT_EXECUTION_KERNEL_H

#include "Act/Execution/Compile.h"
#include "Act/Execution/Signature.h"
#include "Act/Execution/TensorView.h"
#include "Act/Execution/Threads.h"

#include <functional>
#include <memory>
#include <vector>

namespace act {

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
  /// checked first: on an error nothing has been written. An output must be
  /// disjoint from all inputs, or identical (address, shape and strides) to an
  /// input of equal type that the entry reads only where it writes that output.
  /// Strided tensors are compared by the range of memory that they span. To and
  /// from a GPU they are copied with what lies between their elements, which
  /// nothing else may write meanwhile. A device reports what went wrong on it;
  /// the outputs are undefined then.
  llvm::Error invoke(llvm::ArrayRef<TensorView> inputs,
                     llvm::ArrayRef<TensorView> outputs) const;

  /// As invoke, for tensors in the memory of the GPU that the kernel was
  /// compiled for; numbers stay on the host. The kernels are put into `stream`,
  /// a CUstream, or null for the default one, and are not waited for: a failure
  /// of one of them shows when the stream is. Inputs whose elements a condition
  /// depends on, the targets of losses, are waited for and copied to be checked.
  /// The kernel must outlive what it has put into the stream.
  llvm::Error enqueue(llvm::ArrayRef<TensorView> inputs,
                      llvm::ArrayRef<TensorView> outputs, void *stream) const;

  /// Checks once what enqueue checks, and gives a function that puts the
  /// kernels into `stream` each time it is called. Tensors, targets too, may
  /// have other elements then, but for those that the program's conditions
  /// depend on. The kernel and the tensors must outlive the function.
  llvm::Expected<std::function<llvm::Error()>>
  bind(llvm::ArrayRef<TensorView> inputs, llvm::ArrayRef<TensorView> outputs,
       void *stream) const;

  /// The OpenMP runtime that the code calls for large tensors, or null if it is
  /// serial, and the threads that it then runs on.
  const Threads *threads() const;
  unsigned numThreads() const;

  /// The object file that the kernel was loaded from.
  llvm::MemoryBufferRef object() const;

private:
  class Impl;
  explicit Kernel(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl;
};

} // namespace act

#endif // ACT_EXECUTION_KERNEL_H
