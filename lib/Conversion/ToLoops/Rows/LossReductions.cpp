//===- LossReductions.cpp - Losses of all rows ----------------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file implements sums and means of losses, and counts of rows. The
// divisor of a mean follows from targets and weights alone, so that it is known
// before the rows are read; sums over rows are sums like all others, in a fixed
// order.
//
//===----------------------------------------------------------------------===//

#include "LossReductions.h"

#include "RowSums.h"

#include "Act/IR/RowwiseBuilders.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"

#include <limits>

using namespace mlir;
using namespace act;

/// Whether an output of `op` depends on all rows.
static bool dependsOnAllRows(LossOpInterface op) {
  return op.isOnMemory() && (op.getReduction() != Reduction::None ||
                             op.findRowOutput(RowOutput::Counts));
}

namespace {

class LossReducer {
public:
  LossReducer(RewriterBase &rewriter, LossOpInterface op)
      : rewriter(rewriter), op(op), loc(op.getLoc()),
        computeType(op.getComputeType()), rows(rewriter, op) {}

  void expand() {
    bool isReduced = op.getReduction() != Reduction::None;
    Value divisor;
    if (op.getReduction() == Reduction::Mean)
      divisor = emitDivisor();

    SmallVector<Value> operands;
    for (auto [input, value] : llvm::zip(op.getRowInputs(), op.getInputs()))
      operands.push_back(isReduced && input == RowInput::DLoss
                             ? makeRowCotangents(divisor)
                             : value);
    Value rowLosses, argMax;
    for (auto [output, out] : llvm::zip(op.getRowOutputs(), op.getOuts())) {
      Value rowOut = out;
      if (output == RowOutput::Loss && isReduced) {
        rowOut = rowLosses = rows.makeRows(computeType);
      } else if (output == RowOutput::ArgMax) {
        argMax = out;
      } else if (output == RowOutput::Counts) {
        // It stands right behind argmax, which it is made of.
        if (argMax)
          continue;
        rowOut = argMax = rows.makeRows(getElementTypeOrSelf(op.getTarget()));
      }
      operands.push_back(rowOut);
    }
    emitRowwise(operands);

    if (rowLosses)
      emitLoss(rowLosses, divisor);
    if (Value counts = op.getOut(RowOutput::Counts))
      emitCounts(argMax, counts);
    if (divisor)
      dropGradients(divisor);
    rows.freeRows();
    rewriter.eraseOp(op);
  }

private:
  //===--------------------------------------------------------------------===//
  // Numbers
  //===--------------------------------------------------------------------===//

  Value number(OpBuilder &builder, double value) {
    return arith::ConstantOp::create(builder, loc,
                                     builder.getFloatAttr(computeType, value));
  }
  Value integer(OpBuilder &builder, int64_t value) {
    return arith::ConstantOp::create(builder, loc,
                                     builder.getI64IntegerAttr(value));
  }
  Value isZero(OpBuilder &builder, Value value) {
    return arith::CmpFOp::create(builder, loc, arith::CmpFPredicate::OEQ, value,
                                 number(builder, 0));
  }
  Value widen(OpBuilder &builder, Value value) {
    if (value.getType() == computeType)
      return value;
    return arith::ExtFOp::create(builder, loc, computeType, value);
  }
  Value extend(OpBuilder &builder, Value target) {
    Type type = builder.getI64Type();
    if (target.getType() == type)
      return target;
    return arith::ExtSIOp::create(builder, loc, type, target);
  }
  Value isIgnored(OpBuilder &builder, Value target) {
    return arith::CmpIOp::create(builder, loc, arith::CmpIPredicate::eq,
                                 extend(builder, target),
                                 integer(builder, op.getIgnoredTarget()));
  }

  //===--------------------------------------------------------------------===//
  // Means
  //===--------------------------------------------------------------------===//

  /// D, the sum of the row weights v.
  Value emitDivisor() {
    Value divisor = rows.makeScalar(number(rewriter, 0));
    SmallVector<Value> inputs;
    if (!op.hasSoftTarget())
      inputs.push_back(op.getTarget());
    if (op.getTokenWeight())
      inputs.push_back(op.getTokenWeight());
    auto emitWeight = [&](OpBuilder &builder, ValueRange arguments) {
      return makeRowWeight(builder, arguments);
    };
    if (inputs.empty()) {
      rows.store(rows.count(computeType), divisor);
    } else if (op.hasSoftTarget() || !op.getClassWeight()) {
      rows.addUp(divisor, inputs, emitWeight);
    } else {
      // Looking up the weight of a class is no term of a sum.
      Value weights = rows.makeRows(computeType);
      rows.forRows(
          inputs, weights,
          [&](OpBuilder &builder, ValueRange arguments) -> SmallVector<Value> {
            return {emitWeight(builder, arguments)};
          });
      rows.addUp(divisor, weights);
    }
    return divisor;
  }

  /// v: a w_t, for soft targets a, and 0 where the row is not kept. The
  /// arguments are the hard target and a, if there are such.
  Value makeRowWeight(OpBuilder &builder, ValueRange arguments) {
    Value weight = number(builder, 1);
    bool isHard = !op.hasSoftTarget();
    if (isHard && op.getClassWeight())
      weight = makeClassWeight(builder, arguments[0]);
    Value zero = number(builder, 0);
    if (op.getTokenWeight()) {
      Value own = widen(builder, arguments[isHard]);
      weight = arith::SelectOp::create(
          builder, loc, isZero(builder, own), zero,
          arith::MulFOp::create(builder, loc, own, weight));
    }
    if (!isHard)
      return weight;
    return arith::SelectOp::create(
        builder, loc, isIgnored(builder, arguments[0]), zero, weight);
  }

  /// w_t; 1 for a target that is no class.
  Value makeClassWeight(OpBuilder &builder, Value target) {
    Value weights = op.getClassWeight();
    Value index = arith::IndexCastOp::create(
        builder, loc, builder.getIndexType(), extend(builder, target));
    Value first = arith::ConstantIndexOp::create(builder, loc, 0);
    Value classes = memref::DimOp::create(builder, loc, weights, 0);
    Value isClass = arith::CmpIOp::create(
        builder, loc, arith::CmpIPredicate::ult, index, classes);
    index = arith::SelectOp::create(builder, loc, isClass, index, first);
    Value weight =
        widen(builder, memref::LoadOp::create(builder, loc, weights, index));
    return arith::SelectOp::create(builder, loc, isClass, weight,
                                   number(builder, 1));
  }

  /// G of each row.
  Value makeRowCotangents(Value divisor) {
    Value cotangent = rows.load(op.getCotangent());
    if (divisor)
      cotangent =
          arith::DivFOp::create(rewriter, loc, cotangent, rows.load(divisor));
    return rows.repeat(cotangent);
  }

  void emitLoss(Value rowLosses, Value divisor) {
    Value loss = op.getOut(RowOutput::Loss);
    Value total = rows.makeScalar(number(rewriter, 0));
    rows.addUp(total, rowLosses);
    Value value = rows.load(total);
    if (divisor) {
      double empty = op.getEmptyMean() == EmptyMean::Zero
                         ? 0.0
                         : std::numeric_limits<double>::quiet_NaN();
      Value weights = rows.load(divisor);
      Value mean = arith::DivFOp::create(rewriter, loc, value, weights);
      value = arith::SelectOp::create(rewriter, loc, isZero(rewriter, weights),
                                      number(rewriter, empty), mean);
    }
    rows.store(value, loss);
  }

  /// Gradients are 0 where the divisor is, whatever they came out as.
  void dropGradients(Value divisor) {
    for (RowOutput output : {RowOutput::DX, RowOutput::DTarget}) {
      Value gradient = op.getOut(output);
      if (!gradient)
        continue;
      auto branch = scf::IfOp::create(rewriter, loc,
                                      isZero(rewriter, rows.load(divisor)));
      OpBuilder::InsertionGuard guard(rewriter);
      rewriter.setInsertionPointToStart(branch.thenBlock());
      Value zero = arith::ConstantOp::create(
          rewriter, loc, rewriter.getZeroAttr(getElementTypeOrSelf(gradient)));
      linalg::FillOp::create(rewriter, loc, zero, gradient);
    }
  }

  //===--------------------------------------------------------------------===//
  // Counts
  //===--------------------------------------------------------------------===//

  /// How many rows are kept, and of these how many have their target as argmax.
  void emitCounts(Value argMax, Value counts) {
    Value zero = integer(rewriter, 0);
    SmallVector<Value> totals{rows.makeScalar(zero), rows.makeScalar(zero)};
    SmallVector<Value> inputs{op.getTarget(), argMax};
    if (op.getTokenWeight())
      inputs.push_back(op.getTokenWeight());
    rows.forRows(
        inputs, totals,
        [&](OpBuilder &builder, ValueRange arguments) -> SmallVector<Value> {
          Value target = arguments[0];
          Value isDropped = isIgnored(builder, target);
          if (op.getTokenWeight())
            isDropped = arith::OrIOp::create(
                builder, loc, isDropped,
                isZero(builder, widen(builder, arguments[2])));
          Value isRight = arith::CmpIOp::create(
              builder, loc, arith::CmpIPredicate::eq, target, arguments[1]);
          Value none = integer(builder, 0);
          Value kept = arith::SelectOp::create(builder, loc, isDropped, none,
                                               integer(builder, 1));
          Value right =
              arith::SelectOp::create(builder, loc, isRight, kept, none);
          ValueRange before = arguments.take_back(2);
          return {arith::AddIOp::create(builder, loc, before[0], kept),
                  arith::AddIOp::create(builder, loc, before[1], right)};
        });
    for (auto [position, total] : llvm::enumerate(totals)) {
      Value index = arith::ConstantIndexOp::create(rewriter, loc, position);
      memref::StoreOp::create(rewriter, loc, rows.load(total), counts, index);
    }
  }

  //===--------------------------------------------------------------------===//
  // Rows
  //===--------------------------------------------------------------------===//

  /// The operation with one loss for each row.
  void emitRowwise(ValueRange operands) {
    MLIRContext *context = rewriter.getContext();
    NamedAttrList options = getRowOptions(op);
    options.set("reduction", ReductionAttr::get(context, Reduction::None));
    options.set("empty_mean", EmptyMeanAttr::get(context, EmptyMean::NaN));
    if (op.findRowOutput(RowOutput::Counts))
      options.set("extra",
                  ExtraAttr::get(context, (op.getExtra() & ~Extra::Counts) |
                                              Extra::ArgMax));
    size_t numInputs = op.getInputs().size();
    cloneRowwise(rewriter, op, operands.take_front(numInputs),
                 operands.drop_front(numInputs), TypeRange(), options);
  }

  RewriterBase &rewriter;
  LossOpInterface op;
  Location loc;
  FloatType computeType;
  RowSums rows;
};

} // namespace

void act::expandLossReductions(RewriterBase &rewriter, Operation *root) {
  SmallVector<LossOpInterface> losses;
  root->walk([&](LossOpInterface op) {
    if (dependsOnAllRows(op))
      losses.push_back(op);
  });
  for (LossOpInterface op : losses) {
    rewriter.setInsertionPoint(op);
    LossReducer(rewriter, op).expand();
  }
}
