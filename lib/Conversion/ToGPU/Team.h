//===- Team.h - Threads that work together ----------------------*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares the threads that share a row or a sum: a part of a warp,
// one warp, all warps of a block, or those of a cluster of blocks.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_CONVERSION_TOGPU_TEAM_H
#define ACT_LIB_CONVERSION_TOGPU_TEAM_H

#include "DeviceKernel.h"
#include "ThreadIndex.h"

namespace act {

class Team {
public:
  static constexpr int64_t warpSize = 32;

  /// The team of the thread at hand, of the schedule's threads per row.
  explicit Team(DeviceKernel &kernel, mlir::Location loc);

  /// The most that there may be.
  int64_t numWarps() const { return warpsOfBlock * clusterSize; }
  /// Threads of the team in a warp.
  int64_t numLanes() const { return lanes; }
  /// i1: whether the team has work. The others, in a warp with such that have,
  /// do the same without storing anything. Null if all have.
  mlir::Value isActive() const { return active; }
  void setActive(mlir::Value value) { active = value; }
  /// The number of the team in the block.
  mlir::Value numberInBlock() const { return number; }
  /// Of the thread in the block's part of the team, of the thread in its warp,
  /// and of the warp in the team; all of type index.
  mlir::Value thread() const { return inTeam; }
  mlir::Value lane() const { return inWarp; }
  mlir::Value warp() const { return ofWarp; }

  /// All threads of the team come here before one goes on, and see what the
  /// others have written.
  void sync();

  /// The value of the thread whose lane differs in the bits of `mask`: i32,
  /// f32 or f64.
  mlir::Value exchange(mlir::Value value, int32_t mask);

  using Combine = llvm::function_ref<mlir::Value(mlir::Value, mlir::Value)>;
  /// What each group of `count` lanes of a warp has, combined in pairs of
  /// neighbours; the same in all of them.
  mlir::Value reduceWarp(mlir::Value value, Combine combine, int64_t count);
  /// The same of all threads of the team.
  mlir::Value reduce(mlir::Value value, Combine combine);
  /// The same of several values of each warp, neighbours first.
  llvm::SmallVector<mlir::Value>
  combineWarps(llvm::ArrayRef<mlir::Value> values, Combine combine) {
    return combineGroups(values, combine, 1);
  }
  /// The same of values that the last warp of each chunk has.
  llvm::SmallVector<mlir::Value>
  combineChunks(llvm::ArrayRef<mlir::Value> values, Combine combine) {
    return combineGroups(values, combine, warpsPerChunk);
  }

  /// Warps that share a chunk, the chunks of a block, and of the thread's warp
  /// its number among those of its chunk and the chunk's in the block.
  int64_t numTurns() const { return warpsPerChunk; }
  int64_t chunksOfBlock() const { return warpsOfBlock / warpsPerChunk; }
  mlir::Value turn() { return splitWarp(warpsPerChunk).second; }
  mlir::Value chunkInBlock() { return splitWarp(warpsPerChunk).first; }
  /// All threads of the block's part of the team come here before one goes on.
  void syncBlock();

  /// Waits until no other block reads the memory of this one.
  void finish();

private:
  DeviceKernel &kernel;
  mlir::OpBuilder &builder;
  mlir::Location loc;
  /// In a fitted kernel there are up to so many warps of the block, and blocks.
  int64_t lanes, warpsOfBlock, clusterSize, warpsPerChunk;
  mlir::Value active;
  mlir::Value number, inTeam, inWarp, warpInBlock, ofWarp;
  /// Of the block in the cluster.
  mlir::Value rank;
  /// How many there are in this launch; null if that is known.
  mlir::Value warpsHere, blocksHere;

  void syncCluster();
  /// i1: whether the launch has clusters; null if that is known.
  mlir::Value isCluster();
  /// As reduceWarp, of the first `here` of `most` lanes, if that is not null.
  mlir::Value reduceLanes(mlir::Value value, Combine combine, int64_t most,
                          mlir::Value here);
  /// The lane modulo how many there are, a power of two.
  mlir::Value laneAmong(int64_t most, mlir::Value here);
  /// The number of a group of warps of a power of two, and of the warp in it.
  std::pair<mlir::Value, mlir::Value> splitWarp(int64_t size);
  /// Combines what the last warp of each group of so many has.
  llvm::SmallVector<mlir::Value>
  combineGroups(llvm::ArrayRef<mlir::Value> values, Combine combine,
                int64_t warps);
  llvm::SmallVector<mlir::Value>
  combineBlocks(llvm::ArrayRef<mlir::Value> values, Combine combine);
  /// Puts values of each warp, or block, into memory of their own.
  llvm::SmallVector<mlir::Value> share(llvm::ArrayRef<mlir::Value> values,
                                       int64_t size, mlir::Value position,
                                       mlir::Value isWriter);
  /// The first element of `memory` in a block of the cluster.
  mlir::Value loadFrom(mlir::Value memory, mlir::Value block);
};

} // namespace act

#endif // ACT_LIB_CONVERSION_TOGPU_TEAM_H
