//===- Dropout.cpp - Dropout as linalg.generic ----------------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file converts dropout on tensors. The random word of an element follows
// from its number in the tensor, which act.element_index gives in any kernel.
//
//===----------------------------------------------------------------------===//

#include "../Dimensions.h"
#include "ToLinalg.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"

#include <cmath>
#include <limits>

using namespace mlir;
using namespace act;

namespace {

/// What becomes of an element: factor x + addend, or dropped.
struct Effect {
  /// x is divided by this...
  double divisor = 1;
  /// ...or multiplied by this, and this is added.
  double factor = 1, addend = 0;
  double dropped = 0;
};

class DropoutConverter {
public:
  DropoutConverter(RewriterBase &rewriter, DropoutOpInterface op)
      : rewriter(rewriter), op(op), loc(op->getLoc()), x(op->getOperand(0)),
        type(cast<RankedTensorType>(x.getType())) {}

  void convert() {
    rewriter.setInsertionPoint(op);
    Value offset = op.getOffset();
    if (!offset)
      offset = arith::ConstantIntOp::create(rewriter, loc, 0, 64);
    AffineMap identity = rewriter.getMultiDimIdentityMap(type.getRank());
    SmallVector<utils::IteratorType> iterators(type.getRank(),
                                               utils::IteratorType::parallel);
    auto generic = linalg::GenericOp::create(
        rewriter, loc, type, x, makeEmpty(),
        ArrayRef<AffineMap>{identity, identity}, iterators,
        [&](OpBuilder &builder, Location, ValueRange arguments) {
          Value y = emitElement(builder, arguments.front(), offset);
          linalg::YieldOp::create(builder, loc, y);
        });
    rewriter.replaceOp(op, generic);
  }

private:
  Value makeEmpty() {
    return tensor::EmptyOp::create(rewriter, loc, type,
                                   dynamicSizes(rewriter, loc, type, x));
  }

  Effect findEffect(double p) {
    if (isa<DropoutOp, DropoutBackwardOp>(*op))
      return {1 - p, 1, 0, 0};
    // -LA of selu.
    constexpr double K = -1.7580993408473766;
    double a = 1 / std::sqrt((1 - p) * (1 + p * K * K));
    if (isa<AlphaDropoutBackwardOp>(*op))
      return {1, a, 0, 0};
    double b = -a * p * K;
    return {1, a, b, a * K + b};
  }

  Value number(OpBuilder &builder, Type type, double value) {
    return arith::ConstantOp::create(builder, loc,
                                     builder.getFloatAttr(type, value));
  }

  Value emitElement(OpBuilder &builder, Value x, Value offset) {
    double p = op.getP();
    Type element = x.getType();
    if (p == 1)
      return number(builder, element, 0);
    Effect effect = findEffect(p);
    auto threshold = static_cast<int64_t>(std::nearbyint(std::ldexp(p, 32)));
    // No word is as large.
    if (threshold > std::numeric_limits<uint32_t>::max())
      return number(builder, element, effect.dropped);
    Value kept = emitKept(builder, x, effect);
    Value isKept = arith::CmpIOp::create(
        builder, loc, arith::CmpIPredicate::uge, emitWord(builder, offset),
        arith::ConstantIntOp::create(builder, loc,
                                     static_cast<int32_t>(threshold), 32));
    return arith::SelectOp::create(builder, loc, isKept, kept,
                                   number(builder, element, effect.dropped));
  }

  /// Word i mod 4 of block i div 4.
  Value emitWord(OpBuilder &builder, Value offset) {
    auto constant = [&](int64_t value) {
      return arith::ConstantIntOp::create(builder, loc, value, 64);
    };
    SmallVector<Value> position;
    for (int64_t dim = 0; dim < type.getRank(); ++dim)
      position.push_back(linalg::IndexOp::create(builder, loc, dim));
    Value index = ElementIndexOp::create(builder, loc, position);
    Value block = arith::ShRUIOp::create(builder, loc, index, constant(2));
    auto words = PhiloxOp::create(builder, loc, op.getSeed(), offset, block);
    auto has = [&](int64_t bit) -> Value {
      Value masked = arith::AndIOp::create(builder, loc, index, constant(bit));
      return arith::CmpIOp::create(builder, loc, arith::CmpIPredicate::ne,
                                   masked, constant(0));
    };
    Value odd = has(1);
    Value low = arith::SelectOp::create(builder, loc, odd, words.getW1(),
                                        words.getW0());
    Value high = arith::SelectOp::create(builder, loc, odd, words.getW3(),
                                         words.getW2());
    return arith::SelectOp::create(builder, loc, has(2), high, low);
  }

  /// In f64: then the numbers are exact enough for one rounding to f32.
  Value emitKept(OpBuilder &builder, Value x, const Effect &effect) {
    Type element = x.getType();
    Type f64 = builder.getF64Type();
    Value wide = widen(builder, x, f64);
    if (effect.divisor != 1)
      wide = arith::DivFOp::create(builder, loc, wide,
                                   number(builder, f64, effect.divisor));
    if (effect.factor != 1)
      wide = arith::MulFOp::create(builder, loc, wide,
                                   number(builder, f64, effect.factor));
    if (effect.addend != 0)
      wide = arith::AddFOp::create(builder, loc, wide,
                                   number(builder, f64, effect.addend));
    // 16-bit results are f32 values rounded once more, as those of all
    // operations that are not one function.
    if (element.isF64())
      return wide;
    Value single =
        arith::TruncFOp::create(builder, loc, builder.getF32Type(), wide);
    if (element.isF32())
      return single;
    return arith::TruncFOp::create(builder, loc, element, single);
  }

  Value widen(OpBuilder &builder, Value x, Type f64) {
    if (x.getType().isF64())
      return x;
    if (!x.getType().isF32())
      x = arith::ExtFOp::create(builder, loc, builder.getF32Type(), x);
    return arith::ExtFOp::create(builder, loc, f64, x);
  }

  RewriterBase &rewriter;
  DropoutOpInterface op;
  Location loc;
  Value x;
  RankedTensorType type;
};

} // namespace

void act::convertDropout(RewriterBase &rewriter, DropoutOpInterface op) {
  DropoutConverter(rewriter, op).convert();
}
