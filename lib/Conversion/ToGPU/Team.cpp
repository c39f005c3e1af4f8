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
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"

using namespace mlir;
using namespace act;

/// Quotient and remainder of an index by a power of two.
static std::pair<Value, Value> splitNumber(OpBuilder &builder, Location loc,
                                           Value number, int64_t size) {
  IndexBuilder index(builder, loc);
  Value shift = index.number(llvm::Log2_64(size));
  Value mask = index.number(size - 1);
  return {arith::ShRUIOp::create(builder, loc, number, shift),
          arith::AndIOp::create(builder, loc, number, mask)};
}

Team::Team(DeviceKernel &kernel, Location loc)
    : kernel(kernel), builder(kernel.body()), loc(loc),
      clusterSize(kernel.getSchedule().clusterSize),
      warpsPerChunk(kernel.getSchedule().warpsPerChunk) {
  const Schedule &schedule = kernel.getSchedule();
  int64_t threads = std::min(schedule.threadsPerRow, schedule.threadsPerBlock);
  lanes = std::min(threads, warpSize);
  warpsOfBlock = threads / lanes;
  IndexBuilder index(builder, loc);
  std::tie(number, inTeam) = splitNumber(builder, loc, index.thread(), threads);
  std::tie(warpInBlock, inWarp) = splitNumber(builder, loc, inTeam, warpSize);
  if (schedule.isFitted)
    warpsHere =
        arith::ShRUIOp::create(builder, loc, toInteger(index.blockSize()),
                               integer(llvm::Log2_64(warpSize)));
  ofWarp = warpInBlock;
  if (clusterSize == 1)
    return;
  if (schedule.isFitted)
    blocksHere = toInteger(
        gpu::ClusterDimBlocksOp::create(builder, loc, gpu::Dimension::x));
  // Clusters lie side by side, of powers of two blocks. The assembler computes
  // the numbers that PTX has of them in f32, which is exact up to 2^24 blocks.
  Value block = index.block();
  Value mask = blocksHere
                   ? arith::SubIOp::create(builder, loc, blocksHere, integer(1))
                   : integer(clusterSize - 1);
  rank = arith::AndIOp::create(builder, loc, toInteger(block), mask);
  Value shift = blocksHere ? toIndex(math::CtPopOp::create(builder, loc, mask))
                           : index.number(llvm::Log2_64(clusterSize));
  cluster = arith::ShRUIOp::create(builder, loc, block, shift);
  Value before = arith::MulIOp::create(
      builder, loc, rank, warpsHere ? warpsHere : integer(warpsOfBlock));
  ofWarp = toIndex(
      arith::AddIOp::create(builder, loc, before, toInteger(warpInBlock)));
  // Others need not know what this one has written.
  inCluster(
      [&] { NVVM::ClusterArriveRelaxedOp::create(builder, loc, UnitAttr()); });
}

void Team::inCluster(llvm::function_ref<void()> emit) {
  OpBuilder::InsertionGuard guard(builder);
  if (Value several = isCluster())
    builder.setInsertionPointToStart(
        scf::IfOp::create(builder, loc, several).thenBlock());
  emit();
}

/// Not where the kernel begins: until there is something to write, elements are
/// on their way.
void Team::waitForBegin() {
  if (clusterSize == 1 || isWithin(begun))
    return;
  begun = builder.getInsertionBlock();
  inCluster([&] { NVVM::ClusterWaitOp::create(builder, loc, UnitAttr()); });
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
  NVVM::SyncWarpOp::create(builder, loc, integer(-1));
}

Value Team::isCluster() {
  return blocksHere ? isLess(integer(1), blocksHere) : Value();
}

bool Team::isWithin(Block *block) {
  // A branch beside that one is not.
  for (Block *here = builder.getInsertionBlock(); here && block;) {
    if (here == block)
      return true;
    Operation *parent = here->getParentOp();
    here = parent ? parent->getBlock() : nullptr;
  }
  return false;
}

void Team::waitForReaders() {
  if (!isWithin(lastMeeting))
    sync();
}

void Team::sync() {
  lastMeeting = builder.getInsertionBlock();
  if (clusterSize == 1 || others == Others::HaveEnded)
    return syncBlock();
  meet([&] { syncCluster(); });
}

void Team::meet(llvm::function_ref<void()> emitMeeting) {
  waitForBegin();
  Value several = isCluster();
  if (!several)
    return emitMeeting();
  auto branch =
      scf::IfOp::create(builder, loc, several, /*withElseRegion=*/true);
  OpBuilder::InsertionGuard guard(builder);
  builder.setInsertionPointToStart(branch.thenBlock());
  emitMeeting();
  builder.setInsertionPointToStart(branch.elseBlock());
  syncBlock();
}

/// Blocks that end make room for others while this one waits. They need not
/// wait for what they have arrived at: threads that have ended hold up nobody
/// (PTX ISA, "exit").
void Team::syncFirst() {
  meet([&] { NVVM::ClusterArriveOp::create(builder, loc, UnitAttr()); });
  Value isFirst = arith::CmpIOp::create(builder, loc, arith::CmpIPredicate::eq,
                                        rank, integer(0));
  auto branch = scf::IfOp::create(builder, loc, isFirst);
  builder.setInsertionPointToStart(branch.thenBlock());
  inCluster([&] { NVVM::ClusterWaitOp::create(builder, loc, UnitAttr()); });
  lastMeeting = branch.thenBlock();
  others = Others::HaveEnded;
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

Value Team::exchangeOrder(Value bits) {
  Value sign = arith::ShRSIOp::create(builder, loc, bits, integer(31));
  Value mask = arith::AndIOp::create(
      builder, loc, sign, integer(std::numeric_limits<int32_t>::max()));
  return arith::XOrIOp::create(builder, loc, bits, mask);
}

Value Team::reduceAtOnce(Value value, Combine combine) {
  Type type = value.getType(), i32 = builder.getI32Type();
  bool isGreatest = combine.getKind() == Combine::Kind::Greatest;
  bool isLeast = combine.getKind() == Combine::Kind::Least;
  if (!kernel.getChip().reducesWarps() ||
      !((isGreatest && type.isF32()) || (isLeast && type.isInteger(32))))
    return nullptr;
  if (isGreatest)
    value = exchangeOrder(arith::BitcastOp::create(builder, loc, i32, value));
  Value reduced = NVVM::ReduxOp::create(
      builder, loc, i32, value,
      isGreatest ? NVVM::ReduxKind::MAX : NVVM::ReduxKind::MIN, integer(-1));
  if (isGreatest)
    reduced =
        arith::BitcastOp::create(builder, loc, type, exchangeOrder(reduced));
  return reduced;
}

Value Team::reduceWarp(Value value, Combine combine, int64_t count) {
  if (count == warpSize)
    if (Value reduced = reduceAtOnce(value, combine))
      return reduced;
  for (int64_t mask = 1; mask < count; mask *= 2)
    value = combine(value, exchange(value, mask));
  return value;
}

Value Team::reduce(Value value, Combine combine) {
  return combineWarps(reduceWarp(value, combine, lanes), combine).front();
}

void Team::storeTo(Value memory, Value position, Value value, Value block) {
  auto pointer = [&](unsigned space) {
    return LLVM::LLVMPointerType::get(builder.getContext(), space);
  };
  IndexBuilder index(builder, loc);
  int64_t bytes = value.getType().getIntOrFloatBitWidth() / 8;
  Value address =
      memref::ExtractAlignedPointerAsIndexOp::create(builder, loc, memory);
  address = index.add(address, index.multiply(position, bytes));
  address =
      arith::IndexCastOp::create(builder, loc, builder.getI64Type(), address);
  Value own = LLVM::IntToPtrOp::create(builder, loc, pointer(3), address);
  Value there =
      NVVM::MapaOp::create(builder, loc, pointer(7), own, toInteger(block));
  LLVM::StoreOp::create(builder, loc, value, there, bytes);
}

std::pair<Value, Value> Team::splitWarp(int64_t size) {
  return splitNumber(builder, loc, warpInBlock, size);
}

Value Team::groupOfWarps(int64_t warps) {
  return splitNumber(builder, loc, ofWarp, warps).first;
}

/// Each group writes into the memory of all blocks that go on, so that none
/// reads that of one that may have ended.
SmallVector<Team::Gathered> Team::gather(ArrayRef<Value> values,
                                         int64_t warps) {
  IndexBuilder index(builder, loc);
  int64_t most = numWarps() / warps;
  SmallVector<Value> memory;
  for (Value value : values)
    memory.push_back(kernel.makeShared(value.getType(), most));

  bool isForFirst = others == Others::End && clusterSize > 1;
  waitForBegin();
  Value readers = integer(isForFirst ? 1 : clusterSize);
  if (blocksHere && !isForFirst)
    readers = blocksHere;
  Value isWriter = isLess(toInteger(inWarp), readers);
  if (warps > 1)
    isWriter = arith::AndIOp::create(
        builder, loc, isWriter,
        index.isLess(index.number(warps - 2), splitWarp(warps).second));
  Value group = groupOfWarps(warps);
  auto branch = scf::IfOp::create(builder, loc, isWriter);
  {
    OpBuilder::InsertionGuard guard(builder);
    builder.setInsertionPointToStart(branch.thenBlock());
    Value reader = isForFirst ? index.number(0) : inWarp;
    for (auto [value, slots] : llvm::zip(values, memory))
      if (clusterSize > 1)
        storeTo(slots, group, value, reader);
      else
        memref::StoreOp::create(builder, loc, value, slots, group);
  }
  if (isForFirst)
    syncFirst();
  else
    sync();

  Value here = countGroups(warps);
  SmallVector<Value> numbers = numbersOfLane(most, here);
  return llvm::map_to_vector(memory, [&](Value slots) {
    auto loaded = llvm::map_to_vector(numbers, [&](Value number) -> Value {
      return memref::LoadOp::create(builder, loc, slots, toIndex(number));
    });
    return Gathered{loaded, numbers, most, here};
  });
}

Value Team::toInteger(Value number) {
  return arith::IndexCastOp::create(builder, loc, builder.getI32Type(), number);
}

Value Team::toIndex(Value integer) {
  return arith::IndexCastUIOp::create(builder, loc, builder.getIndexType(),
                                      integer);
}

Value Team::isLess(Value left, Value right) {
  return arith::CmpIOp::create(builder, loc, arith::CmpIPredicate::slt, left,
                               right);
}

Value Team::integer(int64_t number) {
  return arith::ConstantOp::create(builder, loc,
                                   builder.getI32IntegerAttr(int32_t(number)));
}

Value Team::countGroups(int64_t warps) {
  if (!warpsHere)
    return nullptr;
  Value count = warpsHere;
  if (blocksHere)
    count = arith::MulIOp::create(builder, loc, count, blocksHere);
  return arith::ShRUIOp::create(builder, loc, count,
                                integer(llvm::Log2_64(warps)));
}

SmallVector<Value> Team::numbersOfLane(int64_t most, Value here) {
  Value last = here ? arith::SubIOp::create(builder, loc, here, integer(1))
                    : integer(most - 1);
  int64_t perLane = std::max<int64_t>(most / warpSize, 1);
  Value first =
      arith::MulIOp::create(builder, loc, toInteger(inWarp), integer(perLane));
  SmallVector<Value> numbers;
  for (int64_t i = 0; i < perLane; ++i)
    numbers.push_back(arith::AndIOp::create(
        builder, loc, arith::AddIOp::create(builder, loc, first, integer(i)),
        last));
  return numbers;
}

Value Team::combineGathered(const Gathered &gathered, SmallVector<Value> values,
                            Combine combine, bool mayRepeat) {
  int64_t distance = 1;
  auto combineNext = [&](Value left, Value right) -> Value {
    Value both = combine(left, right);
    if (!gathered.here || mayRepeat)
      return both;
    Value exists = isLess(integer(distance), gathered.here);
    return arith::SelectOp::create(builder, loc, exists, both, left);
  };
  for (; values.size() > 1; distance *= 2) {
    for (size_t i = 0; i < values.size() / 2; ++i)
      values[i] = combineNext(values[2 * i], values[2 * i + 1]);
    values.truncate(values.size() / 2);
  }
  Value value = values.front();
  if (mayRepeat && distance < gathered.most)
    if (Value reduced = reduceAtOnce(value, combine))
      return reduced;
  for (int32_t mask = 1; distance < gathered.most; mask *= 2, distance *= 2)
    value = combineNext(value, exchange(value, mask));
  return value;
}

SmallVector<Value> Team::combineGroups(ArrayRef<Value> values, Combine combine,
                                       int64_t warps) {
  if (numWarps() == 1)
    return SmallVector<Value>(values);
  return llvm::map_to_vector(
      gather(values, warps), [&](const Gathered &gathered) {
        return combineGathered(gathered, gathered.values, combine);
      });
}

std::pair<Value, Value>
Team::findFirstWarp(Value value, Combine choose,
                    llvm::function_ref<Value(Value, Value)> isIt) {
  Gathered gathered =
      gather(reduceWarp(value, choose, lanes), /*warps=*/1).front();
  Value best =
      combineGathered(gathered, gathered.values, choose, /*mayRepeat=*/true);
  Value none = integer(numWarps());
  SmallVector<Value> numbers;
  for (auto [value, number] : llvm::zip(gathered.values, gathered.numbers))
    numbers.push_back(
        arith::SelectOp::create(builder, loc, isIt(value, best), number, none));
  auto lesser = emitLesser(builder, loc);
  Value first =
      combineGathered(gathered, numbers, {lesser, Combine::Kind::Least},
                      /*mayRepeat=*/true);
  Value isFirst = arith::CmpIOp::create(builder, loc, arith::CmpIPredicate::eq,
                                        first, toInteger(ofWarp));
  return {best, isFirst};
}
