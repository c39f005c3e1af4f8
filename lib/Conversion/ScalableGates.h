//===- ScalableGates.h - Gates that cannot be split -------------*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares which packed gates no pass takes apart.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_CONVERSION_SCALABLEGATES_H
#define ACT_LIB_CONVERSION_SCALABLEGATES_H

#include "Act/IR/Act.h"

namespace act {

/// No operation extracts the half of a scalable vector.
inline bool splitsScalableVector(mlir::Operation *op) {
  auto isScalable = [](mlir::Type type) {
    auto vector = llvm::dyn_cast<mlir::VectorType>(type);
    return vector && vector.isScalable();
  };
  return llvm::isa<GluOp, GluBackwardOp>(op) &&
         llvm::any_of(op->getOperandTypes(), isScalable);
}

inline constexpr llvm::StringLiteral splitScalableMessage =
    "cannot split a scalable vector; use act.gate of two vectors";

} // namespace act

#endif // ACT_LIB_CONVERSION_SCALABLEGATES_H
