//===- CommandLine.h - What command lines have in common --------*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares what the tools do before they add their own options, and
// how they read them.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_COMMANDLINE_H
#define ACT_COMMANDLINE_H

#include "llvm/Support/CommandLine.h"

#include <optional>
#include <string>

namespace act {

/// Takes away the options that come with LLVM's library, but help and version:
/// some have names that are ours, and others would change the code.
void removeLLVMOptions();

/// Reads the command line of a tool whose options are those of `category`, and
/// says what is wrong with it. --help and --version end the program.
std::optional<std::string> parseCommandLine(int argc, char **argv,
                                            llvm::StringRef overview,
                                            llvm::cl::OptionCategory &category);

} // namespace act

#endif // ACT_COMMANDLINE_H
