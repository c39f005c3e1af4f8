//===- Bench.cpp - The time that a kernel takes ---------------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file measures kernels. The yardstick is a copy of as many bytes, in the
// same process, on as many threads or on the same GPU, measured in turn.
//
//===----------------------------------------------------------------------===//

#include "Bench.h"

#include "Act/Execution/BenchGPU.h"
#include "Act/Execution/Threads.h"

#include "llvm/Support/Format.h"
#include "llvm/Support/raw_ostream.h"

#include <chrono>
#include <cstring>

using namespace act;
using namespace llvm;

namespace {
/// Seconds per call, sorted.
using Samples = std::vector<double>;

/// A copy that reads and writes as many bytes as a kernel does together.
class Copy {
public:
  static Expected<Copy> make(int64_t bytes, const Threads *threads) {
    Expected<Tensor> from = Tensor::zeros(ElementType::I8, {bytes / 2}),
                     to = Tensor::zeros(ElementType::I8, {bytes / 2});
    if (!from || !to)
      return joinErrors(from.takeError(), to.takeError());
    // The pages of both must exist, and a page of zeros may be shared.
    std::memset(from->data(), 1, bytes / 2);
    std::memset(to->data(), 2, bytes / 2);
    return Copy(std::move(*from), std::move(*to), threads);
  }

  void run() {
    int64_t size = from.numBytes();
    if (!threads) {
      std::memcpy(to.data(), from.data(), size);
      return;
    }
    threads->parallel([&](unsigned thread, unsigned count) {
      int64_t begin = size * thread / count, end = size * (thread + 1) / count;
      std::memcpy(to.data() + begin, from.data() + begin, end - begin);
    });
  }

private:
  Copy(Tensor from, Tensor to, const Threads *threads)
      : from(std::move(from)), to(std::move(to)), threads(threads) {}

  Tensor from, to;
  const Threads *threads;
};
} // namespace

static double secondsOf(function_ref<void()> body) {
  auto start = std::chrono::steady_clock::now();
  body();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start)
      .count();
}

/// Calls per sample, so that the clock's own time does not count.
static unsigned callsPerSample(double seconds) {
  constexpr double least = 50e-6;
  return seconds >= least ? 1 : unsigned(least / std::max(seconds, 1e-9)) + 1;
}

static double median(const Samples &samples) {
  size_t half = samples.size() / 2;
  return samples.size() % 2 ? samples[half]
                            : (samples[half - 1] + samples[half]) / 2;
}

namespace {
/// What is printed in the first line, and bytes to compare with.
struct Work {
  int64_t elements = 0, bytes = 0;
};
} // namespace

static Work workOf(ArrayRef<TensorView> inputs, ArrayRef<TensorView> outputs) {
  Work work;
  for (ArrayRef<TensorView> views : {inputs, outputs})
    for (const TensorView &view : views) {
      work.elements = std::max(work.elements, view.numElements());
      work.bytes += view.numElements() * byteWidth(view.type);
    }
  return work;
}

static void printLine(StringRef name, Samples &samples, const Work &work) {
  llvm::sort(samples);
  double typical = median(samples);
  outs() << format("  %-7s", name.str().c_str())
         << format("median %.3f us, min %.3f, max %.3f", typical * 1e6,
                   samples.front() * 1e6, samples.back() * 1e6);
  if (work.elements)
    outs() << format("; %.4f ns per element, %.2f GB/s",
                     typical * 1e9 / work.elements,
                     work.bytes * 1e-9 / typical);
  outs() << "\n";
}

/// `where` is "2 threads", for instance.
static void print(const Work &work, StringRef where, Samples &kernel,
                  Samples &copy) {
  outs() << "bench: " << work.elements << " elements, " << work.bytes
         << " bytes per call, " << where << ", " << kernel.size()
         << " repetitions\n";
  printLine("kernel", kernel, work);
  printLine("copy", copy, work);
  if (work.bytes)
    outs() << format("  share of copy bandwidth: %.0f %%\n",
                     100 * median(copy) / median(kernel));
}

static std::string megabytes(uint64_t bytes) {
  std::string text;
  raw_string_ostream(text) << format("%.1f MB", bytes * 1e-6);
  return text;
}

Error act::benchOnGPU(const Kernel &kernel, unsigned deviceIndex,
                      ArrayRef<TensorView> inputs, ArrayRef<TensorView> outputs,
                      unsigned repetitions) {
  Expected<GPUTimes> times =
      measureOnGPU(kernel, deviceIndex, inputs, outputs, repetitions);
  if (!times)
    return times.takeError();
  Work work = workOf(inputs, outputs);
  print(work, times->gpu, times->kernel, times->copy);
  llvm::sort(times->launch);
  double launch = median(times->launch);
  outs() << format("  launch median %.3f us of the host", launch * 1e6)
         << (launch >= 0.8 * median(times->kernel)
                 ? ", which is as long as the kernel: larger tensors tell more"
                 : "")
         << "\n  tensors exist " << times->sets << " times, "
         << megabytes(times->sets * times->bytes)
         << " that take turns; the cache holds " << megabytes(times->cacheBytes)
         << "\n";
  return Error::success();
}

Error act::bench(const Kernel &kernel, ArrayRef<TensorView> inputs,
                 ArrayRef<TensorView> outputs, unsigned repetitions) {
  Work work = workOf(inputs, outputs);
  // The copy runs on threads where the kernel does.
  bool isLarge = work.elements > CPUPipelineOptions().parallelThreshold;
  const Threads *threads = isLarge ? kernel.threads() : nullptr;
  Expected<Copy> copy = Copy::make(work.bytes, threads);
  if (!copy)
    return copy.takeError();

  Error failure = kernel.invoke(inputs, outputs);
  if (failure)
    return failure;
  auto call = [&] {
    if (Error error = kernel.invoke(inputs, outputs))
      failure = joinErrors(std::move(failure), std::move(error));
  };
  auto copyOnce = [&] { copy->run(); };

  // Warm-up: caches, clock frequency, threads.
  double spent = 0, kernelTime = 0, copyTime = 0;
  for (int i = 0; i < 5 || (spent < 0.05 && i < 10000); ++i) {
    kernelTime = secondsOf(call);
    copyTime = secondsOf(copyOnce);
    spent += kernelTime + copyTime;
  }
  unsigned calls = callsPerSample(kernelTime);
  unsigned copies = callsPerSample(copyTime);
  if (repetitions == 0) {
    double once = calls * kernelTime + copies * copyTime;
    repetitions = unsigned(std::clamp(0.5 / once, 20.0, 1000.0));
  }

  // They take turns, so that both see the machine in the same state, but not
  // after each sample: what is in the caches should be what a loop of its own
  // leaves there. Where that is more than half of a cache, one call does not
  // suffice to drive out what the other left.
  constexpr unsigned turns = 5, callsBefore = 3;
  Samples kernelSamples, copySamples;
  auto measure = [&](Samples &samples, unsigned until, unsigned number,
                     function_ref<void()> body) {
    if (samples.size() == until)
      return;
    for (unsigned k = 0; k != callsBefore; ++k)
      body();
    while (samples.size() < until)
      samples.push_back(secondsOf([&] {
                          for (unsigned k = 0; k != number; ++k)
                            body();
                        }) /
                        number);
  };
  for (unsigned turn = 1; turn <= turns; ++turn) {
    unsigned until = uint64_t(repetitions) * turn / turns;
    measure(kernelSamples, until, calls, call);
    measure(copySamples, until, copies, copyOnce);
  }

  if (failure)
    return failure;
  print(work,
        threads ? std::to_string(kernel.numThreads()) + " threads" : "1 thread",
        kernelSamples, copySamples);
  return Error::success();
}
