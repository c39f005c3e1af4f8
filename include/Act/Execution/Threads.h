//===- Threads.h - The OpenMP runtime ------------------------- -*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares the OpenMP runtime that parallel kernels call. It is
// loaded when the first of them is.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_EXECUTION_THREADS_H
#define ACT_EXECUTION_THREADS_H

#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/Support/Error.h"

namespace act {

/// The library libomp, in this process.
class Threads {
public:
  /// Loads the library named by ACT_LIBOMP, else libomp.so as the dynamic
  /// linker finds it, else the one beside LLVM; once per process.
  static llvm::Expected<Threads *> get();

  /// The address of a function of the library; null if it has none.
  void *lookup(const char *symbol) const;

  /// Threads of the next parallel region that the calling thread starts.
  unsigned count() const;
  void setCount(unsigned count) const;

  /// Calls `body` on each thread of a parallel region.
  void parallel(
      llvm::function_ref<void(unsigned thread, unsigned count)> body) const;

private:
  explicit Threads(void *library) : library(library) {}
  void *library;
};

} // namespace act

#endif // ACT_EXECUTION_THREADS_H
