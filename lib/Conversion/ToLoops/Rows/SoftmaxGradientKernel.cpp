//===- SoftmaxGradientKernel.cpp - Gradients of softmax -------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file implements the kernels of the gradients of softmax, softmin,
// log_softmax and logsumexp. The probabilities p come from x, with the
// logsumexp of the forward operation in one pass less.
//
//===----------------------------------------------------------------------===//

#include "RowKernel.h"

#include "RowEmitter.h"

#include <limits>

using namespace mlir;
using namespace act;

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double nan = std::numeric_limits<double>::quiet_NaN();

class SoftmaxGradientEmitter : public RowEmitter {
public:
  using RowEmitter::RowEmitter;

private:
  bool canRunAcrossRows() override { return true; }
  bool canPadRows() override { return true; }
  bool canLookAhead() override { return !op.getLse(); }
  bool isRelativeToMaximum() override { return !op.getLse(); }
  bool isOf(RowFunction function) { return op.getRowFunction() == function; }
  bool isLogSumExp() { return isOf(RowFunction::LogSumExp); }
  bool isLog() { return isOf(RowFunction::LogSoftmax); }

  /// S', and the sum that each element of the gradient contains.
  unsigned countSums() override { return isLogSumExp() ? 1 : 2; }
  bool keepsTerms() override { return !op.getLse() || !isLogSumExp(); }

  void emitRow() override {
    Value lse = op.getLse() ? loadScalar(op.getLse()) : Value();
    RowMaximum maximum;
    if (lse)
      maximum = {undoScale(lse), noIndex()};
    else
      maximum = emitMaximum();
    Value isLowest =
        compare(arith::CmpFPredicate::OEQ, maximum.value, number(-infinity));
    Value isHighest =
        compare(arith::CmpFPredicate::OEQ, maximum.value, number(infinity));
    Value reference =
        select(arith::OrIOp::create(builder, loc, isLowest, isHighest),
               number(0), maximum.value);
    origin = broadcast(reference);

    SmallVector<Value> sums;
    // dx may be the memory of dy or x: no place for terms.
    if (keepsTerms()) {
      keepTermsOnStack();
      sums = emitSums(reference, maximum.index,
                      [&](Value terms, Value mask, Value position,
                          Value count) -> SmallVector<Value> {
                        keepTerms(terms, position, count);
                        if (isLogSumExp())
                          return {};
                        Value dy = loadCotangent(mask, position, count);
                        if (isLog())
                          return {dy};
                        return {arith::MulFOp::create(builder, loc, terms, dy)};
                      });
    }
    // A row without an element that counts has no NaN either.
    Value isEmpty = isLowest;
    Value unit = makeUnit(reference);
    if (lse) {
      normalizer = makeUnitDivisor(unit);
    } else {
      isEmpty = arith::AndIOp::create(
          builder, loc, isLowest,
          compare(arith::CmpFPredicate::ORD, sums[0], sums[0]));
      normalizer = makeDivisor(sums[0], unit);
    }
    normalizer.main = select(isHighest, number(nan), normalizer.main);
    Value total;
    if (!isLogSumExp())
      total = isLog() ? sums[1] : divide(sums[1], normalizer);
    write(isEmpty, total);
  }

  /// All blocks with their probabilities.
  void forProbabilities(EmitTermStores emitStores) {
    auto emitTerms = [&](Value terms, Value position, Value count) {
      emitStores(divide(terms, normalizer), position, count);
    };
    if (keepsTerms())
      return forTerms(origin, emitTerms);
    forBlocks([&](Value position, Value count) {
      emitTerms(makeTerm(loadLogits(position, count), origin), position, count);
    });
  }

  /// dy of a block, 0 where it is masked.
  Value loadCotangent(Value mask, Value position, Value count) {
    Value dy = load(stream(RowInput::DY), position, count);
    return mask ? select(mask, dy, broadcast(number(0))) : dy;
  }

  void write(Value isEmpty, Value total) {
    bool isNaN = op.getEmptyRow() == EmptyRow::NaN && !isLogSumExp();
    Value emptyValue, empty;
    if (isNaN && !op.getMask()) {
      // So are all probabilities of the row then, and with them the gradient.
      normalizer.main = select(isEmpty, number(nan), normalizer.main);
    } else {
      emptyValue = broadcast(number(isNaN ? nan : 0.0));
      empty = broadcast(isEmpty);
    }
    Value dx = op.getOut(RowOutput::DX);
    normalizer = broadcast(shorten(normalizer, dx));
    Value totals = total ? broadcast(total) : Value();
    Value dyOfRow;
    if (isLogSumExp())
      dyOfRow = broadcast(loadScalar(op.getCotangent()));
    forProbabilities([&](Value p, Value position, Value count) {
      Value mask = loadMask(position, count);
      Value gradient;
      if (isLogSumExp()) {
        gradient = arith::MulFOp::create(builder, loc, p, dyOfRow);
      } else if (isLog()) {
        gradient = arith::SubFOp::create(
            builder, loc, loadCotangent(mask, position, count),
            arith::MulFOp::create(builder, loc, p, totals));
      } else {
        Value difference = arith::SubFOp::create(
            builder, loc, loadCotangent(mask, position, count), totals);
        gradient = arith::MulFOp::create(builder, loc, p, difference);
      }
      if (isOf(RowFunction::Softmin))
        gradient = arith::NegFOp::create(builder, loc, gradient);
      gradient = backpropagate(gradient, position, count);
      if (mask)
        gradient = select(mask, gradient, broadcast(number(0)));
      if (empty)
        gradient = select(empty, emptyValue, gradient);
      store(gradient, dx, position, count);
    });
  }

  // Of the row at hand.
  /// What the terms are relative to, in all lanes.
  Value origin;
  /// What makes probabilities of terms: without a rest, if that is their unit.
  Divisor normalizer;
};

} // namespace

std::unique_ptr<RowEmitter>
act::makeSoftmaxGradientEmitter(OpBuilder &builder, RowwiseOpInterface op,
                                const IterationSpace &space,
                                const KernelOptions &options) {
  return std::make_unique<SoftmaxGradientEmitter>(builder, op, space, options);
}
