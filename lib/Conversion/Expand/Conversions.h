//===- Conversions.h - Between 16-bit types and f32 -------------*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares how values of 16-bit types enter and leave f32.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_CONVERSION_EXPAND_CONVERSIONS_H
#define ACT_LIB_CONVERSION_EXPAND_CONVERSIONS_H

#include "Act/Conversion/Expand.h"

namespace act {

/// How a value halfway between two numbers of the narrower type is rounded.
enum class Ties {
  ToEven,
  /// Towards +inf: for values whose exact counterpart lies above the tie by
  /// less than f32 can show.
  Upward
};

/// `value` (f16, bf16, f32 or f64, scalar or vector) in the wider or equal
/// float type `type`. Exact.
mlir::Value widen(mlir::OpBuilder &builder, mlir::Location loc,
                  mlir::Value value, mlir::Type type,
                  const ExpandOptions &options);

/// `value` (f32 or f64) rounded once to the float type `type`; f32 goes to f64
/// exactly. f64 goes to 16 bits through f32 rounded to odd.
mlir::Value narrow(mlir::OpBuilder &builder, mlir::Location loc,
                   mlir::Value value, mlir::Type type,
                   const ExpandOptions &options, Ties ties = Ties::ToEven);

/// x + y of f64, rounded to odd: what is rounded to less than 52 bits
/// afterwards is rounded once.
mlir::Value addToOdd(mlir::OpBuilder &builder, mlir::Location loc,
                     mlir::Value x, mlir::Value y);

} // namespace act

#endif // ACT_LIB_CONVERSION_EXPAND_CONVERSIONS_H
