//===- Approximations.cpp - One instruction each --------------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file makes approximations intrinsics for which the code generator has
// one instruction. Those that flush subnormal numbers are taken: without, each
// is four instructions of the machine.
//
//===----------------------------------------------------------------------===//

#include "Approximations.h"

#include "Act/Conversion/Expand.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/Math/IR/Math.h"

using namespace mlir;

static constexpr llvm::StringLiteral exp2Intrinsic = "llvm.nvvm.ex2.approx.ftz";
static constexpr llvm::StringLiteral reciprocalIntrinsic =
    "llvm.nvvm.rcp.approx.ftz.f";
static constexpr llvm::StringLiteral log2Intrinsic =
    "llvm.nvvm.lg2.approx.ftz.f";

void act::convertApproximations(gpu::GPUModuleOp module) {
  unrollApproximations(module);
  SmallVector<Operation *> approximations;
  module.walk([&](Operation *op) {
    if (isApproximation(op) && op->getResult(0).getType().isF32())
      approximations.push_back(op);
  });
  for (Operation *op : approximations) {
    OpBuilder builder(op);
    Value x = op->getOperands().back();
    Operation *instruction;
    if (isa<math::TanhOp>(op)) {
      // There is no intrinsic: LLVM selects the instruction by the flag.
      instruction = LLVM::TanhOp::create(builder, op->getLoc(), x,
                                         LLVM::FastmathFlags::afn);
    } else {
      StringRef name = isa<math::Exp2Op>(op)   ? exp2Intrinsic
                       : isa<math::Log2Op>(op) ? log2Intrinsic
                                               : reciprocalIntrinsic;
      instruction = LLVM::CallIntrinsicOp::create(
          builder, op->getLoc(), x.getType(), builder.getStringAttr(name),
          ValueRange{x});
    }
    op->replaceAllUsesWith(instruction);
    op->erase();
  }
}

void act::dropFastMath(gpu::GPUModuleOp module) {
  module.walk([](arith::ArithFastMathInterface op) {
    if (op.getFastMathFlagsAttr())
      op->setAttr(op.getFastMathAttrName(),
                  arith::FastMathFlagsAttr::get(op.getContext(),
                                                arith::FastMathFlags::none));
  });
}

bool act::isApproximationInstruction(Operation *op) {
  if (auto tanh = dyn_cast<LLVM::TanhOp>(op))
    return bitEnumContainsAll(tanh.getFastmathFlags(),
                              LLVM::FastmathFlags::afn) &&
           tanh.getType().isF32();
  auto call = dyn_cast<LLVM::CallIntrinsicOp>(op);
  return call &&
         llvm::is_contained({exp2Intrinsic, reciprocalIntrinsic, log2Intrinsic},
                            call.getIntrin());
}
