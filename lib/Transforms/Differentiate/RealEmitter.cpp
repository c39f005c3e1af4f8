//===- RealEmitter.cpp - Formulas over the reals as operations ------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file implements the algebra that emits definitions.
//
//===----------------------------------------------------------------------===//

#include "RealEmitter.h"

#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/IR/Matchers.h"
#include "mlir/IR/TypeUtilities.h"

#include <cmath>

using namespace mlir;
using namespace act;
using arith::CmpFPredicate;

static Type withElements(Type type, Type elementType) {
  if (auto shaped = dyn_cast<ShapedType>(type))
    return shaped.clone(elementType);
  return elementType;
}

RealEmitter::RealEmitter(DerivativeBuilder &builder, Location loc,
                         mlir::Value like, Type elementType)
    : builder(builder), loc(loc), like(like),
      type(withElements(like.getType(), elementType)) {}

RealEmitter::Value RealEmitter::read(mlir::Value value) {
  FloatAttr number;
  SplatElementsAttr splat;
  if (matchPattern(value, m_Constant(&number)))
    return constant(number.getValueAsDouble());
  if (matchPattern(value, m_Constant(&splat)))
    return constant(splat.getSplatValue<FloatAttr>().getValueAsDouble());
  return {builder.convert(loc, value, getElementTypeOrSelf(type))};
}

mlir::Value RealEmitter::splat(TypedAttr element, Type type) {
  auto shaped = dyn_cast<ShapedType>(type);
  if (!shaped)
    return builder.emit<arith::ConstantOp>(loc, element);
  if (shaped.hasStaticShape() || isa<VectorType>(type))
    return builder.emit<arith::ConstantOp>(
        loc, cast<TypedAttr>(DenseElementsAttr::get(shaped, element)));
  SmallVector<mlir::Value> sizes;
  for (OpFoldResult size : builder.dimensions(loc, like))
    if (auto dynamic = dyn_cast<mlir::Value>(size))
      sizes.push_back(dynamic);
  mlir::Value scalar = builder.emit<arith::ConstantOp>(loc, element);
  return builder.emit<tensor::SplatOp>(loc, type, scalar, sizes);
}

mlir::Value RealEmitter::materialize(const Value &value) {
  if (value.value)
    return value.value;
  Type element = getElementTypeOrSelf(type);
  return splat(builder.getFloatAttr(element, value.number), type);
}

mlir::Value RealEmitter::materializeTruth(const Bool &value, Type boolType) {
  if (value.value)
    return value.value;
  return splat(builder.getBoolAttr(value.truth), boolType);
}

template <typename Op>
RealEmitter::Value RealEmitter::unary(const Value &x, double (*fold)(double)) {
  if (!x.value)
    return constant(fold(x.number));
  return {builder.emit<Op>(loc, x.value)};
}

template <typename Op>
RealEmitter::Value RealEmitter::binary(const Value &x, const Value &y) {
  mlir::Value left = materialize(x), right = materialize(y);
  return {builder.emit<Op>(loc, left, right)};
}

//===----------------------------------------------------------------------===//
// Arithmetic
//===----------------------------------------------------------------------===//

RealEmitter::Value RealEmitter::add(const Value &x, const Value &y) {
  if (!x.value && !y.value)
    return constant(x.number + y.number);
  return binary<arith::AddFOp>(x, y);
}

RealEmitter::Value RealEmitter::sub(const Value &x, const Value &y) {
  if (!x.value && !y.value)
    return constant(x.number - y.number);
  return binary<arith::SubFOp>(x, y);
}

RealEmitter::Value RealEmitter::mul(const Value &x, const Value &y) {
  if (!x.value && !y.value)
    return constant(x.number * y.number);
  if (x.is(1))
    return y;
  if (y.is(1))
    return x;
  return binary<arith::MulFOp>(x, y);
}

RealEmitter::Value RealEmitter::div(const Value &x, const Value &y) {
  if (!x.value && !y.value)
    return constant(x.number / y.number);
  if (y.is(1))
    return x;
  return binary<arith::DivFOp>(x, y);
}

RealEmitter::Value RealEmitter::neg(const Value &x) {
  if (x.value)
    if (auto negation = x.value.getDefiningOp<arith::NegFOp>())
      return {negation.getOperand()};
  return unary<arith::NegFOp>(x, [](double x) { return -x; });
}

RealEmitter::Value RealEmitter::abs(const Value &x) {
  return unary<math::AbsFOp>(x, std::fabs);
}

RealEmitter::Value RealEmitter::sqrt(const Value &x) {
  return unary<math::SqrtOp>(x, std::sqrt);
}

RealEmitter::Value RealEmitter::fma(const Value &x, const Value &y,
                                    const Value &z) {
  if (!x.value && !y.value && !z.value)
    return constant(std::fma(x.number, y.number, z.number));
  mlir::Value a = materialize(x), b = materialize(y), c = materialize(z);
  return {builder.emit<math::FmaOp>(loc, a, b, c)};
}

RealEmitter::Value RealEmitter::copySign(const Value &x, const Value &y) {
  if (!x.value && !y.value)
    return constant(std::copysign(x.number, y.number));
  return binary<math::CopySignOp>(x, y);
}

//===----------------------------------------------------------------------===//
// Comparisons
//===----------------------------------------------------------------------===//

RealEmitter::Bool RealEmitter::compare(CmpFPredicate predicate, const Value &x,
                                       const Value &y, bool folded) {
  if (!x.value && !y.value)
    return {nullptr, folded};
  mlir::Value left = materialize(x), right = materialize(y);
  return {builder.emit<arith::CmpFOp>(loc, predicate, left, right)};
}

RealEmitter::Bool RealEmitter::lt(const Value &x, const Value &y) {
  return compare(CmpFPredicate::OLT, x, y, x.number < y.number);
}
RealEmitter::Bool RealEmitter::le(const Value &x, const Value &y) {
  return compare(CmpFPredicate::OLE, x, y, x.number <= y.number);
}
RealEmitter::Bool RealEmitter::gt(const Value &x, const Value &y) {
  return compare(CmpFPredicate::OGT, x, y, x.number > y.number);
}
RealEmitter::Bool RealEmitter::ge(const Value &x, const Value &y) {
  return compare(CmpFPredicate::OGE, x, y, x.number >= y.number);
}
RealEmitter::Bool RealEmitter::eq(const Value &x, const Value &y) {
  return compare(CmpFPredicate::OEQ, x, y, x.number == y.number);
}
RealEmitter::Bool RealEmitter::isNaN(const Value &x) {
  return compare(CmpFPredicate::UNO, x, x, std::isnan(x.number));
}

RealEmitter::Bool RealEmitter::logicalAnd(const Bool &x, const Bool &y) {
  if (!x.value)
    return x.truth ? y : x;
  if (!y.value)
    return y.truth ? x : y;
  return {builder.emit<arith::AndIOp>(loc, x.value, y.value)};
}

RealEmitter::Bool RealEmitter::logicalOr(const Bool &x, const Bool &y) {
  if (!x.value)
    return x.truth ? x : y;
  if (!y.value)
    return y.truth ? y : x;
  return {builder.emit<arith::OrIOp>(loc, x.value, y.value)};
}

RealEmitter::Bool RealEmitter::logicalNot(const Bool &x) {
  if (!x.value)
    return {nullptr, !x.truth};
  mlir::Value one = materializeTruth({nullptr, true}, x.value.getType());
  return {builder.emit<arith::XOrIOp>(loc, x.value, one)};
}

RealEmitter::Value RealEmitter::select(const Bool &condition, const Value &x,
                                       const Value &y) {
  if (!condition.value)
    return condition.truth ? x : y;
  mlir::Value left = materialize(x), right = materialize(y);
  return {builder.emit<arith::SelectOp>(loc, condition.value, left, right)};
}

//===----------------------------------------------------------------------===//
// Functions of the reals
//===----------------------------------------------------------------------===//

RealEmitter::Value RealEmitter::exp(const Value &x) {
  return unary<math::ExpOp>(x, std::exp);
}
RealEmitter::Value RealEmitter::exp2(const Value &x) {
  return unary<math::Exp2Op>(x, std::exp2);
}
RealEmitter::Value RealEmitter::expm1(const Value &x) {
  return unary<math::ExpM1Op>(x, std::expm1);
}
RealEmitter::Value RealEmitter::log(const Value &x) {
  return unary<math::LogOp>(x, std::log);
}
RealEmitter::Value RealEmitter::log2(const Value &x) {
  return unary<math::Log2Op>(x, std::log2);
}
RealEmitter::Value RealEmitter::log1p(const Value &x) {
  return unary<math::Log1pOp>(x, std::log1p);
}
RealEmitter::Value RealEmitter::tanh(const Value &x) {
  return unary<math::TanhOp>(x, std::tanh);
}
RealEmitter::Value RealEmitter::erf(const Value &x) {
  return unary<math::ErfOp>(x, std::erf);
}
RealEmitter::Value RealEmitter::erfc(const Value &x) {
  return unary<math::ErfcOp>(x, std::erfc);
}
RealEmitter::Value RealEmitter::nearest(const Value &x) {
  return unary<math::RoundEvenOp>(x, std::nearbyint);
}
RealEmitter::Value RealEmitter::sin(const Value &x) {
  return unary<math::SinOp>(x, std::sin);
}
RealEmitter::Value RealEmitter::cos(const Value &x) {
  return unary<math::CosOp>(x, std::cos);
}
RealEmitter::Value RealEmitter::tan(const Value &x) {
  return unary<math::TanOp>(x, std::tan);
}
RealEmitter::Value RealEmitter::sinh(const Value &x) {
  return unary<math::SinhOp>(x, std::sinh);
}
RealEmitter::Value RealEmitter::cosh(const Value &x) {
  return unary<math::CoshOp>(x, std::cosh);
}
RealEmitter::Value RealEmitter::atan(const Value &x) {
  return unary<math::AtanOp>(x, std::atan);
}
RealEmitter::Value RealEmitter::log10(const Value &x) {
  return unary<math::Log10Op>(x, std::log10);
}
RealEmitter::Value RealEmitter::cbrt(const Value &x) {
  return unary<math::CbrtOp>(x, std::cbrt);
}
RealEmitter::Value RealEmitter::pow(const Value &x, const Value &y) {
  if (!x.value && !y.value)
    return constant(std::pow(x.number, y.number));
  if (y.is(1))
    return x;
  if (y.is(2))
    return mul(x, x);
  return binary<math::PowFOp>(x, y);
}
