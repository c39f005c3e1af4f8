//===- LabelSmoothing.h - Targets mixed with all classes --------*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares the shares into which label smoothing divides a target.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_CONVERSION_TOLOOPS_ROWS_LABELSMOOTHING_H
#define ACT_LIB_CONVERSION_TOLOOPS_ROWS_LABELSMOOTHING_H

#include "RowEmitter.h"

namespace act {

/// The target distribution is `rest` times the target, and `spread` more for
/// each class that counts.
class LabelSmoothing {
public:
  LabelSmoothing(RowEmitter &emitter, LossOpInterface loss);

  bool isOn() const { return amount != 0.0; }
  /// Whether logits say which classes count.
  bool isOverFinite() const { return overFinite; }

  /// Computes the shares of the row at hand.
  void startRow();

  /// 0 in place of `value` for classes that do not count.
  mlir::Value restrict(mlir::Value value, mlir::Value logits);

  // Of the row at hand.
  mlir::Value rest, spread;
  /// How many classes count, in the compute type.
  mlir::Value classes;

private:
  RowEmitter &emitter;
  /// e.
  double amount;
  bool isMegatron, overFinite;
};

} // namespace act

#endif // ACT_LIB_CONVERSION_TOLOOPS_ROWS_LABELSMOOTHING_H
