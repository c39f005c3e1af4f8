//===- LossReductions.cpp - Reductions of losses --------------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file implements the step that takes the reduction out of a loss: what
// remains has one loss for each row, and the sums become sums like all others,
// in a fixed order. The divisor of a mean follows from targets and weights
// alone, so that it is known before the rows are read.
//
//===----------------------------------------------------------------------===//

#include "ToLinalg.h"

#include "../Dimensions.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Arith/Utils/Utils.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"

#include <limits>

using namespace mlir;
using namespace act;
using utils::IteratorType;

namespace {

class ReductionExpander {
public:
  ReductionExpander(RewriterBase &rewriter, LossOpInterface op)
      : rewriter(rewriter), op(op), loc(op.getLoc()),
        computeType(op.getComputeType()),
        rows(RankedTensorType::get(
            cast<RankedTensorType>(op.getTarget().getType()).getShape(),
            computeType)) {}

  void expand() {
    rewriter.setInsertionPoint(op);
    bool isMean = op.getReduction() == Reduction::Mean;
    Value divisor = isMean ? sum(makeRowWeights()) : Value();
    // A gradient of +0 is all that a divisor of 0 asks for: then no row counts.
    // Statistics know nothing of it.
    bool drops = isMean && op.findRowOutput(RowOutput::DX);
    auto isStatistic = [](RowOutput output) {
      return output != RowOutput::DX && output != RowOutput::Loss;
    };
    Operation *rowwise = cloneWithoutReduction(divisor, drops);
    Operation *statistics = rowwise;
    if (drops && llvm::any_of(op.getRowOutputs(), isStatistic))
      statistics = cloneWithoutReduction(divisor, /*dropAll=*/false);

    SmallVector<Value> results;
    for (auto [position, output] : llvm::enumerate(op.getRowOutputs())) {
      Operation *from = isStatistic(output) ? statistics : rowwise;
      Value result = from->getResult(position);
      results.push_back(output == RowOutput::Loss ? finish(sum(result), divisor)
                                                  : result);
    }
    rewriter.replaceOp(op, results);
  }

private:
  using EmitBody = llvm::function_ref<Value(OpBuilder &, ValueRange)>;

  Value number(OpBuilder &builder, double value) {
    return arith::ConstantOp::create(builder, loc,
                                     builder.getFloatAttr(computeType, value));
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

  /// A tensor of `type`, which is of the rows or of rank 0.
  Value makeEmpty(RankedTensorType type) {
    SmallVector<OpFoldResult> sizes;
    for (int64_t dim = 0; dim < type.getRank(); ++dim)
      sizes.push_back(
          materialize(rewriter, loc, traceDimension(op.getTarget(), dim)));
    Value empty =
        tensor::EmptyOp::create(rewriter, loc, sizes, type.getElementType());
    if (empty.getType() != type)
      empty = tensor::CastOp::create(rewriter, loc, type, empty);
    return empty;
  }

  /// One element of `type` for each row, or one of all; inputs of rank 0 are
  /// the same for all rows.
  Value map(RankedTensorType type, ValueRange inputs, EmitBody emitBody) {
    unsigned rank = type.getRank();
    SmallVector<AffineMap> maps;
    for (Value input : inputs)
      maps.push_back(cast<RankedTensorType>(input.getType()).getRank() == 0
                         ? AffineMap::get(rank, 0, rewriter.getContext())
                         : rewriter.getMultiDimIdentityMap(rank));
    maps.push_back(rewriter.getMultiDimIdentityMap(rank));
    SmallVector<IteratorType> iterators(rank, IteratorType::parallel);
    return linalg::GenericOp::create(
               rewriter, loc, type, inputs, makeEmpty(type), maps, iterators,
               [&](OpBuilder &builder, Location, ValueRange arguments) {
                 linalg::YieldOp::create(builder, loc,
                                         emitBody(builder, arguments));
               })
        .getResult(0);
  }

  /// The sum over all rows, of rank 0.
  Value sum(Value terms) {
    auto type = RankedTensorType::get({}, computeType);
    unsigned rank = rows.getRank();
    Value zero = linalg::FillOp::create(rewriter, loc, number(rewriter, 0),
                                        makeEmpty(type))
                     .getResult(0);
    SmallVector<AffineMap> maps{rewriter.getMultiDimIdentityMap(rank),
                                AffineMap::get(rank, 0, rewriter.getContext())};
    SmallVector<IteratorType> iterators(rank, IteratorType::reduction);
    return linalg::GenericOp::create(
               rewriter, loc, type, terms, zero, maps, iterators,
               [&](OpBuilder &builder, Location, ValueRange arguments) {
                 Value total = arith::AddFOp::create(builder, loc, arguments[1],
                                                     arguments[0]);
                 linalg::YieldOp::create(builder, loc, total);
               })
        .getResult(0);
  }

  /// v of each row: a w_t, and 0 where the row is not kept.
  Value makeRowWeights() {
    SmallVector<Value> inputs{op.getTarget()};
    if (op.getTokenWeight())
      inputs.push_back(op.getTokenWeight());
    return map(rows, inputs, [&](OpBuilder &builder, ValueRange arguments) {
      Value target = arguments[0];
      Type i64 = builder.getI64Type();
      if (target.getType() != i64)
        target = arith::ExtSIOp::create(builder, loc, i64, target);
      Value ignored = arith::ConstantOp::create(
          builder, loc, builder.getI64IntegerAttr(op.getIgnoredTarget()));
      Value isIgnored = arith::CmpIOp::create(
          builder, loc, arith::CmpIPredicate::eq, target, ignored);
      Value zero = number(builder, 0);
      Value weight = op.getClassWeight() ? classWeight(builder, target)
                                         : number(builder, 1);
      if (op.getTokenWeight()) {
        Value own = widen(builder, arguments[1]);
        weight = arith::SelectOp::create(
            builder, loc, isZero(builder, own), zero,
            arith::MulFOp::create(builder, loc, own, weight));
      }
      return arith::SelectOp::create(builder, loc, isIgnored, zero, weight)
          .getResult();
    });
  }

  /// w_t; 1 for a target that is no class.
  Value classWeight(OpBuilder &builder, Value target) {
    Value weights = op.getClassWeight();
    Value index = arith::IndexCastOp::create(builder, loc,
                                             builder.getIndexType(), target);
    Value first = arith::ConstantIndexOp::create(builder, loc, 0);
    Value classes = tensor::DimOp::create(builder, loc, weights, 0);
    Value isClass = arith::CmpIOp::create(
        builder, loc, arith::CmpIPredicate::ult, index, classes);
    index = arith::SelectOp::create(builder, loc, isClass, index, first);
    Value weight =
        widen(builder, tensor::ExtractOp::create(builder, loc, weights, index));
    return arith::SelectOp::create(builder, loc, isClass, weight,
                                   number(builder, 1));
  }

  /// The operation with one loss for each row. With `dropAll` rows do not count
  /// where `divisor` is 0.
  Operation *cloneWithoutReduction(Value divisor, bool dropAll) {
    SmallVector<Value> operands(op->getOperands());
    SmallVector<int32_t> segments(
        op->getAttrOfType<DenseI32ArrayAttr>(segmentsName).asArrayRef());
    SmallVector<RowInput> inputs = op.getRowInputs();
    for (auto [position, input] : llvm::enumerate(inputs))
      if (input == RowInput::DLoss)
        operands[position] = makeRowGradients(divisor);
    if (dropAll) {
      if (op.getTokenWeight())
        operands.pop_back();
      operands.push_back(makeTokenWeights(divisor));
      // Before the destinations.
      segments[segments.size() - 2] = 1;
    }
    SmallVector<Type> types(op->getResultTypes());
    if (std::optional<unsigned> position = op.findRowOutput(RowOutput::Loss))
      types[*position] = rows;
    Operation *copy = mlir::clone(rewriter, op, types, operands);
    copy->setAttr(segmentsName, rewriter.getDenseI32ArrayAttr(segments));
    copy->setAttr("reduction",
                  ReductionAttr::get(rewriter.getContext(), Reduction::None));
    copy->setAttr("empty_mean",
                  EmptyMeanAttr::get(rewriter.getContext(), EmptyMean::NaN));
    return copy;
  }

  /// G of each row.
  Value makeRowGradients(Value divisor) {
    SmallVector<Value> inputs{op.getCotangent()};
    if (divisor)
      inputs.push_back(divisor);
    return map(rows, inputs, [&](OpBuilder &builder, ValueRange arguments) {
      if (!divisor)
        return arguments[0];
      return arith::DivFOp::create(builder, loc, arguments[0], arguments[1])
          .getResult();
    });
  }

  /// a of each row, and 0 where there is nothing to divide by.
  Value makeTokenWeights(Value divisor) {
    SmallVector<Value> inputs{divisor};
    if (op.getTokenWeight())
      inputs.push_back(op.getTokenWeight());
    return map(rows, inputs, [&](OpBuilder &builder, ValueRange arguments) {
      Value own = op.getTokenWeight() ? widen(builder, arguments[1])
                                      : number(builder, 1);
      return arith::SelectOp::create(builder, loc,
                                     isZero(builder, arguments[0]),
                                     number(builder, 0), own)
          .getResult();
    });
  }

  /// The loss, given its sum.
  Value finish(Value total, Value divisor) {
    if (!divisor)
      return total;
    return map(cast<RankedTensorType>(total.getType()), {total, divisor},
               [&](OpBuilder &builder, ValueRange arguments) {
                 double empty = op.getEmptyMean() == EmptyMean::Zero
                                    ? 0.0
                                    : std::numeric_limits<double>::quiet_NaN();
                 Value mean = arith::DivFOp::create(builder, loc, arguments[0],
                                                    arguments[1]);
                 return arith::SelectOp::create(builder, loc,
                                                isZero(builder, arguments[1]),
                                                number(builder, empty), mean)
                     .getResult();
               });
  }

  static constexpr StringLiteral segmentsName = "operandSegmentSizes";

  RewriterBase &rewriter;
  LossOpInterface op;
  Location loc;
  FloatType computeType;
  /// One number for each row.
  RankedTensorType rows;
};

} // namespace

void act::expandLossReduction(RewriterBase &rewriter, LossOpInterface op) {
  ReductionExpander(rewriter, op).expand();
}
