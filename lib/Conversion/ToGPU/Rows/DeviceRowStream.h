//===- DeviceRowStream.h - One operand along a row on a GPU -----*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares how threads read and write the blocks of a row.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_CONVERSION_TOGPU_ROWS_DEVICEROWSTREAM_H
#define ACT_LIB_CONVERSION_TOGPU_ROWS_DEVICEROWSTREAM_H

#include "../../ToLoops/Rows/RowStream.h"
#include "../TeamSum.h"
#include "BlockCounts.h"

namespace act {

/// Elements of one access where operands are aligned: as many as 16 bytes or a
/// block have.
int64_t accessWidth(mlir::Type element);

/// Whether the elements of a row lie side by side, so that accesses are wide
/// where they are aligned.
bool isWide(const Access &access);

/// What a stream must know of the threads that share a row.
class RowOwners {
public:
  virtual ~RowOwners() = default;

  /// Elements of a block.
  virtual int64_t width() const = 0;

  /// All threads that have the row in this kernel come here before one goes on,
  /// if something was read that may be overwritten then.
  virtual void sync() = 0;
  /// Something is read here.
  virtual void noteRead() = 0;
  /// i1: whether what the threads do is for a row that exists; null if it is.
  virtual mlir::Value isActive() = 0;
  /// i1: whether the thread has the element at `position`.
  virtual mlir::Value isOwner(mlir::Value position) = 0;
  /// Whether this kernel writes the blocks, or the single elements, that are
  /// written at this point; others of the operation may.
  virtual bool writesBlocks() { return true; }
  virtual bool writesElements() { return true; }
  /// A block that was there before, of the row's elements from `position` on.
  virtual mlir::Value recall(mlir::Value block, mlir::Value position) {
    return block;
  }
  /// What `load` loads, a single element, of `type`, of a row that other blocks
  /// may overwrite.
  virtual mlir::Value loadOne(mlir::Type type,
                              llvm::function_ref<mlir::Value()> load) {
    return load();
  }
};

/// An operand in global memory. Elements that do not exist are never read or
/// written.
class DeviceRowStream : public RowStream {
public:
  /// `remember`: blocks are read once and stay in registers. `padding` stands
  /// for elements that do not exist; counts of blocks are those of `counts`. In
  /// runs of several neighbours rows begin at multiples of an access, and so do
  /// they end.
  DeviceRowStream(mlir::OpBuilder &builder, mlir::Location loc,
                  RowOwners &owners, const Access &access, bool remember,
                  double padding, BlockCounts &counts);

  void startRow(mlir::OpFoldResult offset, mlir::OpFoldResult size) override;
  mlir::Value load(mlir::Value position, mlir::Value count) override;
  void store(mlir::Value vector, mlir::Value position,
             mlir::Value count) override;
  mlir::Value loadOne(mlir::Value position) override;
  /// The thread that owns the position stores, when all others have read.
  void storeOne(mlir::Value scalar, mlir::Value position) override;

private:
  mlir::Value startOfRow();
  mlir::Value addressOf(mlir::Value position);
  mlir::Value loadBlock(mlir::Value position, mlir::Value count);
  mlir::Value loadPart(mlir::Value position, mlir::Value exists);
  bool isSeen(mlir::Value value);

  mlir::OpBuilder &builder;
  mlir::Location loc;
  RowOwners &owners;
  const Access &access;
  IndexBuilder index;
  mlir::OpFoldResult stride;
  /// Elements of one access.
  int64_t width;
  bool remember;
  double padding;
  BlockCounts &counts;
  /// Where the row begins: among the elements of the operand, and its address,
  /// if that is known.
  mlir::OpFoldResult rowOffset;
  mlir::Value start;
  llvm::DenseMap<mlir::Value, mlir::Value> blocks;
};

} // namespace act

#endif // ACT_LIB_CONVERSION_TOGPU_ROWS_DEVICEROWSTREAM_H
