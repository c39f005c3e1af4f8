//===- DeviceOps.cpp - What an NVIDIA GPU has instructions for ------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file implements the checks of kernels before code generation.
//
//===----------------------------------------------------------------------===//

#include "DeviceOps.h"
#include "Approximations.h"

#include "Act/Conversion/Chip.h"
#include "Act/Conversion/Expand.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/LLVMIR/NVVMDialect.h"
#include "mlir/Dialect/Math/IR/Math.h"

using namespace mlir;

/// Blocks of a cluster and what they share came with compute capability 9.0.
static constexpr unsigned clusterCapability = 90;

/// Whether PTX has a correctly rounded instruction, or LLVM a short sequence.
static bool hasInstruction(Operation *op) {
  return isa<math::AbsFOp, math::AbsIOp, math::CeilOp, math::CopySignOp,
             math::CountLeadingZerosOp, math::CountTrailingZerosOp,
             math::CtPopOp, math::FloorOp, math::FmaOp, math::IsFiniteOp,
             math::IsInfOp, math::IsNaNOp, math::IsNormalOp, math::RoundEvenOp,
             math::SqrtOp, math::TruncOp>(op);
}

LogicalResult act::checkMathOps(gpu::GPUModuleOp module) {
  WalkResult result =
      module.walk([](Operation *op) {
        if (isa_and_nonnull<math::MathDialect>(op->getDialect()) &&
            !hasInstruction(op) && !act::isApproximation(op)) {
          op->emitError("'")
              << op->getName()
              << "' has no exact instruction on the GPU, and kernels call no "
                 "library; run --act-expand before";
          return WalkResult::interrupt();
        }
        auto vector = op->getNumResults() == 1
                          ? dyn_cast<VectorType>(op->getResult(0).getType())
                          : VectorType();
        if (vector && vector.getRank() != 1 && act::isApproximation(op)) {
          op->emitOpError("approximates ")
              << vector << "; expected a scalar or a vector of one dimension";
          return WalkResult::interrupt();
        }
        if (isa<arith::RemFOp>(op)) {
          op->emitError("'arith.remf' has no exact instruction on the GPU, and "
                        "kernels call no library");
          return WalkResult::interrupt();
        }
        return WalkResult::advance();
      });
  return failure(result.wasInterrupted());
}

/// The intrinsics of LLVM that would be calls of a library.
static bool isLibraryIntrinsic(Operation *op) {
  return !act::isApproximationInstruction(op) &&
         isa<LLVM::ExpOp, LLVM::Exp2Op, LLVM::Exp10Op, LLVM::LogOp,
             LLVM::Log2Op, LLVM::Log10Op, LLVM::PowOp, LLVM::PowIOp,
             LLVM::SinOp, LLVM::CosOp, LLVM::TanOp, LLVM::SinhOp, LLVM::CoshOp,
             LLVM::TanhOp, LLVM::ASinOp, LLVM::ACosOp, LLVM::ATanOp,
             LLVM::ATan2Op, LLVM::SincosOp, LLVM::RoundOp, LLVM::LoadExpOp,
             LLVM::FRemOp, LLVM::CallIntrinsicOp>(op);
}

/// Whether code generation has registers for values of this type.
static bool hasRegisters(Type type) {
  Type element = getElementTypeOrSelf(type);
  return !element.isIntOrFloat() || element.getIntOrFloatBitWidth() <= 64;
}

/// The operations of NVVM that only exist where blocks form clusters.
static bool needsClusters(Operation *op) {
  return isa<NVVM::ClusterArriveOp, NVVM::ClusterArriveRelaxedOp,
             NVVM::ClusterWaitOp, NVVM::MapaOp, NVVM::ClusterIdXOp,
             NVVM::ClusterIdYOp, NVVM::ClusterIdZOp, NVVM::ClusterDimXOp,
             NVVM::ClusterDimYOp, NVVM::ClusterDimZOp,
             NVVM::BlockInClusterIdXOp, NVVM::BlockInClusterIdYOp,
             NVVM::BlockInClusterIdZOp, NVVM::ClusterDimBlocksXOp,
             NVVM::ClusterDimBlocksYOp, NVVM::ClusterDimBlocksZOp>(op);
}

/// The other operations of NVVM that kernels use.
static bool isKnown(Operation *op) {
  return isa<NVVM::Barrier0Op, NVVM::BarrierOp, NVVM::SyncWarpOp, NVVM::ReduxOp,
             NVVM::ShflOp, NVVM::ThreadIdXOp, NVVM::ThreadIdYOp,
             NVVM::ThreadIdZOp, NVVM::BlockDimXOp, NVVM::BlockDimYOp,
             NVVM::BlockDimZOp, NVVM::BlockIdXOp, NVVM::BlockIdYOp,
             NVVM::BlockIdZOp, NVVM::GridDimXOp, NVVM::GridDimYOp,
             NVVM::GridDimZOp, NVVM::LaneIdOp, NVVM::WarpSizeOp>(op);
}

static LogicalResult checkOne(Operation *op, StringRef chip,
                              unsigned capability) {
  if (auto call = dyn_cast<LLVM::CallOp>(op)) {
    InFlightDiagnostic error = op->emitError("kernels call no library");
    if (std::optional<StringRef> callee = call.getCallee())
      error << ", but this calls '" << *callee << "'";
    return error;
  }
  if (isLibraryIntrinsic(op))
    return op->emitError("'") << op->getName()
                              << "' has no exact instruction on the GPU, and "
                                 "kernels call no library";
  if (!llvm::all_of(op->getResultTypes(), hasRegisters))
    return op->emitError("kernels compute with numbers of up to 64 bits, not ")
           << op->getResult(0).getType();
  if (isa<LLVM::InlineAsmOp, NVVM::InlinePtxOp>(op))
    return op->emitError("kernels hold no inline assembly, which nothing but "
                         "a GPU could run");
  bool isNVVM = isa_and_nonnull<NVVM::NVVMDialect>(op->getDialect());
  bool isCluster = needsClusters(op);
  if (isNVVM && !isCluster && !isKnown(op))
    return op->emitError("'") << op->getName()
                              << "' is not among the operations that kernels "
                                 "use";
  if (isCluster && capability < clusterCapability)
    return op->emitError("clusters of blocks need sm_90 or newer, and this is "
                         "compiled for ")
           << chip;
  return success();
}

LogicalResult act::checkConverted(gpu::GPUModuleOp module, StringRef chip) {
  unsigned capability = computeCapability(chip).value_or(0);
  WalkResult result = module.walk([&](Operation *op) {
    return WalkResult(checkOne(op, chip, capability));
  });
  if (result.wasInterrupted())
    return failure();
  for (auto function : module.getOps<LLVM::LLVMFuncOp>())
    if (function->hasAttr(NVVM::NVVMDialect::getClusterDimAttrName()) &&
        capability < clusterCapability)
      return function.emitError("clusters of blocks need sm_90 or newer, and "
                                "this is compiled for ")
             << chip;
  return success();
}
