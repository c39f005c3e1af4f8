//===- Bench.cpp - The time that a kernel takes on a GPU ------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file measures kernels by events of the GPU. The yardstick is the
// driver's copy from memory of the GPU to memory of the GPU.
//
//===----------------------------------------------------------------------===//

#include "Act/Execution/BenchGPU.h"

#include "GPU.h"

#include "llvm/Support/MathExtras.h"

#include <algorithm>
#include <chrono>

using namespace act;
using namespace act::cuda;
using llvm::ArrayRef;
using llvm::Error;
using llvm::Expected;

/// Bytes between two uses of the same memory, as a multiple of the cache, and
/// how often tensors exist at most: each has to be bound.
static constexpr uint64_t cachesBetween = 4;
static constexpr uint64_t mostSets = 4096;

namespace {
/// Memory of a GPU, freed at the end.
class Memory {
public:
  static Expected<Memory> make(const GPU &gpu, uint64_t bytes,
                               const llvm::Twine &what) {
    Expected<Address> address = gpu.allocate(bytes, what);
    if (!address)
      return address.takeError();
    return Memory(gpu, *address);
  }
  Memory(Memory &&other) : gpu(other.gpu), address(other.address) {
    other.address = 0;
  }
  ~Memory() {
    if (!address)
      return;
    WithGPU current(gpu);
    gpu.driver().memoryFree(address);
  }
  Address get() const { return address; }

private:
  Memory(const GPU &gpu, Address address) : gpu(gpu), address(address) {}
  const GPU &gpu;
  Address address;
};

/// Two events in the default stream. An error is kept, for the end.
class Stopwatch {
public:
  explicit Stopwatch(const GPU &gpu) : gpu(gpu), current(gpu) {
    for (Event &event : events)
      note(gpu.driver().eventCreate(&event, /*flags=*/0));
  }
  ~Stopwatch() {
    for (Event event : events)
      if (event)
        gpu.driver().eventDestroy(event);
  }

  /// What the GPU takes, in seconds, for what `launch` puts into the stream.
  double time(llvm::function_ref<void()> launch) {
    if (status)
      return 0;
    const Driver &driver = gpu.driver();
    note(driver.eventRecord(events[0], /*stream=*/nullptr));
    launch();
    note(driver.eventRecord(events[1], /*stream=*/nullptr));
    note(driver.eventSynchronize(events[1]));
    float milliseconds = 0;
    if (!status)
      note(driver.eventElapsedTime(&milliseconds, events[0], events[1]));
    return milliseconds * 1e-3;
  }

  void note(int newStatus) {
    if (!status)
      status = newStatus;
  }
  Error takeError() const {
    return status ? gpu.error(status, "measuring") : Error::success();
  }

private:
  const GPU &gpu;
  WithGPU current;
  Event events[2] = {};
  int status = success;
};

/// Where the tensors of a call lie in memory that holds them all.
struct Layout {
  std::vector<uint64_t> offsets;
  uint64_t bytes = 0;
};
} // namespace

/// As aligned as what the driver allocates.
static uint64_t aligned(uint64_t bytes) { return llvm::alignTo(bytes, 256); }

static uint64_t bytesOf(const TensorView &view) {
  return view.numElements() * byteWidth(view.type);
}

/// Numbers, which stay on the host, take no place; an output that is an input
/// takes that one's.
static Layout layOut(const Kernel &kernel, ArrayRef<TensorView> inputs,
                     ArrayRef<TensorView> outputs) {
  Layout layout;
  for (const TensorView &view : inputs) {
    bool isNumber = kernel.signature().inputs[layout.offsets.size()].isScalar;
    layout.offsets.push_back(layout.bytes);
    layout.bytes += isNumber ? 0 : aligned(bytesOf(view));
  }
  for (const TensorView &view : outputs) {
    auto same = llvm::find_if(inputs, [&](const TensorView &input) {
      return view.numElements() && input.data == view.data;
    });
    bool isInput = same != inputs.end();
    layout.offsets.push_back(isInput ? layout.offsets[same - inputs.begin()]
                                     : layout.bytes);
    layout.bytes += isInput ? 0 : aligned(bytesOf(view));
  }
  return layout;
}

/// Copies the inputs to the first set, and from there to the others.
static Error fill(const GPU &gpu, const Kernel &kernel,
                  ArrayRef<TensorView> inputs, const Layout &layout,
                  Address memory, unsigned sets) {
  WithGPU current(gpu);
  const Driver &driver = gpu.driver();
  int status = success;
  for (auto [index, view] : llvm::enumerate(inputs))
    if (!kernel.signature().inputs[index].isScalar && bytesOf(view) && !status)
      status = driver.copyToDevice(memory + layout.offsets[index], view.data,
                                   bytesOf(view), /*stream=*/nullptr);
  // Each copy doubles what is there.
  for (uint64_t done = 1; done < sets && layout.bytes; done *= 2)
    if (!status)
      status = driver.copyOnDevice(memory + done * layout.bytes, memory,
                                   std::min<uint64_t>(done, sets - done) *
                                       layout.bytes,
                                   /*stream=*/nullptr);
  if (!status)
    status = driver.streamSynchronize(/*stream=*/nullptr);
  return status ? gpu.error(status, "copying to the device") : Error::success();
}

/// Copies what the tensors hold to `copied`: what memory moves should be no
/// zeros, which take less power.
static Error fillCopied(const GPU &gpu, Address copied, uint64_t bytes,
                        Address tensors, uint64_t bytesOfTensors) {
  if (bytesOfTensors == 0)
    return Error::success();
  WithGPU current(gpu);
  int status = success;
  for (uint64_t done = 0; done < bytes && !status; done += bytesOfTensors)
    status = gpu.driver().copyOnDevice(copied + done, tensors,
                                       std::min(bytesOfTensors, bytes - done),
                                       /*stream=*/nullptr);
  return status ? gpu.error(status, "copying on the device") : Error::success();
}

/// The calls of the kernel on each of the sets.
static Expected<std::vector<std::function<Error()>>>
bindSets(const Kernel &kernel, ArrayRef<TensorView> inputs,
         ArrayRef<TensorView> outputs, const Layout &layout, Address memory,
         unsigned sets) {
  std::vector<std::function<Error()>> calls;
  for (unsigned set = 0; set != sets; ++set) {
    std::vector<TensorView> views(inputs.begin(), inputs.end());
    llvm::append_range(views, outputs);
    for (auto [index, view] : llvm::enumerate(views))
      if (index >= inputs.size() || !kernel.signature().inputs[index].isScalar)
        view.data = reinterpret_cast<void *>(memory + set * layout.bytes +
                                             layout.offsets[index]);
    auto call = kernel.bind(ArrayRef(views).take_front(inputs.size()),
                            ArrayRef(views).drop_front(inputs.size()),
                            /*stream=*/nullptr);
    if (!call)
      return call.takeError();
    calls.push_back(std::move(*call));
  }
  return std::move(calls);
}

/// Calls per sample: events tell half a microsecond apart.
static unsigned callsPerSample(double seconds) {
  return std::clamp(500e-6 / std::max(seconds, 1e-9), 1.0, 1000.0);
}

namespace {
/// Calls and copies, on one set after the other.
class Measurement {
public:
  Measurement(const GPU &gpu, std::vector<std::function<Error()>> calls,
              Address copied, uint64_t bytesPerCopy, uint64_t distance)
      : driver(gpu.driver()), watch(gpu), calls(std::move(calls)),
        copied(copied), bytesPerCopy(bytesPerCopy), distance(distance) {}

  /// Seconds per call, after the clock frequency and the driver's first calls.
  void warmUp();
  unsigned numRepetitions() const {
    double once = kernelsPerSample * kernelTime + copiesPerSample * copyTime;
    return std::clamp(0.5 / std::max(once, 1e-6), 20.0, 1000.0);
  }
  void sample(GPUTimes &times);

  Error takeError() const {
    if (!message.empty())
      return llvm::createStringError(message);
    return watch.takeError();
  }

private:
  void launchKernels(unsigned count);
  void launchCopies(unsigned count);

  /// A call before takes memory between kernels from the driver, which gives it
  /// up whenever the stream is waited for, and copies keep the GPU busy, so
  /// that it does not wait for the first launch while the time runs.
  double timeOf(unsigned count, void (Measurement::*launch)(unsigned)) {
    launchKernels(1);
    launchCopies(copiesAhead);
    return watch.time([&] { (this->*launch)(count); }) / count;
  }

  const Driver &driver;
  Stopwatch watch;
  std::vector<std::function<Error()>> calls;
  Address copied;
  uint64_t bytesPerCopy, distance;

  unsigned kernelsPerSample = 4, copiesPerSample = 4, copiesAhead = 1;
  uint64_t numCalls = 0, numCopies = 0;
  double kernelTime = 0, copyTime = 0, launchTime = 0;
  std::string message;
};
} // namespace

void Measurement::launchKernels(unsigned count) {
  using Clock = std::chrono::steady_clock;
  Clock::time_point start = Clock::now();
  for (unsigned i = 0; i != count && message.empty(); ++i)
    if (Error error = calls[numCalls++ % calls.size()]())
      message = toString(std::move(error));
  launchTime =
      std::chrono::duration<double>(Clock::now() - start).count() / count;
}

void Measurement::launchCopies(unsigned count) {
  for (unsigned i = 0; i != count && bytesPerCopy; ++i) {
    Address from = copied + numCopies++ % calls.size() * 2 * distance;
    watch.note(driver.copyOnDevice(from + distance, from, bytesPerCopy,
                                   /*stream=*/nullptr));
  }
}

void Measurement::warmUp() {
  double spent = 0;
  for (int i = 0; i < 2 || (spent < 0.05 && i < 1000); ++i) {
    if (!message.empty())
      return;
    kernelTime = timeOf(kernelsPerSample, &Measurement::launchKernels);
    copyTime = timeOf(copiesPerSample, &Measurement::launchCopies);
    spent += kernelsPerSample * kernelTime + copiesPerSample * copyTime;
  }
  kernelsPerSample = callsPerSample(kernelTime);
  copiesPerSample = callsPerSample(copyTime);
  copiesAhead = copiesPerSample / 8 + 1;
}

void Measurement::sample(GPUTimes &times) {
  times.kernel.push_back(timeOf(kernelsPerSample, &Measurement::launchKernels));
  times.launch.push_back(launchTime);
  times.copy.push_back(timeOf(copiesPerSample, &Measurement::launchCopies));
}

Expected<GPUTimes> act::measureOnGPU(const Kernel &kernel, unsigned deviceIndex,
                                     ArrayRef<TensorView> inputs,
                                     ArrayRef<TensorView> outputs,
                                     unsigned repetitions) {
  Expected<const GPU *> found = GPU::get(deviceIndex);
  if (!found)
    return found.takeError();
  const GPU &gpu = **found;

  Layout layout = layOut(kernel, inputs, outputs);
  uint64_t moved = 0;
  for (ArrayRef<TensorView> views : {inputs, outputs})
    for (const TensorView &view : views)
      moved += bytesOf(view);
  uint64_t bytesPerCopy = moved / 2, distance = aligned(bytesPerCopy);

  // A quarter of what is free for each, so that others can go on.
  size_t free = 0, total = 0;
  {
    WithGPU current(gpu);
    gpu.driver().memoryGetInfo(&free, &total);
  }
  uint64_t perSet = std::max({layout.bytes, 2 * distance, uint64_t(1)});
  uint64_t wanted = 1 + llvm::divideCeil(cachesBetween * gpu.cacheSize(),
                                         std::max<uint64_t>(layout.bytes, 1));
  unsigned sets =
      std::clamp<uint64_t>(std::min(wanted, free / 4 / perSet), 1, mostSets);

  Expected<Memory> tensors =
      Memory::make(gpu, sets * layout.bytes, "the tensors of a call");
  if (!tensors)
    return tensors.takeError();
  Expected<Memory> copied =
      Memory::make(gpu, sets * 2 * distance, "the copy to compare with");
  if (!copied)
    return copied.takeError();
  if (Error error = fill(gpu, kernel, inputs, layout, tensors->get(), sets))
    return std::move(error);
  if (Error error = fillCopied(gpu, copied->get(), sets * 2 * distance,
                               tensors->get(), sets * layout.bytes))
    return std::move(error);
  auto calls = bindSets(kernel, inputs, outputs, layout, tensors->get(), sets);
  if (!calls)
    return calls.takeError();

  Measurement measurement(gpu, std::move(*calls), copied->get(), bytesPerCopy,
                          distance);
  measurement.warmUp();
  if (repetitions == 0)
    repetitions = measurement.numRepetitions();
  GPUTimes times;
  for (unsigned i = 0; i != repetitions; ++i)
    measurement.sample(times);
  if (Error error = measurement.takeError())
    return std::move(error);
  times.sets = sets;
  times.bytes = layout.bytes;
  times.cacheBytes = gpu.cacheSize();
  times.gpu = gpu.title();
  return times;
}
