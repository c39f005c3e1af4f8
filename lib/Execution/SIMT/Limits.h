//===- Limits.h - What a GPU has ------------------------------ -*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares the limits of a launch.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_EXECUTION_SIMT_LIMITS_H
#define ACT_LIB_EXECUTION_SIMT_LIMITS_H

#include "Program.h"
#include "Thread.h"

namespace act::simt {

/// What is wrong with a launch, or nothing. The sizes in `numbers` are those of
/// the launch.
std::optional<std::string> checkLimits(const KernelInfo &kernel,
                                       const BlockNumbers &numbers);

} // namespace act::simt

#endif // ACT_LIB_EXECUTION_SIMT_LIMITS_H
