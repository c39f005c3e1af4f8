//===- ElementIndex.cpp - Numbers of elements -----------------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file counts elements by the loops around them.
//
//===----------------------------------------------------------------------===//

#include "ElementIndex.h"

#include "Act/IR/Act.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Linalg/Utils/Utils.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"
#include "llvm/ADT/SetVector.h"

using namespace mlir;
using namespace act;

/// What each dimension of a tensor is counted by; none where it has size 1.
using Loops = SmallVector<std::optional<unsigned>>;

/// The number of turns of a loop, before `generic`.
static Value makeExtent(RewriterBase &rewriter, linalg::GenericOp generic,
                        unsigned loop) {
  AffineExpr wanted = rewriter.getAffineDimExpr(loop);
  for (OpOperand &operand : generic->getOpOperands()) {
    ArrayRef<AffineExpr> exprs =
        generic.getMatchingIndexingMap(&operand).getResults();
    auto *found = llvm::find(exprs, wanted);
    if (found != exprs.end())
      return linalg::createOrFoldDimOp(rewriter, generic.getLoc(),
                                       operand.get(), found - exprs.begin());
  }
  llvm_unreachable("each loop runs along a dimension of an operand");
}

/// Replaces `op`, and erases what computed its operands for it alone.
static void replaceIndex(RewriterBase &rewriter, ElementIndexOp op,
                         Value number) {
  llvm::SetVector<Value> operands(op.getIndices().begin(),
                                  op.getIndices().end());
  rewriter.replaceOp(op, number);
  while (!operands.empty()) {
    Operation *definition = operands.pop_back_val().getDefiningOp();
    if (!definition || !isOpTriviallyDead(definition))
      continue;
    operands.insert(definition->operand_begin(), definition->operand_end());
    rewriter.eraseOp(definition);
  }
}

/// Whether all loops, one after the other, count the same.
static bool isCountedByAll(linalg::GenericOp generic, const Loops &loops) {
  if (loops.size() != generic.getNumLoops())
    return false;
  SmallVector<int64_t> extents = generic.getStaticLoopRanges();
  for (auto [number, loop] : llvm::enumerate(loops))
    if (loop ? *loop != number : extents[number] != 1)
      return false;
  return true;
}

static SmallVector<ElementIndexOp> findIndices(linalg::GenericOp generic) {
  return llvm::to_vector(generic.getBody()->getOps<ElementIndexOp>());
}

void act::countByLoops(RewriterBase &rewriter, linalg::GenericOp generic) {
  if (generic.getNumParallelLoops() != generic.getNumLoops() ||
      !generic.getMatchingIndexingMap(generic.getDpsInitOperand(0))
           .isPermutation())
    return;
  for (ElementIndexOp op : findIndices(generic)) {
    if (op.getIndices().empty() || !isCountedByAll(generic, op.getLoops()))
      continue;
    rewriter.setInsertionPoint(op);
    replaceIndex(rewriter, op,
                 ElementIndexOp::create(rewriter, op.getLoc(), ValueRange()));
  }
}

void act::expandElementIndices(RewriterBase &rewriter,
                               linalg::GenericOp generic) {
  for (ElementIndexOp op : findIndices(generic)) {
    Location loc = op.getLoc();
    Loops loops = op.getLoops();
    if (loops.empty())
      llvm::append_range(loops, llvm::seq<unsigned>(0, generic.getNumLoops()));
    rewriter.setInsertionPoint(generic);
    SmallVector<Value> extents;
    for (std::optional<unsigned> loop : loops)
      extents.push_back(loop ? makeExtent(rewriter, generic, *loop) : Value());
    rewriter.setInsertionPoint(op);
    Value number = arith::ConstantIndexOp::create(rewriter, loc, 0);
    for (auto [loop, extent] : llvm::zip(loops, extents)) {
      if (!loop)
        continue;
      number = arith::MulIOp::create(rewriter, loc, number, extent);
      number = arith::AddIOp::create(
          rewriter, loc, number, linalg::IndexOp::create(rewriter, loc, *loop));
    }
    replaceIndex(rewriter, op,
                 arith::IndexCastOp::create(rewriter, loc,
                                            rewriter.getI64Type(), number));
  }
}
