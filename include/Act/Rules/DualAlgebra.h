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

/// Tangents that are numbers of the base algebra. Formulas treat tangents only
/// by these linear operations, so that others may record them instead.
template <class Base> class NumberTangents {
public:
  using Tangent = typename Base::Value;
  using Factor = typename Base::Value;
  using Bool = typename Base::Bool;

  explicit NumberTangents(Base &base) : base(base) {}

  Tangent zero() { return base.constant(0.0); }
  Tangent one() { return base.constant(1.0); }
  Tangent add(const Tangent &x, const Tangent &y) { return base.add(x, y); }
  Tangent sub(const Tangent &x, const Tangent &y) { return base.sub(x, y); }
  Tangent neg(const Tangent &x) { return base.neg(x); }
  Tangent scale(const Tangent &x, const Factor &y) { return base.mul(x, y); }
  Tangent divide(const Tangent &x, const Factor &y) { return base.div(x, y); }
  Tangent select(Bool condition, const Tangent &x, const Tangent &y) {
    return base.select(condition, x, y);
  }

private:
  Base &base;
};

/// a + b e with e^2 = 0. Comparisons look at a. A select takes the derivative
/// of the side that it takes, so a formula fixes its one-sided derivative at a
/// kink by its comparison; |x| has derivative 0 at 0, the smallest one.
template <class Base, class Tangents = NumberTangents<Base>> class DualAlgebra {
  using Part = typename Base::Value;
  using Tangent = typename Tangents::Tangent;

public:
  struct Value {
    Part primal;
    Tangent tangent;
  };
  using Bool = typename Base::Bool;

  explicit DualAlgebra(Base &base) : DualAlgebra(base, Tangents(base)) {}
  DualAlgebra(Base &base, Tangents tangents) : base(base), tangents(tangents) {}

  Base &getBase() { return base; }

  /// A number that does not change.
  Value constant(const Literal &literal) {
    return still(base.constant(literal));
  }
  Value constant(double number) { return still(base.constant(number)); }
  Value still(Part value) { return {value, tangents.zero()}; }
  /// The variable of differentiation.
  Value variable(Part value) { return {value, tangents.one()}; }

  // Arithmetic.
  Value add(const Value &x, const Value &y) {
    return {base.add(x.primal, y.primal), tangents.add(x.tangent, y.tangent)};
  }
  Value sub(const Value &x, const Value &y) {
    return {base.sub(x.primal, y.primal), tangents.sub(x.tangent, y.tangent)};
  }
  Value mul(const Value &x, const Value &y) {
    return {base.mul(x.primal, y.primal),
            tangents.add(tangents.scale(x.tangent, y.primal),
                         tangents.scale(y.tangent, x.primal))};
  }
  Value div(const Value &x, const Value &y) {
    // (x/y)' = (x' - (x/y) y') / y
    Part quotient = base.div(x.primal, y.primal);
    return {quotient,
            tangents.divide(
                tangents.sub(x.tangent, tangents.scale(y.tangent, quotient)),
                y.primal)};
  }
  Value neg(const Value &x) {
    return {base.neg(x.primal), tangents.neg(x.tangent)};
  }
  Value abs(const Value &x) {
    Part zero = base.constant(0.0);
    return {base.abs(x.primal),
            tangents.select(base.lt(x.primal, zero), tangents.neg(x.tangent),
                            tangents.select(base.gt(x.primal, zero), x.tangent,
                                            tangents.zero()))};
  }
  Value sqrt(const Value &x) {
    Part root = base.sqrt(x.primal);
    return {root, tangents.divide(x.tangent, base.add(root, root))};
  }
  Value fma(const Value &x, const Value &y, const Value &z) {
    return add(mul(x, y), z);
  }
  Value copySign(const Value &x, const Value &y) {
    // The result is x or -x, whichever has the sign of y.
    Part one = base.constant(1.0);
    Part sign =
        base.mul(base.copySign(one, x.primal), base.copySign(one, y.primal));
    return {base.copySign(x.primal, y.primal), tangents.scale(x.tangent, sign)};
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
            tangents.select(condition, x.tangent, y.tangent)};
  }

  // Functions of the reals: f(x) and f'(x) x', with f' in a form that does not
  // cancel.
  Value exp(const Value &x) {
    Part e = base.exp(x.primal);
    return {e, tangents.scale(x.tangent, e)};
  }
  Value exp2(const Value &x) {
    Part e = base.exp2(x.primal);
    return {e, tangents.scale(x.tangent, base.mul(e, ln2()))};
  }
  Value expm1(const Value &x) {
    return {base.expm1(x.primal),
            tangents.scale(x.tangent, base.exp(x.primal))};
  }
  Value log(const Value &x) {
    return {base.log(x.primal), tangents.divide(x.tangent, x.primal)};
  }
  Value log2(const Value &x) {
    return {base.log2(x.primal),
            tangents.divide(x.tangent, base.mul(x.primal, ln2()))};
  }
  Value log1p(const Value &x) {
    return {base.log1p(x.primal),
            tangents.divide(x.tangent, base.add(base.constant(1.0), x.primal))};
  }
  Value tanh(const Value &x) {
    // 1 - tanh^2 x = 4 t / (1 + t)^2 with t = e^(-2 |x|).
    Part one = base.constant(1.0), minusTwo = base.constant(-2.0);
    Part t = base.exp(base.mul(minusTwo, base.abs(x.primal)));
    Part d = base.add(one, t);
    Part slope = base.div(base.mul(base.constant(4.0), t), base.mul(d, d));
    return {base.tanh(x.primal), tangents.scale(x.tangent, slope)};
  }
  Value erf(const Value &x) {
    return {base.erf(x.primal), tangents.scale(x.tangent, gaussian(x.primal))};
  }
  Value erfc(const Value &x) {
    return {base.erfc(x.primal),
            tangents.neg(tangents.scale(x.tangent, gaussian(x.primal)))};
  }
  /// Its jumps do not count.
  Value nearest(const Value &x) { return still(base.nearest(x.primal)); }
  Value pi() { return still(base.pi()); }

  // Functions of the math dialect that no rule uses.
  Value sin(const Value &x) {
    return {base.sin(x.primal), tangents.scale(x.tangent, base.cos(x.primal))};
  }
  Value cos(const Value &x) {
    return {base.cos(x.primal),
            tangents.neg(tangents.scale(x.tangent, base.sin(x.primal)))};
  }
  Value tan(const Value &x) {
    Part t = base.tan(x.primal);
    return {t, tangents.scale(x.tangent, base.add(one(), base.mul(t, t)))};
  }
  Value sinh(const Value &x) {
    return {base.sinh(x.primal),
            tangents.scale(x.tangent, base.cosh(x.primal))};
  }
  Value cosh(const Value &x) {
    return {base.cosh(x.primal),
            tangents.scale(x.tangent, base.sinh(x.primal))};
  }
  Value atan(const Value &x) {
    return {base.atan(x.primal),
            tangents.divide(x.tangent,
                            base.add(one(), base.mul(x.primal, x.primal)))};
  }
  Value log10(const Value &x) {
    Part ln10 = base.log(base.constant(10.0));
    return {base.log10(x.primal),
            tangents.divide(x.tangent, base.mul(x.primal, ln10))};
  }
  Value cbrt(const Value &x) {
    Part root = base.cbrt(x.primal);
    return {root, tangents.divide(x.tangent, base.mul(base.constant(3.0),
                                                      base.mul(root, root)))};
  }
  /// x^y = e^(y log x). An exponent that does not change has no logarithm.
  Value pow(const Value &x, const Value &y) {
    Part power = base.pow(x.primal, y.primal);
    Part slope =
        base.mul(y.primal, base.pow(x.primal, base.sub(y.primal, one())));
    return {power,
            tangents.add(tangents.scale(x.tangent, slope),
                         tangents.scale(y.tangent,
                                        base.mul(power, base.log(x.primal))))};
  }

private:
  Part one() { return base.constant(1.0); }

  Part ln2() { return base.log(base.constant(2.0)); }

  /// erf'(x) = 2 / sqrt(pi) e^(-x^2).
  Part gaussian(const Part &x) {
    return base.mul(base.div(base.constant(2.0), base.sqrt(base.pi())),
                    base.exp(base.neg(base.mul(x, x))));
  }

  Base &base;
  Tangents tangents;
};

} // namespace act

#endif // ACT_RULES_DUALALGEBRA_H
