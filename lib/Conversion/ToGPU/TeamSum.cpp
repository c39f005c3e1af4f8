//===- TeamSum.cpp - Sums in the fixed order by a team --------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file implements sums by a team. Lanes and chunks that have no terms are
// +0, and adding +0 changes nothing: no sum of the fixed order is -0. So trees
// may have the size of the hardware, and chunks that do not exist take part.
//
//===----------------------------------------------------------------------===//

#include "TeamSum.h"

#include "../ToLoops/Staging.h"
#include "../ToLoops/VectorParts.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"

using namespace mlir;
using namespace act;

/// Chunks whose sums are in shared memory at a time: two levels of trees of
/// warps.
static constexpr int64_t chunksOfRound = Team::warpSize * Team::warpSize;

SmallVector<Value> TeamSum::makeLanes() {
  auto vector = VectorType::get(teamWidth, type);
  Value zero =
      arith::ConstantOp::create(builder, loc, builder.getZeroAttr(vector));
  return SmallVector<Value>(count * (compensated ? 2 : 1), zero);
}

SmallVector<Value> act::addToLanes(OpBuilder &builder, Location loc,
                                   ValueRange lanes, ArrayRef<Value> terms,
                                   Value number, unsigned count,
                                   bool compensated) {
  int64_t width = cast<VectorType>(lanes[0].getType()).getNumElements();
  Value mask;
  if (getConstantIntValue(number) != width)
    mask = makeMask(builder, loc, number, width);
  // Sums that get no terms here stay as they are.
  SmallVector<Value> sums(lanes);
  for (auto [position, all] : llvm::enumerate(terms)) {
    Value term = all;
    if (mask)
      term = arith::SelectOp::create(
          builder, loc, mask, term,
          arith::ConstantOp::create(builder, loc,
                                    builder.getZeroAttr(term.getType())));
    Value before = lanes[position];
    sums[position] = arith::AddFOp::create(builder, loc, before, term);
    if (compensated)
      sums[count + position] = arith::AddFOp::create(
          builder, loc, lanes[count + position],
          makeRoundingError(builder, loc, before, term, sums[position]));
  }
  return sums;
}

/// Lanes are added up in the order of their terms: a warp waits for those
/// before it, but has its terms by then.
SmallVector<Value> TeamSum::addInTurn(size_t numBlocks, AddBlock addBlock) {
  SmallVector<Value> lanes = makeLanes(), memory;
  for (size_t number = 0; number < lanes.size(); ++number)
    memory.push_back(
        kernel.makeShared(type, team.chunksOfBlock() * FixedSum::maxLanes));
  Value start = index.add(
      index.multiply(team.chunkInBlock(), FixedSum::maxLanes), team.lane());
  // Neighbouring threads have neighbouring words of the memory.
  auto place = [&](int64_t lane) {
    return index.add(start, index.number(lane * Team::warpSize));
  };
  auto load = [&](Value from) -> Value {
    SmallVector<Value> elements;
    for (int64_t lane = 0; lane < teamWidth; ++lane)
      elements.push_back(
          memref::LoadOp::create(builder, loc, from, place(lane)));
    return vector::FromElementsOp::create(
        builder, loc, VectorType::get(teamWidth, type), elements);
  };
  auto store = [&](Value vector, Value to) {
    for (int64_t lane = 0; lane < teamWidth; ++lane)
      memref::StoreOp::create(
          builder, loc, vector::ExtractOp::create(builder, loc, vector, lane),
          to, place(lane));
  };
  for (int64_t turn = 0; turn < team.numTurns(); ++turn) {
    if (turn > 0)
      team.syncBlock();
    Value isTurn = arith::CmpIOp::create(builder, loc, arith::CmpIPredicate::eq,
                                         team.turn(), index.number(turn));
    auto branch = scf::IfOp::create(builder, loc, ValueRange(lanes).getTypes(),
                                    isTurn, /*addThenBlock=*/true,
                                    /*addElseBlock=*/true);
    OpBuilder::InsertionGuard guard(builder);
    builder.setInsertionPointToStart(branch.elseBlock());
    scf::YieldOp::create(builder, loc, lanes);
    builder.setInsertionPointToStart(branch.thenBlock());
    SmallVector<Value> sums = lanes;
    if (turn > 0)
      for (auto [sum, from] : llvm::zip(sums, memory))
        sum = load(from);
    for (size_t block = 0; block < numBlocks; ++block)
      sums = addBlock(block, sums);
    if (turn + 1 < team.numTurns())
      for (auto [sum, to] : llvm::zip(sums, memory))
        store(sum, to);
    scf::YieldOp::create(builder, loc, sums);
    lanes.assign(branch.getResults().begin(), branch.getResults().end());
  }
  return lanes;
}

SmallVector<Value> TeamSum::addLanes(ValueRange lanes) {
  SmallVector<Value> sums;
  for (unsigned position = 0; position < count; ++position) {
    Value own = lanes[position];
    if (compensated)
      own = correctSums(builder, loc, own, lanes[count + position]);
    sums.push_back(addLanesOf(own));
  }
  return sums;
}

/// The tree over 256 lanes: lane j += lane j + w for w = 128, ..., 1. Runs of a
/// thread, which are farthest apart, are added first. As long as a thread has
/// several lanes then it gives half of them away for those of its partner, so
/// that together they halve at each step.
Value TeamSum::addLanesOf(Value lanes) {
  auto add = [&](Value left, Value right) -> Value {
    return arith::AddFOp::create(builder, loc, left, right);
  };
  int64_t width = teamWidth;
  for (; width > run; width /= 2)
    lanes = add(sliceVector(builder, loc, lanes, 0, width / 2),
                sliceVector(builder, loc, lanes, width / 2, width / 2));
  int32_t firstMask = team.numLanes() / 2, mask = firstMask;
  for (; width > 1 && mask > 0; width /= 2, mask /= 2) {
    int64_t half = width / 2;
    Value lower = sliceVector(builder, loc, lanes, 0, half);
    Value upper = sliceVector(builder, loc, lanes, half, half);
    Value bit =
        arith::AndIOp::create(builder, loc, team.lane(), index.number(mask));
    Value isLower = arith::CmpIOp::create(
        builder, loc, arith::CmpIPredicate::eq, bit, index.number(0));
    Value kept = arith::SelectOp::create(builder, loc, isLower, lower, upper);
    Value given = arith::SelectOp::create(builder, loc, isLower, upper, lower);
    SmallVector<Value> received;
    for (int64_t lane = 0; lane < half; ++lane)
      received.push_back(team.exchange(
          vector::ExtractOp::create(builder, loc, given, lane), mask));
    lanes = add(kept, vector::FromElementsOp::create(builder, loc,
                                                     kept.getType(), received));
  }
  SmallVector<Value> sums;
  for (int64_t lane = 0; lane < width; ++lane)
    sums.push_back(vector::ExtractOp::create(builder, loc, lanes, lane));
  auto addPartners = [&] {
    for (Value &sum : sums)
      sum = add(sum, team.exchange(sum, mask));
  };
  auto addOwn = [&] {
    for (; width > 1; width /= 2)
      for (int64_t lane = 0; lane < width / 2; ++lane)
        sums[lane] = add(sums[lane], sums[lane + width / 2]);
    sums.resize(1);
  };
  for (; mask > 0; mask /= 2)
    addPartners();
  // The lanes that were neighbours in one thread: those in several now, and
  // those that a few threads still have.
  mask = firstMask;
  for (int64_t given = run; given > width; given /= 2, mask /= 2)
    addPartners();
  addOwn();
  return sums.front();
}

/// Neighbours first, as chunks are merged.
Value TeamSum::addPairs(Value value, int64_t lanes) {
  return team.reduceWarp(
      value,
      [&](Value left, Value right) -> Value {
        return arith::AddFOp::create(builder, loc, left, right);
      },
      lanes);
}

SmallVector<Value> TeamSum::merge(ArrayRef<Value> sums) {
  return team.combineChunks(sums, [&](Value left, Value right) -> Value {
    return arith::AddFOp::create(builder, loc, left, right);
  });
}

/// The first thread of each warp stores what all of them have.
void TeamSum::store(Value value, Value memory, Value position) {
  Value isFirst = index.isLess(team.lane(), index.number(1));
  auto branch = scf::IfOp::create(builder, loc, isFirst);
  OpBuilder::InsertionGuard guard(builder);
  builder.setInsertionPointToStart(branch.thenBlock());
  memref::StoreOp::create(builder, loc, value, memory, position);
}

Value TeamSum::getOrZero(Value exists, llvm::function_ref<Value()> get) {
  Value zero =
      arith::ConstantOp::create(builder, loc, builder.getZeroAttr(type));
  auto branch =
      scf::IfOp::create(builder, loc, type, exists, /*addThenBlock=*/true,
                        /*addElseBlock=*/true);
  OpBuilder::InsertionGuard guard(builder);
  builder.setInsertionPointToStart(branch.elseBlock());
  scf::YieldOp::create(builder, loc, zero);
  builder.setInsertionPointToStart(branch.thenBlock());
  scf::YieldOp::create(builder, loc, get());
  return branch.getResult(0);
}

SmallVector<Value> TeamSum::makeMemory(int64_t size) {
  SmallVector<Value> memory;
  for (unsigned sum = 0; sum < count; ++sum)
    memory.push_back(kernel.makeShared(type, size));
  return memory;
}

/// The most chunks that a round has.
static int64_t mostOfRound(Value numChunks) {
  int64_t most = getConstantIntValue(numChunks).value_or(chunksOfRound);
  return std::clamp<int64_t>(most, 1, chunksOfRound);
}

SmallVector<Value> TeamSum::forChunks(Value numChunks, EmitChunk emitChunk) {
  SmallVector<Value> chunks = makeMemory(mostOfRound(numChunks));
  return forRounds(numChunks, [&](Value first, Value number) {
    auto loop = scf::ForOp::create(builder, loc, team.warp(), number,
                                   index.number(team.numWarps()));
    {
      OpBuilder::InsertionGuard guard(builder);
      builder.setInsertionPoint(loop.getBody()->getTerminator());
      Value here = loop.getInductionVar();
      for (auto [memory, sum] :
           llvm::zip(chunks, emitChunk(index.add(first, here))))
        store(sum, memory, here);
    }
    team.sync();
    return addRound(number, [&](unsigned sum, Value chunk) -> Value {
      return memref::LoadOp::create(builder, loc, chunks[sum], chunk);
    });
  });
}

SmallVector<Value> TeamSum::mergeChunks(Value numChunks, LoadChunk load) {
  return forRounds(numChunks, [&](Value first, Value number) {
    return addRound(number, [&](unsigned sum, Value chunk) {
      return load(sum, index.add(first, chunk));
    });
  });
}

SmallVector<Value> TeamSum::forRounds(Value numChunks, EmitRound emitRound) {
  if (mostOfRound(numChunks) > Team::warpSize)
    groups = makeMemory(Team::warpSize);
  std::optional<int64_t> known = getConstantIntValue(numChunks);
  if (known && *known <= chunksOfRound)
    return emitRound(index.number(0), numChunks);

  // Sums of rounds that wait for their partners.
  SmallVector<Value> waiting = makeMemory(PairwiseMerge::maxLevels);
  PairwiseMerge rounds(
      builder, loc, type, count,
      [&](OpBuilder &at, unsigned sum, Value level) -> Value {
        return memref::LoadOp::create(at, loc, waiting[sum], level);
      },
      [&](unsigned sum, Value level, Value value) {
        // Others may still read it.
        team.sync();
        Value isFirst = index.isLess(team.thread(), index.number(1));
        auto branch = scf::IfOp::create(builder, loc, isFirst);
        {
          OpBuilder::InsertionGuard guard(builder);
          builder.setInsertionPointToStart(branch.thenBlock());
          memref::StoreOp::create(builder, loc, value, waiting[sum], level);
        }
        team.sync();
      });
  Value numRounds = index.divideUp(numChunks, chunksOfRound);
  auto loop = scf::ForOp::create(builder, loc, index.number(0), numRounds,
                                 index.number(1));
  {
    OpBuilder::InsertionGuard guard(builder);
    builder.setInsertionPoint(loop.getBody()->getTerminator());
    Value round = loop.getInductionVar();
    Value first = index.multiply(round, chunksOfRound);
    Value number = index.least(index.subtract(numChunks, first),
                               index.number(chunksOfRound));
    rounds.add(round, emitRound(first, number));
  }
  return rounds.finish(numRounds);
}

/// The sums of `number` chunks by trees of warps.
SmallVector<Value> TeamSum::addRound(Value number, LoadChunk load) {
  auto addGroup = [&](unsigned sum, Value chunk) {
    return addPairs(getOrZero(index.isLess(chunk, number),
                              [&] { return load(sum, chunk); }));
  };
  SmallVector<Value> sums;
  if (groups.empty()) {
    for (unsigned sum = 0; sum < count; ++sum)
      sums.push_back(addGroup(sum, team.lane()));
    return sums;
  }
  Value numGroups = index.divideUp(number, Team::warpSize);
  auto tree = scf::ForOp::create(builder, loc, team.warp(), numGroups,
                                 index.number(team.numWarps()));
  {
    OpBuilder::InsertionGuard guard(builder);
    builder.setInsertionPoint(tree.getBody()->getTerminator());
    Value group = tree.getInductionVar();
    Value chunk = index.add(index.multiply(group, Team::warpSize), team.lane());
    for (auto [sum, memory] : llvm::enumerate(groups))
      store(addGroup(sum, chunk), memory, group);
  }
  team.sync();
  for (Value memory : groups)
    sums.push_back(addPairs(
        getOrZero(index.isLess(team.lane(), numGroups), [&]() -> Value {
          return memref::LoadOp::create(builder, loc, memory, team.lane());
        })));
  return sums;
}
