//===- ExpandMath.cpp - Math functions as arithmetic ----------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file expands math functions by the rules of the same names, and lets
// arithmetic on 16-bit types happen in f32, as the types' targets have none.
//
//===----------------------------------------------------------------------===//

#include "BitBuilder.h"
#include "Conversions.h"
#include "RuleExpansion.h"

#include "Act/IR/Act.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/IR/TypeUtilities.h"

using namespace mlir;
using namespace act;
using rules::Tier;

/// `type`'s shape with elements of f32.
static Type asF32(OpBuilder &builder, Type type) {
  Type f32 = builder.getF32Type();
  if (auto vector = dyn_cast<VectorType>(type))
    return vector.clone(f32);
  return f32;
}

static bool is16Bit(Type type) {
  Type element = getElementTypeOrSelf(type);
  return element.isF16() || element.isBF16();
}

static bool isScalarOrVector(Type type) {
  return !isa<ShapedType>(type) || isa<VectorType>(type);
}

namespace {

/// A math function that has a rule.
template <typename MathOp>
struct ExpandByRule : public OpRewritePattern<MathOp> {
  ExpandByRule(MLIRContext *context, rules::RuleId rule,
               const ExpandOptions &options)
      // Before the promotion of 16-bit operands: the rule rounds once.
      : OpRewritePattern<MathOp>(context, /*benefit=*/2), rule(rule),
        options(options) {}

  LogicalResult matchAndRewrite(MathOp op,
                                PatternRewriter &rewriter) const override {
    Type type = op.getType();
    Type element = getElementTypeOrSelf(type);
    if (!isScalarOrVector(type))
      return rewriter.notifyMatchFailure(op, "only scalars and vectors");
    Type computeType = element.isF64() ? type : asF32(rewriter, type);
    Tier tier = getTier(op, options);
    if (rules::isFast(tier) && isApproximation(op))
      return rewriter.notifyMatchFailure(op, "one instruction of the GPU");
    RuleExpansion expansion(rewriter, op.getLoc(), options, rule, tier,
                            computeType, {});
    Value result = expansion.forward(op.getOperand(), type);
    if (!result)
      return rewriter.notifyMatchFailure(op, "no evaluation for this type");
    rewriter.replaceOp(op, result);
    return success();
  }

  rules::RuleId rule;
  ExpandOptions options;
};

/// 1/sqrt(x): two correctly rounded operations.
struct ExpandRsqrt : public OpRewritePattern<math::RsqrtOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(math::RsqrtOp op,
                                PatternRewriter &rewriter) const override {
    Type element = getElementTypeOrSelf(op.getType());
    if (!isScalarOrVector(op.getType()) ||
        (!element.isF32() && !element.isF64()))
      return rewriter.notifyMatchFailure(op, "only f32 and f64");
    IRAlgebra algebra(rewriter, op.getLoc(), op.getType());
    rewriter.replaceOp(
        op, algebra.div(algebra.constant(1.0), algebra.sqrt(op.getOperand())));
    return success();
  }
};

/// fma(a, b, c) of 16 bits: no wider type holds all sums of a product and a
/// number, so that the sum is rounded to odd before it is rounded.
struct ExpandHalfFMA : public OpRewritePattern<math::FmaOp> {
  ExpandHalfFMA(MLIRContext *context, const ExpandOptions &options)
      : OpRewritePattern(context, /*benefit=*/2), options(options) {}

  LogicalResult matchAndRewrite(math::FmaOp op,
                                PatternRewriter &rewriter) const override {
    if (!is16Bit(op.getType()) || !isScalarOrVector(op.getType()) ||
        options.definitions)
      return rewriter.notifyMatchFailure(op, "only scalars and vectors of 16 "
                                             "bits");
    Location loc = op.getLoc();
    Type f64 =
        BitBuilder(rewriter, loc, op.getType()).type(rewriter.getF64Type());
    auto wide = [&](Value x) { return widen(rewriter, loc, x, f64, options); };
    Value product =
        arith::MulFOp::create(rewriter, loc, wide(op.getA()), wide(op.getB()));
    Value sum = addToOdd(rewriter, loc, product, wide(op.getC()));
    rewriter.replaceOp(op, narrow(rewriter, loc, sum, op.getType(), options));
    return success();
  }

  ExpandOptions options;
};

/// An integer as a 16-bit float. f32 and f64 hold those of up to 24 and 53
/// bits; longer ones are the sum of two numbers of f64, rounded to odd.
template <typename Op>
struct ExpandIntegerToHalf : public OpRewritePattern<Op> {
  ExpandIntegerToHalf(MLIRContext *context, const ExpandOptions &options)
      : OpRewritePattern<Op>(context, /*benefit=*/2), options(options) {}

  LogicalResult matchAndRewrite(Op op,
                                PatternRewriter &rewriter) const override {
    Value x = op.getIn();
    unsigned width = getElementTypeOrSelf(x.getType()).getIntOrFloatBitWidth();
    if (!is16Bit(op.getType()) || !isScalarOrVector(op.getType()) ||
        options.definitions || width <= 24 || width > 64)
      return rewriter.notifyMatchFailure(op, "f32 holds it, or nothing does");
    Location loc = op.getLoc();
    BitBuilder bits(rewriter, loc, op.getType());
    Type f64 = bits.type(rewriter.getF64Type());
    Value wide = width <= 53 ? Op::create(rewriter, loc, f64, x).getResult()
                             : addParts(bits, x, width, f64);
    rewriter.replaceOp(op, narrow(rewriter, loc, wide, op.getType(), options));
    return success();
  }

private:
  /// The integer is 2^32 times its upper part, which has its sign, and the
  /// lower 32 bits.
  static Value addParts(BitBuilder &b, Value x, unsigned width, Type f64) {
    constexpr bool isSigned = std::is_same_v<Op, arith::SIToFPOp>;
    Value upper = Op::create(b.builder, b.loc, f64,
                             isSigned ? b.ashr(x, 32) : b.lshr(x, 32));
    Value lower = arith::UIToFPOp::create(
        b.builder, b.loc, f64, b.bitAnd(x, b.constant(width, 0xffffffff)));
    Value scaled =
        arith::MulFOp::create(b.builder, b.loc, upper, b.f64(0x1p32));
    return addToOdd(b.builder, b.loc, scaled, lower);
  }

  ExpandOptions options;
};

/// An elementwise arith or math operation with 16-bit floats happens in f32
/// and is rounded once: f32 has more than twice their bits, so that the result
/// of one addition, product, quotient or root is correctly rounded.
struct PromoteTo32Bit : public RewritePattern {
  PromoteTo32Bit(MLIRContext *context, const ExpandOptions &options)
      : RewritePattern(MatchAnyOpTypeTag(), /*benefit=*/1, context),
        options(options) {}

  LogicalResult matchAndRewrite(Operation *op,
                                PatternRewriter &rewriter) const override {
    if (!isa_and_present<arith::ArithDialect, math::MathDialect>(
            op->getDialect()) ||
        !op->hasTrait<OpTrait::Elementwise>())
      return failure();
    // These move or convert values and do no arithmetic on them.
    if (isa<arith::ExtFOp, arith::TruncFOp, arith::BitcastOp, arith::SelectOp,
            arith::ConstantOp>(op))
      return failure();
    // GPUs that round to bf16 compare numbers of 16 bits as they are.
    if (isa<arith::MaxNumFOp>(op) && options.hasBF16)
      return failure();
    if (llvm::none_of(op->getOperandTypes(), is16Bit) &&
        llvm::none_of(op->getResultTypes(), is16Bit))
      return failure();
    if (!llvm::all_of(op->getOperandTypes(), isScalarOrVector))
      return failure();

    Location loc = op->getLoc();
    IRMapping mapping;
    for (Value operand : op->getOperands()) {
      if (is16Bit(operand.getType()))
        mapping.map(operand,
                    widen(rewriter, loc, operand,
                          asF32(rewriter, operand.getType()), options));
    }
    Operation *wide = rewriter.clone(*op, mapping);
    SmallVector<Value> results;
    for (auto [old, result] : llvm::zip(op->getResults(), wide->getResults())) {
      if (!is16Bit(old.getType())) {
        results.push_back(result);
        continue;
      }
      result.setType(asF32(rewriter, old.getType()));
      results.push_back(narrow(rewriter, loc, result, old.getType(), options));
    }
    rewriter.replaceOp(op, results);
    return success();
  }

  ExpandOptions options;
};

} // namespace

template <typename MathOp>
static void addRule(RewritePatternSet &patterns, StringRef name,
                    const ExpandOptions &options) {
  if (std::optional<rules::RuleId> rule =
          rules::findRule(std::string_view(name.data(), name.size())))
    patterns.add<ExpandByRule<MathOp>>(patterns.getContext(), *rule, options);
}

void act::populateActExpandMathPatterns(RewritePatternSet &patterns,
                                        const ExpandOptions &options) {
  addRule<math::ExpOp>(patterns, "exp", options);
  addRule<math::Exp2Op>(patterns, "exp2", options);
  addRule<math::ExpM1Op>(patterns, "expm1", options);
  addRule<math::LogOp>(patterns, "log", options);
  addRule<math::Log2Op>(patterns, "log2", options);
  addRule<math::Log1pOp>(patterns, "log1p", options);
  addRule<math::TanhOp>(patterns, "tanh", options);
  addRule<math::ErfOp>(patterns, "erf", options);
  addRule<math::ErfcOp>(patterns, "erfc", options);
  patterns.add<ExpandRsqrt>(patterns.getContext());
  patterns
      .add<PromoteTo32Bit, ExpandHalfFMA, ExpandIntegerToHalf<arith::SIToFPOp>,
           ExpandIntegerToHalf<arith::UIToFPOp>>(patterns.getContext(),
                                                 options);
}
