//===- BitBuilder.h - Operations on bits ------------------------*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_CONVERSION_EXPAND_BITBUILDER_H
#define ACT_LIB_CONVERSION_EXPAND_BITBUILDER_H

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "mlir/IR/TypeUtilities.h"

namespace act {

/// Integer arithmetic on the patterns of a scalar or vector.
class BitBuilder {
public:
  BitBuilder(mlir::OpBuilder &builder, mlir::Location loc, mlir::Type shape)
      : builder(builder), loc(loc), shape(shape) {}

  mlir::Type type(mlir::Type element) const {
    if (auto vector = llvm::dyn_cast<mlir::VectorType>(shape))
      return vector.clone(element);
    return element;
  }
  mlir::Type integer(unsigned width) const {
    return type(builder.getIntegerType(width));
  }
  mlir::Value constant(unsigned width, uint64_t value) {
    return splat(builder.getIntegerAttr(builder.getIntegerType(width),
                                        llvm::APInt(width, value)));
  }
  mlir::Value f32(uint32_t pattern) {
    return splat(builder.getFloatAttr(
        builder.getF32Type(),
        llvm::APFloat(llvm::APFloat::IEEEsingle(), llvm::APInt(32, pattern))));
  }
  mlir::Value f64(double value) {
    return splat(builder.getF64FloatAttr(value));
  }
  mlir::Value cast(mlir::Type element, mlir::Value x) {
    return mlir::arith::BitcastOp::create(builder, loc, type(element), x);
  }
  mlir::Value add(mlir::Value x, mlir::Value y) {
    return mlir::arith::AddIOp::create(builder, loc, x, y);
  }
  mlir::Value sub(mlir::Value x, mlir::Value y) {
    return mlir::arith::SubIOp::create(builder, loc, x, y);
  }
  mlir::Value bitAnd(mlir::Value x, mlir::Value y) {
    return mlir::arith::AndIOp::create(builder, loc, x, y);
  }
  mlir::Value bitOr(mlir::Value x, mlir::Value y) {
    return mlir::arith::OrIOp::create(builder, loc, x, y);
  }
  mlir::Value bitXor(mlir::Value x, mlir::Value y) {
    return mlir::arith::XOrIOp::create(builder, loc, x, y);
  }
  mlir::Value shl(mlir::Value x, unsigned count) {
    return mlir::arith::ShLIOp::create(builder, loc, x, amount(x, count));
  }
  mlir::Value lshr(mlir::Value x, unsigned count) {
    return mlir::arith::ShRUIOp::create(builder, loc, x, amount(x, count));
  }
  mlir::Value ashr(mlir::Value x, unsigned count) {
    return mlir::arith::ShRSIOp::create(builder, loc, x, amount(x, count));
  }
  mlir::Value ult(mlir::Value x, mlir::Value y) {
    return mlir::arith::CmpIOp::create(builder, loc,
                                       mlir::arith::CmpIPredicate::ult, x, y);
  }
  mlir::Value eq(mlir::Value x, mlir::Value y) {
    return mlir::arith::CmpIOp::create(builder, loc,
                                       mlir::arith::CmpIPredicate::eq, x, y);
  }
  mlir::Value isNaN(mlir::Value x) {
    return mlir::arith::CmpFOp::create(builder, loc,
                                       mlir::arith::CmpFPredicate::UNO, x, x);
  }
  mlir::Value select(mlir::Value c, mlir::Value x, mlir::Value y) {
    return mlir::arith::SelectOp::create(builder, loc, c, x, y);
  }
  mlir::Value extend(unsigned width, mlir::Value x) {
    return mlir::arith::ExtUIOp::create(builder, loc, integer(width), x);
  }
  mlir::Value truncate(unsigned width, mlir::Value x) {
    return mlir::arith::TruncIOp::create(builder, loc, integer(width), x);
  }
  /// Every other of the 16-bit elements that a vector has, from the second on.
  mlir::Value oddHalves(mlir::Value x) {
    auto vector = llvm::cast<mlir::VectorType>(x.getType());
    mlir::Value halves = mlir::vector::BitCastOp::create(
        builder, loc,
        mlir::VectorType::get(2 * vector.getNumElements(),
                              builder.getI16Type()),
        x);
    return mlir::vector::DeinterleaveOp::create(builder, loc, halves).getRes2();
  }

  mlir::OpBuilder &builder;
  mlir::Location loc;

private:
  mlir::Value splat(mlir::TypedAttr element) {
    if (auto vector = llvm::dyn_cast<mlir::VectorType>(shape))
      return mlir::arith::ConstantOp::create(
          builder, loc,
          mlir::DenseElementsAttr::get(vector.clone(element.getType()),
                                       mlir::Attribute(element)));
    return mlir::arith::ConstantOp::create(builder, loc, element);
  }
  mlir::Value amount(mlir::Value x, unsigned count) {
    return constant(
        mlir::getElementTypeOrSelf(x.getType()).getIntOrFloatBitWidth(), count);
  }

  mlir::Type shape;
};

} // namespace act

#endif // ACT_LIB_CONVERSION_EXPAND_BITBUILDER_H
