//===- SetFPEnvironment.cpp - The pass act-set-fp-environment -------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file implements the pass that makes kernels independent of the floating-
// point environment of the host: on x86, the register MXCSR. Other targets keep
// their environment, whose default is what kernels need.
//
//===----------------------------------------------------------------------===//

#include "Entry.h"

#include "Act/Conversion/Passes.h"

#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/OpenMP/OpenMPDialect.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "llvm/TargetParser/Host.h"
#include "llvm/TargetParser/Triple.h"

namespace act {
#define GEN_PASS_DEF_ACTSETFPENVIRONMENT
#include "Act/Conversion/Passes.h.inc"
} // namespace act

using namespace mlir;
using namespace act;

/// Rounding to nearest, no flush-to-zero, denormals are not zeros, exceptions
/// masked.
static constexpr int32_t defaultControl = 0x1f80;

/// All bits but the flags of exceptions that have happened.
static constexpr int32_t controlBits = 0xffc0;

/// The target of `module`, or this machine where it does not say.
static llvm::Triple targetOf(ModuleOp module) {
  if (auto triple = module->getAttrOfType<StringAttr>(
          LLVM::LLVMDialect::getTargetTripleAttrName()))
    return llvm::Triple(triple.getValue());
  return llvm::Triple(llvm::sys::getProcessTriple());
}

namespace {

struct SetFPEnvironmentPass
    : public act::impl::ActSetFPEnvironmentBase<SetFPEnvironmentPass> {
  void runOnOperation() override {
    if (!targetOf(getOperation()).isX86())
      return;
    for (auto function : getOperation().getOps<func::FuncOp>()) {
      if (function.isExternal() || !function.getBody().hasOneBlock())
        continue;
      if (function.isPublic() && !function->hasAttr(queryAttrName))
        wrap(function.getBody().front());
      function.walk([&](omp::ParallelOp parallel) {
        if (parallel.getRegion().hasOneBlock())
          wrap(parallel.getRegion().front());
      });
    }
  }

private:
  /// Sets the register at the beginning of `body` and restores it at the end,
  /// where the host has another environment: reading the register is cheap,
  /// writing it costs as much as a few hundred elements.
  void wrap(Block &body) {
    Location loc = body.getTerminator()->getLoc();
    OpBuilder builder = OpBuilder::atBlockBegin(&body);
    Value saved = makeSlot(builder, loc);
    Value wanted = makeSlot(builder, loc);
    Value standard = constant(builder, loc, defaultControl);
    LLVM::StoreOp::create(builder, loc, standard, wanted);
    access(builder, loc, "llvm.x86.sse.stmxcsr", saved);
    Value control = LLVM::AndOp::create(
        builder, loc,
        LLVM::LoadOp::create(builder, loc, builder.getI32Type(), saved),
        constant(builder, loc, controlBits));
    Value differs = LLVM::ICmpOp::create(builder, loc, LLVM::ICmpPredicate::ne,
                                         control, standard);
    setIf(builder, loc, differs, wanted);
    builder.setInsertionPoint(body.getTerminator());
    setIf(builder, loc, differs, saved);
  }

  Value constant(OpBuilder &builder, Location loc, int32_t number) {
    return LLVM::ConstantOp::create(builder, loc,
                                    builder.getI32IntegerAttr(number));
  }

  void setIf(OpBuilder &builder, Location loc, Value condition, Value slot) {
    scf::IfOp::create(builder, loc, condition,
                      [&](OpBuilder &nested, Location) {
                        access(nested, loc, "llvm.x86.sse.ldmxcsr", slot);
                        scf::YieldOp::create(nested, loc);
                      });
  }

  Value makeSlot(OpBuilder &builder, Location loc) {
    return LLVM::AllocaOp::create(
        builder, loc, LLVM::LLVMPointerType::get(&getContext()),
        builder.getI32Type(), constant(builder, loc, 1));
  }

  void access(OpBuilder &builder, Location loc, StringRef intrinsic,
              Value slot) {
    LLVM::CallIntrinsicOp::create(
        builder, loc, builder.getStringAttr(intrinsic), ValueRange{slot});
  }
};

} // namespace
