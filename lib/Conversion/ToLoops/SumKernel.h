//===- SumKernel.h - Sums in a fixed order ----------------------*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares the loops of kernels that add up terms.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_CONVERSION_TOLOOPS_SUMKERNEL_H
#define ACT_LIB_CONVERSION_TOLOOPS_SUMKERNEL_H

#include "ElementwiseKernel.h"

#include "mlir/Dialect/Arith/IR/Arith.h"

namespace act {

/// Whether `generic` adds terms, which exist on vectors, to its only output, a
/// memref of f32 or f64.
bool isSumKernel(mlir::linalg::GenericOp generic);

/// The addition that the body of a sum ends with, or null.
mlir::arith::AddFOp findFinalAddition(mlir::linalg::GenericOp generic);

/// Whether a sum is of tier exact: whether one of the operations of its body
/// is, or the sum itself where there are none.
bool isExactSum(mlir::linalg::GenericOp generic, llvm::StringRef accuracy);

/// The loops of a reduction over the outputs, then the reduced ones in the
/// order of the positions.
llvm::SmallVector<unsigned> reductionLoops(mlir::linalg::GenericOp generic);

/// The loops of a sum over outputs, as they are kept, and over terms, in the
/// order of their numbers; of the latter there is at least one.
IterationSpace makeSumSpace(mlir::OpBuilder &builder,
                            mlir::linalg::GenericOp generic);

/// Emits the loops of `generic` at the insertion point. The order of the sum
/// depends on the number of terms alone.
void emitSumKernel(mlir::OpBuilder &builder, mlir::linalg::GenericOp generic,
                   const KernelOptions &options);

} // namespace act

#endif // ACT_LIB_CONVERSION_TOLOOPS_SUMKERNEL_H
