//===- RowThreads.h - A team of threads of a GPU on a row -------*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares how the threads of a GPU share a row. Chunks of 2048
// elements go to warps in turn, or each to several; in them groups of 256,
// eight to a thread: where accesses are wide, eight that are neighbours; else
// every 32nd, so that single accesses of a warp are of neighbours.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_CONVERSION_TOGPU_ROWS_ROWTHREADS_H
#define ACT_LIB_CONVERSION_TOGPU_ROWS_ROWTHREADS_H

#include "RowBlocks.h"
#include "SharedBlocks.h"

namespace act {

class RowThreads : public RowBlocks {
public:
  /// By the schedule of the kernel a row is in registers, of which each thread
  /// has some blocks, or of any length. `run`: neighbours in a block, of which
  /// one thread has some and the next one those behind them.
  RowThreads(DeviceKernel &kernel, mlir::Location loc, int64_t run);

  Team &getTeam() { return team; }

  int64_t offsetOf(int64_t element) const override {
    return counts.getLayout().offsetOf(element);
  }
  std::unique_ptr<RowStream> makeStream(const Access &access,
                                        double padding) override;
  void startRow(mlir::Value size) override;
  mlir::Value distance(mlir::Value element, mlir::Value position) override;
  void willStoreScalars() override { storesScalars = inRegisters(); }
  bool isLarge() override { return inRegisters() && team.numWarps() > 1; }
  bool canBranch() override { return team.numLanes() == Team::warpSize; }
  mlir::Value makeMask(mlir::Value count) override;
  Found findFirst(mlir::Value own, const Search &search) override;
  llvm::SmallVector<mlir::Value> emitSums(mlir::Type type, bool compensated,
                                          unsigned count,
                                          FixedSum::EmitTerms emitTerms,
                                          LeaveOut leaveOut) override;

protected:
  void sync() override;
  mlir::Value recall(mlir::Value block, mlir::Value position) override;
  void noteRead() override { team.noteRead(); }
  mlir::Value isActive() override { return team.isActive(); }
  void setActive(mlir::Value condition) override { team.setActive(condition); }
  mlir::Value isOwner(mlir::Value position) override;
  /// i1: whether the chunk is the warp's.
  virtual mlir::Value hasChunk(mlir::Value chunk);
  /// The first chunk of a warp of a row of any length, and from there to the
  /// next.
  virtual mlir::Value firstChunk() { return team.warp(); }
  virtual mlir::Value chunkStep() { return index.number(team.numWarps()); }

  const BlockLayout &getLayout() const { return counts.getLayout(); }
  mlir::Value numChunks();
  /// What a warp adds up of one chunk.
  llvm::SmallVector<mlir::Value> addChunk(TeamSum &sum, mlir::Value chunk,
                                          FixedSum::EmitTerms emitTerms,
                                          LeaveOut leaveOut);

  Team team;

private:
  mlir::Value reduceHere(mlir::Value value, Combine combine) override {
    return team.reduce(value, combine);
  }
  llvm::SmallVector<mlir::Value> searchMemory(mlir::ValueRange initial,
                                              EmitBlock emitBlock) override;
  /// The lanes of what a warp has in registers, of a chunk or a part of one.
  llvm::SmallVector<mlir::Value>
  addBlocks(TeamSum &sum, FixedSum::EmitTerms emitTerms, LeaveOut leaveOut);
  llvm::SmallVector<mlir::Value>
  addInTurn(TeamSum &sum, FixedSum::EmitTerms emitTerms, LeaveOut leaveOut);
  mlir::Value startOfLane();
  mlir::Value hasElements(mlir::Value position);
  /// Of a row in registers.
  int64_t elementsOfWarp() {
    return kernel.getSchedule().capacity / team.numWarps();
  }
  /// Blocks that wait in shared memory for the sums.
  int64_t numWaiting() const {
    return kernel.getSchedule().sharedElements / teamWidth;
  }
  mlir::Value integer(int64_t number);
  mlir::Value toInteger(mlir::Value number);
  /// The blocks of a chunk.
  llvm::SmallVector<mlir::Value>
  forGroups(mlir::Value chunk, mlir::ValueRange initial, EmitBlock emitBlock);

  /// i32: where the thread's elements of a row in registers begin, and how far
  /// its blocks are behind that, where it has many.
  mlir::Value firstElement;
  /// Whether nothing but scalars is stored after the sums.
  bool storesScalars = false;
  /// Whether the sums are known, and what waits for them in shared memory.
  bool hasSums = false;
  SharedBlocks waiting;
  llvm::DenseMap<mlir::Value, int64_t> offsets;
  /// The row has a multiple of so many elements.
  int64_t granule = 1;
  BlockCounts counts;
};

} // namespace act

#endif // ACT_LIB_CONVERSION_TOGPU_ROWS_ROWTHREADS_H
