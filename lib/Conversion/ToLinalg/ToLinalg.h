//===- ToLinalg.h - The parts of act-to-linalg ------------------*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares the steps of act-to-linalg: which operations form a group,
// and how a group becomes one linalg.generic.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_CONVERSION_TOLINALG_TOLINALG_H
#define ACT_LIB_CONVERSION_TOLINALG_TOLINALG_H

#include "Act/IR/Act.h"

#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/IR/PatternMatch.h"

namespace act {

/// Whether `op` computes each element of its results, which are ranked tensors
/// of one shape, from elements of its operands: an elementwise operation, or a
/// linalg.generic whose results have identity maps.
bool isElementwise(mlir::Operation *op);

/// How an elementwise operation reads `operand`, from the position of the
/// result's element.
mlir::AffineMap accessMap(mlir::OpOperand &operand);

/// The number that all elements of `value` have, as an operation on scalars or
/// an attribute, or null: splat constants, tensor.splat, linalg.fill.
mlir::OpFoldResult splatOf(mlir::Value value);

/// The elementwise operations of `block` in groups, each of which may become
/// one operation at the position of its last member, once the block is sorted.
llvm::SmallVector<llvm::SmallVector<mlir::Operation *>>
findElementwiseGroups(mlir::Block &block);

/// Replaces a group by one linalg.generic.
void emitElementwiseGroup(mlir::RewriterBase &rewriter,
                          llvm::ArrayRef<mlir::Operation *> group);

/// Replaces an act operation whose parameter is not of the shape of x by
/// linalg.generic: one for the elements, one for the sum of the parameter's
/// gradient.
void convertParametricOp(mlir::RewriterBase &rewriter, mlir::Operation *op);

/// Gives a row-wise operation without destinations tensor.empty as such.
void addDestinations(mlir::RewriterBase &rewriter, RowwiseOpInterface op);

/// Lets a product of matrices with a 16-bit result add its terms in f32.
/// Returns whether `op` is such a product.
bool widenHalfProduct(mlir::RewriterBase &rewriter, mlir::linalg::LinalgOp op);

/// Replaces a packed gate on tensors by a gate on two slices.
void convertPackedGate(mlir::RewriterBase &rewriter, mlir::Operation *op);

/// Replaces dropout on tensors, forward or backward, by linalg.generic.
void convertDropout(mlir::RewriterBase &rewriter, DropoutOpInterface op);

} // namespace act

#endif // ACT_LIB_CONVERSION_TOLINALG_TOLINALG_H
