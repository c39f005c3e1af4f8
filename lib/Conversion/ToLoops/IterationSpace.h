//===- IterationSpace.h - Loops and how operands lie in memory --*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares the loops of an operation on memrefs, as few as the
// layouts of the operands allow.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_CONVERSION_TOLOOPS_ITERATIONSPACE_H
#define ACT_LIB_CONVERSION_TOLOOPS_ITERATIONSPACE_H

#include "mlir/Dialect/Linalg/IR/Linalg.h"

namespace act {

/// How one operand is read or written: element (i0, i1, ...) lies at
/// `offset` + the sum of i * stride, in elements from the start of `base`.
struct Access {
  /// A memref of rank 0, a pointer to memory of a device, or a number that is
  /// the same everywhere. Null: nothing is accessed, the position is the number
  /// of the element.
  mlir::Value base;
  /// What a pointer points to.
  mlir::Type pointee;
  mlir::OpFoldResult offset;
  /// For each loop; the constant 0 where the operand does not depend on it.
  llvm::SmallVector<mlir::OpFoldResult> strides;
  bool isOutput = false;

  bool isMemory() const {
    return pointee || (base && llvm::isa<mlir::MemRefType>(base.getType()));
  }
  mlir::Type elementType() const {
    return pointee ? pointee : mlir::getElementTypeOrSelf(base.getType());
  }
  /// The stride of `loop` if it is a constant.
  std::optional<int64_t> constantStride(unsigned loop) const {
    return mlir::getConstantIntValue(strides[loop]);
  }
};

/// Loops from the outermost to the innermost, and the operands.
struct IterationSpace {
  llvm::SmallVector<mlir::OpFoldResult> sizes;
  /// How many of the loops come from those that are kept apart.
  unsigned numKept = 0;
  llvm::SmallVector<Access> accesses;
};

/// Whether Access can describe `operand` of a linalg.generic: a number, or a
/// strided memref of numbers in the default memory space.
bool isPlainOperand(mlir::Value operand);

/// The sizes of the loops of `generic`; those that no operand knows are
/// dynamic.
llvm::SmallVector<int64_t> staticLoopSizes(mlir::linalg::GenericOp generic);

/// One operand of a kernel before its layout is known.
struct SpaceOperand {
  mlir::Value value;
  /// From the loops to the operand: a projected permutation, which may have the
  /// constant 0 where the size is 1.
  mlir::AffineMap map;
  bool isOutput = false;
  /// Whether dimensions whose size turns out to be 1 are repeated.
  bool repeatsOnes = false;
  /// Given without a value: as if the numbers of elements were read from a
  /// contiguous memref of this type, with one dimension for each loop. It comes
  /// last.
  mlir::MemRefType numbering = nullptr;
};

/// The loops over `operands` in the order `order`. Loops of size 1 vanish, and
/// neighbours that are contiguous in all operands become one; the first `keep`
/// loops are kept apart from the others. There may be no loop left.
IterationSpace makeIterationSpace(mlir::OpBuilder &builder, mlir::Location loc,
                                  llvm::ArrayRef<SpaceOperand> operands,
                                  llvm::ArrayRef<unsigned> order,
                                  unsigned keep = 0);

/// The loops over `operands` in the order `order`, each of them and no other.
IterationSpace makeNestedSpace(mlir::OpBuilder &builder, mlir::Location loc,
                               llvm::ArrayRef<SpaceOperand> operands,
                               llvm::ArrayRef<unsigned> order);

/// As makeNestedSpace, for the operands of `generic`.
IterationSpace makeNestedSpace(mlir::OpBuilder &builder,
                               mlir::linalg::GenericOp generic,
                               llvm::ArrayRef<unsigned> order);

/// As makeIterationSpace, for the operands of `generic`.
IterationSpace makeIterationSpace(mlir::OpBuilder &builder,
                                  mlir::linalg::GenericOp generic,
                                  llvm::ArrayRef<unsigned> order,
                                  unsigned keep = 0);

/// left + right * factor, folded.
mlir::OpFoldResult multiplyAdd(mlir::OpBuilder &builder, mlir::Location loc,
                               mlir::OpFoldResult left,
                               mlir::OpFoldResult right,
                               mlir::OpFoldResult factor);

} // namespace act

#endif // ACT_LIB_CONVERSION_TOLOOPS_ITERATIONSPACE_H
