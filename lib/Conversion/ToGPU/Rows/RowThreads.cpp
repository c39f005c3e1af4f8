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
      waiting(kernel, loc, team.thread(), numWaiting()),
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

Value RowThreads::integer(int64_t number) {
  return arith::ConstantOp::create(builder, loc,
                                   builder.getI32IntegerAttr(int32_t(number)));
}

void RowThreads::startRow(Value rowSize) {
  size = rowSize;
  if (!inRegisters())
    return;
  std::optional<int64_t> length = getConstantIntValue(size);
  int64_t capacity = kernel.getSchedule().capacity;
  int64_t perWarp = elementsOfWarp();
  // In 32 bits: of more the assembler does not see that they are 0.
  auto multiply = [&](Value number, int64_t factor) -> Value {
    Value by = integer(factor);
    return arith::MulIOp::create(builder, loc, toInteger(number), by);
  };
  firstElement = multiply(team.lane(), getLayout().run);
  if (team.numWarps() > 1)
    firstElement = arith::AddIOp::create(builder, loc, firstElement,
                                         multiply(team.warp(), perWarp));
  Value first = arith::IndexCastUIOp::create(
      builder, loc, builder.getIndexType(), firstElement);
  Value rest =
      arith::SubIOp::create(builder, loc, toInteger(size), firstElement);
  for (int64_t group = 0; group < perWarp; group += FixedSum::maxLanes) {
    // Whether all threads have a full block is known for some lengths.
    bool isFull =
        length &&
        (*length == capacity ||
         (team.numWarps() == 1 && group + FixedSum::maxLanes <= *length));
    blocks.emplace_back(index.add(first, index.number(group)),
                        isFull ? index.number(teamWidth)
                               : counts.add(rest, group));
    if (team.numTurns() == 1)
      offsets[blocks.back().first] = group;
  }
}

Value RowThreads::distance(Value element, Value position) {
  auto offset = offsets.find(position);
  if (offset == offsets.end())
    return RowBlocks::distance(element, position);
  // Positions need not be kept for this.
  Value distance =
      arith::SubIOp::create(builder, loc, toInteger(element), firstElement);
  return arith::SubIOp::create(builder, loc, distance, integer(offset->second));
}

SmallVector<Value> RowThreads::forGroups(Value chunk, ValueRange initial,
                                         EmitBlock emitBlock) {
  Value start = index.multiply(chunk, FixedSum::chunk);
  Value ofChunk = toInteger(
      index.least(index.subtract(size, start), index.number(FixedSum::chunk)));
  Value first = startOfLane();
  Value rest = arith::SubIOp::create(builder, loc, ofChunk, toInteger(first));
  first = index.add(start, first);
  return emitLoop(
      builder, loc, integer(0), ofChunk, integer(FixedSum::maxLanes), initial,
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

void RowThreads::sync() {
  // In loops what is read comes before what was emitted earlier, too.
  if (inRegisters())
    team.waitForReaders();
  else
    team.sync();
}

/// The last blocks of a thread wait: others are at work by the time they are
/// back.
Value RowThreads::recall(Value block, Value position) {
  if (!hasSums || !numWaiting())
    return block;
  for (auto [number, last] :
       llvm::enumerate(ArrayRef(blocks).take_back(numWaiting())))
    if (last.first == position)
      return waiting.bring(block, number);
  return block;
}

/// Warps have runs of the elements of rows in registers, in their order: the
/// first one with the best has the first element. Only that one looks for it,
/// and nobody waits for what it finds.
RowTeam::Found RowThreads::findFirst(Value own, const Search &search) {
  if (!inRegisters() || team.numWarps() == 1)
    return RowBlocks::findFirst(own, search);
  auto [best, isFirst] = team.findFirstWarp(own, search.choose, search.isIt);
  auto branch = scf::IfOp::create(builder, loc, builder.getI32Type(), isFirst,
                                  /*addThenBlock=*/true, /*addElseBlock=*/true);
  OpBuilder::InsertionGuard guard(builder);
  builder.setInsertionPointToStart(branch.elseBlock());
  scf::YieldOp::create(builder, loc, integer(Found::none));
  builder.setInsertionPointToStart(branch.thenBlock());
  auto lesser = emitLesser(builder, loc);
  Value first = team.reduceWarp(findOwnFirst(builder, loc, own, best, search),
                                {lesser, Combine::Kind::Least}, Team::warpSize);
  scf::YieldOp::create(builder, loc, first);
  return {best, branch.getResult(0), /*isShared=*/false};
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
  auto addBlock = [&](Value position, Value number, ValueRange lanes) {
    return leaveOut(
        position, lanes,
        sum.add(lanes, emitTerms(position, number), index.number(teamWidth)));
  };
  return sum.addLanes(forGroups(chunk, sum.makeLanes(), addBlock));
}

/// One warp of many has the element that is left out: the others need not look
/// where it is. Terms that are kept would all have to be there before the
/// branch, which takes registers of kernels that have none to spare.
SmallVector<Value> RowThreads::addBlocks(TeamSum &sum,
                                         FixedSum::EmitTerms emitTerms,
                                         LeaveOut leaveOut) {
  SmallVector<Value> lanes = sum.makeLanes();
  Value width = index.number(teamWidth);
  auto addAll = [&](const LeaveOut &without) {
    SmallVector<Value> carried = lanes;
    for (auto [position, count] : blocks)
      carried = without(position, carried,
                        sum.add(carried, emitTerms(position, count), width));
    return carried;
  };
  Value hasElement =
      leaveOut.element && !keepsTerms ? hasElements(leaveOut.element) : Value();
  if (!hasElement)
    return addAll(leaveOut);
  auto branch =
      scf::IfOp::create(builder, loc, ValueRange(lanes).getTypes(), hasElement,
                        /*addThenBlock=*/true, /*addElseBlock=*/true);
  OpBuilder::InsertionGuard guard(builder);
  for (auto [block, without] : {std::pair(branch.thenBlock(), leaveOut),
                                {branch.elseBlock(), LeaveOut{}}}) {
    builder.setInsertionPointToStart(block);
    scf::YieldOp::create(builder, loc, addAll(without));
  }
  return branch.getResults();
}

/// Terms are there before the turn comes.
SmallVector<Value> RowThreads::addInTurn(TeamSum &sum,
                                         FixedSum::EmitTerms emitTerms,
                                         LeaveOut leaveOut) {
  auto terms = llvm::map_to_vector(blocks, [&](const auto &block) {
    return emitTerms(block.first, block.second);
  });
  return sum.addInTurn(blocks.size(), [&](size_t block, ValueRange lanes) {
    return leaveOut(blocks[block].first, lanes,
                    sum.add(lanes, terms[block], index.number(teamWidth)));
  });
}

SmallVector<Value> RowThreads::emitSums(Type type, bool compensated,
                                        unsigned count,
                                        FixedSum::EmitTerms emitTerms,
                                        LeaveOut leaveOut) {
  TeamSum sum(kernel, team, loc, type, compensated, count, getLayout().run);
  if (!inRegisters())
    return sum.forChunks(numChunks(), [&](Value chunk) {
      return addChunk(sum, chunk, emitTerms, leaveOut);
    });
  SmallVector<Value> lanes = team.numTurns() > 1
                                 ? addInTurn(sum, emitTerms, leaveOut)
                                 : addBlocks(sum, emitTerms, leaveOut);
  hasSums = true;
  if (storesScalars)
    team.endOthers();
  return sum.merge(sum.addLanes(lanes));
}
