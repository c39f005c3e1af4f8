//===- ListOps.h - The functions as a list ----------------------*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares the lists of `--act-list-ops`.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_TOOLS_ACT_OPT_LISTOPS_H
#define ACT_TOOLS_ACT_OPT_LISTOPS_H

#include "mlir/IR/MLIRContext.h"
#include "llvm/Support/raw_ostream.h"

namespace act {

/// Prints each function with formula, gradient, parameters, limits and bounds.
void listOps(mlir::MLIRContext &context, llvm::raw_ostream &os);
void listOpsAsJSON(mlir::MLIRContext &context, llvm::raw_ostream &os);

} // namespace act

#endif // ACT_TOOLS_ACT_OPT_LISTOPS_H
