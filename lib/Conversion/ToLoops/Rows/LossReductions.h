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

/// Replaces the losses in `root`, which are on memrefs, of which an output
/// depends on all rows, by ones with a loss for each row, and structured
/// operations and loads and stores before and after them.
void expandLossReductions(mlir::RewriterBase &rewriter, mlir::Operation *root);

} // namespace act

#endif // ACT_LIB_CONVERSION_TOLOOPS_ROWS_LOSSREDUCTIONS_H
