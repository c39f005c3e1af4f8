//===- CommandLine.cpp - What command lines have in common ----------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file implements what the tools do before they add their own options.
//
//===----------------------------------------------------------------------===//

#include "Act/CommandLine.h"

#include "llvm/Support/CommandLine.h"

using namespace llvm;

void act::removeLLVMOptions() {
  SmallVector<cl::Option *> options;
  for (const auto &option : cl::getRegisteredOptions())
    if (!StringRef(option.first).starts_with("help") &&
        option.first != "version")
      options.push_back(option.second);
  for (cl::Option *option : options)
    option->removeArgument();
}
