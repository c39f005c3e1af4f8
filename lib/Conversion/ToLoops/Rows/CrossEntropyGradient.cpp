//===- CrossEntropyGradient.cpp - The gradient of a row -------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file implements the gradient of cross_entropy. Where p is next to 1,
// both W p - w q' and 1 - p are differences of numbers that are nearly equal;
// with W' = W - w q' and R = 1 - p, summed over the other elements, the first
// is W' p - w q' R, which has a relative accuracy of its own.
//
//===----------------------------------------------------------------------===//

#include "CrossEntropyGradient.h"

using namespace mlir;
using namespace act;

CrossEntropyGradient::CrossEntropyGradient(RowEmitter &emitter,
                                           TargetDistribution &distribution,
                                           const CrossEntropyRow &row,
                                           Value cotangent,
                                           const RowEmitter::Divisor &total)
    : emitter(emitter), distribution(distribution), row(row),
      cotangent(cotangent), total(total) {
  allWeight = distribution.point;
  if (distribution.hasBackground()) {
    Value background = scaleBackground(
        emitter.add(row.otherBackground, row.excludedBackground));
    allWeight = allWeight ? emitter.add(allWeight, background) : background;
  }
  slope = emitter.multiply(row.tokenWeight, allWeight);
  if (distribution.mayVanish())
    isWeightless = isFlat = emitter.isZero(allWeight);
  if (row.zFactor) {
    slope = emitter.add(
        slope, emitter.weigh(emitter.multiply(emitter.number(2), row.zFactor),
                             row.lse));
    if (isFlat)
      isFlat = emitter.both(isFlat, emitter.isZero(row.zFactor));
  }
}

Value CrossEntropyGradient::normalize(Value value) {
  return emitter.divide(value, total);
}

/// w q' of a background; `background` may be null for 1.
Value CrossEntropyGradient::scaleBackground(Value background) {
  Value factor = distribution.factor;
  return factor ? emitter.multiply(factor, background) : background;
}

Value CrossEntropyGradient::makeBlock(Value terms, Value logits, Value position,
                                      Value count) {
  // Without a background the cotangent is a factor of the row.
  bool isProduct = !distribution.hasBackground() && !isFlat;
  Value factor = isProduct ? emitter.multiply(cotangent, slope) : slope;
  if (emitter.hasUnit()) {
    // One factor with the unit in it would underflow before the gradient does.
    terms = emitter.divide(terms, emitter.broadcast(emitter.shorten(total)));
  } else {
    factor = normalize(factor);
  }
  Value gradient = emitter.multiply(terms, emitter.broadcast(factor));
  if (isProduct)
    return gradient;
  if (isFlat)
    gradient = emitter.select(emitter.broadcast(isFlat),
                              emitter.numberLike(gradient, 0), gradient);
  if (distribution.hasBackground()) {
    Value share = row.tokenWeight;
    if (distribution.factor)
      share = emitter.multiply(share, distribution.factor);
    share = emitter.broadcast(share);
    if (Value background = distribution.loadBackground(logits, position, count))
      share = emitter.multiply(share, background);
    gradient = emitter.subtract(gradient, share);
  }
  return emitter.multiply(emitter.broadcast(cotangent), gradient);
}

Value CrossEntropyGradient::makeExcluded(Value term, Value others) {
  Value p = normalize(term);
  Value zero = emitter.number(0);
  Value own = zero, rest = zero;
  if (distribution.hasBackground()) {
    own = scaleBackground(row.excludedBackground);
    rest = scaleBackground(row.otherBackground);
  }
  if (Value point = distribution.point) {
    own = emitter.add(own, emitter.select(row.isTarget, point, zero));
    rest = emitter.add(rest, emitter.select(row.isTarget, zero, point));
  }
  Value gradient = emitter.subtract(emitter.multiply(rest, p),
                                    emitter.multiply(own, normalize(others)));
  if (isWeightless)
    gradient =
        emitter.select(isWeightless, emitter.subtract(zero, own), gradient);
  gradient = emitter.multiply(row.tokenWeight, gradient);
  if (row.zFactor)
    gradient = emitter.add(
        gradient,
        emitter.weigh(emitter.multiply(emitter.number(2), row.zFactor),
                      emitter.multiply(row.lse, p)));
  return emitter.multiply(cotangent, gradient);
}

Value CrossEntropyGradient::makeTarget(Value term, Value background) {
  Value own = distribution.point;
  if (background)
    own = emitter.add(own, scaleBackground(background));
  Value gradient = emitter.multiply(normalize(term), slope);
  if (isFlat)
    gradient = emitter.select(isFlat, emitter.number(0), gradient);
  gradient = emitter.subtract(gradient, emitter.multiply(row.tokenWeight, own));
  return emitter.multiply(cotangent, gradient);
}

Value CrossEntropyGradient::makeTargetBlock(Value distances, Value logSum,
                                            Value position, Value count) {
  // -log p, times what multiplies each element of the target.
  Value gradient = emitter.add(distances, emitter.broadcast(logSum));
  if (Value weights = distribution.loadWeights(position, count))
    gradient = emitter.weigh(weights, gradient);
  Value rest = emitter.broadcast(distribution.smoothing.rest);
  if (distribution.smoothing.isOn())
    gradient = emitter.weigh(rest, gradient);
  Value factor = emitter.multiply(cotangent, row.tokenWeight);
  return emitter.multiply(emitter.broadcast(factor), gradient);
}

Value CrossEntropyGradient::backpropagate(Value gradient, Value capArgument) {
  Value result = emitter.backpropagate(gradient, capArgument);
  if (!isFlat || !capArgument)
    return result;
  // What counts 0 does so where the slope of the cap is NaN, too.
  Value isNothing = emitter.both(emitter.broadcastLike(gradient, isFlat),
                                 emitter.isZero(gradient));
  return emitter.select(isNothing, emitter.numberLike(result, 0), result);
}
