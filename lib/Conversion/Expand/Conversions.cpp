//===- Conversions.cpp - Between 16-bit types and f32 ---------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file implements conversions between 16-bit types and f32 in integer
// arithmetic. LLVM's own become library calls on several targets
// (__truncsfbf2, __truncsfhf2, __extendhfsf2), and its AVX512-BF16 form
// flushes subnormals.
//
//===----------------------------------------------------------------------===//

#include "Conversions.h"
#include "BitBuilder.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "mlir/IR/TypeUtilities.h"

using namespace mlir;
using namespace act;

/// bf16 is the upper half of an f32.
static Value widenBF16(BitBuilder &b, Value value) {
  Value word = b.extend(32, b.cast(b.builder.getI16Type(), value));
  return b.cast(b.builder.getF32Type(), b.shl(word, 16));
}

/// The exponent is rebased; a subnormal is normalised by one exact f32
/// subtraction of 2^-14.
static Value widenF16(BitBuilder &b, Value value) {
  Type f32 = b.builder.getF32Type();
  Value word = b.extend(32, b.cast(b.builder.getI16Type(), value));
  Value magnitude = b.shl(b.bitAnd(word, b.constant(32, 0x7fff)), 13);
  Value exponent = b.bitAnd(magnitude, b.constant(32, 0x7c00u << 13));
  Value rebased = b.add(magnitude, b.constant(32, (127u - 15) << 23));
  Value special = b.add(rebased, b.constant(32, (128u - 16) << 23));
  Value shifted = b.cast(f32, b.add(rebased, b.constant(32, 1u << 23)));
  Value normalised =
      arith::SubFOp::create(b.builder, b.loc, shifted, b.f32(113u << 23));
  Value result =
      b.select(b.eq(exponent, b.constant(32, 0x7c00u << 13)), special, rebased);
  result = b.select(b.eq(exponent, b.constant(32, 0)),
                    b.cast(b.builder.getI32Type(), normalised), result);
  Value sign = b.shl(b.bitAnd(word, b.constant(32, 0x8000)), 16);
  return b.cast(f32, b.bitOr(result, sign));
}

/// Adds half of the last place (less one bit of the result for ties to even)
/// and keeps the upper half. The sum of a finite value carries into infinity
/// as it should; a NaN is made quiet instead.
static Value narrowToBF16(BitBuilder &b, Value value, Ties ties,
                          const ExpandOptions &options) {
  Value word = b.cast(b.builder.getI32Type(), value);
  Value rounded;
  if (ties == Ties::Upward) {
    rounded = b.add(b.add(word, b.constant(32, 0x8000)), b.ashr(word, 31));
  } else {
    Value last = b.bitAnd(b.lshr(word, 16), b.constant(32, 1));
    rounded = b.add(b.add(word, b.constant(32, 0x7fff)), last);
  }
  Value quiet = b.bitOr(word, b.constant(32, 0x400000));
  Value result = b.select(b.isNaN(value), quiet, rounded);
  // LLVM would not make one shuffle of the shift and the truncation.
  auto vector = dyn_cast<VectorType>(value.getType());
  Value upper = options.hasWordShuffle && vector && vector.getRank() == 1 &&
                        !vector.isScalable()
                    ? b.oddHalves(result)
                    : b.truncate(16, b.lshr(result, 16));
  return b.cast(b.builder.getBF16Type(), upper);
}

/// Normal results are rounded in the integer; subnormal ones by one f32
/// addition that moves their last place to the last place of the sum.
static Value narrowToF16(BitBuilder &b, Value value) {
  Type f32 = b.builder.getF32Type(), i32 = b.builder.getI32Type();
  Value word = b.cast(i32, value);
  Value sign = b.bitAnd(word, b.constant(32, 0x80000000u));
  Value magnitude = b.bitXor(word, sign);

  const uint32_t magic = ((127u - 15) + (23 - 10) + 1) << 23;
  Value moved = arith::AddFOp::create(b.builder, b.loc, b.cast(f32, magnitude),
                                      b.f32(magic));
  Value subnormal = b.sub(b.cast(i32, moved), b.constant(32, magic));

  Value odd = b.bitAnd(b.lshr(magnitude, 13), b.constant(32, 1));
  const uint32_t rebase = ((15u - 127) << 23) + 0xfff;
  Value normal =
      b.lshr(b.add(b.add(magnitude, b.constant(32, rebase)), odd), 13);

  Value isSubnormal = b.ult(magnitude, b.constant(32, 113u << 23));
  Value finite = b.select(isSubnormal, subnormal, normal);
  // At least 65520 becomes infinity: so does every pattern from 2^16 up, and
  // the rounding of the ones below carries by itself.
  Value fits = b.ult(magnitude, b.constant(32, (127u + 16) << 23));
  Value special = b.select(b.ult(b.constant(32, 255u << 23), magnitude),
                           b.constant(32, 0x7e00), b.constant(32, 0x7c00));
  Value result = b.select(fits, finite, special);
  result = b.bitOr(result, b.lshr(sign, 16));
  return b.cast(b.builder.getF16Type(), b.truncate(16, result));
}

/// Moves an even f32 by its last place towards +inf, if it is finite and not
/// zero: a tie between two f16 becomes what lies just above it, and no other
/// number becomes a tie.
static Value nudgeTiesUpward(BitBuilder &b, Value value) {
  Value word = b.cast(b.builder.getI32Type(), value);
  Value even = b.eq(b.bitAnd(word, b.constant(32, 1)), b.constant(32, 0));
  Value magnitude = b.bitAnd(word, b.constant(32, 0x7fffffff));
  Value isNumber =
      b.ult(b.sub(magnitude, b.constant(32, 1)), b.constant(32, 0x7f7fffff));
  Value step = b.bitOr(b.ashr(word, 31), b.constant(32, 1));
  Value move = arith::AndIOp::create(b.builder, b.loc, even, isNumber);
  return b.cast(b.builder.getF32Type(),
                b.select(move, b.add(word, step), word));
}

/// f64 to f32, rounded to odd: a later rounding to at most 22 bits then gives
/// what one rounding gives.
static Value narrowToOdd(BitBuilder &b, Value value) {
  Type f32 = b.type(b.builder.getF32Type());
  Type f64 = b.type(b.builder.getF64Type());
  Value nearest = arith::TruncFOp::create(b.builder, b.loc, f32, value);
  Value back = arith::ExtFOp::create(b.builder, b.loc, f64, nearest);
  Value word = b.cast(b.builder.getI32Type(), nearest);
  Value inexact = arith::CmpFOp::create(b.builder, b.loc,
                                        arith::CmpFPredicate::ONE, back, value);
  Value even = b.eq(b.bitAnd(word, b.constant(32, 1)), b.constant(32, 0));
  // Towards the exact value: away from zero when the magnitude grew too
  // little, else towards zero. The exact value's sign decides for +-0.
  Value magnitude = math::AbsFOp::create(b.builder, b.loc, value);
  Value rounded = math::AbsFOp::create(b.builder, b.loc, back);
  Value below = arith::CmpFOp::create(
      b.builder, b.loc, arith::CmpFPredicate::OLT, rounded, magnitude);
  Value step = b.select(below, b.constant(32, 1), b.constant(32, ~0u));
  Value moved = b.add(word, step);
  Value move = arith::AndIOp::create(b.builder, b.loc, inexact, even);
  return b.cast(b.builder.getF32Type(), b.select(move, moved, word));
}

Value act::widen(OpBuilder &builder, Location loc, Value value, Type type,
                 const ExpandOptions &options) {
  Type from = getElementTypeOrSelf(value.getType());
  Type to = getElementTypeOrSelf(type);
  if (from == to)
    return value;
  if (options.definitions)
    return arith::ExtFOp::create(builder, loc, type, value);
  BitBuilder b(builder, loc, type);
  Value single = value;
  if (from.isBF16())
    single = widenBF16(b, value);
  else if (from.isF16() && !options.hasF16C)
    single = widenF16(b, value);
  else if (from.isF16())
    single = arith::ExtFOp::create(builder, loc, b.type(builder.getF32Type()),
                                   value);
  if (to.isF64())
    return arith::ExtFOp::create(builder, loc, type, single);
  return single;
}

Value act::narrow(OpBuilder &builder, Location loc, Value value, Type type,
                  const ExpandOptions &options, Ties ties) {
  Type from = getElementTypeOrSelf(value.getType());
  Type to = getElementTypeOrSelf(type);
  if (from == to)
    return value;
  if (options.definitions &&
      from.getIntOrFloatBitWidth() > to.getIntOrFloatBitWidth())
    return arith::TruncFOp::create(builder, loc, type, value);
  BitBuilder b(builder, loc, type);
  if (to.isF64())
    return arith::ExtFOp::create(builder, loc, type, value);
  if (to.isF32())
    return arith::TruncFOp::create(builder, loc, type, value);
  Value single = from.isF64() ? narrowToOdd(b, value) : value;
  if (to.isBF16() && options.hasBF16 && ties == Ties::ToEven)
    return arith::TruncFOp::create(builder, loc, type, single);
  if (to.isBF16())
    return narrowToBF16(b, single, ties, options);
  if (ties == Ties::Upward)
    single = nudgeTiesUpward(b, single);
  if (options.hasF16C)
    return arith::TruncFOp::create(builder, loc, type, single);
  return narrowToF16(b, single);
}

Value act::addToOdd(OpBuilder &builder, Location loc, Value x, Value y) {
  BitBuilder b(builder, loc, x.getType());
  auto sub = [&](Value x, Value y) -> Value {
    return arith::SubFOp::create(builder, loc, x, y);
  };
  auto compare = [&](arith::CmpFPredicate predicate, Value x,
                     Value y) -> Value {
    return arith::CmpFOp::create(builder, loc, predicate, x, y);
  };
  Value s = arith::AddFOp::create(builder, loc, x, y);
  Value t = sub(s, x);
  Value e = arith::AddFOp::create(builder, loc, sub(x, sub(s, t)), sub(y, t));
  // e is NaN for an infinite sum: both comparisons are then false.
  Value zero =
      arith::ConstantOp::create(builder, loc, builder.getZeroAttr(x.getType()));
  Value inexact = compare(arith::CmpFPredicate::ONE, e, zero);
  Value word = b.cast(builder.getI64Type(), s);
  Value even = b.eq(b.bitAnd(word, b.constant(64, 1)), b.constant(64, 0));
  Value move = arith::AndIOp::create(builder, loc, inexact, even);
  // One place towards e: away from zero when e has the sign of s.
  Value sameSign = arith::CmpIOp::create(
      builder, loc, arith::CmpIPredicate::sge,
      b.bitXor(word, b.cast(builder.getI64Type(), e)), b.constant(64, 0));
  Value step =
      b.select(sameSign, b.constant(64, 1), b.constant(64, ~uint64_t(0)));
  Value odd = b.select(move, b.add(word, step), word);
  return b.cast(builder.getF64Type(), odd);
}

//===----------------------------------------------------------------------===//
// Patterns
//===----------------------------------------------------------------------===//

/// Whether a conversion between these types is not left to LLVM.
static bool needsExpansion(Type narrowType, Type wideType,
                           const ExpandOptions &options) {
  narrowType = getElementTypeOrSelf(narrowType);
  wideType = getElementTypeOrSelf(wideType);
  if (!wideType.isF32() && !wideType.isF64())
    return false;
  if (narrowType.isBF16())
    return true;
  return narrowType.isF16() && (!options.hasF16C || wideType.isF64());
}

namespace {

struct ExpandExtF : OpRewritePattern<arith::ExtFOp> {
  ExpandExtF(MLIRContext *context, const ExpandOptions &options)
      : OpRewritePattern(context), options(options) {}

  LogicalResult matchAndRewrite(arith::ExtFOp op,
                                PatternRewriter &rewriter) const override {
    if (!needsExpansion(op.getIn().getType(), op.getType(), options))
      return failure();
    rewriter.replaceOp(
        op, widen(rewriter, op.getLoc(), op.getIn(), op.getType(), options));
    return success();
  }

  ExpandOptions options;
};

struct ExpandTruncF : OpRewritePattern<arith::TruncFOp> {
  ExpandTruncF(MLIRContext *context, const ExpandOptions &options)
      : OpRewritePattern(context), options(options) {}

  LogicalResult matchAndRewrite(arith::TruncFOp op,
                                PatternRewriter &rewriter) const override {
    if (!needsExpansion(op.getType(), op.getIn().getType(), options) ||
        isRoundedInHardware(op))
      return failure();
    if (op.getRoundingmode().value_or(arith::RoundingMode::to_nearest_even) !=
        arith::RoundingMode::to_nearest_even)
      return rewriter.notifyMatchFailure(op, "only nearest even is expanded");
    rewriter.replaceOp(
        op, narrow(rewriter, op.getLoc(), op.getIn(), op.getType(), options));
    return success();
  }

private:
  bool isRoundedInHardware(arith::TruncFOp op) const {
    return options.hasBF16 && getElementTypeOrSelf(op.getType()).isBF16() &&
           getElementTypeOrSelf(op.getIn().getType()).isF32();
  }

  ExpandOptions options;
};

/// fma(a, b, c) on f32 without hardware support: the product is exact in f64,
/// the sum is rounded to odd there, and then to f32.
struct ExpandFMA : OpRewritePattern<math::FmaOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(math::FmaOp op,
                                PatternRewriter &rewriter) const override {
    if (!getElementTypeOrSelf(op.getType()).isF32())
      return rewriter.notifyMatchFailure(op, "only f32 is expanded");
    Location loc = op.getLoc();
    Type f64 =
        BitBuilder(rewriter, loc, op.getType()).type(rewriter.getF64Type());
    auto wide = [&](Value x) -> Value {
      return arith::ExtFOp::create(rewriter, loc, f64, x);
    };
    Value p =
        arith::MulFOp::create(rewriter, loc, wide(op.getA()), wide(op.getB()));
    rewriter.replaceOpWithNewOp<arith::TruncFOp>(
        op, op.getType(), addToOdd(rewriter, loc, p, wide(op.getC())));
    return success();
  }
};

} // namespace

void act::populateActExpandConversionPatterns(RewritePatternSet &patterns,
                                              const ExpandOptions &options) {
  patterns.add<ExpandExtF, ExpandTruncF>(patterns.getContext(), options);
}

void act::populateActExpandFMAPatterns(RewritePatternSet &patterns) {
  patterns.add<ExpandFMA>(patterns.getContext());
}
