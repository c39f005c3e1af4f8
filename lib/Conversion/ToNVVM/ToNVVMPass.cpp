//===- ToNVVMPass.cpp - The pass act-to-nvvm ------------------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file implements the conversion of GPU kernels to the LLVM and NVVM
// dialects, all dialects in one step. Host code stays as it is.
//
//===----------------------------------------------------------------------===//

#include "Approximations.h"
#include "Clamps.h"
#include "DeviceOps.h"
#include "HalfPairs.h"
#include "Quotients.h"
#include "Subgroups.h"

#include "Act/Conversion/Chip.h"
#include "Act/Conversion/Passes.h"

#include "mlir/Conversion/AffineToStandard/AffineToStandard.h"
#include "mlir/Conversion/ArithToLLVM/ArithToLLVM.h"
#include "mlir/Conversion/ControlFlowToLLVM/ControlFlowToLLVM.h"
#include "mlir/Conversion/FuncToLLVM/ConvertFuncToLLVM.h"
#include "mlir/Conversion/GPUToNVVM/GPUToNVVMPass.h"
#include "mlir/Conversion/LLVMCommon/ConversionTarget.h"
#include "mlir/Conversion/LLVMCommon/TypeConverter.h"
#include "mlir/Conversion/MathToLLVM/MathToLLVM.h"
#include "mlir/Conversion/MemRefToLLVM/MemRefToLLVM.h"
#include "mlir/Conversion/SCFToControlFlow/SCFToControlFlow.h"
#include "mlir/Conversion/UBToLLVM/UBToLLVM.h"
#include "mlir/Conversion/VectorToLLVM/ConvertVectorToLLVM.h"
#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/Arith/Transforms/Passes.h"
#include "mlir/Dialect/ControlFlow/IR/ControlFlow.h"
#include "mlir/Dialect/ControlFlow/IR/ControlFlowOps.h"
#include "mlir/Dialect/LLVMIR/NVVMDialect.h"
#include "mlir/Dialect/Vector/Transforms/LoweringPatterns.h"
#include "mlir/Dialect/Vector/Transforms/VectorRewritePatterns.h"
#include "mlir/Transforms/GreedyPatternRewriteDriver.h"

#include "llvm/ADT/StringSet.h"

namespace act {
#define GEN_PASS_DEF_ACTTONVVM
#include "Act/Conversion/Passes.h.inc"
} // namespace act

using namespace mlir;

/// The chip that the attributes of `module` say it is compiled for.
static FailureOr<StringRef> findChip(gpu::GPUModuleOp module) {
  if (StringRef chip = act::chipOf(module); !chip.empty())
    return chip;
  return module.emitError("expected one target, as in gpu.module @")
         << module.getName() << " [#nvvm.target<chip = \"sm_90\">]";
}

/// Math operations, and the maximum, first and alone: patterns for the GPU
/// would make calls of libdevice of them.
static LogicalResult convertMath(gpu::GPUModuleOp module,
                                 LLVMTypeConverter &converter) {
  MLIRContext *context = module.getContext();
  RewritePatternSet patterns(context);
  populateMathToLLVMConversionPatterns(converter, patterns,
                                       /*approximateLog1p=*/false);
  arith::populateArithToLLVMConversionPatterns(converter, patterns);
  ConversionTarget target(*context);
  target.addLegalDialect<LLVM::LLVMDialect, arith::ArithDialect>();
  target.addIllegalDialect<math::MathDialect>();
  target.addIllegalOp<arith::MaxNumFOp>();
  target.markUnknownOpDynamicallyLegal([](Operation *) { return true; });
  return applyPartialConversion(module, target, std::move(patterns));
}

static LogicalResult convertRest(gpu::GPUModuleOp module,
                                 LLVMTypeConverter &converter) {
  MLIRContext *context = module.getContext();
  RewritePatternSet patterns(context);
  populateAffineToStdConversionPatterns(patterns);
  populateSCFToControlFlowConversionPatterns(patterns);
  cf::populateControlFlowToLLVMConversionPatterns(converter, patterns);
  arith::populateCeilFloorDivExpandOpsPatterns(patterns);
  arith::populateArithToLLVMConversionPatterns(converter, patterns);
  ub::populateUBToLLVMConversionPatterns(converter, patterns);
  vector::populateVectorInsertExtractStridedSliceTransforms(patterns);
  vector::populateVectorStepLoweringPatterns(patterns);
  populateVectorToLLVMConversionPatterns(converter, patterns);
  populateFinalizeMemRefToLLVMConversionPatterns(converter, patterns);
  populateFuncToLLVMConversionPatterns(converter, patterns);
  populateGpuToNVVMConversionPatterns(converter, patterns);

  ConversionTarget target(*context);
  target.addLegalDialect<LLVM::LLVMDialect, NVVM::NVVMDialect>();
  target.addIllegalDialect<gpu::GPUDialect>();
  target.addLegalOp<gpu::GPUModuleOp>();
  return applyFullConversion(module, target, std::move(patterns));
}

/// The names of kernels that are made for one size of blocks.
static llvm::StringSet<> namesOfSized(gpu::GPUModuleOp module) {
  llvm::StringSet<> names;
  for (auto function : module.getOps<gpu::GPUFuncOp>())
    if (function.getKnownBlockSize())
      names.insert(function.getName());
  return names;
}

/// Of so many threads ptxas would rather spill registers than have one block
/// less on a multiprocessor, unless it is told that one suffices.
static constexpr int64_t largeBlock = 256;

/// Attributes of kernels that upstream does not give.
static void finishKernels(gpu::GPUModuleOp module,
                          const llvm::StringSet<> &sized) {
  Builder builder(module.getContext());
  for (auto function : module.getOps<LLVM::LLVMFuncOp>()) {
    StringRef maxntid = NVVM::NVVMDialect::getMaxntidAttrName();
    auto block = function->getAttrOfType<DenseI32ArrayAttr>(maxntid);
    if (!block)
      continue;
    int64_t threads = 1;
    for (int32_t size : block.asArrayRef())
      threads *= size;
    StringRef minctasm = NVVM::NVVMDialect::getMinctasmAttrName();
    // Schedules say it themselves.
    if (threads >= largeBlock && !function->hasAttr(act::scheduleAttrName) &&
        !function->hasAttr(minctasm))
      function->setAttr(minctasm, builder.getI32IntegerAttr(1));
    // A kernel runs with exactly the block that it was made for.
    if (sized.contains(function.getName())) {
      function->removeAttr(maxntid);
      function->setAttr(NVVM::NVVMDialect::getReqntidAttrName(), block);
    }
  }
  for (auto global : module.getOps<LLVM::GlobalOp>()) {
    if (global.getAddrSpace() !=
        static_cast<unsigned>(NVVM::NVVMMemorySpace::Shared))
      continue;
    if (global.getAlignment().value_or(0) < act::workgroupAlignment)
      global.setAlignment(act::workgroupAlignment);
    // What a launch says the size of is declared elsewhere: of its own it would
    // be a byte among others.
    auto array = dyn_cast<LLVM::LLVMArrayType>(global.getType());
    if (array && array.getNumElements() == 0)
      global.setLinkage(LLVM::Linkage::External);
  }
}

static LogicalResult convert(gpu::GPUModuleOp module) {
  FailureOr<StringRef> chip = findChip(module);
  if (failed(chip) || failed(act::checkMathOps(module)))
    return failure();
  act::expandSubgroups(module);
  act::joinClamps(module, *chip);
  act::branchToDivisions(module);
  act::widenHalfPairs(module);
  llvm::StringSet<> sized = namesOfSized(module);
  act::convertApproximations(module);
  act::dropFastMath(module);
  LowerToLLVMOptions options(module.getContext());
  options.useBarePtrCallConv = true;
  LLVMTypeConverter converter(module.getContext(), options);
  configureGpuToNVVMTypeConverter(converter);
  if (failed(convertMath(module, converter)) ||
      failed(convertRest(module, converter)))
    return failure();
  finishKernels(module, sized);
  return act::checkConverted(module, *chip);
}

namespace {
struct ToNVVMPass : public act::impl::ActToNVVMBase<ToNVVMPass> {
  void runOnOperation() override {
    for (auto module : getOperation().getOps<gpu::GPUModuleOp>())
      if (failed(convert(module)))
        return signalPassFailure();
  }
};
} // namespace
