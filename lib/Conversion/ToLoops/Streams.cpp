//===- Streams.cpp - Operands in the innermost loop -----------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file implements how a kernel reaches the elements of each operand. Two
// operands that are every other element of one memory, as the parts of an
// interleaved gate are, share wide accesses instead of going element by element
// through a buffer.
//
//===----------------------------------------------------------------------===//

#include "Streams.h"

#include "mlir/Dialect/MemRef/IR/MemRef.h"

using namespace mlir;
using namespace act;

/// Whether `second` has the strides of `first` and each of its elements lies
/// one behind that of `first`: both are subviews of one memref, x[0::2] and
/// x[1::2] in a dimension of stride 1.
static bool followsElementwise(Value first, Value second) {
  auto left = first.getDefiningOp<memref::SubViewOp>();
  auto right = second.getDefiningOp<memref::SubViewOp>();
  if (!left || !right || left.getSource() != right.getSource() ||
      left.getMixedSizes() != right.getMixedSizes() ||
      left.getMixedStrides() != right.getMixedStrides() ||
      left.getDroppedDims() != right.getDroppedDims())
    return false;
  auto [strides, offset] = left.getSourceType().getStridesAndOffset();
  bool follows = false;
  for (auto [from, to, step, stride] :
       llvm::zip(left.getMixedOffsets(), right.getMixedOffsets(),
                 left.getMixedStrides(), strides)) {
    if (from == to)
      continue;
    if (follows || getConstantIntValue(from) != 0 ||
        getConstantIntValue(to) != 1 || getConstantIntValue(step) != 2 ||
        stride != 1)
      return false;
    follows = true;
  }
  return follows;
}

/// Makes one stream of two operands whose elements alternate.
static void joinIfAlternating(linalg::GenericOp generic, unsigned inner,
                              MutableArrayRef<Stream> streams, unsigned first,
                              unsigned second) {
  Stream &leader = streams[first], &follower = streams[second];
  auto hasStride2 = [&](const Stream &stream) {
    return stream.kind == Stream::Strided &&
           stream.access->constantStride(inner) == 2 &&
           !stream.access->elementType().isInteger(1);
  };
  if (!hasStride2(leader) || !hasStride2(follower) ||
      leader.isRead != follower.isRead ||
      leader.access->isOutput != follower.access->isOutput ||
      !followsElementwise(generic->getOperand(first),
                          generic->getOperand(second)))
    return;
  leader.kind = Stream::Unit;
  leader.factor = 2;
  leader.follower = second;
  follower.kind = Stream::Follower;
}

SmallVector<Stream> act::makeStreams(linalg::GenericOp generic,
                                     const IterationSpace &space) {
  unsigned inner = space.sizes.size() - 1;
  SmallVector<Stream> streams;
  for (auto [access, argument] :
       llvm::zip(space.accesses, generic.getBody()->getArguments())) {
    Stream stream;
    stream.access = &access;
    stream.argument = argument;
    stream.isRead = !argument.use_empty();
    if (access.isOutput || stream.isRead) {
      std::optional<int64_t> stride = access.constantStride(inner);
      if (stride == 0)
        stream.kind = Stream::Invariant;
      else if (stride == 1 && !access.elementType().isInteger(1))
        stream.kind = Stream::Unit;
      else
        stream.kind = Stream::Strided;
    }
    streams.push_back(stream);
  }
  for (unsigned first = 0; first < streams.size(); ++first)
    for (unsigned second = 0; second < streams.size(); ++second)
      joinIfAlternating(generic, inner, streams, first, second);
  return streams;
}
