//===- Version.cpp - What a tool calls itself -----------------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file implements what `--version` of each tool prints.
//
//===----------------------------------------------------------------------===//

#include "Act/Version.h"

#include "llvm/Config/llvm-config.h"
#include "llvm/Support/raw_ostream.h"
#include "llvm/TargetParser/Host.h"

const char *act::getVersion() { return ACT_VERSION; }

void act::printVersion(llvm::raw_ostream &os) {
  os << "Act " ACT_VERSION "\n"
     << "LLVM " LLVM_VERSION_STRING "\n"
     << "targets: cpu (" << llvm::sys::getDefaultTargetTriple() << ", "
     << llvm::sys::getHostCPUName() << "), cuda (PTX)\n";
}
