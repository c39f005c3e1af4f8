//===- ColumnThreads.h - Rows whose elements lie apart ----------*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares how threads share rows that are columns of memory: those
// of a warp have neighbouring rows, so that they read neighbours at once, and
// eight warps have every eighth element of them.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_CONVERSION_TOGPU_ROWS_COLUMNTHREADS_H
#define ACT_LIB_CONVERSION_TOGPU_ROWS_COLUMNTHREADS_H

#include "../ColumnTeam.h"
#include "RowBlocks.h"

namespace act {

class ColumnThreads : public RowBlocks {
public:
  /// By the schedule of the kernel rows are in registers, or of any length.
  ColumnThreads(DeviceKernel &kernel, mlir::Location loc);

  /// The number of the thread's row in the block.
  mlir::Value getColumn() const { return team.column(); }

  int64_t width() const override { return kernel.getSchedule().accesses; }
  int64_t offsetOf(int64_t element) const override {
    return counts.getLayout().offsetOf(element);
  }
  std::unique_ptr<RowStream> makeStream(const Access &access,
                                        double padding) override;
  void startRow(mlir::Value size) override;
  bool canBranch() override { return false; }
  mlir::Value makeMask(mlir::Value count) override {
    return counts.makeMask(count, width(), /*granule=*/1);
  }
  llvm::SmallVector<mlir::Value> emitSums(mlir::Type type, bool compensated,
                                          unsigned count,
                                          FixedSum::EmitTerms emitTerms,
                                          LeaveOut leaveOut) override;

private:
  /// Elements that all warps have of a block each.
  int64_t extent() const { return width() * ColumnTeam::numWarps; }
  /// Blocks after which the lanes are the same.
  int64_t turn() const { return FixedSum::maxLanes / extent(); }

  void sync() override;
  void noteRead() override {}
  mlir::Value isActive() override { return active; }
  void setActive(mlir::Value condition) override { active = condition; }
  mlir::Value isOwner(mlir::Value position) override;

  mlir::Value reduceHere(mlir::Value value, Combine combine) override {
    return team.reduce(value, combine);
  }
  llvm::SmallVector<mlir::Value> searchMemory(mlir::ValueRange initial,
                                              EmitBlock emitBlock) override;

  /// Where the warp's block of those at `start` is, and how many elements rows
  /// have there.
  std::pair<mlir::Value, mlir::Value> makeBlock(mlir::Value start);
  llvm::SmallVector<mlir::Value> addAll(mlir::ValueRange left,
                                        mlir::ValueRange right);
  /// The lanes of a chunk, those of the blocks of a turn added up. `emitLanes`
  /// makes those of one block of each turn, which `forBlocks` goes through.
  using ForBlocks = llvm::function_ref<llvm::SmallVector<mlir::Value>(
      mlir::ValueRange lanes, EmitBlock emitBlock)>;
  using EmitLanes =
      llvm::function_ref<llvm::SmallVector<mlir::Value>(ForBlocks forBlocks)>;
  llvm::SmallVector<mlir::Value>
  addTurn(mlir::Value chunk, mlir::ValueRange zeros, EmitLanes emitLanes);
  llvm::SmallVector<mlir::Value> addBlocks(int64_t first, int64_t step,
                                           EmitLanes emitLanes);
  llvm::SmallVector<mlir::Value> addBlocksOf(mlir::Value first, int64_t step,
                                             mlir::Value end,
                                             mlir::ValueRange zeros,
                                             EmitLanes emitLanes);

  ColumnTeam team;
  BlockCounts counts;
  mlir::Value active;
};

} // namespace act

#endif // ACT_LIB_CONVERSION_TOGPU_ROWS_COLUMNTHREADS_H
