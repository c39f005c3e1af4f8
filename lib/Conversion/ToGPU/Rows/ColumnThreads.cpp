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

/// Elements that all warps have of a block each.
static constexpr int64_t extent = teamWidth * ColumnTeam::numWarps;
/// Blocks after which the lanes are the same.
static constexpr int64_t turn = FixedSum::maxLanes / extent;

ColumnThreads::ColumnThreads(DeviceKernel &kernel, Location loc)
    : RowBlocks(kernel, loc), team(kernel, loc),
      counts(builder, loc, spacing()) {}

std::unique_ptr<RowStream> ColumnThreads::makeStream(const Access &access,
                                                     double padding) {
  RowOwners &owners = *this;
  return std::make_unique<DeviceRowStream>(builder, loc, owners, access,
                                           /*aligned=*/false, inRegisters(),
                                           padding, counts);
}

void ColumnThreads::startRow(Value rowSize) {
  size = rowSize;
  if (!inRegisters())
    return;
  int64_t length = *getConstantIntValue(size);
  for (int64_t start = 0; start < length; start += extent) {
    auto [position, count] = makeBlock(index.number(start));
    bool isFull = start + extent <= length;
    blocks.emplace_back(position, isFull ? index.number(teamWidth) : count);
  }
}

std::pair<Value, Value> ColumnThreads::makeBlock(Value start) {
  Value position = index.add(start, team.warp());
  // May be less than nothing.
  Value rest =
      index.least(index.subtract(size, position), index.number(extent));
  rest = arith::IndexCastOp::create(builder, loc, builder.getI32Type(), rest);
  return {position, counts.add(rest, 0)};
}

//===----------------------------------------------------------------------===//
// Owners
//===----------------------------------------------------------------------===//

void ColumnThreads::sync() { gpu::BarrierOp::create(builder, loc); }

Value ColumnThreads::isOwner(Value position) {
  Value warp = arith::AndIOp::create(builder, loc, position,
                                     index.number(spacing() - 1));
  return arith::CmpIOp::create(builder, loc, arith::CmpIPredicate::eq, warp,
                               team.warp());
}

//===----------------------------------------------------------------------===//
// Blocks
//===----------------------------------------------------------------------===//

SmallVector<Value> ColumnThreads::searchMemory(ValueRange initial,
                                               EmitBlock emitBlock) {
  return emitLoop(builder, loc, index.number(0), size, index.number(extent),
                  initial, [&](Value start, ValueRange before) {
                    auto [position, count] = makeBlock(start);
                    return emitBlock(position, count, before);
                  });
}

//===----------------------------------------------------------------------===//
// Sums
//===----------------------------------------------------------------------===//

ColumnThreads::Lanes ColumnThreads::addChunk(Value chunk, Lanes lanes,
                                             EmitBlock emitBlock) {
  if (inRegisters()) {
    for (auto [number, block] : llvm::enumerate(blocks))
      lanes[number % turn] =
          emitBlock(block.first, block.second, lanes[number % turn]);
    return lanes;
  }
  Value start = index.multiply(chunk, FixedSum::chunk);
  Value length =
      index.least(index.subtract(size, start), index.number(FixedSum::chunk));
  // Whole turns: blocks behind the end have no elements.
  Value whole = index.multiply(index.divideUp(length, FixedSum::maxLanes),
                               FixedSum::maxLanes);
  size_t numLanes = lanes.front().size();
  SmallVector<Value> all;
  for (ArrayRef<Value> ofBlock : lanes)
    llvm::append_range(all, ofBlock);
  all = emitLoop(
      builder, loc, start, index.add(start, whole), index.number(extent), all,
      [&](Value first, ValueRange before) {
        auto [position, count] = makeBlock(first);
        SmallVector<Value> next(before.drop_front(numLanes));
        llvm::append_range(
            next, emitBlock(position, count, before.take_front(numLanes)));
        return next;
      });
  for (auto [number, ofBlock] : llvm::enumerate(lanes))
    ofBlock.assign(all.begin() + number * numLanes,
                   all.begin() + (number + 1) * numLanes);
  return lanes;
}

SmallVector<Value> ColumnThreads::emitSums(Type type, bool compensated,
                                           unsigned count,
                                           FixedSum::EmitTerms emitTerms,
                                           LeaveOut leaveOut) {
  sync();
  Value zero = arith::ConstantOp::create(
      builder, loc, builder.getZeroAttr(VectorType::get(teamWidth, type)));
  Lanes none(turn, SmallVector<Value>(count * (compensated ? 2 : 1), zero));
  auto emitBlock = [&](Value position, Value number,
                       ValueRange lanes) -> SmallVector<Value> {
    return leaveOut(position, lanes,
                    addToLanes(builder, loc, lanes, emitTerms(position, number),
                               index.number(teamWidth), count, compensated));
  };
  auto add = [&](Value left, Value right) -> Value {
    return arith::AddFOp::create(builder, loc, left, right);
  };
  // The first steps of the tree are between blocks, the next within one.
  auto emitChunk = [&](Value chunk) {
    Lanes lanes = addChunk(chunk, none, emitBlock);
    SmallVector<Value> parts;
    for (unsigned sum = 0; sum < count; ++sum) {
      SmallVector<Value> ofBlocks;
      for (ArrayRef<Value> ofBlock : lanes)
        ofBlocks.push_back(compensated ? correctSums(builder, loc, ofBlock[sum],
                                                     ofBlock[count + sum])
                                       : ofBlock[sum]);
      for (int64_t half = turn / 2; half > 0; half /= 2)
        for (int64_t number = 0; number < half; ++number)
          ofBlocks[number] = add(ofBlocks[number], ofBlocks[number + half]);
      parts.push_back(team.addLanes(ofBlocks.front()));
    }
    return parts;
  };
  std::optional<int64_t> length = getConstantIntValue(size);
  if (length && *length <= FixedSum::chunk)
    return team.merge(emitChunk(index.number(0)));
  return team.forChunks(index.divideUp(size, FixedSum::chunk), type, count,
                        emitChunk);
}
