//===- CommandLine.h - What command lines have in common --------*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares what the tools do before they add their own options.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_COMMANDLINE_H
#define ACT_COMMANDLINE_H

namespace act {

/// Takes away the options that come with LLVM's library, but help and version:
/// some have names that are ours, and others would change the code.
void removeLLVMOptions();

} // namespace act

#endif // ACT_COMMANDLINE_H
