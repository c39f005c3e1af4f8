//===- Extremum.h - Derivatives of maxima along dimensions ------*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares how reductions that take a maximum or a minimum are
// differentiated.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_TRANSFORMS_DIFFERENTIATE_EXTREMUM_H
#define ACT_LIB_TRANSFORMS_DIFFERENTIATE_EXTREMUM_H

#include "Act/Transforms/Differentiation.h"

#include "mlir/Dialect/Linalg/IR/Linalg.h"

namespace act {

/// Whether `op` is the maximum or the minimum of its input and of what its output
/// holds, along some dimensions.
bool isExtremum(mlir::linalg::LinalgOp op);

/// A value with the derivative by the input that the result of `op` has: the mean
/// of the elements that are the extremum.
llvm::SmallVector<mlir::Value> expandExtremum(DerivativeBuilder &builder,
                                              mlir::linalg::LinalgOp op);

} // namespace act

#endif // ACT_LIB_TRANSFORMS_DIFFERENTIATE_EXTREMUM_H
