//===- DecomposeLoss.cpp - nll and cross_entropy as linalg ----------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file implements the decomposition of losses, of their gradients and of
// what else is known of a row.
//
//===----------------------------------------------------------------------===//

#include "LossTerms.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"

#include <limits>

using namespace mlir;
using namespace act;

namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

class LossDecomposition : public LossTerms {
public:
  using LossTerms::LossTerms;

  SmallVector<Value> run() {
    makeWeights();
    makeCotangent();
    if (op.getRowFunction() == RowFunction::NLL) {
      makeCoefficients();
      return {op.getRowPart() == RowPart::Backward ? makeNLLGradient()
                                                   : makeNLL()};
    }
    logits = makeLogits(generics, op);
    makeCoefficients();
    makeState();
    SmallVector<Value> results;
    for (RowOutput output : op.getRowOutputs())
      results.push_back(make(output));
    return results;
  }

private:
  Value make(RowOutput output) {
    switch (output) {
    case RowOutput::Loss:
      return makeLoss();
    case RowOutput::DX:
      return makeGradient();
    case RowOutput::DTarget:
      return makeTargetGradient();
    case RowOutput::Lse:
      return makeStatistic(lse, [&](RowBody body) { return body.inputs[0]; })
          .value;
    case RowOutput::LogProb:
      return makeLogProbability();
    case RowOutput::Entropy:
      return makeEntropy();
    case RowOutput::ArgMax:
      return makeArgMax();
    case RowOutput::Counts:
      return makeCounts();
    case RowOutput::Y:
      break;
    }
    llvm_unreachable("an output of a loss");
  }

  //===--------------------------------------------------------------------===//
  // nll
  //===--------------------------------------------------------------------===//

  Value makeNLL() {
    RowTensor sum =
        generics.sum({coefficients, {op.getX()}}, [&](RowBody body) {
          return term(body.algebra, body.inputs[0], body.inputs[1]);
        });
    RowTensor rows =
        generics.map(RowExtent::Rows, {weight, target, sum}, [&](RowBody body) {
          IRAlgebra &a = body.algebra;
          Value loss = a.neg(a.mul(body.inputs[0], body.inputs[2]));
          return selectCounting(body, body.inputs[0], body.inputs[1], loss);
        });
    return reduceLoss(rows);
  }

  Value makeNLLGradient() {
    return generics
        .map(RowExtent::Data, elementOf(RowOutput::DX),
             {gradientWeight, target, coefficients, cotangent},
             [&](RowBody body) {
               IRAlgebra &a = body.algebra;
               Value share = a.mul(body.inputs[0], body.inputs[2]);
               Value dx = a.neg(term(a, share, body.inputs[3]));
               // The term that is not there is +0.
               dx = a.select(a.eq(share, a.constant(0.0)), a.constant(0.0), dx);
               return selectCounting(body, body.inputs[0], body.inputs[1], dx);
             })
        .value;
  }

  //===--------------------------------------------------------------------===//
  // cross_entropy
  //===--------------------------------------------------------------------===//

  void makeState() {
    if (op.getLse()) {
      // p is e^(z - lse), of which no sum is taken.
      RowTensor given{op.getLse(), RowExtent::Rows};
      RowTensor none = generics.map(RowExtent::Rows, given, [&](RowBody body) {
        return body.algebra.constant(0.0);
      });
      state = {given, makeOrigin(generics, given), none};
    } else {
      state = makeRowState(generics, logits, makeMaximum(generics, logits));
    }
    // A row whose maximum is not finite is NaN.
    RowTensor ofRest = makeLogSum(generics, state.rest);
    logSum = generics.map(RowExtent::Rows, {ofRest, state.maximum},
                          [&](RowBody body) {
                            IRAlgebra &a = body.algebra;
                            return a.select(isFinite(a, body.inputs[1]),
                                            body.inputs[0], a.constant(nan));
                          });
    lse = generics.map(
        RowExtent::Rows, {state.maximum, logSum}, [&](RowBody body) {
          return body.algebra.add(body.inputs[0], body.inputs[1]);
        });
    negativeLogs = generics.map(
        RowExtent::Data, {logits, state.origin, logSum}, [&](RowBody body) {
          IRAlgebra &a = body.algebra;
          return a.add(a.sub(body.inputs[1], body.inputs[0]), body.inputs[2]);
        });
  }

  Type elementOf(RowOutput output) {
    return getElementTypeOrSelf(
        op->getResult(*op.findRowOutput(output)).getType());
  }

  /// A number for each row that counts; 0 for the others.
  RowTensor makeStatistic(ArrayRef<RowTensor> inputs, RowGenerics::Emit emit) {
    SmallVector<RowTensor> all(inputs);
    all.push_back(weight);
    if (isHard)
      all.push_back(target);
    return generics.map(RowExtent::Rows, all, [&](RowBody body) {
      Value value = emit(body);
      return selectCounting(body, body.inputs[inputs.size()],
                            body.inputs.back(), value);
    });
  }

  Value makeLoss() {
    RowTensor sum =
        generics.sum({coefficients, negativeLogs}, [&](RowBody body) {
          return term(body.algebra, body.inputs[0], body.inputs[1]);
        });
    RowTensor rows =
        makeStatistic({sum, lse, weight, rowWeight}, [&](RowBody body) {
          IRAlgebra &a = body.algebra;
          Value loss = a.mul(body.inputs[2], body.inputs[0]);
          if (op.getZLoss() == 0.0)
            return loss;
          Value zeta = a.mul(body.inputs[3], a.constant(op.getZLoss()));
          return a.add(loss,
                       term(a, zeta, a.mul(body.inputs[1], body.inputs[1])));
        });
    return reduceLoss(rows);
  }

  Value makeGradient() {
    // dz = G (B p - q) with B = a W + 2 v zeta L and q = a w_k q'_k.
    RowTensor factor = generics.map(
        RowExtent::Rows, {gradientWeight, allCoefficients, rowWeight, lse},
        [&](RowBody body) {
          IRAlgebra &a = body.algebra;
          Value factor = a.mul(body.inputs[0], body.inputs[1]);
          if (op.getZLoss() == 0.0)
            return factor;
          Value zeta = a.mul(body.inputs[2], a.constant(2.0 * op.getZLoss()));
          return a.add(factor, term(a, zeta, body.inputs[3]));
        });
    SmallVector<RowTensor> inputs{logits,       state.maximum, state.origin,
                                  state.rest,   factor,        gradientWeight,
                                  coefficients, cotangent,     {op.getX()}};
    if (isHard)
      inputs.push_back(target);
    return generics
        .map(RowExtent::Data, elementOf(RowOutput::DX), inputs,
             [&](RowBody body) {
               IRAlgebra &a = body.algebra;
               Value z = body.inputs[0], maximum = body.inputs[1],
                     rest = body.inputs[3], factor = body.inputs[4],
                     weight = body.inputs[5];
               Value total = a.add(a.constant(1.0), rest);
               Value p = a.div(makeTerm(body, z, body.inputs[2]), total);
               Value q = a.mul(weight, body.inputs[6]);
               Value usual = a.sub(term(a, factor, p), q);
               // p > 1/2: 1 - p has the relative accuracy that p - 1 lacks.
               Value mostly =
                   a.sub(a.sub(factor, q), a.mul(factor, a.div(rest, total)));
               // A row of weights 0 does not depend on its logits.
               Value isFlat = a.eq(factor, a.constant(0.0));
               Value isMost =
                   a.logicalAnd(a.eq(z, maximum), a.lt(rest, a.constant(1.0)));
               Value dz =
                   a.mul(body.inputs[7], a.select(isMost, mostly, usual));
               dz = a.select(a.logicalOr(isFlat, isFinite(a, maximum)), dz,
                             a.constant(nan));
               Value dx = backpropagate(body, op, dz, body.inputs[8]);
               if (op.getSoftcap())
                 dx = a.select(a.logicalAnd(isFlat, a.eq(dz, a.constant(0.0))),
                               a.constant(0.0), dx);
               return selectCounting(body, weight, body.inputs.back(), dx);
             })
        .value;
  }

  /// -G a w_k (1 - e') log p_k of soft targets.
  Value makeTargetGradient() {
    SmallVector<RowTensor> inputs{negativeLogs, gradientWeight, cotangent};
    if (smoothing != 0.0)
      inputs.push_back(*spreadClasses);
    if (op.getClassWeight())
      inputs.push_back({op.getClassWeight(), RowExtent::Classes});
    return generics
        .map(RowExtent::Data, elementOf(RowOutput::DTarget), inputs,
             [&](RowBody body) {
               IRAlgebra &a = body.algebra;
               Value share = body.inputs[1];
               if (smoothing != 0.0)
                 share = a.mul(share, a.sub(a.constant(1.0),
                                            makeShare(a, body.inputs[3])));
               if (op.getClassWeight())
                 share = a.mul(share, body.inputs.back());
               Value gradient =
                   a.mul(body.inputs[2], term(a, share, body.inputs[0]));
               return selectCounting(body, body.inputs[1], nullptr, gradient);
             })
        .value;
  }

  //===--------------------------------------------------------------------===//
  // Statistics
  //===--------------------------------------------------------------------===//

  Value makeLogProbability() {
    RowTensor ofTarget =
        generics.sum({target, negativeLogs}, [&](RowBody body) {
          return body.algebra.select(isTarget(body.builder, body.inputs[0]),
                                     body.inputs[1],
                                     body.algebra.constant(0.0));
        });
    return makeStatistic(
               ofTarget,
               [&](RowBody body) { return body.algebra.neg(body.inputs[0]); })
        .value;
  }

  Value makeEntropy() {
    RowTensor sum = generics.sum(
        {logits, state.origin, state.rest, negativeLogs}, [&](RowBody body) {
          IRAlgebra &a = body.algebra;
          Value p = a.div(makeTerm(body, body.inputs[0], body.inputs[1]),
                          a.add(a.constant(1.0), body.inputs[2]));
          return term(a, p, body.inputs[3]);
        });
    return makeStatistic(sum, [&](RowBody body) { return body.inputs[0]; })
        .value;
  }

  /// The first class of the greatest logit, an i64; a NaN is the greatest.
  RowTensor makeFirstMaximum() {
    TypedAttr starts[] = {
        generics.number(-std::numeric_limits<double>::infinity()),
        rewriter.getI64IntegerAttr(std::numeric_limits<int64_t>::max())};
    return generics
        .reduceMany(
            starts, {{op.getX()}},
            [&](RowBody body) -> SmallVector<Value> {
              IRAlgebra &a = body.algebra;
              OpBuilder &builder = body.builder;
              Value x = body.inputs[0], most = body.results[0];
              Value index = arith::IndexCastOp::create(
                  builder, loc, builder.getI64Type(),
                  linalg::IndexOp::create(builder, loc, op.getRowDim()));
              Value equal = a.logicalOr(
                  a.eq(x, most), a.logicalAnd(a.isNaN(x), a.isNaN(most)));
              Value greater =
                  a.logicalAnd(a.logicalNot(a.isNaN(most)),
                               a.logicalOr(a.gt(x, most), a.isNaN(x)));
              Value first = compare(builder, arith::CmpIPredicate::slt, index,
                                    body.results[1]);
              Value takes = a.logicalOr(greater, a.logicalAnd(equal, first));
              return {a.select(takes, x, most),
                      a.select(takes, index, body.results[1])};
            })
        .back();
  }

  Value makeArgMax() {
    Type type = elementOf(RowOutput::ArgMax);
    return generics
        .map(RowExtent::Rows, type, {makeFirstMaximum(), weight},
             [&](RowBody body) {
               Value first = body.inputs[0];
               if (type != first.getType())
                 first =
                     arith::TruncIOp::create(body.builder, loc, type, first);
               Value none = arith::ConstantOp::create(
                   body.builder, loc, body.builder.getIntegerAttr(type, -1));
               return body.algebra.select(isKept(body.algebra, body.inputs[1]),
                                          first, none);
             })
        .value;
  }

  Value makeCounts() {
    Value kept = generics.count(weight, [&](RowBody body) {
      return isKept(body.algebra, body.inputs[0]);
    });
    Value right =
        generics.count({weight, target, makeFirstMaximum()}, [&](RowBody body) {
          Value isRight =
              compare(body.builder, arith::CmpIPredicate::eq,
                      asI64(body.builder, body.inputs[1]), body.inputs[2]);
          return body.algebra.logicalAnd(isKept(body.algebra, body.inputs[0]),
                                         isRight);
        });
    return tensor::FromElementsOp::create(rewriter, loc,
                                          ValueRange{kept, right});
  }

  RowState state;
  /// log (1 + S') and the logsumexp, NaN for rows that are; -log p_k.
  RowTensor logSum, lse, negativeLogs;
};

} // namespace

void act::decomposeLoss(RewriterBase &rewriter, LossOpInterface op) {
  rewriter.setInsertionPoint(op);
  replaceWithCasts(rewriter, op, LossDecomposition(rewriter, op).run());
}
