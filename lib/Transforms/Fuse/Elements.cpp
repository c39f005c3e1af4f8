//===- Elements.cpp - What an element of a tensor is ----------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file implements how patterns look through linalg operations.
//
//===----------------------------------------------------------------------===//

#include "Elements.h"
#include "Numbers.h"

#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"

using namespace mlir;
using namespace act;

Element act::elementOf(Value tensor) {
  int64_t rank = cast<RankedTensorType>(tensor.getType()).getRank();
  return {tensor, AffineMap::getMultiDimIdentityMap(rank, tensor.getContext())};
}

/// The linalg operation on tensors whose body holds the argument, or null.
static linalg::LinalgOp getLinalg(BlockArgument argument) {
  auto op =
      dyn_cast_if_present<linalg::LinalgOp>(argument.getOwner()->getParentOp());
  return op && op.hasPureTensorSemantics() ? op : linalg::LinalgOp();
}

/// Positions in the source, where only dimensions of size 1 were added.
static std::optional<AffineMap> undoExpand(tensor::ExpandShapeOp expand,
                                           AffineMap map) {
  SmallVector<AffineExpr> exprs;
  for (const ReassociationIndices &group : expand.getReassociationIndices()) {
    AffineExpr expr = getAffineConstantExpr(0, map.getContext());
    unsigned found = 0;
    for (int64_t dim : group) {
      if (expand.getResultType().getDimSize(dim) == 1)
        continue;
      expr = map.getResult(dim);
      ++found;
    }
    if (found > 1)
      return std::nullopt;
    exprs.push_back(expr);
  }
  return AffineMap::get(map.getNumDims(), 0, exprs, map.getContext());
}

/// What each element of the result is a copy of, in the body, or null.
static Value getCopied(OpResult result) {
  auto op = dyn_cast<linalg::LinalgOp>(result.getOwner());
  if (!op || !op.hasPureTensorSemantics() || op.getNumReductionLoops() ||
      !op.getIndexingMapMatchingResult(result).isIdentity())
    return nullptr;
  Operation *yield = op.getBlock()->getTerminator();
  auto copied =
      dyn_cast<BlockArgument>(yield->getOperand(result.getResultNumber()));
  if (!copied || copied.getOwner() != op.getBlock() ||
      op.isDpsInit(&op->getOpOperand(copied.getArgNumber())))
    return nullptr;
  return copied;
}

bool act::isCopy(Operation *op) {
  if (isa<tensor::CastOp, tensor::ExpandShapeOp>(op))
    return true;
  return op->getNumResults() == 1 && getCopied(op->getResult(0));
}

Element act::resolve(Element element) {
  while (true) {
    if (auto argument = dyn_cast<BlockArgument>(element.value)) {
      linalg::LinalgOp op = getLinalg(argument);
      if (!op || argument.getArgNumber() >= op->getNumOperands())
        return element;
      OpOperand &operand = op->getOpOperand(argument.getArgNumber());
      if (op.isDpsInit(&operand))
        return element;
      element = {operand.get(),
                 op.getMatchingIndexingMap(&operand).compose(element.map)};
      continue;
    }
    if (Value copied = getCopied(cast<OpResult>(element.value))) {
      element.value = copied;
      continue;
    }
    if (auto cast = element.value.getDefiningOp<tensor::CastOp>()) {
      if (!isa<RankedTensorType>(cast.getSource().getType()))
        return element;
      element.value = cast.getSource();
      continue;
    }
    auto expand = element.value.getDefiningOp<tensor::ExpandShapeOp>();
    std::optional<AffineMap> map =
        expand ? undoExpand(expand, element.map) : std::nullopt;
    if (!map)
      return element;
    element = {expand.getSrc(), *map};
  }
}

std::optional<Definition> act::define(Element element) {
  Definition definition;
  element = resolve(element);
  while (auto result = dyn_cast<OpResult>(element.value)) {
    auto op = dyn_cast<linalg::LinalgOp>(result.getOwner());
    if (!op)
      break;
    if (!op.hasPureTensorSemantics() || op.getNumReductionLoops() ||
        !op.getIndexingMapMatchingResult(result).isIdentity())
      return std::nullopt;
    definition.parts.push_back(op);
    Operation *yield = op.getBlock()->getTerminator();
    element =
        resolve({yield->getOperand(result.getResultNumber()), element.map});
  }
  definition.op = element.value.getDefiningOp();
  if (!definition.op)
    return std::nullopt;
  if (isa<RankedTensorType>(element.value.getType())) {
    if (!OpTrait::hasElementwiseMappableTraits(definition.op))
      return std::nullopt;
    definition.parts.push_back(definition.op);
  }
  for (Value operand : definition.op->getOperands())
    definition.operands.push_back(resolve({operand, element.map}));
  return definition;
}

std::optional<double> act::findNumber(Element element) {
  return findNumber(resolve(element).value);
}

bool act::areEqual(Element one, Element other, unsigned depth) {
  one = resolve(one);
  other = resolve(other);
  if (one.value == other.value &&
      (one.map == other.map || !isa<RankedTensorType>(one.value.getType())))
    return one.map == other.map || bool(findNumber(one.value));
  std::optional<double> number = findNumber(one.value);
  if (number && number == findNumber(other.value))
    return true;
  if (depth == 0)
    return false;
  std::optional<Definition> left = define(one), right = define(other);
  if (!left || !right || left->op->getName() != right->op->getName() ||
      left->op->getAttrDictionary() != right->op->getAttrDictionary() ||
      left->operands.size() != right->operands.size() ||
      left->op->getNumRegions() || left->op->getNumResults() != 1 ||
      !isMemoryEffectFree(left->op))
    return false;
  return llvm::all_of(llvm::zip(left->operands, right->operands),
                      [&](auto operands) {
                        auto [a, b] = operands;
                        return areEqual(a, b, depth - 1);
                      });
}

/// The loops of a reduction as functions of the points where its result is
/// read by `access`, and the dimension of the space that the reduced loop runs
/// along: the one on which the result does not depend, or a further one.
static std::optional<std::pair<AffineMap, int64_t>>
alignLoops(AffineMap output, ArrayRef<int64_t> shape, AffineMap access,
           unsigned reduced) {
  unsigned rank = access.getNumDims();
  SmallVector<AffineExpr> loops(output.getNumDims());
  llvm::SmallBitVector isUsed(rank + 1);
  for (auto [position, expr, size] :
       llvm::zip(access.getResults(), output.getResults(), shape)) {
    auto loop = dyn_cast<AffineDimExpr>(expr);
    if (!loop) {
      // All other positions hold what the reduction began with.
      if (size != 1 && position != expr)
        return std::nullopt;
      continue;
    }
    auto dim = dyn_cast<AffineDimExpr>(position);
    if (!dim || isUsed.test(dim.getPosition()))
      return std::nullopt;
    isUsed.set(dim.getPosition());
    loops[loop.getPosition()] = dim;
  }
  unsigned dim = isUsed.find_first_unset();
  if (isUsed.count() + (dim == rank ? 0 : 1) != rank)
    return std::nullopt;
  loops[reduced] = getAffineDimExpr(dim, access.getContext());
  if (llvm::is_contained(loops, AffineExpr()))
    return std::nullopt;
  return {
      {AffineMap::get(std::max(rank, dim + 1), 0, loops, access.getContext()),
       dim}};
}

std::optional<RowCombination> act::findRowCombination(Element element) {
  element = resolve(element);
  auto op = element.value.getDefiningOp<linalg::LinalgOp>();
  if (!op || !op.hasPureTensorSemantics() || op->getNumResults() != 1 ||
      op.getNumReductionLoops() != 1)
    return std::nullopt;
  SmallVector<unsigned> reduced;
  op.getReductionDims(reduced);
  OpOperand *init = op.getDpsInitOperand(0);
  auto aligned = alignLoops(op.getMatchingIndexingMap(init), op.getShape(init),
                            element.map, reduced.front());
  Block *body = op.getBlock();
  Operation *combiner = body->getTerminator()->getOperand(0).getDefiningOp();
  if (!aligned || !combiner || combiner->getNumOperands() != 2)
    return std::nullopt;
  Value sum = body->getArgument(init->getOperandNumber());
  Value left = combiner->getOperand(0), right = combiner->getOperand(1);
  if ((left == sum) == (right == sum) || !sum.hasOneUse())
    return std::nullopt;
  // A difference from the sum so far would change its sign with each term.
  if (left != sum && !combiner->hasTrait<OpTrait::IsCommutative>())
    return std::nullopt;
  return RowCombination{op, combiner, findNumber(init->get()),
                        resolve({left == sum ? right : left, aligned->first}),
                        aligned->second};
}

/// That what `part` computes, of which `op` may be a copy, serves parts only.
static LogicalResult checkUsers(PatternRewriter &rewriter, Operation *root,
                                ArrayRef<Operation *> parts, Operation *part,
                                Operation *op) {
  for (Operation *user : op->getUsers()) {
    Operation *owner = op->getBlock()->findAncestorOpInBlock(*user);
    if (llvm::is_contained(parts, owner) || owner == root ||
        isa<tensor::DimOp>(user))
      continue;
    if (!owner || !isCopy(owner))
      return rewriter.notifyMatchFailure(root, [&](Diagnostic &diagnostic) {
        diagnostic << "'" << part->getName() << "' is also used by '"
                   << user->getName() << "' and would be computed twice";
      });
    if (failed(checkUsers(rewriter, root, parts, part, owner)))
      return failure();
  }
  return success();
}

LogicalResult act::checkPartsServe(PatternRewriter &rewriter, Operation *root,
                                   ArrayRef<Operation *> parts) {
  for (Operation *part : parts)
    if (part != root && failed(checkUsers(rewriter, root, parts, part, part)))
      return failure();
  return success();
}
