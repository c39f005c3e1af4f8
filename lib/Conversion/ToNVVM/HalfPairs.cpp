//===- HalfPairs.cpp - Two bf16 numbers of one word -----------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file implements widening of bf16 numbers in pairs.
//
//===----------------------------------------------------------------------===//

#include "HalfPairs.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "mlir/IR/Matchers.h"

using namespace mlir;

/// The 16-bit integers that `shift` makes the upper halves of words, or null.
static Value halvesOf(arith::ShLIOp shift) {
  auto type = dyn_cast<VectorType>(shift.getType());
  auto extension = shift.getLhs().getDefiningOp<arith::ExtUIOp>();
  APInt amount;
  if (!type || type.getRank() != 1 || type.isScalable() ||
      type.getDimSize(0) % 2 || !type.getElementType().isInteger(32) ||
      !extension || !matchPattern(shift.getRhs(), m_ConstantInt(&amount)) ||
      amount != 16)
    return nullptr;
  Value halves = extension.getIn();
  bool areHalves = getElementTypeOrSelf(halves).isInteger(16);
  return areHalves ? halves : nullptr;
}

static void widenPairs(arith::ShLIOp shift) {
  Value halves = halvesOf(shift);
  if (!halves)
    return;
  OpBuilder builder(shift);
  Location loc = shift.getLoc();
  int64_t pairs = cast<VectorType>(shift.getType()).getDimSize(0) / 2;
  auto type = VectorType::get(pairs, builder.getI32Type());
  auto splat = [&](uint32_t number) -> Value {
    return arith::ConstantOp::create(
        builder, loc, DenseElementsAttr::get(type, APInt(32, number)));
  };
  Value words = vector::BitCastOp::create(builder, loc, type, halves);
  Value low = arith::ShLIOp::create(builder, loc, words, splat(16));
  Value high = arith::AndIOp::create(builder, loc, words, splat(0xffff0000));
  SmallVector<int64_t> order;
  for (int64_t i = 0; i != pairs; ++i)
    order.append({i, pairs + i});
  Value both = vector::ShuffleOp::create(builder, loc, low, high, order);
  Operation *extension = shift.getLhs().getDefiningOp();
  shift.replaceAllUsesWith(both);
  shift.erase();
  if (extension->use_empty())
    extension->erase();
}

void act::widenHalfPairs(gpu::GPUModuleOp module) { module.walk(widenPairs); }
