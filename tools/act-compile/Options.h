//===- Options.h - The command line of act-compile ------------ -*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares the command line of act-compile.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_TOOLS_ACTCOMPILE_OPTIONS_H
#define ACT_TOOLS_ACTCOMPILE_OPTIONS_H

#include "Act/Execution/Compile.h"

#include <optional>
#include <string>

namespace act {

/// What is made of a program.
enum class Emit { Object, Header, MLIR, LLVMIR, Assembly, PTX, Cubin, JSON };

bool isForGPU(Emit emit);

struct Options {
  std::string file;
  std::string output;
  Emit emit;
  CompileOptions compile;
};

/// Reads the command line. Where it is wrong, that has been printed, and
/// nothing is returned. --help and --version end the program.
std::optional<Options> parseOptions(int argc, char **argv);

} // namespace act

#endif // ACT_TOOLS_ACTCOMPILE_OPTIONS_H
