//===- IRAlgebra.h - Rules as MLIR operations -------------------*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares the algebra in which an evaluation of a rule emits arith
// and math operations, on scalars and on vectors of any shape. No fast-math
// flag is ever set, but for approximations: the emitted operations round
// exactly as the formula says.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_RULES_IRALGEBRA_H
#define ACT_RULES_IRALGEBRA_H

#include "Act/Rules/Literal.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/IR/Builders.h"

namespace act {

/// Whether what stands in `block` runs on a GPU.
bool isOnGPU(mlir::Block *block);

/// Emits the operations of a formula at the builder's insertion point.
/// Operations on constants are folded with IEEE arithmetic, so that a formula
/// of constant parameters costs nothing at run time.
class IRAlgebra {
public:
  using Value = mlir::Value;
  using Int = mlir::Value;
  using Bool = mlir::Value;

  /// `realType` is f32 or f64, or a vector of one of them. `roundsToOdd` tells
  /// evaluations that their result is rounded once more, to a 16-bit type.
  IRAlgebra(mlir::OpBuilder &builder, mlir::Location loc, mlir::Type realType,
            bool roundsToOdd = false);

  //===--------------------------------------------------------------------===//
  // Constants
  //===--------------------------------------------------------------------===//

  Value constant(const Literal &literal);
  Value constantLow(const Literal &literal);
  /// A number given as f64 that is a value of the real type, or is rounded to
  /// nearest.
  Value constant(double number);
  Int integer(int64_t number);
  Bool roundsToOdd();
  Bool onGPU();
  bool isF64() const;

  //===--------------------------------------------------------------------===//
  // Arithmetic: each is one IEEE operation
  //===--------------------------------------------------------------------===//

  Value add(Value x, Value y);
  Value sub(Value x, Value y);
  Value mul(Value x, Value y);
  /// Marked, so that additions may be fused with it: Act/Conversion/Expand.h.
  Value mulExact(Value x, Value y);
  Value div(Value x, Value y);
  Value neg(Value x);
  Value abs(Value x);
  Value sqrt(Value x);
  Value fma(Value x, Value y, Value z);
  Value copySign(Value magnitude, Value sign);
  Value minimum(Value x, Value y);
  Value maximum(Value x, Value y);

  Bool lt(Value x, Value y);
  Bool le(Value x, Value y);
  Bool gt(Value x, Value y);
  Bool ge(Value x, Value y);
  Bool eq(Value x, Value y);
  Bool isNaN(Value x);
  Bool logicalAnd(Bool x, Bool y);
  Bool logicalOr(Bool x, Bool y);
  Bool logicalNot(Bool x);
  Value select(Bool condition, Value x, Value y);
  Int selectInt(Bool condition, Int x, Int y) {
    return select(condition, x, y);
  }

  //===--------------------------------------------------------------------===//
  // Bits
  //===--------------------------------------------------------------------===//

  Int bits(Value x);
  Value fromBits(Int x);
  Int iadd(Int x, Int y);
  Int isub(Int x, Int y);
  Int iand(Int x, Int y);
  Int ior(Int x, Int y);
  Int ixor(Int x, Int y);
  Int shl(Int x, Int y);
  Int lshr(Int x, Int y);
  Int ashr(Int x, Int y);
  Int imax(Int x, Int y);
  Int imin(Int x, Int y);
  Bool ilt(Int x, Int y);
  Bool ieq(Int x, Int y);

  //===--------------------------------------------------------------------===//
  // Functions of the reals, for definitions: math operations, of no bound
  //===--------------------------------------------------------------------===//

  Value exp(Value x);
  Value exp2(Value x);
  Value expm1(Value x);
  Value log(Value x);
  Value log2(Value x);
  Value log1p(Value x);
  Value tanh(Value x);
  Value erf(Value x);
  Value erfc(Value x);
  Value nearest(Value x);
  Value pi();

  //===--------------------------------------------------------------------===//
  // Approximations of GPUs: Act/Conversion/Expand.h says what marks them
  //===--------------------------------------------------------------------===//

  Value approxExp2(Value x);
  Value approxReciprocal(Value x);
  Value approxLog2(Value x);
  Value approxTanh(Value x);

private:
  template <typename Op, typename... Args>
  mlir::Value approximate(Args... args);
  /// `host` is the function that folds constants.
  template <typename Op> Value function(Value x, double (*host)(double));
  template <typename Op, typename... Args> mlir::Value emit(Args... args);
  Bool compare(mlir::arith::CmpFPredicate predicate, Value x, Value y);
  mlir::Value fromPattern(uint64_t bits);

  mlir::OpBuilder &builder;
  mlir::Location loc;
  mlir::Type realType;
  mlir::Type intType;
  mlir::Type boolType;
  bool odd;
};

} // namespace act

#endif // ACT_RULES_IRALGEBRA_H
