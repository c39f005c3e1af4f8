//===- ElementwiseTypes.h - Types of elementwise ops ------------*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares how the types of operands and results of elementwise
// operations belong together.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_IR_ELEMENTWISETYPES_H
#define ACT_IR_ELEMENTWISETYPES_H

#include "mlir/IR/OpDefinition.h"
#include "mlir/Interfaces/InferTypeOpInterface.h"

namespace act {

/// The rank of tensors that operations take.
constexpr int64_t maxRank = 6;

/// f16, bf16, f32 or f64, or a vector or ranked tensor of these of rank 0 to 6.
bool isFloatLike(mlir::Type type);

/// What operations on these values compute in: f64 if the elements of one are
/// f64, else f32. Null values are left out.
mlir::FloatType getComputeElementType(mlir::ValueRange operands,
                                      mlir::MLIRContext *context);

/// Whether a tensor parameter of type `parameter` is one number for all
/// elements: a scalar, rank 0 or shape [1].
bool isSharedParameter(mlir::Type parameter);

/// The type of the gradient of a parameter of an operation on `x`: that of the
/// parameter for tensors, one term for each element for scalars and vectors.
mlir::Type getParameterGradientType(mlir::Type x, mlir::Type parameter);

/// The dimension of a tensor of this rank, given as -rank <= d < rank or
/// absent: 1, or 0 for rank 1.
int64_t getChannelDim(std::optional<int64_t> channelDim, int64_t rank);

/// The same as the attribute `channel_dim` of `op` gives it.
int64_t getChannelDim(mlir::Operation *op, int64_t rank);

/// Verifies that shapes and types of an ElementwiseRuleOpInterface fit.
llvm::LogicalResult verifyFittingTypes(mlir::Operation *op);

/// The trait of verifyFittingTypes.
template <typename ConcreteOp>
struct FittingTypes : mlir::OpTrait::TraitBase<ConcreteOp, FittingTypes> {
  static llvm::LogicalResult verifyTrait(mlir::Operation *op) {
    return verifyFittingTypes(op);
  }
};

/// The types of the results of `operation`, where they follow from the operands
/// dy, x, parameter: that of x and, behind dy, that of the parameter's
/// gradient. x stands at `input`.
llvm::LogicalResult
inferElementwiseTypes(llvm::StringRef operation,
                      std::optional<mlir::Location> location,
                      mlir::ValueRange operands, unsigned input,
                      llvm::SmallVectorImpl<mlir::Type> &types);

/// Whether the shapes may be equal; dynamic sizes are compared when the
/// function runs.
bool haveFittingShapes(mlir::Type lhs, mlir::Type rhs);

/// Whether the types differ in nothing but their elements.
bool haveSameShapes(mlir::TypeRange inferred, mlir::TypeRange actual);

/// The dimensions of the results of an ElementwiseRuleOpInterface.
llvm::LogicalResult
reifyElementwiseShapes(mlir::Operation *op, mlir::OpBuilder &builder,
                       mlir::ReifiedRankedShapedTypeDims &shapes);

} // namespace act

#endif // ACT_IR_ELEMENTWISETYPES_H
