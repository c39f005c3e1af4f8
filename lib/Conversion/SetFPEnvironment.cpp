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
  /// Saves and sets the register at the beginning of `body`, and restores it
  /// at the end.
  void wrap(Block &body) {
    Location loc = body.getTerminator()->getLoc();
    OpBuilder builder = OpBuilder::atBlockBegin(&body);
    Value saved = makeSlot(builder, loc);
    Value wanted = makeSlot(builder, loc);
    Value control = LLVM::ConstantOp::create(
        builder, loc, builder.getI32IntegerAttr(defaultControl));
    LLVM::StoreOp::create(builder, loc, control, wanted);
    access(builder, loc, "llvm.x86.sse.stmxcsr", saved);
    access(builder, loc, "llvm.x86.sse.ldmxcsr", wanted);
    builder.setInsertionPoint(body.getTerminator());
    access(builder, loc, "llvm.x86.sse.ldmxcsr", saved);
  }

  Value makeSlot(OpBuilder &builder, Location loc) {
    Value one = LLVM::ConstantOp::create(builder, loc,
                                         builder.getI32IntegerAttr(1));
    return LLVM::AllocaOp::create(
        builder, loc, LLVM::LLVMPointerType::get(&getContext()),
        builder.getI32Type(), one);
  }

  void access(OpBuilder &builder, Location loc, StringRef intrinsic,
              Value slot) {
    LLVM::CallIntrinsicOp::create(builder, loc,
                                  builder.getStringAttr(intrinsic),
                                  ValueRange{slot});
  }
};

} // namespace
