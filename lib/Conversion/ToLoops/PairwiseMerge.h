//===- PairwiseMerge.h - Sums of chunks in pairs ----------------*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares how the sums of chunks, which come in order, are added in
// pairs, level by level; an odd one passes through. Few of them wait at a time:
// one for each level.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_CONVERSION_TOLOOPS_PAIRWISEMERGE_H
#define ACT_LIB_CONVERSION_TOLOOPS_PAIRWISEMERGE_H

#include "mlir/IR/Builders.h"

#include <functional>

namespace act {

/// Emits the merge of `count` sums at once, of type `type` each.
class PairwiseMerge {
public:
  /// More than the logarithm of any number of chunks.
  static constexpr int64_t maxLevels = 64;

  using Load = std::function<mlir::Value(mlir::OpBuilder &at, unsigned sum,
                                         mlir::Value level)>;
  using Store =
      std::function<void(unsigned sum, mlir::Value level, mlir::Value value)>;

  /// `load` and `store` reach the memory in which sums wait.
  PairwiseMerge(mlir::OpBuilder &builder, mlir::Location loc, mlir::Type type,
                unsigned count, Load load, Store store)
      : builder(builder), loc(loc), type(type), count(count),
        load(std::move(load)), store(std::move(store)) {}

  /// Adds the sums of a chunk to those that wait. Returns what now waits of the
  /// last chunks.
  llvm::SmallVector<mlir::Value> add(mlir::Value chunkNumber,
                                     llvm::ArrayRef<mlir::Value> sums);

  /// What the sums of all chunks come to. `last` is what the last addition
  /// returned, or 0 for no chunks: where it is known, the sum of one chunk need
  /// not come from memory.
  llvm::SmallVector<mlir::Value> finish(mlir::Value numChunks,
                                        llvm::ArrayRef<mlir::Value> last = {});

private:
  mlir::OpBuilder &builder;
  mlir::Location loc;
  mlir::Type type;
  unsigned count;
  Load load;
  Store store;
};

} // namespace act

#endif // ACT_LIB_CONVERSION_TOLOOPS_PAIRWISEMERGE_H
