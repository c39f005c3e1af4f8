//===- Dropout.cpp - Dropout operations -----------------------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file implements the verifier, the shapes and the types of dropout and
// of its random words.
//
//===----------------------------------------------------------------------===//

#include "Dropout.h"
#include "RuleVerifier.h"

#include "Act/IR/Act.h"

#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/IR/Matchers.h"

using namespace mlir;
using namespace act;

LogicalResult act::verifyDropout(DropoutOpInterface op) {
  if (failed(verifyAttributeNames(op)))
    return failure();
  double p = op.getP();
  if (p >= 0 && p <= 1)
    return success();
  return op->emitOpError("attribute 'p' must lie in [0, 1], found ")
         << op->getAttr("p");
}

LogicalResult act::reifyAsOperand(Operation *op, OpBuilder &builder,
                                  ReifiedRankedShapedTypeDims &shapes) {
  shapes.push_back(
      tensor::getMixedSizes(builder, op->getLoc(), op->getOperand(0)));
  return success();
}

LogicalResult PhiloxOp::inferReturnTypes(MLIRContext *context,
                                         std::optional<Location> location,
                                         ValueRange operands, DictionaryAttr,
                                         OpaqueProperties, RegionRange,
                                         SmallVectorImpl<Type> &types) {
  if (operands.empty())
    return emitOptionalError(location, "'act.philox' op needs operands");
  Type word = IntegerType::get(context, 32);
  if (auto vector = dyn_cast<VectorType>(operands.back().getType()))
    word = vector.clone(word);
  types.append(4, word);
  return success();
}

/// The loop that `index` counts; through the maps of passes that renumber
/// loops.
static std::optional<unsigned> findLoop(Value index) {
  if (auto op = index.getDefiningOp<linalg::IndexOp>())
    return op.getDim();
  auto apply = index.getDefiningOp<affine::AffineApplyOp>();
  if (!apply)
    return std::nullopt;
  auto dim = dyn_cast<AffineDimExpr>(apply.getAffineMap().getResult(0));
  return dim ? findLoop(apply.getMapOperands()[dim.getPosition()])
             : std::nullopt;
}

SmallVector<std::optional<unsigned>> ElementIndexOp::getLoops() {
  return llvm::map_to_vector(getIndices(), findLoop);
}

LogicalResult ElementIndexOp::verify() {
  auto generic = dyn_cast_or_null<linalg::GenericOp>((*this)->getParentOp());
  if (!generic)
    return emitOpError("must stand in the body of 'linalg.generic'");
  for (auto [position, index] : llvm::enumerate(getIndices()))
    if (!matchPattern(index, m_Zero()) && !findLoop(index))
      return emitOpError("counts by the loops of 'linalg.generic': operand #")
             << position << " must be 'linalg.index' of one of them";
  if (!getIndices().empty())
    return success();
  // Its own verifier has not been there yet.
  SmallVector<AffineMap> maps = generic.getIndexingMapsArray();
  if (generic.getNumDpsInits() == 0 || maps.size() != generic->getNumOperands())
    return emitOpError("counts the elements of a result, and there is none");
  if (generic.getNumParallelLoops() != generic.getNumLoops() ||
      !maps[generic.getNumDpsInputs()].isPermutation())
    return emitOpError("counts the elements of a result: the loops must be "
                       "parallel and those of the first result's map");
  return success();
}
