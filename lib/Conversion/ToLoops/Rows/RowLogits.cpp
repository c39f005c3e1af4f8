//===- RowLogits.cpp - What rows are made of ------------------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file implements the logits of a row: x under a soft cap and divided by a
// temperature, or its negative, and the way back from their gradient to x's.
//
//===----------------------------------------------------------------------===//

#include "RowEmitter.h"

using namespace mlir;
using namespace act;

Value RowEmitter::makeCapArgument(Value x) {
  return multiply(x, 1.0 / (*op.getSoftcap() * op.getTemperature()));
}

Value RowEmitter::loadCapArgument(Value position, Value count) {
  if (!op.getSoftcap())
    return nullptr;
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
  return multiply(x, exactScale);
}

bool RowEmitter::areLogitsPlain() {
  return !op.getSoftcap() && op.getRowFunction() != RowFunction::Softmin &&
         exactScale == 1.0;
}

bool RowEmitter::comparesNarrow() {
  Type x = getElementTypeOrSelf(op.getX());
  return areLogitsPlain() && x.getIntOrFloatBitWidth() == 16;
}

Value RowEmitter::loadLogits(Value position, Value count) {
  return loadLogits(stream(RowInput::X), position, count);
}

Value RowEmitter::loadLogits(RowStream &x, Value position, Value count) {
  return makeLogits(load(x, position, count));
}

Value RowEmitter::loadLogitAt(Value position) {
  return makeLogits(loadAt(op.getX(), position));
}

Value RowEmitter::applyScale(Value value) { return multiply(value, scale); }

Value RowEmitter::undoScale(Value value) {
  return scale == 1.0 ? value : multiply(value, op.getTemperature());
}

Value RowEmitter::backpropagate(Value gradient, Value position, Value count) {
  return backpropagate(gradient, loadCapArgument(position, count));
}

Value RowEmitter::backpropagate(Value gradient, Value capArgument) {
  if (capArgument)
    gradient = withAccuracy(TanhBackwardOp::create(builder, loc, gradient,
                                                   capArgument, Saved::Input));
  return multiply(gradient, 1.0 / op.getTemperature());
}
