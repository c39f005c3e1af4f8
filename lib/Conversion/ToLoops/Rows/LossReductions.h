//===- LossReductions.h - Losses of all rows --------------------*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares the step that leaves row kernels nothing but rows.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_CONVERSION_TOLOOPS_ROWS_LOSSREDUCTIONS_H
#define ACT_LIB_CONVERSION_TOLOOPS_ROWS_LOSSREDUCTIONS_H

#include "Act/IR/Act.h"

#include "mlir/IR/PatternMatch.h"

namespace act {

/// Whether an output of `op`, which is on memrefs, depends on all rows.
bool dependsOnAllRows(LossOpInterface op);

/// Replaces such an operation by one with a loss for each row, and structured
/// operations and loads and stores before and after it.
void expandLossReduction(mlir::RewriterBase &rewriter, LossOpInterface op);

} // namespace act

#endif // ACT_LIB_CONVERSION_TOLOOPS_ROWS_LOSSREDUCTIONS_H
