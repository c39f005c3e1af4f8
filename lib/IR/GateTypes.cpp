//===- GateTypes.cpp - Types of gates -------------------------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file implements how the types of operands and results of gates belong
// together.
//
//===----------------------------------------------------------------------===//

#include "Act/IR/Act.h"

#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/Utils/StaticValueUtils.h"

using namespace mlir;
using namespace act;

int64_t act::getSplitDim(Type x, int64_t dim) {
  return dim < 0 ? dim + cast<ShapedType>(x).getRank() : dim;
}

//===----------------------------------------------------------------------===//
// Inference
//===----------------------------------------------------------------------===//

/// The type of the parts of `x`, or null with an error.
static Type splitType(function_ref<InFlightDiagnostic()> emitError, Type x,
                      int64_t dim) {
  auto shaped = dyn_cast<ShapedType>(x);
  int64_t rank = shaped ? shaped.getRank() : 0;
  if (rank == 0) {
    emitError() << "needs a tensor or vector of rank 1 or more to split, found "
                << x;
    return nullptr;
  }
  if (dim < -rank || dim >= rank) {
    emitError() << "attribute 'dim' must lie in [" << -rank << ", " << rank
                << ") for rank " << rank << ", found " << dim;
    return nullptr;
  }
  int64_t split = getSplitDim(x, dim);
  SmallVector<int64_t> shape(shaped.getShape());
  if (ShapedType::isDynamic(shape[split]))
    return x;
  if (shape[split] % 2 != 0) {
    emitError() << "halving dimension must be even, got " << shape[split];
    return nullptr;
  }
  shape[split] /= 2;
  if (auto vector = dyn_cast<VectorType>(x))
    return VectorType::get(shape, vector.getElementType(),
                           vector.getScalableDims());
  return shaped.clone(shape);
}

LogicalResult act::inferSplitType(std::optional<Location> location, Type x,
                                  int64_t dim, SmallVectorImpl<Type> &types) {
  MLIRContext *context = x.getContext();
  auto emitError = [&] {
    return mlir::emitError(location.value_or(UnknownLoc::get(context)));
  };
  Type part = splitType(emitError, x, dim);
  if (!part)
    return failure();
  types.push_back(part);
  return success();
}

//===----------------------------------------------------------------------===//
// Verification
//===----------------------------------------------------------------------===//

static LogicalResult verifyPair(Operation *op, Type g, Type u) {
  if (g == u)
    return success();
  return op->emitOpError("operands g and u must have one type, found ")
         << g << " and " << u;
}

static LogicalResult verifyResult(Operation *op, StringRef name, Type expected,
                                  Type found) {
  if (expected == found)
    return success();
  return op->emitOpError("result ")
         << name << " must have the type of its operand " << expected
         << ", found " << found;
}

/// The gradient of the result, which has the shape `part`.
static LogicalResult verifyCotangent(Operation *op, Type part, Type dy) {
  if (haveFittingShapes(part, dy))
    return success();
  return op->emitOpError("operand dy must have the shape of ")
         << part << ", found " << dy;
}

static LogicalResult verifyForward(Operation *op, Type part, Type y) {
  if (haveSameShapes(part, y))
    return success();
  return op->emitOpError("result must have the shape of ")
         << part << ", found " << y;
}

LogicalResult act::verifyFittingGateTypes(Operation *op) {
  auto emitError = [&] { return op->emitOpError(); };
  if (auto gate = dyn_cast<GateOp>(op)) {
    Type g = gate.getG().getType();
    return success(succeeded(verifyPair(op, g, gate.getU().getType())) &&
                   succeeded(verifyForward(op, g, gate.getY().getType())));
  }
  if (auto gate = dyn_cast<GateBackwardOp>(op)) {
    Type g = gate.getG().getType();
    return success(
        succeeded(verifyPair(op, g, gate.getU().getType())) &&
        succeeded(verifyCotangent(op, g, gate.getDy().getType())) &&
        succeeded(verifyResult(op, "dg", g, gate.getDg().getType())) &&
        succeeded(verifyResult(op, "du", g, gate.getDu().getType())));
  }
  if (auto glu = dyn_cast<GluOp>(op)) {
    Type part = splitType(emitError, glu.getX().getType(), glu.getDim());
    return success(part &&
                   succeeded(verifyForward(op, part, glu.getY().getType())));
  }
  auto glu = cast<GluBackwardOp>(op);
  Type x = glu.getX().getType();
  Type part = splitType(emitError, x, glu.getDim());
  return success(part &&
                 succeeded(verifyCotangent(op, part, glu.getDy().getType())) &&
                 succeeded(verifyResult(op, "dx", x, glu.getDx().getType())));
}

//===----------------------------------------------------------------------===//
// Reification
//===----------------------------------------------------------------------===//

LogicalResult act::reifyGateShapes(Operation *op, OpBuilder &builder,
                                   ReifiedRankedShapedTypeDims &shapes) {
  // The last operand is g or u, or x.
  Value source = op->getOperands().back();
  if (!isa<RankedTensorType>(source.getType()))
    return failure();
  Location loc = op->getLoc();
  SmallVector<OpFoldResult> sizes = tensor::getMixedSizes(builder, loc, source);
  if (auto glu = dyn_cast<GluOp>(op)) {
    OpFoldResult &size = sizes[glu.getSplitDim()];
    if (std::optional<int64_t> number = getConstantIntValue(size))
      size = builder.getIndexAttr(*number / 2);
    else
      size = arith::DivUIOp::create(
                 builder, loc, cast<Value>(size),
                 arith::ConstantIndexOp::create(builder, loc, 2))
                 .getResult();
  }
  shapes.assign(op->getNumResults(), sizes);
  return success();
}
