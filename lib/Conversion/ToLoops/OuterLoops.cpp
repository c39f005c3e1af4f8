//===- OuterLoops.cpp - The loops around a row ----------------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file emits the loops that all kernels have around the innermost part.
//
//===----------------------------------------------------------------------===//

#include "OuterLoops.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Arith/Utils/Utils.h"
#include "mlir/Dialect/SCF/IR/SCF.h"

using namespace mlir;
using namespace act;

SmallVector<OpFoldResult> act::moveOffsets(OpBuilder &builder, Location loc,
                                           const IterationSpace &space,
                                           ArrayRef<OpFoldResult> offsets,
                                           unsigned loop, Value number) {
  SmallVector<OpFoldResult> moved;
  for (auto [offset, access] : llvm::zip(offsets, space.accesses))
    moved.push_back(
        multiplyAdd(builder, loc, offset, number, access.strides[loop]));
  return moved;
}

namespace {

class OuterLoops {
public:
  OuterLoops(OpBuilder &builder, Location loc, const IterationSpace &space,
             unsigned depth, InnerPart inner)
      : builder(builder), loc(loc), space(space), depth(depth), inner(inner) {}

  void emit(unsigned level, OpFoldResult begin, OpFoldResult end,
            ArrayRef<OpFoldResult> offsets) {
    if (level == depth) {
      inner(offsets, begin, end);
      return;
    }
    auto loop =
        scf::ForOp::create(builder, loc, asValue(begin), asValue(end),
                           arith::ConstantIndexOp::create(builder, loc, 1));
    OpBuilder::InsertionGuard guard(builder);
    builder.setInsertionPoint(loop.getBody()->getTerminator());
    SmallVector<OpFoldResult> here = moveOffsets(builder, loc, space, offsets,
                                                 level, loop.getInductionVar());
    emit(level + 1, builder.getIndexAttr(0),
         level + 1 < space.sizes.size() ? space.sizes[level + 1]
                                        : OpFoldResult(),
         here);
  }

private:
  Value asValue(OpFoldResult folded) {
    return getValueOrCreateConstantIndexOp(builder, loc, folded);
  }

  OpBuilder &builder;
  Location loc;
  const IterationSpace &space;
  unsigned depth;
  InnerPart inner;
};

} // namespace

void act::emitOuterLoops(OpBuilder &builder, Location loc,
                         const IterationSpace &space, unsigned depth,
                         OpFoldResult begin, OpFoldResult end,
                         InnerPart inner) {
  SmallVector<OpFoldResult> offsets;
  for (const Access &access : space.accesses)
    offsets.push_back(access.offset);
  OuterLoops(builder, loc, space, depth, inner).emit(0, begin, end, offsets);
}

int64_t act::shortenToRow(int64_t width, int64_t lanes, OpFoldResult length) {
  if (auto size = getConstantIntValue(length))
    while (width > lanes && width / 2 >= *size)
      width /= 2;
  return width;
}
