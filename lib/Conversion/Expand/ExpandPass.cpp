//===- ExpandPass.cpp - The pass act-expand -------------------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file implements the pass that leaves nothing but arithmetic which every
// target has, or says which operation has no expansion.
//
//===----------------------------------------------------------------------===//

#include "ExactProducts.h"
#include "RuleExpansion.h"

#include "../ScalableGates.h"

#include "Act/Conversion/Expand.h"
#include "Act/Conversion/Passes.h"
#include "Act/IR/Act.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/GPU/IR/GPUDialect.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/IR/TypeUtilities.h"
#include "mlir/Transforms/GreedyPatternRewriteDriver.h"
#include "mlir/Transforms/LoopInvariantCodeMotionUtils.h"

namespace act {
#define GEN_PASS_DEF_ACTEXPAND
#include "Act/Conversion/Passes.h.inc"
} // namespace act

using namespace mlir;
using namespace act;

/// Math operations that are one instruction or a short inline sequence on
/// every supported target, for f32 and f64.
static bool isNative(Operation *op) {
  return isa<math::AbsFOp, math::AbsIOp, math::CopySignOp, math::FmaOp,
             math::SqrtOp, math::FloorOp, math::CeilOp, math::TruncOp,
             math::RoundEvenOp, math::CountLeadingZerosOp,
             math::CountTrailingZerosOp, math::CtPopOp>(op);
}

/// The numbers of an act operation, with their names.
static SmallVector<std::pair<StringRef, OpFoldResult>>
numbersOf(Operation *op) {
  SmallVector<std::pair<StringRef, OpFoldResult>> numbers;
  if (auto rule = dyn_cast<ElementwiseRuleOpInterface>(op)) {
    SmallVector<OpFoldResult> parameters;
    rule.getRuleParameters(parameters);
    for (auto [info, parameter] :
         llvm::zip(rules::ruleInfo(rule.getRule()).parameters, parameters))
      numbers.push_back({info.name, parameter});
    return numbers;
  }
  for (StringAttr name : op->getName().getAttributeNames())
    if (auto number = op->getAttrOfType<FloatAttr>(name))
      numbers.push_back({name, Attribute(number)});
  return numbers;
}

/// Reports an act operation that could not be expanded.
static void reportRule(Operation *op) {
  if (splitsScalableVector(op)) {
    op->emitOpError(splitScalableMessage);
    return;
  }
  bool hasF64 = llvm::any_of(op->getOperandTypes(), [](Type type) {
    return getElementTypeOrSelf(type).isF64();
  });
  if (hasF64) {
    op->emitOpError("has no f64 evaluation yet; compute in f32, or cast the "
                    "operands");
    return;
  }
  Type f32 = Float32Type::get(op->getContext());
  for (auto [name, number] : numbersOf(op)) {
    if (fitsComputeType(number, f32))
      continue;
    op->emitOpError("'") << name << "' = " << cast<Attribute>(number)
                         << " exceeds f32, in which the operation computes; "
                            "give a number within 3.4e38";
    return;
  }
  op->emitOpError("cannot be expanded: no evaluation computes it");
}

/// Moves what evaluations compute of their parameters alone out of `loop`.
static void hoistInvariants(scf::ForOp loop) {
  auto mayCrossBlocks = [](Type type) {
    // Code generation would convert scalars of 16 bits there and back.
    Type element = getElementTypeOrSelf(type);
    return !element.isF16() && !element.isBF16();
  };
  moveLoopInvariantCode(
      loop.getLoopRegions(),
      [&](Value value, Region *) { return loop.isDefinedOutsideOfLoop(value); },
      [&](Operation *op, Region *) {
        return isPure(op) && llvm::all_of(op->getResultTypes(), mayCrossBlocks);
      },
      [&](Operation *op, Region *) { loop.moveOutOfLoop(op); });
}

namespace {

struct ExpandPass : public act::impl::ActExpandBase<ExpandPass> {
  using ActExpandBase::ActExpandBase;

  LogicalResult initialize(MLIRContext *context) override {
    if (isAccuracy(accuracy))
      return success();
    return emitError(UnknownLoc::get(context))
           << "act-expand: unknown accuracy '" << accuracy
           << "'; use 'exact', 'default' or 'fast'";
  }

  void runOnOperation() override {
    Operation *root = getOperation();
    ExpandOptions options;
    options.accuracy = accuracy;
    options.hasFMA = targetHasFMA;
    options.hasF16C = targetHasF16C;
    options.hasWordShuffle = targetHasWordShuffle;
    options.hasBF16 = targetHasBF16;
    options.allowLibm = allowLibm;

    remarkFastTier(options);

    RewritePatternSet patterns(&getContext());
    populateActExpandRulePatterns(patterns, options);
    populateActExpandGatePatterns(patterns, options);
    populateActExpandMathPatterns(patterns, options);
    populateActExpandPhiloxPatterns(patterns);
    populateActExpandConversionPatterns(patterns, options);
    if (failed(apply(std::move(patterns))))
      return signalPassFailure();

    if (failed(checkLeftOvers(options)))
      return signalPassFailure();

    if (options.hasFMA) {
      fuseExactProducts(root);
    } else {
      RewritePatternSet fma(&getContext());
      populateActExpandFMAPatterns(fma);
      if (failed(apply(std::move(fma))))
        return signalPassFailure();
    }
    forgetExactProducts(root);
    root->walk([](scf::ForOp loop) { hoistInvariants(loop); });
  }

private:
  /// Says, of the first operation only, that the fast tier is one of GPUs.
  void remarkFastTier(const ExpandOptions &options) {
    getOperation()->walk<WalkOrder::PreOrder>([&](Operation *op) {
      if (isa<gpu::GPUModuleOp>(op))
        return WalkResult::skip();
      if (!isa<ElementwiseRuleOpInterface, GateOpInterface>(op) ||
          getAccuracy(op, options.accuracy) != "fast")
        return WalkResult::advance();
      emitRemark(op->getLoc(), "the accuracy 'fast' is one of GPUs; on a CPU "
                               "it means 'default'");
      return WalkResult::interrupt();
    });
  }

  /// Every pattern makes its operation vanish, so that one round suffices but
  /// for operations that appear on the way.
  LogicalResult apply(RewritePatternSet &&patterns) {
    GreedyRewriteConfig config;
    config.enableFolding(false);
    config.enableConstantCSE(false);
    config.setRegionSimplificationLevel(GreedySimplifyRegionLevel::Disabled);
    return applyPatternsGreedily(getOperation(), std::move(patterns), config);
  }

  LogicalResult checkLeftOvers(const ExpandOptions &options) {
    LogicalResult result = success();
    // A kernel has an operation of the user's in several places.
    DenseSet<std::tuple<Location, OperationName, Type>> told;
    getOperation()->walk([&](Operation *op) {
      bool onTensors = llvm::any_of(op->getOperandTypes(), [](Type type) {
        return isa<ShapedType>(type) && !isa<VectorType>(type);
      });
      if (onTensors)
        return;
      if (isa<ElementwiseRuleOpInterface, GateOpInterface>(op)) {
        reportRule(op);
        result = failure();
      } else if (isa_and_present<math::MathDialect>(op->getDialect()) &&
                 (!isNative(op) || needsSoftwareFMA(op, options)) &&
                 !options.allowLibm &&
                 !(isApproximation(op) && isOnGPU(op->getBlock()))) {
        result = failure();
        Type type = op->getResult(0).getType();
        if (!told.insert({op->getLoc(), op->getName(), type}).second)
          return;
        InFlightDiagnostic diagnostic =
            op->emitOpError("has no expansion for type ") << type;
        if (isa<math::FmaOp>(op))
          diagnostic.attachNote() << "processors with fused multiply-adds have "
                                     "it: has-fma=true, or "
                                     "a --target-cpu such as haswell";
        else if (!isOnGPU(op->getBlock()))
          diagnostic.attachNote() << "allow-libm=true (--allow-libm) leaves it "
                                     "to the C library, without a bound on its "
                                     "error";
      }
    });
    return result;
  }

  /// math.fma on f64 has no exact expansion without hardware.
  static bool needsSoftwareFMA(Operation *op, const ExpandOptions &options) {
    return isa<math::FmaOp>(op) && !options.hasFMA &&
           !getElementTypeOrSelf(op->getResult(0).getType()).isF32();
  }
};

} // namespace
