//===- VectorBody.h - Scalar bodies on vectors ------------------*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares how the scalar body of a kernel becomes vector operations,
// and how wide they should be.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_CONVERSION_TOLOOPS_VECTORBODY_H
#define ACT_LIB_CONVERSION_TOLOOPS_VECTORBODY_H

#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/IR/IRMapping.h"

namespace act {

/// Whether every operation of `body` exists on vectors.
bool isVectorizable(mlir::Block &body);

/// Emits the operations of `body` on vectors of `width` elements, but `skip`.
/// `vectors` maps the arguments that are used, and values from outside, to
/// vectors, and then the results of the operations too.
void vectorizeBody(mlir::OpBuilder &builder, mlir::Block &body,
                   mlir::IRMapping &vectors, int64_t width,
                   mlir::Operation *skip = nullptr);

/// vector<width x i64>: the numbers of elements that are `stride` apart, from
/// `first` on, for act.element_index.
mlir::Value makeElementNumbers(mlir::OpBuilder &builder, mlir::Location loc,
                               mlir::OpFoldResult first,
                               mlir::OpFoldResult stride, int64_t width);

/// Elements of the widest type of `body` in one native vector of `vectorBits`.
int64_t nativeLanes(mlir::Block &body, unsigned vectorBits);

/// Native vectors in flight that the act operations of `body` want: the least
/// of what their evaluations say.
/// `accuracy` is the tier of those that do not name one.
unsigned preferredInterleave(mlir::Block &body, unsigned vectorBits,
                             llvm::StringRef accuracy);

} // namespace act

#endif // ACT_LIB_CONVERSION_TOLOOPS_VECTORBODY_H
