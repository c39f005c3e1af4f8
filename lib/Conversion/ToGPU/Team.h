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

#include "../ToLoops/Combine.h"
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
  /// The number of the cluster in the grid; null if the schedule has none.
  mlir::Value numberOfCluster() const { return cluster; }
  /// Of the thread in the block's part of the team, of the thread in its warp,
  /// and of the warp in the team; all of type index.
  mlir::Value thread() const { return inTeam; }
  mlir::Value lane() const { return inWarp; }
  mlir::Value warp() const { return ofWarp; }

  /// All threads of the team come here before one goes on, and see what the
  /// others have written.
  void sync();
  /// The same, so that what was read up to here may be overwritten. Where none
  /// of it was `noted` since the threads met last, they need not do so again.
  void waitForReaders();
  void noteRead() { lastMeeting = nullptr; }

  /// What is put together next is for the first block of a cluster alone: the
  /// others end there, and what is emitted from then on is its work.
  void endOthers() { others = Others::End; }

  /// The value of the thread whose lane differs in the bits of `mask`: i32,
  /// f32 or f64.
  mlir::Value exchange(mlir::Value value, int32_t mask);

  /// What each group of `count` lanes of a warp has, combined in pairs of
  /// neighbours; the same in all of them.
  mlir::Value reduceWarp(mlir::Value value, Combine combine, int64_t count);
  /// The same of all threads of the team.
  mlir::Value reduce(mlir::Value value, Combine combine);
  /// The same, and whether the warp is the first one that has the value: an i1
  /// by `isIt`, which tells whether one of two is the other.
  std::pair<mlir::Value, mlir::Value>
  findFirstWarp(mlir::Value value, Combine choose,
                llvm::function_ref<mlir::Value(mlir::Value, mlir::Value)> isIt);
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

private:
  DeviceKernel &kernel;
  mlir::OpBuilder &builder;
  mlir::Location loc;
  /// In a fitted kernel there are up to so many warps of the block, and blocks.
  int64_t lanes, warpsOfBlock, clusterSize, warpsPerChunk;
  mlir::Value active;
  mlir::Value number, inTeam, inWarp, warpInBlock, ofWarp;
  /// i32: how many there are in this launch; null if that is known.
  mlir::Value warpsHere, blocksHere;
  /// i32: the number of the block in its cluster.
  mlir::Value rank;
  mlir::Value cluster;
  enum class Others { GoOn, End, HaveEnded } others = Others::GoOn;

  /// Where the threads have met and, from there on, nothing was read that
  /// another one may overwrite; and where they know that all have begun.
  mlir::Block *lastMeeting = nullptr, *begun = nullptr;
  /// Whether what is emitted here comes after something in `block`.
  bool isWithin(mlir::Block *block);

  /// Numbers of 32 bits, which take half the registers that an index does.
  mlir::Value integer(int64_t number);
  mlir::Value toInteger(mlir::Value number);
  mlir::Value toIndex(mlir::Value integer);
  mlir::Value isLess(mlir::Value left, mlir::Value right);

  /// Integers in the order of floating-point numbers, and back: those of the
  /// sign bit alone are in reverse.
  mlir::Value exchangeOrder(mlir::Value bits);
  /// What all lanes of a warp have, combined by one instruction; null if there
  /// is none.
  mlir::Value reduceAtOnce(mlir::Value value, Combine combine);

  void syncCluster();
  /// In a cluster what `emitMeeting` emits, in a single block its barrier.
  void meet(llvm::function_ref<void()> emitMeeting);
  /// sync(), after which only the first block goes on: the builder stays in its
  /// branch.
  void syncFirst();
  void inCluster(llvm::function_ref<void()> emit);
  /// Waits for the blocks of the cluster to begin, whose memory does not exist
  /// before.
  void waitForBegin();
  /// i1: whether the launch has clusters; null if that is known.
  mlir::Value isCluster();
  /// The number of a group of warps of a power of two, and of the warp in it.
  std::pair<mlir::Value, mlir::Value> splitWarp(int64_t size);
  /// The number of a group of warps among those of the team.
  mlir::Value groupOfWarps(int64_t warps);
  /// Combines what the last warp of each group of so many has.
  llvm::SmallVector<mlir::Value>
  combineGroups(llvm::ArrayRef<mlir::Value> values, Combine combine,
                int64_t warps);

  /// What a lane has of a number for each group of warps: some neighbours, so
  /// that the lanes of a warp have them all.
  struct Gathered {
    /// Values, and i32: their numbers.
    llvm::SmallVector<mlir::Value> values, numbers;
    /// How many there may be, and i32: in this launch; null if that is known.
    /// Both are powers of two.
    int64_t most;
    mlir::Value here;
  };
  mlir::Value countGroups(int64_t warps);
  llvm::SmallVector<mlir::Value> numbersOfLane(int64_t most, mlir::Value here);
  /// What the last warps of groups of so many have.
  llvm::SmallVector<Gathered> gather(llvm::ArrayRef<mlir::Value> values,
                                     int64_t warps);
  /// All of `values`, which lanes have as those gathered, combined in pairs of
  /// neighbours. If there are fewer than there may be, lanes have the same ones
  /// again; `mayRepeat`: to combine one twice changes nothing.
  mlir::Value combineGathered(const Gathered &gathered,
                              llvm::SmallVector<mlir::Value> values,
                              Combine combine, bool mayRepeat = false);
  /// Stores to memory of the same name in a block of the cluster.
  void storeTo(mlir::Value memory, mlir::Value position, mlir::Value value,
               mlir::Value block);
};

} // namespace act

#endif // ACT_LIB_CONVERSION_TOGPU_TEAM_H
