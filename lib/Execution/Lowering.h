//===- Lowering.h - From a module to the LLVM dialect --------- -*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares the lowering of an entry, with what a caller must know of
// it.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_EXECUTION_LOWERING_H
#define ACT_LIB_EXECUTION_LOWERING_H

#include "Device.h"

#include "Act/Execution/Compile.h"
#include "Act/Execution/Signature.h"

#include <set>

namespace act {

/// An entry on its way to code.
struct LoweredEntry {
  mlir::OwningOpRef<mlir::ModuleOp> module;
  Signature signature;
  /// Pairs (input, output) that may be the same memory.
  std::set<std::pair<unsigned, unsigned>> mayShare;
  /// Messages of the conditions that are checked before a call, by site.
  std::vector<std::string> sites;
  /// Whether there are functions of the conditions and of the output shapes.
  bool hasCheck = false;
  bool hasShapes = false;
  /// Whether there is one that finds a target that is no class.
  bool hasBadTarget = false;
  /// Inputs whose elements, and not only whose sizes, the conditions depend on.
  std::set<unsigned> readByConditions;
  /// What runs the kernels, or null for the CPU.
  std::unique_ptr<DeviceCode> device;
};

/// The functions that act-insert-checks adds for an entry.
std::string checkName(llvm::StringRef entry);
std::string shapesName(llvm::StringRef entry);
std::string badTargetName(llvm::StringRef entry);

/// Runs the stages up to and including `last`. At the last one, Stage::LLVM,
/// packed wrappers of all functions that are called from outside are added.
llvm::Expected<LoweredEntry> lower(mlir::ModuleOp module,
                                   const CompileOptions &options, Stage last);

/// Translates a module of the LLVM dialect to LLVM IR and that to an object
/// file.
llvm::Expected<std::unique_ptr<llvm::MemoryBuffer>>
emitObject(mlir::ModuleOp module, const CompileOptions &options);

} // namespace act

#endif // ACT_LIB_EXECUTION_LOWERING_H
