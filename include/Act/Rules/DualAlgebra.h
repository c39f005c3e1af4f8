//===- DualAlgebra.h - Formulas with their derivatives ----------*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares dual numbers over any other algebra: a definition in them
// yields its value and its derivative. They nest, for higher derivatives.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_RULES_DUALALGEBRA_H
#define ACT_RULES_DUALALGEBRA_H

#include "Act/Rules/Literal.h"

namespace act {

/// a + b e with e^2 = 0. Comparisons look at a. A select takes the derivative
/// of the side that it takes, so a formula fixes its one-sided derivative at a
/// kink by its comparison; |x| has derivative 0 at 0, the smallest one.
template <class Base>
class DualAlgebra {
  using Part = typename Base::Value;

public:
  struct Value {
    Part primal, tangent;
  };
  using Bool = typename Base::Bool;

  explicit DualAlgebra(Base &base) : base(base) {}

  /// A number that does not change.
  Value constant(const Literal &literal) {
    return still(base.constant(literal));
  }
  Value constant(double number) { return still(base.constant(number)); }
  Value still(Part value) { return {value, base.constant(0.0)}; }
  /// The variable of differentiation.
  Value variable(Part value) { return {value, base.constant(1.0)}; }

  // Arithmetic.
  Value add(const Value &x, const Value &y) {
    return {base.add(x.primal, y.primal), base.add(x.tangent, y.tangent)};
  }
  Value sub(const Value &x, const Value &y) {
    return {base.sub(x.primal, y.primal), base.sub(x.tangent, y.tangent)};
  }
  Value mul(const Value &x, const Value &y) {
    return {base.mul(x.primal, y.primal),
            base.add(base.mul(x.tangent, y.primal),
                     base.mul(x.primal, y.tangent))};
  }
  Value div(const Value &x, const Value &y) {
    // (x/y)' = (x' - (x/y) y') / y
    Part quotient = base.div(x.primal, y.primal);
    return {quotient,
            base.div(base.sub(x.tangent, base.mul(quotient, y.tangent)),
                     y.primal)};
  }
  Value neg(const Value &x) {
    return {base.neg(x.primal), base.neg(x.tangent)};
  }
  Value abs(const Value &x) {
    Part zero = base.constant(0.0);
    return {base.abs(x.primal),
            base.select(base.lt(x.primal, zero), base.neg(x.tangent),
                        base.select(base.gt(x.primal, zero), x.tangent,
                                    zero))};
  }
  Value sqrt(const Value &x) {
    Part root = base.sqrt(x.primal);
    return {root, base.div(x.tangent, base.add(root, root))};
  }
  Value fma(const Value &x, const Value &y, const Value &z) {
    return add(mul(x, y), z);
  }
  Value copySign(const Value &x, const Value &y) {
    // The result is x or -x, whichever has the sign of y.
    Part one = base.constant(1.0);
    Part sign = base.mul(base.copySign(one, x.primal),
                         base.copySign(one, y.primal));
    return {base.copySign(x.primal, y.primal), base.mul(sign, x.tangent)};
  }

  // Comparisons.
  Bool lt(const Value &x, const Value &y) {
    return base.lt(x.primal, y.primal);
  }
  Bool le(const Value &x, const Value &y) {
    return base.le(x.primal, y.primal);
  }
  Bool gt(const Value &x, const Value &y) {
    return base.gt(x.primal, y.primal);
  }
  Bool ge(const Value &x, const Value &y) {
    return base.ge(x.primal, y.primal);
  }
  Bool eq(const Value &x, const Value &y) {
    return base.eq(x.primal, y.primal);
  }
  Bool isNaN(const Value &x) { return base.isNaN(x.primal); }
  Bool logicalAnd(Bool x, Bool y) { return base.logicalAnd(x, y); }
  Bool logicalOr(Bool x, Bool y) { return base.logicalOr(x, y); }
  Bool logicalNot(Bool x) { return base.logicalNot(x); }
  Value select(Bool condition, const Value &x, const Value &y) {
    return {base.select(condition, x.primal, y.primal),
            base.select(condition, x.tangent, y.tangent)};
  }

  // Functions of the reals: f(x) and f'(x) x', with f' in a form that does not
  // cancel.
  Value exp(const Value &x) {
    Part e = base.exp(x.primal);
    return {e, base.mul(e, x.tangent)};
  }
  Value exp2(const Value &x) {
    Part e = base.exp2(x.primal);
    return {e, base.mul(base.mul(e, ln2()), x.tangent)};
  }
  Value expm1(const Value &x) {
    return {base.expm1(x.primal), base.mul(base.exp(x.primal), x.tangent)};
  }
  Value log(const Value &x) {
    return {base.log(x.primal), base.div(x.tangent, x.primal)};
  }
  Value log2(const Value &x) {
    return {base.log2(x.primal),
            base.div(x.tangent, base.mul(x.primal, ln2()))};
  }
  Value log1p(const Value &x) {
    return {base.log1p(x.primal),
            base.div(x.tangent, base.add(base.constant(1.0), x.primal))};
  }
  Value tanh(const Value &x) {
    // 1 - tanh^2 x = 4 t / (1 + t)^2 with t = e^(-2 |x|).
    Part one = base.constant(1.0), minusTwo = base.constant(-2.0);
    Part t = base.exp(base.mul(minusTwo, base.abs(x.primal)));
    Part d = base.add(one, t);
    Part slope =
        base.div(base.mul(base.constant(4.0), t), base.mul(d, d));
    return {base.tanh(x.primal), base.mul(slope, x.tangent)};
  }
  Value erf(const Value &x) {
    return {base.erf(x.primal), base.mul(gaussian(x.primal), x.tangent)};
  }
  Value erfc(const Value &x) {
    return {base.erfc(x.primal),
            base.neg(base.mul(gaussian(x.primal), x.tangent))};
  }
  Value pi() { return still(base.pi()); }

private:
  Part ln2() { return base.log(base.constant(2.0)); }

  /// erf'(x) = 2 / sqrt(pi) e^(-x^2).
  Part gaussian(const Part &x) {
    return base.mul(
        base.div(base.constant(2.0), base.sqrt(base.pi())),
        base.exp(base.neg(base.mul(x, x))));
  }

  Base &base;
};

} // namespace act

#endif // ACT_RULES_DUALALGEBRA_H
