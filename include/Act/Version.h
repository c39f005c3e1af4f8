//===- Version.h - What a tool calls itself ---------------------*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares what `--version` of each tool prints.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_VERSION_H
#define ACT_VERSION_H

namespace llvm {
class raw_ostream;
} // namespace llvm

namespace act {

/// The version of Act: "0.1.0".
const char *getVersion();

/// Prints the versions of Act and LLVM and the targets, a line each.
void printVersion(llvm::raw_ostream &os);

} // namespace act

#endif // ACT_VERSION_H
