//===- DeviceKernel.cpp - A kernel and its launch -------------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file implements the frame of all kernels. Numbers that the host would
// have to read from device memory, and those of floating point, are computed in
// each kernel that uses them.
//
//===----------------------------------------------------------------------===//

#include "DeviceKernel.h"

#include "ConstantMemory.h"
#include "DeviceMemory.h"

#include "Act/Conversion/Passes.h"
#include "Act/IR/Act.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Arith/Utils/Utils.h"
#include "mlir/Dialect/LLVMIR/NVVMDialect.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "llvm/ADT/SetVector.h"

using namespace mlir;
using namespace act;

gpu::GPUModuleOp KernelModule::get() {
  if (module)
    return module;
  auto parent = entry->getParentOfType<ModuleOp>();
  MLIRContext *context = parent.getContext();
  parent->setAttr(gpu::GPUDialect::getContainerModuleAttrName(),
                  UnitAttr::get(context));
  OpBuilder builder(entry);
  Attribute target = NVVM::NVVMTargetAttr::get(
      context, /*optLevel=*/2, "nvptx64-nvidia-cuda", chip.name);
  module = gpu::GPUModuleOp::create(builder, entry.getLoc(),
                                    (entry.getName() + "_kernels").str(),
                                    ArrayRef<Attribute>(target));
  SymbolTable symbols(parent);
  module->remove();
  symbols.insert(module, Block::iterator(entry));
  return module;
}

//===----------------------------------------------------------------------===//
// What the host gives
//===----------------------------------------------------------------------===//

Value act::makePointer(OpBuilder &host, Location loc, Value base,
                       OpFoldResult offset) {
  Value start = memref::ExtractAlignedPointerAsIndexOp::create(host, loc, base);
  int64_t bytes = bytesOf(cast<MemRefType>(base.getType()).getElementType());
  OpFoldResult address =
      multiplyAdd(host, loc, start, offset, host.getIndexAttr(bytes));
  Value integer = arith::IndexCastOp::create(host, loc, host.getI64Type(),
                                             cast<Value>(address));
  return LLVM::IntToPtrOp::create(
      host, loc, globalPointerType(host.getContext()), integer);
}

IterationSpace act::makeDeviceSpace(OpBuilder &host, Location loc,
                                    const IterationSpace &space) {
  IterationSpace device = space;
  for (Access &access : device.accesses) {
    if (!access.isMemory())
      continue;
    access.pointee = access.elementType();
    access.base = makePointer(host, loc, access.base, access.offset);
    access.offset = host.getIndexAttr(0);
  }
  return device;
}

/// Whether an operation for which `isSource` holds has a part in `value`, by
/// operations that a kernel may do as well.
static bool comesFrom(Value value,
                      llvm::function_ref<bool(Operation *)> isSource) {
  llvm::SetVector<Value> values;
  values.insert(value);
  for (size_t i = 0; i != values.size(); ++i) {
    Operation *op = values[i].getDefiningOp();
    if (!op || isa<MemRefType>(values[i].getType()))
      continue;
    bool canRepeat = isMemoryEffectFree(op) && op->getNumRegions() == 0;
    if ((canRepeat || isa<memref::LoadOp>(op)) && isSource(op))
      return true;
    if (canRepeat)
      values.insert(op->operand_begin(), op->operand_end());
  }
  return false;
}

bool act::isFromMemory(Value value) {
  return comesFrom(value,
                   [](Operation *op) { return isa<memref::LoadOp>(op); });
}

bool act::isComputedByKernels(Value value) {
  return comesFrom(value, [](Operation *op) {
    auto isFloat = [](Type type) { return isa<FloatType>(type); };
    return isa<memref::LoadOp>(op) ||
           (op->getNumResults() == 1 && constantAt(op->getResult(0))) ||
           llvm::any_of(op->getOperandTypes(), isFloat) ||
           llvm::any_of(op->getResultTypes(), isFloat);
  });
}

//===----------------------------------------------------------------------===//
// The kernel
//===----------------------------------------------------------------------===//

DeviceKernel::DeviceKernel(KernelModule &module, OpBuilder &host,
                           Operation *source, StringRef name,
                           const Schedule &schedule, Value guard)
    : host(host), loc(source->getLoc()), schedule(schedule),
      chip(module.getChip()), inside(host.getContext()),
      entryBuilder(host.getContext()) {
  OpBuilder outer(host.getContext());
  std::string fullName = (module.getEntry().getName() + "_" + name + "_" +
                          familyName(schedule.family))
                             .str();
  function = gpu::GPUFuncOp::create(outer, loc, fullName,
                                    outer.getFunctionType({}, {}));
  function->setAttr(gpu::GPUDialect::getKernelFuncAttrName(),
                    outer.getUnitAttr());
  function->setAttr(scheduleAttrName, toAttribute(outer, schedule));
  int32_t blockSize[] = {int32_t(schedule.threadsPerBlock), 1, 1};
  int32_t clusterSize[] = {int32_t(schedule.clusterSize), 1, 1};
  if (schedule.isFitted) {
    function->setAttr(NVVM::NVVMDialect::getMaxntidAttrName(),
                      outer.getDenseI32ArrayAttr(blockSize));
  } else {
    function.setKnownBlockSize(blockSize);
    if (schedule.clusterSize > 1)
      function.setKnownClusterSize(clusterSize);
  }
  if (std::optional<int64_t> blocks = schedule.leastBlocks())
    function->setAttr(NVVM::NVVMDialect::getMinctasmAttrName(),
                      outer.getI32IntegerAttr(*blocks));
  // What the operations of the kernel had around them.
  StringRef accuracy = getAccuracy(source, module.getDefaultAccuracy());
  if (accuracy != module.getDefaultAccuracy())
    function->setAttr(accuracyAttrName, outer.getStringAttr(accuracy));
  SymbolTable(module.get()).insert(function);

  Block *block = &function.getBody().front();
  inside.setInsertionPointToEnd(block);
  Operation *end = gpu::ReturnOp::create(inside, loc);
  inside.setInsertionPoint(end);
  entryBuilder.setInsertionPoint(end);
  if (guard) {
    auto branch = scf::IfOp::create(inside, loc, import(guard));
    inside.setInsertionPointToStart(branch.thenBlock());
  }
  // What is imported stands before all else, whoever asks for it first; under a
  // guard, which may be what keeps a load within its memory.
  mark = arith::ConstantIndexOp::create(inside, loc, 0);
  entryBuilder.setInsertionPoint(mark);
}

Value DeviceKernel::addArgument(Value value) {
  Type type = value.getType();
  Value passed = value;
  // Launches take 32-bit integers for what is shorter.
  bool isShort = type.isIntOrFloat() && type.getIntOrFloatBitWidth() < 32;
  if (isShort) {
    Type integer = host.getIntegerType(type.getIntOrFloatBitWidth());
    if (isa<FloatType>(type))
      passed = arith::BitcastOp::create(host, loc, integer, passed);
    passed = arith::ExtUIOp::create(host, loc, host.getI32Type(), passed);
  }
  arguments.push_back(passed);
  unsigned number = function.getNumArguments();
  if (failed(function.insertArgument(number, passed.getType(), {}, loc)))
    llvm_unreachable("a kernel takes any number of arguments");
  Value argument = function.getArgument(number);
  if (isShort) {
    Type integer = host.getIntegerType(type.getIntOrFloatBitWidth());
    argument = arith::TruncIOp::create(entryBuilder, loc, integer, argument);
    if (isa<FloatType>(type))
      argument = arith::BitcastOp::create(entryBuilder, loc, type, argument);
  }
  return argument;
}

Value DeviceKernel::import(Value value) {
  if (Value known = imported.lookupOrNull(value))
    return known;
  Value result;
  if (auto load = value.getDefiningOp<memref::LoadOp>()) {
    SmallVector<Value> indices;
    for (Value index : load.getIndices())
      indices.push_back(import(index));
    Value address = importAddress(entryBuilder, load.getMemRef(), indices);
    result = loadGlobal(entryBuilder, loc, address, value.getType());
  } else if (memref::GetGlobalOp constant = constantAt(value)) {
    LLVM::GlobalOp global = getDeviceConstant(
        function->getParentOfType<gpu::GPUModuleOp>(), constant);
    Value address = LLVM::AddressOfOp::create(entryBuilder, loc, global);
    address =
        LLVM::PtrToIntOp::create(entryBuilder, loc, host.getI64Type(), address);
    result = arith::IndexCastOp::create(entryBuilder, loc, host.getIndexType(),
                                        address);
  } else if (value.getDefiningOp() &&
             (value.getDefiningOp()->hasTrait<OpTrait::ConstantLike>() ||
              isComputedByKernels(value))) {
    Operation *op = value.getDefiningOp();
    for (Value operand : op->getOperands())
      import(operand);
    Operation *copy = entryBuilder.clone(*op, imported);
    result = copy->getResult(cast<OpResult>(value).getResultNumber());
  } else {
    result = addArgument(value);
  }
  imported.map(value, result);
  return result;
}

OpFoldResult DeviceKernel::import(OpFoldResult folded) {
  if (auto value = dyn_cast<Value>(folded))
    return import(value);
  return folded;
}

IterationSpace DeviceKernel::import(const IterationSpace &space) {
  IterationSpace local = space;
  for (OpFoldResult &size : local.sizes)
    size = import(size);
  for (Access &access : local.accesses) {
    if (access.base)
      access.base = import(access.base);
    for (OpFoldResult &stride : access.strides)
      stride = import(stride);
  }
  return local;
}

Value DeviceKernel::importAddress(OpBuilder &at, Value memref,
                                  ValueRange indices) {
  auto type = cast<MemRefType>(memref.getType());
  auto metadata = memref::ExtractStridedMetadataOp::create(host, loc, memref);
  auto [strides, offset] = type.getStridesAndOffset();
  OpFoldResult start = host.getIndexAttr(offset);
  if (ShapedType::isDynamic(offset))
    start = metadata.getOffset();
  Value pointer =
      import(makePointer(host, loc, metadata.getBaseBuffer(), start));
  OpFoldResult position = at.getIndexAttr(0);
  for (auto [dim, index] : llvm::enumerate(indices)) {
    OpFoldResult stride = at.getIndexAttr(strides[dim]);
    if (ShapedType::isDynamic(strides[dim]))
      stride = import(Value(metadata.getStrides()[dim]));
    position = multiplyAdd(at, loc, position, index, stride);
  }
  return makeAddress(at, loc, pointer, type.getElementType(),
                     getValueOrCreateConstantIndexOp(at, loc, position));
}

Value DeviceKernel::importSize(memref::DimOp dim) {
  std::optional<int64_t> number = dim.getConstantIndex();
  Value index = number
                    ? Value(arith::ConstantIndexOp::create(host, loc, *number))
                    : dim.getIndex();
  return import(memref::DimOp::create(host, loc, dim.getSource(), index));
}

static MemRefType sharedType(int64_t size, Type element) {
  auto space = gpu::AddressSpaceAttr::get(
      element.getContext(), gpu::GPUDialect::getWorkgroupAddressSpace());
  return MemRefType::get({size}, element, MemRefLayoutAttrInterface(), space);
}

Value DeviceKernel::makeShared(Type element, int64_t size) {
  return function.addWorkgroupAttribution(sharedType(size, element), loc);
}

Value DeviceKernel::makeDynamicShared(Type element, int64_t size) {
  if (!dynamicShared)
    dynamicShared = gpu::DynamicSharedMemoryOp::create(
        entryBuilder, loc,
        sharedType(ShapedType::kDynamic, host.getIntegerType(8)));
  Value offset =
      arith::ConstantIndexOp::create(entryBuilder, loc, dynamicBytes);
  dynamicBytes += llvm::alignTo(size * bytesOf(element), accessBytes);
  return memref::ViewOp::create(entryBuilder, loc, sharedType(size, element),
                                dynamicShared, offset, ValueRange());
}

void DeviceKernel::launch(Value blocks, Value rows) {
  Value clusterSize;
  if (schedule.clusterSize > 1)
    clusterSize =
        arith::ConstantIndexOp::create(host, loc, schedule.clusterSize);
  Value threads =
      arith::ConstantIndexOp::create(host, loc, schedule.threadsPerBlock);
  launch(blocks, rows, clusterSize, threads);
}

void DeviceKernel::launchFitted(Value clusters, Value blocks, Value threads) {
  launch(arith::MulIOp::create(host, loc, clusters, blocks), /*rows=*/nullptr,
         blocks, threads);
}

void DeviceKernel::launch(Value blocks, Value rows, Value clusterSize,
                          Value threads) {
  mark->erase();
  Value one = arith::ConstantIndexOp::create(host, loc, 1);
  // A launch of no blocks is an error: some find nothing to do.
  auto atLeast = [&](Value number, Value least) -> Value {
    return arith::MaxSIOp::create(host, loc, number, least);
  };
  std::optional<gpu::KernelDim3> cluster;
  if (schedule.clusterSize > 1)
    cluster = gpu::KernelDim3{clusterSize, one, one};
  Value sharedMemory;
  if (dynamicBytes)
    sharedMemory = arith::ConstantIntOp::create(host, loc, dynamicBytes, 32);
  gpu::LaunchFuncOp::create(
      host, loc, function,
      gpu::KernelDim3{atLeast(blocks, clusterSize ? clusterSize : one),
                      rows ? atLeast(rows, one) : one, one},
      gpu::KernelDim3{threads, one, one}, sharedMemory, arguments,
      /*asyncTokenType=*/Type(), /*asyncDependencies=*/{}, cluster);
}
