//===- RowEmitter.cpp - The base of row kernels ---------------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file implements the loops over rows and the access to their elements.
//
//===----------------------------------------------------------------------===//

#include "RowEmitter.h"

#include "../Blocks.h"
#include "../OuterLoops.h"

#include "mlir/Dialect/Arith/Utils/Utils.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"

using namespace mlir;
using namespace act;

RowEmitter::RowEmitter(OpBuilder &builder, RowwiseOpInterface op,
                       const IterationSpace &space,
                       const KernelOptions &options)
    : builder(builder), op(op), loc(op.getLoc()), space(space),
      options(options), computeType(op.getComputeType()),
      exact(getAccuracy(op, options.accuracy) == "exact"),
      accuracy(op->getAttrOfType<StringAttr>(accuracyAttrName)) {
  if (!op.getSoftcap())
    scale = 1.0 / op.getTemperature();
  // A kernel that is a function of its own no longer sees the attribute of the
  // function that it came from.
  if (!accuracy)
    accuracy = StringAttr::get(op->getContext(), exact ? "exact" : "default");
}

void RowEmitter::emit(OpFoldResult begin, OpFoldResult end) {
  chooseWidth();
  unsigned rowLoop = space.sizes.size() - 1;
  for (const Access &access : space.accesses)
    streams.emplace_back(builder, loc, access, rowLoop, width, options.masks);
  std::optional<int64_t> length = getConstantIntValue(space.sizes.back());
  if (length)
    sums.emplace(builder, loc, computeType, isExact(), countSums(),
                 std::max(*length, width));
  else
    sums.emplace(builder, loc, computeType, isExact(), countSums());
  emitOuterLoops(builder, loc, space, space.numKept, begin, end,
                 [&](ArrayRef<OpFoldResult> offsets, OpFoldResult,
                     OpFoldResult) { startRow(offsets); });
}

void RowEmitter::chooseWidth() {
  int64_t lanes = options.vectorBits / computeType.getWidth();
  width =
      lanes * llvm::PowerOf2Ceil(options.interleave ? options.interleave : 4);
  width = shortenToRow(std::min(width, FixedSum::maxLanes), lanes,
                       space.sizes.back());
}

void RowEmitter::startRow(ArrayRef<OpFoldResult> offsets) {
  OpFoldResult length = space.sizes.back();
  for (auto [stream, offset] : llvm::zip(streams, offsets))
    stream.startRow(offset, length);
  size = getValueOrCreateConstantIndexOp(builder, loc, length);
  emitRow();
}

//===----------------------------------------------------------------------===//
// Small things
//===----------------------------------------------------------------------===//

Value RowEmitter::index(int64_t number) {
  return arith::ConstantIndexOp::create(builder, loc, number);
}

Value RowEmitter::number(double value) {
  return arith::ConstantOp::create(builder, loc,
                                   builder.getFloatAttr(computeType, value));
}

Value RowEmitter::broadcast(Value scalar) {
  return vector::BroadcastOp::create(
      builder, loc, VectorType::get(width, scalar.getType()), scalar);
}

Value RowEmitter::select(Value condition, Value yes, Value no) {
  return arith::SelectOp::create(builder, loc, condition, yes, no);
}

Value RowEmitter::compare(arith::CmpFPredicate predicate, Value left,
                          Value right) {
  return arith::CmpFOp::create(builder, loc, predicate, left, right);
}

Value RowEmitter::broadcastLike(Value value, Value scalar) {
  return isa<VectorType>(value.getType()) ? broadcast(scalar) : scalar;
}

Value RowEmitter::numberLike(Value value, double number) {
  return broadcastLike(value, this->number(number));
}

Value RowEmitter::isZero(Value value) {
  return compare(arith::CmpFPredicate::OEQ, value, numberLike(value, 0));
}

Value RowEmitter::both(Value left, Value right) {
  return arith::AndIOp::create(builder, loc, left, right);
}

Value RowEmitter::add(Value left, Value right) {
  return arith::AddFOp::create(builder, loc, left, right);
}

Value RowEmitter::subtract(Value left, Value right) {
  return arith::SubFOp::create(builder, loc, left, right);
}

Value RowEmitter::multiply(Value left, Value right) {
  return arith::MulFOp::create(builder, loc, left, right);
}

Value RowEmitter::fma(Value left, Value right, Value addend) {
  return math::FmaOp::create(builder, loc, left, right, addend);
}

Value RowEmitter::negate(Value value) {
  return arith::NegFOp::create(builder, loc, value);
}

Value RowEmitter::divide(Value left, Value right) {
  return arith::DivFOp::create(builder, loc, left, right);
}

Value RowEmitter::weigh(Value coefficient, Value value) {
  return select(isZero(coefficient), numberLike(value, 0),
                multiply(coefficient, value));
}

Value RowEmitter::sizeAsNumber() {
  Value integer =
      arith::IndexCastOp::create(builder, loc, builder.getI64Type(), size);
  return arith::SIToFPOp::create(builder, loc, computeType, integer);
}

//===----------------------------------------------------------------------===//
// Elements
//===----------------------------------------------------------------------===//

RowStream &RowEmitter::stream(Value operand) {
  return streams[llvm::find(op->getOperands(), operand) - op->operand_begin()];
}

RowStream &RowEmitter::stream(RowInput input) {
  SmallVector<RowInput> inputs = op.getRowInputs();
  return streams[llvm::find(inputs, input) - inputs.begin()];
}

static Value convert(OpBuilder &builder, Location loc, Value value,
                     Type element) {
  Type from = getElementTypeOrSelf(value);
  if (from == element)
    return value;
  Type to = element;
  if (auto vector = dyn_cast<VectorType>(value.getType()))
    to = vector.clone(element);
  if (from.getIntOrFloatBitWidth() < element.getIntOrFloatBitWidth())
    return arith::ExtFOp::create(builder, loc, to, value);
  return arith::TruncFOp::create(builder, loc, to, value);
}

Value RowEmitter::load(RowStream &from, Value position, Value count) {
  return convert(builder, loc, from.load(position, count), computeType);
}

void RowEmitter::store(Value vector, Value destination, Value position,
                       Value count) {
  Type element = getElementTypeOrSelf(destination);
  stream(destination)
      .store(convert(builder, loc, vector, element), position, count);
}

Value RowEmitter::loadAt(RowStream &from, Value position) {
  return convert(builder, loc, from.loadOne(position), computeType);
}

Value RowEmitter::loadAt(Value operand, Value position) {
  return loadAt(stream(operand), position);
}

void RowEmitter::storeAt(Value scalar, Value destination, Value position) {
  Type element = getElementTypeOrSelf(destination);
  stream(destination)
      .storeOne(convert(builder, loc, scalar, element), position);
}

Value RowEmitter::loadScalar(RowInput input) {
  return loadAt(stream(input), index(0));
}

Value RowEmitter::loadScalar(Value operand) {
  return loadAt(operand, index(0));
}

void RowEmitter::storeScalar(Value scalar, Value destination) {
  storeAt(scalar, destination, index(0));
}

void RowEmitter::storeInteger(Value index, Value destination) {
  Type element = getElementTypeOrSelf(destination);
  stream(destination)
      .storeOne(arith::IndexCastOp::create(builder, loc, element, index),
                this->index(0));
}

Value RowEmitter::multiply(Value value, double factor) {
  if (factor == 1.0)
    return value;
  return multiply(value, numberLike(value, factor));
}

Value RowEmitter::makeCapArgument(Value x) {
  return multiply(x, 1.0 / (*op.getSoftcap() * op.getTemperature()));
}

Value RowEmitter::loadCapArgument(Value position, Value count) {
  return makeCapArgument(load(stream(op.getX()), position, count));
}

Value RowEmitter::loadCapArgumentAt(Value position) {
  if (!op.getSoftcap())
    return nullptr;
  return makeCapArgument(loadAt(op.getX(), position));
}

Value RowEmitter::makeLogits(Value x) {
  if (std::optional<double> cap = op.getSoftcap())
    x = multiply(withAccuracy(TanhOp::create(builder, loc, makeCapArgument(x))),
                 *cap);
  if (op.getRowFunction() == RowFunction::Softmin)
    x = arith::NegFOp::create(builder, loc, x);
  return x;
}

Value RowEmitter::loadLogits(Value position, Value count) {
  return makeLogits(load(stream(op.getX()), position, count));
}

Value RowEmitter::loadLogitAt(Value position) {
  return makeLogits(loadAt(op.getX(), position));
}

Value RowEmitter::applyScale(Value value) { return multiply(value, scale); }

Value RowEmitter::undoScale(Value value) {
  return scale == 1.0 ? value : multiply(value, op.getTemperature());
}

Value RowEmitter::backpropagate(Value gradient, Value position, Value count) {
  return backpropagate(
      gradient, op.getSoftcap() ? loadCapArgument(position, count) : Value());
}

Value RowEmitter::backpropagate(Value gradient, Value capArgument) {
  if (capArgument)
    gradient = withAccuracy(TanhBackwardOp::create(builder, loc, gradient,
                                                   capArgument, Saved::Input));
  return multiply(gradient, 1.0 / op.getTemperature());
}

Value RowEmitter::loadMask(Value position, Value count) {
  if (!op.getMask())
    return nullptr;
  return stream(op.getMask()).load(position, count);
}

Value RowEmitter::makeTerm(Value logits, Value maximum) {
  // The difference before the scale, which leaves less to round.
  if (scale != 1.0) {
    logits = applyScale(arith::SubFOp::create(builder, loc, logits, maximum));
    maximum = numberLike(logits, 0);
  }
  return withAccuracy(ExpDifferenceOp::create(builder, loc, logits.getType(),
                                              logits, maximum,
                                              /*channel_dim=*/nullptr));
}

void RowEmitter::forBlocks(EmitStores emitStores) {
  emitBlocks(
      builder, loc, size, width, ValueRange(),
      [&](Value position, Value count, ValueRange) -> SmallVector<Value> {
        emitStores(position, count);
        return {};
      });
}
