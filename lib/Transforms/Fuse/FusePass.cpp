//===- FusePass.cpp - The pass act-fuse -----------------------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file implements the pass that fuses until nothing is left to fuse, and
// then says what was nearly a fusion: only then is a reason final.
//
//===----------------------------------------------------------------------===//

#include "Fusion.h"

#include "Act/Transforms/Fuse.h"
#include "Act/Transforms/Passes.h"

#include "mlir/Transforms/GreedyPatternRewriteDriver.h"
#include "llvm/ADT/StringMap.h"

namespace act {
#define GEN_PASS_DEF_ACTFUSE
#include "Act/Transforms/Passes.h.inc"
} // namespace act

using namespace mlir;
using namespace act;

namespace {

/// Counts the patterns that apply, by their names.
class Counter : public RewriterBase::Listener {
public:
  explicit Counter(llvm::StringMap<Pass::Statistic *> statistics)
      : statistics(std::move(statistics)) {}

  void notifyPatternEnd(const Pattern &pattern, LogicalResult status) override {
    if (succeeded(status))
      if (Pass::Statistic *statistic =
              statistics.lookup(pattern.getDebugName()))
        ++*statistic;
  }

private:
  llvm::StringMap<Pass::Statistic *> statistics;
};

/// Turns the reasons of patterns that do not apply into remarks. It tries them
/// on the module itself, of which nothing changes, since none applies any more:
/// it comes after a fixed point.
class MissReporter : public RewriterBase::Listener {
public:
  void report(Operation *root, const FrozenRewritePatternSet &patterns) {
    const auto &byName = patterns.getOpSpecificNativePatterns();
    root->walk([&](Operation *candidate) {
      op = candidate;
      auto it = byName.find(op->getName());
      if (it == byName.end())
        return;
      for (const RewritePattern *native : it->second) {
        pattern = native;
        PatternRewriter rewriter(op->getContext());
        rewriter.setInsertionPoint(op);
        rewriter.setListener(this);
        (void)native->matchAndRewrite(op, rewriter);
      }
    });
  }

  void notifyMatchFailure(Location loc,
                          function_ref<void(Diagnostic &)> explain) override {
    Diagnostic reason(loc, DiagnosticSeverity::Remark);
    explain(reason);
    remark::missed(loc, remarkOptions(*pattern, op)) << reason.str();
  }

private:
  const Pattern *pattern = nullptr;
  Operation *op = nullptr;
};

struct FusePass : public act::impl::ActFuseBase<FusePass> {
  using ActFuseBase::ActFuseBase;

  LogicalResult initialize(MLIRContext *context) override {
    RewritePatternSet set(context);
    populateActFusePatterns(set, {strict});
    patterns = FrozenRewritePatternSet(std::move(set));
    return success();
  }

  void runOnOperation() override {
    Counter counter({{"spelled-activation", &numActivations},
                     {"gate", &numGates},
                     {"gate-gradient", &numGateGradients},
                     {"packed-gate", &numPackedGates},
                     {"softmax", &numSoftmaxes},
                     {"log-softmax", &numSoftmaxes},
                     {"spelled-softmax", &numSoftmaxes},
                     {"mask", &numMasks},
                     {"row-scale", &numRowScales},
                     {"cross-entropy", &numLosses},
                     {"one-hot-loss", &numLosses},
                     {"clamped-gate", &numGates},
                     {"cross-entropy-gradient", &numLossGradients},
                     {"loss-with-gradient", &numLossesWithGradient},
                     {"product-sum", &numProductSums}});
    GreedyRewriteConfig config;
    config.setListener(&counter).enableFolding(false);
    // Without a fixed point there is more to fuse: no reason is final.
    bool isDone =
        succeeded(applyPatternsGreedily(getOperation(), patterns, config));
    if (isDone && getContext().getRemarkEngine())
      MissReporter().report(getOperation(), patterns);
  }

  FrozenRewritePatternSet patterns;
};

} // namespace

void act::populateActFusePatterns(RewritePatternSet &patterns,
                                  const FuseOptions &options) {
  populateActFuseSpelledActivationPatterns(patterns, options);
  populateActFuseGatePatterns(patterns, options);
  populateActFuseGateGradientPatterns(patterns, options);
  populateActFusePackedGatePatterns(patterns, options);
  populateActFuseRowPatterns(patterns, options);
  populateActFuseSpelledSoftmaxPatterns(patterns, options);
  populateActFuseRowScalePatterns(patterns, options);
  populateActFuseLossPatterns(patterns, options);
  populateActFuseOneHotLossPatterns(patterns, options);
  populateActFuseLossWithGradientPatterns(patterns, options);
  populateActFuseProductSumPatterns(patterns, options);
}
