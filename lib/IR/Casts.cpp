//===- Casts.cpp - Values in the place of results -------------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Act/IR/Casts.h"

#include "mlir/Dialect/Tensor/IR/Tensor.h"

using namespace mlir;

void act::replaceWithCasts(RewriterBase &rewriter, Operation *op,
                           ValueRange values) {
  SmallVector<Value> results;
  for (auto [value, result] : llvm::zip_equal(values, op->getResults())) {
    if (value.getType() != result.getType())
      value = tensor::CastOp::create(rewriter, op->getLoc(), result.getType(),
                                     value);
    results.push_back(value);
  }
  rewriter.replaceOp(op, results);
}
