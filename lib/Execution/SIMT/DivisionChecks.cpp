//===- DivisionChecks.cpp - Checks before integers are divided ------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file inserts the checks of integer divisions. One by 0, or of the least
// number by -1, has no result: a GPU gives some number, and a CPU would end the
// process.
//
//===----------------------------------------------------------------------===//

#include "RuntimeCalls.h"
#include "ToHost.h"

#include "mlir/IR/Matchers.h"
#include "mlir/IR/TypeUtilities.h"

using namespace mlir;
using namespace act::simt;

/// A constant of a type of integers or vectors of them.
static Value constantOf(OpBuilder &builder, Location loc, Type type,
                        const APInt &value) {
  Attribute number = IntegerAttr::get(getElementTypeOrSelf(type), value);
  if (auto vector = dyn_cast<VectorType>(type))
    number = DenseElementsAttr::get(vector, number);
  return LLVM::ConstantOp::create(builder, loc, type, cast<TypedAttr>(number));
}

/// Whether one of the elements holds.
static Value anyOf(OpBuilder &builder, Location loc, Value values) {
  if (isa<VectorType>(values.getType()))
    values = LLVM::vector_reduce_or::create(builder, loc, builder.getI1Type(),
                                            values);
  return LLVM::ZExtOp::create(builder, loc, builder.getI32Type(), values);
}

static void insertCheck(Operation *op, bool isSigned, RuntimeCalls &calls,
                        Program &program) {
  Value dividend = op->getOperand(0), divisor = op->getOperand(1);
  APInt known;
  bool isKnown = matchPattern(divisor, m_ConstantInt(&known));
  bool mayBeZero = !isKnown || known.isZero();
  bool mayOverflow = isSigned && (!isKnown || known.isAllOnes());
  if (!mayBeZero && !mayOverflow)
    return;
  OpBuilder builder(op);
  Location loc = op->getLoc();
  Type type = divisor.getType();
  unsigned width = getElementTypeOrSelf(type).getIntOrFloatBitWidth();
  auto equals = [&](Value value, const APInt &number) -> Value {
    return LLVM::ICmpOp::create(builder, loc, LLVM::ICmpPredicate::eq, value,
                                constantOf(builder, loc, type, number));
  };
  Value byZero = RuntimeCalls::i32(builder, loc, 0), overflows = byZero;
  if (mayBeZero)
    byZero = anyOf(builder, loc, equals(divisor, APInt::getZero(width)));
  if (mayOverflow) {
    Value isLeast = equals(dividend, APInt::getSignedMinValue(width));
    Value byMinusOne = equals(divisor, APInt::getAllOnes(width));
    overflows = anyOf(builder, loc,
                      LLVM::AndOp::create(builder, loc, isLeast, byMinusOne));
  }
  auto function = op->getParentOfType<LLVM::LLVMFuncOp>();
  calls.call(builder, loc, "divide",
             {function.getArgument(0), byZero, overflows,
              RuntimeCalls::i32(builder, loc, program.siteOf(loc))});
}

void act::simt::insertDivisionChecks(ModuleOp module, Program &program) {
  RuntimeCalls calls(module);
  for (const KernelInfo &info : program.kernels)
    module.lookupSymbol<LLVM::LLVMFuncOp>(info.symbol).walk([&](Operation *op) {
      bool isSigned = isa<LLVM::SDivOp, LLVM::SRemOp>(op);
      if (isSigned || isa<LLVM::UDivOp, LLVM::URemOp>(op))
        insertCheck(op, isSigned, calls, program);
    });
}
