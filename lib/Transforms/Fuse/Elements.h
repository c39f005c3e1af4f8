//===- Elements.h - What an element of a tensor is --------------*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares how patterns look through linalg operations: an element of
// a tensor is followed into the bodies that compute it, however the arithmetic
// is spread over operations.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_TRANSFORMS_FUSE_ELEMENTS_H
#define ACT_LIB_TRANSFORMS_FUSE_ELEMENTS_H

#include "mlir/IR/AffineMap.h"
#include "mlir/IR/Operation.h"
#include "mlir/IR/PatternMatch.h"
#include "mlir/IR/Value.h"

#include <optional>

namespace act {

/// A number for each point of a space. `map` leads from the points to positions
/// in `value`, a tensor; or, if it is a number in the body of a linalg
/// operation, to points of the loops of that.
struct Element {
  mlir::Value value;
  mlir::AffineMap map;
};

/// Element `i` of `tensor` at point `i`.
Element elementOf(mlir::Value tensor);

/// Whether the result of `op` has the elements of an operand: a broadcast, a
/// cast, a dimension of size 1 more.
bool isCopy(mlir::Operation *op);

/// The element from which `element` is read unchanged: out of the body, to the
/// operand, through copies.
Element resolve(Element element);

/// The arithmetic that computes an element.
struct Definition {
  /// An operation on numbers, or an elementwise one on tensors.
  mlir::Operation *op;
  llvm::SmallVector<Element> operands;
  /// The operations on tensors that it belongs to.
  llvm::SmallVector<mlir::Operation *> parts;
};
std::optional<Definition> define(Element element);

/// The number that the element is at all points, if it is one.
std::optional<double> findNumber(Element element);

/// Whether both are the same number, by the same arithmetic on the same
/// tensors.
bool areEqual(Element one, Element other, unsigned depth = 8);

/// An element that combines those of a row.
struct RowCombination {
  /// The linalg operation.
  mlir::Operation *op;
  /// What combines two numbers.
  mlir::Operation *combiner;
  std::optional<double> init;
  /// What is combined, at each point of the space.
  Element term;
  /// The dimension of the space that is reduced; one more than it has if the
  /// element depends on all others.
  int64_t dim;
};
std::optional<RowCombination> findRowCombination(Element element);

/// That the operations on tensors that `root` is computed by serve nothing
/// else. Else they would be computed twice.
llvm::LogicalResult checkPartsServe(mlir::PatternRewriter &rewriter,
                                    mlir::Operation *root,
                                    llvm::ArrayRef<mlir::Operation *> parts);

} // namespace act

#endif // ACT_LIB_TRANSFORMS_FUSE_ELEMENTS_H
