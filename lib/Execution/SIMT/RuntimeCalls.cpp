//===- RuntimeCalls.cpp - Calls of the runner in generated code -----------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file builds calls of the runner.
//
//===----------------------------------------------------------------------===//

#include "RuntimeCalls.h"

#include "mlir/Dialect/Arith/IR/Arith.h"

using namespace mlir;
using namespace act::simt;

Value RuntimeCalls::call(OpBuilder &builder, Location loc, StringRef name,
                         ValueRange arguments, Type result) {
  std::string symbol = ("act_simt_" + name).str();
  auto function = module.lookupSymbol<LLVM::LLVMFuncOp>(symbol);
  if (!function) {
    OpBuilder atEnd = OpBuilder::atBlockEnd(module.getBody());
    Type returned =
        result ? result : LLVM::LLVMVoidType::get(builder.getContext());
    function = LLVM::LLVMFuncOp::create(
        atEnd, module.getLoc(), symbol,
        LLVM::LLVMFunctionType::get(returned,
                                    llvm::to_vector(arguments.getTypes())));
  }
  auto call = LLVM::CallOp::create(builder, loc, function, arguments);
  return result ? call.getResult() : Value();
}

Value RuntimeCalls::i32(OpBuilder &builder, Location loc, int64_t value) {
  return LLVM::ConstantOp::create(builder, loc,
                                  builder.getI32IntegerAttr(value));
}

Value RuntimeCalls::i64(OpBuilder &builder, Location loc, int64_t value) {
  return LLVM::ConstantOp::create(builder, loc,
                                  builder.getI64IntegerAttr(value));
}

static Value slot(OpBuilder &builder, Location loc, Value base,
                  int32_t number) {
  return LLVM::GEPOp::create(builder, loc, base.getType(), builder.getI64Type(),
                             base, ArrayRef<LLVM::GEPArg>{number});
}

Value RuntimeCalls::load(OpBuilder &builder, Location loc, Value base,
                         int32_t number, Type type) {
  Type stored = type.isIndex() ? builder.getI64Type() : type;
  Value value = LLVM::LoadOp::create(builder, loc, stored,
                                     slot(builder, loc, base, number));
  if (type.isIndex())
    value = arith::IndexCastOp::create(builder, loc, type, value);
  return value;
}

void RuntimeCalls::store(OpBuilder &builder, Location loc, Value value,
                         Value base, int32_t number) {
  if (value.getType().isIndex())
    value =
        arith::IndexCastOp::create(builder, loc, builder.getI64Type(), value);
  LLVM::StoreOp::create(builder, loc, value, slot(builder, loc, base, number));
}
