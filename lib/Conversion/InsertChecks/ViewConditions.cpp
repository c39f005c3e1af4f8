//===- ViewConditions.cpp - Whether views stay in their tensors -----------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file implements the conditions of slices, reshapes and elements, of
// sizes that are computed, and of what linalg operations read elsewhere than at
// an element of each loop.
//
//===----------------------------------------------------------------------===//

#include "ViewConditions.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Bufferization/IR/Bufferization.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
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
    else if (auto pad = dyn_cast<tensor::PadOp>(op))
      checkPadding(pad);
    else if (auto structured = dyn_cast<linalg::LinalgOp>(op))
      checkWindows(structured);
    else if (isa<tensor::EmptyOp, tensor::SplatOp, tensor::GenerateOp,
                 bufferization::AllocTensorOp>(op))
      for (OpOperand &size : op->getOpOperands())
        if (size.get().getType().isIndex())
          requireSize(size.get(), "has a size below 0");
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

  /// That a number of the program is not negative. Dimensions never are.
  void requireSize(OpFoldResult folded, const Twine &what) {
    Dimension size = traceNumber(folded);
    std::optional<int64_t> known = getConstantIntValue(folded);
    if (size.tensor || (known && *known >= 0))
      return;
    if (Value value = sizeOf(size))
      fail(compare(arith::CmpIPredicate::slt, value, constant(0)), what);
  }

  void checkPadding(tensor::PadOp pad) {
    for (OpFoldResult low : pad.getMixedLowPad())
      requireSize(low, "has a padding below 0");
    for (OpFoldResult high : pad.getMixedHighPad())
      requireSize(high, "has a padding below 0");
  }

  void checkProducts(tensor::ExpandShapeOp expand) {
    SmallVector<OpFoldResult> sizes = expand.getMixedOutputShape();
    for (OpFoldResult size : sizes)
      requireSize(size, "has a size below 0");
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

  /// What is written several times has no value.
  void checkSteps(tensor::InsertSliceOp slice) {
    for (int64_t dim = 0; dim < slice.getType().getRank(); ++dim) {
      OpFoldResult stride = slice.getMixedStrides()[dim];
      if (getConstantIntValue(stride))
        continue;
      Value step = number(stride), count = number(slice.getMixedSizes()[dim]);
      if (!step || !count)
        continue;
      using P = arith::CmpIPredicate;
      fail(arith::AndIOp::create(builder, loc,
                                 compare(P::eq, step, constant(0)),
                                 compare(P::sgt, count, constant(1))),
           "has stride 0 in dimension " + Twine(dim) +
               ": its elements would lie in one place");
    }
  }

  void checkInsertion(tensor::InsertSliceOp slice) {
    checkSlice(slice, slice.getDest());
    checkSteps(slice);
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

  /// Windows, elements in reverse, the first one: what an operand is read at is
  /// computed from loops, and must lie in it while no loop is empty. Operands
  /// at an element of each loop have conditions of their own.
  void checkWindows(linalg::LinalgOp structured) {
    std::optional<SmallVector<Value>> extents;
    Value isEmpty;
    for (OpOperand &operand : structured->getOpOperands()) {
      auto type = dyn_cast<RankedTensorType>(operand.get().getType());
      if (!type)
        continue;
      AffineMap map = structured.getMatchingIndexingMap(&operand);
      for (auto [dim, expr] : llvm::enumerate(map.getResults())) {
        if (isa<AffineDimExpr>(expr))
          continue;
        if (!extents) {
          // The verifier has seen what is static.
          if (!structured.hasDynamicShape())
            return;
          extents = loopExtents(structured);
          if (extents->empty())
            return;
          isEmpty = isSomeZero(*extents);
        }
        Value whole = size(operand.get(), dim);
        if (!whole)
          continue;
        auto [least, most] = rangeOf(expr, *extents);
        Value leaves =
            either(compare(arith::CmpIPredicate::slt, least, constant(0)),
                   compare(arith::CmpIPredicate::sge, most, whole));
        fail(arith::SelectOp::create(
                 builder, loc, isEmpty,
                 arith::ConstantOp::create(builder, loc,
                                           builder.getBoolAttr(false)),
                 leaves),
             "reaches beyond dimension " + Twine(dim) + " of operand " +
                 Twine(operand.getOperandNumber()));
      }
    }
  }

  /// The extents of all loops, or none if one is not known.
  SmallVector<Value> loopExtents(linalg::LinalgOp structured) {
    SmallVector<Value> extents(structured.getNumLoops());
    for (OpOperand &operand : structured->getOpOperands()) {
      if (!isa<RankedTensorType>(operand.get().getType()))
        continue;
      AffineMap map = structured.getMatchingIndexingMap(&operand);
      for (auto [dim, expr] : llvm::enumerate(map.getResults()))
        if (auto loop = dyn_cast<AffineDimExpr>(expr))
          if (Value &extent = extents[loop.getPosition()]; !extent)
            extent = size(operand.get(), dim);
    }
    return llvm::is_contained(extents, Value()) ? SmallVector<Value>()
                                                : extents;
  }

  Value isSomeZero(ArrayRef<Value> extents) {
    Value some =
        arith::ConstantOp::create(builder, loc, builder.getBoolAttr(false));
    for (Value extent : extents)
      some =
          either(some, compare(arith::CmpIPredicate::eq, extent, constant(0)));
    return some;
  }

  using Range = std::pair<Value, Value>;

  /// The least and the greatest value of `expr` over the loops, or what lies
  /// beyond them. Exact where each loop is once in it, and no remainder has
  /// only some of those below its divisor.
  Range rangeOf(AffineExpr expr, ArrayRef<Value> extents) {
    if (auto number = dyn_cast<AffineConstantExpr>(expr)) {
      Value value = constant(number.getValue());
      return {value, value};
    }
    if (auto loop = dyn_cast<AffineDimExpr>(expr))
      return {constant(0), subtract(extents[loop.getPosition()], constant(1))};
    auto binary = cast<AffineBinaryOpExpr>(expr);
    Range left = rangeOf(binary.getLHS(), extents),
          right = rangeOf(binary.getRHS(), extents);
    if (binary.getKind() == AffineExprKind::Mod)
      return rangeOfRemainder(left, right.first);
    // All else grows or shrinks with the left side: divisors, and one factor,
    // are constant.
    auto make = [&](Value left, Value right) -> Value {
      switch (binary.getKind()) {
      case AffineExprKind::Add:
        return arith::AddIOp::create(builder, loc, left, right);
      case AffineExprKind::Mul:
        return arith::MulIOp::create(builder, loc, left, right);
      case AffineExprKind::FloorDiv:
        return arith::FloorDivSIOp::create(builder, loc, left, right);
      default:
        return arith::CeilDivSIOp::create(builder, loc, left, right);
      }
    };
    Value first = make(left.first, right.first),
          last = make(left.second, right.second);
    return {arith::MinSIOp::create(builder, loc, first, last),
            arith::MaxSIOp::create(builder, loc, first, last)};
  }

  /// Of the remainders, which are not negative, all are there where the numbers
  /// wrap around.
  Range rangeOfRemainder(Range range, Value divisor) {
    using P = arith::CmpIPredicate;
    auto remainder = [&](Value number) -> Value {
      Value signedOne = arith::RemSIOp::create(builder, loc, number, divisor);
      Value isNegative = compare(P::slt, signedOne, constant(0));
      return arith::SelectOp::create(
          builder, loc, isNegative,
          arith::AddIOp::create(builder, loc, signedOne, divisor), signedOne);
    };
    Value first = remainder(range.first), last = remainder(range.second);
    Value wraps =
        either(compare(P::sge, subtract(range.second, range.first), divisor),
               compare(P::sgt, first, last));
    return {arith::SelectOp::create(builder, loc, wraps, constant(0), first),
            arith::SelectOp::create(builder, loc, wraps,
                                    subtract(divisor, constant(1)), last)};
  }

  Value subtract(Value left, Value right) {
    return arith::SubIOp::create(builder, loc, left, right);
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
