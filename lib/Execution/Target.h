//===- Target.h - The machine that code is made for ----------- -*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares the machine that code is made for: this one, or another
// x86-64 processor.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_EXECUTION_TARGET_H
#define ACT_LIB_EXECUTION_TARGET_H

#include "llvm/Support/Error.h"
#include "llvm/Target/TargetMachine.h"

namespace act {

/// A target machine with the settings of Act: no contraction, no trust in
/// anything that the IR does not say. Empty texts mean this processor. Unknown
/// processors and features are errors.
llvm::Expected<std::unique_ptr<llvm::TargetMachine>>
createTargetMachine(llvm::StringRef cpu, llvm::StringRef features);

/// Whether the machine has a feature, by LLVM's name.
bool hasFeature(const llvm::TargetMachine &machine, llvm::StringRef name);

/// The width of the vectors that the machine likes best.
unsigned preferredVectorBits(const llvm::TargetMachine &machine);

/// Features of the machine that this processor lacks, of those that code can
/// come to use.
std::vector<std::string> missingHere(const llvm::TargetMachine &machine);

} // namespace act

#endif // ACT_LIB_EXECUTION_TARGET_H
