//===- FixedSum.h - The order of all sums -----------------------*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares the shape of sums: terms are cut into chunks of 2048; in a
// chunk, term i goes to lane i mod 256, each lane adds in index order from +0,
// and lanes are added by a tree; chunks are merged in pairs, level by level.
// A compensated sum also adds up the rounding errors of each lane. The bits
// depend on the terms and their number alone: not on the width of vectors, on
// layouts or on threads.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_CONVERSION_TOLOOPS_FIXEDSUM_H
#define ACT_LIB_CONVERSION_TOLOOPS_FIXEDSUM_H

#include "mlir/IR/Builders.h"

namespace act {

/// Emits one sum after the other; the buffers are made once.
class FixedSum {
public:
  static constexpr int64_t lanes = 256;
  static constexpr int64_t chunk = 2048;

  FixedSum(mlir::OpBuilder &builder, mlir::Location loc, mlir::Type elementType,
           bool compensated);

  /// The terms from `position` on, a vector of `width` elements of which the
  /// first `count` exist.
  using EmitTerms =
      llvm::function_ref<mlir::Value(mlir::Value position, mlir::Value count)>;

  /// The sum of `size` terms, which come in vectors of `width`, a power of two
  /// up to 256.
  mlir::Value emit(mlir::Value size, int64_t width, EmitTerms emitTerms);

private:
  mlir::Value index(int64_t number);
  mlir::Value emitChunk(mlir::Value start, mlir::Value size, int64_t width,
                        EmitTerms emitTerms);
  void clear(mlir::Value buffer);
  void addTo(mlir::Value lane, mlir::Value terms);
  mlir::Value addLanes();
  mlir::Value loadLanes();
  void merge(mlir::Value chunkNumber, mlir::Value sum);
  mlir::Value mergeRest(mlir::Value numChunks);

  mlir::OpBuilder &builder;
  mlir::Location loc;
  mlir::Type elementType;
  /// The lanes of the chunk at hand.
  mlir::Value accumulators;
  /// Their rounding errors; null unless the sum is compensated.
  mlir::Value errors;
  /// Element l: the sum of 2^l chunks that waits for its partner.
  mlir::Value waiting;
};

} // namespace act

#endif // ACT_LIB_CONVERSION_TOLOOPS_FIXEDSUM_H
