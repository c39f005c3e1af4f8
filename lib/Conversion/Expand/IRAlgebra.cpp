//===- IRAlgebra.cpp - Rules as MLIR operations ---------------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file implements the algebra that emits arith and math operations.
//
//===----------------------------------------------------------------------===//

#include "Act/Rules/IRAlgebra.h"

#include "ExactProducts.h"

#include "Act/Conversion/Expand.h"

#include "mlir/Dialect/GPU/IR/GPUDialect.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/IR/Matchers.h"
#include "mlir/IR/TypeUtilities.h"

#include <cmath>

using namespace mlir;
using namespace act;

/// `shape` with elements of type `element`.
static Type withElement(Type shape, Type element) {
  if (auto vector = dyn_cast<VectorType>(shape))
    return vector.clone(element);
  return element;
}

bool act::isOnGPU(Block *block) {
  Operation *parent = block ? block->getParentOp() : nullptr;
  return parent && (isa<gpu::GPUModuleOp>(parent) ||
                    parent->getParentOfType<gpu::GPUModuleOp>());
}

IRAlgebra::IRAlgebra(OpBuilder &builder, Location loc, Type realType,
                     bool roundsToOdd)
    : builder(builder), loc(loc), realType(realType), odd(roundsToOdd) {
  unsigned width = getElementTypeOrSelf(realType).getIntOrFloatBitWidth();
  intType = withElement(realType, builder.getIntegerType(width));
  boolType = withElement(realType, builder.getI1Type());
}

template <typename Op, typename... Args> Value IRAlgebra::emit(Args... args) {
  return builder.createOrFold<Op>(loc, args...);
}

//===----------------------------------------------------------------------===//
// Constants
//===----------------------------------------------------------------------===//

/// An arith.constant of `type`, every element `element`.
static Value splat(OpBuilder &builder, Location loc, Type type,
                   TypedAttr element) {
  if (auto vector = dyn_cast<VectorType>(type))
    return arith::ConstantOp::create(
        builder, loc, DenseElementsAttr::get(vector, Attribute(element)));
  return arith::ConstantOp::create(builder, loc, element);
}

/// The value of a constant, scalar or splat.
static std::optional<APFloat> constantFloat(Value value) {
  APFloat result(0.0);
  if (matchPattern(value, m_ConstantFloat(&result)))
    return result;
  return std::nullopt;
}

Value IRAlgebra::fromPattern(uint64_t bits) {
  auto type = cast<FloatType>(getElementTypeOrSelf(realType));
  APFloat value(type.getFloatSemantics(), APInt(type.getWidth(), bits));
  return splat(builder, loc, realType, builder.getFloatAttr(type, value));
}

bool IRAlgebra::isF64() const { return getElementTypeOrSelf(realType).isF64(); }

Value IRAlgebra::constant(const Literal &literal) {
  return fromPattern(isF64() ? literal.f64High : literal.f32High);
}

Value IRAlgebra::constantLow(const Literal &literal) {
  return fromPattern(isF64() ? literal.f64Low : literal.f32Low);
}

Value IRAlgebra::constant(double number) {
  auto type = cast<FloatType>(getElementTypeOrSelf(realType));
  APFloat value(number);
  bool inexact;
  value.convert(type.getFloatSemantics(), APFloat::rmNearestTiesToEven,
                &inexact);
  return splat(builder, loc, realType, builder.getFloatAttr(type, value));
}

Value IRAlgebra::integer(int64_t number) {
  Type element = getElementTypeOrSelf(intType);
  // Literals such as 0x80000000 are bit patterns: keep the low bits.
  APInt value = APInt(64, number, /*isSigned=*/true)
                    .trunc(element.getIntOrFloatBitWidth());
  return splat(builder, loc, intType, builder.getIntegerAttr(element, value));
}

Value IRAlgebra::roundsToOdd() {
  return splat(builder, loc, boolType,
               builder.getIntegerAttr(builder.getI1Type(), odd));
}

Value IRAlgebra::onGPU() {
  bool holds = isOnGPU(builder.getInsertionBlock());
  return splat(builder, loc, boolType,
               builder.getIntegerAttr(builder.getI1Type(), holds));
}

//===----------------------------------------------------------------------===//
// Arithmetic
//===----------------------------------------------------------------------===//

Value IRAlgebra::add(Value x, Value y) { return emit<arith::AddFOp>(x, y); }
Value IRAlgebra::sub(Value x, Value y) { return emit<arith::SubFOp>(x, y); }
Value IRAlgebra::mul(Value x, Value y) { return emit<arith::MulFOp>(x, y); }
Value IRAlgebra::mulExact(Value x, Value y) {
  Value product = mul(x, y);
  auto op = product.getDefiningOp<arith::MulFOp>();
  if (op && op.getLhs() == x && op.getRhs() == y)
    markExactProduct(op);
  return product;
}
Value IRAlgebra::div(Value x, Value y) { return emit<arith::DivFOp>(x, y); }
Value IRAlgebra::neg(Value x) { return emit<arith::NegFOp>(x); }

Value IRAlgebra::abs(Value x) {
  if (std::optional<APFloat> value = constantFloat(x)) {
    value->clearSign();
    return fromPattern(value->bitcastToAPInt().getZExtValue());
  }
  return emit<math::AbsFOp>(x);
}

// Folded here: the upstream folder goes through the host's libm. The root of an
// f32 in f64, rounded, is the rounded root.
Value IRAlgebra::sqrt(Value x) {
  if (std::optional<APFloat> value = constantFloat(x))
    return constant(std::sqrt(value->convertToDouble()));
  return math::SqrtOp::create(builder, loc, x);
}

// Folded here: upstream has no folder for math.fma.
Value IRAlgebra::fma(Value x, Value y, Value z) {
  std::optional<APFloat> a = constantFloat(x), b = constantFloat(y),
                         c = constantFloat(z);
  if (a && b && c) {
    a->fusedMultiplyAdd(*b, *c, APFloat::rmNearestTiesToEven);
    return fromPattern(a->bitcastToAPInt().getZExtValue());
  }
  return math::FmaOp::create(builder, loc, x, y, z);
}

Value IRAlgebra::copySign(Value magnitude, Value sign) {
  std::optional<APFloat> a = constantFloat(magnitude), b = constantFloat(sign);
  if (a && b) {
    a->copySign(*b);
    return fromPattern(a->bitcastToAPInt().getZExtValue());
  }
  return math::CopySignOp::create(builder, loc, magnitude, sign);
}

Value IRAlgebra::minimum(Value x, Value y) {
  return emit<arith::MinimumFOp>(x, y);
}
Value IRAlgebra::maximum(Value x, Value y) {
  return emit<arith::MaximumFOp>(x, y);
}

//===----------------------------------------------------------------------===//
// Comparisons
//===----------------------------------------------------------------------===//

// Folded here: upstream folds comparisons of scalars only.
Value IRAlgebra::compare(arith::CmpFPredicate predicate, Value x, Value y) {
  std::optional<APFloat> a = constantFloat(x), b = constantFloat(y);
  if (a && b)
    return splat(
        builder, loc, boolType,
        builder.getIntegerAttr(builder.getI1Type(),
                               arith::applyCmpPredicate(predicate, *a, *b)));
  return emit<arith::CmpFOp>(predicate, x, y);
}

Value IRAlgebra::lt(Value x, Value y) {
  return compare(arith::CmpFPredicate::OLT, x, y);
}
Value IRAlgebra::le(Value x, Value y) {
  return compare(arith::CmpFPredicate::OLE, x, y);
}
Value IRAlgebra::gt(Value x, Value y) {
  return compare(arith::CmpFPredicate::OGT, x, y);
}
Value IRAlgebra::ge(Value x, Value y) {
  return compare(arith::CmpFPredicate::OGE, x, y);
}
Value IRAlgebra::eq(Value x, Value y) {
  return compare(arith::CmpFPredicate::OEQ, x, y);
}
Value IRAlgebra::isNaN(Value x) {
  return compare(arith::CmpFPredicate::UNO, x, x);
}

Value IRAlgebra::logicalAnd(Value x, Value y) {
  return emit<arith::AndIOp>(x, y);
}
Value IRAlgebra::logicalOr(Value x, Value y) {
  return emit<arith::OrIOp>(x, y);
}
Value IRAlgebra::logicalNot(Value x) {
  Value ones = splat(builder, loc, boolType,
                     builder.getIntegerAttr(builder.getI1Type(), 1));
  return emit<arith::XOrIOp>(x, ones);
}

// A condition that is known picks its side at once, so that the other one is
// dead and never reaches the kernel.
Value IRAlgebra::select(Value condition, Value x, Value y) {
  if (matchPattern(condition, m_One()))
    return x;
  if (matchPattern(condition, m_Zero()))
    return y;
  return emit<arith::SelectOp>(condition, x, y);
}

//===----------------------------------------------------------------------===//
// Bits
//===----------------------------------------------------------------------===//

Value IRAlgebra::bits(Value x) { return emit<arith::BitcastOp>(intType, x); }
Value IRAlgebra::fromBits(Value x) {
  return emit<arith::BitcastOp>(realType, x);
}
Value IRAlgebra::iadd(Value x, Value y) { return emit<arith::AddIOp>(x, y); }
Value IRAlgebra::isub(Value x, Value y) { return emit<arith::SubIOp>(x, y); }
Value IRAlgebra::iand(Value x, Value y) { return emit<arith::AndIOp>(x, y); }
Value IRAlgebra::ior(Value x, Value y) { return emit<arith::OrIOp>(x, y); }
Value IRAlgebra::ixor(Value x, Value y) { return emit<arith::XOrIOp>(x, y); }
Value IRAlgebra::shl(Value x, Value y) { return emit<arith::ShLIOp>(x, y); }
Value IRAlgebra::lshr(Value x, Value y) { return emit<arith::ShRUIOp>(x, y); }
Value IRAlgebra::ashr(Value x, Value y) { return emit<arith::ShRSIOp>(x, y); }
Value IRAlgebra::imax(Value x, Value y) { return emit<arith::MaxSIOp>(x, y); }
Value IRAlgebra::imin(Value x, Value y) { return emit<arith::MinSIOp>(x, y); }
Value IRAlgebra::ilt(Value x, Value y) {
  return emit<arith::CmpIOp>(arith::CmpIPredicate::slt, x, y);
}
Value IRAlgebra::ieq(Value x, Value y) {
  return emit<arith::CmpIOp>(arith::CmpIPredicate::eq, x, y);
}

//===----------------------------------------------------------------------===//
// Functions of the reals
//===----------------------------------------------------------------------===//

template <typename Op>
Value IRAlgebra::function(Value x, double (*host)(double)) {
  if (std::optional<APFloat> value = constantFloat(x))
    return constant(host(value->convertToDouble()));
  return Op::create(builder, loc, x);
}

Value IRAlgebra::exp(Value x) { return function<math::ExpOp>(x, std::exp); }
Value IRAlgebra::exp2(Value x) { return function<math::Exp2Op>(x, std::exp2); }
Value IRAlgebra::expm1(Value x) {
  return function<math::ExpM1Op>(x, std::expm1);
}
Value IRAlgebra::log(Value x) { return function<math::LogOp>(x, std::log); }
Value IRAlgebra::log2(Value x) { return function<math::Log2Op>(x, std::log2); }
Value IRAlgebra::log1p(Value x) {
  return function<math::Log1pOp>(x, std::log1p);
}
Value IRAlgebra::tanh(Value x) { return function<math::TanhOp>(x, std::tanh); }
Value IRAlgebra::erf(Value x) { return function<math::ErfOp>(x, std::erf); }
Value IRAlgebra::erfc(Value x) { return function<math::ErfcOp>(x, std::erfc); }
Value IRAlgebra::nearest(Value x) {
  return function<math::RoundEvenOp>(x, std::nearbyint);
}
Value IRAlgebra::pi() { return constant(3.14159265358979323846); }

//===----------------------------------------------------------------------===//
// Approximations
//===----------------------------------------------------------------------===//

template <typename Op, typename... Args>
Value IRAlgebra::approximate(Args... args) {
  auto op = Op::create(builder, loc, args..., arith::FastMathFlags::afn);
  markApproximation(op);
  return op;
}

Value IRAlgebra::approxExp2(Value x) { return approximate<math::Exp2Op>(x); }
Value IRAlgebra::approxReciprocal(Value x) {
  return approximate<arith::DivFOp>(constant(1.0), x);
}
Value IRAlgebra::approxLog2(Value x) { return approximate<math::Log2Op>(x); }
Value IRAlgebra::approxTanh(Value x) { return approximate<math::TanhOp>(x); }
