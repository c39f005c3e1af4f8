//===- ExpandRules.cpp - Act operations as arithmetic ---------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file implements the one pattern that expands every elementwise act
// operation, on scalars and vectors, through its interface.
//
//===----------------------------------------------------------------------===//

#include "RuleExpansion.h"

#include "Act/IR/Act.h"

#include "mlir/IR/TypeUtilities.h"

using namespace mlir;
using namespace act;

namespace {

struct ExpandRule
    : public OpInterfaceRewritePattern<ElementwiseRuleOpInterface> {
  ExpandRule(MLIRContext *context, const ExpandOptions &options)
      : OpInterfaceRewritePattern(context), options(options) {}

  LogicalResult matchAndRewrite(ElementwiseRuleOpInterface op,
                                PatternRewriter &rewriter) const override {
    Value x = op.getInput();
    Type shape = x.getType();
    if (isa<ShapedType>(shape) && !isa<VectorType>(shape))
      return rewriter.notifyMatchFailure(op, "only scalars and vectors");

    SmallVector<OpFoldResult> parameters;
    op.getRuleParameters(parameters);
    RuleExpansion expansion(rewriter, op.getLoc(), options, op.getRule(),
                            getTier(op, options), getComputeType(op),
                            parameters);

    SmallVector<Value> results;
    Type resultType = op->getResult(0).getType();
    if (Value dy = op.getCotangent()) {
      results.push_back(
          expansion.backward(op.getRulePart(), dy, x, resultType));
      if (op->getNumResults() == 2)
        results.push_back(
            expansion.backward(rules::Part::ParameterDerivative, dy, x,
                               op->getResult(1).getType()));
    } else {
      results.push_back(expansion.forward(x, resultType));
    }
    if (llvm::is_contained(results, Value()))
      return rewriter.notifyMatchFailure(op, "no evaluation for this type");
    rewriter.replaceOp(op, results);
    return success();
  }

  ExpandOptions options;
};

} // namespace

void act::populateActExpandRulePatterns(RewritePatternSet &patterns,
                                        const ExpandOptions &options) {
  patterns.add<ExpandRule>(patterns.getContext(), options);
}
