//===- ToLoopsPass.cpp - The pass act-to-loops ----------------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file implements the pass that writes the loops of all structured
// operations on memrefs: vector loops for elementwise kernels, scalar loops for
// what is neither elementwise nor a sum.
//
//===----------------------------------------------------------------------===//

#include "../ElementIndex.h"
#include "ElementwiseKernel.h"
#include "ProductKernel.h"
#include "Rows/LossReductions.h"
#include "Rows/RowKernel.h"
#include "SumKernel.h"

#include "Act/Conversion/Passes.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/Linalg/Transforms/Transforms.h"
#include "mlir/Dialect/Linalg/Utils/Utils.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/OpenMP/OpenMPDialect.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"

namespace act {
#define GEN_PASS_DEF_ACTTOLOOPS
#include "Act/Conversion/Passes.h.inc"
} // namespace act

using namespace mlir;
using namespace act;

namespace {

/// Operations that work on values of the same types in the same way.
struct SameOperation : public llvm::DenseMapInfo<Operation *> {
  static unsigned getHashValue(const Operation *op) {
    return OperationEquivalence::computeHash(
        const_cast<Operation *>(op), OperationEquivalence::ignoreHashValue,
        OperationEquivalence::ignoreHashValue,
        OperationEquivalence::IgnoreLocations);
  }
  static bool isEqual(const Operation *left, const Operation *right) {
    auto isKey = [](const Operation *op) {
      return op != getEmptyKey() && op != getTombstoneKey();
    };
    if (left == right || !isKey(left) || !isKey(right))
      return left == right;
    return OperationEquivalence::isEquivalentTo(
        const_cast<Operation *>(left), const_cast<Operation *>(right),
        OperationEquivalence::ignoreValueEquivalence,
        /*markEquivalent=*/nullptr, OperationEquivalence::IgnoreLocations);
  }
};

struct ToLoopsPass : public act::impl::ActToLoopsBase<ToLoopsPass> {
  using ActToLoopsBase::ActToLoopsBase;

  /// linalg is made of copies; masks are read through pointers of llvm; omp is
  /// large and loaded only where it is needed.
  void getDependentDialects(DialectRegistry &registry) const override {
    ActToLoopsBase::getDependentDialects(registry);
    registry.insert<linalg::LinalgDialect, LLVM::LLVMDialect>();
    if (parallel)
      registry.insert<omp::OpenMPDialect>();
  }

  LogicalResult initialize(MLIRContext *context) override {
    auto fail = [&] { return emitError(UnknownLoc::get(context)); };
    if (vectorBits != 128 && vectorBits != 256 && vectorBits != 512)
      return fail() << "act-to-loops: vector-bits is " << vectorBits.getValue()
                    << "; use 128, 256 or 512";
    if (interleave > 16)
      return fail() << "act-to-loops: interleave is " << interleave.getValue()
                    << "; use 0 to 16";
    if (sideBySide && !llvm::isPowerOf2_32(sideBySide))
      return fail() << "act-to-loops: side-by-side is " << sideBySide.getValue()
                    << "; use 0 or a power of two";
    return success();
  }

  void runOnOperation() override {
    KernelOptions options;
    options.accuracy = accuracy;
    options.vectorBits = vectorBits;
    options.interleave = interleave;
    options.sideBySide = sideBySide;
    options.masks = masks;
    options.parallel = parallel;
    options.parallelThreshold = parallelThreshold;
    options.blas = blas;

    IRRewriter rewriter(&getContext());
    if (failed(checkPlaces()))
      return signalPassFailure();
    expandLossReductions(rewriter, getOperation());
    getOperation().walk(
        [&](linalg::GenericOp generic) { countByLoops(rewriter, generic); });
    SmallVector<Operation *> kernels;
    getOperation().walk([&](Operation *op) {
      if (isKernel(op))
        kernels.push_back(op);
    });
    llvm::DenseMap<Operation *, unsigned, SameOperation> counts;
    if (outline)
      for (Operation *op : kernels)
        ++counts[op];
    SmallVector<bool> isRepeated = llvm::map_to_vector(
        kernels, [&](Operation *op) { return counts.lookup(op) > 1; });
    // Operations go as they are converted.
    counts.clear();
    for (auto [number, op] : llvm::enumerate(kernels)) {
      options.outline = isRepeated[number];
      rewriter.setInsertionPoint(op);
      Operation *kernel = op;
      if (auto copy = dyn_cast<memref::CopyOp>(op))
        kernel = makeCopyKernel(rewriter, copy);
      if (auto rowwise = dyn_cast_if_present<RowwiseOpInterface>(kernel)) {
        if (failed(convertRowwise(rewriter, rowwise, options)))
          return signalPassFailure();
        continue;
      }
      if (kernel &&
          failed(convert(rewriter, cast<linalg::LinalgOp>(kernel), options)))
        return signalPassFailure();
    }
  }

private:
  static bool isKernel(Operation *op) {
    return isa<linalg::LinalgOp, memref::CopyOp, RowwiseOpInterface>(op);
  }

  /// Kernels have buffers on the stack of a function.
  LogicalResult checkPlaces() {
    WalkResult walk = getOperation().walk([](Operation *op) {
      if (!isKernel(op) || op->getParentOfType<func::FuncOp>())
        return WalkResult::advance();
      op->emitOpError("must stand in a func.func to become loops");
      return WalkResult::interrupt();
    });
    return failure(walk.wasInterrupted());
  }

  /// A copy is an elementwise kernel: memref.copy would become a call of a
  /// library function that kernels are not linked with.
  Operation *makeCopyKernel(IRRewriter &rewriter, memref::CopyOp copy) {
    Operation *kernel = nullptr;
    if (copy.getSource() != copy.getTarget())
      kernel = linalg::makeMemRefCopyOp(rewriter, copy.getLoc(),
                                        copy.getSource(), copy.getTarget());
    rewriter.eraseOp(copy);
    return kernel;
  }

  LogicalResult convertRowwise(IRRewriter &rewriter, RowwiseOpInterface op,
                               const KernelOptions &options) {
    if (!op.isOnMemory())
      return op->emitOpError("works on tensors; bufferize it first");
    // Elements are reached by strides.
    for (Type type : op->getOperandTypes()) {
      auto memory = cast<MemRefType>(type);
      if (!memory.isStrided() || memory.getMemorySpace())
        return op->emitOpError("works on ")
               << memory << "; loops need strides and no memory space";
    }
    emitRowKernel(rewriter, op, options);
    rewriter.eraseOp(op);
    return success();
  }

  LogicalResult convert(IRRewriter &rewriter, linalg::LinalgOp op,
                        const KernelOptions &options) {
    if (!op.hasPureBufferSemantics())
      return op.emitOpError("works on tensors; bufferize it first");
    rewriter.setInsertionPoint(op);
    auto generic = dyn_cast<linalg::GenericOp>(op.getOperation());
    if (!generic) {
      FailureOr<linalg::GenericOp> generalized =
          linalg::generalizeNamedOp(rewriter, op);
      if (succeeded(generalized))
        generic = *generalized;
    }
    if (!generic)
      return op.emitOpError("cannot become loops here");
    rewriter.setInsertionPoint(generic);
    if (isElementwiseKernel(generic)) {
      emitElementwiseKernel(rewriter, generic, options);
      rewriter.eraseOp(generic);
      return success();
    }
    if (isProductKernel(generic)) {
      emitProductKernel(rewriter, generic, options);
      rewriter.eraseOp(generic);
      return success();
    }
    if (isSumKernel(generic)) {
      emitSumKernel(rewriter, generic, options);
      rewriter.eraseOp(generic);
      return success();
    }
    expandElementIndices(rewriter, generic);
    rewriter.setInsertionPoint(generic);
    if (failed(linalg::linalgOpToLoops(rewriter, generic)))
      return generic.emitOpError("cannot become loops here");
    rewriter.eraseOp(generic);
    return success();
  }
};

} // namespace
