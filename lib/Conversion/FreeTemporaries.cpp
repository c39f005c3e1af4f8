//===- FreeTemporaries.cpp - The pass act-free-temporaries ----------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file implements the pass that ends the life of temporaries. Entries
// return nothing, so that a buffer usually lives in the block that allocates
// it; only one that is handed on (by scf.yield, say) needs the general analysis
// of ownership.
//
//===----------------------------------------------------------------------===//

#include "Act/Conversion/Passes.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Bufferization/IR/Bufferization.h"
#include "mlir/Dialect/Bufferization/Transforms/Passes.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Interfaces/ViewLikeInterface.h"
#include "mlir/Pass/PassManager.h"
#include "mlir/Transforms/Passes.h"

namespace act {
#define GEN_PASS_DEF_ACTFREETEMPORARIES
#include "Act/Conversion/Passes.h.inc"
} // namespace act

using namespace mlir;
using namespace act;

/// Buffers up to this size live on the stack.
static constexpr int64_t maxStackBytes = 1024;

/// Whether `buffer`, or a view of it, outlives its block or gets another name
/// that is not followed.
static bool isHandedOn(Value buffer) {
  for (Operation *user : buffer.getUsers()) {
    if (user->hasTrait<OpTrait::IsTerminator>() ||
        isa<arith::SelectOp, LoopLikeOpInterface>(user))
      return true;
    if (isa<ViewLikeOpInterface>(user))
      for (Value view : user->getResults())
        if (isHandedOn(view))
          return true;
  }
  return false;
}

/// Whether the buffer is small, and allocated once in each call.
static bool fitsStack(memref::AllocOp alloc) {
  MemRefType type = alloc.getType();
  Type element = type.getElementType();
  if (!isa<func::FuncOp>(alloc->getParentOp()) || !type.hasStaticShape() ||
      !type.getLayout().isIdentity() || !element.isIntOrIndexOrFloat())
    return false;
  int64_t bits = element.isIndex() ? 64 : element.getIntOrFloatBitWidth();
  return type.getNumElements() * llvm::divideCeil(bits, 8) <= maxStackBytes;
}

namespace {

struct FreeTemporariesPass
    : public act::impl::ActFreeTemporariesBase<FreeTemporariesPass> {
  void getDependentDialects(DialectRegistry &registry) const override {
    ActFreeTemporariesBase::getDependentDialects(registry);
    ownershipPipeline().getDependentDialects(registry);
  }

  void runOnOperation() override {
    SmallVector<memref::AllocOp> allocs;
    bool general = false;
    getOperation().walk([&](memref::AllocOp alloc) {
      allocs.push_back(alloc);
      general |= isHandedOn(alloc);
    });
    if (general) {
      OpPassManager pipeline = ownershipPipeline();
      if (failed(runPipeline(pipeline, getOperation())))
        signalPassFailure();
      return;
    }
    for (memref::AllocOp alloc : allocs)
      free(alloc);
  }

private:
  void free(memref::AllocOp alloc) {
    OpBuilder builder(alloc);
    if (fitsStack(alloc)) {
      Value buffer = memref::AllocaOp::create(
          builder, alloc.getLoc(), alloc.getType(), alloc.getAlignmentAttr());
      alloc.replaceAllUsesWith(buffer);
      alloc.erase();
      return;
    }
    builder.setInsertionPoint(alloc->getBlock()->getTerminator());
    memref::DeallocOp::create(builder, alloc.getLoc(), alloc);
  }

  static OpPassManager ownershipPipeline() {
    OpPassManager pipeline(ModuleOp::getOperationName());
    OpPassManager &functions = pipeline.nest<func::FuncOp>();
    functions.addPass(
        bufferization::createOwnershipBasedBufferDeallocationPass());
    functions.addPass(createCanonicalizerPass());
    functions.addPass(
        bufferization::createBufferDeallocationSimplificationPass());
    pipeline.addPass(bufferization::createLowerDeallocationsPass());
    return pipeline;
  }
};

} // namespace
