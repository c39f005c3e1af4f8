//===- ViewConditions.cpp - Whether views stay in their tensors -----------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file implements the conditions of slices, reshapes and elements.
//
//===----------------------------------------------------------------------===//

#include "ViewConditions.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/Utils/StaticValueUtils.h"
#include "llvm/ADT/SmallBitVector.h"

using namespace mlir;
using namespace act;

namespace {

class ViewConditionEmitter {
public:
  ViewConditionEmitter(OpBuilder &builder, Operation *op,
                       function_ref<Value(const Dimension &)> sizeOf)
      : builder(builder), op(op), loc(op->getLoc()), sizeOf(sizeOf) {}

  SmallVector<ViewCondition> emit() {
    if (auto expand = dyn_cast<tensor::ExpandShapeOp>(op))
      checkProducts(expand);
    else if (auto slice = dyn_cast<tensor::ExtractSliceOp>(op))
      checkSlice(slice, slice.getSource());
    else if (auto slice = dyn_cast<tensor::InsertSliceOp>(op))
      checkInsertion(slice);
    else if (auto concat = dyn_cast<tensor::ConcatOp>(op))
      checkConcat(concat);
    else if (auto extract = dyn_cast<tensor::ExtractOp>(op))
      checkElement(extract.getTensor(), extract.getIndices());
    else if (auto insert = dyn_cast<tensor::InsertOp>(op))
      checkElement(insert.getDest(), insert.getIndices());
    return std::move(conditions);
  }

private:
  Value number(OpFoldResult folded) { return sizeOf(traceNumber(folded)); }
  Value size(Value tensor, int64_t dim) {
    return sizeOf(traceDimension(tensor, dim));
  }
  Value constant(int64_t value) {
    return arith::ConstantIndexOp::create(builder, loc, value);
  }
  Value compare(arith::CmpIPredicate predicate, Value left, Value right) {
    return arith::CmpIOp::create(builder, loc, predicate, left, right);
  }
  Value either(Value left, Value right) {
    return arith::OrIOp::create(builder, loc, left, right);
  }
  void fail(Value condition, const Twine &what) {
    conditions.push_back(
        {condition, ("'" + op->getName().getStringRef() + "' " + what).str()});
  }

  void requireEqual(const Dimension &left, const Dimension &right,
                    const Twine &what) {
    if (left == right)
      return;
    Value first = sizeOf(left), second = sizeOf(right);
    if (first && second)
      fail(compare(arith::CmpIPredicate::ne, first, second), what);
  }

  void checkProducts(tensor::ExpandShapeOp expand) {
    SmallVector<OpFoldResult> sizes = expand.getMixedOutputShape();
    for (auto [dim, group] :
         llvm::enumerate(expand.getReassociationIndices())) {
      bool isStatic = !expand.getSrcType().isDynamicDim(dim);
      for (int64_t position : group)
        isStatic &= getConstantIntValue(sizes[position]).has_value();
      Dimension source = traceDimension(expand.getSrc(), dim);
      bool isSame = group.size() == 1 &&
                    source == traceDimension(expand.getResult(), group.front());
      if (isStatic || isSame)
        continue;
      Value whole = sizeOf(source), product = constant(1);
      for (int64_t position : group) {
        Value factor = number(sizes[position]);
        product =
            product && factor
                ? Value(arith::MulIOp::create(builder, loc, product, factor))
                : Value();
      }
      if (whole && product)
        fail(compare(arith::CmpIPredicate::ne, whole, product),
             "has sizes that do not multiply to dimension " + Twine(dim) +
                 " of its source");
    }
  }

  /// A slice of `tensor`.
  void checkSlice(OffsetSizeAndStrideOpInterface slice, Value tensor) {
    auto type = cast<RankedTensorType>(tensor.getType());
    for (int64_t dim = 0; dim < type.getRank(); ++dim) {
      OpFoldResult offset = slice.getMixedOffsets()[dim],
                   length = slice.getMixedSizes()[dim],
                   stride = slice.getMixedStrides()[dim];
      // The verifier has seen what is static.
      if (!type.isDynamicDim(dim) && getConstantIntValue(offset) &&
          getConstantIntValue(length) && getConstantIntValue(stride))
        continue;
      bool isWhole = getConstantIntValue(offset) == 0 &&
                     getConstantIntValue(stride) == 1 &&
                     traceNumber(length) == traceDimension(tensor, dim);
      if (isWhole)
        continue;
      Value start = number(offset), count = number(length),
            step = number(stride), whole = size(tensor, dim);
      if (!start || !count || !step || !whole)
        continue;
      fail(leaves(start, count, step, whole),
           "reaches beyond dimension " + Twine(dim) + " of its tensor");
    }
  }

  /// Whether not all of `count` elements from `start` on, `step` apart, are
  /// among `whole`. None of the numbers may be so large that a product wraps
  /// around.
  Value leaves(Value start, Value count, Value step, Value whole) {
    using P = arith::CmpIPredicate;
    Value zero = constant(0), one = constant(1);
    Value bad =
        either(compare(P::ugt, start, whole), compare(P::ugt, count, whole));
    Value steps = arith::SubIOp::create(builder, loc, count, one);
    Value reach = arith::MulIOp::create(builder, loc, steps, step);
    Value last = arith::AddIOp::create(builder, loc, start, reach);
    Value isBeyond =
        either(compare(P::uge, last, whole), compare(P::ugt, step, whole));
    // A step counts from the second element on, the last from the first.
    Value isSingle = compare(P::eq, count, one);
    isBeyond = arith::SelectOp::create(builder, loc, isSingle,
                                       compare(P::uge, start, whole), isBeyond);
    Value isSome = compare(P::ne, count, zero);
    isBeyond = arith::AndIOp::create(builder, loc, isSome, isBeyond);
    return either(bad, isBeyond);
  }

  void checkInsertion(tensor::InsertSliceOp slice) {
    checkSlice(slice, slice.getDest());
    llvm::SmallBitVector dropped = slice.getDroppedDims();
    int64_t dim = 0;
    for (auto [position, folded] : llvm::enumerate(slice.getMixedSizes())) {
      if (dropped.test(position))
        continue;
      requireEqual(traceDimension(slice.getSource(), dim), traceNumber(folded),
                   "has another size than dimension " + Twine(dim) +
                       " of what it inserts");
      ++dim;
    }
  }

  void checkConcat(tensor::ConcatOp concat) {
    Value first = concat.getInputs().front();
    for (auto [number, input] :
         llvm::enumerate(concat.getInputs().drop_front()))
      for (int64_t dim = 0; dim < concat.getRank(); ++dim)
        if (dim != static_cast<int64_t>(concat.getDim()))
          requireEqual(traceDimension(first, dim), traceDimension(input, dim),
                       "has operands of other sizes: dimension " + Twine(dim) +
                           " of operand 0 and of operand " + Twine(number + 1));
  }

  void checkElement(Value tensor, ValueRange indices) {
    auto type = dyn_cast<RankedTensorType>(tensor.getType());
    if (!type)
      return;
    for (auto [dim, index] : llvm::enumerate(indices)) {
      std::optional<int64_t> known = getConstantIntValue(index);
      if (known && !type.isDynamicDim(dim) && *known >= 0 &&
          *known < type.getDimSize(dim))
        continue;
      Value position = number(index), whole = size(tensor, dim);
      if (position && whole)
        fail(compare(arith::CmpIPredicate::uge, position, whole),
             "is beyond dimension " + Twine(dim) + " of its tensor");
    }
  }

  OpBuilder &builder;
  Operation *op;
  Location loc;
  function_ref<Value(const Dimension &)> sizeOf;
  SmallVector<ViewCondition> conditions;
};

} // namespace

SmallVector<ViewCondition>
act::emitViewConditions(OpBuilder &builder, Operation *op,
                        function_ref<Value(const Dimension &)> sizeOf) {
  return ViewConditionEmitter(builder, op, sizeOf).emit();
}
