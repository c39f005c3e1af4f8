//===- RealEmitter.h - Formulas over the reals as operations ----*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares the algebra in which a definition becomes arith and math
// operations on numbers, vectors or tensors: one operation for each function of
// the reals, where IRAlgebra emits how to compute it.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_TRANSFORMS_DIFFERENTIATE_REALEMITTER_H
#define ACT_LIB_TRANSFORMS_DIFFERENTIATE_REALEMITTER_H

#include "Act/Rules/Literal.h"
#include "Act/Transforms/Differentiation.h"

#include "mlir/Dialect/Arith/IR/Arith.h"

#include <optional>

namespace act {

/// Constants are computed with in f64, and emitted where they meet a value.
/// Multiplication and division by one and double negation emit nothing; no
/// other simplification is right for all numbers.
class RealEmitter {
public:
  struct Value {
    /// A value of the emitter's type, or null for a constant.
    mlir::Value value;
    double number = 0;

    bool is(double constant) const { return !value && number == constant; }
  };
  struct Bool {
    mlir::Value value;
    bool truth = false;
  };

  /// Values have the shape of `like` and elements of `elementType`.
  RealEmitter(DerivativeBuilder &builder, mlir::Location loc, mlir::Value like,
              mlir::Type elementType);

  /// A value of the program, widened if need be.
  Value read(mlir::Value value);
  /// The value as one of the program.
  mlir::Value materialize(const Value &value);

  Value constant(const Literal &literal) {
    return constant(literal.asDouble());
  }
  Value constant(double number) { return {nullptr, number}; }
  Value pi() { return constant(3.14159265358979323846); }

  Value add(const Value &x, const Value &y);
  Value sub(const Value &x, const Value &y);
  Value mul(const Value &x, const Value &y);
  Value div(const Value &x, const Value &y);
  Value neg(const Value &x);
  Value abs(const Value &x);
  Value sqrt(const Value &x);
  Value fma(const Value &x, const Value &y, const Value &z);
  Value copySign(const Value &x, const Value &y);

  Bool lt(const Value &x, const Value &y);
  Bool le(const Value &x, const Value &y);
  Bool gt(const Value &x, const Value &y);
  Bool ge(const Value &x, const Value &y);
  Bool eq(const Value &x, const Value &y);
  Bool isNaN(const Value &x);
  Bool logicalAnd(const Bool &x, const Bool &y);
  Bool logicalOr(const Bool &x, const Bool &y);
  Bool logicalNot(const Bool &x);
  Value select(const Bool &condition, const Value &x, const Value &y);

  Value exp(const Value &x);
  Value exp2(const Value &x);
  Value expm1(const Value &x);
  Value log(const Value &x);
  Value log2(const Value &x);
  Value log1p(const Value &x);
  Value tanh(const Value &x);
  Value erf(const Value &x);
  Value erfc(const Value &x);
  Value nearest(const Value &x);
  Value sin(const Value &x);
  Value cos(const Value &x);
  Value tan(const Value &x);
  Value sinh(const Value &x);
  Value cosh(const Value &x);
  Value atan(const Value &x);
  Value log10(const Value &x);
  Value cbrt(const Value &x);
  Value pow(const Value &x, const Value &y);

private:
  template <typename Op> Value unary(const Value &x, double (*fold)(double));
  template <typename Op> Value binary(const Value &x, const Value &y);
  Bool compare(mlir::arith::CmpFPredicate predicate, const Value &x,
               const Value &y, bool folded);
  mlir::Value materializeTruth(const Bool &value, mlir::Type type);
  /// A constant of the type, which has the dimensions of `like`.
  mlir::Value splat(mlir::TypedAttr element, mlir::Type type);

  DerivativeBuilder &builder;
  mlir::Location loc;
  mlir::Value like;
  mlir::Type type;
};

} // namespace act

#endif // ACT_LIB_TRANSFORMS_DIFFERENTIATE_REALEMITTER_H
