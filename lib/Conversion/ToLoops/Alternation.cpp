//===- Alternation.cpp - Every other element ------------------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file implements wide accesses to alternating elements. Two neighbours of
// 16 bit are one integer of 32, whose halves are found by shifts, of which none
// is left once they become f32. Registers of 256 bit have no cheap shuffle
// across their halves: there memory is read and written by 128 bit, so that
// elements need to move within these alone. All else is left to LLVM.
//
//===----------------------------------------------------------------------===//

#include "Alternation.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"

using namespace mlir;
using namespace act;

namespace {

class Alternation {
public:
  Alternation(OpBuilder &builder, Location loc, const AlternatingBlock &block)
      : builder(builder), loc(loc), block(block),
        bits(block.element.isIndex() ? 64
                                     : block.element.getIntOrFloatBitWidth()),
        perPart(partBits / bits) {}

  bool isPairOfHalves() const { return bits == 16; }
  bool isByParts() const {
    return block.vectorBits == 2 * partBits && (bits == 32 || bits == 64) &&
           block.width % groupWidth() == 0;
  }

  //===--------------------------------------------------------------------===//
  // Elements of 16 bit
  //===--------------------------------------------------------------------===//

  std::pair<Value, Value> splitPairs(Value elements) {
    Value pairs =
        vector::BitCastOp::create(builder, loc, integers(32), elements);
    Value high = arith::ShRUIOp::create(builder, loc, pairs, sixteen());
    return {makeHalf(pairs), makeHalf(high)};
  }

  Value joinPairs(Value first, Value second) {
    Value high =
        arith::ShLIOp::create(builder, loc, makeWord(second), sixteen());
    Value pairs = arith::OrIOp::create(builder, loc, makeWord(first), high);
    return vector::BitCastOp::create(builder, loc, elements(2 * block.width),
                                     pairs);
  }

  //===--------------------------------------------------------------------===//
  // By 128 bit
  //===--------------------------------------------------------------------===//

  std::pair<Value, Value> loadByParts() {
    SmallVector<Value> firsts, seconds;
    for (int64_t start = 0; start < 2 * block.width; start += 4 * perPart) {
      auto load = [&](int64_t part) -> Value {
        return vector::LoadOp::create(builder, loc, elements(perPart),
                                      block.memory,
                                      positionOf(start + part * perPart));
      };
      Value even = concatenate(load(0), load(2));
      Value odd = concatenate(load(1), load(3));
      firsts.push_back(everyOther(even, odd, 0));
      seconds.push_back(everyOther(even, odd, 1));
    }
    return {concatenate(firsts), concatenate(seconds)};
  }

  void storeByParts(Value first, Value second) {
    for (int64_t start = 0; start < block.width; start += groupWidth()) {
      Value ones = take(first, start, groupWidth());
      Value others = take(second, start, groupWidth());
      Value even = interleave(ones, others, 0);
      Value odd = interleave(ones, others, perPart / 2);
      Value sources[] = {even, odd, even, odd};
      for (auto [part, from] : llvm::enumerate(sources))
        vector::StoreOp::create(
            builder, loc, take(from, part / 2 * perPart, perPart), block.memory,
            positionOf(2 * start + part * perPart));
    }
  }

private:
  static constexpr int64_t partBits = 128;

  /// Elements of each operand in two registers.
  int64_t groupWidth() const { return 2 * perPart; }

  VectorType elements(int64_t width) {
    return VectorType::get(width, block.element);
  }
  VectorType integers(unsigned width) {
    return VectorType::get(block.width, builder.getIntegerType(width));
  }
  Value sixteen() {
    VectorType type = integers(32);
    return arith::ConstantOp::create(
        builder, loc,
        DenseElementsAttr::get(type, builder.getI32IntegerAttr(16)));
  }
  Value makeHalf(Value word) {
    Value half = arith::TruncIOp::create(builder, loc, integers(16), word);
    return arith::BitcastOp::create(builder, loc, elements(block.width), half);
  }
  Value makeWord(Value half) {
    Value word = arith::BitcastOp::create(builder, loc, integers(16), half);
    return arith::ExtUIOp::create(builder, loc, integers(32), word);
  }

  Value positionOf(int64_t element) {
    if (element == 0)
      return block.position;
    return arith::AddIOp::create(
        builder, loc, block.position,
        arith::ConstantIndexOp::create(builder, loc, element));
  }

  Value shuffle(Value left, Value right, ArrayRef<int64_t> mask) {
    return vector::ShuffleOp::create(builder, loc, left, right, mask);
  }
  Value take(Value vector, int64_t start, int64_t count) {
    return shuffle(vector, vector,
                   llvm::to_vector(llvm::seq(start, start + count)));
  }
  Value concatenate(Value left, Value right) {
    int64_t width = cast<VectorType>(left.getType()).getNumElements();
    return shuffle(left, right,
                   llvm::to_vector(llvm::seq<int64_t>(0, 2 * width)));
  }
  /// As many as a power of two.
  Value concatenate(ArrayRef<Value> parts) {
    if (parts.size() == 1)
      return parts.front();
    size_t half = parts.size() / 2;
    return concatenate(concatenate(parts.take_front(half)),
                       concatenate(parts.drop_front(half)));
  }

  /// Within each half of the register: every other element of `even` from
  /// `from` on, then those of `odd`.
  Value everyOther(Value even, Value odd, int64_t from) {
    SmallVector<int64_t> mask;
    for (int64_t half : {int64_t(0), perPart})
      for (int64_t source : {int64_t(0), groupWidth()})
        for (int64_t i = from; i < perPart; i += 2)
          mask.push_back(source + half + i);
    return shuffle(even, odd, mask);
  }

  /// Within each half of the register: elements of `ones` and `others` in turn,
  /// `from` and up.
  Value interleave(Value ones, Value others, int64_t from) {
    SmallVector<int64_t> mask;
    for (int64_t half : {int64_t(0), perPart})
      for (int64_t i = from; i < from + perPart / 2; ++i)
        mask.append({half + i, groupWidth() + half + i});
    return shuffle(ones, others, mask);
  }

  OpBuilder &builder;
  Location loc;
  const AlternatingBlock &block;
  int64_t bits;
  /// Elements of 128 bit.
  int64_t perPart;
};

} // namespace

std::pair<Value, Value> act::loadAlternating(OpBuilder &builder, Location loc,
                                             const AlternatingBlock &block) {
  Alternation alternation(builder, loc, block);
  if (alternation.isByParts())
    return alternation.loadByParts();
  Value all = vector::LoadOp::create(
      builder, loc, VectorType::get(2 * block.width, block.element),
      block.memory, block.position);
  if (alternation.isPairOfHalves())
    return alternation.splitPairs(all);
  auto parts = vector::DeinterleaveOp::create(builder, loc, all);
  return {parts.getRes1(), parts.getRes2()};
}

void act::storeAlternating(OpBuilder &builder, Location loc, Value first,
                           Value second, const AlternatingBlock &block) {
  Alternation alternation(builder, loc, block);
  if (alternation.isByParts())
    return alternation.storeByParts(first, second);
  Value all;
  if (alternation.isPairOfHalves())
    all = alternation.joinPairs(first, second);
  else
    all = vector::InterleaveOp::create(builder, loc, first, second);
  vector::StoreOp::create(builder, loc, all, block.memory, block.position);
}
