//===- TeamSum.h - Sums in the fixed order by a team ------------*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares the sums of FixedSum as a team of threads adds them. A
// chunk is the work of a warp: term i of it goes to lane i mod 256, of which
// each thread has eight, neighbours or every 32nd.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_CONVERSION_TOGPU_TEAMSUM_H
#define ACT_LIB_CONVERSION_TOGPU_TEAMSUM_H

#include "../ToLoops/FixedSum.h"
#include "Team.h"

namespace act {

/// Terms that a thread adds at once. A team of fewer threads than a warp, a
/// power of two, adds no more than these.
constexpr int64_t teamWidth = FixedSum::maxLanes / Team::warpSize;

/// Adds vectors of terms, of which the first `number` exist, to the lanes of as
/// many sums, and what rounding loses of compensated ones to those behind them.
llvm::SmallVector<mlir::Value>
addToLanes(mlir::OpBuilder &builder, mlir::Location loc, mlir::ValueRange lanes,
           llvm::ArrayRef<mlir::Value> terms, mlir::Value number,
           unsigned count, bool compensated);

class TeamSum {
public:
  /// For `count` sums at once. Of the terms that a thread adds at once `run`
  /// are neighbours; the run behind them is the next thread's.
  TeamSum(DeviceKernel &kernel, Team &team, mlir::Location loc, mlir::Type type,
          bool compensated, unsigned count, int64_t run = teamWidth)
      : kernel(kernel), team(team), builder(kernel.body()), loc(loc),
        type(type), compensated(compensated), count(count), run(run),
        index(builder, loc) {}

  /// What a thread carries from term to term of a chunk: the lanes of each sum,
  /// and what their roundings lost.
  llvm::SmallVector<mlir::Value> makeLanes();
  /// Adds terms, of which the first `number` exist.
  llvm::SmallVector<mlir::Value> add(mlir::ValueRange lanes,
                                     llvm::ArrayRef<mlir::Value> terms,
                                     mlir::Value number) {
    return addToLanes(builder, loc, lanes, terms, number, count, compensated);
  }
  /// The lanes of a chunk, in the last of the warps that share it, of which
  /// each has some blocks: the lanes go from warp to warp.
  using AddBlock = llvm::function_ref<llvm::SmallVector<mlir::Value>(
      size_t block, mlir::ValueRange lanes)>;
  llvm::SmallVector<mlir::Value> addInTurn(size_t numBlocks, AddBlock addBlock);
  /// The sums of the chunk, the same in all threads of the warp.
  llvm::SmallVector<mlir::Value> addLanes(mlir::ValueRange lanes);

  /// The sums of all, where each warp, or the last of those that share it, has
  /// the sums of one chunk, that of its number, or of none.
  llvm::SmallVector<mlir::Value> merge(llvm::ArrayRef<mlir::Value> sums);

  /// The sums of any number of chunks: `emitChunk` gives those of the chunk
  /// with a number.
  using EmitChunk =
      llvm::function_ref<llvm::SmallVector<mlir::Value>(mlir::Value chunk)>;
  llvm::SmallVector<mlir::Value> forChunks(mlir::Value numChunks,
                                           EmitChunk emitChunk);
  /// The same of chunks whose sums are there: `load` gives one of a chunk, each
  /// thread of a warp another.
  using LoadChunk =
      llvm::function_ref<mlir::Value(unsigned sum, mlir::Value chunk)>;
  llvm::SmallVector<mlir::Value> mergeChunks(mlir::Value numChunks,
                                             LoadChunk load);

private:
  mlir::Value addLanesOf(mlir::Value lanes);
  mlir::Value addPairs(mlir::Value value, int64_t lanes = Team::warpSize);
  /// `emitRound` gives the sums of `number` chunks from `first` on, as many as
  /// a round takes.
  using EmitRound = llvm::function_ref<llvm::SmallVector<mlir::Value>(
      mlir::Value first, mlir::Value number)>;
  llvm::SmallVector<mlir::Value> forRounds(mlir::Value numChunks,
                                           EmitRound emitRound);
  llvm::SmallVector<mlir::Value> addRound(mlir::Value number, LoadChunk load);
  llvm::SmallVector<mlir::Value> makeMemory(int64_t size);
  void store(mlir::Value value, mlir::Value memory, mlir::Value position);
  mlir::Value getOrZero(mlir::Value exists,
                        llvm::function_ref<mlir::Value()> get);

  DeviceKernel &kernel;
  Team &team;
  mlir::OpBuilder &builder;
  mlir::Location loc;
  mlir::Type type;
  bool compensated;
  unsigned count;
  int64_t run;
  IndexBuilder index;
  /// Sums of groups of 32 chunks; empty if there are no more than that.
  llvm::SmallVector<mlir::Value> groups;
};

} // namespace act

#endif // ACT_LIB_CONVERSION_TOGPU_TEAMSUM_H
