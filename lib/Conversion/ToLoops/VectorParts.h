//===- VectorParts.h - Parts of vectors -------------------------*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares how vectors of one dimension are cut and put together.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_CONVERSION_TOLOOPS_VECTORPARTS_H
#define ACT_LIB_CONVERSION_TOLOOPS_VECTORPARTS_H

#include "mlir/IR/Builders.h"

namespace act {

/// `size` elements of a vector, from `first` on.
mlir::Value sliceVector(mlir::OpBuilder &builder, mlir::Location loc,
                        mlir::Value vector, int64_t first, int64_t size);

/// Vectors of one type, a power of two of them, as one.
mlir::Value concatenateVectors(mlir::OpBuilder &builder, mlir::Location loc,
                               llvm::ArrayRef<mlir::Value> parts);

} // namespace act

#endif // ACT_LIB_CONVERSION_TOLOOPS_VECTORPARTS_H
