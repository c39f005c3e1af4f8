//===- ProductKernel.h - Products of matrices -------------------*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares the loops of matrix products.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_CONVERSION_TOLOOPS_PRODUCTKERNEL_H
#define ACT_LIB_CONVERSION_TOLOOPS_PRODUCTKERNEL_H

#include "ElementwiseKernel.h"

namespace act {

/// Whether `generic` is a product of matrices or of a matrix and a vector, in
/// any layout and with any number of batch dimensions: it adds a*b, or the
/// product of both extended, in f32 or f64. Sums that run along the rows of a
/// matrix are no such product: they are faster as sums.
bool isProductKernel(mlir::linalg::GenericOp generic);

/// Emits the loops of `generic` at the insertion point. Every element of the
/// result is the chain of its terms in order, one fused multiply-add for each:
/// the same bits for any blocking and any number of threads.
void emitProductKernel(mlir::OpBuilder &builder,
                       mlir::linalg::GenericOp generic,
                       const KernelOptions &options);

} // namespace act

#endif // ACT_LIB_CONVERSION_TOLOOPS_PRODUCTKERNEL_H
