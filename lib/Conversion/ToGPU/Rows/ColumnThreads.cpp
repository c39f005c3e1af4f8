//===- ColumnThreads.cpp - Rows whose elements lie apart ------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file implements how rows that are columns of memory are shared out. A
// warp has blocks of eight elements, every eighth of 64 that follow each other;
// four such blocks have the 32 lanes of a sum that are its own.
//
//===----------------------------------------------------------------------===//

#include "ColumnThreads.h"

#include "../TeamSum.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/GPU/IR/GPUDialect.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"

using namespace mlir;
using namespace act;

ColumnThreads::ColumnThreads(DeviceKernel &kernel, Location loc)
    : RowBlocks(kernel, loc), team(kernel, loc),
      counts(builder, loc, {/*run=*/1, /*step=*/ColumnTeam::numWarps}) {}

std::unique_ptr<RowStream> ColumnThreads::makeStream(const Access &access,
                                                     double padding) {
  RowOwners &owners = *this;
  return std::make_unique<DeviceRowStream>(builder, loc, owners, access,
                                           inRegisters(), padding, counts);
}

void ColumnThreads::startRow(Value rowSize) {
  size = rowSize;
  if (!inRegisters())
    return;
  int64_t length = *getConstantIntValue(size);
  for (int64_t start = 0; start < length; start += extent()) {
    auto [position, count] = makeBlock(index.number(start));
    bool isFull = start + extent() <= length;
    blocks.emplace_back(position, isFull ? index.number(width()) : count);
  }
}

std::pair<Value, Value> ColumnThreads::makeBlock(Value start) {
  Value position = index.add(start, team.warp());
  // May be less than nothing.
  Value rest =
      index.least(index.subtract(size, position), index.number(extent()));
  rest = arith::IndexCastOp::create(builder, loc, builder.getI32Type(), rest);
  return {position, counts.add(rest, 0)};
}

//===----------------------------------------------------------------------===//
// Owners
//===----------------------------------------------------------------------===//

void ColumnThreads::sync() { gpu::BarrierOp::create(builder, loc); }

Value ColumnThreads::isOwner(Value position) {
  Value warp = arith::AndIOp::create(builder, loc, position,
                                     index.number(ColumnTeam::numWarps - 1));
  return arith::CmpIOp::create(builder, loc, arith::CmpIPredicate::eq, warp,
                               team.warp());
}

//===----------------------------------------------------------------------===//
// Blocks
//===----------------------------------------------------------------------===//

SmallVector<Value> ColumnThreads::searchMemory(ValueRange initial,
                                               EmitBlock emitBlock) {
  return emitLoop(builder, loc, index.number(0), size, index.number(extent()),
                  initial, [&](Value start, ValueRange before) {
                    auto [position, count] = makeBlock(start);
                    return emitBlock(position, count, before);
                  });
}

//===----------------------------------------------------------------------===//
// Sums
//===----------------------------------------------------------------------===//

SmallVector<Value> ColumnThreads::addAll(ValueRange left, ValueRange right) {
  SmallVector<Value> sums;
  for (auto [one, other] : llvm::zip(left, right))
    sums.push_back(arith::AddFOp::create(builder, loc, one, other));
  return sums;
}

/// Each of the blocks of a turn has lanes of its own. They are made one after
/// the other, so that only those of one are there at a time, and the tree adds
/// those of blocks half a turn apart first.
SmallVector<Value> ColumnThreads::addTurn(Value chunk, ValueRange zeros,
                                          EmitLanes emitLanes) {
  if (inRegisters())
    return addBlocks(0, 1, emitLanes);
  Value start = index.multiply(chunk, FixedSum::chunk);
  Value end = index.add(start, index.number(FixedSum::chunk));
  return addBlocksOf(start, 1, index.least(end, size), zeros, emitLanes);
}

/// The lanes of every `step`th block from `first` on.
SmallVector<Value> ColumnThreads::addBlocks(int64_t first, int64_t step,
                                            EmitLanes emitLanes) {
  if (step < turn()) {
    SmallVector<Value> even = addBlocks(first, 2 * step, emitLanes);
    return addAll(even, addBlocks(first + step, 2 * step, emitLanes));
  }
  return emitLanes([&](ValueRange lanes, EmitBlock emitBlock) {
    SmallVector<Value> carried(lanes);
    for (size_t block = first; block < blocks.size(); block += step)
      carried = emitBlock(blocks[block].first, blocks[block].second, carried);
    return carried;
  });
}

/// The same of a chunk that ends at `end`, by loops. Adding to +0 changes
/// nothing: no sum of the fixed order is -0.
SmallVector<Value> ColumnThreads::addBlocksOf(Value first, int64_t step,
                                              Value end, ValueRange zeros,
                                              EmitLanes emitLanes) {
  if (step < turn())
    return emitLoop(builder, loc, first,
                    index.add(first, index.number(2 * step * extent())),
                    index.number(step * extent()), zeros,
                    [&](Value start, ValueRange before) {
                      return addAll(before, addBlocksOf(start, 2 * step, end,
                                                        zeros, emitLanes));
                    });
  return emitLanes([&](ValueRange lanes, EmitBlock emitBlock) {
    return emitLoop(builder, loc, first, end, index.number(FixedSum::maxLanes),
                    lanes, [&](Value start, ValueRange lanes) {
                      auto [position, count] = makeBlock(start);
                      return emitBlock(position, count, lanes);
                    });
  });
}

SmallVector<Value> ColumnThreads::emitSums(Type type, bool compensated,
                                           unsigned count,
                                           FixedSum::EmitTerms emitTerms,
                                           LeaveOut leaveOut) {
  Value zero = arith::ConstantOp::create(
      builder, loc, builder.getZeroAttr(VectorType::get(width(), type)));
  SmallVector<Value> none(count * (compensated ? 2 : 1), zero);
  auto emitBlock = [&](Value position, Value number,
                       ValueRange lanes) -> SmallVector<Value> {
    return leaveOut(position, lanes,
                    addToLanes(builder, loc, lanes, emitTerms(position, number),
                               index.number(width()), count, compensated));
  };
  auto emitLanes = [&](ForBlocks forBlocks) {
    SmallVector<Value> lanes = forBlocks(none, emitBlock);
    for (unsigned sum = 0; compensated && sum < count; ++sum)
      lanes[sum] = correctSums(builder, loc, lanes[sum], lanes[count + sum]);
    lanes.resize(count);
    return lanes;
  };
  // The first steps of the tree are between blocks, the next within one.
  auto emitChunk = [&](Value chunk) {
    SmallVector<Value> parts =
        addTurn(chunk, ArrayRef(none).take_front(count), emitLanes);
    for (Value &part : parts)
      part = team.addLanes(part);
    return parts;
  };
  std::optional<int64_t> length = getConstantIntValue(size);
  if (length && *length <= FixedSum::chunk)
    return team.merge(emitChunk(index.number(0)));
  return team.forChunks(index.divideUp(size, FixedSum::chunk), type, count,
                        emitChunk);
}
