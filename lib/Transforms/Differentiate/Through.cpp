//===- Through.cpp - Derivatives through other operations -----------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file implements derivatives through an expansion.
//
//===----------------------------------------------------------------------===//

#include "Through.h"

#include "BlockDerivative.h"

using namespace mlir;
using namespace act;

namespace {

/// Operations that were emitted for an expansion, and the results.
struct Expanded {
  SmallVector<Operation *> operations;
  SmallVector<Value> results;
};

} // namespace

/// Expands at the end of the builder's block. The operations are all new: what
/// the program computes already is not part of the expansion.
static Expanded expandAtEnd(DerivativeBuilder &builder, Expansion expand) {
  Block *block = builder.getInsertionBlock();
  Operation *last = block->empty() ? nullptr : &block->back();
  DerivativeBuilder inner(builder.getContext(), *block, builder.getCalls());
  Expanded expanded;
  expanded.results = expand(inner);
  auto begin = last ? std::next(Block::iterator(last)) : block->begin();
  for (Operation &op : llvm::make_range(begin, block->end()))
    expanded.operations.push_back(&op);
  return expanded;
}

LogicalResult act::pullBackThrough(DerivativeBuilder &builder, Operation *op,
                                   ArrayRef<Value> cotangents,
                                   const llvm::BitVector &wanted,
                                   MutableArrayRef<Value> gradients,
                                   Expansion expand) {
  Expanded expanded = expandAtEnd(builder, expand);
  SmallVector<Value> inputs;
  for (unsigned index : wanted.set_bits())
    inputs.push_back(op->getOperand(index));
  Activity activity(expanded.operations, inputs, expanded.results);
  if (failed(activity.verify()))
    return failure();
  Derivatives derivatives;
  for (auto [result, cotangent] : llvm::zip(expanded.results, cotangents))
    if (cotangent) {
      Value &sum = derivatives[result];
      sum = builder.add(op->getLoc(), sum, cotangent);
    }
  if (failed(pullBackBlock(builder, activity, derivatives)))
    return failure();
  // An operand that stands twice has its gradient once.
  for (unsigned index : wanted.set_bits()) {
    gradients[index] = derivatives.lookup(op->getOperand(index));
    derivatives.erase(op->getOperand(index));
  }
  return success();
}

LogicalResult act::pushForwardThrough(DerivativeBuilder &builder, Operation *op,
                                      ArrayRef<Value> tangents,
                                      MutableArrayRef<Value> results,
                                      Expansion expand) {
  Expanded expanded = expandAtEnd(builder, expand);
  SmallVector<Value> inputs;
  Derivatives derivatives;
  for (auto [operand, tangent] : llvm::zip(op->getOperands(), tangents))
    if (tangent) {
      inputs.push_back(operand);
      derivatives[operand] = tangent;
    }
  Activity activity(expanded.operations, inputs, expanded.results);
  if (failed(activity.verify()) ||
      failed(pushForwardBlock(builder, activity, derivatives)))
    return failure();
  for (auto [result, value] : llvm::zip(results, expanded.results))
    result = derivatives.lookup(value);
  return success();
}
