//===- RowwiseTiling.h - Tiles of row-wise ops ------------------*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares how a row-wise operation is cut into tiles of whole rows.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_IR_ROWWISETILING_H
#define ACT_LIB_IR_ROWWISETILING_H

#include "Act/IR/Act.h"

namespace act {

/// The loops are the dimensions of x. A tile holds whole rows: the dimension
/// that is reduced cannot be cut, and nothing can where a result depends on
/// all rows.
class RowwiseTiling {
public:
  explicit RowwiseTiling(RowwiseOpInterface op);

  llvm::SmallVector<mlir::utils::IteratorType> getIteratorTypes();
  llvm::SmallVector<mlir::Range> getDomain(mlir::OpBuilder &builder);

  /// The operation on this tile.
  mlir::FailureOr<mlir::TilingResult>
  tile(mlir::OpBuilder &builder, llvm::ArrayRef<mlir::OpFoldResult> offsets,
       llvm::ArrayRef<mlir::OpFoldResult> sizes);

  /// What a tile computes of a result.
  llvm::LogicalResult
  findResultTile(mlir::OpBuilder &builder, unsigned number,
                 llvm::ArrayRef<mlir::OpFoldResult> offsets,
                 llvm::ArrayRef<mlir::OpFoldResult> sizes,
                 llvm::SmallVectorImpl<mlir::OpFoldResult> &resultOffsets,
                 llvm::SmallVectorImpl<mlir::OpFoldResult> &resultSizes);

  /// The tile that computes this part of a result and nothing more of it.
  llvm::LogicalResult
  findDomainTile(mlir::OpBuilder &builder, unsigned number,
                 llvm::ArrayRef<mlir::OpFoldResult> offsets,
                 llvm::ArrayRef<mlir::OpFoldResult> sizes,
                 llvm::SmallVectorImpl<mlir::OpFoldResult> &domainOffsets,
                 llvm::SmallVectorImpl<mlir::OpFoldResult> &domainSizes);
  mlir::FailureOr<mlir::TilingResult>
  tileResult(mlir::OpBuilder &builder, unsigned number,
             llvm::ArrayRef<mlir::OpFoldResult> offsets,
             llvm::ArrayRef<mlir::OpFoldResult> sizes);

private:
  struct Slice {
    llvm::SmallVector<mlir::OpFoldResult> offsets, sizes;
  };

  bool dependsOnAllRows();
  Slice cut(mlir::OpBuilder &builder, RowExtent extent, mlir::ShapedType type,
            llvm::ArrayRef<mlir::OpFoldResult> offsets,
            llvm::ArrayRef<mlir::OpFoldResult> sizes);
  void repeatOnes(mlir::OpBuilder &builder, mlir::Value mask, Slice &slice);
  bool isWholeRow(unsigned number, int64_t dim, mlir::OpFoldResult offset,
                  mlir::OpFoldResult size);

  RowwiseOpInterface op;
  mlir::ShapedType type;
  int64_t rowDim;
};

} // namespace act

#endif // ACT_LIB_IR_ROWWISETILING_H
