//===- LabelSmoothing.cpp - Targets mixed with all classes ----------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file implements label smoothing.
//
//===----------------------------------------------------------------------===//

#include "LabelSmoothing.h"

#include <limits>

using namespace mlir;
using namespace act;

LabelSmoothing::LabelSmoothing(RowEmitter &emitter, LossOpInterface loss)
    : emitter(emitter), amount(loss.getLabelSmoothing().value_or(0.0)),
      isMegatron(loss.getSmoothing() == Smoothing::Megatron),
      overFinite(isOn() && loss.getSmoothOver() == SmoothOver::Finite) {}

void LabelSmoothing::startRow() {
  rest = emitter.number(1.0 - amount);
  if (!isOn())
    return;
  classes = overFinite ? emitter.countFinite() : emitter.sizeAsNumber();
  Value share = emitter.number(amount);
  if (!isMegatron) {
    spread = emitter.divide(share, classes);
    return;
  }
  // e' = e n / (n - 1), so that the spread is e / (n - 1) and the rest
  // ((1 - e) n - 1) / (n - 1); a single class has no others.
  Value minusOne = emitter.number(-1);
  Value others = emitter.add(classes, minusOne);
  Value isAlone = emitter.isZero(others);
  spread =
      emitter.select(isAlone, emitter.number(0), emitter.divide(share, others));
  rest = emitter.select(
      isAlone, emitter.number(1),
      emitter.divide(emitter.fma(rest, classes, minusOne), others));
}

Value LabelSmoothing::restrict(Value value, Value logits) {
  if (!overFinite)
    return value;
  Value lowest =
      emitter.numberLike(logits, -std::numeric_limits<double>::infinity());
  Value counts = emitter.compare(arith::CmpFPredicate::OGT, logits, lowest);
  return emitter.select(counts, value, emitter.numberLike(value, 0));
}
