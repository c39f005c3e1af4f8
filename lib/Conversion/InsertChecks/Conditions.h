//===- Conditions.h - What must hold at run time ----------------*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares the conditions that operations put on dynamic sizes.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_CONVERSION_INSERTCHECKS_CONDITIONS_H
#define ACT_LIB_CONVERSION_INSERTCHECKS_CONDITIONS_H

#include "../Dimensions.h"

namespace act {

/// Two dimensions that must be equal, unless `left` is 1 where that will do, or
/// must differ; or one, which is both, that must be even.
struct Condition {
  Dimension left;
  Dimension right;
  bool mustDiffer = false;
  /// What to say if they do not.
  std::string message;
  bool mustBeEven = false;
  bool mayBeOne = false;

  bool operator==(const Condition &other) const {
    return left == other.left && right == other.right &&
           mustDiffer == other.mustDiffer && mustBeEven == other.mustBeEven &&
           mayBeOne == other.mayBeOne;
  }
};

/// The conditions of `op` that types do not show to hold. Empty for operations
/// that have none.
llvm::SmallVector<Condition> collectConditions(mlir::Operation *op);

} // namespace act

#endif // ACT_LIB_CONVERSION_INSERTCHECKS_CONDITIONS_H
