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

/// One operand along the row at hand. Full blocks of elements that lie side by
/// side are vectors in memory; all others go through a buffer on the stack.
class RowStream {
public:
  /// `loop` is that over the elements of a row.
  RowStream(mlir::OpBuilder &builder, mlir::Location loc, const Access &access,
            unsigned loop, int64_t width, bool masks);

  /// Begins a row of `size` elements at `offset` from the start of the memory.
  void startRow(mlir::OpFoldResult offset, mlir::OpFoldResult size);

  /// The elements of the block of `count` from `position` on. Behind these the
  /// vector holds anything.
  mlir::Value load(mlir::Value position, mlir::Value count);
  void store(mlir::Value vector, mlir::Value position, mlir::Value count);

  /// The element at `position`.
  mlir::Value loadOne(mlir::Value position);
  void storeOne(mlir::Value scalar, mlir::Value position);

private:
  bool isUnit() const;
  bool isBool() const;
  bool isWhole(mlir::Value count) const;
  /// `count` elements from `position` on.
  mlir::Value viewOf(mlir::Value position, mlir::OpFoldResult count);
  mlir::Value getBuffer();
  mlir::Value loadBools(mlir::Value position, mlir::Value count);

  mlir::OpBuilder &builder;
  mlir::Location loc;
  const Access &access;
  mlir::OpFoldResult stride;
  int64_t width;
  bool masks;
  mlir::Value buffer;
  // Of the row at hand.
  mlir::OpFoldResult offset;
  mlir::Value row;
};

} // namespace act

#endif // ACT_LIB_CONVERSION_TOLOOPS_ROWS_ROWSTREAM_H
