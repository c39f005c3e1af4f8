//===- TargetDistribution.h - What targets ask for --------------*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares the weighted distributions that rows have as targets.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_CONVERSION_TOLOOPS_ROWS_TARGETDISTRIBUTION_H
#define ACT_LIB_CONVERSION_TOLOOPS_ROWS_TARGETDISTRIBUTION_H

#include "LabelSmoothing.h"

#include <memory>

namespace act {

/// The target of a row, smoothed and weighted: w_k q'_k is factor b_k, where b
/// is the background, and for a hard target `point` more at its class.
class TargetDistribution {
public:
  static std::unique_ptr<TargetDistribution> create(RowEmitter &emitter,
                                                    LossOpInterface loss);
  virtual ~TargetDistribution() = default;

  /// Begins a row; `target` is its class, if that is hard.
  virtual void startRow(mlir::Value target) = 0;

  /// Whether there is a background.
  virtual bool hasBackground() const = 0;
  /// Whether b is 1 for all classes that count.
  virtual bool isUniform() const = 0;
  /// Whether logits say which classes count.
  bool readsLogits() const { return smoothing.isOverFinite(); }
  /// Whether all of the distribution may be 0.
  bool mayVanish() const { return !isUniform(); }

  /// b of a block; null if it is 1.
  virtual mlir::Value loadBackground(mlir::Value logits, mlir::Value position,
                                     mlir::Value count) = 0;
  /// b_k values_k of a block, which is 0 where b is.
  virtual mlir::Value weighByBackground(mlir::Value values, mlir::Value logits,
                                        mlir::Value position,
                                        mlir::Value count) = 0;
  /// b at one class.
  virtual mlir::Value loadBackgroundAt(mlir::Value position) = 0;

  /// w of a block; null if it is 1.
  mlir::Value loadWeights(mlir::Value position, mlir::Value count);

  LabelSmoothing smoothing;
  // Of the row at hand.
  /// Null if it is 1.
  mlir::Value factor;
  /// w at a hard target, else 1.
  mlir::Value classWeight;
  /// Null for soft targets.
  mlir::Value point;

protected:
  TargetDistribution(RowEmitter &emitter, LossOpInterface loss);

  bool hasClassWeights() const { return weighted; }
  mlir::Value loadWeightAt(mlir::Value position);

  RowEmitter &emitter;

private:
  bool weighted;
};

} // namespace act

#endif // ACT_LIB_CONVERSION_TOLOOPS_ROWS_TARGETDISTRIBUTION_H
