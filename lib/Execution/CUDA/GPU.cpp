//===- GPU.cpp - An NVIDIA GPU of this machine ----------------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file opens GPUs and loads code onto them.
//
//===----------------------------------------------------------------------===//

#include "GPU.h"

#include "Act/Conversion/Chip.h"

#include "llvm/ADT/StringRef.h"

#include <map>
#include <mutex>

using namespace act;
using namespace act::cuda;
using llvm::createStringError;
using llvm::Error;
using llvm::Expected;
using llvm::StringRef;
using llvm::Twine;

Expected<GPU> GPU::open(unsigned ordinal) {
  Expected<const Driver *> driver = Driver::get();
  if (!driver)
    return driver.takeError();
  GPU gpu;
  gpu.library = *driver;
  gpu.ordinal = ordinal;
  int count = 0;
  if (int status = (*driver)->deviceGetCount(&count))
    return (*driver)->error(status, "GPUs cannot be counted");
  if (ordinal >= unsigned(count))
    return createStringError(
        "there is no device cuda:" + Twine(ordinal) + "; " +
        (count == 0 ? "the driver finds no GPU"
         : count == 1
             ? "the only one is cuda:0"
             : "there are cuda:0 to cuda:" + std::to_string(count - 1)));
  Device device = 0;
  char name[256] = "";
  int major = 0, minor = 0, cache = 0, pools = 0, shared = 0;
  int status = (*driver)->deviceGet(&device, ordinal);
  if (!status)
    status = (*driver)->deviceGetName(name, sizeof(name), device);
  for (auto [value, attribute] :
       {std::pair(&major, capabilityMajor), std::pair(&minor, capabilityMinor),
        std::pair(&cache, cacheBytes), std::pair(&pools, hasMemoryPools),
        std::pair(&shared, sharedBytesOfBlock)})
    if (!status)
      status = (*driver)->deviceGetAttribute(value, attribute, device);
  if (!status)
    status = (*driver)->primaryContextRetain(&gpu.primary, device);
  gpu.name = name;
  gpu.capability = 10 * major + minor;
  gpu.cache = cache;
  gpu.shared = shared;
  gpu.pools = pools != 0;
  if (status)
    return gpu.error(status, "it cannot be used");
  return gpu;
}

Expected<const GPU *> GPU::get(unsigned ordinal) {
  // Never destroyed: kernels may live as long as the process.
  static auto &mutex = *new std::mutex;
  static auto &gpus = *new std::map<unsigned, GPU>;
  std::lock_guard<std::mutex> lock(mutex);
  if (auto found = gpus.find(ordinal); found != gpus.end())
    return &found->second;
  Expected<GPU> gpu = open(ordinal);
  if (!gpu)
    return gpu.takeError();
  return &gpus.emplace(ordinal, std::move(*gpu)).first->second;
}

std::string GPU::title() const {
  return ("cuda:" + Twine(ordinal) + " (" + name + ")").str();
}

Error GPU::error(int status, const Twine &what) const {
  return library->error(status, title() + ": " + what);
}

Expected<Address> GPU::allocate(uint64_t bytes, const Twine &what,
                                std::optional<Stream> inStream) const {
  WithGPU current(*this);
  if (int status = current.getStatus())
    return error(status, "it cannot be made current");
  Address address = 0;
  // Nothing is too small for an address of its own.
  bytes = std::max<uint64_t>(bytes, 1);
  int status = inStream
                   ? library->memoryAllocateInStream(&address, bytes, *inStream)
                   : library->memoryAllocate(&address, bytes);
  if (!status)
    return address;
  if (status != outOfMemory)
    return error(status, what + " cannot be allocated");
  size_t free = 0, total = 0;
  library->memoryGetInfo(&free, &total);
  return createStringError(
      toString(error(status, what + " needs " + Twine(bytes) + " bytes, and " +
                                 Twine(free) + " of " + Twine(total) +
                                 " are free")) +
      "; take smaller tensors, or free what others hold of this GPU");
}

Expected<GPUChip> GPU::chip() const {
  std::optional<GPUChip> newest;
  for (const GPUChip &chip : getGPUChips())
    if (computeCapability(chip.name).value_or(0) <= capability)
      newest = chip;
  if (newest)
    return *newest;
  return createStringError(title() + " is older than " +
                           getGPUChips().front().name +
                           ", the oldest GPU that is supported");
}

Expected<Module> GPU::load(const std::string &code,
                           const GPUChip &compiledFor) const {
  WithGPU current(*this);
  if (int status = current.getStatus())
    return error(status, "it cannot be made current");
  Module module = nullptr;
  char log[4096] = "";
  int options[] = {errorLog, errorLogBytes};
  void *values[] = {log, reinterpret_cast<void *>(sizeof(log))};
  int status = library->moduleLoad(&module, code.c_str(), std::size(options),
                                   options, values);
  if (!status)
    return module;
  if (status == unsupportedPTXVersion)
    return createStringError(
        toString(error(status, "kernels cannot be loaded")) +
        ": the driver knows CUDA " + library->version() + ", and PTX " +
        compiledFor.ptxVersionText() + " for " + compiledFor.name +
        " needs one of CUDA " + compiledFor.cudaVersion +
        " or newer; update the driver");
  std::string text = toString(error(status, "kernels cannot be loaded"));
  StringRef reason = StringRef(log).trim();
  return createStringError(text + (reason.empty() ? "" : ": ") + reason);
}
