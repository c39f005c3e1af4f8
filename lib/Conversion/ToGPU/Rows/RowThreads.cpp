//===- RowThreads.cpp - A team of threads of a GPU on a row ---------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file implements how the blocks of a row are shared out, and what comes
// of them put together.
//
//===----------------------------------------------------------------------===//

#include "RowThreads.h"

#include "DeviceRowStream.h"

using namespace mlir;
using namespace act;

RowThreads::RowThreads(DeviceKernel &kernel, Location loc, bool aligned)
    : kernel(kernel), builder(kernel.body()), loc(loc), index(builder, loc),
      team(kernel, loc), aligned(aligned) {}

std::unique_ptr<RowStream> RowThreads::makeStream(const Access &access) {
  return std::make_unique<DeviceRowStream>(builder, loc, team, access, aligned,
                                           inRegisters());
}

void RowThreads::startRow(Value rowSize) {
  size = rowSize;
  if (!inRegisters())
    return;
  std::optional<int64_t> length = getConstantIntValue(size);
  int64_t capacity = kernel.getSchedule().capacity;
  int64_t perWarp = capacity / team.numWarps();
  Value first = index.number(0);
  if (team.numWarps() > 1)
    first = index.multiply(team.warp(), perWarp);
  for (int64_t group = 0; group < perWarp; group += FixedSum::maxLanes) {
    // Whether all threads have a full block is known for some lengths.
    bool isFull =
        length && (team.numWarps() == 1 ? group + FixedSum::maxLanes <= *length
                                        : *length == capacity);
    auto [position, count] = makeBlock(index.add(first, index.number(group)));
    blocks.emplace_back(position, isFull ? index.number(teamWidth) : count);
  }
}

std::pair<Value, Value> RowThreads::makeBlock(Value start) {
  Value position = index.add(start, index.multiply(team.lane(), teamWidth));
  Value count =
      index.least(index.subtract(size, position), index.number(teamWidth));
  return {position, count};
}

SmallVector<Value> RowThreads::forGroups(Value chunk, ValueRange initial,
                                         EmitBlock emitBlock) {
  Value start = index.multiply(chunk, FixedSum::chunk);
  Value end =
      index.least(index.add(start, index.number(FixedSum::chunk)), size);
  return emitLoop(builder, loc, start, end, index.number(FixedSum::maxLanes),
                  initial, [&](Value first, ValueRange carried) {
                    auto [position, count] = makeBlock(first);
                    return emitBlock(position, count, carried);
                  });
}

SmallVector<Value> RowThreads::searchBlocks(ValueRange initial,
                                            EmitBlock emitBlock) {
  SmallVector<Value> carried(initial);
  if (inRegisters()) {
    for (auto [position, count] : blocks)
      carried = emitBlock(position, count, carried);
    return carried;
  }
  Value chunks = index.divideUp(size, FixedSum::chunk);
  return emitLoop(builder, loc, team.warp(), chunks,
                  index.number(team.numWarps()), initial,
                  [&](Value chunk, ValueRange carried) {
                    return forGroups(chunk, carried, emitBlock);
                  });
}

SmallVector<Value> RowThreads::forBlocks(ValueRange initial,
                                         EmitBlock emitBlock) {
  team.sync();
  return searchBlocks(initial, emitBlock);
}

Value RowThreads::reduce(Value value, Combine combine) {
  return team.reduce(value, combine);
}

SmallVector<Value> RowThreads::emitSums(Type type, bool compensated,
                                        unsigned count,
                                        FixedSum::EmitTerms emitTerms) {
  team.sync();
  TeamSum sum(kernel, team, loc, type, compensated, count);
  auto emitBlock = [&](Value position, Value number,
                       ValueRange lanes) -> SmallVector<Value> {
    SmallVector<Value> all = emitTerms(position, number);
    return sum.add(lanes, all, number);
  };
  if (inRegisters())
    return sum.merge(sum.addLanes(searchBlocks(sum.makeLanes(), emitBlock)));
  return sum.forChunks(index.divideUp(size, FixedSum::chunk), [&](Value chunk) {
    return sum.addLanes(forGroups(chunk, sum.makeLanes(), emitBlock));
  });
}

void RowThreads::keepTerms(Value values, Value position) {
  if (inRegisters())
    terms[position] = values;
}

Value RowThreads::findTerms(Value position) { return terms.lookup(position); }
