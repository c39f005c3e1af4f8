//===- RowBlocks.h - The blocks that a thread has of rows -------*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares what teams of threads have in common, whichever elements
// are whose: blocks that stay in registers, or are read again for each pass.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_CONVERSION_TOGPU_ROWS_ROWBLOCKS_H
#define ACT_LIB_CONVERSION_TOGPU_ROWS_ROWBLOCKS_H

#include "../../ToLoops/Rows/RowTeam.h"
#include "../DeviceKernel.h"
#include "../TeamSum.h"
#include "DeviceRowStream.h"

namespace act {

class RowBlocks : public RowTeam, protected RowOwners {
public:
  /// Elements of a block, which lanes of a sum stand for.
  int64_t width() const override { return teamWidth; }
  mlir::Value distance(mlir::Value element, mlir::Value position) override;
  void waitForReaders() override { sync(); }
  void storeOnlyWhere(mlir::Value condition,
                      llvm::function_ref<void()> emitWork) override;
  llvm::SmallVector<mlir::Value> forBlocks(mlir::ValueRange initial,
                                           EmitBlock emitBlock) override;
  llvm::SmallVector<mlir::Value> searchBlocks(mlir::ValueRange initial,
                                              EmitBlock emitBlock) override;
  mlir::Value reduce(mlir::Value value, Combine combine) override;
  Found findFirst(mlir::Value own, const Search &search) override;
  bool comparesHalves() override { return kernel.getChip().comparesHalves(); }
  void willKeepTerms() override { keepsTerms = inRegisters(); }
  void keepTerms(mlir::Value terms, mlir::Value position) override;
  mlir::Value findTerms(mlir::Value position) override;

protected:
  /// By the schedule of the kernel rows are in registers, or of any length.
  RowBlocks(DeviceKernel &kernel, mlir::Location loc);

  bool inRegisters() const { return kernel.getSchedule().capacity != 0; }
  virtual void setActive(mlir::Value condition) = 0;
  /// What the threads of this kernel have, put together.
  virtual mlir::Value reduceHere(mlir::Value value, Combine combine) = 0;
  /// searchBlocks for rows of any length.
  virtual llvm::SmallVector<mlir::Value> searchMemory(mlir::ValueRange initial,
                                                      EmitBlock emitBlock) = 0;

  DeviceKernel &kernel;
  mlir::OpBuilder &builder;
  mlir::Location loc;
  IndexBuilder index;
  mlir::Value size;
  /// Where those in registers begin, and how many elements they have.
  llvm::SmallVector<std::pair<mlir::Value, mlir::Value>> blocks;
  /// Whether terms that are added up stay in registers.
  bool keepsTerms = false;

private:
  llvm::DenseMap<mlir::Value, mlir::Value> terms;
};

} // namespace act

#endif // ACT_LIB_CONVERSION_TOGPU_ROWS_ROWBLOCKS_H
