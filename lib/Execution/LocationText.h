//===- LocationText.h - Places in files ----------------------- -*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares the text form of locations.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_EXECUTION_LOCATIONTEXT_H
#define ACT_LIB_EXECUTION_LOCATIONTEXT_H

#include "mlir/IR/Location.h"

#include <string>

namespace act {

/// "file:line:col: ", or nothing where that is not known.
std::string locationText(mlir::Location location);

} // namespace act

#endif // ACT_LIB_EXECUTION_LOCATIONTEXT_H
