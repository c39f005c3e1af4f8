//===- Decompose.h - Act operations as linalg, arith and math ---*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares the patterns by which compilers with a code generator of
// their own take act operations apart.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_CONVERSION_DECOMPOSE_H
#define ACT_CONVERSION_DECOMPOSE_H

#include "mlir/IR/PatternMatch.h"

namespace act {

/// Adds patterns that turn every act operation on tensors, vectors and scalars
/// into linalg.generic, arith and math: the definitions, computed in the
/// compute type, with the edge cases of the operation. They know no tiers, and
/// rows of losses whose target is no class are NaN. Operations on memrefs stay.
void populateActDecomposePatterns(mlir::RewritePatternSet &patterns);

} // namespace act

#endif // ACT_CONVERSION_DECOMPOSE_H
