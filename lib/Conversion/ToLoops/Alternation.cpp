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
// across their halves: there lanes stay in the order that shuffles within
// halves give. All else is left to LLVM.
//
//===----------------------------------------------------------------------===//

#include "Alternation.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"

using namespace mlir;
using namespace act;

static unsigned bitsOf(Type element) {
  return element.isIndex() ? 64 : element.getIntOrFloatBitWidth();
}

Value LaneOrder::fromMemory(OpBuilder &builder, Location loc,
                            Value vector) const {
  if (isOfMemory())
    return vector;
  int64_t width = cast<VectorType>(vector.getType()).getNumElements();
  int64_t quarter = registerLanes / 4;
  SmallVector<int64_t> mask;
  for (int64_t start = 0; start < width; start += registerLanes)
    for (int64_t from : {0, 2, 1, 3})
      for (int64_t i = 0; i < quarter; ++i)
        mask.push_back(start + from * quarter + i);
  return vector::ShuffleOp::create(builder, loc, vector, vector, mask);
}

Value LaneOrder::toMemory(OpBuilder &builder, Location loc,
                          Value vector) const {
  if (isOfMemory())
    return vector;
  // The fence costs nothing, and keeps LLVM from swapping what a last product
  // is made of in place of the product.
  Value fenced = LLVM::CallIntrinsicOp::create(
                     builder, loc, vector.getType(),
                     builder.getStringAttr("llvm.arithmetic.fence"), vector)
                     .getResult(0);
  return fromMemory(builder, loc, fenced);
}

LaneOrder act::chooseLaneOrder(ArrayRef<Stream> streams, int64_t width,
                               unsigned vectorBits) {
  constexpr unsigned bitsWithHalves = 256;
  LaneOrder order;
  if (vectorBits != bitsWithHalves)
    return order;
  for (const Stream &stream : streams) {
    if (!stream.follower)
      continue;
    unsigned bits = bitsOf(stream.access->elementType());
    int64_t lanes = bitsWithHalves / bits;
    if ((bits != 32 && bits != 64) || width % lanes ||
        (order.registerLanes && order.registerLanes != lanes))
      return {};
    order.registerLanes = lanes;
  }
  return order;
}

namespace {

class Alternation {
public:
  Alternation(OpBuilder &builder, Location loc, const AlternatingBlock &block)
      : builder(builder), loc(loc), block(block) {}

  VectorType elements(int64_t width) {
    return VectorType::get(width, block.element);
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
  // Within the halves of registers
  //===--------------------------------------------------------------------===//

  /// From two registers one of each operand: the elements of the lower halves,
  /// then those of the upper ones.
  std::pair<Value, Value> splitRegisters(Value elements) {
    SmallVector<int64_t> first, second;
    int64_t lanes = block.order.registerLanes, half = lanes / 2;
    for (int64_t start = 0; start < 2 * block.width; start += 2 * lanes)
      for (int64_t from : {start, start + half})
        for (int64_t source : {from, from + lanes})
          for (int64_t i = 0; i < half; i += 2) {
            first.push_back(source + i);
            second.push_back(source + i + 1);
          }
    return {shuffle(elements, elements, first),
            shuffle(elements, elements, second)};
  }

  Value joinRegisters(Value first, Value second) {
    SmallVector<int64_t> mask;
    int64_t lanes = block.order.registerLanes, quarter = lanes / 4;
    for (int64_t start = 0; start < block.width; start += lanes)
      for (int64_t from : {0, 2, 1, 3})
        for (int64_t i = start + from * quarter, end = i + quarter; i < end;
             ++i)
          mask.append({i, block.width + i});
    return shuffle(first, second, mask);
  }

private:
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
  Value shuffle(Value left, Value right, ArrayRef<int64_t> mask) {
    return vector::ShuffleOp::create(builder, loc, left, right, mask);
  }

  OpBuilder &builder;
  Location loc;
  const AlternatingBlock &block;
};

} // namespace

std::pair<Value, Value> act::loadAlternating(OpBuilder &builder, Location loc,
                                             const AlternatingBlock &block) {
  Alternation alternation(builder, loc, block);
  Value all = vector::LoadOp::create(builder, loc,
                                     alternation.elements(2 * block.width),
                                     block.memory, block.position);
  if (!block.order.isOfMemory())
    return alternation.splitRegisters(all);
  if (bitsOf(block.element) == 16)
    return alternation.splitPairs(all);
  auto parts = vector::DeinterleaveOp::create(builder, loc, all);
  return {parts.getRes1(), parts.getRes2()};
}

void act::storeAlternating(OpBuilder &builder, Location loc, Value first,
                           Value second, const AlternatingBlock &block) {
  Alternation alternation(builder, loc, block);
  Value all;
  if (!block.order.isOfMemory())
    all = alternation.joinRegisters(first, second);
  else if (bitsOf(block.element) == 16)
    all = alternation.joinPairs(first, second);
  else
    all = vector::InterleaveOp::create(builder, loc, first, second);
  vector::StoreOp::create(builder, loc, all, block.memory, block.position);
}
