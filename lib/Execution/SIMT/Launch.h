//===- Launch.h - One launch of a kernel ---------------------- -*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares a launch of a kernel.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_EXECUTION_SIMT_LAUNCH_H
#define ACT_LIB_EXECUTION_SIMT_LAUNCH_H

#include "GlobalShadow.h"
#include "Pool.h"

#include "llvm/ADT/Twine.h"

#include <atomic>
#include <mutex>

namespace act::simt {

struct Scratch;

constexpr char noRecord[] = "there is not enough memory to record accesses in";

/// What all threads of a launch share. Blocks run on several threads of the
/// host.
class Launch {
public:
  /// The sizes in `numbers` are those of the launch.
  Launch(const Program &program, const KernelInfo &kernel,
         const BlockNumbers &numbers, unsigned site, const uint64_t *arguments,
         const DeviceMemory &memory, GlobalShadow &shadow, uint64_t maxSteps)
      : program(program), kernel(kernel), numbers(numbers), site(site),
        arguments(arguments), memory(memory), shadow(shadow),
        maxSteps(maxSteps) {}

  /// Runs all threads, on `numThreads` of the host (0: as many as OpenMP has).
  /// False where one failed.
  bool run(unsigned numThreads, Pool<Scratch> &scratch);

  /// Ends the launch. The first message is kept.
  void fail(unsigned site, const llvm::Twine &message);
  bool hasFailed() const { return failed.load(std::memory_order_relaxed); }
  std::string takeMessage() { return std::move(message); }

  const Program &program;
  const KernelInfo &kernel;
  const BlockNumbers numbers;
  /// The place of the launch.
  const unsigned site;
  const uint64_t *const arguments;
  const DeviceMemory &memory;
  GlobalShadow &shadow;
  /// Steps that a thread may make: turns of loops and, as each takes as long,
  /// `stepsOfWait` for a wait for other threads.
  const uint64_t maxSteps;
  static constexpr uint64_t stepsOfWait = 64;

private:
  void runClusters(Pool<Scratch> &scratch);
  void runOnThreads(unsigned numThreads, Pool<Scratch> &scratch);

  std::atomic<int64_t> nextCluster{0};
  std::atomic<bool> failed{false};
  std::mutex mutex;
  std::string message;
};

} // namespace act::simt

#endif // ACT_LIB_EXECUTION_SIMT_LAUNCH_H
