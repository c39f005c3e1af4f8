//===- GoldenCheck.h - Definitions against goldens --------------*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares the comparison of definitions with golden values.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_TEST_ACCURACY_GOLDENCHECK_H
#define ACT_TEST_ACCURACY_GOLDENCHECK_H

#include "llvm/ADT/StringRef.h"

namespace act {

/// Compares the definitions of all rules, the derivatives of their dual numbers
/// and their textbook derivatives with the values of `path`, made by
/// golden/generate.py, to 38 digits. A rule of which the file has no forward or
/// no derivative is a failure. Prints failures and a summary.
bool checkGoldens(llvm::StringRef path);

} // namespace act

#endif // ACT_TEST_ACCURACY_GOLDENCHECK_H
