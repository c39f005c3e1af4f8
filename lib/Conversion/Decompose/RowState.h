//===- RowState.h - Logits, maxima and sums of rows -------------*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares what softmax, losses and their gradients have in common,
// as tensors.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_CONVERSION_DECOMPOSE_ROWSTATE_H
#define ACT_LIB_CONVERSION_DECOMPOSE_ROWSTATE_H

#include "RowGenerics.h"

#include "Act/IR/Casts.h"

namespace act {

/// z: x after temperature, soft cap and sign, and -inf where it is masked.
RowTensor makeLogits(RowGenerics &generics, RowwiseOpInterface op);

/// The gradient of x, given that of z and the element of x.
mlir::Value backpropagate(RowBody body, RowwiseOpInterface op, mlir::Value dz,
                          mlir::Value x);

/// The sum of e^(z - maximum) of a row without one maximum is what keeps the
/// relative accuracy of confident rows.
struct RowState {
  /// The greatest logit: NaN if there is one, -inf if nothing counts.
  RowTensor maximum;
  /// The same, or 0 where it is not finite.
  RowTensor origin;
  /// S', the sum less the term of one maximum.
  RowTensor rest;
};

/// The maximum of what may be NaN.
RowTensor makeMaximum(RowGenerics &generics, RowTensor logits);
RowTensor makeOrigin(RowGenerics &generics, RowTensor maximum);
RowState makeRowState(RowGenerics &generics, RowTensor logits,
                      RowTensor maximum);

/// log (1 + S').
RowTensor makeLogSum(RowGenerics &generics, RowTensor rest);

/// e^(z - origin), by the rule of the terms of softmax.
mlir::Value makeTerm(RowBody body, mlir::Value z, mlir::Value origin);

/// Whether a number is finite.
mlir::Value isFinite(IRAlgebra &algebra, mlir::Value value);

/// Takes the operations on tensors apart.
void decomposeSoftmax(mlir::RewriterBase &rewriter, RowwiseOpInterface op);
void decomposeLoss(mlir::RewriterBase &rewriter, LossOpInterface op);

} // namespace act

#endif // ACT_LIB_CONVERSION_DECOMPOSE_ROWSTATE_H
