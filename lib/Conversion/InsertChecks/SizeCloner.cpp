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
      Value tensor = mapping.lookupOrNull(dimension.tensor);
      if (!tensor)
        return nullptr;
      return tensor::DimOp::create(builder, loc, tensor, dimension.index);
    }
    if (auto value = dyn_cast<Value>(dimension.size))
      return cloneNumber(value);
    return getValueOrCreateConstantIndexOp(builder, loc, dimension.size);
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
    else if (op->getNumRegions() == 0 && isPure(op) &&
             value.getType().isIntOrIndex())
      copy = cloneOperation(op, cast<OpResult>(value).getResultNumber());
    if (copy)
      mapping.map(value, copy);
    return copy;
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
};

} // namespace

Value act::cloneSize(OpBuilder &builder, Location loc,
                     const Dimension &dimension, ValueRange from,
                     ValueRange to) {
  return SizeCloner(builder, loc, from, to).clone(dimension);
}
