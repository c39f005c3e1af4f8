//===- ElementwiseKernel.cpp - One pass over memory -----------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file implements the loops of elementwise kernels. The vector body is
// emitted once: the loop around it runs over the full blocks of the operands,
// and a second time, where elements are left, over copies of these in buffers
// on the stack. So all elements get the same bits, code generation is paid
// once, and the loop over full blocks has no conditions in it.
//
//===----------------------------------------------------------------------===//

#include "ElementwiseKernel.h"

#include "Alternation.h"
#include "GenericLoops.h"
#include "OuterLoops.h"
#include "Parallel.h"
#include "Staging.h"
#include "Streams.h"
#include "VectorBody.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Arith/Utils/Utils.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"

using namespace mlir;
using namespace act;

bool act::isElementwiseKernel(linalg::GenericOp generic) {
  if (!isElementwiseInMemory(generic) || !isVectorizable(*generic.getBody()))
    return false;
  for (Type type : generic->getOperandTypes()) {
    // Vectors of i4 and the like are packed in memory, memrefs of them not.
    Type element = getElementTypeOrSelf(type);
    if (isa<MemRefType>(type) && !element.isIndex() && !element.isInteger(1) &&
        element.getIntOrFloatBitWidth() % 8 != 0)
      return false;
  }
  // A single element needs no vector.
  return llvm::any_of(staticLoopSizes(generic),
                      [](int64_t size) { return size != 1; });
}

namespace {

/// Blocks of one trip of the loop: the full ones of the operands, or the one
/// that the buffers hold.
struct Trip {
  /// i1; null if `isTailStatic` says it.
  Value isTail;
  bool isTailStatic = false;
  /// The position in the row of the first block.
  Value start;
  /// Elements of each block.
  Value blockSize;
};

class KernelEmitter {
public:
  KernelEmitter(OpBuilder &builder, linalg::GenericOp generic,
                const IterationSpace &space, const KernelOptions &options,
                const IRMapping &outside)
      : builder(builder), generic(generic), body(*generic.getBody()),
        loc(generic.getLoc()), space(space), options(options),
        outside(outside) {}

  void emit(OpFoldResult begin, OpFoldResult end) {
    streams = makeStreams(generic, space);
    chooseWidth();
    order = chooseLaneOrder(streams, width, options.vectorBits);
    emitOuterLoops(builder, loc, space, space.sizes.size() - 1, begin, end,
                   [&](ArrayRef<OpFoldResult> offsets, OpFoldResult first,
                       OpFoldResult last) { emitRow(first, last, offsets); });
  }

private:
  Value asValue(OpFoldResult folded) {
    return getValueOrCreateConstantIndexOp(builder, loc, folded);
  }
  Value index(int64_t number) {
    return arith::ConstantIndexOp::create(builder, loc, number);
  }

  OpFoldResult times(OpBuilder &nested, OpFoldResult number, int64_t factor) {
    return multiplyAdd(nested, loc, nested.getIndexAttr(0), number,
                       nested.getIndexAttr(factor));
  }

  bool readsAlternating() const {
    return llvm::any_of(streams, [](const Stream &stream) {
      return stream.follower && stream.isRead;
    });
  }

  /// How many native vectors a trip of the loop works on. Where several
  /// operands come from memory, bursts of more than 256 bytes of each confuse
  /// what fetches ahead: beyond the caches kernels took up to twice as long.
  int64_t chooseInterleave(int64_t lanes) const {
    constexpr int64_t longestBurst = 256;
    if (options.interleave)
      return options.interleave;
    int64_t interleave =
        preferredInterleave(body, options.vectorBits, options.accuracy);
    auto isRead = [](const Stream &stream) {
      return stream.isRead &&
             (stream.kind == Stream::Unit || stream.kind == Stream::Follower);
    };
    if (llvm::count_if(streams, isRead) < 2)
      return interleave;
    for (const Stream &stream : llvm::make_filter_range(streams, isRead)) {
      Type element = bufferElement(stream.access->elementType());
      int64_t bytes = lanes * element.getIntOrFloatBitWidth() / 8;
      interleave =
          std::min(interleave, std::max<int64_t>(longestBurst / bytes, 1));
    }
    return interleave;
  }

  void chooseWidth() {
    int64_t lanes = nativeLanes(body, options.vectorBits);
    int64_t interleave = chooseInterleave(lanes);
    width = shortenToRow(lanes * llvm::PowerOf2Ceil(interleave), lanes,
                         space.sizes.back());
  }

  /// The buffer of a stream, made when it is first needed.
  Value bufferOf(Stream &stream) {
    if (!stream.buffer)
      stream.buffer =
          makeBuffer(builder, loc, bufferElement(stream.access->elementType()),
                     width * stream.factor);
    return stream.buffer;
  }

  /// Elements `begin` to `end` of the innermost loop.
  void emitRow(OpFoldResult begin, OpFoldResult end,
               ArrayRef<OpFoldResult> offsets) {
    unsigned inner = space.sizes.size() - 1;
    OpFoldResult size = end;
    if (getConstantIntValue(begin) != 0)
      size = arith::SubIOp::create(builder, loc, asValue(end), asValue(begin))
                 .getResult();
    if (const Access *numbers = getNumbering())
      rowNumber = multiplyAdd(builder, loc, offsets.back(), begin,
                              numbers->strides[inner]);
    for (auto [stream, offset] : llvm::zip(streams, offsets)) {
      if (stream.kind == Stream::Unused || stream.kind == Stream::Follower)
        continue;
      stream.offset = multiplyAdd(builder, loc, offset, begin,
                                  stream.access->strides[inner]);
      if (stream.kind == Stream::Invariant)
        stream.vector = makeInvariant(stream);
      else if (stream.kind == Stream::Unit)
        stream.view = makeView(builder, loc, *stream.access, stream.offset,
                               times(builder, size, stream.factor),
                               builder.getIndexAttr(1));
      else
        stream.view = makeView(builder, loc, *stream.access, stream.offset,
                               size, stream.access->strides[inner]);
    }

    std::optional<int64_t> number = getConstantIntValue(size);
    if (number && *number % width == 0) {
      emitBlocks({Value(), false, index(0), index(width)}, index(*number));
      return;
    }
    Value left, full;
    if (number) {
      left = index(*number % width);
      full = index(*number - *number % width);
    } else {
      left =
          arith::AndIOp::create(builder, loc, asValue(size), index(width - 1));
      full = arith::SubIOp::create(builder, loc, asValue(size), left);
    }
    bool onlyTail = number && *number < width;
    copyTail(left, full, bool(number), /*in=*/true);
    if (onlyTail)
      emitBlocks({Value(), true, index(0), left}, index(width));
    else
      emitTrips(full, left);
    copyTail(left, full, bool(number), /*in=*/false);
  }

  /// The number that an operand has for the whole row, in all lanes.
  Value makeInvariant(Stream &stream) {
    Value scalar = stream.access->base;
    if (stream.access->isMemory()) {
      Value view = makeView(builder, loc, *stream.access, stream.offset,
                            builder.getIndexAttr(1), builder.getIndexAttr(1));
      scalar = memref::LoadOp::create(builder, loc, view, index(0));
    }
    return broadcast(scalar);
  }

  Value broadcast(Value scalar) {
    return makeSplat(builder, loc, scalar, width);
  }

  /// Copies the last `left` elements of the row into the buffers, or back.
  void copyTail(Value left, Value full, bool isStatic, bool in) {
    auto copyAll = [&](OpBuilder &nested) {
      for (Stream &stream : streams) {
        if (stream.kind != Stream::Unit ||
            !(in ? stream.isRead : stream.access->isOutput))
          continue;
        OpFoldResult offset = multiplyAdd(nested, loc, stream.offset, full,
                                          nested.getIndexAttr(stream.factor));
        Value count = getValueOrCreateConstantIndexOp(
            nested, loc, times(nested, left, stream.factor));
        Value rest = makeView(nested, loc, *stream.access, offset, count,
                              nested.getIndexAttr(1));
        copyElements(nested, loc, in ? rest : bufferOf(stream),
                     in ? bufferOf(stream) : rest, count, width * stream.factor,
                     options.masks, /*toBuffer=*/in);
      }
    };
    if (isStatic)
      return copyAll(builder);
    // Buffers cannot be made in a branch that is not in the function yet.
    for (Stream &stream : streams)
      if (stream.kind == Stream::Unit)
        bufferOf(stream);
    Value any = arith::CmpIOp::create(builder, loc, arith::CmpIPredicate::ne,
                                      left, index(0));
    scf::IfOp::create(builder, loc, any, [&](OpBuilder &nested, Location) {
      copyAll(nested);
      scf::YieldOp::create(nested, loc);
    });
  }

  /// The full blocks, then the tail, each if there is one.
  void emitTrips(Value full, Value left) {
    auto exists = [&](Value count) -> Value {
      return arith::CmpIOp::create(builder, loc, arith::CmpIPredicate::ne,
                                   count, index(0));
    };
    Value first =
        arith::SelectOp::create(builder, loc, exists(full), index(0), index(1));
    Value last =
        arith::SelectOp::create(builder, loc, exists(left), index(2), index(1));
    auto trips = scf::ForOp::create(builder, loc, first, last, index(1));
    OpBuilder::InsertionGuard guard(builder);
    builder.setInsertionPoint(trips.getBody()->getTerminator());
    Trip trip;
    trip.isTail = arith::CmpIOp::create(builder, loc, arith::CmpIPredicate::ne,
                                        trips.getInductionVar(), index(0));
    auto choose = [&](Value tail, Value main) -> Value {
      return arith::SelectOp::create(builder, loc, trip.isTail, tail, main);
    };
    trip.start = choose(full, index(0));
    trip.blockSize = choose(left, index(width));
    emitBlocks(trip, choose(index(width), full));
  }

  /// `count` elements, a multiple of the width, in blocks.
  void emitBlocks(const Trip &trip, Value count) {
    SmallVector<Value> bases;
    for (Stream &stream : streams) {
      Value base = stream.view;
      if (stream.kind == Stream::Unit) {
        if (trip.isTail)
          base = arith::SelectOp::create(builder, loc, trip.isTail,
                                         bufferOf(stream), stream.view);
        else if (trip.isTailStatic)
          base = bufferOf(stream);
      }
      bases.push_back(base);
    }
    if (readsAlternating())
      opaqueZero = makeOpaqueZero(builder, loc);
    auto loop = scf::ForOp::create(builder, loc, index(0), count, index(width));
    OpBuilder::InsertionGuard guard(builder);
    builder.setInsertionPoint(loop.getBody()->getTerminator());
    emitBlock(trip, bases, loop.getInductionVar());
  }

  void emitBlock(const Trip &trip, ArrayRef<Value> bases, Value position) {
    IRMapping vectors;
    SmallVector<Value> views(streams.size());
    for (auto [stream, base, view] : llvm::zip(streams, bases, views)) {
      if (stream.kind == Stream::Strided)
        view = viewOfBlock(stream, trip, position);
      if (!stream.isRead || stream.kind == Stream::Follower)
        continue;
      if (stream.kind == Stream::Invariant) {
        vectors.map(stream.argument, stream.vector);
        continue;
      }
      if (view)
        copyElements(builder, loc, view, bufferOf(stream), trip.blockSize,
                     width, options.masks, /*toBuffer=*/true);
      load(stream, view ? bufferOf(stream) : base, view ? index(0) : position,
           vectors);
    }
    mapNumbers(trip, position, vectors);
    // Behind the loops that fill buffers: a number of 16 bits must not go from
    // one block of the code to another.
    for (Value value : outsideValues(generic))
      vectors.map(value, broadcast(outside.lookup(value)));
    // All elements of a block are loaded before one is stored: an output may
    // be an input.
    vectorizeBody(builder, body, vectors, width);
    auto results = body.getTerminator()->getOperands();
    unsigned numInputs = streams.size() - results.size();
    for (auto [number, result] : llvm::enumerate(results)) {
      Stream &stream = streams[numInputs + number];
      if (stream.kind == Stream::Follower)
        continue;
      Value view = views[numInputs + number];
      Value vector = vectors.lookup(result);
      if (stream.follower) {
        storeAlternating(
            builder, loc, vector,
            vectors.lookup(results[*stream.follower - numInputs]),
            alternatingBlock(stream, bases[numInputs + number], position));
        continue;
      }
      Type element = bufferElement(stream.access->elementType());
      if (vector.getType() != VectorType::get(width, element))
        vector = arith::ExtUIOp::create(
            builder, loc, VectorType::get(width, element), vector);
      vector::StoreOp::create(
          builder, loc, order.toMemory(builder, loc, vector),
          view ? bufferOf(stream) : bases[numInputs + number],
          view ? index(0) : position);
      if (view)
        copyElements(builder, loc, bufferOf(stream), view, trip.blockSize,
                     width, options.masks, /*toBuffer=*/false);
    }
  }

  /// What counts the elements, if the body asks for their numbers.
  const Access *getNumbering() const {
    return space.accesses.back().base ? nullptr : &space.accesses.back();
  }

  /// The numbers of the elements of the block at `position`.
  void mapNumbers(const Trip &trip, Value position, IRMapping &vectors) {
    const Access *numbers = getNumbering();
    if (!numbers)
      return;
    OpFoldResult stride = numbers->strides[space.sizes.size() - 1];
    Value start = arith::AddIOp::create(builder, loc, trip.start, position);
    Value all = makeElementNumbers(
        builder, loc, multiplyAdd(builder, loc, rowNumber, start, stride),
        stride, width);
    for (ElementIndexOp op : body.getOps<ElementIndexOp>())
      vectors.map(op.getResult(), order.fromMemory(builder, loc, all));
  }

  /// The block at `position` of a stream and its follower.
  AlternatingBlock alternatingBlock(const Stream &stream, Value base,
                                    Value position) {
    return {base,  asValue(times(builder, position, stream.factor)),
            width, stream.access->elementType(),
            order, opaqueZero};
  }

  void load(const Stream &stream, Value base, Value position,
            IRMapping &vectors) {
    if (stream.follower) {
      auto [first, second] = loadAlternating(
          builder, loc, alternatingBlock(stream, base, position));
      vectors.map(stream.argument, first);
      vectors.map(streams[*stream.follower].argument, second);
      return;
    }
    Type element = stream.access->elementType();
    Value vector = vector::LoadOp::create(
        builder, loc, VectorType::get(width, bufferElement(element)), base,
        position);
    vector = order.fromMemory(builder, loc, vector);
    if (vector.getType() != VectorType::get(width, element))
      vector = arith::TruncIOp::create(builder, loc,
                                       VectorType::get(width, element), vector);
    vectors.map(stream.argument, vector);
  }

  /// The elements of a strided operand that the block at `position` has.
  Value viewOfBlock(Stream &stream, const Trip &trip, Value position) {
    OpFoldResult stride = stream.access->strides[space.sizes.size() - 1];
    Value start = arith::AddIOp::create(builder, loc, trip.start, position);
    OpFoldResult offset =
        multiplyAdd(builder, loc, stream.offset, start, stride);
    return makeView(builder, loc, *stream.access, offset, trip.blockSize,
                    stride);
  }

  OpBuilder &builder;
  linalg::GenericOp generic;
  Block &body;
  Location loc;
  const IterationSpace &space;
  const KernelOptions &options;
  /// Values from outside the generic that its body uses, as they are known
  /// here.
  const IRMapping &outside;
  int64_t width = 0;
  LaneOrder order;
  SmallVector<Stream> streams;
  /// For the loop over blocks that is emitted.
  Value opaqueZero;
  /// The number of the first element of the current row.
  OpFoldResult rowNumber;
};

} // namespace

void act::emitElementwiseKernel(OpBuilder &builder, linalg::GenericOp generic,
                                const KernelOptions &options) {
  IterationSpace space =
      makeIterationSpace(builder, generic, outputLoops(generic));
  emitBlocksOfLoop(
      builder, generic, space, outsideValues(generic), options,
      [&](OpBuilder &nested, const IterationSpace &local,
          const IRMapping &values, OpFoldResult begin, OpFoldResult end) {
        KernelEmitter(nested, generic, local, options, values).emit(begin, end);
      });
}
