//===- RowKernel.h - Kernels of row-wise operations -------------*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares the loops of row-wise operations on memrefs.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_CONVERSION_TOLOOPS_ROWS_ROWKERNEL_H
#define ACT_LIB_CONVERSION_TOLOOPS_ROWS_ROWKERNEL_H

#include "../ElementwiseKernel.h"

#include "Act/IR/Act.h"

#include <memory>

namespace act {

class RowEmitter;

/// Emits the loops of `op`, which is on memrefs and does not depend on all rows
/// at once, at the insertion point.
void emitRowKernel(mlir::OpBuilder &builder, RowwiseOpInterface op,
                   const KernelOptions &options);

/// What emits rows of `op`, as above.
std::unique_ptr<RowEmitter> makeRowEmitter(mlir::OpBuilder &builder,
                                           RowwiseOpInterface op,
                                           const IterationSpace &space,
                                           const KernelOptions &options);

/// softmax, softmin, log_softmax and logsumexp.
std::unique_ptr<RowEmitter> makeSoftmaxEmitter(mlir::OpBuilder &builder,
                                               RowwiseOpInterface op,
                                               const IterationSpace &space,
                                               const KernelOptions &options);

/// Their gradients.
std::unique_ptr<RowEmitter>
makeSoftmaxGradientEmitter(mlir::OpBuilder &builder, RowwiseOpInterface op,
                           const IterationSpace &space,
                           const KernelOptions &options);

/// The gradients of softmax, softmin and log_softmax from their results.
std::unique_ptr<RowEmitter>
makeSavedOutputEmitter(mlir::OpBuilder &builder, RowwiseOpInterface op,
                       const IterationSpace &space,
                       const KernelOptions &options);

/// nll or its gradient, without a reduction.
std::unique_ptr<RowEmitter> makeNLLEmitter(mlir::OpBuilder &builder,
                                           RowwiseOpInterface op,
                                           const IterationSpace &space,
                                           const KernelOptions &options);

/// cross_entropy, its gradient, or both at once, without a reduction and
/// counts.
std::unique_ptr<RowEmitter>
makeCrossEntropyEmitter(mlir::OpBuilder &builder, RowwiseOpInterface op,
                        const IterationSpace &space,
                        const KernelOptions &options);

} // namespace act

#endif // ACT_LIB_CONVERSION_TOLOOPS_ROWS_ROWKERNEL_H
