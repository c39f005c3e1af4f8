//===- Session.cpp - One run of an entry on a GPU -------------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file launches kernels and manages the memory of a run.
//
//===----------------------------------------------------------------------===//

#include "Session.h"

using namespace act;
using namespace act::cuda;
using llvm::createStringError;
using llvm::Error;
using llvm::Twine;

static thread_local Session *currentSession = nullptr;

Session::Session(const GPU &gpu, Stream stream,
                 llvm::ArrayRef<LoadedKernel> kernels,
                 llvm::ArrayRef<std::string> sites)
    : gpu(gpu), driver(gpu.driver()), makeCurrent(gpu), stream(stream),
      kernels(kernels), sites(sites), before(currentSession) {
  currentSession = this;
  failed(makeCurrent.getStatus(), "it cannot be made current");
}

Session::~Session() {
  for (Address address : memory)
    driver.memoryFree(address);
  for (Address address : between)
    driver.memoryFreeInStream(address, stream);
  currentSession = before;
}

Session *Session::current() { return currentSession; }

bool Session::failed(int status, const Twine &what) {
  if (status && message.empty())
    message = toString(gpu.error(status, what));
  return status != success;
}

Address Session::allocate(uint64_t bytes, const Twine &what) {
  if (!message.empty())
    return 0;
  llvm::Expected<Address> address = gpu.allocate(bytes, what);
  if (!address) {
    message = toString(address.takeError());
    return 0;
  }
  memory.insert(*address);
  return *address;
}

Address Session::allocateBetween(uint64_t bytes) {
  const char what[] = "memory between kernels";
  if (!gpu.hasPools())
    return allocate(bytes, what);
  if (!message.empty())
    return 0;
  llvm::Expected<Address> address = gpu.allocate(bytes, what, stream);
  if (!address) {
    message = toString(address.takeError());
    return 0;
  }
  between.insert(*address);
  return *address;
}

void Session::release(Address address) {
  // An allocation after an error gave no address.
  const char what[] = "memory cannot be freed";
  if (between.remove(address))
    failed(driver.memoryFreeInStream(address, stream), what);
  else if (memory.remove(address))
    failed(driver.memoryFree(address), what);
}

void Session::copyToDevice(Address to, const void *from, uint64_t bytes) {
  if (message.empty() && bytes)
    failed(driver.copyToDevice(to, from, bytes, stream),
           "copying to the device");
}

void Session::copyToHost(void *to, Address from, uint64_t bytes) {
  if (message.empty() && bytes)
    failed(driver.copyToHost(to, from, bytes, stream),
           "copying from the device");
}

std::optional<std::string>
Session::checkLaunch(const LoadedKernel &kernel,
                     const LaunchSlots &slots) const {
  auto isTooLarge = [](uint64_t size) { return size > UINT32_MAX; };
  if (llvm::any_of(slots.block, isTooLarge) || isTooLarge(slots.dynamicShared))
    return ": its blocks are too large";
  if (slots.grid[0] > INT32_MAX || slots.grid[1] > UINT16_MAX ||
      slots.grid[2] > UINT16_MAX)
    return " of " + std::to_string(slots.grid[0]) + " x " +
           std::to_string(slots.grid[1]) + " x " +
           std::to_string(slots.grid[2]) +
           " blocks: a grid has 2147483647 x 65535 x 65535 at most";
  uint64_t shared = kernel.staticShared + slots.dynamicShared;
  if (slots.dynamicShared && shared > gpu.sharedMemory())
    return " with " + std::to_string(kernel.staticShared) + " + " +
           std::to_string(slots.dynamicShared) +
           " bytes of shared memory (declared + dynamic); a block of " +
           gpu.title() + " has " + std::to_string(gpu.sharedMemory());
  return std::nullopt;
}

void Session::launch(unsigned number, unsigned site, const LaunchSlots &slots) {
  if (!message.empty() || number >= kernels.size())
    return;
  const LoadedKernel &kernel = kernels[number];
  // Without elements there is nothing to do, and a grid must have blocks.
  if (llvm::is_contained(slots.grid, 0u))
    return;
  auto title = [&] {
    return sites[site] + "launch of kernel '" + kernel.name + "'";
  };
  if (std::optional<std::string> problem = checkLaunch(kernel, slots)) {
    message = title() + *problem;
    return;
  }

  LaunchConfig config = {};
  LaunchAttribute cluster = {};
  for (int i = 0; i != 3; ++i) {
    config.grid[i] = slots.grid[i];
    config.block[i] = slots.block[i];
    cluster.cluster[i] = slots.cluster[i];
  }
  config.dynamicShared = slots.dynamicShared;
  config.stream = stream;
  uint64_t clusterSize = slots.cluster[0] * slots.cluster[1] * slots.cluster[2];
  if (clusterSize > 1) {
    cluster.id = LaunchAttribute::clusterDimension;
    config.attributes = &cluster;
    config.numAttributes = 1;
  }
  // The driver reads as many bytes of each as the kernel's parameter has.
  llvm::SmallVector<void *> arguments;
  for (unsigned i = 0; i != kernel.numParameters; ++i)
    arguments.push_back(const_cast<uint64_t *>(slots.arguments() + i));
  int status = driver.launchKernel(&config, kernel.function, arguments.data(),
                                   /*extra=*/nullptr);
  if (failed(status, title() + (clusterSize > 1
                                    ? " in clusters of " + Twine(clusterSize)
                                    : Twine())) &&
      status == invalidClusterSize)
    message += "; a part of a GPU may have no room for so many blocks: set "
               "fewer in the schedule, as cluster=" +
               std::to_string(std::max<uint64_t>(clusterSize / 2, 1));
}

void Session::wait() {
  failed(driver.streamSynchronize(stream), "running kernels");
}

Error Session::takeError() const {
  if (message.empty())
    return Error::success();
  return createStringError(message);
}
