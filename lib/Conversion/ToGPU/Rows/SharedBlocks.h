//===- SharedBlocks.h - Blocks that wait in shared memory -------*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares where threads have what they need again when the sums of a
// row are known, and have no registers for: in shared memory. Each reads what
// it has written itself, so that none waits for others.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_CONVERSION_TOGPU_ROWS_SHAREDBLOCKS_H
#define ACT_LIB_CONVERSION_TOGPU_ROWS_SHAREDBLOCKS_H

#include "../DeviceKernel.h"

namespace act {

class SharedBlocks {
public:
  /// Other shared memory of a block of threads: what a multiprocessor takes for
  /// each, and what reductions do.
  static constexpr int64_t otherBytes = 3 * 1024;

  /// `thread`: the number of the thread at hand in its block of threads, each
  /// of which has up to `numBlocks` blocks of a row here.
  SharedBlocks(DeviceKernel &kernel, mlir::Location loc, mlir::Value thread,
               int64_t numBlocks)
      : kernel(kernel), loc(loc), thread(thread), numBlocks(numBlocks) {}

  /// `vector`, which belongs to a block, read here: it is stored where it was
  /// made. The vector itself if there is no room for it.
  mlir::Value bring(mlir::Value vector, int64_t block);

private:
  /// Memory for a vector of each block.
  struct Slots {
    mlir::VectorType type;
    mlir::Value memory;
    llvm::SmallVector<mlir::Value> vectors;
  };
  /// Where `vector` is or may be; null if there is no room.
  Slots *findSlots(mlir::Value vector, int64_t block);
  void store(mlir::Value vector, const Slots &slots, int64_t block);
  mlir::Value positionOf(mlir::OpBuilder &builder, const Slots &slots,
                         int64_t block, int64_t access);

  DeviceKernel &kernel;
  mlir::Location loc;
  mlir::Value thread;
  int64_t numBlocks;
  int64_t bytes = 0;
  llvm::SmallVector<Slots> all;
};

} // namespace act

#endif // ACT_LIB_CONVERSION_TOGPU_ROWS_SHAREDBLOCKS_H
