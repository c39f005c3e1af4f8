//===- LossTerms.h - What losses are sums of --------------------*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares what each class and each row contribute to a loss. A hard
// target is a distribution with one 1: both kinds have one formula, a sum over
// the classes of coefficients times -log p.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_CONVERSION_DECOMPOSE_LOSSTERMS_H
#define ACT_LIB_CONVERSION_DECOMPOSE_LOSSTERMS_H

#include "RowState.h"

#include "mlir/Dialect/Arith/IR/Arith.h"

#include <optional>

namespace act {

/// The coefficients of a loss, as tensors.
class LossTerms {
public:
  LossTerms(mlir::RewriterBase &rewriter, LossOpInterface op);

  /// a, 0 exactly for rows that do not count; v; and the divisor of a mean.
  void makeWeights();
  /// G, and the weights of rows that have a gradient: none where a mean has
  /// nothing to divide by.
  void makeCotangent();
  /// w_k q'_k of each class, and W, their sum; given the logits where there is
  /// smoothing.
  void makeCoefficients();

  /// The loss, given those of the rows.
  mlir::Value reduceLoss(RowTensor rows);

protected:
  mlir::Value asI64(mlir::OpBuilder &builder, mlir::Value integer);
  mlir::Value compare(mlir::OpBuilder &builder,
                      mlir::arith::CmpIPredicate predicate, mlir::Value left,
                      mlir::Value right);
  /// Whether a hard target is a class.
  mlir::Value isClass(mlir::OpBuilder &builder, mlir::Value element);
  /// Whether the element at hand, of all data, belongs to the hard target.
  mlir::Value isTarget(mlir::OpBuilder &builder, mlir::Value element);
  /// coefficient * value, but 0 where the coefficient is.
  static mlir::Value term(IRAlgebra &a, mlir::Value coefficient,
                          mlir::Value value);
  /// Whether a row of this weight counts.
  static mlir::Value isKept(IRAlgebra &a, mlir::Value weight);
  /// e', the share of the target that is spread over `count` classes.
  mlir::Value makeShare(IRAlgebra &a, mlir::Value count);
  /// `value`, but 0 for rows that do not count, and NaN for targets that are no
  /// class.
  mlir::Value selectCounting(RowBody body, mlir::Value weight,
                             mlir::Value target, mlir::Value value);

  mlir::RewriterBase &rewriter;
  LossOpInterface op;
  mlir::Location loc;
  RowGenerics generics;
  bool isHard;
  double smoothing;
  RowTensor target;

  /// The number of classes, an i64.
  mlir::Value classes;
  /// a, 0 for rows that do not count; and v.
  RowTensor weight, rowWeight;
  /// The sum of v, for a mean.
  std::optional<RowTensor> divisor;
  /// G of each row or of all, and a of the rows that have a gradient.
  RowTensor cotangent, gradientWeight;
  RowTensor logits, coefficients, allCoefficients;
  /// Where there is smoothing.
  std::optional<RowTensor> spreadClasses;

private:
  RowTensor makeSpreadClasses();
  static mlir::Value isPossible(RowBody body, mlir::Value z);
};

} // namespace act

#endif // ACT_LIB_CONVERSION_DECOMPOSE_LOSSTERMS_H
