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

using namespace mlir;
using namespace act;

RowThreads::RowThreads(DeviceKernel &kernel, Location loc, int64_t run)
    : RowBlocks(kernel, loc), team(kernel, loc),
      counts(builder, loc, {run, run * team.numLanes()}) {}

std::unique_ptr<RowStream> RowThreads::makeStream(const Access &access,
                                                  double padding) {
  if (access.isMemory() && isWide(access))
    granule = std::max(
        granule, std::min(accessWidth(access.elementType()), getLayout().run));
  RowOwners &owners = *this;
  return std::make_unique<DeviceRowStream>(builder, loc, owners, access,
                                           inRegisters(), padding, counts);
}

/// Where a thread's block begins in a group of them.
Value RowThreads::startOfLane() {
  return index.multiply(team.lane(), getLayout().run);
}

/// What fits 32 bits takes half the instructions there.
Value RowThreads::toInteger(Value number) {
  return arith::IndexCastOp::create(builder, loc, builder.getI32Type(), number);
}

void RowThreads::startRow(Value rowSize) {
  size = rowSize;
  if (!inRegisters())
    return;
  std::optional<int64_t> length = getConstantIntValue(size);
  int64_t capacity = kernel.getSchedule().capacity;
  int64_t perWarp = elementsOfWarp();
  Value first = startOfLane();
  if (team.numWarps() > 1)
    first = index.add(index.multiply(team.warp(), perWarp), first);
  Value rest =
      arith::SubIOp::create(builder, loc, toInteger(size), toInteger(first));
  for (int64_t group = 0; group < perWarp; group += FixedSum::maxLanes) {
    // Whether all threads have a full block is known for some lengths.
    bool isFull =
        length &&
        (*length == capacity ||
         (team.numWarps() == 1 && group + FixedSum::maxLanes <= *length));
    blocks.emplace_back(index.add(first, index.number(group)),
                        isFull ? index.number(teamWidth)
                               : counts.add(rest, group));
  }
}

SmallVector<Value> RowThreads::forGroups(Value chunk, ValueRange initial,
                                         EmitBlock emitBlock) {
  Value start = index.multiply(chunk, FixedSum::chunk);
  Value ofChunk = toInteger(
      index.least(index.subtract(size, start), index.number(FixedSum::chunk)));
  Value first = startOfLane();
  Value rest = arith::SubIOp::create(builder, loc, ofChunk, toInteger(first));
  first = index.add(start, first);
  auto constant = [&](int64_t number) -> Value {
    return arith::ConstantOp::create(builder, loc,
                                     builder.getI32IntegerAttr(number));
  };
  return emitLoop(
      builder, loc, constant(0), ofChunk, constant(FixedSum::maxLanes), initial,
      [&](Value group, ValueRange carried) {
        Value offset = arith::IndexCastUIOp::create(
            builder, loc, builder.getIndexType(), group);
        Value here = arith::SubIOp::create(builder, loc, rest, group);
        return emitBlock(index.add(first, offset), counts.add(here, 0),
                         carried);
      });
}

Value RowThreads::makeMask(Value count) {
  return counts.makeMask(count, teamWidth, granule);
}

SmallVector<Value> RowThreads::searchMemory(ValueRange initial,
                                            EmitBlock emitBlock) {
  return emitLoop(builder, loc, firstChunk(), numChunks(), chunkStep(), initial,
                  [&](Value chunk, ValueRange carried) {
                    return forGroups(chunk, carried, emitBlock);
                  });
}

Value RowThreads::isOwner(Value position) {
  auto divide = [&](int64_t size) -> Value {
    if (size == 1)
      return position;
    Value shift = index.number(llvm::Log2_64(size));
    return arith::ShRUIOp::create(builder, loc, position, shift);
  };
  Value lane = arith::AndIOp::create(builder, loc, divide(getLayout().run),
                                     index.number(team.numLanes() - 1));
  Value isLane = arith::CmpIOp::create(builder, loc, arith::CmpIPredicate::eq,
                                       lane, team.lane());
  Value isWarp =
      inRegisters() ? hasElements(position) : hasChunk(divide(FixedSum::chunk));
  return isWarp ? arith::AndIOp::create(builder, loc, isLane, isWarp) : isLane;
}

/// i1: whether the warp has the element of a row in registers; null if all do.
Value RowThreads::hasElements(Value position) {
  if (team.numWarps() == 1)
    return nullptr;
  Value warp = arith::DivUIOp::create(builder, loc, position,
                                      index.number(elementsOfWarp()));
  return arith::CmpIOp::create(builder, loc, arith::CmpIPredicate::eq, warp,
                               team.warp());
}

Value RowThreads::hasChunk(Value chunk) {
  if (team.numWarps() == 1)
    return nullptr;
  Value warp = arith::AndIOp::create(builder, loc, chunk,
                                     index.number(team.numWarps() - 1));
  return arith::CmpIOp::create(builder, loc, arith::CmpIPredicate::eq, warp,
                               team.warp());
}

/// A constant for known lengths: then sums need no more memory than that.
Value RowThreads::numChunks() {
  if (std::optional<int64_t> length = getConstantIntValue(size))
    return index.number(llvm::divideCeil(*length, FixedSum::chunk));
  return index.divideUp(size, FixedSum::chunk);
}

SmallVector<Value> RowThreads::addChunk(TeamSum &sum, Value chunk,
                                        FixedSum::EmitTerms emitTerms,
                                        LeaveOut leaveOut) {
  auto emitBlock = [&](Value position, Value number,
                       ValueRange lanes) -> SmallVector<Value> {
    return leaveOut(
        position, lanes,
        sum.add(lanes, emitTerms(position, number), index.number(teamWidth)));
  };
  SmallVector<Value> lanes = sum.makeLanes();
  return sum.addLanes(inRegisters() ? searchBlocks(lanes, emitBlock)
                                    : forGroups(chunk, lanes, emitBlock));
}

SmallVector<Value> RowThreads::emitSums(Type type, bool compensated,
                                        unsigned count,
                                        FixedSum::EmitTerms emitTerms,
                                        LeaveOut leaveOut) {
  // Elsewhere terms may be stored over what others read.
  if (!inRegisters())
    team.sync();
  TeamSum sum(kernel, team, loc, type, compensated, count, getLayout().run);
  if (inRegisters() && team.numTurns() > 1) {
    // Terms are there before the turn comes.
    SmallVector<SmallVector<Value>> terms;
    for (auto [position, number] : blocks)
      terms.push_back(emitTerms(position, number));
    return sum.merge(sum.addLanes(
        sum.addInTurn(blocks.size(), [&](size_t block, ValueRange lanes) {
          return leaveOut(
              blocks[block].first, lanes,
              sum.add(lanes, terms[block], index.number(teamWidth)));
        })));
  }
  if (inRegisters())
    return sum.merge(addChunk(sum, /*chunk=*/nullptr, emitTerms, leaveOut));
  return sum.forChunks(numChunks(), [&](Value chunk) {
    return addChunk(sum, chunk, emitTerms, leaveOut);
  });
}
