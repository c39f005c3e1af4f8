//===- VectorParts.cpp - Parts of vectors ---------------------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file implements parts of vectors.
//
//===----------------------------------------------------------------------===//

#include "VectorParts.h"

#include "mlir/Dialect/Vector/IR/VectorOps.h"

using namespace mlir;

Value act::sliceVector(OpBuilder &builder, Location loc, Value vector,
                       int64_t first, int64_t size) {
  return vector::ShuffleOp::create(
      builder, loc, vector, vector,
      llvm::to_vector(llvm::seq<int64_t>(first, first + size)));
}

Value act::concatenateVectors(OpBuilder &builder, Location loc,
                              ArrayRef<Value> parts) {
  if (parts.size() == 1)
    return parts.front();
  size_t half = parts.size() / 2;
  Value low = concatenateVectors(builder, loc, parts.take_front(half));
  Value high = concatenateVectors(builder, loc, parts.drop_front(half));
  int64_t size = 2 * cast<VectorType>(low.getType()).getNumElements();
  return vector::ShuffleOp::create(
      builder, loc, low, high, llvm::to_vector(llvm::seq<int64_t>(0, size)));
}
