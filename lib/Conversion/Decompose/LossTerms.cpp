//===- LossTerms.cpp - What losses are sums of ----------------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file implements targets, weights and label smoothing of losses that are
// taken apart.
//
//===----------------------------------------------------------------------===//

#include "LossTerms.h"

#include "mlir/Dialect/Linalg/IR/Linalg.h"

#include <limits>

using namespace mlir;
using namespace act;

static constexpr double notANumber = std::numeric_limits<double>::quiet_NaN();

LossTerms::LossTerms(RewriterBase &rewriter, LossOpInterface op)
    : rewriter(rewriter), op(op), loc(op.getLoc()), generics(rewriter, op),
      isHard(!op.hasSoftTarget()),
      smoothing(op.getLabelSmoothing().value_or(0.0)),
      target{op.getTarget(), isHard ? RowExtent::Rows : RowExtent::Data},
      classes(generics.getLengthAsInteger()) {}

//===----------------------------------------------------------------------===//
// Targets
//===----------------------------------------------------------------------===//

Value LossTerms::asI64(OpBuilder &builder, Value integer) {
  if (integer.getType().isInteger(64))
    return integer;
  return arith::ExtSIOp::create(builder, loc, builder.getI64Type(), integer);
}
Value LossTerms::compare(OpBuilder &builder, arith::CmpIPredicate predicate,
                         Value left, Value right) {
  return arith::CmpIOp::create(builder, loc, predicate, left, right);
}

Value LossTerms::isClass(OpBuilder &builder, Value element) {
  return compare(builder, arith::CmpIPredicate::ult, asI64(builder, element),
                 classes);
}
Value LossTerms::isTarget(OpBuilder &builder, Value element) {
  Value index = arith::IndexCastOp::create(
      builder, loc, builder.getI64Type(),
      linalg::IndexOp::create(builder, loc, op.getRowDim()));
  return compare(builder, arith::CmpIPredicate::eq, asI64(builder, element),
                 index);
}

Value LossTerms::term(IRAlgebra &a, Value coefficient, Value value) {
  return a.select(a.eq(coefficient, a.constant(0.0)), a.constant(0.0),
                  a.mul(coefficient, value));
}

//===----------------------------------------------------------------------===//
// Weights
//===----------------------------------------------------------------------===//

void LossTerms::makeWeights() {
  SmallVector<RowTensor> inputs{target};
  if (!isHard)
    inputs.clear();
  if (op.getTokenWeight())
    inputs.push_back({op.getTokenWeight(), RowExtent::Rows});
  weight = generics.map(RowExtent::Rows, inputs, [&](RowBody body) {
    IRAlgebra &a = body.algebra;
    Value own = op.getTokenWeight() ? body.inputs.back() : a.constant(1.0);
    if (!isHard)
      return own;
    Value ignored = arith::ConstantOp::create(
        body.builder, loc,
        body.builder.getI64IntegerAttr(op.getIgnoredTarget()));
    Value isIgnored = compare(body.builder, arith::CmpIPredicate::eq,
                              asI64(body.builder, body.inputs[0]), ignored);
    return a.select(isIgnored, a.constant(0.0), own);
  });
  rowWeight = weight;
  if (!isHard || !op.getClassWeight())
    return;
  RowTensor ofTarget = generics.sum(
      {target, {op.getClassWeight(), RowExtent::Classes}}, [&](RowBody body) {
        return body.algebra.select(isTarget(body.builder, body.inputs[0]),
                                   body.inputs[1], body.algebra.constant(0.0));
      });
  rowWeight = generics.map(
      RowExtent::Rows, {target, weight, ofTarget}, [&](RowBody body) {
        IRAlgebra &a = body.algebra;
        // What is no class has weight 1.
        Value w = a.select(isClass(body.builder, body.inputs[0]),
                           body.inputs[2], a.constant(1.0));
        return a.mul(body.inputs[1], w);
      });
}

void LossTerms::makeCotangent() {
  gradientWeight = weight;
  bool isMean = op.getReduction() == Reduction::Mean;
  if (isMean)
    divisor = generics.sumRows(rowWeight);
  if (!op.getCotangent())
    return;
  cotangent = {op.getCotangent(), getRowExtent(op, RowInput::DLoss)};
  if (!isMean)
    return;
  cotangent =
      generics.map(RowExtent::Whole, {cotangent, *divisor}, [&](RowBody body) {
        return body.algebra.div(body.inputs[0], body.inputs[1]);
      });
  gradientWeight =
      generics.map(RowExtent::Rows, {weight, *divisor}, [&](RowBody body) {
        IRAlgebra &a = body.algebra;
        return a.select(a.eq(body.inputs[1], a.constant(0.0)), a.constant(0.0),
                        body.inputs[0]);
      });
}

Value LossTerms::reduceLoss(RowTensor rows) {
  if (op.getReduction() == Reduction::None)
    return rows.value;
  RowTensor sum = generics.sumRows(rows);
  if (!divisor)
    return sum.value;
  return generics
      .map(RowExtent::Whole, {sum, *divisor},
           [&](RowBody body) {
             IRAlgebra &a = body.algebra;
             double empty =
                 op.getEmptyMean() == EmptyMean::Zero ? 0.0 : notANumber;
             return a.select(a.eq(body.inputs[1], a.constant(0.0)),
                             a.constant(empty),
                             a.div(body.inputs[0], body.inputs[1]));
           })
      .value;
}

Value LossTerms::isKept(IRAlgebra &a, Value weight) {
  return a.logicalNot(a.eq(weight, a.constant(0.0)));
}

/// The number of classes that smoothing spreads over, for each row.
RowTensor LossTerms::makeSpreadClasses() {
  if (op.getSmoothOver() == SmoothOver::All)
    return generics.map(RowExtent::Rows, {}, [&](RowBody body) -> Value {
      return arith::SIToFPOp::create(body.builder, loc,
                                     generics.getComputeType(), classes);
    });
  return generics.sum(logits, [&](RowBody body) {
    return body.algebra.select(isPossible(body, body.inputs[0]),
                               body.algebra.constant(1.0),
                               body.algebra.constant(0.0));
  });
}
/// Whether a logit is not -inf.
Value LossTerms::isPossible(RowBody body, Value z) {
  IRAlgebra &a = body.algebra;
  return a.logicalNot(
      a.eq(z, a.constant(-std::numeric_limits<double>::infinity())));
}

Value LossTerms::makeShare(IRAlgebra &a, Value count) {
  Value share = a.constant(smoothing);
  if (op.getSmoothing() == Smoothing::Torch)
    return share;
  Value others = a.sub(count, a.constant(1.0));
  return a.select(a.eq(others, a.constant(0.0)), a.constant(0.0),
                  a.div(a.mul(share, count), others));
}

void LossTerms::makeCoefficients() {
  SmallVector<RowTensor> inputs{target};
  if (op.getClassWeight())
    inputs.push_back({op.getClassWeight(), RowExtent::Classes});
  if (smoothing != 0.0) {
    spreadClasses = makeSpreadClasses();
    inputs.push_back(*spreadClasses);
    inputs.push_back(logits);
  }
  coefficients = generics.map(RowExtent::Data, inputs, [&](RowBody body) {
    IRAlgebra &a = body.algebra;
    Value q = body.inputs[0];
    if (isHard)
      q = a.select(isTarget(body.builder, q), a.constant(1.0), a.constant(0.0));
    if (smoothing != 0.0) {
      Value z = body.inputs.back(), count = *std::prev(body.inputs.end(), 2);
      Value share = makeShare(a, count);
      Value spread = a.div(share, count);
      if (op.getSmoothOver() == SmoothOver::Finite)
        spread = a.select(isPossible(body, z), spread, a.constant(0.0));
      q = a.add(a.mul(a.sub(a.constant(1.0), share), q), spread);
    }
    return op.getClassWeight() ? a.mul(body.inputs[1], q) : q;
  });
  allCoefficients =
      generics.sum(coefficients, [&](RowBody body) { return body.inputs[0]; });
}

Value LossTerms::selectCounting(RowBody body, Value weight, Value target,
                                Value value) {
  IRAlgebra &a = body.algebra;
  if (isHard)
    value =
        a.select(isClass(body.builder, target), value, a.constant(notANumber));
  return a.select(isKept(a, weight), value, a.constant(0.0));
}
