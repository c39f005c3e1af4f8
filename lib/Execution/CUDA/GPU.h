//===- GPU.h - An NVIDIA GPU of this machine ------------------ -*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares the GPUs of this machine. Act uses the primary context of
// each, which it shares with other libraries in the process.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_EXECUTION_CUDA_GPU_H
#define ACT_LIB_EXECUTION_CUDA_GPU_H

#include "Driver.h"

#include "Act/Execution/CompileGPU.h"

#include <optional>
#include <string>

namespace act::cuda {

/// A GPU. Lives as long as the process.
class GPU {
public:
  /// The GPU with the given number, as the driver counts; made once.
  static llvm::Expected<const GPU *> get(unsigned ordinal);

  /// The newest chip that can be compiled for and runs here.
  llvm::Expected<GPUChip> chip() const;

  /// Loads PTX or a cubin. Where that fails the driver's log is in the error.
  llvm::Expected<Module> load(const std::string &code,
                              const GPUChip &compiledFor) const;

  /// Memory for `what`; where there is not enough, the error says how much is
  /// free. With a stream, of which null is one, it is ordered as the stream.
  llvm::Expected<Address>
  allocate(uint64_t bytes, const llvm::Twine &what,
           std::optional<Stream> inStream = std::nullopt) const;

  /// Whether memory can be allocated in a stream.
  bool hasPools() const { return pools; }

  /// Bytes of the cache of the second level, and of shared memory that a block
  /// can have.
  uint64_t cacheSize() const { return cache; }
  uint64_t sharedMemory() const { return shared; }

  /// "cuda:0 (NVIDIA H100 PCIe)"
  std::string title() const;

  /// An error that names this GPU.
  llvm::Error error(int status, const llvm::Twine &what) const;

  const Driver &driver() const { return *library; }
  Context context() const { return primary; }

private:
  static llvm::Expected<GPU> open(unsigned ordinal);

  const Driver *library = nullptr;
  Context primary = nullptr;
  unsigned ordinal = 0;
  /// Major times ten plus minor: 90 for sm_90.
  unsigned capability = 0;
  uint64_t cache = 0, shared = 0;
  bool pools = false;
  std::string name;
};

/// Makes a GPU the current one of this thread.
class WithGPU {
public:
  explicit WithGPU(const GPU &gpu) : gpu(gpu) {
    status = gpu.driver().contextPush(gpu.context());
  }
  ~WithGPU() {
    Context before;
    if (!status)
      gpu.driver().contextPop(&before);
  }
  WithGPU(const WithGPU &) = delete;

  /// Of the driver; what is done after a failure would concern another GPU.
  int getStatus() const { return status; }

private:
  const GPU &gpu;
  int status;
};

} // namespace act::cuda

#endif // ACT_LIB_EXECUTION_CUDA_GPU_H
