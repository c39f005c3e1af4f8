//===- ProductCall.h - Products by a BLAS library ---------------*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares calls of the C interface of BLAS for matrix products.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_CONVERSION_TOLOOPS_PRODUCTCALL_H
#define ACT_LIB_CONVERSION_TOLOOPS_PRODUCTCALL_H

#include "IterationSpace.h"

namespace act {

/// Whether the product that `space` describes (loops: batch, n, m, k; accesses:
/// a, b, c) has layouts that cblas_sgemm or cblas_dgemm takes: one type, and in
/// each matrix a dimension whose elements lie side by side.
bool canCallLibrary(const IterationSpace &space);

/// Emits one call for each matrix of the batch, if all sizes fit the integers
/// of the library; else what `otherwise` emits. `kernel` stands in the module
/// that gets the declaration.
void emitLibraryCall(mlir::OpBuilder &builder, mlir::Operation *kernel,
                     const IterationSpace &space,
                     llvm::function_ref<void()> otherwise);

} // namespace act

#endif // ACT_LIB_CONVERSION_TOLOOPS_PRODUCTCALL_H
