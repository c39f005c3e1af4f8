//===- ThreadIndex.cpp - Numbers in kernels -------------------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file implements index arithmetic.
//
//===----------------------------------------------------------------------===//

#include "ThreadIndex.h"

#include "../ToLoops/IterationSpace.h"

#include "mlir/Dialect/Arith/Utils/Utils.h"
#include "mlir/Dialect/GPU/IR/GPUDialect.h"

#include <limits>

using namespace mlir;
using namespace act;

Value IndexBuilder::number(int64_t value) {
  return arith::ConstantIndexOp::create(builder, loc, value);
}

Value IndexBuilder::value(OpFoldResult folded) {
  return getValueOrCreateConstantIndexOp(builder, loc, folded);
}

Value IndexBuilder::add(Value left, Value right) {
  return arith::AddIOp::create(builder, loc, left, right);
}

Value IndexBuilder::subtract(Value left, Value right) {
  return arith::SubIOp::create(builder, loc, left, right);
}

Value IndexBuilder::multiply(Value left, Value right) {
  return arith::MulIOp::create(builder, loc, left, right);
}

Value IndexBuilder::multiply(Value left, int64_t right) {
  return right == 1 ? left : multiply(left, number(right));
}

Value IndexBuilder::least(Value left, Value right) {
  return arith::MinSIOp::create(builder, loc, left, right);
}

Value IndexBuilder::isLess(Value left, Value right) {
  return arith::CmpIOp::create(builder, loc, arith::CmpIPredicate::slt, left,
                               right);
}

Value IndexBuilder::divideUp(Value left, int64_t right) {
  return arith::DivUIOp::create(builder, loc, add(left, number(right - 1)),
                                number(right));
}

OpFoldResult IndexBuilder::product(ArrayRef<OpFoldResult> factors) {
  OpFoldResult result = builder.getIndexAttr(1);
  for (OpFoldResult factor : factors)
    result = multiplyAdd(builder, loc, builder.getIndexAttr(0), result, factor);
  return result;
}

SmallVector<Value> IndexBuilder::delinearize(Value position,
                                             ArrayRef<OpFoldResult> sizes) {
  SmallVector<Value> coordinates(sizes.size());
  if (sizes.empty())
    return coordinates;
  // Division of 64 bits takes a GPU ten times as long as that of 32.
  std::optional<int64_t> total = getConstantIntValue(product(sizes));
  bool isShort = total && *total <= std::numeric_limits<int32_t>::max();
  Type type = isShort ? Type(builder.getI32Type()) : builder.getIndexType();
  auto convert = [&](Value number, Type to) -> Value {
    if (number.getType() == to)
      return number;
    return arith::IndexCastOp::create(builder, loc, to, number);
  };
  Value rest = convert(position, type);
  for (size_t level = sizes.size() - 1; level > 0; --level) {
    Value size = convert(value(sizes[level]), type);
    Value remainder = arith::RemUIOp::create(builder, loc, rest, size);
    coordinates[level] = convert(remainder, builder.getIndexType());
    rest = arith::DivUIOp::create(builder, loc, rest, size);
  }
  coordinates[0] = convert(rest, builder.getIndexType());
  return coordinates;
}

Value IndexBuilder::thread() {
  return gpu::ThreadIdOp::create(builder, loc, gpu::Dimension::x);
}

Value IndexBuilder::blockSize() {
  return gpu::BlockDimOp::create(builder, loc, gpu::Dimension::x);
}

Value IndexBuilder::block() {
  return gpu::BlockIdOp::create(builder, loc, gpu::Dimension::x);
}

Value IndexBuilder::row() {
  return gpu::BlockIdOp::create(builder, loc, gpu::Dimension::y);
}

Value IndexBuilder::numRows() {
  return gpu::GridDimOp::create(builder, loc, gpu::Dimension::y);
}
