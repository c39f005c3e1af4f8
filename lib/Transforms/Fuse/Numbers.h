//===- Numbers.h - Numbers in patterns --------------------------*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares how patterns find numbers and compare them.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_TRANSFORMS_FUSE_NUMBERS_H
#define ACT_LIB_TRANSFORMS_FUSE_NUMBERS_H

#include "mlir/IR/Value.h"

#include <optional>

namespace act {

/// The number that `value`, or each of its elements, is: of a constant,
/// tensor.splat or linalg.fill of one.
std::optional<double> findNumber(mlir::Value value);

/// Whether both, rounded to the float type, are equal or next to each other.
bool areNeighbours(double found, double expected, mlir::Type type);

} // namespace act

#endif // ACT_LIB_TRANSFORMS_FUSE_NUMBERS_H
