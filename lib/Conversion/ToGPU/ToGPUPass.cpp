//===- ToGPUPass.cpp - The pass act-to-gpu --------------------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file implements the pass that writes the GPU kernels of all structured
// operations on memrefs, and what launches them.
//
//===----------------------------------------------------------------------===//

#include "ConstantMemory.h"
#include "ElementwiseLaunch.h"
#include "FoldLaunch.h"
#include "HostAccess.h"
#include "MappedReads.h"
#include "PointerAttributes.h"
#include "ProductLaunch.h"
#include "Rows/RowLaunch.h"
#include "SumLaunch.h"

#include "../ElementIndex.h"
#include "../Entry.h"
#include "../ToLoops/ElementwiseKernel.h"
#include "../ToLoops/ProductKernel.h"
#include "../ToLoops/Rows/LossReductions.h"

#include "Act/Conversion/Passes.h"
#include "Act/Conversion/SharedMemory.h"
#include "Act/IR/Act.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/GPU/IR/GPUDialect.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/LLVMIR/NVVMDialect.h"
#include "mlir/Dialect/Linalg/Transforms/Transforms.h"
#include "mlir/Dialect/Linalg/Utils/Utils.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"

namespace act {
#define GEN_PASS_DEF_ACTTOGPU
#include "Act/Conversion/Passes.h.inc"
} // namespace act

using namespace mlir;
using namespace act;

namespace {

/// Writes the kernels of one entry.
class EntryLowering {
public:
  EntryLowering(IRRewriter &rewriter, func::FuncOp entry, const Chip &chip,
                const GPUKernelOptions &options)
      : rewriter(rewriter), entry(entry), module(entry, chip, options.accuracy),
        options(options) {}

  LogicalResult lower() {
    if (failed(checkOperands(entry)) || failed(placeConstants(rewriter, entry)))
      return failure();
    auto shared = findSharedMemory(entry, countInputs(entry));
    expandLossReductions(rewriter, entry);
    entry.walk(
        [&](linalg::GenericOp generic) { countByLoops(rewriter, generic); });
    moveStackToDevice(rewriter, entry);
    keepOverwrittenNumbers(rewriter, entry);
    hoistGuardedWork(rewriter, entry, guards);
    SmallVector<Operation *> work;
    entry.walk([&](Operation *op) {
      if (isDeviceWork(op))
        work.push_back(op);
    });
    for (Operation *op : work)
      if (failed(convert(op)))
        return failure();
    if (failed(eraseNumbersOfKernels(entry)))
      return failure();
    attachPointerAttributes(entry, shared);
    dropConstants(rewriter, entry);
    return success();
  }

private:
  LogicalResult convert(Operation *op) {
    rewriter.setInsertionPoint(op);
    Value guard = guards.lookup(op);
    if (isa<memref::StoreOp>(op)) {
      launchStore(rewriter, op, module, guard);
      rewriter.eraseOp(op);
      return success();
    }
    if (auto rowwise = dyn_cast<RowwiseOpInterface>(op)) {
      launchRowwise(rewriter, rowwise, module, options, guard);
      rewriter.eraseOp(op);
      return success();
    }
    FailureOr<linalg::GenericOp> generic = makeGeneric(op);
    if (failed(generic))
      return failure();
    if (!*generic)
      return success();
    rewriter.setInsertionPoint(*generic);
    // A product of matrices is a sum too, but of another order.
    if (isProductKernel(*generic)) {
      if (failed(launchProduct(rewriter, *generic, module, options, guard)))
        return generic->emitOpError("is a product of matrices in a form that "
                                    "is not lowered for GPUs yet");
      rewriter.eraseOp(*generic);
      return success();
    }
    generic = loadMappedReads(rewriter, *generic);
    // Others than these find the numbers of elements by the loops.
    if (!isElementwiseKernel(*generic))
      expandElementIndices(rewriter, *generic);
    rewriter.setInsertionPoint(*generic);
    if (isElementwiseOnDevice(*generic))
      launchElementwise(rewriter, *generic, module, options, guard);
    else if (isSumOnDevice(*generic))
      launchSum(rewriter, *generic, module, options, guard);
    else if (isReductionOnDevice(*generic))
      launchFold(rewriter, *generic, module, options, guard);
    else
      return generic->emitOpError("is not lowered for GPUs yet");
    rewriter.eraseOp(*generic);
    return success();
  }

  /// The structured operation that `op` is or stands for; null if there is
  /// nothing to do.
  FailureOr<linalg::GenericOp> makeGeneric(Operation *op) {
    if (auto copy = dyn_cast<memref::CopyOp>(op)) {
      linalg::GenericOp generic;
      if (copy.getSource() != copy.getTarget())
        generic = linalg::makeMemRefCopyOp(rewriter, copy.getLoc(),
                                           copy.getSource(), copy.getTarget());
      rewriter.eraseOp(copy);
      return generic;
    }
    if (auto generic = dyn_cast<linalg::GenericOp>(op))
      return generic;
    FailureOr<linalg::GenericOp> generic =
        linalg::generalizeNamedOp(rewriter, cast<linalg::LinalgOp>(op));
    if (failed(generic))
      return op->emitOpError("is not lowered for GPUs yet");
    return generic;
  }

  IRRewriter &rewriter;
  func::FuncOp entry;
  KernelModule module;
  const GPUKernelOptions &options;
  DenseMap<Operation *, Value> guards;
};

struct ToGPUPass : public act::impl::ActToGPUBase<ToGPUPass> {
  using ActToGPUBase::ActToGPUBase;

  LogicalResult initialize(MLIRContext *context) override {
    auto fail = [&](const Twine &message) {
      return emitError(UnknownLoc::get(context), "act-to-gpu: " + message);
    };
    known = findChip(chip);
    if (!known)
      return fail("unknown chip '" + chip.getValue() + "'; use one of " +
                  listChips());
    std::string message;
    std::optional<ScheduleOverride> override = parseSchedule(schedule, message);
    if (!override)
      return fail("schedule: " + message);
    if (override->clusterSize.value_or(1) > 1 && !known->hasClusters())
      return fail("schedule: cluster is '" + Twine(*override->clusterSize) +
                  "', and " + chip.getValue() +
                  " has no clusters; sm_90 and newer chips do");
    if (override->clusterSize.value_or(1) > known->clusterBlocks())
      return fail("schedule: cluster is '" + Twine(*override->clusterSize) +
                  "', and clusters of " + chip.getValue() + " have " +
                  Twine(known->clusterBlocks()) + " blocks at most");
    options.accuracy = accuracy;
    options.schedule = *override;
    return success();
  }

  /// Constants that only kernels read are theirs.
  void eraseUnusedGlobals() {
    SymbolTableCollection symbols;
    SymbolUserMap users(symbols, getOperation());
    for (auto global :
         llvm::make_early_inc_range(getOperation().getOps<memref::GlobalOp>()))
      if (global.isPrivate() && users.useEmpty(global))
        global.erase();
  }

  void runOnOperation() override {
    IRRewriter rewriter(&getContext());
    for (func::FuncOp entry :
         llvm::make_early_inc_range(getOperation().getOps<func::FuncOp>())) {
      // Functions of sizes and of targets run on the host.
      if (entry.isExternal() || entry->hasAttr(queryAttrName))
        continue;
      if (failed(EntryLowering(rewriter, entry, *known, options).lower()))
        return signalPassFailure();
    }
    eraseUnusedGlobals();
  }

private:
  std::optional<Chip> known;
  GPUKernelOptions options;
};

} // namespace
