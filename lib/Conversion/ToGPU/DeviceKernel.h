//===- DeviceKernel.h - A kernel and its launch -----------------*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares how kernels come into being: a function in the entry's
// gpu.module, what it takes from the host, and the launch.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_CONVERSION_TOGPU_DEVICEKERNEL_H
#define ACT_LIB_CONVERSION_TOGPU_DEVICEKERNEL_H

#include "../ToLoops/IterationSpace.h"
#include "Chip.h"
#include "Schedule.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/GPU/IR/GPUDialect.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/IR/IRMapping.h"

namespace act {

/// The kernels of one entry, gpu.module @ENTRY_kernels. It comes into being
/// with the first of them.
class KernelModule {
public:
  /// `accuracy` is the tier of operations that do not name one.
  KernelModule(mlir::func::FuncOp entry, const Chip &chip,
               llvm::StringRef accuracy)
      : entry(entry), chip(chip), accuracy(accuracy) {}

  mlir::func::FuncOp getEntry() { return entry; }
  const Chip &getChip() const { return chip; }
  llvm::StringRef getDefaultAccuracy() const { return accuracy; }
  /// Makes the module if there is none.
  mlir::gpu::GPUModuleOp get();

private:
  mlir::func::FuncOp entry;
  Chip chip;
  llvm::StringRef accuracy;
  mlir::gpu::GPUModuleOp module;
};

/// The space with pointers to global memory in place of memrefs; the offsets of
/// operands are added to them.
IterationSpace makeDeviceSpace(mlir::OpBuilder &host, mlir::Location loc,
                               const IterationSpace &space);

/// A pointer of the host to element `offset` of `base`, a memref of memory that
/// is contiguous.
mlir::Value makePointer(mlir::OpBuilder &host, mlir::Location loc,
                        mlir::Value base, mlir::OpFoldResult offset);

/// Whether a number of the host comes from memory, which only kernels can read.
bool isFromMemory(mlir::Value value);

/// Whether kernels compute a number again that the host has: it comes from
/// memory, or from or through floating-point numbers, or is an address of a
/// constant. What is left to the host are sizes and addresses, which any
/// launcher computes.
bool isComputedByKernels(mlir::Value value);

/// A kernel under construction.
class DeviceKernel {
public:
  /// The kernel of `source`, launched where `host` stands. With `guard` it does
  /// nothing unless that holds.
  DeviceKernel(KernelModule &module, mlir::OpBuilder &host,
               mlir::Operation *source, llvm::StringRef name,
               const Schedule &schedule, mlir::Value guard = nullptr);

  /// Stands in the body of the kernel.
  mlir::OpBuilder &body() { return inside; }
  const Schedule &getSchedule() const { return schedule; }
  const Chip &getChip() const { return chip; }
  mlir::Region &getBody() { return function.getBody(); }

  /// What the host has, in the kernel: a constant, an argument, or the same
  /// computation.
  mlir::Value import(mlir::Value value);
  mlir::OpFoldResult import(mlir::OpFoldResult folded);
  /// The same of a space of pointers.
  IterationSpace import(const IterationSpace &space);
  /// The address of an element of a memref of the host, whose indices are of
  /// the kernel.
  mlir::Value importAddress(mlir::OpBuilder &at, mlir::Value memref,
                            mlir::ValueRange indices);

  /// What a memref.dim that the host could compute gives.
  mlir::Value importSize(mlir::memref::DimOp dim);

  /// Static memory of the block.
  mlir::Value makeShared(mlir::Type element, int64_t size);
  /// Memory of the block that launches ask for, aligned to 16 bytes: there may
  /// be more of it than is declared.
  mlir::Value makeDynamicShared(mlir::Type element, int64_t size);

  /// Launches the finished kernel on `blocks`, and as many in the second
  /// dimension as `rows` says.
  void launch(mlir::Value blocks, mlir::Value rows = nullptr);
  /// Launches a fitted kernel on clusters of `blocks`, which have `threads`
  /// each.
  void launchFitted(mlir::Value clusters, mlir::Value blocks,
                    mlir::Value threads);

private:
  mlir::Value addArgument(mlir::Value value);
  void launch(mlir::Value blocks, mlir::Value rows, mlir::Value clusterSize,
              mlir::Value threads);

  mlir::OpBuilder &host;
  mlir::Location loc;
  Schedule schedule;
  Chip chip;
  mlir::gpu::GPUFuncOp function;
  mlir::OpBuilder inside;
  /// Where constants are, and what is imported.
  mlir::OpBuilder entryBuilder;
  mlir::Operation *mark = nullptr;
  /// What launches ask for.
  mlir::Value dynamicShared;
  int64_t dynamicBytes = 0;
  mlir::IRMapping imported;
  llvm::SmallVector<mlir::Value> arguments;
};

} // namespace act

#endif // ACT_LIB_CONVERSION_TOGPU_DEVICEKERNEL_H
