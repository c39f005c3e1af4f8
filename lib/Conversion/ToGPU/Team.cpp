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
      clusterSize(kernel.getSchedule().clusterSize),
      warpsPerChunk(kernel.getSchedule().warpsPerChunk) {
  const Schedule &schedule = kernel.getSchedule();
  int64_t threads = std::min(schedule.threadsPerRow, schedule.threadsPerBlock);
  lanes = std::min(threads, warpSize);
  warpsOfBlock = threads / lanes;
  IndexBuilder index(builder, loc);
  auto split = [&](Value value, int64_t size) -> std::pair<Value, Value> {
    Value shift = index.number(llvm::Log2_64(size));
    Value mask = index.number(size - 1);
    return {arith::ShRUIOp::create(builder, loc, value, shift),
            arith::AndIOp::create(builder, loc, value, mask)};
  };
  std::tie(number, inTeam) = split(index.thread(), threads);
  std::tie(warpInBlock, inWarp) = split(inTeam, warpSize);
  if (schedule.isFitted)
    warpsHere = split(index.blockSize(), warpSize).first;
  ofWarp = warpInBlock;
  if (clusterSize == 1)
    return;
  if (schedule.isFitted)
    blocksHere =
        gpu::ClusterDimBlocksOp::create(builder, loc, gpu::Dimension::x);
  rank = gpu::ClusterBlockIdOp::create(builder, loc, gpu::Dimension::x);
  Value ofBlock = warpsHere ? warpsHere : index.number(warpsOfBlock);
  ofWarp = index.add(index.multiply(rank, ofBlock), warpInBlock);
}

void Team::syncCluster() {
  NVVM::ClusterArriveOp::create(builder, loc, UnitAttr());
  NVVM::ClusterWaitOp::create(builder, loc, UnitAttr());
}

void Team::syncBlock() {
  if (warpsOfBlock > 1) {
    gpu::BarrierOp::create(builder, loc);
    return;
  }
  Value all =
      arith::ConstantOp::create(builder, loc, builder.getI32IntegerAttr(-1));
  NVVM::SyncWarpOp::create(builder, loc, all);
}

Value Team::isCluster() {
  IndexBuilder index(builder, loc);
  return blocksHere ? index.isLess(index.number(1), blocksHere) : Value();
}

void Team::sync() {
  if (clusterSize == 1)
    return syncBlock();
  Value several = isCluster();
  if (!several)
    return syncCluster();
  auto branch =
      scf::IfOp::create(builder, loc, several, /*withElseRegion=*/true);
  OpBuilder::InsertionGuard guard(builder);
  builder.setInsertionPointToStart(branch.thenBlock());
  syncCluster();
  builder.setInsertionPointToStart(branch.elseBlock());
  syncBlock();
}

void Team::finish() {
  if (clusterSize == 1)
    return;
  OpBuilder::InsertionGuard guard(builder);
  if (Value several = isCluster())
    builder.setInsertionPointToStart(
        scf::IfOp::create(builder, loc, several).thenBlock());
  syncCluster();
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

Value Team::reduceWarp(Value value, Combine combine, int64_t count) {
  for (int64_t mask = 1; mask < count; mask *= 2)
    value = combine(value, exchange(value, mask));
  return value;
}

Value Team::reduceLanes(Value value, Combine combine, int64_t most,
                        Value here) {
  if (!here)
    return reduceWarp(value, combine, most);
  IndexBuilder index(builder, loc);
  for (int64_t mask = 1; mask < most; mask *= 2) {
    Value both = combine(value, exchange(value, mask));
    value = arith::SelectOp::create(
        builder, loc, index.isLess(index.number(mask), here), both, value);
  }
  return value;
}

Value Team::laneAmong(int64_t most, Value here) {
  IndexBuilder index(builder, loc);
  Value mask =
      here ? index.subtract(here, index.number(1)) : index.number(most - 1);
  return arith::AndIOp::create(builder, loc, inWarp, mask);
}

Value Team::reduce(Value value, Combine combine) {
  return combineWarps(reduceWarp(value, combine, lanes), combine).front();
}

SmallVector<Value> Team::share(ArrayRef<Value> values, int64_t size,
                               Value position, Value isWriter) {
  SmallVector<Value> memory;
  for (Value value : values)
    memory.push_back(kernel.makeShared(value.getType(), size));
  auto branch = scf::IfOp::create(builder, loc, isWriter);
  OpBuilder::InsertionGuard guard(builder);
  builder.setInsertionPointToStart(branch.thenBlock());
  for (auto [value, slots] : llvm::zip(values, memory))
    memref::StoreOp::create(builder, loc, value, slots, position);
  return memory;
}

Value Team::loadFrom(Value memory, Value block) {
  Type i64 = builder.getI64Type(), i32 = builder.getI32Type();
  auto pointer = [&](unsigned space) {
    return LLVM::LLVMPointerType::get(builder.getContext(), space);
  };
  Value address =
      memref::ExtractAlignedPointerAsIndexOp::create(builder, loc, memory);
  address = arith::IndexCastOp::create(builder, loc, i64, address);
  Value own = LLVM::IntToPtrOp::create(builder, loc, pointer(3), address);
  Value number = arith::IndexCastOp::create(builder, loc, i32, block);
  Value there = NVVM::MapaOp::create(builder, loc, pointer(7), own, number);
  Type type = cast<MemRefType>(memory.getType()).getElementType();
  return LLVM::LoadOp::create(builder, loc, type, there,
                              type.getIntOrFloatBitWidth() / 8);
}

std::pair<Value, Value> Team::splitWarp(int64_t size) {
  IndexBuilder index(builder, loc);
  Value shift = index.number(llvm::Log2_64(size));
  Value mask = index.number(size - 1);
  return {arith::ShRUIOp::create(builder, loc, warpInBlock, shift),
          arith::AndIOp::create(builder, loc, warpInBlock, mask)};
}

SmallVector<Value> Team::combineGroups(ArrayRef<Value> values, Combine combine,
                                       int64_t warps) {
  IndexBuilder index(builder, loc);
  SmallVector<Value> combined(values);
  if (warpsOfBlock > 1) {
    auto [group, inGroup] = splitWarp(warps);
    int64_t groups = warpsOfBlock / warps;
    Value groupsHere = warpsHere;
    Value isWriter = index.isLess(inWarp, index.number(1));
    if (warps > 1) {
      Value isLast = index.isLess(index.number(warps - 2), inGroup);
      isWriter = arith::AndIOp::create(builder, loc, isWriter, isLast);
      if (warpsHere)
        groupsHere = arith::ShRUIOp::create(builder, loc, warpsHere,
                                            index.number(llvm::Log2_64(warps)));
    }
    SmallVector<Value> memory = share(combined, groups, group, isWriter);
    gpu::BarrierOp::create(builder, loc);
    for (auto [value, slots] : llvm::zip(combined, memory)) {
      value = memref::LoadOp::create(builder, loc, slots,
                                     laneAmong(groups, groupsHere));
      value = reduceLanes(value, combine, groups, groupsHere);
    }
  }
  if (clusterSize == 1)
    return combined;
  Value several = isCluster();
  if (!several)
    return combineBlocks(combined, combine);
  auto branch =
      scf::IfOp::create(builder, loc, ValueRange(combined).getTypes(), several,
                        /*addThenBlock=*/true, /*addElseBlock=*/true);
  OpBuilder::InsertionGuard guard(builder);
  builder.setInsertionPointToStart(branch.elseBlock());
  scf::YieldOp::create(builder, loc, combined);
  builder.setInsertionPointToStart(branch.thenBlock());
  scf::YieldOp::create(builder, loc, combineBlocks(combined, combine));
  return SmallVector<Value>(branch.getResults());
}

/// What the blocks of a cluster have, which is the same in all of their
/// threads.
SmallVector<Value> Team::combineBlocks(ArrayRef<Value> values,
                                       Combine combine) {
  IndexBuilder index(builder, loc);
  SmallVector<Value> memory =
      share(values, 1, index.number(0), index.isLess(inTeam, index.number(1)));
  syncCluster();
  SmallVector<Value> combined;
  for (Value slot : memory)
    combined.push_back(
        reduceLanes(loadFrom(slot, laneAmong(clusterSize, blocksHere)), combine,
                    clusterSize, blocksHere));
  return combined;
}
