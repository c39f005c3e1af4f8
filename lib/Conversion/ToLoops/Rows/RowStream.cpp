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
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"

using namespace mlir;
using namespace act;

RowStream::RowStream(OpBuilder &builder, Location loc, const Access &access,
                     unsigned loop, int64_t width, bool masks)
    : builder(builder), loc(loc), access(access), stride(access.strides[loop]),
      width(width), masks(masks) {}

bool RowStream::isUnit() const { return getConstantIntValue(stride) == 1; }

bool RowStream::isBool() const { return access.elementType().isInteger(1); }

bool RowStream::isWhole(Value count) const {
  return getConstantIntValue(count) == width;
}

void RowStream::startRow(OpFoldResult rowOffset, OpFoldResult size) {
  offset = rowOffset;
  row = makeView(builder, loc, access, offset, size, stride);
}

Value RowStream::viewOf(Value position, OpFoldResult count) {
  return makeView(builder, loc, access,
                  multiplyAdd(builder, loc, offset, position, stride), count,
                  stride);
}

Value RowStream::getBuffer() {
  if (!buffer)
    buffer =
        makeBuffer(builder, loc, bufferElement(access.elementType()), width);
  return buffer;
}

Value RowStream::load(Value position, Value count) {
  if (isBool())
    return loadBools(position, count);
  auto type = VectorType::get(width, access.elementType());
  if (isUnit() && isWhole(count))
    return vector::LoadOp::create(builder, loc, type, row, position);
  copyElements(builder, loc, viewOf(position, count), getBuffer(), count, width,
               masks, /*toBuffer=*/true);
  Value zero = arith::ConstantIndexOp::create(builder, loc, 0);
  return vector::LoadOp::create(builder, loc, type, buffer, zero);
}

Value RowStream::loadBools(Value position, Value count) {
  copyElements(builder, loc, viewOf(position, count), getBuffer(), count, width,
               masks, /*toBuffer=*/true);
  Value zero = arith::ConstantIndexOp::create(builder, loc, 0);
  auto type = VectorType::get(width, builder.getI8Type());
  Value bytes = vector::LoadOp::create(builder, loc, type, buffer, zero);
  Value none =
      arith::ConstantOp::create(builder, loc, builder.getZeroAttr(type));
  return arith::CmpIOp::create(builder, loc, arith::CmpIPredicate::ne, bytes,
                               none);
}

void RowStream::store(Value vector, Value position, Value count) {
  if (isUnit() && isWhole(count)) {
    vector::StoreOp::create(builder, loc, vector, row, position);
    return;
  }
  Value zero = arith::ConstantIndexOp::create(builder, loc, 0);
  vector::StoreOp::create(builder, loc, vector, getBuffer(), zero);
  copyElements(builder, loc, buffer, viewOf(position, count), count, width,
               masks, /*toBuffer=*/false);
}

Value RowStream::loadOne(Value position) {
  return memref::LoadOp::create(builder, loc, row, position);
}

void RowStream::storeOne(Value scalar, Value position) {
  memref::StoreOp::create(builder, loc, scalar, row, position);
}
