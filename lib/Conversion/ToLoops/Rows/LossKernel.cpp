//===- LossKernel.cpp - cross_entropy with hard targets -------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file implements the kernels of cross_entropy for targets that are
// classes: the loss of each row, its gradient, or both at once.
//
//===----------------------------------------------------------------------===//

#include "RowKernel.h"

#include "RowEmitter.h"

#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/SCF/IR/SCF.h"

#include <limits>

using namespace mlir;
using namespace act;

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double nan = std::numeric_limits<double>::quiet_NaN();

class LossEmitter : public RowEmitter {
public:
  LossEmitter(OpBuilder &builder, RowwiseOpInterface op,
              const IterationSpace &space, const KernelOptions &options)
      : RowEmitter(builder, op, space, options),
        loss(cast<LossOpInterface>(*op)),
        smoothing(loss.getLabelSmoothing().value_or(0.0)) {}

private:
  Value add(Value left, Value right) {
    return arith::AddFOp::create(builder, loc, left, right);
  }
  Value subtract(Value left, Value right) {
    return arith::SubFOp::create(builder, loc, left, right);
  }
  Value multiply(Value left, Value right) {
    return arith::MulFOp::create(builder, loc, left, right);
  }
  /// coefficient * value, but 0 where the coefficient is.
  Value term(Value coefficient, Value value) {
    Value isZero = compare(arith::CmpFPredicate::OEQ, coefficient, number(0));
    return select(isZero, number(0), multiply(coefficient, value));
  }

  bool hasClassWeights() { return bool(loss.getClassWeight()); }

  /// S'; and, to smooth, the sums of w (m - z) and of w.
  unsigned countSums() override {
    if (smoothing == 0.0)
      return 1;
    return hasClassWeights() ? 3 : 2;
  }

  void emitRow() override {
    Value i64 = stream(loss.getTarget()).loadOne(index(0));
    if (!i64.getType().isInteger(64))
      i64 = arith::ExtSIOp::create(builder, loc, builder.getI64Type(), i64);
    Value ignored = arith::ConstantOp::create(
        builder, loc, builder.getI64IntegerAttr(loss.getIgnoredTarget()));
    Value isKept = arith::CmpIOp::create(builder, loc, arith::CmpIPredicate::ne,
                                         i64, ignored);
    rowWeight = number(1);
    if (loss.getTokenWeight()) {
      rowWeight = loadScalar(loss.getTokenWeight());
      isKept = arith::AndIOp::create(
          builder, loc, isKept,
          compare(arith::CmpFPredicate::UNE, rowWeight, number(0)));
    }
    auto branch =
        scf::IfOp::create(builder, loc, isKept, /*withElseRegion=*/true);
    OpBuilder::InsertionGuard guard(builder);
    builder.setInsertionPoint(branch.thenBlock()->getTerminator());
    emitKept(
        arith::IndexCastOp::create(builder, loc, builder.getIndexType(), i64));
    builder.setInsertionPoint(branch.elseBlock()->getTerminator());
    emitDropped();
  }

  /// Zeros, whatever the row holds.
  void emitDropped() {
    for (RowOutput output :
         {RowOutput::Loss, RowOutput::Lse, RowOutput::LogProb})
      if (Value out = op.getOut(output))
        storeScalar(number(0), out);
    if (Value dx = op.getOut(RowOutput::DX)) {
      Value zeros = broadcast(number(0));
      forBlocks([&](Value position, Value count) {
        store(zeros, dx, position, count);
      });
    }
  }

  void emitKept(Value index) {
    // A target out of range makes the row NaN; another element is read.
    isValid = arith::CmpIOp::create(builder, loc, arith::CmpIPredicate::ult,
                                    index, size);
    target = select(isValid, index, this->index(0));
    targetLogit = loadLogitAt(target);
    targetArgument = loadCapArgumentAt(target);
    targetWeight =
        hasClassWeights() ? loadAt(loss.getClassWeight(), target) : number(1);
    emitState();
    makeCoefficients();
    emitLoss();
    if (op.getOut(RowOutput::DX))
      emitGradient();
  }

  void emitState() {
    maximum = emitMaximum();
    Value isLowest =
        compare(arith::CmpFPredicate::OEQ, maximum.value, number(-infinity));
    Value isHighest =
        compare(arith::CmpFPredicate::OEQ, maximum.value, number(infinity));
    Value isInfinite = arith::OrIOp::create(builder, loc, isLowest, isHighest);
    origin = select(isInfinite, number(0), maximum.value);
    Value isFinite = arith::XOrIOp::create(
        builder, loc, isInfinite,
        arith::ConstantOp::create(builder, loc, builder.getBoolAttr(true)));
    isValid = arith::AndIOp::create(builder, loc, isValid, isFinite);

    // The terms wait in dx if that holds them as they are. A soft cap reads x
    // again, which dx may be.
    Value dx = op.getOut(RowOutput::DX);
    keepsTerms =
        dx && getElementTypeOrSelf(dx) == computeType && !op.getSoftcap();
    Value origins = broadcast(origin);
    sums = emitSums(origin, maximum.index,
                    [&](Value terms, Value, Value position,
                        Value count) -> SmallVector<Value> {
                      SmallVector<Value> more =
                          makeSmoothing(origins, position, count);
                      if (keepsTerms)
                        store(terms, dx, position, count);
                      return more;
                    });
    logSum = withAccuracy(math::Log1pOp::create(builder, loc, sums[0]));
    logSum = select(isValid, logSum, number(nan));
  }

  SmallVector<Value> makeSmoothing(Value origins, Value position, Value count) {
    if (smoothing == 0.0)
      return {};
    Value distance = applyScale(subtract(origins, loadLogits(position, count)));
    if (!hasClassWeights())
      return {distance};
    Value weights = load(stream(loss.getClassWeight()), position, count);
    Value zeros = broadcast(number(0));
    Value isZero = compare(arith::CmpFPredicate::OEQ, weights, zeros);
    return {select(isZero, zeros, multiply(weights, distance)), weights};
  }

  /// The shares of the target and of each class in the target distribution.
  void makeCoefficients() {
    spread = number(0);
    allWeights = number(0);
    Value rest = number(1.0 - smoothing);
    if (smoothing != 0.0) {
      Value classes = sizeAsNumber();
      Value share = number(smoothing);
      if (loss.getSmoothing() == Smoothing::Megatron) {
        Value others = subtract(classes, number(1));
        Value isOne = compare(arith::CmpFPredicate::OEQ, others, number(0));
        share = select(isOne, number(0),
                       arith::DivFOp::create(builder, loc,
                                             multiply(share, classes), others));
        rest = subtract(number(1), share);
      }
      spread = arith::DivFOp::create(builder, loc, share, classes);
      allWeights = hasClassWeights() ? sums[2] : classes;
    }
    ownShare = multiply(targetWeight, rest);
    zCoefficient =
        multiply(multiply(rowWeight, targetWeight), number(loss.getZLoss()));
  }

  void emitLoss() {
    lse = add(applyScale(maximum.value), logSum);
    Value negative = add(applyScale(subtract(origin, targetLogit)), logSum);
    Value value = term(ownShare, negative);
    if (smoothing != 0.0) {
      Value all = add(sums[1], term(allWeights, logSum));
      value = add(value, term(spread, all));
    }
    value = multiply(rowWeight, value);
    if (loss.getZLoss() != 0.0)
      value = add(value, term(zCoefficient, multiply(lse, lse)));
    if (Value out = op.getOut(RowOutput::Loss))
      storeScalar(value, out);
    if (Value out = op.getOut(RowOutput::Lse))
      storeScalar(lse, out);
    if (Value out = op.getOut(RowOutput::LogProb))
      storeScalar(arith::NegFOp::create(builder, loc, negative), out);
  }

  void emitGradient() {
    Value dx = op.getOut(RowOutput::DX);
    Value dloss = loadScalar(op.getCotangent());
    Divisor total = makeDivisor(sums[0]);
    // dz = B p - q, where q is what the target distribution has.
    Value factor =
        multiply(rowWeight, add(ownShare, multiply(spread, allWeights)));
    if (loss.getZLoss() != 0.0)
      factor = add(factor, term(multiply(number(2), zCoefficient), lse));
    Value own =
        multiply(rowWeight, add(ownShare, multiply(spread, targetWeight)));

    // At the target: B - q - B (1 - p) if that is the element left out of S',
    // which keeps the relative accuracy of p - 1.
    Value rest = subtract(subtract(factor, own),
                          multiply(factor, divide(sums[0], total)));
    Value p = divide(makeTerm(targetLogit, origin), total);
    Value isMaximum = arith::CmpIOp::create(
        builder, loc, arith::CmpIPredicate::eq, target, maximum.index);
    Value targetGradient = multiply(
        dloss, select(isMaximum, rest, subtract(multiply(factor, p), own)));
    targetGradient = select(isValid, targetGradient, number(nan));

    Value scale = divide(multiply(dloss, factor), total);
    Value scales = broadcast(select(isValid, scale, number(nan)));
    Value origins = broadcast(origin);
    Value shares;
    if (smoothing != 0.0)
      shares = broadcast(multiply(multiply(dloss, rowWeight), spread));
    forBlocks([&](Value position, Value count) {
      Value terms = keepsTerms ? load(stream(dx), position, count)
                               : makeTerm(loadLogits(position, count), origins);
      Value gradient = multiply(terms, scales);
      if (shares) {
        Value share = shares;
        if (hasClassWeights())
          share = multiply(
              share, load(stream(loss.getClassWeight()), position, count));
        gradient = subtract(gradient, share);
      }
      store(backpropagate(gradient, position, count), dx, position, count);
    });
    storeAt(backpropagate(targetGradient, targetArgument), dx, target);
  }

  LossOpInterface loss;
  double smoothing;
  bool keepsTerms = false;

  // Of the row at hand.
  /// a.
  Value rowWeight;
  /// The class, its logit and weight.
  Value target, targetLogit, targetArgument, targetWeight;
  /// Whether the row has a loss that is not NaN.
  Value isValid;
  RowMaximum maximum;
  /// The maximum, or 0 where that is infinite.
  Value origin;
  SmallVector<Value> sums;
  Value logSum, lse;
  /// The part of the target distribution that smoothing leaves to the target,
  /// times its weight; and that of each class, without weight.
  Value ownShare, spread;
  /// The sum of the weights of all classes.
  Value allWeights;
  /// v zeta.
  Value zCoefficient;
};

} // namespace

std::unique_ptr<RowEmitter> act::makeLossEmitter(OpBuilder &builder,
                                                 RowwiseOpInterface op,
                                                 const IterationSpace &space,
                                                 const KernelOptions &options) {
  return std::make_unique<LossEmitter>(builder, op, space, options);
}
