//===- RowwiseTypes.h - Types of row-wise ops -------------------*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares what row-wise operations compute and how the types of
// their operands and results belong together.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_IR_ROWWISETYPES_H
#define ACT_IR_ROWWISETYPES_H

#include "mlir/IR/BuiltinTypes.h"
#include "mlir/IR/OpDefinition.h"
#include "mlir/Interfaces/InferTypeOpInterface.h"

namespace act {

enum class RowFunction {
  Softmax,
  Softmin,
  LogSoftmax,
  LogSumExp,
  NLL,
  CrossEntropy
};

enum class RowPart { Forward, Backward, ForwardWithGradient };

/// What an operand holds.
enum class RowInput {
  X,
  DY,
  DLoss,
  Target,
  Lse,
  Mask,
  ClassWeight,
  TokenWeight
};

/// The name of the operand in the definition of operations: "dy".
llvm::StringRef stringifyRowInput(RowInput input);

/// What an output holds: y of softmax, softmin and log_softmax, the loss, a
/// gradient, or a statistic of each row.
enum class RowOutput {
  Y,
  Loss,
  DX,
  DTarget,
  Lse,
  LogProb,
  Entropy,
  ArgMax,
  Counts
};

/// The name of what an output holds: "dx".
llvm::StringRef stringifyRowOutput(RowOutput output);

/// How the dimensions of an operand or output follow from those of x.
enum class RowExtent {
  /// They are the same; those of size 1 of a mask are broadcast.
  Data,
  /// The reduced dimension is missing.
  Rows,
  /// The reduced dimension has size 1.
  KeptRows,
  /// It has the reduced dimension alone.
  Classes,
  /// It belongs to all rows.
  Whole
};

/// The extents of operands and outputs of a RowwiseOpInterface.
RowExtent getRowExtent(mlir::Operation *op, RowInput input);
RowExtent getRowExtent(mlir::Operation *op, RowOutput output);

/// The dimension of x that dimension `dim` of something with this extent is, or
/// nothing if it is none.
std::optional<int64_t> findDataDim(RowExtent extent, int64_t rowDim,
                                   int64_t dim);

constexpr bool isLoss(RowFunction function) {
  return function == RowFunction::NLL || function == RowFunction::CrossEntropy;
}

/// f16, bf16, f32 or f64.
bool isRowElement(mlir::Type type);

/// A ranked tensor or memref of rank 0 to 6 of f16, bf16, f32 or f64.
bool isRowData(mlir::Type type);

/// The same of i1, i32 or i64.
bool isRowMask(mlir::Type type);
bool isRowIndices(mlir::Type type);

/// What the types of outputs follow from.
struct RowSignature {
  mlir::ShapedType x;
  /// Null where there is none.
  mlir::ShapedType target;
  mlir::FloatType computeType;
  /// The dimension of the rows in x. Out of its range: x has rank 0.
  int64_t dim = 0;
  /// Whether the rows keep a dimension of size 1.
  bool keepDim = false;
  /// Whether the loss is one number.
  bool isReduced = false;

  /// The shape of what has one element for each row.
  llvm::SmallVector<int64_t> getRowShape() const;
};

/// The dimension given as -rank <= d < rank, or the default where it is absent:
/// the last for softmax and its kin, 1 (0 for rank 1) for losses. From 0 if
/// what is given lies in that range.
int64_t resolveRowDim(RowFunction function, std::optional<int64_t> dim,
                      int64_t rank);

/// The type of an output, as a tensor.
mlir::RankedTensorType getRowOutputType(const RowSignature &signature,
                                        RowOutput output);

/// The dimensions of the results of a RowwiseOpInterface.
llvm::LogicalResult
reifyRowwiseShapes(mlir::Operation *op, mlir::OpBuilder &builder,
                   mlir::ReifiedRankedShapedTypeDims &shapes);

/// Verifies a RowwiseOpInterface.
llvm::LogicalResult verifyRowwiseOp(mlir::Operation *op);

/// The trait of verifyRowwiseOp.
template <typename ConcreteOp>
struct FittingRows : mlir::OpTrait::TraitBase<ConcreteOp, FittingRows> {
  static llvm::LogicalResult verifyTrait(mlir::Operation *op) {
    return verifyRowwiseOp(op);
  }
};

/// Whether inferred types may stand before further results.
bool areLeadingTypes(mlir::TypeRange inferred, mlir::TypeRange actual);

} // namespace act

#endif // ACT_IR_ROWWISETYPES_H
