//===- ColumnTeam.h - Threads along neighbouring columns --------*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares the threads of a block that has 32 columns of memory, in
// each of which elements are combined: a warp reads neighbours at once, and
// each of eight warps has every eighth element of all columns. In the fixed
// order of sums these are whole subtrees of the tree that adds lanes.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_CONVERSION_TOGPU_COLUMNTEAM_H
#define ACT_LIB_CONVERSION_TOGPU_COLUMNTEAM_H

#include "../ToLoops/Combine.h"
#include "../ToLoops/FixedSum.h"
#include "DeviceKernel.h"
#include "ThreadIndex.h"

namespace act {

class ColumnTeam {
public:
  static constexpr int64_t numWarps = 8;
  /// Columns of a block.
  static constexpr int64_t numColumns = 32;
  /// Lanes of a sum that a thread has: those with its warp's number modulo 8.
  static constexpr int64_t ownLanes = FixedSum::maxLanes / numWarps;

  ColumnTeam(DeviceKernel &kernel, mlir::Location loc);

  /// The number of the thread's column in the block, and of its warp.
  mlir::Value column() const { return ofColumn; }
  mlir::Value warp() const { return ofWarp; }

  /// What all warps have of a column, combined, halves first; the same in all
  /// of them.
  mlir::Value reduce(mlir::Value own, Combine combine);

  /// A vector of lanes, of which halves are added until one is left.
  mlir::Value addLanes(mlir::Value lanes);
  /// The sums of one chunk, of which each thread has a part by `addLanes`.
  llvm::SmallVector<mlir::Value> merge(llvm::ArrayRef<mlir::Value> parts);
  /// The sums of any number of chunks: `emitChunk` gives the parts of one.
  using EmitChunk =
      llvm::function_ref<llvm::SmallVector<mlir::Value>(mlir::Value chunk)>;
  llvm::SmallVector<mlir::Value> forChunks(mlir::Value numChunks,
                                           mlir::Type type, unsigned count,
                                           EmitChunk emitChunk);

private:
  llvm::SmallVector<mlir::Value> makeMemory(mlir::Type type, unsigned count,
                                            int64_t numbersOfColumn);
  /// Where number `number` of the column is.
  mlir::Value place(mlir::OpBuilder &at, mlir::Value number);
  mlir::Value add(mlir::Value left, mlir::Value right);
  void share(llvm::ArrayRef<mlir::Value> parts,
             llvm::ArrayRef<mlir::Value> memory);
  mlir::Value combineShared(mlir::Value memory, Combine combine);
  void inFirstWarp(llvm::function_ref<void()> emitWork);

  DeviceKernel &kernel;
  mlir::OpBuilder &builder;
  mlir::Location loc;
  IndexBuilder index;
  mlir::Value ofColumn, ofWarp;
};

} // namespace act

#endif // ACT_LIB_CONVERSION_TOGPU_COLUMNTEAM_H
