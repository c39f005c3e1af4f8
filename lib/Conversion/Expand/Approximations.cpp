//===- Approximations.cpp - What GPUs have instructions for ---------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file implements what marks approximations, and takes those of vectors
// apart.
//
//===----------------------------------------------------------------------===//

#include "Act/Conversion/Expand.h"

#include "Act/IR/Act.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/IR/Matchers.h"
#include "mlir/IR/TypeUtilities.h"

using namespace mlir;
using namespace act;

static constexpr llvm::StringLiteral fastTier = "fast";

bool act::isApproximation(Operation *op) {
  auto accuracy = op->getAttrOfType<StringAttr>(accuracyAttrName);
  if (!accuracy || accuracy.getValue() != fastTier ||
      !isa<math::Exp2Op, math::Log2Op, math::TanhOp, arith::DivFOp>(op) ||
      !getElementTypeOrSelf(op->getResult(0).getType()).isF32())
    return false;
  auto flags = cast<arith::ArithFastMathInterface>(op).getFastMathFlagsAttr();
  if (!flags ||
      !bitEnumContainsAll(flags.getValue(), arith::FastMathFlags::afn))
    return false;
  return !isa<arith::DivFOp>(op) ||
         matchPattern(op->getOperand(0), m_OneFloat());
}

void act::markApproximation(Operation *op) {
  op->setAttr(accuracyAttrName, StringAttr::get(op->getContext(), fastTier));
}

/// Approximates a vector of one dimension element by element. Passes that come
/// here have the LLVM dialect, but not always that of vectors.
static void unroll(Operation *op) {
  OpBuilder builder(op);
  Location loc = op->getLoc();
  auto type = cast<VectorType>(op->getResult(0).getType());
  Value x = op->getOperands().back();
  SmallVector<Value> operands(op->getOperands());
  if (operands.size() == 2)
    operands[0] = arith::ConstantOp::create(
        builder, loc, builder.getFloatAttr(type.getElementType(), 1.0));
  Value result = LLVM::PoisonOp::create(builder, loc, type);
  for (int64_t i = 0, e = type.getNumElements(); i != e; ++i) {
    Value position =
        LLVM::ConstantOp::create(builder, loc, builder.getI32IntegerAttr(i));
    operands.back() = LLVM::ExtractElementOp::create(builder, loc, x, position);
    Operation *scalar =
        builder.create(loc, op->getName().getIdentifier(), operands,
                       type.getElementType(), op->getAttrs());
    result = LLVM::InsertElementOp::create(builder, loc, result,
                                           scalar->getResult(0), position);
  }
  op->getResult(0).replaceAllUsesWith(result);
  op->erase();
}

void act::unrollApproximations(Operation *root) {
  SmallVector<Operation *> onVectors;
  root->walk([&](Operation *op) {
    if (!isApproximation(op))
      return;
    auto type = dyn_cast<VectorType>(op->getResult(0).getType());
    if (type && type.getRank() == 1 && !type.isScalable())
      onVectors.push_back(op);
  });
  for (Operation *op : onVectors)
    unroll(op);
}
