//===- fakecuda.cpp - A driver of GPUs that are not there -----------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This library stands in for libcuda.so.1 (ACT_LIBCUDA) in the tests. It has
// memory, interprets the PTX of kernels (Machine.h) where it is told to, prints
// each call to stderr and fails where ACT_FAKE_CUDA asks for it, a list of
//
//   run=1             launches run their kernels; else they do nothing
//   quiet=1           calls are not printed, but why a launch failed
//   profile=1         after a launch, how its accesses lie in memory
//   (Profile.h) devices=2         how many there are (1) capability=80     of
//   each (90) version=12020     of the driver, as it counts (13000) memory=1000
//   bytes of each device (1 GiB) cache=1000        bytes of its cache (4 KiB)
//   shared=1000       bytes of shared memory that a block can have (227 KiB)
//   pools=0           no memory that is ordered as a stream (1)
//   launch=20000      microseconds that a kernel takes (10); a copy within the
//                     device takes half as long
//   fail=NAME:STATUS  what the function NAME returns
//
// At the end of the process it says how much memory has not been freed.
//
//===----------------------------------------------------------------------===//

#include "Machine.h"

#include <algorithm>
#include <cstdarg>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <map>
#include <string>
#include <vector>

namespace {
/// A kernel of a module that was loaded, and what was set of it.
struct Function {
  const ptx::Module *module;
  const ptx::Kernel *kernel;
  /// CU_FUNC_ATTRIBUTE_MAX_DYNAMIC_SHARED_SIZE_BYTES and
  /// CU_FUNC_ATTRIBUTE_NON_PORTABLE_CLUSTER_SIZE_ALLOWED
  unsigned dynamicShared = 48 * 1024, nonPortableCluster = 0;
};

struct LaunchConfig {
  unsigned grid[3], block[3], shared;
  void *stream;
  struct Attribute {
    int id;
    char padding[4];
    unsigned values[16];
  } * attributes;
  unsigned numAttributes;
};

class Driver {
public:
  Driver() {
    const char *text = std::getenv("ACT_FAKE_CUDA");
    std::string rest = text ? text : "";
    while (!rest.empty()) {
      size_t end = rest.find(',');
      std::string item = rest.substr(0, end);
      rest = end == std::string::npos ? "" : rest.substr(end + 1);
      size_t split = item.find('=');
      settings[item.substr(0, split)] = item.substr(split + 1);
    }
  }

  ~Driver() { say("%zu allocations left\n", memory.size()); }

  /// Prints a call.
  __attribute__((format(printf, 2, 3))) void say(const char *format,
                                                 ...) const {
    if (number("quiet", 0))
      return;
    std::va_list arguments;
    va_start(arguments, format);
    std::fprintf(stderr, "fake: ");
    std::vfprintf(stderr, format, arguments);
    va_end(arguments);
  }

  int number(const char *name, int otherwise) const {
    auto found = settings.find(name);
    return found == settings.end() ? otherwise
                                   : std::atoi(found->second.c_str());
  }

  /// What a function is asked to return: 0 unless it is to fail.
  int status(const std::string &function) const {
    auto found = settings.find("fail");
    if (found == settings.end() || found->second.rfind(function + ":", 0) != 0)
      return 0;
    return std::atoi(found->second.c_str() + function.size() + 1);
  }

  /// An address as "m2" or "m2+16", a number otherwise.
  std::string show(uint64_t value) const {
    for (auto [base, allocation] : memory)
      if (value >= base && value < base + allocation.bytes) {
        std::string text = "m" + std::to_string(allocation.number);
        return value == base ? text : text + "+" + std::to_string(value - base);
      }
    return std::to_string(value);
  }

  struct Allocation {
    unsigned number;
    size_t bytes;
  };
  std::map<uint64_t, Allocation> memory;
  std::map<std::string, std::string> settings;
  size_t used = 0;
  unsigned allocated = 0;
  /// Microseconds since the beginning.
  double clock = 0;
};
} // namespace

static Driver driver;

#define ACT_FAKE extern "C" __attribute__((visibility("default"))) int
#define ACT_MAY_FAIL(name)                                                     \
  if (int status = driver.status(name))                                        \
  return status

ACT_FAKE cuInit(unsigned) {
  ACT_MAY_FAIL("cuInit");
  return 0;
}
ACT_FAKE cuDriverGetVersion(int *version) {
  *version = driver.number("version", 13000);
  return 0;
}
ACT_FAKE cuDeviceGetCount(int *count) {
  *count = driver.number("devices", 1);
  return 0;
}
ACT_FAKE cuDeviceGet(int *device, int ordinal) {
  *device = ordinal;
  return 0;
}
ACT_FAKE cuDeviceGetName(char *name, int bytes, int) {
  std::snprintf(name, bytes, "Fake GPU");
  return 0;
}
ACT_FAKE cuDeviceGetAttribute(int *value, int attribute, int) {
  int capability = driver.number("capability", 90);
  switch (attribute) {
  case 38: // CU_DEVICE_ATTRIBUTE_L2_CACHE_SIZE
    *value = driver.number("cache", 4096);
    return 0;
  case 75: // CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MAJOR
    *value = capability / 10;
    return 0;
  case 76: // CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MINOR
    *value = capability % 10;
    return 0;
  case 97: // CU_DEVICE_ATTRIBUTE_MAX_SHARED_MEMORY_PER_BLOCK_OPTIN
    *value = driver.number("shared", 227 * 1024);
    return 0;
  case 115: // CU_DEVICE_ATTRIBUTE_MEMORY_POOLS_SUPPORTED
    *value = driver.number("pools", 1);
    return 0;
  }
  return 1; // CUDA_ERROR_INVALID_VALUE
}
ACT_FAKE cuDevicePrimaryCtxRetain(void **context, int device) {
  ACT_MAY_FAIL("cuDevicePrimaryCtxRetain");
  driver.say("context of device %d\n", device);
  *context = reinterpret_cast<void *>(uintptr_t(device) + 1);
  return 0;
}
ACT_FAKE cuCtxPushCurrent_v2(void *) {
  ACT_MAY_FAIL("cuCtxPushCurrent");
  return 0;
}
ACT_FAKE cuCtxPopCurrent_v2(void **) { return 0; }

/// Writes to the buffer that the options of loading give for errors.
static void writeLog(const std::string &text, unsigned count, int *options,
                     void **values) {
  size_t bytes = 0;
  for (unsigned i = 0; i != count; ++i)
    if (options[i] == 6) // CU_JIT_ERROR_LOG_BUFFER_SIZE_BYTES
      bytes = reinterpret_cast<uintptr_t>(values[i]);
  for (unsigned i = 0; i != count; ++i)
    if (options[i] == 5 && bytes) // CU_JIT_ERROR_LOG_BUFFER
      std::snprintf(static_cast<char *>(values[i]), bytes, "%s", text.c_str());
}

ACT_FAKE cuModuleLoadDataEx(void **result, const void *image, unsigned count,
                            int *options, void **values) {
  if (int status = driver.status("cuModuleLoadDataEx")) {
    writeLog("the log of the driver", count, options, values);
    return status;
  }
  auto module = std::make_unique<ptx::Module>();
  std::string error;
  if (!ptx::parse(static_cast<const char *>(image), *module, error)) {
    writeLog(error, count, options, values);
    return ptx::InvalidPTX;
  }
  // "sm_90", on GPUs that are as new.
  if (std::atoi(module->target.c_str() + 3) > driver.number("capability", 90)) {
    writeLog("the PTX is for " + module->target, count, options, values);
    return 209; // CUDA_ERROR_NO_BINARY_FOR_GPU
  }
  driver.say("load %s\n", module->target.c_str());
  *result = module.release();
  return 0;
}
ACT_FAKE cuModuleUnload(void *module) {
  driver.say("unload\n");
  delete static_cast<ptx::Module *>(module);
  return 0;
}
ACT_FAKE cuModuleGetFunction(void **result, void *module, const char *name) {
  auto *ofModule = static_cast<ptx::Module *>(module);
  const ptx::Kernel *kernel = ofModule->find(name);
  if (!kernel)
    return 500; // CUDA_ERROR_NOT_FOUND
  *result = new Function{ofModule, kernel};
  return 0;
}
ACT_FAKE cuFuncSetAttribute(void *handle, int attribute, int value) {
  ACT_MAY_FAIL("cuFuncSetAttribute");
  auto *function = static_cast<Function *>(handle);
  driver.say("attribute %d of %s is %d\n", attribute,
             function->kernel->name.c_str(), value);
  if (attribute == 8)
    function->dynamicShared = value;
  else if (attribute == 14)
    function->nonPortableCluster = value;
  else
    return ptx::InvalidValue;
  return 0;
}

/// Refuses what the attributes of the function and the device do not allow, and
/// runs the kernel.
static int run(const Function &function, ptx::Launch &launch) {
  ptx::Profile profile;
  if (driver.number("profile", 0))
    launch.profile = &profile;
  launch.module = function.module;
  launch.kernel = function.kernel;
  for (auto [base, allocation] : driver.memory)
    launch.memory.push_back({base, allocation.bytes});
  for (const auto &[name, data] : function.module->globals)
    launch.memory.push_back(
        {reinterpret_cast<uint64_t>(data.data()), data.size()});
  std::string error;
  unsigned blocks = launch.cluster[0] * launch.cluster[1] * launch.cluster[2];
  int status = ptx::InvalidValue;
  if (blocks > 1 && driver.number("capability", 90) < 90)
    error = "clusters are there from 9.0 on";
  else if (blocks > 16 || (blocks > 8 && !function.nonPortableCluster))
    error = "the cluster is larger than allowed";
  else if (launch.dynamicShared > function.dynamicShared ||
           launch.dynamicShared + function.kernel->sharedBytes >
               unsigned(driver.number("shared", 227 * 1024)))
    error = "the block has more shared memory than allowed";
  else
    status = ptx::Machine(launch).run(error);
  if (status == ptx::Success && launch.profile) {
    auto print = [&](const char *what, const ptx::Profile::Cost &cost) {
      std::fprintf(stderr, "fake: %s: %zu %s, at least %zu\n",
                   function.kernel->name.c_str(), size_t(cost.taken), what,
                   size_t(cost.least));
    };
    print("sectors of global memory", profile.global);
    print("turns of shared memory", profile.shared);
  }
  if (status != ptx::Success)
    std::fprintf(stderr, "fake: %s\n", error.c_str());
  return status;
}

ACT_FAKE cuLaunchKernelEx(const LaunchConfig *config, void *handle,
                          void **arguments, void **) {
  ACT_MAY_FAIL("cuLaunchKernelEx");
  auto *function = static_cast<Function *>(handle);
  const ptx::Kernel &kernel = *function->kernel;
  ptx::Launch launch;
  std::copy_n(config->grid, 3, launch.grid.begin());
  std::copy_n(config->block, 3, launch.block.begin());
  for (unsigned i = 0; i != config->numAttributes; ++i)
    if (config->attributes[i].id == 4) // CU_LAUNCH_ATTRIBUTE_CLUSTER_DIMENSION
      std::copy_n(config->attributes[i].values, 3, launch.cluster.begin());
  launch.dynamicShared = config->shared;
  launch.parameters.resize(kernel.parameterBytes);
  std::string values;
  for (size_t i = 0; i != kernel.parameters.size(); ++i) {
    const ptx::Parameter &parameter = kernel.parameters[i];
    std::memcpy(launch.parameters.data() + parameter.offset, arguments[i],
                parameter.bytes);
    uint64_t value = 0;
    std::memcpy(&value, arguments[i], parameter.bytes);
    values += " " + driver.show(value);
  }
  if (config->stream)
    values += " stream " +
              std::to_string(reinterpret_cast<uintptr_t>(config->stream));
  driver.say("launch %s grid %u %u %u block %u %u %u cluster %u %u %u shared "
             "%u%s\n",
             kernel.name.c_str(), launch.grid[0], launch.grid[1],
             launch.grid[2], launch.block[0], launch.block[1], launch.block[2],
             launch.cluster[0], launch.cluster[1], launch.cluster[2],
             launch.dynamicShared, values.c_str());
  driver.clock += driver.number("launch", 10);
  return driver.number("run", 0) ? run(*function, launch) : 0;
}

ACT_FAKE cuMemGetInfo_v2(size_t *free, size_t *total) {
  *total = driver.number("memory", 1 << 30);
  *free = *total - driver.used;
  return 0;
}
static int allocate(uint64_t *address, size_t bytes, const char *where) {
  size_t free, total;
  cuMemGetInfo_v2(&free, &total);
  if (bytes > free)
    return 2; // CUDA_ERROR_OUT_OF_MEMORY
  // As aligned as the driver's.
  void *pointer = std::aligned_alloc(256, (bytes + 255) / 256 * 256);
  // What kernels find and nobody wrote is NaN, in all types of floating point.
  std::memset(pointer, driver.number("run", 0) ? 0xff : 0, bytes);
  *address = reinterpret_cast<uintptr_t>(pointer);
  driver.memory[*address] = {driver.allocated++, bytes};
  driver.used += bytes;
  driver.say("allocate %s, %zu bytes%s\n", driver.show(*address).c_str(), bytes,
             where);
  return 0;
}
ACT_FAKE cuMemAlloc_v2(uint64_t *address, size_t bytes) {
  return allocate(address, bytes, "");
}
ACT_FAKE cuMemAllocAsync(uint64_t *address, size_t bytes, void *) {
  return allocate(address, bytes, " in stream");
}
static int release(uint64_t address, const char *where) {
  auto found = driver.memory.find(address);
  if (found == driver.memory.end())
    return 1; // CUDA_ERROR_INVALID_VALUE
  driver.say("free %s%s\n", driver.show(address).c_str(), where);
  driver.used -= found->second.bytes;
  driver.memory.erase(found);
  std::free(reinterpret_cast<void *>(address));
  return 0;
}
ACT_FAKE cuMemFree_v2(uint64_t address) { return release(address, ""); }
ACT_FAKE cuMemFreeAsync(uint64_t address, void *) {
  return release(address, " in stream");
}
ACT_FAKE cuMemcpyHtoDAsync_v2(uint64_t to, const void *from, size_t bytes,
                              void *) {
  ACT_MAY_FAIL("cuMemcpyHtoDAsync");
  driver.say("copy %zu bytes to %s\n", bytes, driver.show(to).c_str());
  std::memcpy(reinterpret_cast<void *>(to), from, bytes);
  return 0;
}
ACT_FAKE cuMemcpyDtoHAsync_v2(void *to, uint64_t from, size_t bytes, void *) {
  driver.say("copy %zu bytes from %s\n", bytes, driver.show(from).c_str());
  std::memcpy(to, reinterpret_cast<void *>(from), bytes);
  return 0;
}
ACT_FAKE cuMemcpyDtoDAsync_v2(uint64_t to, uint64_t from, size_t bytes,
                              void *) {
  ACT_MAY_FAIL("cuMemcpyDtoDAsync");
  driver.say("copy %zu bytes from %s to %s\n", bytes, driver.show(from).c_str(),
             driver.show(to).c_str());
  std::memmove(reinterpret_cast<void *>(to), reinterpret_cast<void *>(from),
               bytes);
  driver.clock += driver.number("launch", 10) / 2.0;
  return 0;
}

/// An event is the time at which it was recorded.
ACT_FAKE cuEventCreate(double **event, unsigned) {
  ACT_MAY_FAIL("cuEventCreate");
  *event = new double(-1);
  driver.say("create event\n");
  return 0;
}
ACT_FAKE cuEventDestroy_v2(double *event) {
  delete event;
  driver.say("destroy event\n");
  return 0;
}
ACT_FAKE cuEventRecord(double *event, void *) {
  ACT_MAY_FAIL("cuEventRecord");
  *event = driver.clock;
  driver.say("record event\n");
  return 0;
}
ACT_FAKE cuEventSynchronize(double *event) {
  ACT_MAY_FAIL("cuEventSynchronize");
  return *event < 0 ? 1 : 0; // CUDA_ERROR_INVALID_VALUE
}
ACT_FAKE cuEventElapsedTime(float *milliseconds, const double *start,
                            const double *end) {
  if (*start < 0 || *end < *start)
    return 600; // CUDA_ERROR_NOT_READY
  *milliseconds = (*end - *start) / 1000;
  return 0;
}

ACT_FAKE cuStreamSynchronize(void *) {
  ACT_MAY_FAIL("cuStreamSynchronize");
  driver.say("synchronize\n");
  return 0;
}

namespace {
struct StatusText {
  int status;
  const char *name, *text;
};
} // namespace

static const StatusText &describe(int status) {
  static const StatusText known[] = {
      {1, "CUDA_ERROR_INVALID_VALUE", "invalid argument"},
      {2, "CUDA_ERROR_OUT_OF_MEMORY", "out of memory"},
      {209, "CUDA_ERROR_NO_BINARY_FOR_GPU",
       "no kernel image is available for execution on the device"},
      {218, "CUDA_ERROR_INVALID_PTX", "a PTX JIT compilation failed"},
      {222, "CUDA_ERROR_UNSUPPORTED_PTX_VERSION",
       "the provided PTX was compiled with an unsupported toolchain."},
      {700, "CUDA_ERROR_ILLEGAL_ADDRESS",
       "an illegal memory access was encountered"},
      {716, "CUDA_ERROR_MISALIGNED_ADDRESS", "misaligned address"},
      {719, "CUDA_ERROR_LAUNCH_FAILED", "unspecified launch failure"},
      {912, "CUDA_ERROR_INVALID_CLUSTER_SIZE", "invalid cluster size"}};
  static const StatusText unknown = {0, "CUDA_ERROR_UNKNOWN", "unknown error"};
  for (const StatusText &text : known)
    if (text.status == status)
      return text;
  return unknown;
}

ACT_FAKE cuGetErrorName(int status, const char **name) {
  *name = describe(status).name;
  return 0;
}
ACT_FAKE cuGetErrorString(int status, const char **text) {
  *text = describe(status).text;
  return 0;
}
