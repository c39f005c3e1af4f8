//===- RowKernel.cpp - Kernels of row-wise operations ---------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file implements the choice of the kernel for a row-wise operation.
//
//===----------------------------------------------------------------------===//

#include "RowKernel.h"

#include "../Parallel.h"
#include "RowEmitter.h"

using namespace mlir;
using namespace act;

std::unique_ptr<RowEmitter> act::makeRowEmitter(OpBuilder &builder,
                                                RowwiseOpInterface op,
                                                const IterationSpace &space,
                                                const KernelOptions &options) {
  if (op.getRowFunction() == RowFunction::CrossEntropy)
    return makeCrossEntropyEmitter(builder, op, space, options);
  if (op.getRowFunction() == RowFunction::NLL)
    return makeNLLEmitter(builder, op, space, options);
  if (op.getSaved() == Saved::Output)
    return makeSavedOutputEmitter(builder, op, space, options);
  if (op.getRowPart() == RowPart::Backward)
    return makeSoftmaxGradientEmitter(builder, op, space, options);
  return makeSoftmaxEmitter(builder, op, space, options);
}

void act::emitRowKernel(OpBuilder &builder, RowwiseOpInterface op,
                        const KernelOptions &options) {
  IterationSpace space = makeRowSpace(builder, op);
  emitBlocksOfLoop(builder, op, space, {}, options,
                   [&](OpBuilder &nested, const IterationSpace &local,
                       const IRMapping &, OpFoldResult begin,
                       OpFoldResult end) {
                     makeRowEmitter(nested, op, local, options)->emit(begin, end);
                   });
}
