//===- Alternation.h - Every other element ----------------------*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares wide accesses to two operands whose elements alternate in
// memory.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_CONVERSION_TOLOOPS_ALTERNATION_H
#define ACT_LIB_CONVERSION_TOLOOPS_ALTERNATION_H

#include "mlir/IR/Builders.h"

#include <utility>

namespace act {

/// Where 2 `width` elements of two operands begin: those of the first at
/// `position`, position + 2, ..., those of the second one behind.
struct AlternatingBlock {
  mlir::Value memory;
  mlir::Value position;
  int64_t width;
  mlir::Type element;
  /// Of the target's registers.
  unsigned vectorBits;
};

/// The elements of the first and of the second operand.
std::pair<mlir::Value, mlir::Value>
loadAlternating(mlir::OpBuilder &builder, mlir::Location loc,
                const AlternatingBlock &block);

void storeAlternating(mlir::OpBuilder &builder, mlir::Location loc,
                      mlir::Value first, mlir::Value second,
                      const AlternatingBlock &block);

} // namespace act

#endif // ACT_LIB_CONVERSION_TOLOOPS_ALTERNATION_H
