//===- SharedBlocks.cpp - Blocks that wait in shared memory ---------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file implements the way through shared memory.
//
//===----------------------------------------------------------------------===//

#include "SharedBlocks.h"

#include "../DeviceMemory.h"
#include "../ThreadIndex.h"

#include "../../ToLoops/VectorParts.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"

using namespace mlir;
using namespace act;

/// Words of an access.
static constexpr int64_t words = accessBytes / 4;

static int64_t accessesOf(VectorType type) {
  return type.getNumElements() * type.getElementTypeBitWidth() / 8 /
         accessBytes;
}

static VectorType typeOfWords(MLIRContext *context, int64_t count) {
  return VectorType::get(count, IntegerType::get(context, 32));
}

SharedBlocks::Slots *SharedBlocks::findSlots(Value vector, int64_t block) {
  auto type = cast<VectorType>(vector.getType());
  for (Slots &slots : all)
    if (slots.type == type &&
        (!slots.vectors[block] || slots.vectors[block] == vector))
      return &slots;
  int64_t number = numBlocks * accessesOf(type) * words *
                   kernel.getSchedule().threadsPerBlock;
  // Two blocks of threads should have room.
  if (bytes + 4 * number > kernel.getChip().sharedBytes() / 2 - otherBytes)
    return nullptr;
  bytes += 4 * number;
  Value memory =
      kernel.makeDynamicShared(IntegerType::get(type.getContext(), 32), number);
  all.push_back({type, memory, SmallVector<Value>(numBlocks)});
  return &all.back();
}

/// Neighbouring threads have neighbouring accesses.
Value SharedBlocks::positionOf(OpBuilder &builder, const Slots &slots,
                               int64_t block, int64_t access) {
  IndexBuilder index(builder, loc);
  int64_t before = (block * accessesOf(slots.type) + access) * words *
                   kernel.getSchedule().threadsPerBlock;
  return index.add(index.multiply(thread, words), index.number(before));
}

void SharedBlocks::store(Value vector, const Slots &slots, int64_t block) {
  OpBuilder builder(vector.getContext());
  builder.setInsertionPointAfterValue(vector);
  int64_t accesses = accessesOf(slots.type);
  Value bits = vector::BitCastOp::create(
      builder, loc, typeOfWords(vector.getContext(), accesses * words), vector);
  for (int64_t access = 0; access < accesses; ++access) {
    Value part = sliceVector(builder, loc, bits, access * words, words);
    vector::StoreOp::create(builder, loc, part, slots.memory,
                            positionOf(builder, slots, block, access),
                            /*nontemporal=*/false, llvm::Align(accessBytes));
  }
}

Value SharedBlocks::bring(Value vector, int64_t block) {
  Slots *slots = findSlots(vector, block);
  if (!slots)
    return vector;
  if (!slots->vectors[block])
    store(vector, *slots, block);
  slots->vectors[block] = vector;
  OpBuilder &builder = kernel.body();
  Type type = typeOfWords(vector.getContext(), words);
  SmallVector<Value> parts;
  for (int64_t access = 0; access < accessesOf(slots->type); ++access)
    parts.push_back(vector::LoadOp::create(
        builder, loc, type, slots->memory,
        positionOf(builder, *slots, block, access),
        /*nontemporal=*/false, llvm::Align(accessBytes)));
  Value bits = concatenateVectors(builder, loc, parts);
  return vector::BitCastOp::create(builder, loc, slots->type, bits);
}
