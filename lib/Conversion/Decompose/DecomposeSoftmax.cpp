//===- DecomposeSoftmax.cpp - softmax and its kin as linalg ---------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file implements the decomposition of softmax, softmin, log_softmax and
// logsumexp, and of their gradients.
//
//===----------------------------------------------------------------------===//

#include "RowState.h"

#include "mlir/Dialect/Math/IR/Math.h"

#include <limits>

using namespace mlir;
using namespace act;

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double nan = std::numeric_limits<double>::quiet_NaN();

class SoftmaxDecomposition {
public:
  SoftmaxDecomposition(RewriterBase &rewriter, RowwiseOpInterface op)
      : rewriter(rewriter), op(op), generics(rewriter, op) {}

  SmallVector<Value> run() {
    if (op.getRowPart() == RowPart::Backward)
      return {makeGradient()};
    RowTensor logits = makeLogits(generics, op);
    RowState state =
        makeRowState(generics, logits, makeMaximum(generics, logits));
    RowTensor logSum = makeLogSum(generics, state.rest);
    SmallVector<Value> results;
    for (RowOutput output : op.getRowOutputs()) {
      if (output == RowOutput::Lse)
        results.push_back(makeLse(state, logSum));
      else if (isLog())
        results.push_back(makeLogs(logits, state, logSum));
      else
        results.push_back(makeProbabilities(logits, state));
    }
    return results;
  }

private:
  bool isOf(RowFunction function) { return op.getRowFunction() == function; }
  bool isLog() { return isOf(RowFunction::LogSoftmax); }
  bool isLogSumExp() { return isOf(RowFunction::LogSumExp); }

  Type elementOf(RowOutput output) {
    return getElementTypeOrSelf(
        op->getResult(*op.findRowOutput(output)).getType());
  }

  Value makeLse(const RowState &state, RowTensor logSum) {
    RowExtent extent = getRowExtent(op, RowOutput::Lse);
    return generics
        .map(extent, {state.maximum, logSum},
             [&](RowBody body) {
               return body.algebra.add(body.inputs[0], body.inputs[1]);
             })
        .value;
  }

  /// `inputs`, and the mask last if there is one.
  SmallVector<RowTensor> withMask(SmallVector<RowTensor> inputs) {
    if (op.getMask())
      inputs.push_back(generics.getMask());
    return inputs;
  }

  /// y, given what a kept element of an ordinary row gives; `maximum` is that
  /// of the row.
  Value select(RowBody body, Value maximum, Value usual, double masked,
               Value uniform) {
    IRAlgebra &a = body.algebra;
    Value y =
        a.select(a.eq(maximum, a.constant(infinity)), a.constant(nan), usual);
    if (op.getMask())
      y = a.select(body.inputs.back(), y, a.constant(masked));
    Value empty = a.constant(op.getEmptyRow() == EmptyRow::NaN ? nan : masked);
    if (op.getEmptyRow() == EmptyRow::Uniform)
      empty = uniform;
    return a.select(a.eq(maximum, a.constant(-infinity)), empty, y);
  }

  /// What the value of uniform rows follows from; else null.
  Value makeLength() {
    if (op.getEmptyRow() != EmptyRow::Uniform)
      return nullptr;
    IRAlgebra algebra(rewriter, op.getLoc(), generics.getComputeType());
    return generics.getLength(algebra);
  }

  Value makeProbabilities(RowTensor logits, const RowState &state) {
    Value length = makeLength();
    return generics
        .map(RowExtent::Data, elementOf(RowOutput::Y),
             withMask({logits, state.maximum, state.origin, state.rest}),
             [&](RowBody body) {
               IRAlgebra &a = body.algebra;
               Value p = a.div(makeTerm(body, body.inputs[0], body.inputs[2]),
                               a.add(a.constant(1.0), body.inputs[3]));
               return select(body, body.inputs[1], p, 0.0,
                             length ? a.div(a.constant(1.0), length) : Value());
             })
        .value;
  }

  Value makeLogs(RowTensor logits, const RowState &state, RowTensor logSum) {
    Value length = makeLength();
    return generics
        .map(RowExtent::Data, elementOf(RowOutput::Y),
             withMask({logits, state.maximum, state.origin, logSum}),
             [&](RowBody body) {
               IRAlgebra &a = body.algebra;
               Value y =
                   a.sub(a.sub(body.inputs[0], body.inputs[2]), body.inputs[3]);
               return select(body, body.inputs[1], y, -infinity,
                             length ? a.neg(a.log(length)) : Value());
             })
        .value;
  }

  //===--------------------------------------------------------------------===//
  // Gradients
  //===--------------------------------------------------------------------===//

  /// p, NaN in rows that are NaN; and for each row a number that is -inf if
  /// nothing counts in it.
  struct Probabilities {
    RowTensor p;
    RowTensor mark;
  };

  Probabilities makeSavedProbabilities() {
    if (op.getSaved() == Saved::Output)
      return invertOutput();
    RowTensor logits = makeLogits(generics, op);
    RowTensor mark, divisor;
    RowTensor origin;
    if (op.getLse()) {
      mark = {op.getLse(), getRowExtent(op, RowOutput::Lse)};
      // An operation that keeps the dimension has such an lse.
      mark = generics.map(RowExtent::Rows, mark,
                          [&](RowBody body) { return body.inputs[0]; });
      origin = makeOrigin(generics, mark);
      divisor = generics.map(RowExtent::Rows, mark, [&](RowBody body) {
        return body.algebra.constant(1.0);
      });
    } else {
      mark = makeMaximum(generics, logits);
      RowState state = makeRowState(generics, logits, mark);
      origin = state.origin;
      divisor = generics.map(RowExtent::Rows, state.rest, [&](RowBody body) {
        return body.algebra.add(body.algebra.constant(1.0), body.inputs[0]);
      });
    }
    RowTensor p = generics.map(
        RowExtent::Data, {logits, mark, origin, divisor}, [&](RowBody body) {
          IRAlgebra &a = body.algebra;
          Value p = a.div(makeTerm(body, body.inputs[0], body.inputs[2]),
                          body.inputs[3]);
          return a.select(isFinite(a, body.inputs[1]), p, a.constant(nan));
        });
    return {p, mark};
  }

  /// From the result of the forward operation: where nothing counts, all of it
  /// is 0, or -inf as logarithm.
  Probabilities invertOutput() {
    RowTensor y{op.getX()};
    RowTensor p =
        generics.map(RowExtent::Data, withMask({y}), [&](RowBody body) {
          IRAlgebra &a = body.algebra;
          Value y = body.inputs[0];
          Value p = isLog() ? a.exp(y) : y;
          return op.getMask() ? a.select(body.inputs[1], p, a.constant(0.0))
                              : p;
        });
    RowTensor mark = generics.map(
        RowExtent::Rows, makeMaximum(generics, p), [&](RowBody body) {
          IRAlgebra &a = body.algebra;
          return a.select(a.eq(body.inputs[0], a.constant(0.0)),
                          a.constant(-infinity), body.inputs[0]);
        });
    return {p, mark};
  }

  /// dy, 0 where it is masked.
  RowTensor makeCotangent() {
    RowTensor dy{op.getCotangent(), isLogSumExp()
                                        ? getRowExtent(op, RowInput::DY)
                                        : RowExtent::Data};
    if (!op.getMask() || isLogSumExp())
      return dy;
    return generics.map(RowExtent::Data, withMask({dy}), [&](RowBody body) {
      return body.algebra.select(body.inputs[1], body.inputs[0],
                                 body.algebra.constant(0.0));
    });
  }

  Value makeGradient() {
    Probabilities probabilities = makeSavedProbabilities();
    RowTensor p = probabilities.p, dy = makeCotangent();
    SmallVector<RowTensor> inputs{p, dy, probabilities.mark, {op.getX()}};
    if (!isLogSumExp())
      inputs.push_back(generics.sum({p, dy}, [&](RowBody body) {
        return isLog() ? body.inputs[1]
                       : body.algebra.mul(body.inputs[0], body.inputs[1]);
      }));
    bool isNaN = op.getEmptyRow() == EmptyRow::NaN && !isLogSumExp();
    return generics
        .map(RowExtent::Data, elementOf(RowOutput::DX), withMask(inputs),
             [&](RowBody body) {
               IRAlgebra &a = body.algebra;
               Value p = body.inputs[0], dy = body.inputs[1], dz;
               if (isLogSumExp())
                 dz = a.mul(p, dy);
               else if (isLog())
                 dz = a.sub(dy, a.mul(p, body.inputs[4]));
               else
                 dz = a.mul(p, a.sub(dy, body.inputs[4]));
               Value dx = backpropagate(body, op, dz, body.inputs[3]);
               if (op.getMask())
                 dx = a.select(body.inputs.back(), dx, a.constant(0.0));
               return a.select(a.eq(body.inputs[2], a.constant(-infinity)),
                               a.constant(isNaN ? nan : 0.0), dx);
             })
        .value;
  }

  RewriterBase &rewriter;
  RowwiseOpInterface op;
  RowGenerics generics;
};

} // namespace

void act::decomposeSoftmax(RewriterBase &rewriter, RowwiseOpInterface op) {
  rewriter.setInsertionPoint(op);
  replaceWithCasts(rewriter, op, SoftmaxDecomposition(rewriter, op).run());
}
