//===- SoftmaxKernel.cpp - softmax and its kin ----------------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file implements the kernels of softmax, softmin, log_softmax and
// logsumexp. Rows without a finite maximum need no branches: every case comes
// out of the values that stand for the maximum and the factor.
//
//===----------------------------------------------------------------------===//

#include "RowKernel.h"

#include "RowEmitter.h"

#include "mlir/Dialect/Math/IR/Math.h"

#include <limits>

using namespace mlir;
using namespace act;

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double nan = std::numeric_limits<double>::quiet_NaN();

class SoftmaxEmitter : public RowEmitter {
public:
  using RowEmitter::RowEmitter;

private:
  bool canRunAcrossRows() override { return true; }
  bool canPadRows() override { return true; }
  bool canLookAhead() override { return true; }
  bool keepsTerms() override { return op.getOut(RowOutput::Y) && !isLog(); }
  bool isLog() { return op.getRowFunction() == RowFunction::LogSoftmax; }

  void emitRow() override {
    RowMaximum maximum = emitMaximum();
    isLowest =
        compare(arith::CmpFPredicate::OEQ, maximum.value, number(-infinity));
    isHighest =
        compare(arith::CmpFPredicate::OEQ, maximum.value, number(infinity));
    // Less 0, terms of -inf are 0, those of inf are 1, and NaN remains.
    Value isInfinite = arith::OrIOp::create(builder, loc, isLowest, isHighest);
    origin = select(isInfinite, number(0), maximum.value);

    Value y = op.getOut(RowOutput::Y);
    if (keepsTerms())
      keepTermsIn(y);
    if (!y)
      willStoreScalars();
    Value terms = emitSums(origin, maximum.index,
                           [&](Value terms, Value, Value position,
                               Value count) -> SmallVector<Value> {
                             if (keepsTerms())
                               keepTerms(terms, position, count);
                             return {};
                           })
                      .front();
    Value unit = makeUnit(origin);
    Value sum = divideByUnit(terms, unit);
    isEmpty = arith::AndIOp::create(
        builder, loc, isLowest, compare(arith::CmpFPredicate::ORD, sum, sum));

    Value lse = op.getOut(RowOutput::Lse);
    if (lse || isLog())
      logSum = withAccuracy(math::Log1pOp::create(builder, loc, sum));
    if (lse) {
      Value usual = makeLse(origin, logSum);
      Value infinite =
          arith::AddFOp::create(builder, loc, maximum.value, logSum);
      storeScalar(select(isInfinite, infinite, usual), lse);
    }
    if (!y)
      return;
    if (isLog())
      writeLogs(y);
    else
      writeProbabilities(y, makeDivisor(terms, unit));
  }

  /// NaN in place of `value` for rows that are NaN though no element is.
  Value markNaN(Value value) {
    Value marked = isHighest;
    if (op.getEmptyRow() == EmptyRow::NaN)
      marked = arith::OrIOp::create(builder, loc, marked, isEmpty);
    return select(marked, number(nan), value);
  }

  /// What a masked element gives: `usual`, but for empty rows.
  Value makeMaskedValue(double usual, Value uniform) {
    Value value = number(usual);
    switch (op.getEmptyRow()) {
    case EmptyRow::NaN:
      return select(isEmpty, number(nan), value);
    case EmptyRow::Zero:
      return value;
    case EmptyRow::Uniform:
      return select(isEmpty, uniform, value);
    }
    llvm_unreachable("all kinds are handled");
  }

  /// What the elements of an empty row and those that the mask leaves out are.
  struct Exceptions {
    /// In all lanes; null if there are none.
    Value uniform, masked;
  };
  Exceptions makeExceptions(double maskedValue, Value uniform) {
    Exceptions exceptions;
    if (uniform)
      exceptions.uniform = broadcast(uniform);
    if (op.getMask())
      exceptions.masked = broadcast(makeMaskedValue(maskedValue, uniform));
    return exceptions;
  }

  void finish(Value values, const Exceptions &exceptions, Value y,
              Value position, Value count) {
    if (exceptions.uniform)
      values = select(broadcast(isEmpty), exceptions.uniform, values);
    if (exceptions.masked)
      values = select(loadMask(position, count), values, exceptions.masked);
    store(values, y, position, count);
  }

  void writeProbabilities(Value y, Divisor divisor) {
    Value uniform;
    if (op.getEmptyRow() == EmptyRow::Uniform)
      uniform = arith::DivFOp::create(builder, loc, number(1), sizeAsNumber());
    Exceptions exceptions = makeExceptions(0.0, uniform);
    divisor = shorten(divisor, y);
    divisor.main = markNaN(divisor.main);
    divisor = broadcast(divisor);
    forTerms(origin, [&](Value terms, Value position, Value count) {
      finish(divide(terms, divisor), exceptions, y, position, count);
    });
  }

  void writeLogs(Value y) {
    Value uniform;
    if (op.getEmptyRow() == EmptyRow::Uniform)
      uniform = arith::NegFOp::create(
          builder, loc,
          withAccuracy(math::LogOp::create(builder, loc, sizeAsNumber())));
    Exceptions exceptions = makeExceptions(-infinity, uniform);
    Value logs = broadcast(markNaN(logSum));
    Value origins = broadcast(origin);
    forBlocks([&](Value position, Value count) {
      Value difference = arith::SubFOp::create(
          builder, loc, loadLogits(position, count), origins);
      finish(arith::SubFOp::create(builder, loc, applyScale(difference), logs),
             exceptions, y, position, count);
    });
  }

  // Of the row at hand.
  /// The maximum, or 0 where that is infinite.
  Value origin;
  /// Whether the maximum is -inf or inf.
  Value isLowest, isHighest;
  /// Whether no element counts.
  Value isEmpty;
  Value logSum;
};

} // namespace

std::unique_ptr<RowEmitter>
act::makeSoftmaxEmitter(OpBuilder &builder, RowwiseOpInterface op,
                        const IterationSpace &space,
                        const KernelOptions &options) {
  return std::make_unique<SoftmaxEmitter>(builder, op, space, options);
}
