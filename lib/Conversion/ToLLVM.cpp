//===- ToLLVM.cpp - The pass act-to-llvm ----------------------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file implements the conversion of finished kernels to the LLVM dialect,
// all dialects in one step.
//
//===----------------------------------------------------------------------===//

#include "Dimensions.h"
#include "HalvesAsBits.h"
#include "ToLoops/IterationSpace.h"

#include "Act/Conversion/Passes.h"

#include "mlir/Conversion/AffineToStandard/AffineToStandard.h"
#include "mlir/Conversion/ArithToLLVM/ArithToLLVM.h"
#include "mlir/Conversion/ControlFlowToLLVM/ControlFlowToLLVM.h"
#include "mlir/Conversion/FuncToLLVM/ConvertFuncToLLVM.h"
#include "mlir/Conversion/FuncToLLVM/ConvertFuncToLLVMPass.h"
#include "mlir/Conversion/LLVMCommon/ConversionTarget.h"
#include "mlir/Conversion/LLVMCommon/TypeConverter.h"
#include "mlir/Conversion/MathToLLVM/MathToLLVM.h"
#include "mlir/Conversion/MemRefToLLVM/MemRefToLLVM.h"
#include "mlir/Conversion/OpenMPToLLVM/ConvertOpenMPToLLVM.h"
#include "mlir/Conversion/SCFToControlFlow/SCFToControlFlow.h"
#include "mlir/Conversion/VectorToLLVM/ConvertVectorToLLVM.h"
#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/Arith/Transforms/Passes.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/MemRef/Transforms/Transforms.h"
#include "mlir/Dialect/OpenMP/OpenMPDialect.h"
#include "mlir/Transforms/GreedyPatternRewriteDriver.h"

namespace act {
#define GEN_PASS_DEF_ACTTOLLVM
#include "Act/Conversion/Passes.h.inc"
} // namespace act

using namespace mlir;

namespace {

struct ToLLVMPass : public act::impl::ActToLLVMBase<ToLLVMPass> {
  void runOnOperation() override {
    MLIRContext *context = &getContext();
    for (auto function : getOperation().getOps<func::FuncOp>()) {
      if (!function.isPublic() || function.isExternal())
        continue;
      function->setAttr(LLVM::LLVMDialect::getEmitCWrapperAttrName(),
                        UnitAttr::get(context));
      removeActAttributes(function);
      if (SymbolTable::symbolKnownUseEmpty(function, getOperation()))
        act::takeHalvesAsBits(function);
    }

    if (failed(expandViews()))
      return signalPassFailure();
    // The conversion would fold these operations too, but never hears of the
    // constants that their folder makes, and leaves them in arith.
    act::foldMetadata(getOperation());

    LLVMTypeConverter converter(context);
    LLVMConversionTarget target(*context);
    target.addLegalOp<ModuleOp>();

    RewritePatternSet patterns(context);
    populateAffineToStdConversionPatterns(patterns);
    populateSCFToControlFlowConversionPatterns(patterns);
    cf::populateControlFlowToLLVMConversionPatterns(converter, patterns);
    arith::populateCeilFloorDivExpandOpsPatterns(patterns);
    arith::populateArithToLLVMConversionPatterns(converter, patterns);
    populateMathToLLVMConversionPatterns(converter, patterns,
                                         /*approximateLog1p=*/false);
    populateVectorToLLVMConversionPatterns(converter, patterns);
    populateFinalizeMemRefToLLVMConversionPatterns(converter, patterns);
    populateFuncToLLVMConversionPatterns(converter, patterns);
    if (context->getLoadedDialect<omp::OpenMPDialect>()) {
      configureOpenMPToLLVMConversionLegality(target, converter);
      populateOpenMPToLLVMConversionPatterns(converter, patterns);
    }
    if (failed(
            applyFullConversion(getOperation(), target, std::move(patterns))))
      return signalPassFailure();
    act::moveHalvesAsBits(getOperation());
  }

private:
  /// What the names and roles of arguments were has been read by now; the
  /// translation to LLVM IR would warn of each.
  static void removeActAttributes(func::FuncOp function) {
    for (unsigned i = 0, e = function.getNumArguments(); i != e; ++i) {
      SmallVector<NamedAttribute> kept;
      for (NamedAttribute attribute :
           mlir::function_interface_impl::getArgAttrs(function, i))
        if (!attribute.getName().strref().starts_with("act."))
          kept.push_back(attribute);
      function.setArgAttrs(i, kept);
    }
  }

  /// A view of several dynamic dimensions in place of one: the patterns of MLIR
  /// 22.1 look for the only one, and read an attribute that is not there.
  void expandReshapes() {
    SmallVector<memref::ExpandShapeOp> reshapes;
    getOperation().walk(
        [&](memref::ExpandShapeOp op) { reshapes.push_back(op); });
    IRRewriter rewriter(&getContext());
    for (memref::ExpandShapeOp op : reshapes) {
      rewriter.setInsertionPoint(op);
      Location loc = op.getLoc();
      auto metadata =
          memref::ExtractStridedMetadataOp::create(rewriter, loc, op.getSrc());
      MemRefType type = op.getResultType();
      auto [known, knownOffset] = type.getStridesAndOffset();
      SmallVector<OpFoldResult> sizes = op.getMixedOutputShape(),
                                strides(sizes.size(), rewriter.getIndexAttr(1)),
                                from = metadata.getConstifiedMixedStrides();
      for (auto [group, dims] : llvm::enumerate(op.getReassociationIndices())) {
        OpFoldResult stride = from[group];
        for (int64_t dim : llvm::reverse(dims)) {
          strides[dim] = ShapedType::isDynamic(known[dim])
                             ? stride
                             : rewriter.getIndexAttr(known[dim]);
          stride = act::multiplyAdd(rewriter, loc, rewriter.getIndexAttr(0),
                                    strides[dim], sizes[dim]);
        }
      }
      OpFoldResult offset = metadata.getConstifiedMixedOffset();
      if (!ShapedType::isDynamic(knownOffset))
        offset = rewriter.getIndexAttr(knownOffset);
      rewriter.replaceOpWithNewOp<memref::ReinterpretCastOp>(
          op, type, metadata.getBaseBuffer(), offset, sizes, strides);
    }
  }

  /// Views with offsets and strides that have to be computed. Our own kernels
  /// have none; the user's slices and reshapes do.
  LogicalResult expandViews() {
    WalkResult found = getOperation().walk([](Operation *op) {
      return isa<memref::SubViewOp, memref::ExpandShapeOp,
                 memref::CollapseShapeOp>(op)
                 ? WalkResult::interrupt()
                 : WalkResult::advance();
    });
    if (!found.wasInterrupted())
      return success();
    expandReshapes();
    RewritePatternSet patterns(&getContext());
    memref::populateExpandStridedMetadataPatterns(patterns);
    return applyPatternsGreedily(getOperation(), std::move(patterns));
  }
};

} // namespace
