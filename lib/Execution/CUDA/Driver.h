//===- Driver.h - The driver of NVIDIA GPUs ------------------- -*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares what is used of the driver API. The library libcuda.so.1
// comes with the driver and is loaded when a GPU is asked for.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_EXECUTION_CUDA_DRIVER_H
#define ACT_LIB_EXECUTION_CUDA_DRIVER_H

#include "llvm/ADT/Twine.h"
#include "llvm/Support/Error.h"

#include <cstdint>

namespace act::cuda {

// The names and layouts of the driver API, CUDA 11 to 13.
using Device = int;
using Address = uint64_t;
using Context = struct OpaqueContext *;
using Module = struct OpaqueModule *;
using Function = struct OpaqueFunction *;
using Stream = struct OpaqueStream *;
using Event = struct OpaqueEvent *;

/// A result of the driver.
enum Status : int {
  success = 0,
  outOfMemory = 2,
  unsupportedPTXVersion = 222,
  invalidClusterSize = 912
};

enum DeviceAttribute : int {
  cacheBytes = 38, // of the second level
  capabilityMajor = 75,
  capabilityMinor = 76,
  sharedBytesOfBlock = 97, // where it is asked for
  hasMemoryPools = 115
};

enum FunctionAttribute : int {
  maxDynamicShared = 8,
  nonPortableClusterAllowed = 14
};

enum JITOption : int { errorLog = 5, errorLogBytes = 6 };

/// CUlaunchAttribute; of its values only the size of a cluster is used.
struct LaunchAttribute {
  static constexpr int clusterDimension = 4;
  int id;
  char padding[4];
  union {
    char bytes[64];
    unsigned cluster[3];
  };
};
static_assert(sizeof(LaunchAttribute) == 72);

/// CUlaunchConfig.
struct LaunchConfig {
  unsigned grid[3], block[3];
  unsigned dynamicShared;
  Stream stream;
  LaunchAttribute *attributes;
  unsigned numAttributes;
};
static_assert(sizeof(LaunchConfig) == 56);

/// The functions of the driver.
class Driver {
public:
  /// Loads the library that ACT_LIBCUDA names, else libcuda.so.1, and
  /// initialises it; once per process.
  static llvm::Expected<const Driver *> get();

  /// An error with the driver's name and text of `status`.
  llvm::Error error(int status, const llvm::Twine &what) const;

  /// "13.0"
  std::string version() const;

  int (*init)(unsigned);
  int (*driverGetVersion)(int *);
  int (*deviceGet)(Device *, int);
  int (*deviceGetCount)(int *);
  int (*deviceGetName)(char *, int, Device);
  int (*deviceGetAttribute)(int *, int, Device);
  int (*primaryContextRetain)(Context *, Device);
  int (*contextPush)(Context);
  int (*contextPop)(Context *);
  int (*moduleLoad)(Module *, const void *, unsigned, int *, void **);
  int (*moduleUnload)(Module);
  int (*moduleGetFunction)(Function *, Module, const char *);
  int (*functionSetAttribute)(Function, int, int);
  int (*launchKernel)(const LaunchConfig *, Function, void **, void **);
  int (*memoryGetInfo)(size_t *, size_t *);
  int (*memoryAllocate)(Address *, size_t);
  int (*memoryFree)(Address);
  int (*memoryAllocateInStream)(Address *, size_t, Stream);
  int (*memoryFreeInStream)(Address, Stream);
  int (*copyToDevice)(Address, const void *, size_t, Stream);
  int (*copyToHost)(void *, Address, size_t, Stream);
  int (*copyOnDevice)(Address, Address, size_t, Stream);
  int (*streamSynchronize)(Stream);
  int (*eventCreate)(Event *, unsigned);
  int (*eventDestroy)(Event);
  int (*eventRecord)(Event, Stream);
  int (*eventSynchronize)(Event);
  int (*eventElapsedTime)(float *, Event, Event);

private:
  struct Search;
  llvm::Error load();
  int (*getErrorName)(int, const char **);
  int (*getErrorString)(int, const char **);
};

} // namespace act::cuda

#endif // ACT_LIB_EXECUTION_CUDA_DRIVER_H
