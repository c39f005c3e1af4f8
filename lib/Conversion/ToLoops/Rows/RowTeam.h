//===- RowTeam.h - Threads that share a row ---------------------*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares what the kernels of row-wise operations need where several
// threads have a row together, as on a GPU. Then the values of a row are the
// same in all threads, and each has blocks of its own.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_CONVERSION_TOLOOPS_ROWS_ROWTEAM_H
#define ACT_LIB_CONVERSION_TOLOOPS_ROWS_ROWTEAM_H

#include "../Blocks.h"
#include "../Combine.h"
#include "../FixedSum.h"
#include "RowStream.h"

#include <memory>

namespace act {

class RowTeam {
public:
  virtual ~RowTeam() = default;

  /// Elements of a block, and how far along the row one is from the first.
  virtual int64_t width() const = 0;
  virtual int64_t offsetOf(int64_t element) const = 0;
  /// How far an element is behind the block at `position`: an i32, which takes
  /// half as many operations as an index.
  virtual mlir::Value distance(mlir::Value element, mlir::Value position) = 0;
  /// An operand along the row, with `padding` for elements that do not exist.
  virtual std::unique_ptr<RowStream> makeStream(const Access &access,
                                                double padding) = 0;
  /// Begins a row of `size` elements.
  virtual void startRow(mlir::Value size) = 0;

  /// Whether all threads that go together have the same row, so that they may
  /// branch by what is known of it.
  virtual bool canBranch() = 0;
  /// Emits work that is done for all rows, but stores for those alone for which
  /// `condition` holds.
  virtual void storeOnlyWhere(mlir::Value condition,
                              llvm::function_ref<void()> emitWork) = 0;

  /// What all threads read up to here, such as the element of a target, the one
  /// that owns it may overwrite from here on. Terms of sums that are stored as
  /// they are made need this before.
  virtual void waitForReaders() = 0;
  /// Emits the work on the blocks that a thread has of the row, always the same
  /// ones: it owns their elements. Of the values that go from block to block,
  /// each thread gets its own. What was read before may be overwritten.
  virtual llvm::SmallVector<mlir::Value> forBlocks(mlir::ValueRange initial,
                                                   EmitBlock emitBlock) = 0;
  /// The same for work that stores nothing and that not all threads have.
  virtual llvm::SmallVector<mlir::Value> searchBlocks(mlir::ValueRange initial,
                                                      EmitBlock emitBlock) = 0;
  /// Whether several warps have the row, and keep it.
  virtual bool isLarge() { return false; }
  /// Whether maxima of 16-bit numbers are cheaper than those of f32.
  virtual bool comparesHalves() { return false; }
  /// i1 for each lane of a block: whether its element exists; null if all do.
  virtual mlir::Value makeMask(mlir::Value count) = 0;
  /// What the threads have, put together, the same for all. A thread without
  /// blocks has what changes nothing. What is put together, here or by
  /// findFirst, does not depend on what was before, unless by sums.
  virtual mlir::Value reduce(mlir::Value value, Combine combine) = 0;

  /// A value that threads search among their elements for.
  struct Search {
    /// The better one of two.
    Combine choose;
    /// i1: whether a thread's best one is the best of all.
    llvm::function_ref<mlir::Value(mlir::Value own, mlir::Value best)> isIt;
    /// i32: where the first of a thread's elements is that has it.
    llvm::function_ref<mlir::Value(mlir::Value best)> findFirst;
  };
  struct Found {
    mlir::Value value;
    /// i32; `none` if nobody has it.
    mlir::Value index;
    /// Whether the index is the same for all. Elsewhere only threads that own
    /// the element are sure to have it, and others may have `none`.
    bool isShared = true;
    static constexpr int32_t none = std::numeric_limits<int32_t>::max();
  };
  /// The best of what the threads have, `own`, the same for all, and the first
  /// element that has it.
  virtual Found findFirst(mlir::Value own, const Search &search) = 0;

  /// What sums leave out.
  struct LeaveOut {
    /// An element; null if they are of all.
    mlir::Value element;
    /// What the sums that a thread carries, and then their errors if there are
    /// such, are after the block at `position`, where the element may be: they
    /// were `before`, and are `after` with all terms of the block.
    using Emit = llvm::function_ref<llvm::SmallVector<mlir::Value>(
        mlir::Value position, mlir::ValueRange before, mlir::ValueRange after)>;
    Emit emit;

    llvm::SmallVector<mlir::Value> operator()(mlir::Value position,
                                              mlir::ValueRange before,
                                              mlir::ValueRange after) const {
      return element ? emit(position, before, after)
                     : llvm::SmallVector<mlir::Value>(after);
    }
  };
  /// `count` sums in the fixed order, as FixedSum adds them, of terms that are
  /// 0 where there is no element.
  virtual llvm::SmallVector<mlir::Value>
  emitSums(mlir::Type type, bool compensated, unsigned count,
           FixedSum::EmitTerms emitTerms, LeaveOut leaveOut) = 0;

  /// What follows the next sums are values of rows alone, which few threads
  /// store: others may end.
  virtual void willStoreScalars() {}
  /// Lets terms that sums are made of be kept.
  virtual void willKeepTerms() = 0;
  /// Keeps the terms of a block for later, if there is room.
  virtual void keepTerms(mlir::Value terms, mlir::Value position) = 0;
  /// The terms of a block; null if they were not kept.
  virtual mlir::Value findTerms(mlir::Value position) = 0;
};

/// The first of a thread's elements that has the best one; `none` if it has
/// another one.
mlir::Value findOwnFirst(mlir::OpBuilder &builder, mlir::Location loc,
                         mlir::Value own, mlir::Value best,
                         const RowTeam::Search &search);

/// findFirst, given how the threads put things together.
RowTeam::Found findFirstByReductions(
    mlir::OpBuilder &builder, mlir::Location loc, mlir::Value own,
    const RowTeam::Search &search,
    llvm::function_ref<mlir::Value(mlir::Value, Combine)> reduce);

} // namespace act

#endif // ACT_LIB_CONVERSION_TOLOOPS_ROWS_ROWTEAM_H
