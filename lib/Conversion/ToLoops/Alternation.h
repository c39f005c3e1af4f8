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
/// memory, or, where `registerLanes` is not 0, with the two halves of each
/// register interleaved by 64 bits. So elements that alternate are split and
/// joined within 128 bits alone; shuffles of more are dearer.
struct LaneOrder {
  int64_t registerLanes = 0;
  int64_t laneBits = 0;

  bool isOfMemory() const { return registerLanes == 0; }
  mlir::Value fromMemory(mlir::OpBuilder &builder, mlir::Location loc,
                         mlir::Value vector) const;
  mlir::Value toMemory(mlir::OpBuilder &builder, mlir::Location loc,
                       mlir::Value vector) const;

  /// Where in a register its 64 bits of this number in memory are.
  int64_t placeOf(int64_t number) const;
  /// The number in memory of the 64 bits at a place of a register.
  int64_t numberAt(int64_t place) const;
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
  /// For loads, from `makeOpaqueZero`.
  mlir::Value opaqueZero = {};
};

/// An index of 0 of which LLVM knows nothing, to be made outside of loops: what
/// is loaded at a position plus this number is another load to LLVM.
mlir::Value makeOpaqueZero(mlir::OpBuilder &builder, mlir::Location loc);

/// The elements of the first and of the second operand, each by loads of its
/// own: both from one load would hold registers from where the one is needed
/// to where the other is, which in a gate is the whole body.
std::pair<mlir::Value, mlir::Value>
loadAlternating(mlir::OpBuilder &builder, mlir::Location loc,
                const AlternatingBlock &block);

void storeAlternating(mlir::OpBuilder &builder, mlir::Location loc,
                      mlir::Value first, mlir::Value second,
                      const AlternatingBlock &block);

} // namespace act

#endif // ACT_LIB_CONVERSION_TOLOOPS_ALTERNATION_H
