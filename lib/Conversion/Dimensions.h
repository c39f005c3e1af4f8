//===- Dimensions.h - Where a dimension comes from --------------*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares the tracing of dimensions back to where they come from, so
// that nobody needs a tensor only to know its size.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_CONVERSION_DIMENSIONS_H
#define ACT_LIB_CONVERSION_DIMENSIONS_H

#include "mlir/IR/Builders.h"
#include "mlir/IR/OpDefinition.h"

namespace act {

/// The origin of a dimension: `size`, a constant or an index value; or, if that
/// is null, the dimension `index` of `tensor`, which is an argument or the
/// result of an operation that cannot be seen through. The dimension meant is
/// that, divided by `divisor` and rounded down.
struct Dimension {
  mlir::OpFoldResult size;
  mlir::Value tensor;
  int64_t index = 0;
  int64_t divisor = 1;

  bool operator==(const Dimension &other) const {
    return size == other.size && tensor == other.tensor &&
           index == other.index && divisor == other.divisor;
  }
};

/// Traces dimension `index` of `tensor`, a ranked tensor, back through
/// elementwise operations, destinations, casts, reshapes, and the branches and
/// loops that leave it as it was.
Dimension traceDimension(mlir::Value tensor, int64_t index);

/// A number as a dimension: that of a tensor where it is one.
Dimension traceNumber(mlir::OpFoldResult number);

/// Half the dimension, rounded down.
Dimension halve(const Dimension &dimension);

/// `size` divided by `divisor`, rounded down.
mlir::Value divide(mlir::OpBuilder &builder, mlir::Location loc,
                   mlir::Value size, int64_t divisor);

/// The dimension as a constant or an index value at the insertion point.
mlir::OpFoldResult materialize(mlir::OpBuilder &builder, mlir::Location loc,
                               const Dimension &dimension);

/// The sizes that tensor.empty and its like take for `type`: those of the
/// dimensions of `tensor` that `type` does not know.
llvm::SmallVector<mlir::Value> dynamicSizes(mlir::OpBuilder &builder,
                                            mlir::Location loc,
                                            mlir::RankedTensorType type,
                                            mlir::Value tensor);

/// In `root`, what is asked of a cast is asked of its source, and what the
/// types of memrefs say is constant.
void foldMetadata(mlir::Operation *root);

} // namespace act

#endif // ACT_LIB_CONVERSION_DIMENSIONS_H
