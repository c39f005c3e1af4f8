//===- Device.h - Where the kernels of an entry run ----------- -*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares what a device other than the CPU does for an entry: the
// host code of the entry is compiled as always, and calls functions of the
// device where it launches kernels and allocates memory.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_EXECUTION_DEVICE_H
#define ACT_LIB_EXECUTION_DEVICE_H

#include "PackedCall.h"

#include "Act/Execution/Compile.h"
#include "Act/Execution/Signature.h"

namespace act {

/// The kernels of one entry. Calls are thread-safe once the code is loaded.
class DeviceCode {
public:
  virtual ~DeviceCode() = default;

  /// Takes the kernels out of `module` after Stage::Expand, and replaces their
  /// launches by calls of functions that `lookup` knows. Problems of the
  /// program are diagnosed through the context.
  virtual llvm::Error takeKernels(mlir::ModuleOp module) = 0;

  /// Sees `module` once more, in the LLVM dialect.
  virtual llvm::Error finish(mlir::ModuleOp module) = 0;

  /// The address of a function that the host code calls, or null. Allocations
  /// of the host code call `malloc` and `free`: they are memory of the device.
  virtual void *lookup(llvm::StringRef symbol) const = 0;

  /// Finds functions of the code, which was loaded from `object`.
  virtual llvm::Error
  link(llvm::MemoryBufferRef object,
       llvm::function_ref<llvm::Expected<void *>(llvm::StringRef)> find) {
    return llvm::Error::success();
  }

  /// Calls the entry, whose arguments in `slots` are those of the tensors.
  virtual llvm::Error run(PackedFunction entry, const Signature &signature,
                          llvm::ArrayRef<uint64_t> slots,
                          llvm::ArrayRef<TensorView> inputs,
                          llvm::ArrayRef<TensorView> outputs) const = 0;

  /// As run, but the tensors lie in the memory of the device. Does not wait for
  /// the kernels, which are put into `stream`.
  virtual llvm::Error enqueue(PackedFunction entry,
                              llvm::ArrayRef<uint64_t> slots,
                              void *stream) const;

  /// Copies a contiguous tensor in the memory of the device, after what is in
  /// `stream`.
  virtual llvm::Error copyToHost(void *to, const TensorView &from,
                                 void *stream) const;
};

/// The device that the options ask for, or null for the CPU.
llvm::Expected<std::unique_ptr<DeviceCode>>
makeDeviceCode(const CompileOptions &options);

/// Whether `module` has kernels already, and needs no stage before
/// Stage::Expand.
bool hasKernels(mlir::ModuleOp module);

} // namespace act

#endif // ACT_LIB_EXECUTION_DEVICE_H
