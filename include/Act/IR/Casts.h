//===- Casts.h - Values in the place of results -----------------*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ACT_IR_CASTS_H
#define ACT_IR_CASTS_H

#include "mlir/IR/PatternMatch.h"

namespace act {

/// Replaces the results of `op` by as many tensors of the same shapes. Where
/// the type of one knows other sizes than that of the result, tensor.cast is
/// between.
void replaceWithCasts(mlir::RewriterBase &rewriter, mlir::Operation *op,
                      mlir::ValueRange values);

} // namespace act

#endif // ACT_IR_CASTS_H
