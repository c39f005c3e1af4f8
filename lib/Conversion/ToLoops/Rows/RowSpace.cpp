//===- RowSpace.cpp - Rows and how operands lie in memory -----------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file implements the loops over the rows of an operation.
//
//===----------------------------------------------------------------------===//

#include "RowEmitter.h"

using namespace mlir;
using namespace act;

/// From the dimensions of x to those of an operand or output.
static AffineMap makeMap(RowwiseOpInterface op, RowExtent extent, Value value) {
  auto type = cast<MemRefType>(value.getType());
  auto x = cast<MemRefType>(op.getX().getType());
  MLIRContext *context = op->getContext();
  SmallVector<AffineExpr> results;
  for (int64_t dim = 0; dim < type.getRank(); ++dim) {
    std::optional<int64_t> data = findDataDim(extent, op.getRowDim(), dim);
    // Size 1 is repeated where x has another.
    if (data && (type.getDimSize(dim) != 1 || x.getDimSize(*data) == 1))
      results.push_back(getAffineDimExpr(*data, context));
    else
      results.push_back(getAffineConstantExpr(0, context));
  }
  return AffineMap::get(x.getRank(), 0, results, context);
}

IterationSpace act::makeRowSpace(OpBuilder &builder, RowwiseOpInterface op) {
  SmallVector<SpaceOperand> operands;
  for (auto [input, value] : llvm::zip(op.getRowInputs(), op.getInputs()))
    operands.push_back({value, makeMap(op, getRowExtent(op, input), value),
                        /*isOutput=*/false,
                        /*repeatsOnes=*/input == RowInput::Mask});
  for (auto [output, value] : llvm::zip(op.getRowOutputs(), op.getOuts()))
    operands.push_back({value, makeMap(op, getRowExtent(op, output), value),
                        /*isOutput=*/true});

  SmallVector<unsigned> order;
  unsigned rank = cast<MemRefType>(op.getX().getType()).getRank();
  for (unsigned dim = 0; dim < rank; ++dim)
    if (dim != op.getRowDim())
      order.push_back(dim);
  unsigned keep = order.size();
  if (rank > 0)
    order.push_back(op.getRowDim());
  IterationSpace space =
      makeIterationSpace(builder, op.getLoc(), operands, order, keep);

  // There is always a loop along the row, and one over rows.
  if (space.sizes.size() == space.numKept) {
    space.sizes.push_back(builder.getIndexAttr(1));
    for (Access &access : space.accesses)
      access.strides.push_back(builder.getIndexAttr(1));
  }
  if (space.numKept == 0) {
    space.numKept = 1;
    space.sizes.insert(space.sizes.begin(), builder.getIndexAttr(1));
    for (Access &access : space.accesses)
      access.strides.insert(access.strides.begin(), builder.getIndexAttr(0));
  }
  return space;
}
