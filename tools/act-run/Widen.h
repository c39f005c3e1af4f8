//===- Widen.h - A program in f64 ----------------------------- -*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares the copy of a program in which all floating-point numbers
// are f64.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_TOOLS_ACTRUN_WIDEN_H
#define ACT_TOOLS_ACTRUN_WIDEN_H

#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/OwningOpRef.h"
#include "llvm/Support/Error.h"

namespace act {

/// Of the public functions those named `entries` are kept. The error names an
/// operation that has no f64 form.
llvm::Expected<mlir::OwningOpRef<mlir::ModuleOp>>
widenToF64(mlir::ModuleOp module, llvm::ArrayRef<std::string> entries);

} // namespace act

#endif // ACT_TOOLS_ACTRUN_WIDEN_H
