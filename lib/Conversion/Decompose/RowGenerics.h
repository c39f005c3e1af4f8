//===- RowGenerics.h - linalg.generic over rows -----------------*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares the linalg.generic operations that row-wise operations
// consist of: maps over all elements or over rows, and reductions of rows.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_CONVERSION_DECOMPOSE_ROWGENERICS_H
#define ACT_LIB_CONVERSION_DECOMPOSE_ROWGENERICS_H

#include "Act/IR/Act.h"
#include "Act/Rules/IRAlgebra.h"

#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/IR/PatternMatch.h"

namespace act {

/// A tensor, and how its elements belong to those of x.
struct RowTensor {
  mlir::Value value;
  RowExtent extent = RowExtent::Data;
};

/// What the body of a linalg.generic is written with.
struct RowBody {
  mlir::OpBuilder &builder;
  mlir::Location loc;
  /// In the compute type.
  IRAlgebra &algebra;
  /// The elements of the inputs, floats in the compute type.
  mlir::ValueRange inputs;
  /// The result so far, in reductions.
  mlir::ValueRange results;
};

/// Emits at the insertion point of the rewriter.
class RowGenerics {
public:
  using Emit = llvm::function_ref<mlir::Value(RowBody)>;
  using EmitMany = llvm::function_ref<llvm::SmallVector<mlir::Value>(RowBody)>;

  RowGenerics(mlir::RewriterBase &rewriter, RowwiseOpInterface op);

  mlir::FloatType getComputeType() const { return computeType; }

  /// One element of type `element` for each of this extent: Data, Rows,
  /// KeptRows or Whole.
  RowTensor map(RowExtent extent, mlir::Type element,
                llvm::ArrayRef<RowTensor> inputs, Emit emit);
  /// The same in the compute type.
  RowTensor map(RowExtent extent, llvm::ArrayRef<RowTensor> inputs, Emit emit) {
    return map(extent, computeType, inputs, emit);
  }

  /// One element for each row. `emit` combines the result so far, which starts
  /// with `start`, with an element.
  RowTensor reduce(mlir::TypedAttr start, llvm::ArrayRef<RowTensor> inputs,
                   Emit emit);
  /// Several results at once.
  llvm::SmallVector<RowTensor>
  reduceMany(llvm::ArrayRef<mlir::TypedAttr> starts,
             llvm::ArrayRef<RowTensor> inputs, EmitMany emit);
  /// The sum of what `emit` gives, for each row.
  RowTensor sum(llvm::ArrayRef<RowTensor> inputs, Emit emit);

  /// The sum of what has one element for each row.
  RowTensor sumRows(RowTensor rows);

  /// How many rows there are for which `emit` gives true, an i64.
  mlir::Value count(llvm::ArrayRef<RowTensor> rows, Emit emit);

  /// The mask, which the operation has. What of its dimensions may turn out to
  /// have size 1 when it runs is spread.
  RowTensor getMask();

  /// The length of a row as an i64, and as a number.
  mlir::Value getLengthAsInteger();
  mlir::Value getLength(IRAlgebra &algebra);

  mlir::TypedAttr number(double value) const;

private:
  mlir::RankedTensorType typeOf(RowExtent extent, mlir::Type element) const;
  mlir::Value makeEmpty(RowExtent extent, mlir::Type element);
  /// From the dimensions of `domain` to those of `tensor`.
  mlir::AffineMap mapOf(RowExtent domain, RowTensor tensor) const;
  /// A tensor full of `value`.
  mlir::Value makeFilled(RowExtent extent, mlir::TypedAttr value);
  llvm::SmallVector<RowTensor> emitGeneric(RowExtent domain, RowExtent extent,
                                           llvm::ArrayRef<RowTensor> inputs,
                                           mlir::ValueRange destinations,
                                           EmitMany emit);

  mlir::RewriterBase &rewriter;
  RowwiseOpInterface op;
  mlir::Location loc;
  mlir::FloatType computeType;
  mlir::RankedTensorType x;
  int64_t rowDim;
  /// What getMask has found.
  mlir::Value mask;
};

} // namespace act

#endif // ACT_LIB_CONVERSION_DECOMPOSE_ROWGENERICS_H
