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
#include "DeviceRowStream.h"

#include "../../ToLoops/Rows/RowTeam.h"

namespace act {

class ColumnThreads : public RowTeam, private RowOwners {
public:
  /// By the schedule of the kernel rows are in registers, or of any length.
  ColumnThreads(DeviceKernel &kernel, mlir::Location loc);

  /// The number of the thread's row in the block.
  mlir::Value getColumn() const { return team.column(); }

  int64_t width() const override { return teamWidth; }
  int64_t spacing() const override { return ColumnTeam::numWarps; }
  std::unique_ptr<RowStream> makeStream(const Access &access,
                                        double padding) override;
  void startRow(mlir::Value size) override;
  bool canBranch() override { return false; }
  void storeOnlyWhere(mlir::Value condition,
                      llvm::function_ref<void()> emitWork) override;
  llvm::SmallVector<mlir::Value> forBlocks(mlir::ValueRange initial,
                                           EmitBlock emitBlock) override;
  llvm::SmallVector<mlir::Value> searchBlocks(mlir::ValueRange initial,
                                              EmitBlock emitBlock) override;
  mlir::Value makeMask(mlir::Value count) override {
    return counts.makeMask(count, teamWidth, /*granule=*/1);
  }
  mlir::Value reduce(mlir::Value value, Combine combine) override;
  Found findFirst(mlir::Value own, const Search &search) override;
  llvm::SmallVector<mlir::Value>
  emitSums(mlir::Type type, bool compensated, unsigned count,
           FixedSum::EmitTerms emitTerms) override;
  void keepTerms(mlir::Value terms, mlir::Value position) override;
  mlir::Value findTerms(mlir::Value position) override;

private:
  void sync() override;
  mlir::Value isActive() override { return active; }
  mlir::Value isOwner(mlir::Value position) override;

  bool inRegisters() const { return kernel.getSchedule().capacity != 0; }
  /// Where the warp's block of those at `start` is, and how many elements rows
  /// have there.
  std::pair<mlir::Value, mlir::Value> makeBlock(mlir::Value start);
  /// The lanes that a thread has of sums, in vectors of a block each, block by
  /// block in turn: for each block what addToLanes adds to.
  using Lanes = llvm::SmallVector<llvm::SmallVector<mlir::Value>>;
  Lanes addChunk(mlir::Value chunk, Lanes lanes, EmitBlock emitBlock);

  DeviceKernel &kernel;
  mlir::OpBuilder &builder;
  mlir::Location loc;
  IndexBuilder index;
  ColumnTeam team;
  BlockCounts counts;
  mlir::Value active, size;
  /// Of rows in registers.
  llvm::SmallVector<std::pair<mlir::Value, mlir::Value>> blocks;
  llvm::DenseMap<mlir::Value, mlir::Value> terms;
};

} // namespace act

#endif // ACT_LIB_CONVERSION_TOGPU_ROWS_COLUMNTHREADS_H
