//===- Streams.h - Operands in the innermost loop ---------------*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares how a kernel reaches the elements of each operand in the
// innermost loop.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_CONVERSION_TOLOOPS_STREAMS_H
#define ACT_LIB_CONVERSION_TOLOOPS_STREAMS_H

#include "IterationSpace.h"

namespace act {

/// One operand in the innermost loop.
struct Stream {
  enum Kind {
    /// Not used by the body.
    Unused,
    /// The same for all elements: `vector` holds it.
    Invariant,
    /// Elements lie side by side, `factor` for each position.
    Unit,
    /// Elements alternate with those of another operand, of whose stream this
    /// one is the `follower`.
    Follower,
    /// Elements lie apart, or that is known at run time only: every block goes
    /// through the buffer. So do truth values, of which a vector is packed.
    Strided
  };
  Kind kind = Unused;
  const Access *access = nullptr;
  mlir::BlockArgument argument;
  bool isRead = false;
  /// 2 if the elements of another operand lie between.
  int64_t factor = 1;
  /// The number of that operand.
  std::optional<unsigned> follower;
  /// Holds the elements of one block; null until it is needed.
  mlir::Value buffer;
  // For the current row.
  mlir::OpFoldResult offset;
  mlir::Value view;
  mlir::Value vector;
};

/// The streams of all operands.
llvm::SmallVector<Stream> makeStreams(mlir::linalg::GenericOp generic,
                                      const IterationSpace &space);

} // namespace act

#endif // ACT_LIB_CONVERSION_TOLOOPS_STREAMS_H
