//===- RowScale.cpp - Scale and soft cap of rows --------------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file implements the fusion of a division by a number, or a soft cap c
// tanh(u/c), into the operation on rows that reads the result.
//
//===----------------------------------------------------------------------===//

#include "Fusion.h"
#include "Numbers.h"

#include "Act/IR/RowwiseNumbers.h"

#include "mlir/Dialect/Math/IR/Math.h"

using namespace mlir;
using namespace act;

namespace {

/// x / c or x * c.
struct Scale {
  Operation *op = nullptr;
  Value x;
  double number;
  bool isDivision;
};

std::optional<Scale> findScale(Value value) {
  if (auto division = value.getDefiningOp<arith::DivFOp>())
    if (auto number = findNumber(division.getRhs()))
      return Scale{division, division.getLhs(), *number, true};
  auto product = value.getDefiningOp<arith::MulFOp>();
  if (!product)
    return std::nullopt;
  if (auto number = findNumber(product.getRhs()))
    return Scale{product, product.getLhs(), *number, false};
  if (auto number = findNumber(product.getLhs()))
    return Scale{product, product.getRhs(), *number, false};
  return std::nullopt;
}

/// c tanh(u/c).
struct SoftCap {
  Scale outer, inner;
  Operation *tanh;
};

std::optional<SoftCap> findSoftCap(Value value) {
  std::optional<Scale> outer = findScale(value);
  if (!outer || outer->isDivision)
    return std::nullopt;
  Operation *tanh = outer->x.getDefiningOp();
  if (!isa_and_present<TanhOp, math::TanhOp>(tanh) ||
      tanh->getOperand(0).getType() != outer->x.getType())
    return std::nullopt;
  std::optional<Scale> inner = findScale(tanh->getOperand(0));
  if (!inner)
    return std::nullopt;
  return SoftCap{*outer, *inner, tanh};
}

/// The operations whose attributes are `temperature` and `softcap`.
template <typename Op>
struct FuseRowScale : public Fusion<OpRewritePattern<Op>> {
  using Fusion<OpRewritePattern<Op>>::Fusion;

  LogicalResult matchAndRewrite(Op op,
                                PatternRewriter &rewriter) const override {
    if (op.hasDestinations())
      return failure();
    if (std::optional<SoftCap> cap = findSoftCap(op.getX()))
      return fuseSoftCap(op, *cap, rewriter);
    if (std::optional<Scale> scale = findScale(op.getX()))
      return fuseScale(op, *scale, rewriter);
    return failure();
  }

private:
  LogicalResult checkPart(Operation *part, Operation *user, Op op,
                          PatternRewriter &rewriter) const {
    if (failed(checkSoleUser(rewriter, part, user, op)))
      return failure();
    return checkSameBlock(rewriter, part, op);
  }

  LogicalResult checkNumber(double number, Op op,
                            PatternRewriter &rewriter) const {
    if (number > 0 && isRowScale(number, op.getComputeType()))
      return success();
    return rewriter.notifyMatchFailure(op, [&](Diagnostic &diagnostic) {
      diagnostic << "temperature and softcap are greater than 0 and finite, "
                    "as are their reciprocals, found "
                 << number;
    });
  }

  LogicalResult fuseScale(Op op, const Scale &scale,
                          PatternRewriter &rewriter) const {
    if (failed(checkNumber(scale.number, op, rewriter)))
      return failure();
    if (op.getTemperature() != 1)
      return rewriter.notifyMatchFailure(op, "there is a temperature already");
    double temperature = scale.isDivision ? scale.number : 1 / scale.number;
    int exponent;
    bool isExact =
        scale.isDivision || (std::isnormal(temperature) &&
                             std::frexp(scale.number, &exponent) == 0.5);
    if (!std::isfinite(temperature) ||
        (getElementTypeOrSelf(scale.x).isF64() && !isExact))
      return rewriter.notifyMatchFailure(op, [&](Diagnostic &diagnostic) {
        diagnostic << "the reciprocal of " << scale.number
                   << " is no exact temperature of f64";
      });
    if (failed(checkPart(scale.op, op, op, rewriter)) ||
        failed(checkSameBits(rewriter, op, this->options)))
      return failure();
    rewriter.modifyOpInPlace(op, [&] {
      op.setTemperatureAttr(rewriter.getF64FloatAttr(temperature));
      op.getXMutable().assign(scale.x);
    });
    remarkFused(*this, op,
                "'" + nameOf(scale.op) + "' and '" + nameOf(op) + "'");
    return success();
  }

  LogicalResult fuseSoftCap(Op op, const SoftCap &cap,
                            PatternRewriter &rewriter) const {
    double bound = cap.outer.number;
    if (failed(checkNumber(bound, op, rewriter)))
      return failure();
    double expected = cap.inner.isDivision ? bound : 1 / bound;
    Type element = getElementTypeOrSelf(op.getX());
    if (!areNeighbours(cap.inner.number, expected, element))
      return rewriter.notifyMatchFailure(op, [&](Diagnostic &diagnostic) {
        diagnostic << "the numbers of a soft cap are reciprocal, found "
                   << cap.inner.number << " inside and " << bound << " outside";
      });
    if (op.getSoftcap())
      return rewriter.notifyMatchFailure(op, "there is a softcap already");
    if (op.getTemperature() != 1)
      return rewriter.notifyMatchFailure(
          op, "the temperature would come before the soft cap");
    if (failed(checkPart(cap.outer.op, op, op, rewriter)) ||
        failed(checkPart(cap.tanh, cap.outer.op, op, rewriter)) ||
        failed(checkPart(cap.inner.op, cap.tanh, op, rewriter)) ||
        failed(checkSameBits(rewriter, op, this->options)))
      return failure();
    rewriter.modifyOpInPlace(op, [&] {
      op.setSoftcapAttr(rewriter.getF64FloatAttr(bound));
      op.getXMutable().assign(cap.inner.x);
    });
    remarkFused(*this, op,
                "a soft cap of '" + nameOf(cap.tanh) + "' and '" + nameOf(op) +
                    "'");
    return success();
  }
};

} // namespace

void act::populateActFuseRowScalePatterns(RewritePatternSet &patterns,
                                          const FuseOptions &options) {
  patterns.add<FuseRowScale<SoftmaxOp>, FuseRowScale<LogSoftmaxOp>,
               FuseRowScale<CrossEntropyOp>>("row-scale", options,
                                             patterns.getContext());
}
