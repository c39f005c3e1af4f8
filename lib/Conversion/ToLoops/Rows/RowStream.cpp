//===- RowStream.cpp - One operand along a row ----------------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file implements the access to the blocks of a row.
//
//===----------------------------------------------------------------------===//

#include "RowStream.h"

#include "../Staging.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Arith/Utils/Utils.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"

using namespace mlir;
using namespace act;

/// Lanes this far apart, in a block of rows, are read one by one: the code is
/// as long as a block is wide.
static constexpr int64_t maxGatherStride = 64;

VectorRowStream::VectorRowStream(OpBuilder &builder, Location loc,
                                 const Access &access, unsigned lanes,
                                 unsigned steps, int64_t width, bool masks)
    : builder(builder), loc(loc), access(access), stride(access.strides[lanes]),
      step(access.strides[steps]), acrossRows(lanes != steps), width(width),
      masks(masks) {}

bool VectorRowStream::isUnit() const { return getConstantIntValue(stride) == 1; }

bool VectorRowStream::isBool() const { return access.elementType().isInteger(1); }

bool VectorRowStream::isWhole(Value count) const {
  return getConstantIntValue(count) == width;
}

/// Whether lanes of short rows are read and written one by one, which saves the
/// way through the buffer.
bool VectorRowStream::isGathered(Value count) const {
  std::optional<int64_t> distance = getConstantIntValue(stride);
  return acrossRows && isWhole(count) && distance && *distance > 1 &&
         *distance <= maxGatherStride && !isBool();
}

void VectorRowStream::startRow(OpFoldResult rowOffset, OpFoldResult size) {
  offset = rowOffset;
  row = makeView(builder, loc, access, offset, size, builder.getIndexAttr(1));
}

/// From the start of the row to `position`.
Value VectorRowStream::indexOf(Value position) {
  return getValueOrCreateConstantIndexOp(
      builder, loc,
      multiplyAdd(builder, loc, builder.getIndexAttr(0), position, step));
}

/// From the start of the memory to `position`.
OpFoldResult VectorRowStream::offsetOf(Value position) {
  return multiplyAdd(builder, loc, offset, position, step);
}

Value VectorRowStream::viewOf(Value position, OpFoldResult count) {
  return makeView(builder, loc, access, offsetOf(position), count, stride);
}

Value VectorRowStream::getBuffer() {
  if (!buffer)
    buffer =
        makeBuffer(builder, loc, bufferElement(access.elementType()), width);
  return buffer;
}

Value VectorRowStream::load(Value position, Value count) {
  if (getConstantIntValue(stride) == 0)
    return makeSplat(builder, loc, loadOne(position), width);
  return isBool() ? loadBools(position, count) : loadElements(position, count);
}

Value VectorRowStream::loadElements(Value position, Value count) {
  auto type = VectorType::get(width, access.elementType());
  if (isUnit() && isWhole(count))
    return vector::LoadOp::create(builder, loc, type, row, indexOf(position));
  if (isGathered(count))
    return gather(position);
  copyElements(builder, loc, viewOf(position, count), getBuffer(), count, width,
               masks, /*toBuffer=*/true);
  Value zero = arith::ConstantIndexOp::create(builder, loc, 0);
  return vector::LoadOp::create(builder, loc, type, buffer, zero);
}

/// The bytes of truth values that lie side by side. A vector of them would be
/// bits in memory, which only a pointer can tell.
Value VectorRowStream::loadBytes(Value position) {
  Value start =
      memref::ExtractAlignedPointerAsIndexOp::create(builder, loc, access.base);
  Value address = arith::AddIOp::create(
      builder, loc, start,
      getValueOrCreateConstantIndexOp(builder, loc, offsetOf(position)));
  Value address64 =
      arith::IndexCastOp::create(builder, loc, builder.getI64Type(), address);
  Value pointer = LLVM::IntToPtrOp::create(
      builder, loc, LLVM::LLVMPointerType::get(builder.getContext()),
      address64);
  return LLVM::LoadOp::create(builder, loc,
                              VectorType::get(width, builder.getI8Type()),
                              pointer, /*alignment=*/1);
}

Value VectorRowStream::loadBools(Value position, Value count) {
  auto type = VectorType::get(width, builder.getI8Type());
  auto copy = [&]() -> Value {
    copyElements(builder, loc, viewOf(position, count), getBuffer(), count,
                 width, masks, /*toBuffer=*/true);
    Value zero = arith::ConstantIndexOp::create(builder, loc, 0);
    return vector::LoadOp::create(builder, loc, type, buffer, zero);
  };
  Value bytes;
  if (!isWhole(count)) {
    bytes = copy();
  } else if (isUnit()) {
    bytes = loadBytes(position);
  } else if (getConstantIntValue(stride)) {
    bytes = copy();
  } else {
    // A mask whose size may be 1 has a stride that is known when it runs.
    getBuffer();
    Value one = arith::ConstantIndexOp::create(builder, loc, 1);
    Value isSideBySide = arith::CmpIOp::create(
        builder, loc, arith::CmpIPredicate::eq, cast<Value>(stride), one);
    auto branch = scf::IfOp::create(builder, loc, type, isSideBySide,
                                    /*addThenBlock=*/true,
                                    /*addElseBlock=*/true);
    OpBuilder::InsertionGuard guard(builder);
    builder.setInsertionPointToStart(branch.thenBlock());
    scf::YieldOp::create(builder, loc, loadBytes(position));
    builder.setInsertionPointToStart(branch.elseBlock());
    scf::YieldOp::create(builder, loc, copy());
    bytes = branch.getResult(0);
  }
  Value none =
      arith::ConstantOp::create(builder, loc, builder.getZeroAttr(type));
  return arith::CmpIOp::create(builder, loc, arith::CmpIPredicate::ne, bytes,
                               none);
}

void VectorRowStream::store(Value vector, Value position, Value count) {
  if (isUnit() && isWhole(count)) {
    vector::StoreOp::create(builder, loc, vector, row, indexOf(position));
    return;
  }
  if (isGathered(count))
    return scatter(vector, position);
  Value zero = arith::ConstantIndexOp::create(builder, loc, 0);
  vector::StoreOp::create(builder, loc, vector, getBuffer(), zero);
  copyElements(builder, loc, buffer, viewOf(position, count), count, width,
               masks, /*toBuffer=*/false);
}

/// Reads the lanes one by one.
Value VectorRowStream::gather(Value position) {
  int64_t distance = *getConstantIntValue(stride);
  Value first = indexOf(position);
  SmallVector<Value> elements;
  for (int64_t lane = 0; lane < width; ++lane) {
    Value index = arith::AddIOp::create(
        builder, loc, first,
        arith::ConstantIndexOp::create(builder, loc, lane * distance));
    Value element = memref::LoadOp::create(builder, loc, row, index);
    Value bits = bitsOf16(builder, element);
    elements.push_back(bits ? bits : element);
  }
  Value vector = vector::FromElementsOp::create(
      builder, loc, VectorType::get(width, elements.front().getType()),
      elements);
  auto type = VectorType::get(width, access.elementType());
  if (vector.getType() == type)
    return vector;
  return arith::BitcastOp::create(builder, loc, type, vector);
}

/// Writes the lanes one by one.
void VectorRowStream::scatter(Value vector, Value position) {
  int64_t distance = *getConstantIntValue(stride);
  Type type = access.elementType();
  bool asBits = type.isF16() || type.isBF16();
  if (asBits)
    vector = arith::BitcastOp::create(
        builder, loc, VectorType::get(width, builder.getI16Type()), vector);
  Value first = indexOf(position);
  for (int64_t lane = 0; lane < width; ++lane) {
    Value index = arith::AddIOp::create(
        builder, loc, first,
        arith::ConstantIndexOp::create(builder, loc, lane * distance));
    Value element = vector::ExtractOp::create(builder, loc, vector, lane);
    if (asBits)
      element = arith::BitcastOp::create(builder, loc, type, element);
    memref::StoreOp::create(builder, loc, element, row, index);
  }
}

Value VectorRowStream::loadOne(Value position) {
  return memref::LoadOp::create(builder, loc, row, indexOf(position));
}

void VectorRowStream::storeOne(Value scalar, Value position) {
  memref::StoreOp::create(builder, loc, scalar, row, indexOf(position));
}
