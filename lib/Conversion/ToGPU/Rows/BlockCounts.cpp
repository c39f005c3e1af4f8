//===- BlockCounts.cpp - How long the blocks of a row are -----------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file implements the counts of blocks.
//
//===----------------------------------------------------------------------===//

#include "BlockCounts.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Utils/StaticValueUtils.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"

using namespace mlir;
using namespace act;

static Value constant(OpBuilder &builder, Location loc, int64_t number) {
  return arith::ConstantOp::create(builder, loc,
                                   builder.getI32IntegerAttr(number));
}

Value BlockCounts::add(Value rest, int64_t start) {
  Value number = rest;
  if (start != 0)
    number = arith::SubIOp::create(builder, loc, rest,
                                   constant(builder, loc, start));
  Value count =
      arith::IndexCastOp::create(builder, loc, builder.getIndexType(), number);
  counts[count] = {rest, start};
  return count;
}

Value BlockCounts::exceeds(Value count, int64_t number) {
  if (std::optional<int64_t> known = getConstantIntValue(count))
    return *known > number ? Value()
                           : arith::ConstantOp::create(
                                 builder, loc, builder.getBoolAttr(false));
  auto [rest, start] = counts.at(count);
  return arith::CmpIOp::create(
      builder, loc, arith::CmpIPredicate::sgt, rest,
      constant(builder, loc, start + layout.offsetOf(number)));
}

Value BlockCounts::makeMask(Value count, int64_t width, int64_t granule) {
  SmallVector<Value> elements;
  for (int64_t first = 0; first < width; first += granule) {
    Value exists = exceeds(count, first);
    if (!exists)
      return nullptr;
    elements.append(granule, exists);
  }
  auto type = VectorType::get(width, builder.getI1Type());
  return vector::FromElementsOp::create(builder, loc, type, elements);
}
