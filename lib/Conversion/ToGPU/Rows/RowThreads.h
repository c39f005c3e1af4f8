//===- RowThreads.h - A team of threads of a GPU on a row -------*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares how the threads of a GPU share a row. Chunks of 2048
// elements go to warps in turn; in each, groups of 256, eight to a thread:
// where accesses are wide, eight that are neighbours; else every 32nd, so that
// single accesses of a warp are of neighbours.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_CONVERSION_TOGPU_ROWS_ROWTHREADS_H
#define ACT_LIB_CONVERSION_TOGPU_ROWS_ROWTHREADS_H

#include "../../ToLoops/Rows/RowTeam.h"
#include "../TeamSum.h"
#include "DeviceRowStream.h"

namespace act {

class RowThreads : public RowTeam, protected RowOwners {
public:
  /// By the schedule of the kernel a row is in registers, of which each thread
  /// has some blocks, or of any length. `aligned` as DeviceRowStream has it.
  RowThreads(DeviceKernel &kernel, mlir::Location loc, bool aligned);

  Team &getTeam() { return team; }

  int64_t width() const override { return teamWidth; }
  int64_t spacing() const override { return aligned ? 1 : team.numLanes(); }
  std::unique_ptr<RowStream> makeStream(const Access &access,
                                        double padding) override;
  void startRow(mlir::Value size) override;
  bool canBranch() override { return team.numLanes() == Team::warpSize; }
  void storeOnlyWhere(mlir::Value condition,
                      llvm::function_ref<void()> emitWork) override;
  llvm::SmallVector<mlir::Value> forBlocks(mlir::ValueRange initial,
                                           EmitBlock emitBlock) override;
  llvm::SmallVector<mlir::Value> searchBlocks(mlir::ValueRange initial,
                                              EmitBlock emitBlock) override;
  mlir::Value makeMask(mlir::Value count) override;
  mlir::Value reduce(mlir::Value value, Combine combine) override;
  Found findFirst(mlir::Value own, const Search &search) override;
  llvm::SmallVector<mlir::Value>
  emitSums(mlir::Type type, bool compensated, unsigned count,
           FixedSum::EmitTerms emitTerms) override;
  void keepTerms(mlir::Value terms, mlir::Value position) override;
  mlir::Value findTerms(mlir::Value position) override;

protected:
  void sync() override { team.sync(); }
  mlir::Value isActive() override { return team.isActive(); }
  mlir::Value isOwner(mlir::Value position) override;
  /// i1: whether the chunk is the warp's.
  virtual mlir::Value hasChunk(mlir::Value chunk);
  /// The first chunk of a warp of a row of any length, and from there to the
  /// next.
  virtual mlir::Value firstChunk() { return team.warp(); }
  virtual mlir::Value chunkStep() { return index.number(team.numWarps()); }

  mlir::Value numChunks();
  /// Of one chunk, what a warp adds up.
  llvm::SmallVector<mlir::Value> addChunk(TeamSum &sum, mlir::Value chunk,
                                          FixedSum::EmitTerms emitTerms);

  DeviceKernel &kernel;
  mlir::OpBuilder &builder;
  mlir::Location loc;
  IndexBuilder index;
  Team team;
  mlir::Value size;

private:
  bool inRegisters() const {
    return kernel.getSchedule().family == Schedule::Family::Registers;
  }
  mlir::Value startOfLane();
  mlir::Value toInteger(mlir::Value number);
  /// The blocks of a chunk.
  llvm::SmallVector<mlir::Value>
  forGroups(mlir::Value chunk, mlir::ValueRange initial, EmitBlock emitBlock);

  bool aligned;
  /// The row has a multiple of so many elements.
  int64_t granule = 1;
  BlockCounts counts;
  /// Of a row in registers.
  llvm::SmallVector<std::pair<mlir::Value, mlir::Value>> blocks;
  llvm::DenseMap<mlir::Value, mlir::Value> terms;
};

} // namespace act

#endif // ACT_LIB_CONVERSION_TOGPU_ROWS_ROWTHREADS_H
