//===- GenericLoops.cpp - The loops of linalg.generic ---------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file looks at the loops of operations.
//
//===----------------------------------------------------------------------===//

#include "GenericLoops.h"

#include "IterationSpace.h"

#include "mlir/Transforms/RegionUtils.h"

using namespace mlir;
using namespace act;

bool act::isElementwiseInMemory(linalg::GenericOp generic) {
  if (!generic.hasPureBufferSemantics() ||
      generic.getNumLoops() != generic.getNumParallelLoops())
    return false;
  return llvm::all_of(generic->getOpOperands(), [&](OpOperand &operand) {
    AffineMap map = generic.getMatchingIndexingMap(&operand);
    return isPlainOperand(operand.get()) &&
           (generic.isDpsInit(&operand)
                ? map.isPermutation()
                : map.isProjectedPermutation(/*allowZeroInResults=*/true));
  });
}

SmallVector<unsigned> act::outputLoops(linalg::GenericOp generic) {
  AffineMap map = generic.getMatchingIndexingMap(generic.getDpsInitOperand(0));
  SmallVector<unsigned> loops;
  for (AffineExpr expr : map.getResults())
    loops.push_back(cast<AffineDimExpr>(expr).getPosition());
  return loops;
}

SmallVector<Value> act::outsideValues(linalg::GenericOp generic) {
  llvm::SetVector<Value> values;
  getUsedValuesDefinedAbove(generic->getRegions(), values);
  return values.takeVector();
}
