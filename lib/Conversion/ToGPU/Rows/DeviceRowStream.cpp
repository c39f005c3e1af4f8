//===- DeviceRowStream.cpp - One operand along a row on a GPU -------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file implements access to rows in global memory.
//
//===----------------------------------------------------------------------===//

#include "DeviceRowStream.h"

#include "../DeviceMemory.h"

#include "../../ToLoops/Staging.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"

using namespace mlir;
using namespace act;

int64_t act::accessWidth(Type element) {
  return std::min(teamWidth, accessBytes / bytesOf(element));
}

bool act::isWide(const Access &access) {
  return access.constantStride(access.strides.size() - 1) == 1;
}

DeviceRowStream::DeviceRowStream(OpBuilder &builder, Location loc, Team &team,
                                 const Access &access, bool aligned,
                                 bool remember)
    : builder(builder), loc(loc), team(team), access(access),
      index(builder, loc), stride(access.strides.back()),
      width(aligned && isWide(access) ? accessWidth(access.elementType()) : 1),
      remember(remember) {}

void DeviceRowStream::startRow(OpFoldResult rowOffset, OpFoldResult) {
  offset = rowOffset;
}

Value DeviceRowStream::addressOf(Value position) {
  OpFoldResult element = multiplyAdd(builder, loc, offset, position, stride);
  return makeAddress(builder, loc, access.base, access.elementType(),
                     index.value(element));
}

Value DeviceRowStream::loadOne(Value position) {
  return loadGlobal(builder, loc, addressOf(position), access.elementType());
}

/// Whether a value is there at the insertion point.
bool DeviceRowStream::isSeen(Value value) {
  Region *region = value.getParentRegion();
  return region->isAncestor(builder.getInsertionBlock()->getParent());
}

Value DeviceRowStream::load(Value position, Value count) {
  if (getConstantIntValue(stride) == 0)
    return makeSplat(builder, loc, loadOne(index.number(0)), teamWidth);
  if (!remember)
    return loadBlock(position, count);
  Value &block = blocks[position];
  if (!block || !isSeen(block))
    block = loadBlock(position, count);
  return block;
}

Value DeviceRowStream::loadBlock(Value position, Value count) {
  Type element = access.elementType();
  auto type = VectorType::get(teamWidth, element);
  bool isFull = getConstantIntValue(count) == teamWidth;
  // In place of what lies behind the last access, that is read again.
  auto loadAll = [&]() -> Value {
    Value last;
    if (!isFull)
      last = index.subtract(count, index.number(width));
    SmallVector<Value> elements;
    Value vector;
    for (int64_t start = 0; start < teamWidth; start += width) {
      Value step = index.number(start);
      if (last && start > 0)
        step = index.least(step, last);
      Value address = addressOf(index.add(position, step));
      if (width == 1) {
        elements.push_back(loadGlobal(builder, loc, address, element));
        continue;
      }
      Value part = loadGlobal(builder, loc, address, element, width);
      if (width == teamWidth)
        return part;
      if (!vector)
        vector =
            arith::ConstantOp::create(builder, loc, builder.getZeroAttr(type));
      vector = vector::InsertStridedSliceOp::create(builder, loc, part, vector,
                                                    ArrayRef<int64_t>(start),
                                                    ArrayRef<int64_t>(1));
    }
    if (vector)
      return vector;
    return vector::FromElementsOp::create(builder, loc, type, elements);
  };
  if (isFull)
    return loadAll();
  Value any = index.isLess(index.number(0), count);
  auto branch =
      scf::IfOp::create(builder, loc, type, any, /*addThenBlock=*/true,
                        /*addElseBlock=*/true);
  OpBuilder::InsertionGuard guard(builder);
  builder.setInsertionPointToStart(branch.elseBlock());
  Value none =
      arith::ConstantOp::create(builder, loc, builder.getZeroAttr(type));
  scf::YieldOp::create(builder, loc, none);
  builder.setInsertionPointToStart(branch.thenBlock());
  scf::YieldOp::create(builder, loc, loadAll());
  return branch.getResult(0);
}

void DeviceRowStream::store(Value vector, Value position, Value count) {
  bool isFull = getConstantIntValue(count) == teamWidth;
  for (int64_t start = 0; start < teamWidth; start += width) {
    Value step = index.number(start);
    OpBuilder::InsertionGuard guard(builder);
    if (!isFull) {
      auto branch = scf::IfOp::create(builder, loc, index.isLess(step, count));
      builder.setInsertionPointToStart(branch.thenBlock());
    }
    Value part = vector;
    if (width == 1)
      part = vector::ExtractOp::create(builder, loc, vector, start);
    else if (width < teamWidth)
      part = vector::ExtractStridedSliceOp::create(
          builder, loc, vector, ArrayRef<int64_t>(start),
          ArrayRef<int64_t>(width), ArrayRef<int64_t>(1));
    storeGlobal(builder, loc, part, addressOf(index.add(position, step)));
  }
}

void DeviceRowStream::storeOne(Value scalar, Value position) {
  team.sync();
  // As the blocks of a row are shared out: eight elements to each thread of a
  // warp, a chunk to each warp.
  auto part = [&](int64_t size, int64_t number) -> Value {
    Value shift = index.number(llvm::Log2_64(size));
    Value shifted = arith::ShRUIOp::create(builder, loc, position, shift);
    return arith::AndIOp::create(builder, loc, shifted,
                                 index.number(number - 1));
  };
  auto isEqual = [&](Value left, Value right) -> Value {
    return arith::CmpIOp::create(builder, loc, arith::CmpIPredicate::eq, left,
                                 right);
  };
  Value isOwner = isEqual(part(teamWidth, Team::warpSize), team.lane());
  if (team.numWarps() > 1)
    isOwner = arith::AndIOp::create(
        builder, loc, isOwner,
        isEqual(part(FixedSum::chunk, team.numWarps()), team.warp()));
  auto branch = scf::IfOp::create(builder, loc, isOwner);
  OpBuilder::InsertionGuard guard(builder);
  builder.setInsertionPointToStart(branch.thenBlock());
  storeGlobal(builder, loc, scalar, addressOf(position));
}
