//===- ElementwiseTiles.cpp - Wide accesses of elementwise work -----------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file implements kernels whose threads read 16 bytes of each operand at
// once, several times before the first use. A tile at the end of a row goes one
// access at a time, and its last elements one by one.
//
//===----------------------------------------------------------------------===//

#include "ElementwiseTiles.h"

#include "DeviceMemory.h"
#include "ElementBody.h"
#include "ThreadIndex.h"

#include "../ToLoops/Staging.h"
#include "../ToLoops/VectorBody.h"

#include "Act/IR/Act.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "mlir/Transforms/RegionUtils.h"

using namespace mlir;
using namespace act;

SmallVector<OpFoldResult> act::offsetsOf(OpBuilder &builder, Location loc,
                                         const IterationSpace &space,
                                         ArrayRef<Value> coordinates) {
  SmallVector<OpFoldResult> offsets;
  for (const Access &access : space.accesses) {
    OpFoldResult offset = builder.getIndexAttr(0);
    for (auto [level, coordinate] : llvm::enumerate(coordinates))
      offset =
          multiplyAdd(builder, loc, offset, coordinate, access.strides[level]);
    offsets.push_back(offset);
  }
  return offsets;
}

void act::emitElementAt(DeviceKernel &kernel, linalg::GenericOp generic,
                        const IterationSpace &space,
                        ArrayRef<OpFoldResult> offsets, ValueRange indices) {
  OpBuilder &builder = kernel.body();
  Location loc = generic.getLoc();
  IndexBuilder index(builder, loc);
  Block &body = *generic.getBody();
  IRMapping values;
  auto addressOf = [&](unsigned number) {
    const Access &access = space.accesses[number];
    return makeAddress(builder, loc, access.base, access.elementType(),
                       index.value(offsets[number]));
  };
  for (BlockArgument argument : body.getArguments()) {
    unsigned number = argument.getArgNumber();
    const Access &access = space.accesses[number];
    if (argument.use_empty())
      continue;
    if (!access.isMemory())
      values.map(argument, bringHere(builder, access.base));
    else
      values.map(argument, loadGlobal(builder, loc, addressOf(number),
                                      access.elementType()));
  }
  if (!space.accesses.back().base)
    for (ElementIndexOp op : body.getOps<ElementIndexOp>())
      values.map(op.getResult(),
                 arith::IndexCastOp::create(builder, loc, builder.getI64Type(),
                                            index.value(offsets.back())));
  emitElementBody(kernel, body, values, indices);
  auto results = body.getTerminator()->getOperands();
  unsigned numInputs = generic.getNumDpsInputs();
  for (auto [number, result] : llvm::enumerate(results))
    storeGlobal(builder, loc, values.lookup(result),
                addressOf(numInputs + number));
}

//===----------------------------------------------------------------------===//
// The plan
//===----------------------------------------------------------------------===//

/// Rows shorter than this do not give each warp 256 bytes of an operand.
static int64_t shortestRow(const Schedule &schedule) {
  return 16 * schedule.elementsPerAccess;
}

std::optional<TilePlan> act::planTiles(linalg::GenericOp generic,
                                       const IterationSpace &space,
                                       const GPUKernelOptions &options) {
  TilePlan plan;
  unsigned inner = space.sizes.size() - 1;
  plan.streams = makeStreams(generic, space);
  int64_t least = accessBytes;
  bool any = false;
  for (Stream &stream : plan.streams) {
    // Bytes of truth values lie side by side like all others here.
    if (stream.kind == Stream::Strided &&
        stream.access->elementType().isInteger(1) &&
        stream.access->constantStride(inner) == 1)
      stream.kind = Stream::Unit;
    if (stream.kind == Stream::Strided)
      return std::nullopt;
    if (stream.kind != Stream::Unit)
      continue;
    any = true;
    least = std::min(least, bytesOf(stream.access->elementType()));
  }
  if (!any)
    return std::nullopt;
  int64_t elements = std::clamp<int64_t>(accessBytes / least, 1, 8);
  plan.schedule = chooseTiles(elements, options.schedule);
  if (inner == 0)
    return plan;

  // Tiles of rows: no more threads than a row has work for.
  std::optional<int64_t> length = getConstantIntValue(space.sizes.back());
  if (length && *length < shortestRow(plan.schedule))
    return std::nullopt;
  Schedule &schedule = plan.schedule;
  int64_t target = length.value_or(1024);
  if (!options.schedule.accesses)
    while (schedule.accesses > 1 &&
           schedule.accesses * elements * schedule.threadsPerBlock > target)
      schedule.accesses /= 2;
  if (!options.schedule.threadsPerBlock)
    while (schedule.threadsPerBlock > 32 &&
           schedule.accesses * elements * schedule.threadsPerBlock / 2 >=
               target)
      schedule.threadsPerBlock /= 2;
  return plan;
}

Value act::makeTileCondition(OpBuilder &host, Location loc,
                             const TilePlan &plan,
                             const IterationSpace &space) {
  IndexBuilder index(host, loc);
  unsigned inner = space.sizes.size() - 1;
  Type i64 = host.getI64Type();
  // All addresses at once: the bits that must be 0 in any of them.
  Value bits = arith::ConstantOp::create(host, loc, host.getI64IntegerAttr(0));
  auto mustDivide = [&](Value bytes, int64_t alignment) {
    Value mask = arith::ConstantOp::create(
        host, loc, host.getI64IntegerAttr(alignment - 1));
    Value low = arith::AndIOp::create(host, loc, bytes, mask);
    bits = arith::OrIOp::create(host, loc, bits, low);
  };
  for (const Stream &stream : plan.streams) {
    if (stream.kind != Stream::Unit)
      continue;
    const Access &access = *stream.access;
    int64_t bytes = bytesOf(access.elementType());
    int64_t alignment = std::min(accessBytes, plan.schedule.elementsPerAccess *
                                                  stream.factor * bytes);
    mustDivide(LLVM::PtrToIntOp::create(host, loc, i64, access.base),
               alignment);
    for (unsigned level = 0; level < inner; ++level) {
      if (auto stride = access.constantStride(level);
          stride && *stride * bytes % alignment == 0)
        continue;
      Value stride = index.multiply(index.value(access.strides[level]), bytes);
      mustDivide(arith::IndexCastOp::create(host, loc, i64, stride), alignment);
    }
  }
  Value zero = arith::ConstantOp::create(host, loc, host.getI64IntegerAttr(0));
  Value aligned =
      arith::CmpIOp::create(host, loc, arith::CmpIPredicate::eq, bits, zero);
  if (inner == 0)
    return aligned;
  Value isLong = arith::CmpIOp::create(
      host, loc, arith::CmpIPredicate::sge, index.value(space.sizes.back()),
      index.number(shortestRow(plan.schedule)));
  return arith::AndIOp::create(host, loc, aligned, isLong);
}

//===----------------------------------------------------------------------===//
// The kernel
//===----------------------------------------------------------------------===//

namespace {

class TilesKernel {
public:
  TilesKernel(DeviceKernel &kernel, linalg::GenericOp generic,
              const IterationSpace &space, ArrayRef<Stream> streams)
      : kernel(kernel), generic(generic), builder(kernel.body()),
        loc(generic.getLoc()), space(space),
        streams(streams.begin(), streams.end()), index(builder, loc),
        width(kernel.getSchedule().elementsPerAccess) {
    for (auto [stream, access] : llvm::zip(this->streams, space.accesses))
      stream.access = &access;
  }

  void emit() {
    ArrayRef<OpFoldResult> outer = ArrayRef(space.sizes).drop_back();
    start = index.multiply(index.block(), tile());
    rest = index.subtract(index.value(space.sizes.back()), start);
    if (outer.empty())
      return emitTile({});
    Value rows = index.value(index.product(outer));
    auto loop =
        scf::ForOp::create(builder, loc, index.row(), rows, index.numRows());
    builder.setInsertionPoint(loop.getBody()->getTerminator());
    emitTile(index.delinearize(loop.getInductionVar(), outer));
  }

private:
  using Vectors = SmallVector<IRMapping>;

  int64_t stepOfAccess() {
    return kernel.getSchedule().threadsPerBlock * width;
  }
  int64_t tile() { return stepOfAccess() * kernel.getSchedule().accesses; }

  void emitTile(ArrayRef<Value> coordinates) {
    offsets = offsetsOf(builder, loc, space, coordinates);
    for (Stream &stream : streams)
      if (stream.kind == Stream::Invariant)
        stream.vector = makeInvariant(stream);
    Value thread = index.multiply(index.thread(), width);
    Value isFull = arith::CmpIOp::create(
        builder, loc, arith::CmpIPredicate::sge, rest, index.number(tile()));
    auto branch =
        scf::IfOp::create(builder, loc, isFull, /*withElseRegion=*/true);
    OpBuilder::InsertionGuard guard(builder);
    builder.setInsertionPoint(branch.thenBlock()->getTerminator());
    SmallVector<Value> positions;
    Value first = index.add(start, thread);
    for (int64_t access = 0; access < kernel.getSchedule().accesses; ++access)
      positions.push_back(
          index.add(first, index.number(access * stepOfAccess())));
    emitVectors(positions);
    builder.setInsertionPoint(branch.elseBlock()->getTerminator());
    emitRest(thread);
  }

  /// What a full tile would be, as far as the row goes.
  void emitRest(Value thread) {
    Value left =
        arith::RemSIOp::create(builder, loc, rest, index.number(width));
    Value whole = index.subtract(rest, left);
    auto loop = scf::ForOp::create(builder, loc, thread, whole,
                                   index.number(stepOfAccess()));
    {
      OpBuilder::InsertionGuard guard(builder);
      builder.setInsertionPoint(loop.getBody()->getTerminator());
      emitVectors(index.add(start, loop.getInductionVar()));
    }
    Value number = index.thread();
    auto branch = scf::IfOp::create(builder, loc, index.isLess(number, left));
    OpBuilder::InsertionGuard guard(builder);
    builder.setInsertionPoint(branch.thenBlock()->getTerminator());
    Value position = index.add(start, index.add(whole, number));
    SmallVector<OpFoldResult> here;
    for (auto [offset, access] : llvm::zip(offsets, space.accesses))
      here.push_back(
          multiplyAdd(builder, loc, offset, position, access.strides.back()));
    emitElementAt(kernel, generic, space, here, {});
  }

  Value makeInvariant(Stream &stream) {
    Value scalar = stream.access->base;
    if (stream.access->isMemory()) {
      unsigned number = stream.argument.getArgNumber();
      scalar = loadGlobal(builder, loc,
                          makeAddress(builder, loc, stream.access->base,
                                      stream.access->elementType(),
                                      index.value(offsets[number])),
                          stream.access->elementType());
    }
    return makeSplat(builder, loc, scalar, width);
  }

  Value addressOf(const Stream &stream, Value position) {
    unsigned number = stream.argument.getArgNumber();
    OpFoldResult offset = multiplyAdd(builder, loc, offsets[number], position,
                                      builder.getIndexAttr(stream.factor));
    return makeAddress(builder, loc, stream.access->base,
                       stream.access->elementType(), index.value(offset));
  }

  /// The vectors at all positions: they are loaded before the first is used,
  /// and stored when all are computed.
  void emitVectors(ArrayRef<Value> positions) {
    Vectors all(positions.size());
    for (auto [position, vectors] : llvm::zip(positions, all))
      for (Stream &stream : streams)
        load(stream, position, vectors);
    llvm::SetVector<Value> outside;
    getUsedValuesDefinedAbove(generic->getRegions(), outside);
    for (auto [position, vectors] : llvm::zip(positions, all)) {
      for (Value value : outside)
        vectors.map(value,
                    makeSplat(builder, loc, kernel.import(value), width));
      mapNumbers(position, vectors);
      vectorizeBody(builder, *generic.getBody(), vectors, width);
      store(position, vectors);
    }
  }

  /// The numbers of the elements at `position`, if the body asks for them.
  void mapNumbers(Value position, IRMapping &vectors) {
    const Access &numbers = space.accesses.back();
    if (numbers.base)
      return;
    OpFoldResult stride = numbers.strides.back();
    Value all = makeElementNumbers(
        builder, loc,
        multiplyAdd(builder, loc, offsets.back(), position, stride), stride,
        width);
    for (ElementIndexOp op : generic.getBody()->getOps<ElementIndexOp>())
      vectors.map(op.getResult(), all);
  }

  void load(Stream &stream, Value position, IRMapping &vectors) {
    if (!stream.isRead || stream.kind == Stream::Follower)
      return;
    if (stream.kind == Stream::Invariant)
      return vectors.map(stream.argument, stream.vector);
    Value vector =
        loadGlobal(builder, loc, addressOf(stream, position),
                   stream.access->elementType(), width * stream.factor);
    if (!stream.follower)
      return vectors.map(stream.argument, vector);
    auto every = [&](int64_t first) -> Value {
      SmallVector<int64_t> lanes;
      for (int64_t lane = 0; lane < width; ++lane)
        lanes.push_back(2 * lane + first);
      return vector::ShuffleOp::create(builder, loc, vector, vector, lanes);
    };
    vectors.map(stream.argument, every(0));
    vectors.map(streams[*stream.follower].argument, every(1));
  }

  void store(Value position, IRMapping &vectors) {
    auto results = generic.getBody()->getTerminator()->getOperands();
    unsigned numInputs = streams.size() - results.size();
    for (auto [number, result] : llvm::enumerate(results)) {
      Stream &stream = streams[numInputs + number];
      if (stream.kind == Stream::Follower)
        continue;
      Value vector = vectors.lookup(result);
      if (stream.follower) {
        Value other = vectors.lookup(results[*stream.follower - numInputs]);
        SmallVector<int64_t> lanes;
        for (int64_t lane = 0; lane < width; ++lane)
          llvm::append_values(lanes, lane, width + lane);
        vector = vector::ShuffleOp::create(builder, loc, vector, other, lanes);
      }
      storeGlobal(builder, loc, vector, addressOf(stream, position));
    }
  }

  DeviceKernel &kernel;
  linalg::GenericOp generic;
  OpBuilder &builder;
  Location loc;
  const IterationSpace &space;
  SmallVector<Stream> streams;
  IndexBuilder index;
  int64_t width;
  /// Where the tile begins in the row, and how many elements there are from
  /// there on.
  Value start, rest;
  /// Of each operand in the row at hand.
  SmallVector<OpFoldResult> offsets;
};

} // namespace

void act::launchTiles(OpBuilder &host, linalg::GenericOp generic,
                      const IterationSpace &space, const TilePlan &plan,
                      KernelModule &module, Value guard) {
  Location loc = generic.getLoc();
  const Schedule &schedule = plan.schedule;
  DeviceKernel kernel(module, host, generic, "elementwise", schedule, guard);
  IterationSpace local = kernel.import(space);
  TilesKernel(kernel, generic, local, plan.streams).emit();

  IndexBuilder index(host, loc);
  int64_t tile =
      schedule.threadsPerBlock * schedule.elementsPerAccess * schedule.accesses;
  Value blocks = index.divideUp(index.value(space.sizes.back()), tile);
  Value rows;
  if (space.sizes.size() > 1)
    // The second dimension of a grid has no more.
    rows = index.least(
        index.value(index.product(ArrayRef(space.sizes).drop_back())),
        index.number(65535));
  kernel.launch(blocks, rows);
}
