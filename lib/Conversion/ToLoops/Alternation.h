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

#include "Streams.h"

#include <utility>

namespace act {

/// In which order the lanes of vectors hold the elements of a block: that of
/// memory, or, where `registerLanes` is not 0, with the second and the third
/// quarter of each register swapped. So elements that alternate are split and
/// joined within the halves of registers alone, across which shuffles are
/// dear.
struct LaneOrder {
  int64_t registerLanes = 0;

  bool isOfMemory() const { return registerLanes == 0; }
  mlir::Value fromMemory(mlir::OpBuilder &builder, mlir::Location loc,
                         mlir::Value vector) const;
  mlir::Value toMemory(mlir::OpBuilder &builder, mlir::Location loc,
                       mlir::Value vector) const;
};

/// The order for blocks of `width` elements of `streams`, in registers of
/// `vectorBits`.
LaneOrder chooseLaneOrder(llvm::ArrayRef<Stream> streams, int64_t width,
                          unsigned vectorBits);

/// Where 2 `width` elements of two operands begin: those of the first at
/// `position`, position + 2, ..., those of the second one behind.
struct AlternatingBlock {
  mlir::Value memory;
  mlir::Value position;
  int64_t width;
  mlir::Type element;
  LaneOrder order;
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
