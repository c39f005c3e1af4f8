//===- ExpandPhilox.cpp - Random words as arithmetic ----------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file expands Philox4x32-10 on scalars and vectors. The function is that
// of J. Salmon, M. Moraes, R. Dror, D. Shaw: Parallel random numbers: as easy
// as 1, 2, 3, SC 2011.
//
//===----------------------------------------------------------------------===//

#include "Act/Conversion/Expand.h"
#include "Act/IR/Act.h"

#include "mlir/Dialect/Arith/IR/Arith.h"

using namespace mlir;
using namespace act;

namespace {

struct ExpandPhilox : public OpRewritePattern<PhiloxOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(PhiloxOp op,
                                PatternRewriter &rewriter) const override {
    Type type = op.getW0().getType();
    Location loc = op.getLoc();
    auto constant = [&](uint32_t word) -> Value {
      Attribute value = rewriter.getI32IntegerAttr(static_cast<int32_t>(word));
      if (auto vector = dyn_cast<VectorType>(type))
        value = SplatElementsAttr::get(vector, value);
      return arith::ConstantOp::create(rewriter, loc, cast<TypedAttr>(value));
    };
    auto exclusiveOr = [&](Value a, Value b, Value c) -> Value {
      return arith::XOrIOp::create(
          rewriter, loc, arith::XOrIOp::create(rewriter, loc, a, b), c);
    };

    auto [k0, k1] = splitWords(rewriter, loc, op.getSeed(), type);
    auto [c0, c1] = splitWords(rewriter, loc, op.getBlock(), type);
    auto [c2, c3] = splitWords(rewriter, loc, op.getOffset(), type);
    Value m0 = constant(0xD2511F53), m1 = constant(0xCD9E8D57);
    Value bump0 = constant(0x9E3779B9), bump1 = constant(0xBB67AE85);
    for (unsigned round = 0; round != 10; ++round) {
      if (round > 0) {
        k0 = arith::AddIOp::create(rewriter, loc, k0, bump0);
        k1 = arith::AddIOp::create(rewriter, loc, k1, bump1);
      }
      auto first = arith::MulUIExtendedOp::create(rewriter, loc, m0, c0);
      auto second = arith::MulUIExtendedOp::create(rewriter, loc, m1, c2);
      c0 = exclusiveOr(second.getHigh(), c1, k0);
      c2 = exclusiveOr(first.getHigh(), c3, k1);
      c1 = second.getLow();
      c3 = first.getLow();
    }
    rewriter.replaceOp(op, {c0, c1, c2, c3});
    return success();
  }

private:
  /// The low and the high word of an i64.
  static std::pair<Value, Value>
  splitWords(PatternRewriter &rewriter, Location loc, Value value, Type word) {
    Attribute bits = rewriter.getI64IntegerAttr(32);
    if (auto vector = dyn_cast<VectorType>(value.getType()))
      bits = SplatElementsAttr::get(vector, bits);
    Value shift =
        arith::ConstantOp::create(rewriter, loc, cast<TypedAttr>(bits));
    Value low = arith::TruncIOp::create(rewriter, loc, word, value);
    Value high = arith::TruncIOp::create(
        rewriter, loc, word,
        arith::ShRUIOp::create(rewriter, loc, value, shift));
    return {low, high};
  }
};

} // namespace

void act::populateActExpandPhiloxPatterns(RewritePatternSet &patterns) {
  patterns.add<ExpandPhilox>(patterns.getContext());
}
