//===- IterationSpace.cpp - Loops and how operands lie in memory ----------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file implements the analysis of layouts. Dynamic sizes are no obstacle:
// that two dimensions of a memref with identity layout are contiguous is known
// without them.
//
//===----------------------------------------------------------------------===//

#include "IterationSpace.h"

#include "Act/IR/Act.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Arith/Utils/Utils.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"

using namespace mlir;
using namespace act;

OpFoldResult act::multiplyAdd(OpBuilder &builder, Location loc,
                              OpFoldResult left, OpFoldResult right,
                              OpFoldResult factor) {
  auto leftNumber = getConstantIntValue(left);
  auto rightNumber = getConstantIntValue(right);
  auto factorNumber = getConstantIntValue(factor);
  if (rightNumber == 0 || factorNumber == 0)
    return left;
  OpFoldResult product;
  if (rightNumber && factorNumber)
    product = builder.getIndexAttr(*rightNumber * *factorNumber);
  else if (rightNumber == 1)
    product = factor;
  else if (factorNumber == 1)
    product = right;
  else
    product =
        arith::MulIOp::create(
            builder, loc, getValueOrCreateConstantIndexOp(builder, loc, right),
            getValueOrCreateConstantIndexOp(builder, loc, factor))
            .getResult();
  if (leftNumber == 0)
    return product;
  if (leftNumber && getConstantIntValue(product))
    return builder.getIndexAttr(*leftNumber + *getConstantIntValue(product));
  return arith::AddIOp::create(
             builder, loc, getValueOrCreateConstantIndexOp(builder, loc, left),
             getValueOrCreateConstantIndexOp(builder, loc, product))
      .getResult();
}

bool act::isPlainOperand(Value operand) {
  if (!getElementTypeOrSelf(operand.getType()).isIntOrIndexOrFloat())
    return false;
  auto memory = dyn_cast<MemRefType>(operand.getType());
  return !memory || (memory.isStrided() && !memory.getMemorySpace());
}

SmallVector<int64_t> act::staticLoopSizes(linalg::GenericOp generic) {
  // linalg's getStaticLoopRanges asks the first operand with the loop alone.
  SmallVector<int64_t> sizes(generic.getNumLoops(), ShapedType::kDynamic);
  for (OpOperand &operand : generic->getOpOperands()) {
    auto type = dyn_cast<ShapedType>(operand.get().getType());
    if (!type)
      continue;
    for (auto [expr, size] :
         llvm::zip(generic.getMatchingIndexingMap(&operand).getResults(),
                   type.getShape())) {
      auto loop = dyn_cast<AffineDimExpr>(expr);
      if (loop && !ShapedType::isDynamic(size))
        sizes[loop.getPosition()] = size;
    }
  }
  return sizes;
}

namespace {

/// An operand with what collapsing needs to know.
struct Operand {
  Access access;
  /// For each loop, the dimension of the operand, or -1.
  SmallVector<int64_t> dims;
  MemRefType type;
  bool repeatsOnes = false;

  /// Whether one step of `outer` is as long as all of the operand's dimension
  /// that `inner` runs over.
  bool isContiguous(unsigned outer, unsigned inner) const {
    if (dims[outer] < 0 || dims[inner] < 0)
      return dims[outer] < 0 && dims[inner] < 0;
    // Dimensions of size 1 in between make no difference.
    for (int64_t dim = dims[outer] + 1; dim < dims[inner]; ++dim)
      if (type.getDimSize(dim) != 1)
        return false;
    if (dims[inner] < dims[outer])
      return false;
    if (repeatsOnes &&
        (type.isDynamicDim(dims[outer]) || type.isDynamicDim(dims[inner])))
      return false;
    if (type.getLayout().isIdentity())
      return true;
    auto outerStride = access.constantStride(outer);
    auto innerStride = access.constantStride(inner);
    int64_t size = type.getDimSize(dims[inner]);
    return outerStride && innerStride && !ShapedType::isDynamic(size) &&
           *outerStride == *innerStride * size;
  }
};

class SpaceBuilder {
public:
  SpaceBuilder(OpBuilder &builder, Location loc) : builder(builder), loc(loc) {}

  IterationSpace build(ArrayRef<SpaceOperand> given, ArrayRef<unsigned> order,
                       unsigned keep) {
    sizes.resize(order.size());
    for (const SpaceOperand &operand : given)
      addOperand(operand);

    // Loops of size 1 are at index 0, which adds nothing.
    SmallVector<unsigned> loops;
    unsigned kept = 0;
    for (auto [position, loop] : llvm::enumerate(order)) {
      if (getConstantIntValue(sizes[loop]) == 1)
        continue;
      loops.push_back(loop);
      kept += position < keep;
    }

    IterationSpace space;
    for (Operand &operand : operands) {
      Access access = operand.access;
      access.strides.clear();
      space.accesses.push_back(access);
    }
    for (unsigned position = 0; position < loops.size(); ++position) {
      unsigned loop = loops[position];
      bool joins = position > 0 && position != kept &&
                   llvm::all_of(operands, [&](const Operand &operand) {
                     return operand.isContiguous(loops[position - 1], loop);
                   });
      if (joins) {
        space.sizes.back() = multiplyAdd(builder, loc, builder.getIndexAttr(0),
                                         space.sizes.back(), sizes[loop]);
      } else {
        space.sizes.push_back(sizes[loop]);
        space.numKept += position < kept;
      }
      for (auto [access, operand] : llvm::zip(space.accesses, operands)) {
        if (joins)
          access.strides.pop_back();
        access.strides.push_back(operand.access.strides[loop]);
      }
    }
    return space;
  }

  IterationSpace buildNested(ArrayRef<SpaceOperand> given,
                             ArrayRef<unsigned> order) {
    sizes.resize(order.size());
    for (const SpaceOperand &operand : given)
      addOperand(operand);
    IterationSpace space;
    for (unsigned loop : order)
      space.sizes.push_back(sizes[loop]);
    for (Operand &operand : operands) {
      Access access = operand.access;
      access.strides.clear();
      for (unsigned loop : order)
        access.strides.push_back(operand.access.strides[loop]);
      space.accesses.push_back(access);
    }
    return space;
  }

private:
  void addOperand(const SpaceOperand &given) {
    Operand operand;
    OpFoldResult zero = builder.getIndexAttr(0);
    operand.access.base = given.value;
    operand.access.offset = zero;
    operand.access.strides.assign(sizes.size(), zero);
    operand.access.isOutput = given.isOutput;
    operand.dims.assign(sizes.size(), -1);
    operand.repeatsOnes = given.repeatsOnes;
    if (given.numbering) {
      numberElements(operand, given.numbering);
      return;
    }
    operand.type = dyn_cast<MemRefType>(given.value.getType());
    if (operand.type)
      readLayout(operand, given.map);
    operands.push_back(operand);
  }

  /// The stride of a dimension, or 0 if its size is 1.
  OpFoldResult repeatOne(Value size, OpFoldResult stride) {
    Value one = arith::ConstantIndexOp::create(builder, loc, 1);
    Value isOne = arith::CmpIOp::create(builder, loc, arith::CmpIPredicate::eq,
                                        size, one);
    return arith::SelectOp::create(
               builder, loc, isOne,
               arith::ConstantIndexOp::create(builder, loc, 0),
               getValueOrCreateConstantIndexOp(builder, loc, stride))
        .getResult();
  }

  void numberElements(Operand &operand, MemRefType type) {
    operand.type = type;
    OpFoldResult stride = builder.getIndexAttr(1);
    for (int64_t loop = sizes.size() - 1; loop >= 0; --loop) {
      operand.dims[loop] = loop;
      operand.access.strides[loop] = stride;
      stride = multiplyAdd(builder, loc, builder.getIndexAttr(0), stride,
                           sizes[loop]);
    }
    operands.push_back(operand);
  }

  void readLayout(Operand &operand, AffineMap map) {
    auto [constantStrides, constantOffset] = operand.type.getStridesAndOffset();
    auto metadata = memref::ExtractStridedMetadataOp::create(
        builder, loc, operand.access.base);
    operand.access.base = metadata.getBaseBuffer();
    auto choose = [&](int64_t constant, Value value) -> OpFoldResult {
      if (ShapedType::isDynamic(constant))
        return value;
      return builder.getIndexAttr(constant);
    };
    operand.access.offset = choose(constantOffset, metadata.getOffset());
    for (auto [dim, expr] : llvm::enumerate(map.getResults())) {
      auto loopExpr = dyn_cast<AffineDimExpr>(expr);
      if (!loopExpr)
        continue; // The constant 0: a dimension of size 1.
      unsigned loop = loopExpr.getPosition();
      operand.dims[loop] = dim;
      operand.access.strides[loop] =
          choose(constantStrides[dim], metadata.getStrides()[dim]);
      OpFoldResult size =
          choose(operand.type.getDimSize(dim), metadata.getSizes()[dim]);
      if (operand.repeatsOnes && operand.type.isDynamicDim(dim)) {
        // The size is that of another operand.
        operand.access.strides[loop] =
            repeatOne(cast<Value>(size), operand.access.strides[loop]);
        continue;
      }
      if (!sizes[loop] || !getConstantIntValue(sizes[loop]))
        sizes[loop] = size;
    }
  }

  OpBuilder &builder;
  Location loc;
  SmallVector<OpFoldResult> sizes;
  SmallVector<Operand> operands;
};

} // namespace

IterationSpace act::makeIterationSpace(OpBuilder &builder, Location loc,
                                       ArrayRef<SpaceOperand> operands,
                                       ArrayRef<unsigned> order,
                                       unsigned keep) {
  return SpaceBuilder(builder, loc).build(operands, order, keep);
}

IterationSpace act::makeNestedSpace(OpBuilder &builder, Location loc,
                                    ArrayRef<SpaceOperand> operands,
                                    ArrayRef<unsigned> order) {
  return SpaceBuilder(builder, loc).buildNested(operands, order);
}

static SmallVector<SpaceOperand> spaceOperands(linalg::GenericOp generic) {
  SmallVector<SpaceOperand> operands;
  for (OpOperand &operand : generic->getOpOperands())
    operands.push_back({operand.get(), generic.getMatchingIndexingMap(&operand),
                        generic.isDpsInit(&operand)});
  return operands;
}

IterationSpace act::makeNestedSpace(OpBuilder &builder,
                                    linalg::GenericOp generic,
                                    ArrayRef<unsigned> order) {
  return makeNestedSpace(builder, generic.getLoc(), spaceOperands(generic),
                         order);
}

IterationSpace act::makeIterationSpace(OpBuilder &builder,
                                       linalg::GenericOp generic,
                                       ArrayRef<unsigned> order,
                                       unsigned keep) {
  SmallVector<SpaceOperand> operands = spaceOperands(generic);
  if (!generic.getBody()->getOps<ElementIndexOp>().empty())
    operands.push_back(
        {Value(), AffineMap(), /*isOutput=*/false, /*repeatsOnes=*/false,
         MemRefType::get(staticLoopSizes(generic), builder.getI64Type())});
  return makeIterationSpace(builder, generic.getLoc(), operands, order, keep);
}
