//===- ConstantMemory.cpp - Constant tensors on a GPU ---------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file implements constant tensors. They are globals of the module of
// kernels, which take their addresses themselves: a launcher need not know of
// them.
//
//===----------------------------------------------------------------------===//

#include "ConstantMemory.h"

#include "DeviceMemory.h"
#include "HostAccess.h"

#include "../Dimensions.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/IR/DialectResourceBlobManager.h"
#include "mlir/Interfaces/ViewLikeInterface.h"

using namespace mlir;
using namespace act;

static memref::GlobalOp globalOf(memref::GetGlobalOp constant) {
  return SymbolTable::lookupNearestSymbolFrom<memref::GlobalOp>(
      constant, constant.getNameAttr());
}

/// The numbers of a constant tensor in a row, as memory has them; null if they
/// are not at hand.
static ElementsAttr contentsOf(memref::GlobalOp global) {
  auto value = dyn_cast_or_null<ElementsAttr>(global.getConstantInitValue());
  if (!value)
    return nullptr;
  Type element = value.getElementType();
  auto type = RankedTensorType::get({value.getNumElements()}, element);
  bool isStoredOtherwise = element.isIndex() || element.isInteger(1);
  if (auto resource = dyn_cast<DenseResourceElementsAttr>(value)) {
    if (isStoredOtherwise || !resource.getRawHandle().getBlob())
      return nullptr;
    return DenseResourceElementsAttr::get(type, resource.getRawHandle());
  }
  auto numbers = dyn_cast<DenseElementsAttr>(value);
  if (!numbers)
    return nullptr;
  numbers = numbers.reshape(type);
  if (!isStoredOtherwise)
    return numbers;
  unsigned width = 8 * bytesOf(element);
  return numbers.mapValues(
      IntegerType::get(element.getContext(), width),
      [&](const APInt &number) { return number.zextOrTrunc(width); });
}

/// Whether all that becomes of `memory` and its views is read by kernels, or
/// looked at by the host without following it.
static bool isReadByKernelsOnly(Value memory) {
  return llvm::all_of(memory.getUsers(), [](Operation *user) {
    if (isa<ViewLikeOpInterface>(user) && user->getNumResults() == 1)
      return isReadByKernelsOnly(user->getResult(0));
    return isDeviceWork(user) ||
           isa<memref::LoadOp, memref::DimOp, memref::ExtractStridedMetadataOp>(
               user);
  });
}

LogicalResult act::placeConstants(RewriterBase &rewriter, func::FuncOp entry) {
  SmallVector<memref::GetGlobalOp> constants;
  entry.walk([&](memref::GetGlobalOp op) { constants.push_back(op); });
  for (memref::GetGlobalOp op : constants) {
    memref::GlobalOp global = globalOf(op);
    ElementsAttr contents = global ? contentsOf(global) : nullptr;
    if (!contents || !op.getType().getLayout().isIdentity())
      return op->emitOpError(
          "is memory of the host, not a constant tensor whose "
          "numbers kernels can hold; pass it as an argument");
    auto splat = dyn_cast<SplatElementsAttr>(global.getConstantInitValue());
    bool isEmpty = contents.getNumElements() == 0;
    if (!splat && !isEmpty && isReadByKernelsOnly(op))
      continue;
    Location loc = op.getLoc();
    rewriter.setInsertionPointAfter(op);
    auto memory = memref::AllocOp::create(rewriter, loc, op.getType());
    rewriter.replaceAllUsesWith(op, memory.getResult());
    if (splat) {
      Value scalar = arith::ConstantOp::create(
          rewriter, loc, splat.getSplatValue<TypedAttr>());
      linalg::FillOp::create(rewriter, loc, scalar, memory.getResult());
    } else if (!isEmpty) {
      memref::CopyOp::create(rewriter, loc, op, memory);
    }
    rewriter.setInsertionPoint(op->getBlock()->getTerminator());
    memref::DeallocOp::create(rewriter, loc, memory);
  }
  return success();
}

memref::GetGlobalOp act::constantAt(Value address) {
  auto pointer =
      address.getDefiningOp<memref::ExtractAlignedPointerAsIndexOp>();
  if (!pointer)
    return nullptr;
  Value memory = pointer.getSource();
  while (Operation *op = memory.getDefiningOp()) {
    if (auto constant = dyn_cast<memref::GetGlobalOp>(op))
      return constant;
    if (!isa<ViewLikeOpInterface, memref::ExtractStridedMetadataOp>(op))
      return nullptr;
    memory = op->getOperand(0);
  }
  return nullptr;
}

LLVM::GlobalOp act::getDeviceConstant(gpu::GPUModuleOp kernels,
                                      memref::GetGlobalOp constant) {
  SymbolTable symbols(kernels);
  if (auto known = symbols.lookup<LLVM::GlobalOp>(constant.getName()))
    return known;
  ElementsAttr contents = contentsOf(globalOf(constant));
  OpBuilder builder(kernels.getContext());
  auto type = LLVM::LLVMArrayType::get(contents.getElementType(),
                                       contents.getNumElements());
  auto global = LLVM::GlobalOp::create(
      builder, constant.getLoc(), type, /*isConstant=*/true,
      LLVM::Linkage::Internal, constant.getName(), contents,
      /*alignment=*/accessBytes, globalSpace);
  symbols.insert(global, kernels.getBody()->begin());
  return global;
}

void act::dropConstants(RewriterBase &rewriter, func::FuncOp entry) {
  SmallVector<memref::ExtractAlignedPointerAsIndexOp> addresses;
  entry.walk([&](memref::ExtractAlignedPointerAsIndexOp address) {
    if (constantAt(address))
      addresses.push_back(address);
  });
  for (memref::ExtractAlignedPointerAsIndexOp address : addresses) {
    rewriter.setInsertionPoint(address);
    rewriter.replaceOpWithNewOp<arith::ConstantIndexOp>(address, 0);
  }
  foldMetadata(entry);
  SmallVector<Operation *> views;
  entry.walk([&](Operation *op) {
    if (isa<memref::GetGlobalOp, memref::ExtractStridedMetadataOp,
            ViewLikeOpInterface>(op))
      views.push_back(op);
  });
  for (Operation *op : llvm::reverse(views))
    if (isOpTriviallyDead(op))
      rewriter.eraseOp(op);
}
