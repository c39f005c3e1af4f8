//===- SplitRow.h - A row that many blocks have -----------------*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares rows that are split among blocks which do not wait for one
// another: each pass over the row is a launch, and what its blocks found is in
// memory when the next one begins. All passes come from one emitter, each by a
// kernel that leaves out what the others do.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_CONVERSION_TOGPU_ROWS_SPLITROW_H
#define ACT_LIB_CONVERSION_TOGPU_ROWS_SPLITROW_H

#include "RowThreads.h"

namespace act {

/// The launches of an operation, and the memory between them.
class RowPasses {
public:
  /// Numbers of the host: rows, blocks for each of them, and chunks of a row.
  RowPasses(mlir::OpBuilder &host, mlir::Location loc, mlir::Value rows,
            mlir::Value parts, mlir::Value chunks);

  /// Begins the kernel of the next launch; false if there is none left.
  bool next();
  mlir::Value numParts() { return parts; }

  // What the kernel at hand does at the point that the emitter has come to.
  /// Whether it computes here, has the results of an earlier launch, or leaves
  /// the rest to later ones.
  bool isHere() const { return point == launch; }
  bool isPast() const { return point < launch; }
  /// The same for what may depend on results that are being put together.
  bool isHereAfterParts() const { return point + hasParts == launch; }
  bool isPastAfterParts() const { return point + hasParts < launch; }

  /// Notes that all blocks read an element, which may depend on results that
  /// are being put together; and whether they did since the last point.
  void noteRead() { lastRead = point + hasParts; }
  bool hasReaders() const { return lastRead == point + hasParts; }
  /// Notes that blocks put results together, which the next point has.
  void addParts() { hasParts = true; }
  /// Goes to the next point if results were put together since the last one.
  void finishParts();
  /// Goes to the next point.
  void finishSums() { ++point; }

  /// A pointer of the host to memory for a number of each row, of each block,
  /// or of each chunk; the same in all kernels.
  mlir::Value getRows(mlir::Type type);
  mlir::Value getParts(mlir::Type type) { return getMemory(type, parts); }
  mlir::Value getChunks(mlir::Type type) { return getMemory(type, chunks); }

  /// Frees the memory.
  void finish();

private:
  mlir::Value getMemory(mlir::Type type, mlir::Value perRow);

  mlir::OpBuilder &host;
  mlir::Location loc;
  mlir::Value rows, parts, chunks;
  int launch = -1, lastLaunch = 0;
  int point = 0, lastRead = -1;
  bool hasParts = false;
  /// In the order of their use.
  llvm::SmallVector<std::pair<mlir::Value, mlir::Value>> memory;
  size_t nextMemory = 0;
};

/// The threads of a block, which has a part of the row.
class SplitRowThreads : public RowThreads {
public:
  /// The block has part `part` of the row with the number `row`.
  SplitRowThreads(DeviceKernel &kernel, mlir::Location loc, int64_t run,
                  RowPasses &passes, mlir::Value row, mlir::Value part,
                  mlir::Value numParts);

  llvm::SmallVector<mlir::Value> forBlocks(mlir::ValueRange initial,
                                           EmitBlock emitBlock) override;
  llvm::SmallVector<mlir::Value> searchBlocks(mlir::ValueRange initial,
                                              EmitBlock emitBlock) override;
  void waitForReaders() override;
  mlir::Value reduce(mlir::Value value, Combine combine) override;
  Found findFirst(mlir::Value own, const Search &search) override;
  llvm::SmallVector<mlir::Value> emitSums(mlir::Type type, bool compensated,
                                          unsigned count,
                                          FixedSum::EmitTerms emitTerms,
                                          LeaveOut leaveOut) override;

private:
  mlir::Value hasChunk(mlir::Value chunk) override;
  mlir::Value firstChunk() override { return ofRow; }
  mlir::Value chunkStep() override { return warpsOfRow; }
  bool writesBlocks() override { return passes.isHere(); }
  bool writesElements() override { return passes.isHereAfterParts(); }
  mlir::Value loadOne(mlir::Type type,
                      llvm::function_ref<mlir::Value()> load) override;

  /// One number of the row, or of each of its blocks or chunks.
  struct Numbers {
    mlir::Value base;
    mlir::Type type;
    mlir::Value perRow;
  };
  Numbers getParts(mlir::Type type);
  llvm::SmallVector<Numbers> getChunks(mlir::Type type, unsigned count);
  mlir::Value load(const Numbers &numbers, mlir::Value position);
  void store(const Numbers &numbers, mlir::Value position, mlir::Value value,
             mlir::Value isWriter);
  void storePart(const Numbers &numbers, mlir::Value value);
  void storeChunks(TeamSum &sum, llvm::ArrayRef<Numbers> sums,
                   FixedSum::EmitTerms emitTerms, LeaveOut leaveOut);
  /// Lets each thread go over some of the parts.
  llvm::SmallVector<mlir::Value> forParts(mlir::ValueRange initial,
                                          EmitTrip emitTrip);

  RowPasses &passes;
  mlir::Value row, part, numParts;
  /// The warp's number among those of the row, and how many these are.
  mlir::Value ofRow, warpsOfRow;
};

} // namespace act

#endif // ACT_LIB_CONVERSION_TOGPU_ROWS_SPLITROW_H
