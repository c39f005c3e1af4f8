//===- Alternation.cpp - Every other element ------------------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file implements wide accesses to alternating elements. Two neighbours of
// 16 bit are one integer of 32, whose halves are found by shifts, of which none
// is left once they become f32. Shuffles of more than 128 bits are dear: in
// wider registers lanes stay in the order that shuffles within 128 bits give.
// All else is left to LLVM.
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

/// A shuffle of each register by 64 bits: `source` says which of its 64 bits
/// come to a place.
static Value
shuffleRegisters(OpBuilder &builder, Location loc, Value vector,
                 const LaneOrder &order,
                 llvm::function_ref<int64_t(int64_t place)> source) {
  int64_t width = cast<VectorType>(vector.getType()).getNumElements();
  int64_t group = 64 / order.laneBits;
  SmallVector<int64_t> mask;
  for (int64_t start = 0; start < width; start += order.registerLanes)
    for (int64_t place = 0; place < order.registerLanes / group; ++place)
      for (int64_t i = 0; i < group; ++i)
        mask.push_back(start + source(place) * group + i);
  return vector::ShuffleOp::create(builder, loc, vector, vector, mask);
}

int64_t LaneOrder::placeOf(int64_t number) const {
  int64_t half = registerLanes * laneBits / 128;
  return number < half ? 2 * number : 2 * (number - half) + 1;
}

int64_t LaneOrder::numberAt(int64_t place) const {
  int64_t half = registerLanes * laneBits / 128;
  return place / 2 + place % 2 * half;
}

Value LaneOrder::fromMemory(OpBuilder &builder, Location loc,
                            Value vector) const {
  if (isOfMemory())
    return vector;
  return shuffleRegisters(builder, loc, vector, *this,
                          [&](int64_t place) { return numberAt(place); });
}

Value LaneOrder::toMemory(OpBuilder &builder, Location loc,
                          Value vector) const {
  if (isOfMemory())
    return vector;
  // The fence costs nothing, and keeps LLVM from swapping what a last product
  // is made of in place of the product. There is none for integers.
  Value fenced = vector;
  if (isa<FloatType>(getElementTypeOrSelf(vector.getType())))
    fenced = LLVM::CallIntrinsicOp::create(
                 builder, loc, vector.getType(),
                 builder.getStringAttr("llvm.arithmetic.fence"), vector)
                 .getResult(0);
  return shuffleRegisters(builder, loc, fenced, *this,
                          [&](int64_t number) { return placeOf(number); });
}

LaneOrder act::chooseLaneOrder(ArrayRef<Stream> streams, int64_t width,
                               unsigned vectorBits) {
  LaneOrder order;
  if (vectorBits <= 128)
    return order;
  for (const Stream &stream : streams) {
    if (!stream.follower)
      continue;
    unsigned bits = bitsOf(stream.access->elementType());
    int64_t lanes = vectorBits / bits;
    if ((bits != 32 && bits != 64) || width % lanes ||
        (order.registerLanes && order.registerLanes != lanes))
      return {};
    order.registerLanes = lanes;
    order.laneBits = bits;
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

  /// The elements of one operand (0 or 1), loaded at `position`, which is that
  /// of the block.
  Value load(unsigned operand, Value position) {
    Value all = vector::LoadOp::create(builder, loc, elements(2 * block.width),
                                       block.memory, position);
    if (!block.order.isOfMemory())
      return takeFromRegisters(all, operand);
    if (bitsOf(block.element) == 16)
      return takeFromPairs(all, operand);
    auto parts = vector::DeinterleaveOp::create(builder, loc, all);
    return parts.getResult(operand);
  }

  //===--------------------------------------------------------------------===//
  // Elements of 16 bit
  //===--------------------------------------------------------------------===//

  Value takeFromPairs(Value elements, unsigned operand) {
    Value pairs =
        vector::BitCastOp::create(builder, loc, integers(32), elements);
    if (operand == 1)
      pairs = arith::ShRUIOp::create(builder, loc, pairs, sixteen());
    return makeHalf(pairs);
  }

  Value joinPairs(Value first, Value second) {
    Value high =
        arith::ShLIOp::create(builder, loc, makeWord(second), sixteen());
    Value pairs = arith::OrIOp::create(builder, loc, makeWord(first), high);
    return vector::BitCastOp::create(builder, loc, elements(2 * block.width),
                                     pairs);
  }

  //===--------------------------------------------------------------------===//
  // Within 128 bits
  //===--------------------------------------------------------------------===//

  /// From two registers one of an operand: what 128 bits of either have of it
  /// lies together.
  Value takeFromRegisters(Value elements, unsigned operand) {
    SmallVector<int64_t> mask;
    int64_t lanes = block.order.registerLanes;
    int64_t part = 128 / block.order.laneBits;
    for (int64_t start = 0; start < 2 * block.width; start += 2 * lanes)
      for (int64_t from = start; from < start + lanes; from += part)
        for (int64_t source : {from, from + lanes})
          for (int64_t i = operand; i < part; i += 2)
            mask.push_back(source + i);
    return shuffle(elements, elements, mask);
  }

  Value joinRegisters(Value first, Value second) {
    SmallVector<int64_t> mask;
    int64_t lanes = block.order.registerLanes;
    int64_t group = 64 / block.order.laneBits;
    for (int64_t start = 0; start < block.width; start += lanes)
      for (int64_t number = 0; number < lanes / group; ++number)
        for (int64_t i = 0; i < group; ++i) {
          int64_t lane = start + block.order.placeOf(number) * group + i;
          mask.append({lane, block.width + lane});
        }
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

Value act::makeOpaqueZero(OpBuilder &builder, Location loc) {
  Type type = builder.getI64Type();
  Value zero =
      arith::ConstantOp::create(builder, loc, builder.getI64IntegerAttr(0));
  // An assembly of no instructions, whose result is in the register of its
  // operand.
  auto opaque = LLVM::InlineAsmOp::create(
      builder, loc, type, zero, /*asm_string=*/"", /*constraints=*/"=r,0",
      /*has_side_effects=*/false, /*is_align_stack=*/false,
      LLVM::tailcallkind::TailCallKind::None, LLVM::AsmDialectAttr(),
      /*operand_attrs=*/ArrayAttr());
  return arith::IndexCastOp::create(builder, loc, builder.getIndexType(),
                                    opaque.getResult(0));
}

std::pair<Value, Value> act::loadAlternating(OpBuilder &builder, Location loc,
                                             const AlternatingBlock &block) {
  Alternation alternation(builder, loc, block);
  Value first = alternation.load(0, block.position);
  Value again =
      arith::AddIOp::create(builder, loc, block.position, block.opaqueZero);
  return {first, alternation.load(1, again)};
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
