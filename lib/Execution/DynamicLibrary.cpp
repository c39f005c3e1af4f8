//===- DynamicLibrary.cpp - Libraries that are optional at run time -------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file opens shared libraries.
//
//===----------------------------------------------------------------------===//

#include "DynamicLibrary.h"

#include <cstdlib>
#include <dlfcn.h>

void *act::openLibrary(const char *variable, llvm::ArrayRef<const char *> names,
                       std::string &error) {
  const char *chosen = std::getenv(variable);
  if (chosen && *chosen)
    names = chosen;
  for (const char *name : names) {
    if (void *library = dlopen(name, RTLD_NOW | RTLD_LOCAL))
      return library;
    if (const char *message = dlerror(); error.empty() && message)
      error = message;
  }
  return nullptr;
}
