//===- DecomposePass.cpp - The pass act-decompose -------------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file implements the patterns of act-decompose and the pass. Elementwise
// operations and gates on tensors become linalg.generic as in act-to-linalg,
// rows become several; what then stands on scalars is expanded by definition.
//
//===----------------------------------------------------------------------===//

#include "RowState.h"

#include "../ElementIndex.h"
#include "../ScalableGates.h"
#include "../ToLinalg/ToLinalg.h"

#include "Act/Conversion/Decompose.h"
#include "Act/Conversion/Expand.h"
#include "Act/Conversion/Passes.h"
#include "Act/IR/RowwiseBuilders.h"

#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "mlir/Transforms/GreedyPatternRewriteDriver.h"

namespace act {
#define GEN_PASS_DEF_ACTDECOMPOSE
#include "Act/Conversion/Passes.h.inc"
} // namespace act

using namespace mlir;
using namespace act;

static bool isOnTensors(Operation *op) {
  return isa<RankedTensorType>(op->getResult(0).getType());
}

namespace {

struct DecomposeRule
    : public OpInterfaceRewritePattern<ElementwiseRuleOpInterface> {
  using OpInterfaceRewritePattern::OpInterfaceRewritePattern;

  LogicalResult matchAndRewrite(ElementwiseRuleOpInterface op,
                                PatternRewriter &rewriter) const override {
    if (!isOnTensors(op))
      return rewriter.notifyMatchFailure(op, "only tensors");
    if (OpTrait::hasElementwiseMappableTraits(op))
      emitElementwiseGroup(rewriter, op.getOperation());
    else
      convertParametricOp(rewriter, op);
    return success();
  }
};

struct DecomposeGate : public OpInterfaceRewritePattern<GateOpInterface> {
  using OpInterfaceRewritePattern::OpInterfaceRewritePattern;

  LogicalResult matchAndRewrite(GateOpInterface op,
                                PatternRewriter &rewriter) const override {
    if (!isOnTensors(op))
      return rewriter.notifyMatchFailure(op, "only tensors");
    if (isa<GluOp, GluBackwardOp>(op))
      convertPackedGate(rewriter, op);
    else
      emitElementwiseGroup(rewriter, op.getOperation());
    return success();
  }
};

/// The form without destinations: what they hold is never read.
static void dropDestinations(RewriterBase &rewriter, RowwiseOpInterface op) {
  SmallVector<Type> types;
  for (RowOutput output : op.getRowOutputs())
    types.push_back(op.getRowOutputType(output));
  Operation *copy =
      cloneRowwise(rewriter, op, op.getInputs(), /*outs=*/ValueRange(), types);
  replaceWithCasts(rewriter, op, copy->getResults());
}

struct DecomposeRows : public OpInterfaceRewritePattern<RowwiseOpInterface> {
  using OpInterfaceRewritePattern::OpInterfaceRewritePattern;

  LogicalResult matchAndRewrite(RowwiseOpInterface op,
                                PatternRewriter &rewriter) const override {
    if (op.isOnMemory())
      return rewriter.notifyMatchFailure(op, "only tensors");
    if (op.hasDestinations())
      dropDestinations(rewriter, op);
    else if (auto loss = dyn_cast<LossOpInterface>(*op))
      decomposeLoss(rewriter, loss);
    else
      decomposeSoftmax(rewriter, op);
    return success();
  }
};

struct DecomposeDropout : public OpInterfaceRewritePattern<DropoutOpInterface> {
  using OpInterfaceRewritePattern::OpInterfaceRewritePattern;

  LogicalResult matchAndRewrite(DropoutOpInterface op,
                                PatternRewriter &rewriter) const override {
    convertDropout(rewriter, op);
    return success();
  }
};

struct DecomposeElementIndex : public OpRewritePattern<ElementIndexOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(ElementIndexOp op,
                                PatternRewriter &rewriter) const override {
    expandElementIndices(rewriter, cast<linalg::GenericOp>(op->getParentOp()));
    return success();
  }
};

struct DecomposePass : public act::impl::ActDecomposeBase<DecomposePass> {
  void runOnOperation() override {
    RewritePatternSet patterns(&getContext());
    populateActDecomposePatterns(patterns);
    if (failed(applyPatternsGreedily(getOperation(), std::move(patterns))))
      return signalPassFailure();
    WalkResult left = getOperation()->walk([](Operation *op) {
      if (!isa_and_present<ActDialect>(op->getDialect()))
        return WalkResult::advance();
      if (splitsScalableVector(op))
        op->emitOpError(splitScalableMessage);
      else
        op->emitOpError("cannot be decomposed")
            << (isa<RowwiseOpInterface>(op)
                    ? " on memrefs; decompose before bufferization"
                    : ": a number exceeds f32, in which it computes; give "
                      "numbers within 3.4e38");
      return WalkResult::interrupt();
    });
    if (left.wasInterrupted())
      signalPassFailure();
  }
};

} // namespace

void act::populateActDecomposePatterns(RewritePatternSet &patterns) {
  patterns.add<DecomposeRule, DecomposeGate, DecomposeRows, DecomposeDropout,
               DecomposeElementIndex>(patterns.getContext());
  ExpandOptions options;
  options.definitions = true;
  populateActExpandRulePatterns(patterns, options);
  populateActExpandGatePatterns(patterns, options);
  populateActExpandPhiloxPatterns(patterns);
}
