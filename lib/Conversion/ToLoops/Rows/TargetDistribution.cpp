//===- TargetDistribution.cpp - What targets ask for ----------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file implements hard and soft targets.
//
//===----------------------------------------------------------------------===//

#include "TargetDistribution.h"

using namespace mlir;
using namespace act;

TargetDistribution::TargetDistribution(RowEmitter &emitter,
                                       LossOpInterface loss)
    : smoothing(emitter, loss), emitter(emitter),
      weighted(bool(loss.getClassWeight())) {}

Value TargetDistribution::loadWeights(Value position, Value count) {
  if (!weighted)
    return nullptr;
  return emitter.load(emitter.stream(RowInput::ClassWeight), position, count);
}

Value TargetDistribution::loadWeightAt(Value position) {
  if (!weighted)
    return emitter.number(1);
  return emitter.loadAt(emitter.stream(RowInput::ClassWeight), position);
}

namespace {

/// A class: b is the weight of the classes, which share what is spread.
class HardTarget : public TargetDistribution {
public:
  HardTarget(RowEmitter &emitter, LossOpInterface loss)
      : TargetDistribution(emitter, loss) {}

  void startRow(Value target) override {
    smoothing.startRow();
    factor = smoothing.spread;
    classWeight = loadWeightAt(target);
    point = emitter.multiply(classWeight, smoothing.rest);
  }

  bool hasBackground() const override { return smoothing.isOn(); }
  bool isUniform() const override { return !hasClassWeights(); }

  Value loadBackground(Value logits, Value position, Value count) override {
    Value weights = loadWeights(position, count);
    if (!weights && readsLogits())
      weights = emitter.numberLike(logits, 1);
    return weights ? smoothing.restrict(weights, logits) : nullptr;
  }

  Value weighByBackground(Value values, Value logits, Value position,
                          Value count) override {
    values = smoothing.restrict(values, logits);
    Value weights = loadWeights(position, count);
    return weights ? emitter.weigh(weights, values) : values;
  }

  Value loadBackgroundAt(Value position) override {
    return smoothing.restrict(loadWeightAt(position),
                              emitter.loadLogitAt(position));
  }
};

/// A distribution: b = w q', and the factor is 1.
class SoftTarget : public TargetDistribution {
public:
  SoftTarget(RowEmitter &emitter, LossOpInterface loss)
      : TargetDistribution(emitter, loss) {}

  void startRow(Value) override {
    smoothing.startRow();
    classWeight = emitter.number(1);
  }

  bool hasBackground() const override { return true; }
  bool isUniform() const override { return false; }

  Value loadBackground(Value logits, Value position, Value count) override {
    Value share = loadShares(logits, position, count);
    Value weights = loadWeights(position, count);
    return weights ? emitter.multiply(weights, share) : share;
  }

  Value weighByBackground(Value values, Value logits, Value position,
                          Value count) override {
    // Both factors are tested: their product may be too small for a number.
    values = emitter.weigh(loadShares(logits, position, count), values);
    Value weights = loadWeights(position, count);
    return weights ? emitter.weigh(weights, values) : values;
  }

  Value loadBackgroundAt(Value position) override {
    Value share =
        smooth(emitter.loadAt(emitter.stream(RowInput::Target), position),
               [&] { return emitter.loadLogitAt(position); });
    return emitter.multiply(loadWeightAt(position), share);
  }

private:
  /// q'.
  Value loadShares(Value logits, Value position, Value count) {
    return smooth(
        emitter.load(emitter.stream(RowInput::Target), position, count),
        [&] { return logits; });
  }

  Value smooth(Value shares, llvm::function_ref<Value()> getLogits) {
    if (!smoothing.isOn())
      return shares;
    Value rest = emitter.broadcastLike(shares, smoothing.rest);
    Value spread = emitter.broadcastLike(shares, smoothing.spread);
    if (readsLogits())
      spread = smoothing.restrict(spread, getLogits());
    return emitter.fma(rest, shares, spread);
  }
};

} // namespace

std::unique_ptr<TargetDistribution>
TargetDistribution::create(RowEmitter &emitter, LossOpInterface loss) {
  if (loss.hasSoftTarget())
    return std::make_unique<SoftTarget>(emitter, loss);
  return std::make_unique<HardTarget>(emitter, loss);
}
