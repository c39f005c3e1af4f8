//===- BlockCounts.h - How long the blocks of a row are ---------*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares what is known of the number of elements that a row has
// from a block of a thread on. Comparing it with constants takes one
// instruction of 32 bits, without computing the number itself.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_CONVERSION_TOGPU_ROWS_BLOCKCOUNTS_H
#define ACT_LIB_CONVERSION_TOGPU_ROWS_BLOCKCOUNTS_H

#include "mlir/IR/Builders.h"
#include "llvm/ADT/DenseMap.h"

namespace act {

/// Where the elements of a block lie along the row: runs of neighbours, and
/// `step` from one run to the next.
struct BlockLayout {
  int64_t run, step;

  int64_t offsetOf(int64_t element) const {
    return element / run * step + element % run;
  }
};

class BlockCounts {
public:
  BlockCounts(mlir::OpBuilder &builder, mlir::Location loc, BlockLayout layout)
      : builder(builder), loc(loc), layout(layout) {}

  const BlockLayout &getLayout() const { return layout; }
  /// What stands for the count of a block, of type index, that begins `start`
  /// elements behind the place from which on the row has `rest`, an i32, which
  /// may be negative.
  mlir::Value add(mlir::Value rest, int64_t start);
  /// i1: whether a block has more than `number` elements; null if it is known
  /// to.
  mlir::Value exceeds(mlir::Value count, int64_t number);
  /// i1 for each of `width` elements of a block, `granule` of which, in one
  /// run, exist together: whether it exists; null if all do.
  mlir::Value makeMask(mlir::Value count, int64_t width, int64_t granule);

private:
  mlir::OpBuilder &builder;
  mlir::Location loc;
  BlockLayout layout;
  struct Count {
    mlir::Value rest;
    int64_t start;
  };
  llvm::DenseMap<mlir::Value, Count> counts;
};

} // namespace act

#endif // ACT_LIB_CONVERSION_TOGPU_ROWS_BLOCKCOUNTS_H
