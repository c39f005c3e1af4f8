//===- RowAhead.h - The maximum of the next row -----------------*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares the search for the maximum of a row while the terms of the
// row before are made. To compare takes little more than to read, and the loop
// over terms, which computes, reads for nothing.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_CONVERSION_TOLOOPS_ROWS_ROWAHEAD_H
#define ACT_LIB_CONVERSION_TOLOOPS_ROWS_ROWAHEAD_H

#include "RowStream.h"

namespace act {

class RowEmitter;

/// Notes the maxima of the next row: of each lane of one register, after each
/// granule of the row. The first granule after which a lane has its maximum has
/// the first element that is it.
class RowAhead {
public:
  /// Granules of which there are notes, and elements that these can have.
  static constexpr int64_t maxGranules = 64, longestRow = maxGranules << 18;

  /// `x` is the stream of the row ahead, with blocks of `width`, of which there
  /// are `lanes` in a register. `builder` stands before the loops over rows.
  RowAhead(RowEmitter &row, mlir::OpBuilder &builder, mlir::Location loc,
           mlir::FloatType type, int64_t width, int64_t lanes,
           std::unique_ptr<RowStream> x);

  /// Begins a row that is at `here` in x; the next one, if it `exists`, is at
  /// `next`. Otherwise that is any row.
  void startRow(mlir::Value here, mlir::Value next, mlir::Value exists,
                mlir::Value size);
  /// i1: whether the row at hand has been looked at.
  mlir::Value isNoted();

  /// What has been noted of the row at hand.
  struct Notes {
    /// The maxima of lanes, and the first granule that has each; in vectors of
    /// the width, in which lanes repeat.
    mlir::Value maxima, granules;
  };
  Notes emitNotes();
  /// The logarithm of the elements of a granule.
  mlir::Value getShift() { return shift; }

  /// The maxima of lanes before the first block.
  mlir::Value getInitial() { return lowest; }
  /// Looks at a block of the next row, given the maxima of lanes before it.
  mlir::Value visit(mlir::Value position, mlir::Value count,
                    mlir::Value before);
  /// Says that all of them have been looked at.
  void finish();

private:
  mlir::Value index(int64_t number);
  mlir::Value load(mlir::Value granule);
  mlir::Value addressOf(mlir::Value granule);
  mlir::Value repeat(mlir::Value lanes);

  RowEmitter &row;
  mlir::OpBuilder &builder;
  mlir::Location loc;
  int64_t width;
  mlir::VectorType lanesType;
  std::unique_ptr<RowStream> x;
  mlir::Value lowest;
  /// The maxima after each granule, and which row they are of.
  mlir::Value maxima, subject;
  // Of the row at hand.
  mlir::Value here, next, exists, size;
  mlir::Value shift;
};

} // namespace act

#endif // ACT_LIB_CONVERSION_TOLOOPS_ROWS_ROWAHEAD_H
