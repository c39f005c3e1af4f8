//===- DynamicLibrary.h - Libraries that are optional at run time *- C++
//-*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares the search for a shared library.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_EXECUTION_DYNAMICLIBRARY_H
#define ACT_LIB_EXECUTION_DYNAMICLIBRARY_H

#include "llvm/ADT/ArrayRef.h"

#include <string>

namespace act {

/// Opens the library that the environment variable `variable` names, or where
/// it is not set the first of `names` that there is; it stays open. Returns
/// null with the dynamic linker's first message in `error` if there is none.
void *openLibrary(const char *variable, llvm::ArrayRef<const char *> names,
                  std::string &error);

} // namespace act

#endif // ACT_LIB_EXECUTION_DYNAMICLIBRARY_H
