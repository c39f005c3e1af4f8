//===- PackedTensor.h - Two parts of one tensor -----------------*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares the slices that packed gates read and write.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_IR_PACKEDTENSOR_H
#define ACT_IR_PACKEDTENSOR_H

#include "Act/IR/Act.h"

namespace act {

/// The parts g and u of the operand x of a packed gate.
class PackedTensor {
public:
  /// `sizes` are the dimensions of x: attributes where the type knows them.
  PackedTensor(mlir::OpBuilder &builder, GluOp op,
               llvm::ArrayRef<mlir::OpFoldResult> sizes);
  PackedTensor(mlir::OpBuilder &builder, GluBackwardOp op,
               llvm::ArrayRef<mlir::OpFoldResult> sizes);

  mlir::Value getG() { return extract(gFirst ? 0 : 1); }
  mlir::Value getU() { return extract(gFirst ? 1 : 0); }

  /// A tensor like x of these two parts.
  mlir::Value pack(mlir::Value dg, mlir::Value du);

private:
  /// Offsets, sizes and strides of a part.
  struct Slice {
    llvm::SmallVector<mlir::OpFoldResult> offsets, sizes, strides;
  };

  PackedTensor(mlir::OpBuilder &builder, mlir::Location loc, mlir::Value x,
               int64_t dim, Layout layout, GatePart gate,
               llvm::ArrayRef<mlir::OpFoldResult> sizes);
  Slice sliceOf(int64_t part);
  mlir::Value extract(int64_t part);
  mlir::Value insert(mlir::Value value, mlir::Value into, int64_t part);

  mlir::OpBuilder &builder;
  mlir::Location loc;
  mlir::Value x;
  mlir::RankedTensorType type, partType;
  llvm::SmallVector<mlir::OpFoldResult> sizes;
  mlir::OpFoldResult halfSize;
  int64_t dim;
  bool halves, gFirst;
};

} // namespace act

#endif // ACT_IR_PACKEDTENSOR_H
