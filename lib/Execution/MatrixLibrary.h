//===- MatrixLibrary.h - The BLAS that kernels call -------------*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares the BLAS library that multiplies matrices for kernels.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_EXECUTION_MATRIXLIBRARY_H
#define ACT_LIB_EXECUTION_MATRIXLIBRARY_H

#include "llvm/Support/Error.h"

namespace act {

/// OpenBLAS, in this process. It is loaded when it is first asked for, and
/// never unloaded: its threads live as long as the process.
class MatrixLibrary {
public:
  /// Whether there is one, or ACT_LIBOPENBLAS says which to take.
  static bool isExpected();

  /// The library named by ACT_LIBOPENBLAS, else libopenblas.so.0 as the dynamic
  /// linker finds it. An error says what is missing.
  static llvm::Expected<const MatrixLibrary *> get();

  /// The address of a function of the library; null if it has none.
  void *lookup(const char *symbol) const;

  /// Lets products have so many threads while it lives. The library has one
  /// number for all threads of the process: of several at once that differ the
  /// newest counts, and the last one to end brings back what was there before
  /// the first.
  class ThreadScope {
  public:
    ThreadScope(const MatrixLibrary &library, unsigned count);
    ~ThreadScope();
    ThreadScope(const ThreadScope &) = delete;
    ThreadScope &operator=(const ThreadScope &) = delete;

  private:
    const MatrixLibrary &library;
  };

private:
  int threads() const;
  void setThreads(int count) const;

  explicit MatrixLibrary(void *library) : library(library) {}
  struct Search;
  static const Search &search();
  void *library;
};

} // namespace act

#endif // ACT_LIB_EXECUTION_MATRIXLIBRARY_H
