//===- RowAhead.cpp - The maximum of the next row -------------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file implements the search for the maximum of a row while the terms of
// the row before are made.
//
//===----------------------------------------------------------------------===//

#include "RowAhead.h"

#include "../Blocks.h"
#include "../Staging.h"
#include "../VectorParts.h"
#include "RowEmitter.h"

#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"

#include <limits>

using namespace mlir;
using namespace act;

/// By the length of the row: the fewer elements, the shorter is the last
/// search.
static constexpr int64_t granuleShifts[] = {8, 11, 14, 18};
static_assert(RowAhead::longestRow == RowAhead::maxGranules << 18);
/// That of longer rows, which have one granule and are never found again.
static constexpr int64_t largestShift = 62;

RowAhead::RowAhead(RowEmitter &row, OpBuilder &builder, Location loc,
                   FloatType type, int64_t width, int64_t lanes,
                   std::unique_ptr<RowStream> x)
    : row(row), builder(builder), loc(loc), width(width),
      lanesType(VectorType::get(std::min(width, lanes), type)), x(std::move(x)),
      lowest(arith::ConstantOp::create(
          builder, loc,
          DenseElementsAttr::get(
              lanesType, builder.getFloatAttr(
                             type, -std::numeric_limits<double>::infinity())))),
      maxima(makeScratch(builder, loc, type,
                         maxGranules * lanesType.getNumElements())),
      subject(makeScratch(builder, loc, builder.getIndexType(), 1)) {
  memref::StoreOp::create(builder, loc, index(-1), subject, index(0));
}

Value RowAhead::index(int64_t number) {
  return arith::ConstantIndexOp::create(builder, loc, number);
}

void RowAhead::startRow(Value here, Value next, Value exists, Value size) {
  this->here = here;
  this->next = next;
  this->size = size;
  auto isWithin = [&](int64_t length) {
    return builder.createOrFold<arith::CmpIOp>(loc, arith::CmpIPredicate::ule,
                                               size, index(length));
  };
  Value hasElements = builder.createOrFold<arith::CmpIOp>(
      loc, arith::CmpIPredicate::ne, size, index(0));
  exists = row.both(exists, hasElements);
  this->exists = row.both(exists, isWithin(longestRow));
  shift = index(largestShift);
  for (int64_t candidate : llvm::reverse(granuleShifts))
    shift = builder.createOrFold<arith::SelectOp>(
        loc, isWithin(maxGranules << candidate), index(candidate), shift);
  x->startRow(next, size);
}

Value RowAhead::isNoted() {
  Value noted = memref::LoadOp::create(builder, loc, subject, index(0));
  return arith::CmpIOp::create(builder, loc, arith::CmpIPredicate::eq, noted,
                               here);
}

Value RowAhead::addressOf(Value granule) {
  return arith::MulIOp::create(builder, loc, granule,
                               index(lanesType.getNumElements()));
}

/// The maxima after a granule.
Value RowAhead::load(Value granule) {
  return vector::LoadOp::create(builder, loc, lanesType, maxima,
                                addressOf(granule));
}

Value RowAhead::repeat(Value lanes) {
  auto numbers =
      llvm::map_to_vector(llvm::seq<int64_t>(0, width), [&](int64_t i) {
        return i % lanesType.getNumElements();
      });
  return vector::ShuffleOp::create(builder, loc, lanes, lanes, numbers);
}

RowAhead::Notes RowAhead::emitNotes() {
  // Rows have at least one element where they are looked at.
  Value end = arith::SubIOp::create(builder, loc, size, index(1));
  Value number = arith::ShRUIOp::create(builder, loc, end, shift);
  Value last = load(number);
  auto asLanes = [&](Value granule) -> Value {
    Value integer =
        arith::IndexCastOp::create(builder, loc, builder.getI32Type(), granule);
    return vector::BroadcastOp::create(
        builder, loc, lanesType.clone(builder.getI32Type()), integer);
  };
  // From the last granule but one to the first.
  Value granules =
      emitLoop(builder, loc, index(0), number, index(1), asLanes(number),
               [&](Value trip, ValueRange later) -> SmallVector<Value> {
                 Value granule = arith::SubIOp::create(
                     builder, loc,
                     arith::SubIOp::create(builder, loc, number, index(1)),
                     trip);
                 Value has = row.compare(arith::CmpFPredicate::OEQ,
                                         load(granule), last);
                 return {row.select(has, asLanes(granule), later[0])};
               })
          .front();
  return {repeat(last), repeat(granules)};
}

Value RowAhead::visit(Value position, Value count, Value before) {
  Value block = row.loadLogits(*x, position, count);
  Value exists;
  if (getConstantIntValue(count) != width)
    exists = makeMask(builder, loc, count, width);
  // One register after the other: a maximum of two might hide one behind a NaN.
  int64_t lanes = lanesType.getNumElements();
  auto part = [&](Value vector, int64_t first) {
    return sliceVector(builder, loc, vector, first, lanes);
  };
  for (int64_t first = 0; first < width; first += lanes) {
    Value candidates = part(block, first);
    Value greater = row.compare(arith::CmpFPredicate::OGT, candidates, before);
    if (exists)
      greater = row.both(greater, part(exists, first));
    before = row.select(greater, candidates, before);
  }
  Value granule = arith::ShRUIOp::create(builder, loc, position, shift);
  vector::StoreOp::create(builder, loc, before, maxima, addressOf(granule));
  return before;
}

void RowAhead::finish() {
  memref::StoreOp::create(builder, loc, row.select(exists, next, index(-1)),
                          subject, index(0));
}
