//===- MatrixLibrary.cpp - The BLAS that kernels call ---------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file loads OpenBLAS.
//
//===----------------------------------------------------------------------===//

#include "MatrixLibrary.h"

#include "DynamicLibrary.h"

#include <cstdlib>
#include <dlfcn.h>
#include <mutex>
#include <optional>

using namespace act;

static constexpr char variable[] = "ACT_LIBOPENBLAS";

/// What the search for the library found.
struct MatrixLibrary::Search {
  std::optional<MatrixLibrary> found;
  std::string error;

  Search() {
    void *library =
        openLibrary(variable, {"libopenblas.so.0", "libopenblas.so"}, error);
    if (!library)
      return;
    MatrixLibrary candidate(library);
    for (const char *symbol :
         {"cblas_sgemm", "cblas_dgemm", "openblas_get_num_threads",
          "openblas_set_num_threads"})
      if (!candidate.lookup(symbol)) {
        error = std::string(symbol) + " is missing";
        return;
      }
    found = candidate;
  }
};

const MatrixLibrary::Search &MatrixLibrary::search() {
  static const Search once;
  return once;
}

bool MatrixLibrary::isExpected() {
  const char *chosen = std::getenv(variable);
  return search().found || (chosen && *chosen);
}

llvm::Expected<const MatrixLibrary *> MatrixLibrary::get() {
  if (search().found)
    return &*search().found;
  return llvm::createStringError(
      "OpenBLAS cannot be loaded (" + search().error +
      "); set ACT_LIBOPENBLAS to the path of libopenblas.so.0, or let matrices "
      "be multiplied by loops");
}

void *MatrixLibrary::lookup(const char *symbol) const {
  return dlsym(library, symbol);
}

int MatrixLibrary::threads() const {
  return reinterpret_cast<int (*)()>(lookup("openblas_get_num_threads"))();
}

void MatrixLibrary::setThreads(int count) const {
  // Setting it is slow, even where it stays.
  if (count != threads())
    reinterpret_cast<void (*)(int)>(lookup("openblas_set_num_threads"))(count);
}

/// The scopes that live, and what was there before them.
static std::mutex scopeMutex;
static unsigned numScopes = 0;
static int threadsBefore = 0;

MatrixLibrary::ThreadScope::ThreadScope(const MatrixLibrary &library,
                                        unsigned count)
    : library(library) {
  std::lock_guard<std::mutex> lock(scopeMutex);
  if (numScopes++ == 0)
    threadsBefore = library.threads();
  library.setThreads(static_cast<int>(count));
}

MatrixLibrary::ThreadScope::~ThreadScope() {
  std::lock_guard<std::mutex> lock(scopeMutex);
  if (--numScopes == 0)
    library.setThreads(threadsBefore);
}
