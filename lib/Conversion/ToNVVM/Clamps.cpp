//===- Clamps.cpp - Clamps as instructions --------------------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file implements clamps by max.NaN and min.NaN. CPUs have no such
// instruction, which is why rules compare and select.
//
//===----------------------------------------------------------------------===//

#include "Clamps.h"

#include "Act/Conversion/Chip.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/IR/Matchers.h"
#include "mlir/IR/TypeUtilities.h"

using namespace mlir;

/// The first compute capability with maxima that keep NaN.
static constexpr unsigned maximumCapability = 80;

/// Whether `comparison` holds where `x` is less than `bound`, or greater.
static bool isComparison(arith::CmpFOp comparison, Value x, Value bound,
                         bool less) {
  auto forward = less ? arith::CmpFPredicate::OLT : arith::CmpFPredicate::OGT;
  auto backward = less ? arith::CmpFPredicate::OGT : arith::CmpFPredicate::OLT;
  Value left = comparison.getLhs(), right = comparison.getRhs();
  return (comparison.getPredicate() == forward && left == x &&
          right == bound) ||
         (comparison.getPredicate() == backward && left == bound && right == x);
}

static void joinClamp(arith::SelectOp select) {
  auto comparison = select.getCondition().getDefiningOp<arith::CmpFOp>();
  Value bound = select.getTrueValue(), x = select.getFalseValue();
  llvm::APFloat number(0.0f);
  if (!comparison || !getElementTypeOrSelf(x.getType()).isF32() ||
      !matchPattern(bound, m_ConstantFloat(&number)) || number.isNaN())
    return;
  OpBuilder builder(select);
  Value clamped;
  // Of zeros the maximum is +0, the minimum -0.
  if (isComparison(comparison, x, bound, /*less=*/true) && !number.isPosZero())
    clamped = arith::MaximumFOp::create(builder, select.getLoc(), x, bound);
  else if (isComparison(comparison, x, bound, /*less=*/false) &&
           !number.isNegZero())
    clamped = arith::MinimumFOp::create(builder, select.getLoc(), x, bound);
  else
    return;
  select.replaceAllUsesWith(clamped);
  select.erase();
  if (comparison.use_empty())
    comparison.erase();
}

void act::joinClamps(gpu::GPUModuleOp module, StringRef chip) {
  if (computeCapability(chip).value_or(0) >= maximumCapability)
    module.walk(joinClamp);
}
