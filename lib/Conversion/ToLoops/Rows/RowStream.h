//===- RowStream.h - One operand along a row --------------------*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares how the blocks of a row are read and written.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_CONVERSION_TOLOOPS_ROWS_ROWSTREAM_H
#define ACT_LIB_CONVERSION_TOLOOPS_ROWS_ROWSTREAM_H

#include "../IterationSpace.h"

namespace act {

/// One operand along the row at hand, or across the rows at hand.
class RowStream {
public:
  virtual ~RowStream() = default;

  /// Begins the row at `offset` from the start of the memory, or the rows from
  /// there on. `size` is that of a row; the loops keep positions in bounds.
  virtual void startRow(mlir::OpFoldResult offset, mlir::OpFoldResult size) = 0;

  /// The block of `count` lanes at `position`. Behind these the vector holds
  /// anything, or the padding that the stream was made with.
  virtual mlir::Value load(mlir::Value position, mlir::Value count) = 0;
  virtual void store(mlir::Value vector, mlir::Value position,
                     mlir::Value count) = 0;

  /// The element at `position`.
  virtual mlir::Value loadOne(mlir::Value position) = 0;
  virtual void storeOne(mlir::Value scalar, mlir::Value position) = 0;
};

/// An operand in the memory of the CPU. Full blocks of elements that lie side
/// by side are vectors in memory; all others go through a buffer on the stack.
class VectorRowStream : public RowStream {
public:
  /// Vectors lie along the loop `lanes`, positions count along `steps`; both
  /// are that over the elements of a row, or `lanes` is that over rows.
  VectorRowStream(mlir::OpBuilder &builder, mlir::Location loc,
                  const Access &access, unsigned lanes, unsigned steps,
                  int64_t width, bool masks);

  void startRow(mlir::OpFoldResult offset, mlir::OpFoldResult size) override;
  mlir::Value load(mlir::Value position, mlir::Value count) override;
  void store(mlir::Value vector, mlir::Value position,
             mlir::Value count) override;
  mlir::Value loadOne(mlir::Value position) override;
  void storeOne(mlir::Value scalar, mlir::Value position) override;

private:
  bool isUnit() const;
  bool isBool() const;
  bool isWhole(mlir::Value count) const;
  bool isGathered(mlir::Value count) const;
  mlir::OpFoldResult offsetOf(mlir::Value position);
  mlir::Value indexOf(mlir::Value position);
  /// `count` lanes at `position`.
  mlir::Value viewOf(mlir::Value position, mlir::OpFoldResult count);
  mlir::Value getBuffer();
  mlir::Value loadElements(mlir::Value position, mlir::Value count);
  mlir::Value loadBools(mlir::Value position, mlir::Value count);
  mlir::Value loadBytes(mlir::Value position);
  mlir::Value gather(mlir::Value position);
  void scatter(mlir::Value vector, mlir::Value position);

  mlir::OpBuilder &builder;
  mlir::Location loc;
  const Access &access;
  /// From one lane, or position, to the next.
  mlir::OpFoldResult stride, step;
  bool acrossRows;
  int64_t width;
  bool masks;
  mlir::Value buffer;
  // Of the row at hand.
  mlir::OpFoldResult offset;
  /// The memory from there on, with a stride of 1.
  mlir::Value row;
};

} // namespace act

#endif // ACT_LIB_CONVERSION_TOLOOPS_ROWS_ROWSTREAM_H
