//===- RowExpansion.cpp - Backward operations of rows written out ---------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file writes backward operations of rows out in softmax, logsumexp and
// sums along rows, which have derivatives themselves.
//
//===----------------------------------------------------------------------===//

#include "RowExpansion.h"

#include "Act/IR/RowwiseBuilders.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/Utils/StaticValueUtils.h"
#include "mlir/IR/TypeUtilities.h"

using namespace mlir;
using namespace act;

SmallVector<int64_t> act::getRowNumberDims(RowwiseOpInterface op) {
  SmallVector<int64_t> dims;
  int64_t rank = cast<ShapedType>(op.getX().getType()).getRank();
  for (int64_t dim = 0; dim < rank; ++dim)
    if (dim != op.getRowDim())
      dims.push_back(dim);
  return dims;
}

StringRef RowExpansion::findObstacle(RowwiseOpInterface op) {
  if (cast<ShapedType>(op.getX().getType()).getRank() == 0)
    return "data of rank 0";
  if (op.getSaved() == Saved::Output && op.getSoftcap())
    return "saved(output) and a softcap";
  auto loss = dyn_cast<LossOpInterface>(op.getOperation());
  if (loss && loss.getClassWeight() &&
      loss.getLabelSmoothing().value_or(0.0) != 0.0 &&
      loss.getSmoothOver() == SmoothOver::Finite)
    return "class weights and smooth_over(finite)";
  return "";
}

SmallVector<Value> RowExpansion::expand() {
  Value dx = isa<LossOpInterface>(op.getOperation()) ? emitLossGradient()
                                                     : emitGradient();
  return {builder.convert(loc, dx, getElementTypeOrSelf(x.getType()))};
}

//===----------------------------------------------------------------------===//
// Small things
//===----------------------------------------------------------------------===//

Value RowExpansion::wide(Value value) {
  return builder.convert(loc, value, op.getComputeType());
}

/// `value` with a type of this shape.
static Value castTo(DerivativeBuilder &builder, Location loc, Value value,
                    ArrayRef<int64_t> shape) {
  auto type = cast<RankedTensorType>(value.getType());
  if (type.getShape() == shape)
    return value;
  return builder.emit<tensor::CastOp>(loc, type.clone(shape), value);
}

Value RowExpansion::shapedAsX(Value value) {
  return castTo(builder, loc, value, cast<ShapedType>(x.getType()).getShape());
}

Value RowExpansion::shapedAsRows(Value value) {
  return castTo(builder, loc, value, rowsType().getShape());
}

Value RowExpansion::multiply(Value left, Value right) {
  return arith::MulFOp::create(builder, loc, left, right);
}

Value RowExpansion::subtract(Value left, Value right) {
  return arith::SubFOp::create(builder, loc, left, right);
}

Value RowExpansion::scale(Value value, double factor) {
  RealEmitter numbers(builder, loc, value, op.getComputeType());
  return numbers.materialize(numbers.mul({value}, numbers.constant(factor)));
}

/// One number of the compute type for each row.
RankedTensorType RowExpansion::rowsType() {
  SmallVector<int64_t> shape;
  for (int64_t dim : getRowNumberDims(op))
    shape.push_back(cast<ShapedType>(x.getType()).getDimSize(dim));
  return RankedTensorType::get(shape, op.getComputeType());
}

Value RowExpansion::sumOverRows(Value terms) {
  return builder.sumTo(loc, terms, rowsType(), getRowNumberDims(op));
}

Value RowExpansion::spread(Value perRow) {
  return builder.broadcast(loc, perRow, x, getRowNumberDims(op));
}

//===----------------------------------------------------------------------===//
// Rows
//===----------------------------------------------------------------------===//

/// The operation `name` on the rows of `of`, with these attributes of `op`.
Value RowExpansion::emitRows(StringRef name, Value of, Type type,
                             ArrayRef<StringRef> attributes, bool withMask) {
  NamedAttrList options;
  options.set("dim", builder.getI64IntegerAttr(op.getRowDim()));
  for (StringRef attribute : attributes)
    if (Attribute value = op->getAttr(attribute))
      options.set(attribute, value);
  // The gradient of a row that is uniform for want of anything is 0, and so is
  // that of its logsumexp.
  if (name != "act.logsumexp" &&
      (op.getEmptyRow() != EmptyRow::NaN ||
       op.getRowFunction() == RowFunction::LogSumExp))
    options.set("empty_row",
                EmptyRowAttr::get(builder.getContext(), EmptyRow::Zero));
  return createRowwise(builder, loc, name,
                       {of, withMask ? op.getMask() : Value()},
                       /*outs=*/ValueRange(), type, options)
      ->getResult(0);
}

Value RowExpansion::emitLogits() {
  auto loss = dyn_cast<LossOpInterface>(op.getOperation());
  Value of = wide(x);
  if (!loss || loss.hasSoftTarget())
    return of;
  Value zeros = builder.zerosLike(loc, of);
  Value isIgnored =
      arith::CmpFOp::create(builder, loc, arith::CmpFPredicate::OEQ,
                            spread(dropIgnored(emitOnes())), zeros);
  return arith::SelectOp::create(builder, loc, isIgnored, zeros, of);
}

Value RowExpansion::emitProbabilities() {
  Value of = emitLogits();
  bool isLog = op.getRowFunction() == RowFunction::LogSoftmax;
  if (op.getSaved() == Saved::Output)
    return keep(isLog ? Value(builder.emit<math::ExpOp>(loc, of)) : of);
  bool isMin = op.getRowFunction() == RowFunction::Softmin;
  return emitRows(isMin ? "act.softmin" : "act.softmax", of, of.getType(),
                  {"temperature", "softcap", accuracyAttrName},
                  /*withMask=*/true);
}

/// tanh(x/(T c)): with a soft cap z is c times it.
RealEmitter::Value RowExpansion::emitBounded(RealEmitter &numbers) {
  return numbers.tanh(
      numbers.div({keep(emitLogits())},
                  numbers.constant(op.getTemperature() * *op.getSoftcap())));
}

Value RowExpansion::throughLogits(Value value) {
  RealEmitter numbers(builder, loc, value, op.getComputeType());
  RealEmitter::Value factor =
      numbers.constant((op.getRowFunction() == RowFunction::Softmin ? -1 : 1) /
                       op.getTemperature());
  if (op.getSoftcap()) {
    RealEmitter::Value bounded = emitBounded(numbers);
    factor = numbers.mul(factor, numbers.sub(numbers.constant(1.0),
                                             numbers.mul(bounded, bounded)));
  }
  return numbers.materialize(numbers.mul({value}, factor));
}

Value RowExpansion::keep(Value value) {
  if (!op.getMask())
    return value;
  // The mask may repeat in any dimension, which softmax knows: with equal
  // logits what is kept has a probability.
  Value zeros = builder.zerosLike(loc, value);
  Value shares = emitRows("act.softmax", zeros, zeros.getType(), {},
                          /*withMask=*/true);
  Value isKept = arith::CmpFOp::create(builder, loc, arith::CmpFPredicate::OGT,
                                       shares, zeros);
  return arith::SelectOp::create(builder, loc, isKept, value, zeros);
}

/// dx of softmax and its kin.
Value RowExpansion::emitGradient() {
  Value p = emitProbabilities();
  Value dy = wide(op.getCotangent());
  switch (op.getRowFunction()) {
  case RowFunction::LogSumExp: {
    // With keepdim the row's dimension stays, of size 1.
    bool keepsDim = cast<ShapedType>(dy.getType()).getRank() ==
                    cast<ShapedType>(x.getType()).getRank();
    return throughLogits(
        multiply(p, spread(keepsDim ? sumOverRows(dy) : shapedAsRows(dy))));
  }
  case RowFunction::LogSoftmax:
    dy = keep(shapedAsX(dy));
    return throughLogits(
        keep(subtract(dy, multiply(p, spread(sumOverRows(dy))))));
  default: {
    dy = keep(shapedAsX(dy));
    Value mean = sumOverRows(multiply(p, dy));
    return throughLogits(multiply(p, subtract(dy, spread(mean))));
  }
  }
}

//===----------------------------------------------------------------------===//
// Losses
//===----------------------------------------------------------------------===//

/// What cross_entropy_backward gives, but for what is taken from p, which does
/// not depend on x.
Value RowExpansion::emitLossGradient() {
  if (op.getSoftcap())
    return emitCappedLossGradient();
  Value factor = emitRowFactor();
  Value dloss = wide(op.getCotangent());
  bool isOfRow = cast<ShapedType>(dloss.getType()).getRank() ==
                 cast<ShapedType>(factor.getType()).getRank();
  dloss =
      isOfRow ? shapedAsRows(dloss) : builder.broadcast(loc, dloss, factor, {});
  return throughLogits(
      multiply(spread(multiply(dloss, factor)), emitProbabilities()));
}

/// The same operation on logits that are bounded before: its gradient as a
/// whole is a factor then.
Value RowExpansion::emitCappedLossGradient() {
  auto loss = cast<LossOpInterface>(op.getOperation());
  RealEmitter numbers(builder, loc, wide(x), op.getComputeType());
  Value z = numbers.materialize(
      numbers.mul(numbers.constant(*op.getSoftcap()), emitBounded(numbers)));
  NamedAttrList options = getRowOptions(op);
  options.erase("temperature");
  options.erase("softcap");
  Operation *backward =
      createRowwise(builder, loc, op->getName().getStringRef(),
                    {op.getCotangent(), z, loss.getTarget(), /*lse=*/Value(),
                     loss.getClassWeight(), loss.getTokenWeight()},
                    /*outs=*/ValueRange(), z.getType(), options);
  return throughLogits(backward->getResult(0));
}

/// What p is multiplied by in each row: a W + 2 zeta v L, divided by the
/// weights of all rows for a mean.
Value RowExpansion::emitRowFactor() {
  auto loss = cast<LossOpInterface>(op.getOperation());
  Value weight = emitKeptWeights(), all = weight;
  Value factor = weight;
  if (loss.hasSoftTarget()) {
    Value target = shapedAsX(wide(loss.getTarget()));
    if (loss.getClassWeight())
      target = multiply(
          target, builder.broadcast(loc, wide(loss.getClassWeight()), x,
                                    {static_cast<int64_t>(op.getRowDim())}));
    factor = multiply(weight, smooth(sumOverRows(target)));
  } else if (loss.getClassWeight()) {
    Value ofTarget = emitTargetWeights();
    all = multiply(weight, ofTarget);
    factor = multiply(weight, smooth(ofTarget));
  }
  if (loss.getZLoss() != 0.0) {
    Value lse = emitRows("act.logsumexp", emitLogits(), rowsType(),
                         {"temperature", accuracyAttrName},
                         /*withMask=*/false);
    factor = arith::AddFOp::create(
        builder, loc, factor, multiply(scale(all, 2.0 * loss.getZLoss()), lse));
  }
  if (loss.getReduction() != Reduction::Mean)
    return factor;
  Value sum = builder.sumTo(loc, all, op.getComputeType(), {});
  RealEmitter numbers(builder, loc, factor, op.getComputeType());
  RealEmitter::Value divisor{builder.broadcast(loc, sum, factor, {})};
  // Without a row that counts there is no gradient, nor one of that.
  RealEmitter::Bool isNothing = numbers.eq(divisor, numbers.constant(0.0));
  divisor = numbers.select(isNothing, numbers.constant(1.0), divisor);
  return numbers.materialize(numbers.select(isNothing, numbers.constant(0.0),
                                            numbers.div({factor}, divisor)));
}

/// `linalg.generic` over rows with the elements of `inputs`.
static Value mapRows(DerivativeBuilder &builder, Location loc, Value like,
                     ValueRange inputs,
                     function_ref<Value(OpBuilder &, ValueRange)> emit) {
  auto type = cast<RankedTensorType>(like.getType());
  SmallVector<AffineMap> maps(inputs.size() + 1,
                              builder.getMultiDimIdentityMap(type.getRank()));
  SmallVector<utils::IteratorType> iterators(type.getRank(),
                                             utils::IteratorType::parallel);
  return linalg::GenericOp::create(
             builder, loc, type, inputs, like, maps, iterators,
             [&](OpBuilder &body, Location, ValueRange arguments) {
               linalg::YieldOp::create(body, loc, emit(body, arguments));
             })
      .getResult(0);
}

/// 1 for each row.
Value RowExpansion::emitOnes() {
  SmallVector<OpFoldResult> sizes, all = builder.dimensions(loc, x);
  for (int64_t dim : getRowNumberDims(op))
    sizes.push_back(all[dim]);
  Value one = builder.emit<arith::ConstantOp>(
      loc, cast<TypedAttr>(builder.getFloatAttr(op.getComputeType(), 1.0)));
  return linalg::FillOp::create(builder, loc, one,
                                builder.emptyTensor(loc, rowsType(), sizes))
      .getResult(0);
}

/// a of each row, 0 for those that do not count.
Value RowExpansion::emitKeptWeights() {
  auto loss = cast<LossOpInterface>(op.getOperation());
  Value weight = loss.getTokenWeight()
                     ? shapedAsRows(wide(loss.getTokenWeight()))
                     : emitOnes();
  return loss.hasSoftTarget() ? weight : dropIgnored(weight);
}

/// The number of each row, 0 for those whose target is to be ignored.
Value RowExpansion::dropIgnored(Value perRow) {
  auto loss = cast<LossOpInterface>(op.getOperation());
  return mapRows(
      builder, loc, perRow, {loss.getTarget(), perRow},
      [&](OpBuilder &body, ValueRange arguments) -> Value {
        Value target = arguments[0];
        Value ignored = arith::ConstantOp::create(
            body, loc,
            body.getIntegerAttr(target.getType(), loss.getIgnoredTarget()));
        Value isIgnored = arith::CmpIOp::create(
            body, loc, arith::CmpIPredicate::eq, target, ignored);
        Value zero = arith::ConstantOp::create(
            body, loc, body.getFloatAttr(op.getComputeType(), 0.0));
        return arith::SelectOp::create(body, loc, isIgnored, zero,
                                       arguments[1]);
      });
}

/// The class weight of each row's target; 1 for what is no class.
Value RowExpansion::emitTargetWeights() {
  auto loss = cast<LossOpInterface>(op.getOperation());
  Value weights = wide(loss.getClassWeight());
  Value count = builder.emit<tensor::DimOp>(
      loc, weights, builder.emit<arith::ConstantIndexOp>(loc, 0));
  return mapRows(
      builder, loc, emitKeptWeights(), loss.getTarget(),
      [&](OpBuilder &body, ValueRange arguments) -> Value {
        Value index = arith::IndexCastOp::create(body, loc, body.getIndexType(),
                                                 arguments[0]);
        Value isClass = arith::CmpIOp::create(
            body, loc, arith::CmpIPredicate::ult, index, count);
        Value zero = arith::ConstantIndexOp::create(body, loc, 0);
        Value safe = arith::SelectOp::create(body, loc, isClass, index, zero);
        Value weight = tensor::ExtractOp::create(body, loc, weights, safe);
        Value one = arith::ConstantOp::create(
            body, loc, body.getFloatAttr(op.getComputeType(), 1.0));
        return arith::SelectOp::create(body, loc, isClass, weight, one);
      });
}

/// The number of classes.
Value RowExpansion::emitClassCount() {
  OpFoldResult size = builder.dimensions(loc, x)[op.getRowDim()];
  if (std::optional<int64_t> number = getConstantIntValue(size))
    return builder.emit<arith::ConstantOp>(
        loc, cast<TypedAttr>(builder.getFloatAttr(
                 op.getComputeType(), static_cast<double>(*number))));
  Value integer = builder.emit<arith::IndexCastOp>(loc, builder.getI64Type(),
                                                   cast<Value>(size));
  return builder.emit<arith::SIToFPOp>(loc, op.getComputeType(), integer);
}

/// The sum of w_k q'_k, given that of w_k q_k: smoothing mixes in the mean of
/// the weights.
Value RowExpansion::smooth(Value ofTarget) {
  auto loss = cast<LossOpInterface>(op.getOperation());
  double smoothing = loss.getLabelSmoothing().value_or(0.0);
  if (smoothing == 0.0)
    return ofTarget;
  Value classes = emitClassCount();
  RealEmitter numbers(builder, loc, classes, op.getComputeType());
  RealEmitter::Value one = numbers.constant(1.0);
  RealEmitter::Value share = numbers.constant(smoothing);
  if (loss.getSmoothing() == Smoothing::Megatron) {
    RealEmitter::Value others = numbers.sub({classes}, one);
    share = numbers.select(numbers.eq(others, numbers.constant(0.0)),
                           numbers.constant(0.0),
                           numbers.div(numbers.mul(share, {classes}), others));
  }
  RealEmitter::Value mean = one;
  if (loss.getClassWeight())
    mean = numbers.div({builder.sumTo(loc, wide(loss.getClassWeight()),
                                      op.getComputeType(), {})},
                       {classes});
  Value rest = numbers.materialize(numbers.sub(one, share));
  Value mixed = numbers.materialize(numbers.mul(share, mean));
  return arith::AddFOp::create(
      builder, loc,
      multiply(builder.broadcast(loc, rest, ofTarget, {}), ofTarget),
      builder.broadcast(loc, mixed, ofTarget, {}));
}
