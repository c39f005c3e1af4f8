//===- SplitRow.cpp - A row that many blocks have -------------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file implements the passes over split rows. The maximum of a row is that
// of its blocks; sums are kept for each chunk and merged in the fixed order, by
// each block that needs them.
//
//===----------------------------------------------------------------------===//

#include "SplitRow.h"

#include "../../ToLoops/Staging.h"
#include "../DeviceMemory.h"

#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"

using namespace mlir;
using namespace act;

//===----------------------------------------------------------------------===//
// Launches
//===----------------------------------------------------------------------===//

RowPasses::RowPasses(OpBuilder &host, Location loc, Value rows, Value parts,
                     Value chunks)
    : host(host), loc(loc), rows(rows), parts(parts), chunks(chunks) {}

bool RowPasses::next() {
  // The first kernel tells how many there are.
  lastLaunch = std::max(lastLaunch, point + hasParts);
  point = 0;
  lastRead = -1;
  hasParts = false;
  nextMemory = 0;
  return ++launch <= lastLaunch;
}

void RowPasses::finishParts() {
  point += hasParts;
  hasParts = false;
}

Value RowPasses::getMemory(Type type, Value perRow) {
  if (nextMemory == memory.size()) {
    IndexBuilder index(host, loc);
    // Memory of nothing is an error on some devices.
    Value size = arith::MaxSIOp::create(host, loc, index.multiply(rows, perRow),
                                        index.number(1));
    Value numbers = memref::AllocOp::create(
        host, loc, MemRefType::get({ShapedType::kDynamic}, type), size);
    memory.emplace_back(numbers,
                        makePointer(host, loc, numbers, host.getIndexAttr(0)));
  }
  return memory[nextMemory++].second;
}

Value RowPasses::getRows(Type type) {
  return getMemory(type, arith::ConstantIndexOp::create(host, loc, 1));
}

void RowPasses::finish() {
  for (auto [numbers, pointer] : memory)
    memref::DeallocOp::create(host, loc, numbers);
}

//===----------------------------------------------------------------------===//
// Threads
//===----------------------------------------------------------------------===//

SplitRowThreads::SplitRowThreads(DeviceKernel &kernel, Location loc,
                                 int64_t run, RowPasses &passes, Value row,
                                 Value part, Value numParts)
    : RowThreads(kernel, loc, run), passes(passes), row(row), part(part),
      numParts(numParts) {
  ofRow = index.add(index.multiply(part, team.numWarps()), team.warp());
  warpsOfRow = index.multiply(numParts, team.numWarps());
}

SmallVector<Value> SplitRowThreads::forBlocks(ValueRange initial,
                                              EmitBlock emitBlock) {
  if (!passes.isHere())
    return SmallVector<Value>(initial);
  return RowThreads::forBlocks(initial, emitBlock);
}

/// Blocks do not wait for one another: what comes next is for the next launch.
void SplitRowThreads::waitForReaders() {
  if (!passes.hasReaders())
    return;
  passes.finishParts();
  passes.addParts();
}

SmallVector<Value> SplitRowThreads::searchBlocks(ValueRange initial,
                                                 EmitBlock emitBlock) {
  if (!passes.isHere())
    return SmallVector<Value>(initial);
  return RowThreads::searchBlocks(initial, emitBlock);
}

Value SplitRowThreads::hasChunk(Value chunk) {
  Value warp = arith::RemUIOp::create(builder, loc, chunk, warpsOfRow);
  return arith::CmpIOp::create(builder, loc, arith::CmpIPredicate::eq, warp,
                               ofRow);
}

//===----------------------------------------------------------------------===//
// What blocks leave to the next launch
//===----------------------------------------------------------------------===//

SplitRowThreads::Numbers SplitRowThreads::getParts(Type type) {
  return {kernel.import(passes.getParts(type)), type, numParts};
}

SmallVector<SplitRowThreads::Numbers>
SplitRowThreads::getChunks(Type type, unsigned count) {
  SmallVector<Numbers> sums;
  for (unsigned sum = 0; sum < count; ++sum)
    sums.push_back({kernel.import(passes.getChunks(type)), type, numChunks()});
  return sums;
}

Value SplitRowThreads::load(const Numbers &numbers, Value position) {
  Value place = index.add(index.multiply(row, numbers.perRow), position);
  return loadGlobal(
      builder, loc,
      makeAddress(builder, loc, numbers.base, numbers.type, place),
      numbers.type);
}

void SplitRowThreads::store(const Numbers &numbers, Value position, Value value,
                            Value isWriter) {
  auto branch = scf::IfOp::create(builder, loc, isWriter);
  OpBuilder::InsertionGuard guard(builder);
  builder.setInsertionPointToStart(branch.thenBlock());
  Value place = index.add(index.multiply(row, numbers.perRow), position);
  storeGlobal(builder, loc, value,
              makeAddress(builder, loc, numbers.base, numbers.type, place));
}

void SplitRowThreads::storePart(const Numbers &numbers, Value value) {
  store(numbers, part, value, index.isLess(team.thread(), index.number(1)));
}

/// The block that has the element may write it, where rows are written over
/// what they are made of, before others read it: they have it from the launch
/// that reads it first.
Value SplitRowThreads::loadOne(Type type, llvm::function_ref<Value()> load) {
  passes.noteRead();
  Type stored = isa<FloatType>(type) && type.getIntOrFloatBitWidth() == 16
                    ? builder.getI16Type()
                    : type;
  Numbers kept = {kernel.import(passes.getRows(stored)), stored,
                  index.number(1)};
  if (passes.isPastAfterParts()) {
    Value element = this->load(kept, index.number(0));
    return stored == type
               ? element
               : arith::BitcastOp::create(builder, loc, type, element);
  }
  Value element = load();
  if (passes.isHereAfterParts()) {
    Value bits = bitsOf16(builder, element);
    Value number =
        index.add(index.multiply(part, kernel.getSchedule().threadsPerBlock),
                  team.thread());
    store(kept, index.number(0), bits ? bits : element,
          index.isLess(number, index.number(1)));
  }
  return element;
}

SmallVector<Value> SplitRowThreads::forParts(ValueRange initial,
                                             EmitTrip emitTrip) {
  return emitLoop(builder, loc, team.thread(), numParts,
                  index.number(kernel.getSchedule().threadsPerBlock), initial,
                  emitTrip);
}

Value SplitRowThreads::reduce(Value value, Combine combine) {
  Numbers parts = getParts(value.getType());
  passes.addParts();
  if (passes.isPast())
    value =
        forParts(value, [&](Value position, ValueRange before) {
          return SmallVector<Value>{combine(before[0], load(parts, position))};
        }).front();
  else if (!passes.isHere())
    return value;
  value = RowThreads::reduce(value, combine);
  if (passes.isHere())
    storePart(parts, value);
  return value;
}

RowTeam::Found SplitRowThreads::findFirst(Value own, const Search &search) {
  Type i32 = builder.getI32Type();
  Numbers values = getParts(own.getType()), indices = getParts(i32);
  passes.addParts();
  if (passes.isHere()) {
    Found found = RowThreads::findFirst(own, search);
    storePart(values, found.value);
    storePart(indices, found.index);
    return found;
  }
  Value none = arith::ConstantOp::create(
      builder, loc, builder.getI32IntegerAttr(Found::none));
  auto lesser = emitLesser(builder, loc);
  if (!passes.isPast())
    return {own, none};
  // Blocks that do not have the best have no index.
  auto restrict = [&](Value has, Value best, Value index) -> Value {
    return arith::SelectOp::create(builder, loc, search.isIt(has, best), index,
                                   none);
  };
  SmallVector<Value> found = forParts({own, none}, [&](Value position,
                                                       ValueRange before) {
    Value value = load(values, position), first = load(indices, position);
    Value best = search.choose(before[0], value);
    return SmallVector<Value>{best, lesser(restrict(before[0], best, before[1]),
                                           restrict(value, best, first))};
  });
  Value best = team.reduce(found[0], search.choose);
  return {best, team.reduce(restrict(found[0], best, found[1]),
                            {lesser, Combine::Kind::Least})};
}

//===----------------------------------------------------------------------===//
// Sums
//===----------------------------------------------------------------------===//

SmallVector<Value> SplitRowThreads::emitSums(Type type, bool compensated,
                                             unsigned count,
                                             FixedSum::EmitTerms emitTerms,
                                             LeaveOut leaveOut) {
  passes.finishParts();
  SmallVector<Numbers> sums = getChunks(type, count);
  TeamSum sum(kernel, team, loc, type, compensated, count, getLayout().run);
  SmallVector<Value> totals;
  if (passes.isPast()) {
    totals = sum.mergeChunks(numChunks(), [&](unsigned number, Value chunk) {
      return load(sums[number], chunk);
    });
  } else {
    if (passes.isHere())
      storeChunks(sum, sums, emitTerms, leaveOut);
    Value none =
        arith::ConstantOp::create(builder, loc, builder.getZeroAttr(type));
    totals.assign(count, none);
  }
  passes.finishSums();
  return totals;
}

void SplitRowThreads::storeChunks(TeamSum &sum, ArrayRef<Numbers> sums,
                                  FixedSum::EmitTerms emitTerms,
                                  LeaveOut leaveOut) {
  Value isFirst = index.isLess(team.lane(), index.number(1));
  emitLoop(builder, loc, firstChunk(), numChunks(), chunkStep(), ValueRange(),
           [&](Value chunk, ValueRange) -> SmallVector<Value> {
             for (auto [numbers, value] :
                  llvm::zip(sums, addChunk(sum, chunk, emitTerms, leaveOut)))
               store(numbers, chunk, value, isFirst);
             return {};
           });
}
