//===- KernelOps.cpp - What GPU kernels are made of -----------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file checks the operations of GPU kernels. The list is that of
// docs/GPU.md: what is compiled for GPUs is what is tested by the runner.
//
//===----------------------------------------------------------------------===//

#include "KernelOps.h"
#include "SIMT/SharedLayout.h"

#include "Act/Conversion/Expand.h"
#include "Act/Conversion/Passes.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/ControlFlow/IR/ControlFlowOps.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/LLVMIR/NVVMDialect.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/UB/IR/UBOps.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "mlir/IR/Matchers.h"
#include "mlir/IR/TypeUtilities.h"
#include "llvm/ADT/TypeSwitch.h"
#include "llvm/Support/MathExtras.h"

using namespace mlir;
using act::simt::maxSharedAlignment;

static bool isListed(Operation *op) {
  return isa_and_present<arith::ArithDialect, math::MathDialect>(
             op->getDialect()) ||
         isa<cf::BranchOp, cf::CondBranchOp, scf::ForOp, scf::IfOp,
             scf::WhileOp, scf::ConditionOp, scf::YieldOp, ub::PoisonOp>(op) ||
         isa<vector::BitCastOp, vector::BroadcastOp, vector::ExtractOp,
             vector::FromElementsOp, vector::InsertOp, vector::LoadOp,
             vector::ShuffleOp, vector::StepOp, vector::StoreOp,
             vector::ToElementsOp>(op) ||
         isa<memref::LoadOp, memref::StoreOp, memref::ViewOp,
             memref::ExtractAlignedPointerAsIndexOp>(op) ||
         isa<LLVM::GEPOp, LLVM::LoadOp, LLVM::StoreOp, LLVM::IntToPtrOp,
             LLVM::PtrToIntOp, LLVM::AddressOfOp>(op) ||
         isa<gpu::BarrierOp, gpu::BlockDimOp, gpu::BlockIdOp,
             gpu::ClusterBlockIdOp, gpu::ClusterDimBlocksOp, gpu::ClusterDimOp,
             gpu::ClusterIdOp, gpu::DynamicSharedMemoryOp, gpu::GridDimOp,
             gpu::LaneIdOp, gpu::NumSubgroupsOp, gpu::ReturnOp, gpu::ShuffleOp,
             gpu::SubgroupIdOp, gpu::SubgroupSizeOp, gpu::ThreadIdOp>(op) ||
         isa<NVVM::ClusterArriveOp, NVVM::ClusterArriveRelaxedOp,
             NVVM::ClusterWaitOp, NVVM::MapaOp, NVVM::ReduxOp,
             NVVM::SyncWarpOp>(op);
}

static LogicalResult checkPointer(Operation *op, Type type) {
  unsigned space = cast<LLVM::LLVMPointerType>(type).getAddressSpace();
  if (space == 1 || space == 3 || space == 7)
    return success();
  return op->emitOpError("accesses memory of address space ")
         << space
         << "; kernels access 1 (global), 3 (shared) and 7 (shared memory of "
            "the cluster)";
}

static bool isShared(MemRefType type) {
  auto space = dyn_cast_or_null<gpu::AddressSpaceAttr>(type.getMemorySpace());
  return space && space.getValue() == gpu::AddressSpace::Workgroup;
}

static LogicalResult checkMemory(Operation *op, MemRefType type) {
  if (isShared(type))
    return success();
  return op->emitOpError("accesses ")
         << type
         << "; kernels access memrefs of #gpu.address_space<workgroup> only, "
            "and global memory by llvm.load and llvm.store on !llvm.ptr<1>";
}

static LogicalResult checkShuffle(gpu::ShuffleOp shuffle) {
  Type type = shuffle.getValue().getType();
  if (!type.isF32() && !type.isInteger(32))
    return shuffle.emitOpError("moves ") << type << "; expected i32 or f32";
  APInt width;
  if (!matchPattern(shuffle.getWidth(), m_ConstantInt(&width)) || width != 32)
    return shuffle.emitOpError("needs the constant 32 as its width");
  return success();
}

static LogicalResult checkReduction(NVVM::ReduxOp reduction) {
  Type type = reduction.getVal().getType();
  if (type.isInteger(32))
    return success();
  return reduction.emitOpError("reduces ")
         << type << "; expected i32, which all GPUs from sm_80 on reduce";
}

static bool isScalable(Type type) {
  auto vector = dyn_cast<VectorType>(type);
  return vector && vector.isScalable();
}

/// Whether GPUs compute with such numbers, where it is one.
static bool hasRegisters(Type type) {
  Type element = getElementTypeOrSelf(type);
  if (isa<FloatType>(element))
    return isa<Float16Type, BFloat16Type, Float32Type, Float64Type>(element);
  return !element.isInteger() || element.getIntOrFloatBitWidth() <= 64;
}

static LogicalResult checkOperands(Operation *op) {
  if (llvm::any_of(op->getResultTypes(), isScalable))
    return op->emitOpError("makes a scalable vector, which GPUs do not have");
  if (!llvm::all_of(op->getResultTypes(), hasRegisters))
    return op->emitOpError("gives ") << op->getResultTypes()
                                     << "; kernels compute with f16, bf16, "
                                        "f32, f64 and integers of up to "
                                        "64 bits";
  if (act::isApproximation(op))
    if (auto vector = dyn_cast<VectorType>(op->getResult(0).getType());
        vector && vector.getRank() != 1)
      return op->emitOpError("approximates ")
             << vector << "; expected a scalar or a vector of one dimension";
  return llvm::TypeSwitch<Operation *, LogicalResult>(op)
      .Case<LLVM::LoadOp, LLVM::StoreOp>([](auto access) -> LogicalResult {
        if (access.getOrdering() != LLVM::AtomicOrdering::not_atomic)
          return access.emitOpError(
              "is atomic, which operations of kernels are "
              "not; order accesses by barriers, or make "
              "two launches");
        return checkPointer(access, access.getAddr().getType());
      })
      .Case<memref::LoadOp, memref::StoreOp>([](auto access) {
        return checkMemory(access, access.getMemRefType());
      })
      .Case<vector::LoadOp, vector::StoreOp>([](auto access) {
        return checkMemory(access, access.getMemRefType());
      })
      .Case([](gpu::ShuffleOp shuffle) { return checkShuffle(shuffle); })
      .Case([](NVVM::ReduxOp reduction) { return checkReduction(reduction); })
      .Case([](NVVM::MapaOp map) {
        return checkPointer(map, map.getA().getType());
      })
      .Default([](Operation *) { return success(); });
}

/// Whether there are more elements than any GPU has shared memory for.
static bool isTooLarge(MemRefType type) {
  constexpr int64_t most = 1 << 20;
  int64_t count = 1;
  for (int64_t size : type.getShape()) {
    if (size > most || count * size > most)
      return true;
    count *= size;
  }
  return false;
}

/// Checks memory that a kernel declares.
static LogicalResult checkDeclared(gpu::GPUFuncOp kernel, unsigned index) {
  auto type =
      cast<MemRefType>(kernel.getWorkgroupAttributions()[index].getType());
  if (!type.hasStaticShape() || !type.getLayout().isIdentity() ||
      !isShared(type) || !type.getElementType().isIntOrIndexOrFloat())
    return kernel.emitOpError("declares shared memory of type ")
           << type
           << "; expected a static contiguous memref of "
              "#gpu.address_space<workgroup>";
  if (isTooLarge(type))
    return kernel.emitOpError("declares shared memory of type ")
           << type << "; no GPU has so much";
  std::optional<int64_t> alignment = act::statedAlignment(kernel, index);
  if (alignment &&
      (!llvm::isPowerOf2_64(*alignment) || *alignment > maxSharedAlignment))
    return kernel.emitOpError("aligns shared memory to ")
           << *alignment << "; expected a power of two up to "
           << maxSharedAlignment;
  return success();
}

/// Whether kernels take such a number: PTX has no parameters of 24 bits.
static bool isParameter(Type type) {
  if (auto integer = dyn_cast<IntegerType>(type))
    return llvm::is_contained({1, 8, 16, 32, 64}, integer.getWidth());
  return type.isIndex() || (isa<FloatType>(type) && hasRegisters(type));
}

static LogicalResult checkKernel(gpu::GPUFuncOp kernel) {
  if (!kernel.isKernel())
    return kernel.emitOpError(
        "is no kernel; inline it into those that call it");
  if (kernel.getNumPrivateAttributions())
    return kernel.emitOpError("declares private memory; use values instead");
  for (Type type : kernel.getArgumentTypes()) {
    auto pointer = dyn_cast<LLVM::LLVMPointerType>(type);
    if ((pointer && pointer.getAddressSpace() == 1) || isParameter(type))
      continue;
    return kernel.emitOpError("takes an argument of type ")
           << type
           << "; expected !llvm.ptr<1>, index, f16, bf16, f32, f64, or an "
              "integer of 1, 8, 16, 32 or 64 bits";
  }
  for (unsigned i = 0; i != kernel.getNumWorkgroupAttributions(); ++i)
    if (failed(checkDeclared(kernel, i)))
      return failure();
  return success();
}

static LogicalResult checkGlobal(LLVM::GlobalOp global) {
  auto type = dyn_cast<LLVM::LLVMArrayType>(global.getType());
  if (global.getConstant() && global.getAddrSpace() == 1 && type &&
      type.getElementType().isIntOrFloat() &&
      isa_and_present<ElementsAttr>(global.getValueOrNull()))
    return success();
  return global.emitOpError("is none of the globals of kernels, which are "
                            "constant arrays of numbers in address space 1");
}

LogicalResult act::checkKernelOps(gpu::GPUModuleOp kernels) {
  LogicalResult result = success();
  for (Operation &function : *kernels.getBody()) {
    if (auto global = dyn_cast<LLVM::GlobalOp>(function)) {
      if (failed(checkGlobal(global)))
        return failure();
      continue;
    }
    auto kernel = dyn_cast<gpu::GPUFuncOp>(function);
    if (!kernel)
      return function.emitOpError("is no kernel; modules of kernels hold "
                                  "gpu.func and constants only");
    if (failed(checkKernel(kernel)))
      return failure();
    kernel.getBody().walk([&](Operation *op) {
      if (!isListed(op)) {
        op->emitOpError("is none of the operations of GPU kernels that are "
                        "listed in docs/GPU.md");
        result = failure();
      } else if (failed(checkOperands(op))) {
        result = failure();
      }
    });
  }
  return result;
}

unsigned act::bytesInMemory(Type type) {
  if (isa<LLVM::LLVMPointerType, IndexType>(type))
    return 8;
  if (!type.isIntOrFloat())
    return 0;
  return llvm::PowerOf2Ceil(llvm::divideCeil(type.getIntOrFloatBitWidth(), 8));
}

std::optional<int64_t> act::statedAlignment(gpu::GPUFuncOp kernel,
                                            unsigned index) {
  auto stated =
      dyn_cast_or_null<IntegerAttr>(kernel.getWorkgroupAttributionAttr(
          index, LLVM::LLVMDialect::getAlignAttrName()));
  return stated ? std::optional(stated.getInt()) : std::nullopt;
}

uint64_t act::declaredShared(gpu::GPUFuncOp kernel) {
  uint64_t total = 0;
  for (auto [index, memory] :
       llvm::enumerate(kernel.getWorkgroupAttributions())) {
    auto type = cast<MemRefType>(memory.getType());
    uint64_t bytes = bytesInMemory(type.getElementType());
    for (int64_t size : type.getShape())
      bytes = llvm::SaturatingMultiply<uint64_t>(bytes, size);
    uint64_t alignment =
        std::max<uint64_t>(act::workgroupAlignment,
                           act::statedAlignment(kernel, index).value_or(1));
    total =
        llvm::SaturatingAdd<uint64_t>(llvm::alignTo(total, alignment), bytes);
  }
  return total;
}
