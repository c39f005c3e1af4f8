//===- BlockDerivative.cpp - Derivatives of straight-line code ------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file implements the two walks over the operations of a block.
//
//===----------------------------------------------------------------------===//

#include "BlockDerivative.h"

#include "mlir/IR/IRMapping.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"

#include <map>

using namespace mlir;
using namespace act;

/// The derivatives of `values`, null where they are zero.
static SmallVector<Value> lookup(const Derivatives &derivatives,
                                 ValueRange values) {
  SmallVector<Value> found;
  for (Value value : values)
    found.push_back(derivatives.lookup(value));
  return found;
}

bool act::isRecomputed(Operation *op) {
  auto choice = op->getAttrOfType<StringAttr>(derivativeAttrName);
  return choice && choice.getValue() == "recompute" && isPure(op);
}

namespace {

/// Values that gradients compute again instead of using those of the program.
class Recomputation {
public:
  explicit Recomputation(DerivativeBuilder &builder) : builder(builder) {}

  /// `op`, or if it is to be computed again, or reads a value that is, a copy
  /// that reads that: gradients may use its results.
  Operation *copyToRead(Operation *op) {
    SmallVector<Value> operands;
    for (Value operand : op->getOperands())
      operands.push_back(lookup(operand));
    if (llvm::equal(operands, op->getOperands()) && !isRecomputed(op))
      return op;
    Operation *copy = builder.clone(*op);
    copy->setOperands(operands);
    return copy;
  }

  /// Erases what copyToRead() made, unless it is what computes `op` again.
  void erase(Operation *copy, Operation *op) {
    if (copy == op)
      return;
    if (isRecomputed(op) && !copy->use_empty() &&
        copies.try_emplace(op, copy).second) {
      copy->removeAttr(derivativeAttrName);
      builder.remember(copy);
      return;
    }
    for (auto [old, result] : llvm::zip(copy->getResults(), op->getResults()))
      if (!old.use_empty())
        old.replaceAllUsesWith(lookup(result));
    copy->erase();
  }

private:
  Value lookup(Value value) {
    Operation *op = value.getDefiningOp();
    if (!op || !isRecomputed(op))
      return value;
    Operation *&copy = copies[op];
    if (!copy) {
      IRMapping mapping;
      for (Value operand : op->getOperands())
        mapping.map(operand, lookup(operand));
      copy = builder.clone(*op, mapping);
      copy->removeAttr(derivativeAttrName);
      builder.remember(copy);
    }
    return copy->getResult(cast<OpResult>(value).getResultNumber());
  }

  DerivativeBuilder &builder;
  /// A std::map: references stay valid while operands are looked up.
  std::map<Operation *, Operation *> copies;
};

} // namespace

LogicalResult act::pullBackBlock(DerivativeBuilder &builder,
                                 const Activity &activity,
                                 Derivatives &cotangents) {
  Recomputation recomputation(builder);
  for (Operation *op : llvm::reverse(activity.operations())) {
    SmallVector<Value> given = lookup(cotangents, op->getResults());
    if (llvm::none_of(given, [](Value value) { return bool(value); }))
      continue;
    llvm::BitVector wanted = activity.activeOperands(op);
    SmallVector<Value> gradients(op->getNumOperands());
    Operation *read = recomputation.copyToRead(op);
    if (failed(cast<DifferentiableOpInterface>(read).pullBack(
            builder, given, wanted, gradients)))
      return failure();
    recomputation.erase(read, op);
    for (auto [operand, gradient] : llvm::zip(op->getOperands(), gradients)) {
      if (!gradient)
        continue;
      Value &sum = cotangents[operand];
      sum = builder.add(op->getLoc(), sum, gradient);
    }
  }
  return success();
}

LogicalResult act::pushForwardBlock(DerivativeBuilder &builder,
                                    const Activity &activity,
                                    Derivatives &tangents) {
  for (Operation *op : activity.operations()) {
    SmallVector<Value> given = lookup(tangents, op->getOperands());
    if (llvm::none_of(given, [](Value value) { return bool(value); }))
      continue;
    SmallVector<Value> results(op->getNumResults());
    if (failed(cast<DifferentiableOpInterface>(op).pushForward(builder, given,
                                                               results)))
      return failure();
    for (auto [result, tangent] : llvm::zip(op->getResults(), results))
      if (tangent)
        tangents[result] = tangent;
  }
  return success();
}

void act::eraseDeadOperations(Block &block) {
  for (Operation &op : llvm::make_early_inc_range(llvm::reverse(block)))
    if (isOpTriviallyDead(&op))
      op.erase();
}
