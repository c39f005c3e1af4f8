//===- ScalarFunctions.h - arith and math as functions ----------*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file says which function of the reals an operation of arith or math is,
// in any algebra.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_IR_SCALARFUNCTIONS_H
#define ACT_IR_SCALARFUNCTIONS_H

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "llvm/ADT/TypeSwitch.h"

namespace act {

/// Whether evaluateScalarFunction() knows `op`.
inline bool isScalarFunction(mlir::Operation *op) {
  namespace arith = mlir::arith;
  namespace math = mlir::math;
  return llvm::isa<arith::AddFOp, arith::SubFOp, arith::MulFOp, arith::DivFOp,
                   arith::NegFOp, math::ExpOp, math::Exp2Op, math::ExpM1Op,
                   math::LogOp, math::Log2Op, math::Log1pOp, math::SqrtOp,
                   math::RsqrtOp, math::TanhOp, math::ErfOp, math::ErfcOp,
                   math::AbsFOp, math::CopySignOp, math::FmaOp>(op);
}

/// The function of `op` at the numbers that `x` returns for operand 0, 1, ...
template <class Algebra, class Operands>
typename Algebra::Value evaluateScalarFunction(Algebra &a, mlir::Operation *op,
                                               Operands x) {
  namespace arith = mlir::arith;
  namespace math = mlir::math;
  return llvm::TypeSwitch<mlir::Operation *, typename Algebra::Value>(op)
      .Case([&](arith::AddFOp) { return a.add(x(0), x(1)); })
      .Case([&](arith::SubFOp) { return a.sub(x(0), x(1)); })
      .Case([&](arith::MulFOp) { return a.mul(x(0), x(1)); })
      .Case([&](arith::DivFOp) { return a.div(x(0), x(1)); })
      .Case([&](arith::NegFOp) { return a.neg(x(0)); })
      .Case([&](math::ExpOp) { return a.exp(x(0)); })
      .Case([&](math::Exp2Op) { return a.exp2(x(0)); })
      .Case([&](math::ExpM1Op) { return a.expm1(x(0)); })
      .Case([&](math::LogOp) { return a.log(x(0)); })
      .Case([&](math::Log2Op) { return a.log2(x(0)); })
      .Case([&](math::Log1pOp) { return a.log1p(x(0)); })
      .Case([&](math::SqrtOp) { return a.sqrt(x(0)); })
      .Case([&](math::RsqrtOp) { return a.div(a.constant(1.0), a.sqrt(x(0))); })
      .Case([&](math::TanhOp) { return a.tanh(x(0)); })
      .Case([&](math::ErfOp) { return a.erf(x(0)); })
      .Case([&](math::ErfcOp) { return a.erfc(x(0)); })
      .Case([&](math::AbsFOp) { return a.abs(x(0)); })
      .Case([&](math::CopySignOp) { return a.copySign(x(0), x(1)); })
      .Case([&](math::FmaOp) { return a.fma(x(0), x(1), x(2)); });
}

} // namespace act

#endif // ACT_IR_SCALARFUNCTIONS_H
