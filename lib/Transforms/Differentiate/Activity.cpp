//===- Activity.cpp - What a derivative concerns --------------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file implements the analysis: one walk forward from the inputs, one
// backward from the outputs.
//
//===----------------------------------------------------------------------===//

#include "Activity.h"

#include "Act/IR/Act.h"

#include "mlir/Interfaces/CallInterfaces.h"
#include "mlir/Interfaces/ControlFlowInterfaces.h"
#include "mlir/Transforms/RegionUtils.h"
#include "llvm/ADT/SetVector.h"

using namespace mlir;
using namespace act;

/// The operands of `op`, and what its regions use besides.
static llvm::SetVector<Value> sourcesOf(Operation *op) {
  llvm::SetVector<Value> sources;
  sources.insert(op->operand_begin(), op->operand_end());
  if (op->getNumRegions())
    getUsedValuesDefinedAbove(op->getRegions(), sources);
  return sources;
}

/// What the results of `op` depend on. A logsumexp that is handed to a backward
/// operation only saves work: the derivative is that of x.
static llvm::SetVector<Value> dependenciesOf(Operation *op) {
  llvm::SetVector<Value> sources = sourcesOf(op);
  if (auto rows = dyn_cast<RowwiseOpInterface>(op))
    if (Value lse = rows.getLse())
      sources.remove(lse);
  return sources;
}

/// Whether a result of this type and position may have a derivative.
static bool hasDerivative(OpResult result) {
  if (!isDifferentiable(result.getType()))
    return false;
  auto known = dyn_cast<DifferentiableOpInterface>(result.getOwner());
  return !known || known.hasDerivative(result.getResultNumber());
}

/// Whether `op`, or what runs within it, makes integers of the bits of numbers.
static bool readsBits(Operation *op) {
  WalkResult walk = op->walk([](Operation *inner) {
    if (auto call = dyn_cast<CallOpInterface>(inner)) {
      auto callee =
          dyn_cast_or_null<CallableOpInterface>(call.resolveCallable());
      Region *body = callee ? callee.getCallableRegion() : nullptr;
      // A call of itself is an error of its own.
      if (!body || body->isAncestor(inner->getParentRegion()))
        return WalkResult::advance();
      for (Operation &called : body->getOps())
        if (readsBits(&called))
          return WalkResult::interrupt();
      return WalkResult::advance();
    }
    bool isOfBits = inner->getName().stripDialect() == "bitcast" &&
                    isDifferentiable(inner->getOperand(0).getType());
    return isOfBits ? WalkResult::interrupt() : WalkResult::advance();
  });
  return walk.wasInterrupted();
}

/// Whether a result that depends on differentiated values holds their digits in
/// a form that has no derivative: memory, unranked tensors, complex numbers,
/// and the bits of numbers and what integers are made of these. A comparison of
/// bits is a comparison.
static bool isDisguise(OpResult result,
                       const llvm::DenseSet<Value> &disguised) {
  Type type = getElementTypeOrSelf(result.getType());
  if (isDifferentiable(result.getType()) || type.isInteger(1))
    return false;
  if (isa<FloatType, ComplexType>(type))
    return true;
  Operation *op = result.getOwner();
  if (!type.isIntOrIndex())
    return false;
  if (readsBits(op))
    return true;
  return llvm::any_of(dependenciesOf(op), [&](Value operand) {
    return disguised.contains(operand) &&
           getElementTypeOrSelf(operand.getType()).isIntOrIndex();
  });
}

/// The operations of `block`, in order.
static SmallVector<Operation *> operationsOf(Block &block) {
  SmallVector<Operation *> operations;
  for (Operation &op : block)
    operations.push_back(&op);
  return operations;
}

Activity::Activity(Block &block, ValueRange inputs, ValueRange outputs)
    : Activity(operationsOf(block), inputs, outputs) {}

Activity::Activity(ArrayRef<Operation *> operations, ValueRange inputs,
                   ValueRange outputs) {
  active.insert(inputs.begin(), inputs.end());
  for (Operation *op : operations) {
    bool isReached = llvm::any_of(dependenciesOf(op), [&](Value source) {
      return active.contains(source) || disguised.contains(source);
    });
    if (!isReached)
      continue;
    for (OpResult result : op->getResults())
      if (hasDerivative(result))
        active.insert(result);
      else if (isDisguise(result, disguised))
        disguised.insert(result);
  }
  for (Value output : outputs)
    if (active.contains(output))
      useful.insert(output);
  for (Operation *op : llvm::reverse(operations)) {
    bool isOnPath = llvm::any_of(op->getResults(), [&](Value result) {
      return useful.contains(result) &&
             (active.contains(result) || disguised.contains(result));
    });
    if (!isOnPath)
      continue;
    path.push_back(op);
    for (Value source : dependenciesOf(op))
      if (isDifferentiable(source.getType()) || disguised.contains(source))
        useful.insert(source);
  }
  std::reverse(path.begin(), path.end());
}

llvm::BitVector Activity::activeOperands(Operation *op) const {
  llvm::BitVector operands(op->getNumOperands());
  for (OpOperand &operand : op->getOpOperands())
    if (isActive(operand.get()))
      operands.set(operand.getOperandNumber());
  return operands;
}

LogicalResult Activity::verify(Operation *op) const {
  for (Value result : op->getResults())
    if (disguised.contains(result) && useful.contains(result)) {
      InFlightDiagnostic diagnostic =
          op->emitError() << "'" << op->getName()
                          << "' cannot be differentiated: its result of type "
                          << result.getType() << " has no derivative";
      diagnostic.attachNote() << "differentiate only by arguments that do not "
                                 "reach it (option args=)";
      return failure();
    }
  if (!isa<DifferentiableOpInterface>(op)) {
    InFlightDiagnostic diagnostic =
        op->emitError() << "'" << op->getName() << "' cannot be differentiated";
    if (isa<RegionBranchOpInterface>(op))
      diagnostic << ": it is control flow";
    diagnostic.attachNote()
        << "differentiate only by arguments that do not reach it (option "
           "args=), or give the operation a DifferentiableOpInterface";
    return failure();
  }
  // What a region uses has no gradient to be returned in, nor has an operand
  // that it uses besides.
  llvm::SetVector<Value> captured;
  getUsedValuesDefinedAbove(op->getRegions(), captured);
  for (Value source : captured)
    if (isActive(source)) {
      InFlightDiagnostic diagnostic =
          op->emitError() << "'" << op->getName()
                          << "' cannot be differentiated: its body uses a "
                             "value from outside";
      diagnostic.attachNote(source.getLoc())
          << "this value; pass it as an operand";
      return failure();
    }
  // A result without a derivative that the outputs depend on.
  for (OpResult result : op->getResults())
    if (isDifferentiable(result.getType()) && useful.contains(result) &&
        !isActive(result))
      return op->emitError() << "result #" << result.getResultNumber()
                             << " of '" << op->getName()
                             << "' has no derivative, but a differentiated "
                                "value depends on it";
  return success();
}

LogicalResult Activity::verify() const {
  for (Operation *op : path)
    if (failed(verify(op)))
      return failure();
  return success();
}
