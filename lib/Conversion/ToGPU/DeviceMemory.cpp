//===- DeviceMemory.cpp - Global memory through pointers ------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file implements access to global memory. Kernels take pointers, not
// memrefs: a descriptor is many parameters, and a pointer can say how it is
// aligned.
//
//===----------------------------------------------------------------------===//

#include "DeviceMemory.h"

#include "mlir/Dialect/Arith/IR/Arith.h"

using namespace mlir;
using namespace act;

Type act::globalPointerType(MLIRContext *context) {
  return LLVM::LLVMPointerType::get(context, globalSpace);
}

/// What memory holds for an element: a byte for i1.
static Type storedType(Type element) {
  if (element.isIndex())
    return IntegerType::get(element.getContext(), 64);
  if (element.isInteger(1))
    return IntegerType::get(element.getContext(), 8);
  return element;
}

int64_t act::bytesOf(Type element) {
  return storedType(element).getIntOrFloatBitWidth() / 8;
}

Value act::makeAddress(OpBuilder &builder, Location loc, Value base,
                       Type element, Value index) {
  Value offset =
      arith::IndexCastOp::create(builder, loc, builder.getI64Type(), index);
  return LLVM::GEPOp::create(builder, loc, base.getType(), storedType(element),
                             base, offset);
}

static unsigned alignmentOf(Type stored) {
  if (auto vector = dyn_cast<VectorType>(stored))
    return std::min(accessBytes,
                    vector.getNumElements() * bytesOf(vector.getElementType()));
  return bytesOf(stored);
}

Value act::loadGlobal(OpBuilder &builder, Location loc, Value address,
                      Type element, int64_t width) {
  Type type = storedType(element);
  if (width)
    type = VectorType::get(width, type);
  Value value =
      LLVM::LoadOp::create(builder, loc, type, address, alignmentOf(type));
  if (element.isInteger(1)) {
    Value zero =
        arith::ConstantOp::create(builder, loc, builder.getZeroAttr(type));
    return arith::CmpIOp::create(builder, loc, arith::CmpIPredicate::ne, value,
                                 zero);
  }
  if (element.isIndex()) {
    Type to = width ? Type(VectorType::get(width, element)) : element;
    return arith::IndexCastOp::create(builder, loc, to, value);
  }
  return value;
}

void act::storeGlobal(OpBuilder &builder, Location loc, Value value,
                      Value address) {
  Type element = getElementTypeOrSelf(value.getType());
  Type type = storedType(element);
  if (auto vector = dyn_cast<VectorType>(value.getType()))
    type = vector.clone(type);
  if (element.isInteger(1))
    value = arith::ExtUIOp::create(builder, loc, type, value);
  else if (element.isIndex())
    value = arith::IndexCastOp::create(builder, loc, type, value);
  LLVM::StoreOp::create(builder, loc, value, address, alignmentOf(type));
}
