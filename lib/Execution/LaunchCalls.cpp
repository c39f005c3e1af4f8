//===- LaunchCalls.cpp - Launches of kernels as calls ---------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file turns launches in host code into calls of the runtime of a device.
//
//===----------------------------------------------------------------------===//

#include "LaunchCalls.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"

using namespace act;
using namespace mlir;

static Value constant(OpBuilder &builder, Location loc, Type type,
                      int64_t value) {
  return arith::ConstantOp::create(builder, loc,
                                   builder.getIntegerAttr(type, value));
}

/// The numbers of a launch in their order; indices as i64.
static SmallVector<Value> launchValues(gpu::LaunchFuncOp launch,
                                       OpBuilder &builder) {
  Location loc = launch.getLoc();
  Type i64 = builder.getI64Type();
  SmallVector<Value> values;
  auto append = [&](gpu::KernelDim3 sizes) {
    values.append({sizes.x, sizes.y, sizes.z});
  };
  append(launch.getGridSizeOperandValues());
  append(launch.getBlockSizeOperandValues());
  if (launch.hasClusterSize())
    append(launch.getClusterSizeOperandValues());
  else
    values.append(3, constant(builder, loc, i64, 1));
  if (Value bytes = launch.getDynamicSharedMemorySize())
    values.push_back(bytes);
  else
    values.push_back(constant(builder, loc, i64, 0));
  for (Value &value : values)
    if (value.getType().isInteger(32))
      value = arith::ExtSIOp::create(builder, loc, i64, value);
  llvm::append_range(values, launch.getKernelOperands());
  for (Value &value : values)
    if (value.getType().isIndex())
      value = arith::IndexCastOp::create(builder, loc, i64, value);
  return values;
}

/// Stores the values 8 bytes apart and returns their address.
static Value storeSlots(gpu::LaunchFuncOp launch, ArrayRef<Value> values,
                        OpBuilder &builder) {
  Location loc = launch.getLoc();
  Type i64 = builder.getI64Type();
  Type pointer = LLVM::LLVMPointerType::get(builder.getContext());
  // Outside of loops, where each iteration would take more of the stack.
  auto host = launch->getParentOfType<func::FuncOp>();
  OpBuilder atEntry = OpBuilder::atBlockBegin(&host.getBody().front());
  Value slots = LLVM::AllocaOp::create(
      atEntry, loc, pointer, i64, constant(atEntry, loc, i64, values.size()));
  for (auto [index, value] : llvm::enumerate(values)) {
    Value slot = LLVM::GEPOp::create(builder, loc, pointer, i64, slots,
                                     ArrayRef<LLVM::GEPArg>{int32_t(index)});
    LLVM::StoreOp::create(builder, loc, value, slot);
  }
  return slots;
}

static LogicalResult checkLaunch(gpu::LaunchFuncOp launch) {
  if (launch.getAsyncToken() || !launch.getAsyncDependencies().empty() ||
      launch.getAsyncObject())
    return launch.emitOpError("is asynchronous; kernels of an entry run in "
                              "order");
  if (!launch->getParentOfType<func::FuncOp>())
    return launch.emitOpError("stands in no func.func");
  return success();
}

LogicalResult act::convertLaunches(
    ModuleOp module, StringRef function,
    llvm::function_ref<std::optional<unsigned>(SymbolRefAttr)> kernel,
    llvm::function_ref<unsigned(Location)> site) {
  SmallVector<gpu::LaunchFuncOp> launches;
  module.walk([&](gpu::LaunchFuncOp launch) { launches.push_back(launch); });
  if (launches.empty())
    return success();

  OpBuilder builder = OpBuilder::atBlockBegin(module.getBody());
  Type i32 = builder.getI32Type();
  Type pointer = LLVM::LLVMPointerType::get(builder.getContext());
  auto runtime = func::FuncOp::create(
      builder, module.getLoc(), function,
      builder.getFunctionType({i32, i32, pointer}, TypeRange()));
  runtime.setPrivate();
  for (gpu::LaunchFuncOp launch : launches) {
    if (failed(checkLaunch(launch)))
      return failure();
    std::optional<unsigned> number = kernel(launch.getKernel());
    if (!number)
      return launch.emitError("there is no kernel ") << launch.getKernel();
    Location loc = launch.getLoc();
    builder.setInsertionPoint(launch);
    SmallVector<Value> values = launchValues(launch, builder);
    Value slots = storeSlots(launch, values, builder);
    func::CallOp::create(builder, loc, runtime,
                         ValueRange{constant(builder, loc, i32, *number),
                                    constant(builder, loc, i32, site(loc)),
                                    slots});
    launch.erase();
  }
  return success();
}
