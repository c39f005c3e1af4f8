//===- Threads.cpp - The OpenMP runtime -----------------------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file loads the OpenMP runtime that parallel kernels call.
//
//===----------------------------------------------------------------------===//

#include "Act/Execution/Threads.h"

#include "DynamicLibrary.h"

#include <dlfcn.h>
#include <mutex>

using namespace act;

llvm::Expected<Threads *> Threads::get() {
  // The library is never unloaded: its threads live as long as the process.
  static std::mutex mutex;
  static Threads *loaded = nullptr;
  std::lock_guard<std::mutex> lock(mutex);
  if (loaded)
    return loaded;
  std::string error;
  void *library = openLibrary("ACT_LIBOMP",
                              {"libomp.so.5", "libomp.so",
                               ACT_LLVM_LIBRARY_DIR "/libomp.so.5",
                               ACT_LLVM_LIBRARY_DIR "/libomp.so"},
                              error);
  if (!library)
    return llvm::createStringError(
        "the OpenMP runtime cannot be loaded (" + error +
        "); set ACT_LIBOMP to the path of libomp.so.5, or ask for 1 thread");
  static Threads instance(library);
  for (const char *symbol :
       {"omp_get_max_threads", "omp_set_num_threads", "omp_get_thread_num",
        "omp_get_num_threads", "GOMP_parallel", "__kmpc_fork_call"})
    if (!instance.lookup(symbol))
      return llvm::createStringError(
          "the library that ACT_LIBOMP names is not LLVM's OpenMP runtime: " +
          llvm::Twine(symbol) + " is missing");
  loaded = &instance;
  return loaded;
}

void *Threads::lookup(const char *symbol) const {
  return dlsym(library, symbol);
}

/// Calls a function of the library.
template <class Result, class... Arguments>
static Result call(const Threads &threads, const char *symbol,
                   Arguments... arguments) {
  auto function =
      reinterpret_cast<Result (*)(Arguments...)>(threads.lookup(symbol));
  return function(arguments...);
}

unsigned Threads::count() const {
  return call<int>(*this, "omp_get_max_threads");
}

void Threads::setCount(unsigned count) const {
  call<void>(*this, "omp_set_num_threads", static_cast<int>(count));
}

void Threads::parallel(
    llvm::function_ref<void(unsigned, unsigned)> body) const {
  struct Region {
    const Threads &threads;
    llvm::function_ref<void(unsigned, unsigned)> body;
  } region{*this, body};
  auto outlined = [](void *data) {
    auto &region = *static_cast<Region *>(data);
    region.body(call<int>(region.threads, "omp_get_thread_num"),
                call<int>(region.threads, "omp_get_num_threads"));
  };
  call<void>(*this, "GOMP_parallel", static_cast<void (*)(void *)>(outlined),
             static_cast<void *>(&region), /*numThreads=*/0u, /*flags=*/0u);
}
