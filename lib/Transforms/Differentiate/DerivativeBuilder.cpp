//===- DerivativeBuilder.cpp - Emitting derivatives -----------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file implements what derivatives are emitted with. Equal operations are
// found by hashing, so that the derivative of e^x uses the e^x of the program.
//
//===----------------------------------------------------------------------===//

#include "Act/Transforms/Differentiation.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Arith/Utils/Utils.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/IR/TypeUtilities.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"
#include "llvm/ADT/DenseSet.h"

#include "Act/Transforms/DifferentiableOpInterface.cpp.inc"

using namespace mlir;
using namespace act;

bool act::isDifferentiable(Type type) {
  if (auto shaped = dyn_cast<ShapedType>(type))
    return isa<VectorType, RankedTensorType>(type) &&
           isa<FloatType>(shaped.getElementType());
  return isa<FloatType>(type);
}

namespace {

/// Operations are equal if all but their locations are.
struct EqualOperations : public llvm::DenseMapInfo<Operation *> {
  static constexpr auto flags = OperationEquivalence::IgnoreLocations;

  static unsigned getHashValue(const Operation *op) {
    return OperationEquivalence::computeHash(
        const_cast<Operation *>(op), OperationEquivalence::directHashValue,
        OperationEquivalence::ignoreHashValue, flags);
  }
  static bool isEqual(const Operation *left, const Operation *right) {
    if (left == right)
      return true;
    auto isKey = [](const Operation *op) {
      return op != getEmptyKey() && op != getTombstoneKey();
    };
    return isKey(left) && isKey(right) &&
           OperationEquivalence::isEquivalentTo(
               const_cast<Operation *>(left), const_cast<Operation *>(right),
               OperationEquivalence::exactValueMatch,
               /*markEquivalent=*/nullptr, flags);
  }
};

} // namespace

struct DerivativeBuilder::Known {
  llvm::DenseSet<Operation *, EqualOperations> operations;
};

DerivativeBuilder::DerivativeBuilder(MLIRContext *context, Block &block,
                                     Calls *calls)
    : OpBuilder(context), known(std::make_unique<Known>()), calls(calls) {
  setInsertionPointToEnd(&block);
}

DerivativeBuilder::~DerivativeBuilder() = default;

void DerivativeBuilder::remember(Operation *op) {
  if (op->getNumRegions() == 0 && op->getNumResults() == 1 && isPure(op))
    known->operations.insert(op);
}

Value DerivativeBuilder::reuse(Operation *op) {
  auto [it, isNew] = known->operations.insert(op);
  if (!isNew)
    op->erase();
  return (*it)->getResult(0);
}

Value DerivativeBuilder::add(Location loc, Value x, Value y) {
  if (!x || !y)
    return x ? x : y;
  return emit<arith::AddFOp>(loc, x, y);
}

Value DerivativeBuilder::zerosLike(Location loc, Value like) {
  auto tensor = dyn_cast<RankedTensorType>(like.getType());
  if (!tensor)
    return emit<arith::ConstantOp>(
        loc, cast<TypedAttr>(getZeroAttr(like.getType())));
  Value zero = emit<arith::ConstantOp>(
      loc, cast<TypedAttr>(getZeroAttr(tensor.getElementType())));
  return linalg::FillOp::create(*this, loc, zero,
                                emptyTensor(loc, tensor, dimensions(loc, like)))
      .getResult(0);
}

/// `type` with elements of `elementType`.
static Type withElements(Type type, Type elementType) {
  if (auto shaped = dyn_cast<ShapedType>(type))
    return shaped.clone(elementType);
  return elementType;
}

Value DerivativeBuilder::convert(Location loc, Value value, Type elementType) {
  Type from = getElementTypeOrSelf(value.getType());
  if (from == elementType)
    return value;
  // Widening was exact.
  if (auto widening = value.getDefiningOp<arith::ExtFOp>())
    if (getElementTypeOrSelf(widening.getIn().getType()) == elementType)
      return widening.getIn();
  Type type = withElements(value.getType(), elementType);
  unsigned width = elementType.getIntOrFloatBitWidth();
  unsigned fromWidth = from.getIntOrFloatBitWidth();
  if (width > fromWidth)
    return emit<arith::ExtFOp>(loc, type, value);
  // Between the 16-bit types there is no direct way.
  if (width == fromWidth)
    value = emit<arith::ExtFOp>(
        loc, withElements(value.getType(), getF32Type()), value);
  return emit<arith::TruncFOp>(loc, type, value);
}

SmallVector<OpFoldResult> DerivativeBuilder::dimensions(Location loc,
                                                        Value tensor) {
  SmallVector<OpFoldResult> sizes;
  for (auto [dim, size] :
       llvm::enumerate(cast<RankedTensorType>(tensor.getType()).getShape())) {
    if (!ShapedType::isDynamic(size)) {
      sizes.push_back(getIndexAttr(size));
      continue;
    }
    Value index = emit<arith::ConstantIndexOp>(loc, dim);
    sizes.push_back(emit<tensor::DimOp>(loc, tensor, index));
  }
  return sizes;
}

Value DerivativeBuilder::emptyTensor(Location loc, RankedTensorType type,
                                     ArrayRef<OpFoldResult> sizes) {
  SmallVector<Value> dynamic;
  for (auto [dim, size] : llvm::enumerate(sizes))
    if (type.isDynamicDim(dim))
      dynamic.push_back(getValueOrCreateConstantIndexOp(*this, loc, size));
  // Not shared: each operation gets memory of its own to write to.
  return tensor::EmptyOp::create(*this, loc, type, dynamic);
}
