//===- UnitDims.h - Dimensions that indexing maps leave at 0 ----*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares how operations with maps such as (i, j) -> (i, 0), by which
// frontends repeat operands and keep reduced dimensions, are differentiated.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_TRANSFORMS_DIFFERENTIATE_UNITDIMS_H
#define ACT_LIB_TRANSFORMS_DIFFERENTIATE_UNITDIMS_H

#include "Act/Transforms/Differentiation.h"

#include "mlir/Dialect/Linalg/IR/Linalg.h"

namespace act {

/// Whether some maps of `op` are projected permutations but for zeros.
bool hasUnitDims(mlir::linalg::LinalgOp op);

/// `op` on slices of its operands without the dimensions that are at 0, and the
/// results.
llvm::SmallVector<mlir::Value> dropUnitDims(DerivativeBuilder &builder,
                                            mlir::linalg::GenericOp op);

} // namespace act

#endif // ACT_LIB_TRANSFORMS_DIFFERENTIATE_UNITDIMS_H
