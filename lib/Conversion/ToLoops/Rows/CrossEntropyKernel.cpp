//===- CrossEntropyKernel.cpp - cross_entropy -----------------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file implements the kernels of cross_entropy: the loss of each row, what
// else is known of it, its gradient, or all at once.
//
//===----------------------------------------------------------------------===//

#include "CrossEntropyGradient.h"
#include "LossEmitter.h"
#include "RowKernel.h"

#include "mlir/Dialect/Math/IR/Math.h"

#include <limits>

using namespace mlir;
using namespace act;

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double nan = std::numeric_limits<double>::quiet_NaN();

class CrossEntropyEmitter : public LossEmitter {
public:
  CrossEntropyEmitter(OpBuilder &builder, RowwiseOpInterface op,
                      const IterationSpace &space, const KernelOptions &options)
      : LossEmitter(builder, op, space, options),
        distribution(TargetDistribution::create(*this, loss)),
        dx(op.getOut(RowOutput::DX)), dtarget(op.getOut(RowOutput::DTarget)),
        usesLse(loss.getLse() && !dtarget),
        sumsBackground(distribution->hasBackground() &&
                       !distribution->isUniform()) {}

private:
  bool isHard() { return bool(target); }
  bool hasBackground() { return distribution->hasBackground(); }

  //===--------------------------------------------------------------------===//
  // Sums
  //===--------------------------------------------------------------------===//

  // Of all elements but one: the terms e^(z - m), and the background. Of all:
  // the background times m - z, and the terms times m - z.
  bool sumsDistances() { return hasBackground() && op.getOut(RowOutput::Loss); }
  bool sumsEntropy() { return bool(op.getOut(RowOutput::Entropy)); }
  bool isRelativeToMaximum() override { return !usesLse; }
  /// If all coefficients are 0, so is the loss. The maximum is then what tells
  /// a row with a NaN from others.
  bool needsNaN() {
    return op.getOut(RowOutput::ArgMax) || distribution->mayVanish();
  }
  bool comparesNarrow() override {
    return RowEmitter::comparesNarrow() && !needsNaN();
  }
  bool canLookAhead() override { return !usesLse && !needsNaN(); }
  bool canPadRows() override { return !hasBackground() && !sumsEntropy(); }
  unsigned countSums() override {
    return usesLse ? 1 : 1 + sumsBackground + sumsDistances() + sumsEntropy();
  }

  bool keepsTerms() override {
    return dx && !distribution->readsLogits() && !dtarget;
  }

  struct Sums {
    Value terms, background, distances, entropy;
    /// The unit of terms, and S'.
    Value unit, ratio;
  };

  /// All sums of the row, given what is left out and what terms are relative
  /// to.
  Sums addUp() {
    Value origins = broadcast(row.origin);
    // A soft cap reads the logits again, whose memory dx may be.
    if (keepsTerms() && !op.getSoftcap())
      keepTermsIn(dx);
    else if (keepsTerms())
      keepTermsOnStack();
    if (!dx)
      willStoreScalars();
    SmallVector<Value> totals = emitSumsWithout(
        row.excluded, 1 + sumsBackground,
        [&](Value position, Value count) -> SmallVector<Value> {
          Value logits = loadLogits(position, count);
          Value terms = makeTerm(logits, origins);
          if (keepsTerms())
            keepTerms(terms, position, count);
          SmallVector<Value> all{terms};
          if (sumsBackground)
            all.push_back(
                distribution->loadBackground(logits, position, count));
          Value distances;
          if (sumsDistances() || sumsEntropy())
            distances = applyScale(subtract(origins, logits));
          if (sumsDistances())
            all.push_back(distribution->weighByBackground(distances, logits,
                                                          position, count));
          if (sumsEntropy())
            all.push_back(weigh(terms, distances));
          return all;
        });
    auto next = totals.begin();
    Sums sums;
    sums.terms = *next++;
    sums.unit = makeUnit(row.origin);
    sums.ratio = divideByUnit(sums.terms, sums.unit);
    if (sumsBackground)
      sums.background = *next++;
    if (sumsDistances())
      sums.distances = *next++;
    if (sumsEntropy())
      sums.entropy = *next++;
    return sums;
  }

  /// The sum of the background alone.
  Value addUpBackground() {
    return emitSumsWithout(
               row.excluded, 1,
               [&](Value position, Value count) -> SmallVector<Value> {
                 Value logits = distribution->readsLogits()
                                    ? loadLogits(position, count)
                                    : Value();
                 return {distribution->loadBackground(logits, position, count)};
               })
        .front();
  }

  /// What is known of the background beside a sum.
  void finishBackground(Value sum) {
    if (!hasBackground())
      return;
    row.otherBackground =
        sum ? sum
            : subtract(distribution->smoothing.classes, row.excludedBackground);
  }

  //===--------------------------------------------------------------------===//
  // Rows
  //===--------------------------------------------------------------------===//

  void emitKept() override {
    distribution->startRow(target);
    row = CrossEntropyRow();
    row.tokenWeight = tokenWeight;
    if (loss.getZLoss() != 0.0)
      row.zFactor = multiply(multiply(tokenWeight, distribution->classWeight),
                             number(loss.getZLoss()));
    if (isHard()) {
      targetLogit = loadLogitAt(target);
      targetArgument = loadCapArgumentAt(target);
      if (hasBackground())
        targetBackground = distribution->loadBackgroundAt(target);
    }
    if (usesLse)
      emitFromLse();
    else
      emitFromData();
  }

  /// Leaves an element out. What it holds is read before dx, which may be its
  /// memory, is written.
  void exclude(Value position) {
    row.excluded = position;
    excludedArgument = loadCapArgumentAt(position);
    if (hasBackground())
      row.excludedBackground = distribution->loadBackgroundAt(position);
    if (isHard())
      row.isTarget = arith::CmpIOp::create(
          builder, loc, arith::CmpIPredicate::eq, target, position);
  }

  /// The first of the greatest logits, where NaN is greater than all else.
  Value findArgMax(RowMaximum maximum) {
    // Logits that the soft cap makes equal are not.
    if (op.getSoftcap())
      maximum = emitMaximum(
          [&](Value position, Value count) {
            return load(stream(RowInput::X), position, count);
          },
          /*nanIsLargest=*/true);
    shareIndex(maximum);
    return firstIfNone(maximum.index);
  }

  void emitFromData() {
    // The loss may take its place.
    Value cotangent = dx ? poison(loadScalar(RowInput::DLoss)) : Value();
    Value argMax = op.getOut(RowOutput::ArgMax);
    RowMaximum maximum = emitMaximum(/*nanIsLargest=*/needsNaN());
    bool isRead = hasBackground() || op.getSoftcap();
    if (argMax || isRead)
      shareIndex(maximum);
    if (argMax)
      storeInteger(findArgMax(maximum), argMax);
    // Rows without a maximum are NaN or infinite, whatever is left out.
    exclude(isRead ? firstIfNone(maximum.index) : maximum.index);
    Value isLowest =
        compare(arith::CmpFPredicate::OEQ, maximum.value, number(-infinity));
    Value isHighest =
        compare(arith::CmpFPredicate::OEQ, maximum.value, number(infinity));
    Value isInfinite = arith::OrIOp::create(builder, loc, isLowest, isHighest);
    row.origin = select(isInfinite, number(nan), maximum.value);

    Sums sums = addUp();
    finishBackground(sums.background);
    Value logSum =
        withAccuracy(math::Log1pOp::create(builder, loc, sums.ratio));
    Value top = applyScale(maximum.value);
    row.lse = select(isInfinite, top, add(top, logSum));
    Divisor total;
    if (dx || sumsEntropy())
      total = makeDivisor(sums.terms, sums.unit);
    emitLoss(sums, logSum);
    emitStatistics(sums, logSum, total);
    if (dx)
      emitGradient(sums, logSum, total, cotangent);
  }

  void emitLoss(const Sums &sums, Value logSum) {
    Value out = op.getOut(RowOutput::Loss);
    if (!out)
      return;
    Value value;
    if (hasBackground()) {
      Value weights = add(row.otherBackground, row.excludedBackground);
      value = add(sums.distances, weigh(weights, logSum));
      if (distribution->factor)
        value = weigh(distribution->factor, value);
    }
    if (isHard()) {
      Value own = weigh(distribution->point, makeNegative(logSum));
      value = value ? add(value, own) : own;
    }
    value = multiply(tokenWeight, value);
    if (row.zFactor)
      value = add(value, weigh(row.zFactor, multiply(row.lse, row.lse)));
    storeScalar(poison(value), out);
  }

  /// -log p of a hard target.
  Value makeNegative(Value logSum) {
    return add(applyScale(subtract(row.origin, targetLogit)), logSum);
  }

  void emitStatistics(const Sums &sums, Value logSum, const Divisor &total) {
    if (Value out = op.getOut(RowOutput::Lse))
      storeScalar(row.lse, out);
    if (Value out = op.getOut(RowOutput::LogProb))
      storeScalar(poison(negate(makeNegative(logSum))), out);
    if (Value out = op.getOut(RowOutput::Entropy))
      storeScalar(add(divide(sums.entropy, total), logSum), out);
  }

  //===--------------------------------------------------------------------===//
  // Gradients
  //===--------------------------------------------------------------------===//

  void emitGradient(const Sums &sums, Value logSum, const Divisor &total,
                    Value cotangent) {
    CrossEntropyGradient gradient(*this, *distribution, row, cotangent, total);
    Value origins = broadcast(row.origin);
    auto emitBlock = [&](Value terms, Value logits, Value position,
                         Value count) {
      Value block = gradient.backpropagate(
          gradient.makeBlock(terms, logits, position, count),
          loadCapArgument(position, count));
      Value targetBlock;
      if (dtarget)
        targetBlock = gradient.makeTargetBlock(
            applyScale(subtract(origins, logits)), logSum, position, count);
      store(block, dx, position, count);
      if (dtarget)
        store(targetBlock, dtarget, position, count);
    };
    if (keepsTerms())
      forTerms(row.origin, [&](Value terms, Value position, Value count) {
        emitBlock(terms, /*logits=*/nullptr, position, count);
      });
    else
      forBlocks([&](Value position, Value count) {
        Value logits = loadLogits(position, count);
        emitBlock(makeTerm(logits, origins), logits, position, count);
      });

    // The term of the maximum is the unit, or NaN if the row is.
    Value term = add(sums.unit ? sums.unit : number(1),
                     subtract(row.origin, row.origin));
    Value atExcluded = gradient.makeExcluded(term, sums.terms);
    if (hasBackground())
      storeAt(gradient.backpropagate(atExcluded, excludedArgument), dx,
              row.excluded);
    if (!isHard())
      return;
    Value atTarget = gradient.makeTarget(makeTerm(targetLogit, row.origin),
                                         targetBackground);
    atTarget = select(row.isTarget, atExcluded, atTarget);
    storeAt(gradient.backpropagate(atTarget, targetArgument), dx, target);
  }

  /// The gradient in one pass: p = e^(z - L). The element left out is the
  /// target, or for soft targets the maximum.
  void emitFromLse() {
    row.lse = loadScalar(RowInput::Lse);
    // NaN if L is not finite.
    row.origin = add(undoScale(row.lse), subtract(row.lse, row.lse));
    if (isHard()) {
      exclude(target);
    } else {
      RowMaximum maximum = emitMaximum();
      shareIndex(maximum);
      exclude(firstIfNone(maximum.index));
    }
    Value excludedTerm = makeTerm(loadLogitAt(row.excluded), row.origin);
    finishBackground(sumsBackground ? addUpBackground() : Value());

    CrossEntropyGradient gradient(*this, *distribution, row,
                                  poison(loadScalar(RowInput::DLoss)),
                                  makeUnitDivisor(makeUnit(row.origin)));
    Value origins = broadcast(row.origin);
    waitForReaders();
    Value others = emitSumsWithout(
                       row.excluded, 1,
                       [&](Value position, Value count) -> SmallVector<Value> {
                         Value logits = loadLogits(position, count);
                         Value terms = makeTerm(logits, origins);
                         Value block = gradient.backpropagate(
                             gradient.makeBlock(terms, logits, position, count),
                             loadCapArgument(position, count));
                         store(block, dx, position, count);
                         return {terms};
                       })
                       .front();
    Value atExcluded = gradient.makeExcluded(excludedTerm, others);
    storeAt(gradient.backpropagate(atExcluded, excludedArgument), dx,
            row.excluded);
  }

  std::unique_ptr<TargetDistribution> distribution;
  Value dx, dtarget;
  /// Whether the given logsumexp takes the place of most sums.
  bool usesLse;
  bool sumsBackground;

  // Of the row at hand.
  CrossEntropyRow row;
  /// Of a hard target.
  Value targetLogit, targetArgument, targetBackground;
  Value excludedArgument;
};

} // namespace

std::unique_ptr<RowEmitter>
act::makeCrossEntropyEmitter(OpBuilder &builder, RowwiseOpInterface op,
                             const IterationSpace &space,
                             const KernelOptions &options) {
  return std::make_unique<CrossEntropyEmitter>(builder, op, space, options);
}
