//===- Gates.h - What a gate computes ---------------------------*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares which function a gate applies, and how the types of its
// operands and results belong together.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_IR_GATES_H
#define ACT_IR_GATES_H

#include "Act/Rules/RuleIds.h"

#include "mlir/IR/OpDefinition.h"
#include "mlir/Interfaces/InferTypeOpInterface.h"

namespace act {

class GateOp;
class GateBackwardOp;
class GluOp;
class GluBackwardOp;

/// y = phi(g) u'.
struct GateFunction {
  /// phi, and the numbers of its rule as f64 attributes.
  rules::RuleId rule;
  llvm::SmallVector<mlir::OpFoldResult, 1> parameters;
  /// Where given, g is at most and |u| at most this.
  std::optional<double> limit;
  /// Where given, this is added to u.
  std::optional<double> offset;
};

/// The function of a GateOpInterface.
GateFunction getGateFunction(mlir::Operation *op);

/// The gate of two operands that computes what the packed gate does to its
/// parts g and u.
GateOp createGate(mlir::OpBuilder &builder, GluOp op, mlir::Value g,
                  mlir::Value u);
GateBackwardOp createGateBackward(mlir::OpBuilder &builder, GluBackwardOp op,
                                  mlir::Value g, mlir::Value u);

/// Verifies that shapes and types of a GateOpInterface fit.
llvm::LogicalResult verifyFittingGateTypes(mlir::Operation *op);

/// The trait of verifyFittingGateTypes.
template <typename ConcreteOp>
struct FittingGateTypes
    : mlir::OpTrait::TraitBase<ConcreteOp, FittingGateTypes> {
  static llvm::LogicalResult verifyTrait(mlir::Operation *op) {
    return verifyFittingGateTypes(op);
  }
};

/// The dimension that a packed gate on `x` splits, counted from 0.
int64_t getSplitDim(mlir::Type x, int64_t dim);

/// Appends the type of the parts of `x`; an error if it cannot be split.
llvm::LogicalResult inferSplitType(std::optional<mlir::Location> location,
                                   mlir::Type x, int64_t dim,
                                   llvm::SmallVectorImpl<mlir::Type> &types);

/// The dimensions of the results of a GateOpInterface.
llvm::LogicalResult reifyGateShapes(mlir::Operation *op,
                                    mlir::OpBuilder &builder,
                                    mlir::ReifiedRankedShapedTypeDims &shapes);

} // namespace act

#endif // ACT_IR_GATES_H
