//===- RowExponentials.cpp - The terms of rows ----------------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file implements which operation the terms of a row are, and what is made
// of their factor.
//
//===----------------------------------------------------------------------===//

#include "../VectorParts.h"
#include "RowEmitter.h"

#include "mlir/Dialect/Math/IR/Math.h"

#include <cmath>

using namespace mlir;
using namespace act;

/// Whether the steps of TemperedExpOp stay within the range of f32.
static bool isModerate(double temperature) {
  return temperature >= 0x1p-64 && temperature <= 0x1p64;
}

RowEmitter::TermKind RowEmitter::kindOfTerms() {
  if (exact || !computeType.isF32())
    return TermKind::Plain;
  if (scale != 1.0)
    return isModerate(op.getTemperature()) ? TermKind::Tempered
                                           : TermKind::Plain;
  // GPUs may have an instruction for exponentials.
  if (team && accuracy.getValue() == "fast")
    return TermKind::Plain;
  // f32 holds the differences of 16-bit numbers, but for some that hardly
  // count.
  Type type = getElementTypeOrSelf(op.getX().getType());
  if (type.getIntOrFloatBitWidth() == 16 && !op.getSoftcap())
    return TermKind::Distance;
  return TermKind::Shifted;
}

/// The unit of terms that are ExpDistanceOp.
static constexpr double distanceUnit = 0x1p24;

Value RowEmitter::makeUnit(Value maximum) {
  switch (kindOfTerms()) {
  case TermKind::Plain:
    return nullptr;
  case TermKind::Distance:
    return number(distanceUnit);
  case TermKind::Shifted:
  case TermKind::Tempered:
    return makeTerm(maximum, maximum);
  }
  llvm_unreachable("all kinds are handled");
}

Value RowEmitter::divideByUnit(Value sum, Value unit) {
  switch (kindOfTerms()) {
  case TermKind::Plain:
    return sum;
  case TermKind::Distance:
    return multiply(sum, 1.0 / distanceUnit);
  case TermKind::Shifted:
  case TermKind::Tempered:
    return divide(sum, unit);
  }
  llvm_unreachable("all kinds are handled");
}

template <typename Op, typename... Attributes>
Value RowEmitter::makeTermOf(Value x, Value maximum, Attributes... attributes) {
  return withAccuracy(Op::create(builder, loc, x.getType(), x, maximum,
                                 attributes..., /*channel_dim=*/nullptr));
}

Value RowEmitter::makeExponential(Value x, Value maximum) {
  return makeTermOf<ExpDifferenceOp>(x, maximum);
}

Value RowEmitter::makeTerm(Value logits, Value maximum) {
  auto type = dyn_cast<VectorType>(logits.getType());
  int64_t size = type ? type.getNumElements() : 1;
  int64_t part =
      options.sideBySide * options.vectorBits / computeType.getWidth();
  // The chains of 16-bit rows are short: all of them are begun in time.
  if (team || part == 0 || size <= part || kindOfTerms() == TermKind::Distance)
    return makeTermsOfPart(logits, maximum);
  SmallVector<Value> parts;
  for (int64_t first = 0; first != size; first += part)
    parts.push_back(
        makeTermsOfPart(sliceVector(builder, loc, logits, first, part),
                        sliceVector(builder, loc, maximum, first, part)));
  return concatenateVectors(builder, loc, parts);
}

Value RowEmitter::makeTermsOfPart(Value logits, Value maximum) {
  TermKind kind = kindOfTerms();
  if (kind == TermKind::Shifted)
    return makeTermOf<ShiftedExpOp>(logits, maximum);
  if (kind == TermKind::Tempered)
    return makeTermOf<TemperedExpOp>(
        logits, maximum, builder.getF64FloatAttr(op.getTemperature()));
  if (kind == TermKind::Distance) {
    if (!isRelativeToMaximum())
      logits = select(compare(arith::CmpFPredicate::OGT, logits, maximum),
                      maximum, logits);
    return makeTermOf<ExpDistanceOp>(logits, maximum);
  }
  if (scale == 1.0)
    return makeExponential(logits, maximum);
  // scale * (z - m) as a sum of two numbers: rounded, it would put an error of
  // up to 64 ulp on small terms.
  Value difference = subtract(logits, maximum);
  Value part = subtract(difference, logits);
  Value lost = subtract(subtract(logits, subtract(difference, part)),
                        add(maximum, part));
  Value factor = numberLike(logits, scale);
  Value high = multiply(difference, factor);
  Value low = fma(difference, factor, negate(high));
  low = fma(difference, numberLike(logits, scaleRest()), low);
  low = fma(lost, factor, low);
  // There is nothing to correct of infinities.
  Value zero = subtract(low, low);
  Value isFinite = compare(arith::CmpFPredicate::ORD, zero, zero);
  low = select(isFinite, low, numberLike(low, 0));
  return makeExponential(high, negate(low));
}

/// 1/T less what the compute type holds of it.
double RowEmitter::scaleRest() {
  if (computeType.isF32())
    return scale - double(float(scale));
  return std::fma(-scale, op.getTemperature(), 1.0) / op.getTemperature();
}

Value RowEmitter::makeLse(Value maximum, Value logSum) {
  if (scale == 1.0)
    return add(maximum, logSum);
  // They may cancel: the product is taken exactly.
  Value rest = fma(maximum, numberLike(maximum, scaleRest()), logSum);
  return fma(maximum, numberLike(maximum, scale), rest);
}
