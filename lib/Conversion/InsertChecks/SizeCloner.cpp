//===- SizeCloner.cpp - Sizes in another function -------------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file implements the copying of index arithmetic: operations on numbers
// are copied with what they need, dimensions are traced first.
//
//===----------------------------------------------------------------------===//

#include "SizeCloner.h"

#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Arith/Utils/Utils.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/IR/IRMapping.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"

using namespace mlir;
using namespace act;

namespace {

class SizeCloner {
public:
  SizeCloner(OpBuilder &builder, Location loc, ValueRange from, ValueRange to)
      : builder(builder), loc(loc) {
    mapping.map(from, to);
  }

  Value clone(const Dimension &dimension) {
    Value size = cloneUndivided(dimension);
    return size ? divide(builder, loc, size, dimension.divisor) : nullptr;
  }

private:
  Value cloneUndivided(const Dimension &dimension) {
    if (!dimension.size) {
      if (Value tensor = mapping.lookupOrNull(dimension.tensor))
        return tensor::DimOp::create(builder, loc, tensor, dimension.index);
      // A tensor may be a part of another several times.
      auto key = std::make_pair(dimension.tensor, dimension.index);
      auto [it, isNew] = sums.try_emplace(key);
      if (isNew) {
        Value sum = cloneSum(dimension.tensor.getDefiningOp(), dimension.index);
        sums[key] = sum;
        return sum;
      }
      return it->second;
    }
    return cloneFolded(dimension.size);
  }

  Value cloneFolded(OpFoldResult size) {
    if (auto value = dyn_cast<Value>(size))
      return cloneNumber(value);
    return getValueOrCreateConstantIndexOp(builder, loc, size);
  }

  /// A dimension that is made of several: of tensors put together, with what is
  /// put around them, or collapsed.
  Value cloneSum(Operation *op, int64_t index) {
    SmallVector<Value> parts;
    if (auto concat = dyn_cast_or_null<tensor::ConcatOp>(op)) {
      for (Value input : concat.getInputs())
        parts.push_back(clone(traceDimension(input, index)));
      return combine<arith::AddIOp>(parts);
    }
    if (auto pad = dyn_cast_or_null<tensor::PadOp>(op)) {
      parts = {cloneFolded(pad.getMixedLowPad()[index]),
               clone(traceDimension(pad.getSource(), index)),
               cloneFolded(pad.getMixedHighPad()[index])};
      return combine<arith::AddIOp>(parts);
    }
    if (auto collapse = dyn_cast_or_null<tensor::CollapseShapeOp>(op)) {
      for (int64_t dim : collapse.getReassociationIndices()[index])
        parts.push_back(clone(traceDimension(collapse.getSrc(), dim)));
      return combine<arith::MulIOp>(parts);
    }
    return nullptr;
  }

  /// Null if one of them is.
  template <typename Op> Value combine(ArrayRef<Value> parts) {
    Value result = parts.front();
    for (Value part : parts.drop_front())
      result =
          result && part ? Op::create(builder, loc, result, part) : Value();
    return result;
  }

  Value cloneNumber(Value value) {
    if (Value known = mapping.lookupOrNull(value))
      return known;
    Operation *op = value.getDefiningOp();
    if (!op)
      return nullptr;
    Value copy;
    if (auto dim = dyn_cast<tensor::DimOp>(op))
      copy = cloneDim(dim);
    else if (op->getNumRegions() == 0 && isPure(op) && !mayTrap(op) &&
             value.getType().isIntOrIndex())
      copy = cloneOperation(op, cast<OpResult>(value).getResultNumber());
    if (copy)
      mapping.map(value, copy);
    return copy;
  }

  /// What is computed where the program may not. A quotient in a map counts as
  /// pure whatever it divides by.
  static bool mayTrap(Operation *op) {
    AffineMap map;
    if (auto apply = dyn_cast<affine::AffineApplyOp>(op))
      map = apply.getAffineMap();
    else if (isa<affine::AffineMinOp, affine::AffineMaxOp>(op))
      map = op->getAttrOfType<AffineMapAttr>("map").getValue();
    return map && !llvm::all_of(map.getResults(), [](AffineExpr expr) {
             return expr.isPureAffine();
           });
  }

  Value cloneDim(tensor::DimOp dim) {
    std::optional<int64_t> index = dim.getConstantIndex();
    auto type = dyn_cast<RankedTensorType>(dim.getSource().getType());
    if (!index || !type || *index < 0 || *index >= type.getRank())
      return nullptr;
    return clone(traceDimension(dim.getSource(), *index));
  }

  Value cloneOperation(Operation *op, unsigned result) {
    for (Value operand : op->getOperands())
      if (!operand.getType().isIntOrIndex() || !cloneNumber(operand))
        return nullptr;
    return builder.clone(*op, mapping)->getResult(result);
  }

  OpBuilder &builder;
  Location loc;
  IRMapping mapping;
  llvm::DenseMap<std::pair<Value, int64_t>, Value> sums;
};

} // namespace

Value act::cloneSize(OpBuilder &builder, Location loc,
                     const Dimension &dimension, ValueRange from,
                     ValueRange to) {
  return SizeCloner(builder, loc, from, to).clone(dimension);
}
