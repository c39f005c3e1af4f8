//===- Driver.cpp - The driver of NVIDIA GPUs -----------------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file loads the library of the driver.
//
//===----------------------------------------------------------------------===//

#include "Driver.h"

#include "../DynamicLibrary.h"

#include <dlfcn.h>

using namespace act;
using namespace act::cuda;
using llvm::createStringError;
using llvm::Error;
using llvm::Expected;

/// What the search for the library found.
struct Driver::Search {
  Driver driver;
  std::string message;

  Search() {
    if (Error error = driver.load())
      message = toString(std::move(error));
  }
};

Error Driver::load() {
  std::string reason;
  void *library = openLibrary("ACT_LIBCUDA", {"libcuda.so.1"}, reason);
  if (!library)
    return createStringError(
        "no NVIDIA driver: " + reason +
        "; install the driver, or run on --device=cpu or --device=simt");
  const char *missing = nullptr;
  auto find = [&](auto &function, const char *name) {
    function = reinterpret_cast<std::decay_t<decltype(function)>>(
        dlsym(library, name));
    if (!function && !missing)
      missing = name;
  };
  find(init, "cuInit");
  find(driverGetVersion, "cuDriverGetVersion");
  find(deviceGet, "cuDeviceGet");
  find(deviceGetCount, "cuDeviceGetCount");
  find(deviceGetName, "cuDeviceGetName");
  find(deviceGetAttribute, "cuDeviceGetAttribute");
  find(primaryContextRetain, "cuDevicePrimaryCtxRetain");
  find(contextPush, "cuCtxPushCurrent_v2");
  find(contextPop, "cuCtxPopCurrent_v2");
  find(moduleLoad, "cuModuleLoadDataEx");
  find(moduleUnload, "cuModuleUnload");
  find(moduleGetFunction, "cuModuleGetFunction");
  find(functionSetAttribute, "cuFuncSetAttribute");
  find(launchKernel, "cuLaunchKernelEx");
  find(memoryGetInfo, "cuMemGetInfo_v2");
  find(memoryAllocate, "cuMemAlloc_v2");
  find(memoryFree, "cuMemFree_v2");
  find(memoryAllocateInStream, "cuMemAllocAsync");
  find(memoryFreeInStream, "cuMemFreeAsync");
  find(copyToDevice, "cuMemcpyHtoDAsync_v2");
  find(copyToHost, "cuMemcpyDtoHAsync_v2");
  find(copyOnDevice, "cuMemcpyDtoDAsync_v2");
  find(streamSynchronize, "cuStreamSynchronize");
  find(eventCreate, "cuEventCreate");
  find(eventDestroy, "cuEventDestroy_v2");
  find(eventRecord, "cuEventRecord");
  find(eventSynchronize, "cuEventSynchronize");
  find(eventElapsedTime, "cuEventElapsedTime");
  find(getErrorName, "cuGetErrorName");
  find(getErrorString, "cuGetErrorString");
  if (missing)
    return createStringError("the NVIDIA driver has no function " +
                             llvm::Twine(missing) +
                             "; install one of CUDA 11.8 or newer");
  if (int status = init(0))
    return error(status, "the NVIDIA driver does not start");
  return Error::success();
}

Expected<const Driver *> Driver::get() {
  // Never destroyed: kernels may live as long as the process.
  static const Search &once = *new Search;
  if (!once.message.empty())
    return createStringError(once.message);
  return &once.driver;
}

/// Whether the driver refuses all that comes after, as its documentation says
/// of errors of running kernels.
static bool isFinal(int status) {
  return status == 700 || status == 702 || status == 710 ||
         (status >= 714 && status <= 719);
}

Error Driver::error(int status, const llvm::Twine &what) const {
  const char *name = nullptr, *text = nullptr;
  if (getErrorName(status, &name) || !name)
    name = "unknown error";
  if (getErrorString(status, &text) || !text)
    text = "no description";
  return createStringError(what + ": " + name + " (" + llvm::Twine(status) +
                           "), " + text +
                           (isFinal(status) ? "; the driver runs nothing more "
                                              "for this process"
                                            : ""));
}

std::string Driver::version() const {
  int number = 0;
  driverGetVersion(&number);
  return (llvm::Twine(number / 1000) + "." + llvm::Twine(number % 1000 / 10))
      .str();
}
