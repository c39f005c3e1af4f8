//===- Dump.h - The program on its way down ------------------- -*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares compilation as the options ask for it: as a whole, or up
// to a stage, with dumps.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_TOOLS_ACTRUN_DUMP_H
#define ACT_TOOLS_ACTRUN_DUMP_H

#include "Options.h"

#include "Act/Execution/Kernel.h"

namespace act {

/// Compiles the entry, and writes the dumps that were asked for.
llvm::Expected<std::unique_ptr<Kernel>> compileKernel(const Options &options,
                                                      mlir::ModuleOp module);

/// Compiles up to the stage of --stop-after and prints the program, or writes
/// it where --dump says. Returns the exit status.
llvm::Expected<int> stopAfter(const Options &options, mlir::ModuleOp module);

} // namespace act

#endif // ACT_TOOLS_ACTRUN_DUMP_H
