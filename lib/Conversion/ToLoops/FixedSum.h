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

#include "Blocks.h"
#include "PairwiseMerge.h"

#include <limits>

namespace act {

/// What rounding left out of `sum`, that of `left` and `right`, by TwoSum.
mlir::Value makeRoundingError(mlir::OpBuilder &builder, mlir::Location loc,
                              mlir::Value left, mlir::Value right,
                              mlir::Value sum);

/// Sums with what their roundings lost.
mlir::Value correctSums(mlir::OpBuilder &builder, mlir::Location loc,
                        mlir::Value sums, mlir::Value errors);

/// Emits sums of one length, several at once; the buffers are made once.
class FixedSum {
public:
  static constexpr int64_t maxLanes = 256;
  static constexpr int64_t chunk = 2048;

  /// For `count` sums at once. `maxTerms` is what neither their length nor the
  /// width of vectors exceeds. With `rows` each term is a vector of so many
  /// numbers, of which as many sums are made side by side.
  FixedSum(mlir::OpBuilder &builder, mlir::Location loc, mlir::Type elementType,
           bool compensated, unsigned count = 1,
           int64_t maxTerms = std::numeric_limits<int64_t>::max(),
           int64_t rows = 0);

  /// The terms of each sum from `position` on, vectors of `width` elements of
  /// which the first `count` exist. With rows, the one term at `position`.
  using EmitTerms = llvm::function_ref<llvm::SmallVector<mlir::Value>(
      mlir::Value position, mlir::Value count)>;

  /// Where lanes are while terms are added to them.
  enum class Lanes { InMemory, InRegisters };

  /// Work on each block beside its terms, with values that go from block to
  /// block.
  struct Companion {
    mlir::ValueRange initial;
    EmitBlock emitBlock;
  };

  /// The sums of `size` terms, which come in vectors of `width`, a power of two
  /// up to 256; 1 with rows. Lanes can be in registers where there is one sum,
  /// neither compensated nor with rows, and no companion.
  llvm::SmallVector<mlir::Value> emit(mlir::Value size, int64_t width,
                                      EmitTerms emitTerms,
                                      Lanes place = Lanes::InMemory,
                                      const Companion *companion = nullptr);

private:
  /// Memory of one sum.
  struct Buffers {
    /// The lanes of the chunk at hand.
    mlir::Value accumulators;
    /// Their rounding errors; null unless the sum is compensated.
    mlir::Value errors;
    /// Element l: the sum of 2^l chunks that waits for its partner.
    mlir::Value waiting;
  };

  mlir::Value index(int64_t number);
  llvm::SmallVector<mlir::Value> emitChunk(mlir::Value start, mlir::Value size,
                                           int64_t width, EmitTerms emitTerms);
  mlir::Value emitChunkInRegisters(mlir::Value start, mlir::Value size,
                                   int64_t width, EmitTerms emitTerms);
  void addBlocks(mlir::Value start, mlir::Value size, int64_t width,
                 EmitTerms emitTerms);
  void addBlock(llvm::ArrayRef<mlir::Value> terms, mlir::Value offset,
                mlir::Value count, int64_t width);
  mlir::Type sumType();
  mlir::Value addressOf(mlir::OpBuilder &at, mlir::Value number);
  mlir::Value loadSum(mlir::OpBuilder &at, mlir::Value buffer,
                      mlir::Value number);
  void storeSum(mlir::Value sum, mlir::Value buffer, mlir::Value number);
  void clear(mlir::Value buffer, mlir::Value size);
  void addTo(Buffers &memory, mlir::Value lane, mlir::Value terms);
  mlir::Value addLanes(mlir::Value sums);
  mlir::Value addLanesOfRows(Buffers &memory, mlir::Value size);
  mlir::Value loadLanes(Buffers &memory);
  PairwiseMerge makeMerge();

  mlir::OpBuilder &builder;
  mlir::Location loc;
  mlir::Type elementType;
  /// Lanes that never have a term are left out: the bits are the same.
  int64_t lanes;
  bool isOneChunk;
  int64_t rows;
  llvm::SmallVector<Buffers> buffers;
  // Of the sums at hand.
  const Companion *companion = nullptr;
  llvm::SmallVector<mlir::Value> carried;
};

} // namespace act

#endif // ACT_LIB_CONVERSION_TOLOOPS_FIXEDSUM_H
