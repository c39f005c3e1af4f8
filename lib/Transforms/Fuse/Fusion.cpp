//===- Fusion.cpp - What fusing patterns share ----------------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file implements remarks of fusions and their common preconditions.
//
//===----------------------------------------------------------------------===//

#include "Fusion.h"

#include "mlir/IR/TypeUtilities.h"
#include "mlir/Interfaces/FunctionInterfaces.h"

using namespace mlir;
using namespace act;

remark::RemarkOpts act::remarkOptions(const Pattern &pattern, Operation *op) {
  auto function = op->getParentOfType<FunctionOpInterface>();
  return remark::RemarkOpts::name(pattern.getDebugName())
      .category(fuseRemarkCategory)
      .function(function ? function.getName() : StringRef());
}

void act::remarkFused(const Pattern &pattern, Operation *op,
                      const Twine &what) {
  remark::passed(op->getLoc(), remarkOptions(pattern, op))
      << (what + " became '" + nameOf(op) + "'").str();
}

StringRef act::nameOf(Operation *op) { return op->getName().getStringRef(); }

LogicalResult act::checkSoleUser(PatternRewriter &rewriter, Operation *part,
                                 Operation *user, Operation *root) {
  root = root ? root : user;
  for (Operation *other : part->getUsers())
    if (other != user)
      return rewriter.notifyMatchFailure(root, [&](Diagnostic &diagnostic) {
        diagnostic << "'" << part->getName() << "' is also used by '"
                   << other->getName() << "' and would be computed twice";
      });
  return success();
}

LogicalResult act::checkSameBlock(PatternRewriter &rewriter, Operation *part,
                                  Operation *user) {
  if (part->getBlock() == user->getBlock())
    return success();
  return rewriter.notifyMatchFailure(user, [&](Diagnostic &diagnostic) {
    diagnostic << "'" << part->getName()
               << "' stands in another block, which may run less often";
  });
}

LogicalResult act::checkRounding(PatternRewriter &rewriter, Operation *op,
                                 Type type, const FuseOptions &options) {
  Type element = getElementTypeOrSelf(type);
  if (!options.strict || element.getIntOrFloatBitWidth() >= 32)
    return success();
  return rewriter.notifyMatchFailure(op, [&](Diagnostic &diagnostic) {
    diagnostic << "'strict' keeps the rounding to " << element
               << " between the operations";
  });
}

LogicalResult act::checkSameBits(PatternRewriter &rewriter, Operation *op,
                                 const FuseOptions &options) {
  if (!options.strict)
    return success();
  return rewriter.notifyMatchFailure(
      op, "'strict' keeps every bit of the results, which are more accurate "
          "when fused");
}

Operation *act::findCommonPlace(PatternRewriter &rewriter, Operation *one,
                                Operation *other, ArrayRef<Value> operands) {
  Operation *first = one->isBeforeInBlock(other) ? one : other;
  Operation *second = first == one ? other : one;
  Block *block = first->getBlock();
  auto isLate = [&](Value operand) {
    Operation *definition = operand.getDefiningOp();
    return definition && definition->getBlock() == block &&
           !definition->isBeforeInBlock(first);
  };
  if (llvm::none_of(operands, isLate))
    return first;
  for (Operation *user : first->getUsers())
    if (block->findAncestorOpInBlock(*user)->isBeforeInBlock(second)) {
      (void)rewriter.notifyMatchFailure(one, [&](Diagnostic &diagnostic) {
        diagnostic << "'" << user->getName() << "' needs the result of '"
                   << first->getName() << "' before '" << second->getName()
                   << "' can run";
      });
      return nullptr;
    }
  return second;
}
