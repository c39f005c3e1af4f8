//===- Session.h - One run of an entry on a GPU --------------- -*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares what the host code of an entry calls while it runs.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_EXECUTION_CUDA_SESSION_H
#define ACT_LIB_EXECUTION_CUDA_SESSION_H

#include "GPU.h"
#include "KernelInfo.h"

#include "../LaunchCalls.h"

#include "llvm/ADT/SetVector.h"

namespace act::cuda {

/// A kernel on a GPU.
struct LoadedKernel {
  std::string name;
  unsigned numParameters;
  Function function;
  /// Bytes of shared memory that it declares.
  uint64_t staticShared;
};

/// A run. Host code cannot be stopped: after the first error nothing more is
/// launched, and the error is kept. What was allocated is freed at the end.
class Session {
public:
  Session(const GPU &gpu, Stream stream, llvm::ArrayRef<LoadedKernel> kernels,
          llvm::ArrayRef<std::string> sites);
  ~Session();

  /// The session of this thread, or null.
  static Session *current();

  void launch(unsigned kernel, unsigned site, const LaunchSlots &slots);

  /// Memory of the GPU; 0 after an error, which `what` explains.
  Address allocate(uint64_t bytes, const llvm::Twine &what);
  /// The same for memory between kernels. It comes and goes in the order of the
  /// stream where the GPU can do that: freeing waits for all kernels otherwise.
  Address allocateBetween(uint64_t bytes);
  void release(Address memory);

  void copyToDevice(Address to, const void *from, uint64_t bytes);
  void copyToHost(void *to, Address from, uint64_t bytes);

  /// Waits for what is in the stream.
  void wait();

  /// The first error, if there was one.
  llvm::Error takeError() const;

private:
  /// Notes a failure; returns whether `status` is one.
  bool failed(int status, const llvm::Twine &what);
  /// What is wrong with a launch that no driver need be asked about.
  std::optional<std::string> checkLaunch(const LoadedKernel &kernel,
                                         const LaunchSlots &slots) const;

  const GPU &gpu;
  const Driver &driver;
  WithGPU makeCurrent;
  Stream stream;
  llvm::ArrayRef<LoadedKernel> kernels;
  llvm::ArrayRef<std::string> sites;
  llvm::SetVector<Address> memory;
  /// Those of the stream.
  llvm::SetVector<Address> between;
  std::string message;
  Session *before;
};

} // namespace act::cuda

#endif // ACT_LIB_EXECUTION_CUDA_SESSION_H
