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

static std::optional<std::string> findMissing(LossOpInterface op) {
  if (op.getRowFunction() == RowFunction::NLL)
    return "nll";
  if (op.hasSoftTarget())
    return "soft targets";
  if (op.getReduction() != Reduction::None)
    return "reductions of losses on memrefs";
  if (op.getSmoothOver() == SmoothOver::Finite && op.getLabelSmoothing())
    return "smooth_over(finite)";
  for (RowOutput output :
       {RowOutput::Entropy, RowOutput::ArgMax, RowOutput::Counts})
    if (op.findRowOutput(output))
      return ("extra(" + stringifyRowOutput(output) + ")").str();
  return std::nullopt;
}

/// What of `op` no kernel does, or nothing.
static std::optional<std::string> findMissing(RowwiseOpInterface op) {
  if (auto loss = dyn_cast<LossOpInterface>(*op))
    return findMissing(loss);
  if (op.getSaved() == Saved::Output)
    return "saved(output) along rows";
  return std::nullopt;
}

static std::unique_ptr<RowEmitter> makeEmitter(OpBuilder &builder,
                                               RowwiseOpInterface op,
                                               const IterationSpace &space,
                                               const KernelOptions &options) {
  if (isLoss(op.getRowFunction()))
    return makeLossEmitter(builder, op, space, options);
  if (op.getRowPart() == RowPart::Backward)
    return makeSoftmaxGradientEmitter(builder, op, space, options);
  return makeSoftmaxEmitter(builder, op, space, options);
}

LogicalResult act::emitRowKernel(OpBuilder &builder, RowwiseOpInterface op,
                                 const KernelOptions &options) {
  if (std::optional<std::string> missing = findMissing(op))
    return op->emitOpError("not lowered yet: ") << *missing;
  IterationSpace space = makeRowSpace(builder, op);
  emitBlocksOfLoop(builder, op, space, {}, options,
                   [&](OpBuilder &nested, const IterationSpace &local,
                       const IRMapping &, OpFoldResult begin,
                       OpFoldResult end) {
                     makeEmitter(nested, op, local, options)->emit(begin, end);
                   });
  return success();
}
