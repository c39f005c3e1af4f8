//===- MappedReads.cpp - Operands read through any map --------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file implements reads through maps such as 2 * i + k or i floordiv 2:
// the body computes the position of its element and loads it. The kernels of
// elements and of reductions take such bodies as they are.
//
//===----------------------------------------------------------------------===//

#include "MappedReads.h"

#include "mlir/Dialect/Affine/Utils.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "llvm/ADT/SmallBitVector.h"

using namespace mlir;
using namespace act;

/// Whether the body has to load `operand` itself.
static bool isMappedRead(linalg::GenericOp generic, OpOperand &operand) {
  return isa<MemRefType>(operand.get().getType()) &&
         !generic.getMatchingIndexingMap(&operand).isProjectedPermutation(
             /*allowZeroInResults=*/true);
}

/// The loops whose size a dimension of an operand with `map` is.
static void addSizedLoops(AffineMap map, llvm::SmallBitVector &loops) {
  for (AffineExpr expr : map.getResults())
    if (auto loop = dyn_cast<AffineDimExpr>(expr))
      loops.set(loop.getPosition());
}

/// The view of `memory` that has only the dimensions that are the sizes of
/// loops, and those loops. Nothing is read of it.
static std::pair<Value, AffineMap>
makeSizeCarrier(OpBuilder &builder, Location loc, Value memory, AffineMap map) {
  SmallVector<OpFoldResult> sizes;
  SmallVector<AffineExpr> loops;
  llvm::SmallBitVector seen(map.getNumDims());
  for (auto [dim, expr] : llvm::enumerate(map.getResults())) {
    auto loop = dyn_cast<AffineDimExpr>(expr);
    if (loop && !seen.test(loop.getPosition())) {
      seen.set(loop.getPosition());
      loops.push_back(expr);
      sizes.push_back(memref::getMixedSize(builder, loc, memory, dim));
    }
  }
  OpFoldResult zero = builder.getIndexAttr(0);
  SmallVector<OpFoldResult> strides(sizes.size(), zero);
  Value carrier = memref::ReinterpretCastOp::create(builder, loc, memory, zero,
                                                    sizes, strides);
  return {carrier,
          AffineMap::get(map.getNumDims(), 0, loops, builder.getContext())};
}

linalg::GenericOp act::loadMappedReads(RewriterBase &rewriter,
                                       linalg::GenericOp generic) {
  SmallVector<OpOperand *> mapped;
  llvm::SmallBitVector sized(generic.getNumLoops());
  SmallVector<Value> inputs;
  SmallVector<AffineMap> maps;
  for (OpOperand *input : generic.getDpsInputOperands()) {
    if (isMappedRead(generic, *input)) {
      mapped.push_back(input);
      continue;
    }
    inputs.push_back(input->get());
    maps.push_back(generic.getMatchingIndexingMap(input));
    addSizedLoops(maps.back(), sized);
  }
  if (mapped.empty())
    return generic;
  for (OpOperand &output : generic.getDpsInitsMutable())
    addSizedLoops(generic.getMatchingIndexingMap(&output), sized);

  Location loc = generic.getLoc();
  rewriter.setInsertionPoint(generic);
  SmallVector<Type> carriers;
  for (OpOperand *input : mapped) {
    if (sized.all())
      break;
    AffineMap map = generic.getMatchingIndexingMap(input);
    auto [carrier, loops] = makeSizeCarrier(rewriter, loc, input->get(), map);
    inputs.push_back(carrier);
    maps.push_back(loops);
    carriers.push_back(getElementTypeOrSelf(carrier.getType()));
    addSizedLoops(loops, sized);
  }
  for (OpOperand &output : generic.getDpsInitsMutable())
    maps.push_back(generic.getMatchingIndexingMap(&output));

  auto result = linalg::GenericOp::create(rewriter, loc, TypeRange(), inputs,
                                          generic.getOutputs(), maps,
                                          generic.getIteratorTypesArray());
  result->setDiscardableAttrs(generic->getDiscardableAttrDictionary());
  Region &body = result.getRegion();
  body.takeBody(generic.getRegion());
  Block &block = body.front();
  rewriter.setInsertionPointToStart(&block);
  SmallVector<Value> indices;
  for (unsigned loop = 0; loop < generic.getNumLoops(); ++loop)
    indices.push_back(linalg::IndexOp::create(rewriter, loc, loop));
  for (OpOperand *input : mapped) {
    SmallVector<Value> position;
    for (AffineExpr expr : generic.getMatchingIndexingMap(input).getResults())
      position.push_back(
          affine::expandAffineExpr(rewriter, loc, expr, indices, {}));
    Value element =
        memref::LoadOp::create(rewriter, loc, input->get(), position);
    block.getArgument(input->getOperandNumber()).replaceAllUsesWith(element);
  }
  for (OpOperand *input : llvm::reverse(mapped))
    block.eraseArgument(input->getOperandNumber());
  for (auto [number, type] : llvm::enumerate(carriers))
    block.insertArgument(inputs.size() - carriers.size() + number, type, loc);
  rewriter.eraseOp(generic);
  return result;
}
