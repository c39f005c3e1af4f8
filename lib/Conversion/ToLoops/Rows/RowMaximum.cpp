//===- RowMaximum.cpp - The maximum of a row ------------------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file implements the search for the maximum of a row and the first
// element that has it. To keep track of where each maximum was would cost three
// times what comparing does: each lane notes the first group of blocks only,
// and that group is searched.
//
//===----------------------------------------------------------------------===//

#include "../Blocks.h"
#include "../Staging.h"
#include "../VectorParts.h"
#include "RowEmitter.h"

#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"

#include <limits>

using namespace mlir;
using namespace act;

/// Elements among which the first maximum is searched.
static constexpr int64_t groupElements = 256;
static constexpr int32_t largest = std::numeric_limits<int32_t>::max();

//===----------------------------------------------------------------------===//
// Lanes
//===----------------------------------------------------------------------===//

/// From the position of a block to its elements.
Value RowEmitter::laneNumbers() {
  auto numbers =
      llvm::map_to_vector(llvm::seq<int32_t>(width), [&](int32_t lane) {
        return team ? int32_t(team->offsetOf(lane)) : lane;
      });
  return arith::ConstantOp::create(builder, loc,
                                   builder.getI32VectorAttr(numbers));
}

Value RowEmitter::integers(int32_t number) {
  auto type = VectorType::get(width, builder.getI32Type());
  return arith::ConstantOp::create(
      builder, loc,
      DenseElementsAttr::get(type, builder.getI32IntegerAttr(number)));
}

Value RowEmitter::integers(Value index) {
  return broadcast(
      arith::IndexCastOp::create(builder, loc, builder.getI32Type(), index));
}

Value RowEmitter::asIndex(Value integer) {
  return arith::IndexCastUIOp::create(builder, loc, builder.getIndexType(),
                                      integer);
}

/// Reduces the lanes to one element by halves.
Value RowEmitter::mergeLanes(Value lanes,
                             llvm::function_ref<Value(Value, Value)> combine) {
  for (int64_t half = width / 2; half > 0; half /= 2)
    lanes = combine(sliceVector(builder, loc, lanes, 0, half),
                    sliceVector(builder, loc, lanes, half, half));
  return vector::ExtractOp::create(builder, loc, lanes, 0);
}

/// The least of the integers in the lanes where `condition` holds.
Value RowEmitter::mergeLeast(Value condition, Value lanes) {
  return mergeLanes(select(condition, lanes, integers(largest)),
                    emitLesser(builder, loc));
}

/// `condition` where elements of the block exist and are kept.
Value RowEmitter::findKept(Value position, Value count) {
  Value kept = loadMask(position, count);
  Value exists;
  if (team)
    exists = padded ? Value() : team->makeMask(count);
  else if (!acrossRows && getConstantIntValue(count) != width)
    exists = makeMask(builder, loc, count, width);
  if (!kept || !exists)
    return kept ? kept : exists;
  return both(exists, kept);
}

Value RowEmitter::restrict(Value condition, Value position, Value count) {
  Value kept = findKept(position, count);
  return kept ? both(condition, kept) : condition;
}

//===----------------------------------------------------------------------===//
// The search
//===----------------------------------------------------------------------===//

namespace act {

/// What is searched, and in which order.
class RowEmitter::MaximumSearch {
public:
  MaximumSearch(RowEmitter &row, LoadBlock load, bool nanIsLargest)
      : row(row), builder(row.builder), loc(row.loc), load(load),
        nanIsLargest(nanIsLargest),
        lowest(row.number(-std::numeric_limits<double>::infinity())) {}

  void compareNarrow() { isNarrow = true; }

  RowMaximum emit() {
    if (row.acrossRows)
      return emitAcrossRows();
    if (row.team)
      return emitByTeam();
    std::optional<int64_t> length = getConstantIntValue(row.size);
    if (length && *length <= groupElements)
      return finish(mergeMaxima(emitLaneMaxima(row.index(0), row.size)),
                    row.index(0), row.size);
    SmallVector<Value> lanes = emitGroups();
    return emitFromGroups(lanes[0], lanes[1],
                          row.index(llvm::Log2_64(groupElements)));
  }

  /// What is known since the row before.
  RowMaximum emitFromNotes() {
    RowAhead::Notes notes = row.ahead->emitNotes();
    return emitFromGroups(notes.maxima, notes.granules, row.ahead->getShift());
  }

private:
  Value isNaN(Value value) {
    return row.compare(arith::CmpFPredicate::UNO, value, value);
  }

  Value isGreater(Value left, Value right) {
    if (!nanIsLargest)
      return row.compare(arith::CmpFPredicate::OGT, left, right);
    // Unordered or greater, but nothing is greater than NaN.
    return row.both(row.compare(arith::CmpFPredicate::UGT, left, right),
                    row.compare(arith::CmpFPredicate::ORD, right, right));
  }

  Value isEqual(Value left, Value right) {
    Value equal = row.compare(arith::CmpFPredicate::OEQ, left, right);
    if (!nanIsLargest)
      return equal;
    return arith::OrIOp::create(builder, loc, equal,
                                row.both(isNaN(left), isNaN(right)));
  }

  Value mergeMaxima(Value lanes) {
    return row.mergeLanes(lanes, [&](Value left, Value right) {
      return row.select(isGreater(right, left), right, left);
    });
  }

  /// The maximum of each lane over the `count` elements from `start` on.
  Value emitLaneMaxima(Value start, Value count) {
    return emitBlocks(builder, loc, count, row.width, row.broadcast(lowest),
                      [&](Value offset, Value blockCount,
                          ValueRange best) -> SmallVector<Value> {
                        Value position =
                            arith::AddIOp::create(builder, loc, start, offset);
                        Value block = load(position, blockCount);
                        Value greater = row.restrict(isGreater(block, best[0]),
                                                     position, blockCount);
                        return {row.select(greater, block, best[0])};
                      })
        .front();
  }

  /// The maximum of each lane, and the first group that has it.
  SmallVector<Value> emitGroups() {
    return emitBlocks(
        builder, loc, row.size, groupElements,
        {row.broadcast(lowest), row.integers(0)},
        [&](Value start, Value count, ValueRange best) -> SmallVector<Value> {
          Value maxima = emitLaneMaxima(start, count);
          Value greater = isGreater(maxima, best[0]);
          Value group = arith::ShRUIOp::create(
              builder, loc, start, row.index(llvm::Log2_64(groupElements)));
          return {row.select(greater, maxima, best[0]),
                  row.select(greater, row.integers(group), best[1])};
        });
  }

  /// Given the maximum of each lane and the first group that has it, of 2^shift
  /// elements.
  RowMaximum emitFromGroups(Value maxima, Value groups, Value shift) {
    Value maximum = mergeMaxima(maxima);
    Value group =
        row.mergeLeast(isEqual(maxima, row.broadcast(maximum)), groups);
    Value start =
        arith::ShLIOp::create(builder, loc, row.asIndex(group), shift);
    Value rest = arith::SubIOp::create(builder, loc, row.size, start);
    Value whole = arith::ShLIOp::create(builder, loc, row.index(1), shift);
    return finish(maximum, start,
                  arith::MinSIOp::create(builder, loc, rest, whole));
  }

  /// The first element that is `maximum` among the `count` from `start` on.
  Value emitFirst(Value maximum, Value start, Value count) {
    Value maxima = row.broadcast(maximum);
    Value first =
        emitBlocks(
            builder, loc, count, row.width, row.integers(largest),
            [&](Value offset, Value blockCount,
                ValueRange before) -> SmallVector<Value> {
              Value position =
                  arith::AddIOp::create(builder, loc, start, offset);
              Value is =
                  row.restrict(isEqual(load(position, blockCount), maxima),
                               position, blockCount);
              Value here = arith::AddIOp::create(
                  builder, loc, row.laneNumbers(), row.integers(offset));
              here = row.select(is, here, row.integers(largest));
              return {arith::MinSIOp::create(builder, loc, before[0], here)};
            })
            .front();
    Value least = row.mergeLanes(first, emitLesser(builder, loc));
    return arith::AddIOp::create(builder, loc, start, row.asIndex(least));
  }

  RowMaximum finish(Value maximum, Value start, Value count) {
    return {maximum,
            row.select(isGreater(maximum, lowest),
                       emitFirst(maximum, start, count), row.noIndex())};
  }

  /// The greater one, of zeros of different signs either: a row that has both
  /// has several maxima, and then the sign makes no difference.
  Value combine(Value left, Value right) {
    if (nanIsLargest)
      return row.select(isGreater(right, left), right, left);
    return arith::MaxNumFOp::create(builder, loc, left, right);
  }

  /// The maximum of a block, which is kept for later. Numbers of 16 bits are
  /// compared as they are, which widening does not change the order of: two at
  /// once, and none is held in 32 bits from here to the sums.
  Value emitBlockMaximum(Value position, Value count) {
    Value block =
        isNarrow ? row.stream(RowInput::X).load(position, row.lanesOf(count))
                 : load(position, count);
    if (Value kept = row.findKept(position, count)) {
      Value none = row.broadcast(lowest);
      if (isNarrow)
        none = arith::TruncFOp::create(builder, loc, block.getType(), none);
      block = row.select(kept, block, none);
    }
    Value maximum = row.mergeLanes(
        block, [&](Value left, Value right) { return combine(left, right); });
    if (isNarrow)
      maximum = arith::ExtFOp::create(builder, loc, row.computeType, maximum);
    return blockMaxima[position] = maximum;
  }

  /// The same where threads share the row: only those that have the maximum
  /// look for it, in the first of their blocks that has it.
  RowMaximum emitByTeam() {
    Value own =
        row.team
            ->searchBlocks(
                lowest,
                [&](Value position, Value count,
                    ValueRange best) -> SmallVector<Value> {
                  return {combine(best[0], emitBlockMaximum(position, count))};
                })
            .front();
    Value none = arith::ConstantOp::create(
        builder, loc, builder.getI32IntegerAttr(RowTeam::Found::none));
    auto choose = [&](Value left, Value right) { return combine(left, right); };
    // Nothing begins with NaN, and maxima pass over it.
    auto kind = nanIsLargest ? Combine::Kind::Other : Combine::Kind::Greatest;
    auto [maximum, first, isShared] = row.team->findFirst(
        own, {Combine(choose, kind),
              [&](Value own, Value maximum) {
                return row.both(isEqual(own, maximum),
                                isGreater(maximum, lowest));
              },
              [&](Value maximum) { return emitOwnFirst(maximum, none); }});
    return {maximum, row.asIndex(first), isShared};
  }

  /// The first of a thread's elements that is the maximum; `none` if none is.
  Value emitOwnFirst(Value maximum, Value none) {
    return row.team
        ->searchBlocks(none,
                       [&](Value position, Value count,
                           ValueRange before) -> SmallVector<Value> {
                         return {emitFirstOfBlock(maximum, position, count,
                                                  before[0], none)};
                       })
        .front();
  }

  /// The same of one block, unless there is one `before`.
  Value emitFirstOfBlock(Value maximum, Value position, Value count,
                         Value before, Value none) {
    Value isHere = arith::CmpIOp::create(builder, loc, arith::CmpIPredicate::eq,
                                         before, none);
    // In large teams few look for it: not worth it that all keep the maxima of
    // their blocks.
    if (!row.team->isLarge()) {
      // In a loop that reads rows again they are not there.
      Value own = blockMaxima.lookup(position);
      if (!own)
        own = emitBlockMaximum(position, count);
      isHere = row.both(isEqual(own, maximum), isHere);
    }
    auto branch =
        scf::IfOp::create(builder, loc, none.getType(), isHere,
                          /*addThenBlock=*/true, /*addElseBlock=*/true);
    OpBuilder::InsertionGuard guard(builder);
    builder.setInsertionPointToStart(branch.elseBlock());
    scf::YieldOp::create(builder, loc, before);
    builder.setInsertionPointToStart(branch.thenBlock());
    Value is =
        row.restrict(isEqual(load(position, count), row.broadcast(maximum)),
                     position, count);
    Value lane =
        row.mergeLanes(row.select(is, row.laneNumbers(), row.integers(largest)),
                       emitLesser(builder, loc));
    Value start =
        arith::IndexCastOp::create(builder, loc, none.getType(), position);
    Value first = arith::AddIOp::create(builder, loc, start, lane);
    if (row.team->isLarge())
      first =
          row.select(arith::CmpIOp::create(
                         builder, loc, arith::CmpIPredicate::eq, lane, none),
                     none, first);
    scf::YieldOp::create(builder, loc, ValueRange(first));
    return branch.getResult(0);
  }

  /// The same where each lane is a row, with an index of 32 bits in each.
  RowMaximum emitAcrossRows() {
    SmallVector<Value> best = emitBlocks(
        builder, loc, row.size, 1, {lowest, row.noIndex()},
        [&](Value position, Value count,
            ValueRange before) -> SmallVector<Value> {
          Value block = load(position, count);
          Value greater =
              row.restrict(isGreater(block, before[0]), position, count);
          return {row.select(greater, block, before[0]),
                  row.select(greater, row.integers(position), before[1])};
        });
    return {best[0], best[1]};
  }

  RowEmitter &row;
  OpBuilder &builder;
  Location loc;
  LoadBlock load;
  bool nanIsLargest;
  /// Whether blocks of a team are compared as they are in memory.
  bool isNarrow = false;
  Value lowest;
  /// By positions, where threads share the row.
  DenseMap<Value, Value> blockMaxima;
};

} // namespace act

RowMaximum RowEmitter::emitMaximum(bool nanIsLargest) {
  auto load = [&](Value position, Value count) {
    return loadLogits(position, count);
  };
  MaximumSearch search(*this, load, nanIsLargest);
  if (team && team->comparesHalves() && !nanIsLargest && comparesNarrow())
    search.compareNarrow();
  if (!ahead)
    return search.emit();
  auto branch = scf::IfOp::create(
      builder, loc, {computeType, builder.getIndexType()}, ahead->isNoted(),
      /*addThenBlock=*/true, /*addElseBlock=*/true);
  auto fill = [&](Block *block, RowMaximum (MaximumSearch::*emit)()) {
    OpBuilder::InsertionGuard guard(builder);
    builder.setInsertionPointToStart(block);
    RowMaximum maximum = (search.*emit)();
    scf::YieldOp::create(builder, loc,
                         ValueRange{maximum.value, maximum.index});
  };
  fill(branch.thenBlock(), &MaximumSearch::emitFromNotes);
  fill(branch.elseBlock(), &MaximumSearch::emit);
  return {branch.getResult(0), branch.getResult(1)};
}

RowMaximum RowEmitter::emitMaximum(LoadBlock load, bool nanIsLargest) {
  return MaximumSearch(*this, load, nanIsLargest).emit();
}

void RowEmitter::shareIndex(RowMaximum &maximum) {
  if (maximum.isIndexShared)
    return;
  Value index = arith::IndexCastOp::create(builder, loc, builder.getI32Type(),
                                           maximum.index);
  auto lesser = emitLesser(builder, loc);
  maximum.index = asIndex(team->reduce(index, {lesser, Combine::Kind::Least}));
  maximum.isIndexShared = true;
}

Value RowEmitter::noIndex() {
  if (team)
    return index(RowTeam::Found::none);
  return acrossRows ? integers(-1) : index(-1);
}

Value RowEmitter::firstIfNone(Value position) {
  Value isNone = arith::CmpIOp::create(builder, loc, arith::CmpIPredicate::eq,
                                       position, noIndex());
  return select(isNone, index(0), position);
}
