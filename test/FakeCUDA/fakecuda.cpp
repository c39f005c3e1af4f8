//===- fakecuda.cpp - A driver of GPUs that are not there -----------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This library stands in for libcuda.so.1 (ACT_LIBCUDA) in the tests of
// launching. It has memory, but runs no kernels: it prints each call to stderr
// and fails where ACT_FAKE_CUDA asks for it, a list of
//
//   devices=2         how many there are (1)
//   capability=80     of each (90)
//   version=12020     of the driver, as it counts (13000)
//   memory=1000       bytes of each device (1 GiB)
//   cache=1000        bytes of its cache (4 KiB)
//   shared=1000       bytes of shared memory that a block can have (227 KiB)
//   pools=0           no memory that is ordered as a stream (1)
//   launch=20000      microseconds that a kernel takes (10); a copy within the
//                     device takes half as long
//   fail=NAME:STATUS  what the function NAME returns
//
// At the end of the process it says how much memory has not been freed.
//
//===----------------------------------------------------------------------===//

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <map>
#include <string>
#include <vector>

namespace {
struct Kernel {
  std::string name;
  /// Bytes of each parameter.
  std::vector<unsigned> sizes;
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

  ~Driver() {
    std::fprintf(stderr, "fake: %zu allocations left\n", memory.size());
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
  std::string ptx;
};
} // namespace

static Driver driver;

/// Parameters of the kernel in the PTX that was loaded, from lines such as
/// ".param .u64 .ptr .global .align 16 scale_param_0,".
static bool findKernel(const std::string &name, Kernel &kernel) {
  size_t at = driver.ptx.find(".entry " + name + "(");
  if (at == std::string::npos)
    return false;
  size_t end = driver.ptx.find(')', at);
  kernel.name = name;
  while ((at = driver.ptx.find(".param .", at)) < end) {
    // ".u64", ".f32", ".b8"
    kernel.sizes.push_back(std::atoi(driver.ptx.c_str() + at + 9) / 8);
    ++at;
  }
  return true;
}

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
  std::fprintf(stderr, "fake: context of device %d\n", device);
  *context = reinterpret_cast<void *>(uintptr_t(device) + 1);
  return 0;
}
ACT_FAKE cuCtxPushCurrent_v2(void *) {
  ACT_MAY_FAIL("cuCtxPushCurrent");
  return 0;
}
ACT_FAKE cuCtxPopCurrent_v2(void **) { return 0; }

ACT_FAKE cuModuleLoadDataEx(void **module, const void *image, unsigned count,
                            int *options, void **values) {
  if (int status = driver.status("cuModuleLoadDataEx")) {
    for (unsigned i = 0; i != count; ++i)
      if (options[i] == 5) // CU_JIT_ERROR_LOG_BUFFER
        std::strcpy(static_cast<char *>(values[i]), "the log of the driver");
    return status;
  }
  driver.ptx = static_cast<const char *>(image);
  size_t at = driver.ptx.find(".target ");
  std::fprintf(
      stderr, "fake: load %s\n",
      driver.ptx.substr(at + 8, driver.ptx.find('\n', at) - at - 8).c_str());
  *module = &driver;
  return 0;
}
ACT_FAKE cuModuleUnload(void *) {
  std::fprintf(stderr, "fake: unload\n");
  return 0;
}
ACT_FAKE cuModuleGetFunction(void **function, void *, const char *name) {
  auto *kernel = new Kernel;
  *function = kernel;
  return findKernel(name, *kernel) ? 0 : 500; // CUDA_ERROR_NOT_FOUND
}
ACT_FAKE cuFuncSetAttribute(void *function, int attribute, int value) {
  ACT_MAY_FAIL("cuFuncSetAttribute");
  std::fprintf(stderr, "fake: attribute %d of %s is %d\n", attribute,
               static_cast<Kernel *>(function)->name.c_str(), value);
  return 0;
}

ACT_FAKE cuLaunchKernelEx(const LaunchConfig *config, void *function,
                          void **arguments, void **) {
  ACT_MAY_FAIL("cuLaunchKernelEx");
  auto *kernel = static_cast<Kernel *>(function);
  unsigned cluster[3] = {1, 1, 1};
  for (unsigned i = 0; i != config->numAttributes; ++i)
    if (config->attributes[i].id == 4) // CU_LAUNCH_ATTRIBUTE_CLUSTER_DIMENSION
      std::memcpy(cluster, config->attributes[i].values, sizeof(cluster));
  std::fprintf(stderr,
               "fake: launch %s grid %u %u %u block %u %u %u cluster %u %u %u "
               "shared %u",
               kernel->name.c_str(), config->grid[0], config->grid[1],
               config->grid[2], config->block[0], config->block[1],
               config->block[2], cluster[0], cluster[1], cluster[2],
               config->shared);
  for (size_t i = 0; i != kernel->sizes.size(); ++i) {
    uint64_t value = 0;
    std::memcpy(&value, arguments[i], kernel->sizes[i]);
    std::fprintf(stderr, " %s", driver.show(value).c_str());
  }
  if (config->stream)
    std::fprintf(stderr, " stream %zu",
                 reinterpret_cast<uintptr_t>(config->stream));
  std::fprintf(stderr, "\n");
  driver.clock += driver.number("launch", 10);
  return 0;
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
  std::memset(pointer, 0, bytes);
  *address = reinterpret_cast<uintptr_t>(pointer);
  driver.memory[*address] = {driver.allocated++, bytes};
  driver.used += bytes;
  std::fprintf(stderr, "fake: allocate %s, %zu bytes%s\n",
               driver.show(*address).c_str(), bytes, where);
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
  std::fprintf(stderr, "fake: free %s%s\n", driver.show(address).c_str(),
               where);
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
  std::fprintf(stderr, "fake: copy %zu bytes to %s\n", bytes,
               driver.show(to).c_str());
  std::memcpy(reinterpret_cast<void *>(to), from, bytes);
  return 0;
}
ACT_FAKE cuMemcpyDtoHAsync_v2(void *to, uint64_t from, size_t bytes, void *) {
  std::fprintf(stderr, "fake: copy %zu bytes from %s\n", bytes,
               driver.show(from).c_str());
  std::memcpy(to, reinterpret_cast<void *>(from), bytes);
  return 0;
}
ACT_FAKE cuMemcpyDtoDAsync_v2(uint64_t to, uint64_t from, size_t bytes,
                              void *) {
  ACT_MAY_FAIL("cuMemcpyDtoDAsync");
  std::fprintf(stderr, "fake: copy %zu bytes from %s to %s\n", bytes,
               driver.show(from).c_str(), driver.show(to).c_str());
  std::memmove(reinterpret_cast<void *>(to), reinterpret_cast<void *>(from),
               bytes);
  driver.clock += driver.number("launch", 10) / 2.0;
  return 0;
}

/// An event is the time at which it was recorded.
ACT_FAKE cuEventCreate(double **event, unsigned) {
  ACT_MAY_FAIL("cuEventCreate");
  *event = new double(-1);
  std::fprintf(stderr, "fake: create event\n");
  return 0;
}
ACT_FAKE cuEventDestroy_v2(double *event) {
  delete event;
  std::fprintf(stderr, "fake: destroy event\n");
  return 0;
}
ACT_FAKE cuEventRecord(double *event, void *) {
  ACT_MAY_FAIL("cuEventRecord");
  *event = driver.clock;
  std::fprintf(stderr, "fake: record event\n");
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
  std::fprintf(stderr, "fake: synchronize\n");
  return 0;
}
ACT_FAKE cuGetErrorName(int status, const char **name) {
  *name = status == 2     ? "CUDA_ERROR_OUT_OF_MEMORY"
          : status == 222 ? "CUDA_ERROR_UNSUPPORTED_PTX_VERSION"
          : status == 700 ? "CUDA_ERROR_ILLEGAL_ADDRESS"
                          : "CUDA_ERROR_UNKNOWN";
  return 0;
}
ACT_FAKE cuGetErrorString(int status, const char **text) {
  *text = status == 2     ? "out of memory"
          : status == 222 ? "the provided PTX was compiled with an unsupported "
                            "toolchain."
          : status == 700 ? "an illegal memory access was encountered"
                          : "unknown error";
  return 0;
}
