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
#include "../../ToLoops/VectorParts.h"

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

DeviceRowStream::DeviceRowStream(OpBuilder &builder, Location loc,
                                 RowOwners &owners, const Access &access,
                                 bool remember, double padding,
                                 BlockCounts &counts)
    : builder(builder), loc(loc), owners(owners), access(access),
      index(builder, loc), stride(access.strides.back()),
      width(isWide(access) ? std::min(accessWidth(access.elementType()),
                                      counts.getLayout().run)
                           : 1),
      remember(remember), padding(padding), counts(counts) {}

void DeviceRowStream::startRow(OpFoldResult offset, OpFoldResult) {
  rowOffset = offset;
  start = nullptr;
  // In loops it is counted once; elsewhere, where it is needed first.
  if (!remember)
    startOfRow();
}

Value DeviceRowStream::startOfRow() {
  if (!start || !isSeen(start))
    start = makeAddress(builder, loc, access.base, access.elementType(),
                        index.value(rowOffset));
  return start;
}

Value DeviceRowStream::addressOf(Value position) {
  OpFoldResult element =
      multiplyAdd(builder, loc, builder.getIndexAttr(0), position, stride);
  return makeAddress(builder, loc, startOfRow(), access.elementType(),
                     index.value(element));
}

Value DeviceRowStream::loadOne(Value position) {
  owners.noteRead();
  Type type = access.elementType();
  auto load = [&]() -> Value {
    return loadGlobal(builder, loc, addressOf(position), type);
  };
  // What the row has one of is not part of it.
  return getConstantIntValue(stride) == 0 ? load() : owners.loadOne(type, load);
}

/// What travels from block to block of the code: code generation for CPUs, on
/// which kernels are tested, does not keep numbers of 16 bits as they are.
static Type carrierOf(Type element) {
  if (element.isF16() || element.isBF16())
    return IntegerType::get(element.getContext(), 16);
  return element;
}

/// Whether a value is there at the insertion point.
bool DeviceRowStream::isSeen(Value value) {
  Region *region = value.getParentRegion();
  return region->isAncestor(builder.getInsertionBlock()->getParent());
}

Value DeviceRowStream::load(Value position, Value count) {
  if (getConstantIntValue(stride) == 0)
    return makeSplat(builder, loc, loadOne(index.number(0)), owners.width());
  Value block;
  if (remember)
    block = blocks.lookup(position);
  if (block && isSeen(block))
    block = owners.recall(block, position);
  else
    block = blocks[position] = loadBlock(position, count);
  auto type = VectorType::get(owners.width(), access.elementType());
  if (block.getType() == type)
    return block;
  return arith::BitcastOp::create(builder, loc, type, block);
}

/// `number` in all of `type`, as a stream of `element` carries it.
static TypedAttr makePadding(Type type, Type element, double number) {
  Type carrier = getElementTypeOrSelf(type);
  auto makeScalar = [&]() -> Attribute {
    if (!isa<FloatType>(element))
      return Builder(type.getContext()).getIntegerAttr(carrier, 0);
    auto value = FloatAttr::get(element, number);
    if (carrier == element)
      return value;
    return IntegerAttr::get(carrier, value.getValue().bitcastToAPInt());
  };
  Attribute scalar = makeScalar();
  if (auto vector = dyn_cast<VectorType>(type))
    return DenseElementsAttr::get(vector, scalar);
  return cast<TypedAttr>(scalar);
}

/// One access, or the padding where `exists`, if there is such, does not hold.
Value DeviceRowStream::loadPart(Value position, Value exists) {
  startOfRow();
  Type element = carrierOf(access.elementType());
  int64_t lanes = width == 1 ? 0 : width;
  if (!exists)
    return loadGlobal(builder, loc, addressOf(position), element, lanes);
  Type type = lanes ? VectorType::get(lanes, element) : element;
  auto branch =
      scf::IfOp::create(builder, loc, type, exists, /*addThenBlock=*/true,
                        /*addElseBlock=*/true);
  OpBuilder::InsertionGuard guard(builder);
  builder.setInsertionPointToStart(branch.elseBlock());
  Value none = arith::ConstantOp::create(
      builder, loc, makePadding(type, access.elementType(), padding));
  scf::YieldOp::create(builder, loc, none);
  builder.setInsertionPointToStart(branch.thenBlock());
  scf::YieldOp::create(
      builder, loc,
      loadGlobal(builder, loc, addressOf(position), element, lanes));
  return branch.getResult(0);
}

Value DeviceRowStream::loadBlock(Value position, Value count) {
  owners.noteRead();
  SmallVector<Value> parts;
  for (int64_t first = 0; first < owners.width(); first += width)
    parts.push_back(loadPart(
        index.add(position, index.number(counts.getLayout().offsetOf(first))),
        counts.exceeds(count, first)));
  if (width > 1)
    return concatenateVectors(builder, loc, parts);
  auto type = VectorType::get(owners.width(), carrierOf(access.elementType()));
  return vector::FromElementsOp::create(builder, loc, type, parts);
}

void DeviceRowStream::store(Value vector, Value position, Value count) {
  if (!owners.writesBlocks())
    return;
  Type carrier = carrierOf(access.elementType());
  if (carrier != access.elementType())
    vector = arith::BitcastOp::create(
        builder, loc, VectorType::get(owners.width(), carrier), vector);
  startOfRow();
  OpBuilder::InsertionGuard outer(builder);
  if (Value active = owners.isActive())
    builder.setInsertionPointToStart(
        scf::IfOp::create(builder, loc, active).thenBlock());
  for (int64_t first = 0; first < owners.width(); first += width) {
    Value step = index.number(counts.getLayout().offsetOf(first));
    OpBuilder::InsertionGuard guard(builder);
    if (Value exists = counts.exceeds(count, first)) {
      auto branch = scf::IfOp::create(builder, loc, exists);
      builder.setInsertionPointToStart(branch.thenBlock());
    }
    Value part = vector;
    if (width == 1)
      part = vector::ExtractOp::create(builder, loc, vector, first);
    else if (width < owners.width())
      part = sliceVector(builder, loc, vector, first, width);
    storeGlobal(builder, loc, part, addressOf(index.add(position, step)));
  }
}

void DeviceRowStream::storeOne(Value scalar, Value position) {
  if (!owners.writesElements())
    return;
  owners.sync();
  Value isOwner = owners.isOwner(position);
  if (Value active = owners.isActive())
    isOwner = arith::AndIOp::create(builder, loc, isOwner, active);
  if (Value bits = bitsOf16(builder, scalar))
    scalar = bits;
  auto branch = scf::IfOp::create(builder, loc, isOwner);
  OpBuilder::InsertionGuard guard(builder);
  builder.setInsertionPointToStart(branch.thenBlock());
  storeGlobal(builder, loc, scalar, addressOf(position));
}
