//===- SumKernel.cpp - Sums in a fixed order ------------------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file implements the loops of sums. Terms are numbered in row-major order
// of the reduced positions. Where these lie side by side, full vectors are read
// from memory; else elements are gathered in buffers on the stack.
//
//===----------------------------------------------------------------------===//

#include "SumKernel.h"

#include "FixedSum.h"
#include "GenericLoops.h"
#include "OuterLoops.h"
#include "Parallel.h"
#include "Staging.h"
#include "VectorBody.h"

#include "Act/IR/Act.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Arith/Utils/Utils.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"

using namespace mlir;
using namespace act;

arith::AddFOp act::findFinalAddition(linalg::GenericOp generic) {
  Block &body = *generic.getBody();
  if (generic.getNumDpsInits() != 1)
    return nullptr;
  auto addition =
      body.getTerminator()->getOperand(0).getDefiningOp<arith::AddFOp>();
  BlockArgument sum = body.getArguments().back();
  bool once = addition && sum.hasOneUse() && addition->hasOneUse() &&
              (addition.getLhs() == sum) != (addition.getRhs() == sum);
  return once ? addition : nullptr;
}

bool act::isSumKernel(linalg::GenericOp generic) {
  if (!generic.hasPureBufferSemantics() || generic.getNumReductionLoops() == 0)
    return false;
  arith::AddFOp addition = findFinalAddition(generic);
  if (!addition ||
      !(addition.getType().isF32() || addition.getType().isF64()) ||
      !isVectorizable(*generic.getBody()))
    return false;
  AffineMap sumMap =
      generic.getMatchingIndexingMap(generic.getDpsInitOperand(0));
  if (!sumMap.isProjectedPermutation() ||
      sumMap.getNumResults() != generic.getNumParallelLoops())
    return false;
  if (!llvm::all_of(generic->getOperands(), isPlainOperand))
    return false;
  return llvm::all_of(generic.getDpsInputOperands(), [&](OpOperand *operand) {
    Type type = getElementTypeOrSelf(operand->get().getType());
    return generic.getMatchingIndexingMap(operand).isProjectedPermutation(
               /*allowZeroInResults=*/true) &&
           type.isIntOrFloat() && type.getIntOrFloatBitWidth() % 8 == 0;
  });
}

bool act::isExactSum(linalg::GenericOp generic, StringRef accuracy) {
  auto rules = generic.getBody()->getOps<ElementwiseRuleOpInterface>();
  if (rules.empty())
    return getAccuracy(generic, accuracy) == "exact";
  return llvm::any_of(rules, [&](ElementwiseRuleOpInterface op) {
    return getAccuracy(op, accuracy) == "exact";
  });
}

namespace {

class SumEmitter {
public:
  SumEmitter(OpBuilder &builder, linalg::GenericOp generic,
             const IterationSpace &space, const KernelOptions &options,
             const IRMapping &outside)
      : builder(builder), generic(generic), body(*generic.getBody()),
        loc(generic.getLoc()), space(space), options(options), outside(outside),
        addition(findFinalAddition(generic)),
        sum(builder, loc, addition.getType(),
            isExactSum(generic, options.accuracy)) {}

  void emit(OpFoldResult begin, OpFoldResult end) {
    width = std::min<int64_t>(
        nativeLanes(body, options.vectorBits) *
            llvm::PowerOf2Ceil(options.interleave ? options.interleave : 4),
        FixedSum::maxLanes);
    buffers.resize(space.accesses.size());
    for (auto [number, access] : llvm::enumerate(inputs()))
      if (isRead(number) && !isInvariant(number))
        buffers[number] = makeBuffer(builder, loc, access.elementType(), width);
    emitOuterLoops(builder, loc, space, space.numKept, begin, end,
                   [&](ArrayRef<OpFoldResult> offsets, OpFoldResult,
                       OpFoldResult) { emitSum(offsets); });
  }

private:
  Value asValue(OpFoldResult folded) {
    return getValueOrCreateConstantIndexOp(builder, loc, folded);
  }
  Value index(int64_t number) {
    return arith::ConstantIndexOp::create(builder, loc, number);
  }
  ArrayRef<Access> inputs() { return ArrayRef(space.accesses).drop_back(); }
  bool isRead(unsigned number) { return !body.getArgument(number).use_empty(); }

  void emitSum(ArrayRef<OpFoldResult> offsets) {
    OpFoldResult size = builder.getIndexAttr(1);
    for (OpFoldResult factor : reducedSizes())
      size = multiplyAdd(builder, loc, builder.getIndexAttr(0), size, factor);
    Value total =
        sum.emit(asValue(size), width,
                 [&](Value position, Value count) -> SmallVector<Value> {
                   return {emitTerms(offsets, position, count)};
                 })
            .front();
    const Access &result = space.accesses.back();
    Value before = loadScalar(result, offsets.back());
    Value after = arith::AddFOp::create(builder, loc, before, total);
    memref::StoreOp::create(builder, loc, after,
                            viewOfOne(result, offsets.back()), index(0));
  }

  ArrayRef<OpFoldResult> reducedSizes() {
    return ArrayRef(space.sizes).drop_front(space.numKept);
  }

  Value emitTerms(ArrayRef<OpFoldResult> offsets, Value position, Value count) {
    IRMapping vectors;
    for (Value value : outsideValues(generic))
      vectors.map(value, broadcast(outside.lookup(value)));
    gather(offsets, position, count);
    for (auto [number, access] : llvm::enumerate(inputs())) {
      if (!isRead(number))
        continue;
      Value vector = isInvariant(number)
                         ? broadcast(loadScalar(access, offsets[number]))
                         : loadVector(number, offsets, position, count);
      vectors.map(body.getArgument(number), vector);
    }
    // The terms are added by FixedSum.
    vectorizeBody(builder, body, vectors, width, addition);
    Value term = addition.getLhs() == body.getArguments().back()
                     ? addition.getRhs()
                     : addition.getLhs();
    return vectors.lookup(term);
  }

  Value broadcast(Value scalar) {
    return makeSplat(builder, loc, scalar, width);
  }

  Value viewOfOne(const Access &access, OpFoldResult offset) {
    OpFoldResult one = builder.getIndexAttr(1);
    return makeView(builder, loc, access, offset, one, one);
  }

  Value loadScalar(const Access &access, OpFoldResult offset) {
    if (!access.isMemory())
      return access.base;
    return memref::LoadOp::create(builder, loc, viewOfOne(access, offset),
                                  index(0));
  }

  /// Whether all terms have the same element of an input.
  bool isInvariant(unsigned number) {
    ArrayRef<OpFoldResult> strides = inputs()[number].strides;
    return llvm::all_of(
        strides.drop_front(space.numKept),
        [](OpFoldResult stride) { return getConstantIntValue(stride) == 0; });
  }

  /// Whether the terms' elements of an input lie side by side.
  bool isUnit(unsigned number) {
    return reducedSizes().size() == 1 &&
           inputs()[number].constantStride(space.numKept) == 1;
  }

  /// The elements of an input: from memory where a full vector of them lies
  /// side by side, else from its buffer.
  Value loadVector(unsigned number, ArrayRef<OpFoldResult> offsets,
                   Value position, Value count) {
    const Access &access = inputs()[number];
    auto type = VectorType::get(width, access.elementType());
    Value base = buffers[number];
    if (isUnit(number)) {
      OpFoldResult offset = multiplyAdd(builder, loc, offsets[number], position,
                                        builder.getIndexAttr(1));
      Value view = makeView(builder, loc, access, offset, count,
                            builder.getIndexAttr(1));
      base = arith::SelectOp::create(builder, loc, isFull(count), view, base);
    }
    return vector::LoadOp::create(builder, loc, type, base, index(0));
  }

  Value isFull(Value count) {
    return arith::CmpIOp::create(builder, loc, arith::CmpIPredicate::eq, count,
                                 index(width));
  }

  /// Fills the buffers with the elements of `count` terms. The index of each
  /// reduced dimension is carried from term to term, as an odometer.
  void gather(ArrayRef<OpFoldResult> offsets, Value position, Value count) {
    ArrayRef<OpFoldResult> sizes = reducedSizes();
    SmallVector<Value> start = delinearize(position);
    // Nothing to do for full vectors if no input needs it.
    Value limit = count;
    bool allUnit = true;
    for (auto [number, access] : llvm::enumerate(inputs()))
      allUnit &= !buffers[number] || isUnit(number);
    if (allUnit)
      limit =
          arith::SelectOp::create(builder, loc, isFull(count), index(0), count);
    auto loop =
        scf::ForOp::create(builder, loc, index(0), limit, index(1), start);
    OpBuilder::InsertionGuard guard(builder);
    builder.setInsertionPointToEnd(loop.getBody());
    ValueRange indices = loop.getRegionIterArgs();
    for (auto [number, access] : llvm::enumerate(inputs())) {
      if (!buffers[number])
        continue;
      OpFoldResult offset = offsets[number];
      for (auto [level, value] : llvm::enumerate(indices))
        offset = multiplyAdd(builder, loc, offset, value,
                             access.strides[space.numKept + level]);
      memref::StoreOp::create(builder, loc, loadScalar(access, offset),
                              buffers[number], loop.getInductionVar());
    }
    SmallVector<Value> next(indices);
    Value carry = index(1);
    for (int64_t level = sizes.size() - 1; level >= 0; --level) {
      next[level] = arith::AddIOp::create(builder, loc, indices[level], carry);
      if (level == 0)
        break;
      Value wraps =
          arith::CmpIOp::create(builder, loc, arith::CmpIPredicate::eq,
                                next[level], asValue(sizes[level]));
      next[level] =
          arith::SelectOp::create(builder, loc, wraps, index(0), next[level]);
      carry = arith::SelectOp::create(builder, loc, wraps, index(1), index(0));
    }
    scf::YieldOp::create(builder, loc, next);
  }

  /// The indices of the reduced dimensions at `position`.
  SmallVector<Value> delinearize(Value position) {
    ArrayRef<OpFoldResult> sizes = reducedSizes();
    SmallVector<Value> indices(sizes.size());
    for (int64_t level = sizes.size() - 1; level > 0; --level) {
      Value size = asValue(sizes[level]);
      indices[level] = arith::RemUIOp::create(builder, loc, position, size);
      position = arith::DivUIOp::create(builder, loc, position, size);
    }
    indices[0] = position;
    return indices;
  }

  OpBuilder &builder;
  linalg::GenericOp generic;
  Block &body;
  Location loc;
  const IterationSpace &space;
  const KernelOptions &options;
  const IRMapping &outside;
  arith::AddFOp addition;
  FixedSum sum;
  int64_t width = 0;
  SmallVector<Value> buffers;
};

} // namespace

SmallVector<unsigned> act::reductionLoops(linalg::GenericOp generic) {
  SmallVector<unsigned> order = outputLoops(generic);
  SmallVector<utils::IteratorType> iterators = generic.getIteratorTypesArray();
  for (auto [loop, iterator] : llvm::enumerate(iterators))
    if (iterator == utils::IteratorType::reduction)
      order.push_back(loop);
  return order;
}

IterationSpace act::makeSumSpace(OpBuilder &builder,
                                 linalg::GenericOp generic) {
  IterationSpace space = makeIterationSpace(
      builder, generic, reductionLoops(generic), generic.getNumParallelLoops());
  // All reduced dimensions may have had size 1: still there is one term.
  if (space.sizes.size() == space.numKept) {
    space.sizes.push_back(builder.getIndexAttr(1));
    for (Access &access : space.accesses)
      access.strides.push_back(builder.getIndexAttr(0));
  }
  return space;
}

void act::emitSumKernel(OpBuilder &builder, linalg::GenericOp generic,
                        const KernelOptions &options) {
  IterationSpace space = makeSumSpace(builder, generic);
  KernelOptions here = options;
  // Sums of one output are not shared out.
  here.parallel &= space.numKept > 0;
  emitBlocksOfLoop(
      builder, generic, space, outsideValues(generic), here,
      [&](OpBuilder &nested, const IterationSpace &local,
          const IRMapping &values, OpFoldResult begin, OpFoldResult end) {
        SumEmitter(nested, generic, local, options, values).emit(begin, end);
      });
}
