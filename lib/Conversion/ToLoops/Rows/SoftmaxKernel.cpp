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
  bool isLog() { return op.getRowFunction() == RowFunction::LogSoftmax; }

  void emitRow() override {
    RowMaximum maximum = emitMaximum();
    isLowest =
        compare(arith::CmpFPredicate::OEQ, maximum.value, number(-infinity));
    isHighest =
        compare(arith::CmpFPredicate::OEQ, maximum.value, number(infinity));
    // Less 0, terms of -inf are 0, those of inf are 1, and NaN remains.
    origin = select(arith::OrIOp::create(builder, loc, isLowest, isHighest),
                    number(0), maximum.value);

    // The terms wait in y if that holds them as they are.
    Value y = op.getOut(RowOutput::Y);
    bool keepsTerms = y && !isLog() && getElementTypeOrSelf(y) == computeType;
    Value sum = emitSums(origin, maximum.index,
                         [&](Value terms, Value, Value position,
                             Value count) -> SmallVector<Value> {
                           if (keepsTerms)
                             store(terms, y, position, count);
                           return {};
                         })
                    .front();
    isEmpty = arith::AndIOp::create(
        builder, loc, isLowest, compare(arith::CmpFPredicate::ORD, sum, sum));

    Value lse = op.getOut(RowOutput::Lse);
    if (lse || isLog())
      logSum = withAccuracy(math::Log1pOp::create(builder, loc, sum));
    if (lse)
      storeScalar(arith::AddFOp::create(builder, loc, applyScale(maximum.value),
                                        logSum),
                  lse);
    if (!y)
      return;
    if (isLog())
      writeLogs(y);
    else
      writeProbabilities(y, sum, keepsTerms);
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

  /// Stores what `compute` gives for the kept elements.
  void write(Value y, double maskedValue, Value uniform,
             llvm::function_ref<Value(Value position, Value count)> compute) {
    Value masked;
    if (op.getMask())
      masked = broadcast(makeMaskedValue(maskedValue, uniform));
    forBlocks([&](Value position, Value count) {
      Value values = compute(position, count);
      if (uniform)
        values = select(broadcast(isEmpty), broadcast(uniform), values);
      if (masked)
        values = select(loadMask(position, count), values, masked);
      store(values, y, position, count);
    });
  }

  void writeProbabilities(Value y, Value sum, bool keepsTerms) {
    Value uniform;
    if (op.getEmptyRow() == EmptyRow::Uniform)
      uniform = arith::DivFOp::create(builder, loc, number(1), sizeAsNumber());
    Divisor divisor = makeDivisor(sum);
    divisor.main = markNaN(divisor.main);
    divisor = broadcast(divisor);
    Value origins = broadcast(origin);
    write(y, 0.0, uniform, [&](Value position, Value count) -> Value {
      Value terms = keepsTerms ? load(stream(y), position, count)
                               : makeTerm(loadLogits(position, count), origins);
      return divide(terms, divisor);
    });
  }

  void writeLogs(Value y) {
    Value uniform;
    if (op.getEmptyRow() == EmptyRow::Uniform)
      uniform = arith::NegFOp::create(
          builder, loc,
          withAccuracy(math::LogOp::create(builder, loc, sizeAsNumber())));
    Value logs = broadcast(markNaN(logSum));
    Value origins = broadcast(origin);
    write(y, -infinity, uniform, [&](Value position, Value count) -> Value {
      Value difference = arith::SubFOp::create(
          builder, loc, loadLogits(position, count), origins);
      return arith::SubFOp::create(builder, loc, applyScale(difference), logs);
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
