//===- Destinations.cpp - Destinations of row-wise ops --------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file implements how row-wise operations get destinations.
//
//===----------------------------------------------------------------------===//

#include "../Dimensions.h"
#include "ToLinalg.h"

#include "mlir/Dialect/Tensor/IR/Tensor.h"

using namespace mlir;
using namespace act;

void act::addDestinations(RewriterBase &rewriter, RowwiseOpInterface op) {
  rewriter.setInsertionPoint(op);
  SmallVector<Value> outs;
  for (Value result : op->getResults()) {
    auto type = cast<RankedTensorType>(result.getType());
    SmallVector<OpFoldResult> sizes;
    for (int64_t dim = 0; dim != type.getRank(); ++dim)
      sizes.push_back(
          materialize(rewriter, op.getLoc(), traceDimension(result, dim)));
    Value empty = tensor::EmptyOp::create(rewriter, op.getLoc(), sizes,
                                          type.getElementType());
    // A size may be known by now that the type does not show.
    if (empty.getType() != type)
      empty = tensor::CastOp::create(rewriter, op.getLoc(), type, empty);
    outs.push_back(empty);
  }
  rewriter.modifyOpInPlace(op, [&] { op.getOutsMutable().assign(outs); });
}
