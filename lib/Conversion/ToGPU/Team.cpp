//===- Team.cpp - Threads that work together ------------------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file implements barriers and reductions. Each reduction has shared
// memory of its own, so that none waits for another one's readers.
//
//===----------------------------------------------------------------------===//

#include "Team.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/LLVMIR/NVVMDialect.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"

using namespace mlir;
using namespace act;

Team::Team(DeviceKernel &kernel, Location loc)
    : kernel(kernel), builder(kernel.body()), loc(loc),
      threads(kernel.getSchedule().threadsPerRow) {
  IndexBuilder index(builder, loc);
  Value thread = index.thread();
  auto split = [&](Value value, int64_t size) -> std::pair<Value, Value> {
    Value shift = index.number(llvm::Log2_64(size));
    Value mask = index.number(size - 1);
    return {arith::ShRUIOp::create(builder, loc, value, shift),
            arith::AndIOp::create(builder, loc, value, mask)};
  };
  std::tie(number, inTeam) = split(thread, threads);
  std::tie(ofWarp, inWarp) = split(inTeam, warpSize);
}

void Team::sync() {
  if (threads > warpSize) {
    gpu::BarrierOp::create(builder, loc);
    return;
  }
  Value all =
      arith::ConstantOp::create(builder, loc, builder.getI32IntegerAttr(-1));
  NVVM::SyncWarpOp::create(builder, loc, all);
}

Value Team::exchange(Value value, int32_t mask) {
  auto shuffle = [&](Value part) -> Value {
    return gpu::ShuffleOp::create(builder, loc, part, mask, warpSize,
                                  gpu::ShuffleMode::XOR)
        .getShuffleResult();
  };
  Type type = value.getType();
  if (type.getIntOrFloatBitWidth() == 32)
    return shuffle(value);
  // A shuffle moves 32 bits.
  auto halves = VectorType::get(2, builder.getI32Type());
  Value one = vector::FromElementsOp::create(builder, loc,
                                             VectorType::get(1, type), value);
  Value parts = vector::BitCastOp::create(builder, loc, halves, one);
  SmallVector<Value> received;
  for (int64_t half = 0; half < 2; ++half)
    received.push_back(
        shuffle(vector::ExtractOp::create(builder, loc, parts, half)));
  Value both = vector::FromElementsOp::create(builder, loc, halves, received);
  Value whole =
      vector::BitCastOp::create(builder, loc, VectorType::get(1, type), both);
  return vector::ExtractOp::create(builder, loc, whole, 0);
}

Value Team::reduceWarp(Value value, Combine combine, int64_t lanes) {
  for (int64_t mask = 1; mask < lanes; mask *= 2)
    value = combine(value, exchange(value, mask));
  return value;
}

Value Team::reduce(Value value, Combine combine) {
  value = reduceWarp(value, combine);
  if (numWarps() == 1)
    return value;
  IndexBuilder index(builder, loc);
  Value memory = kernel.makeShared(value.getType(), numWarps());
  Value isFirst = index.isLess(inWarp, index.number(1));
  auto branch = scf::IfOp::create(builder, loc, isFirst);
  {
    OpBuilder::InsertionGuard guard(builder);
    builder.setInsertionPointToStart(branch.thenBlock());
    memref::StoreOp::create(builder, loc, value, memory, ofWarp);
  }
  sync();
  Value which =
      arith::AndIOp::create(builder, loc, inWarp, index.number(numWarps() - 1));
  value = memref::LoadOp::create(builder, loc, memory, which);
  return reduceWarp(value, combine, numWarps());
}
