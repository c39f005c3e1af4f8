//===- Quotients.cpp - Divisions that are rarely needed -------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file implements the branch to divisions.
//
//===----------------------------------------------------------------------===//

#include "Quotients.h"

#include "Act/Conversion/Expand.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"

using namespace mlir;

/// Whether multiplications make `value` of an approximation of 1 / divisor:
/// DivByReciprocal of the rules.
static bool isQuotientBy(Value value, Value divisor) {
  Operation *op = value.getDefiningOp();
  if (auto division = dyn_cast_or_null<arith::DivFOp>(op))
    return division.getRhs() == divisor && act::isApproximation(division);
  return isa_and_nonnull<math::FmaOp, arith::MulFOp>(op) &&
         llvm::any_of(op->getOperands(), [&](Value operand) {
           return isQuotientBy(operand, divisor);
         });
}

/// i1: whether all lanes of `condition`, one or several, are true.
static Value emitAll(OpBuilder &builder, Location loc, Value condition) {
  auto type = dyn_cast<VectorType>(condition.getType());
  if (!type)
    return condition;
  Value all;
  for (int64_t lane = 0; lane < type.getNumElements(); ++lane) {
    Value one = vector::ExtractOp::create(builder, loc, condition, lane);
    all = all ? arith::AndIOp::create(builder, loc, all, one) : one;
  }
  return all;
}

static void branchToDivision(arith::SelectOp select) {
  auto division = select.getFalseValue().getDefiningOp<arith::DivFOp>();
  auto type = dyn_cast<VectorType>(select.getType());
  if (!division || !division->hasOneUse() || (type && type.getRank() != 1) ||
      (type && !isa<VectorType>(select.getCondition().getType())) ||
      !isQuotientBy(select.getTrueValue(), division.getRhs()))
    return;
  OpBuilder builder(select);
  Location loc = select.getLoc();
  auto branch = scf::IfOp::create(builder, loc, select.getType(),
                                  emitAll(builder, loc, select.getCondition()),
                                  /*addThenBlock=*/true,
                                  /*addElseBlock=*/true);
  builder.setInsertionPointToStart(branch.thenBlock());
  scf::YieldOp::create(builder, loc, select.getTrueValue());
  builder.setInsertionPointToStart(branch.elseBlock());
  auto end = scf::YieldOp::create(builder, loc, division.getResult());
  division->moveBefore(end);
  select.replaceAllUsesWith(branch.getResult(0));
  select.erase();
}

void act::branchToDivisions(gpu::GPUModuleOp module) {
  module.walk(branchToDivision);
}
