//===- PointerAttributes.cpp - What kernels may count on ------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file implements the attributes of pointers: where each comes from on the
// host, and what the kernel does with it.
//
//===----------------------------------------------------------------------===//

#include "PointerAttributes.h"

#include "../Entry.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/GPU/IR/GPUDialect.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/LLVMIR/NVVMDialect.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Interfaces/ViewLikeInterface.h"
#include "llvm/ADT/MapVector.h"

using namespace mlir;
using namespace act;

namespace {

/// What a kernel does with a pointer.
struct Use {
  bool reads = false, writes = false;
};

/// The memory of one entry.
class Memory {
public:
  Memory(func::FuncOp entry,
         const std::set<std::pair<unsigned, unsigned>> &shared)
      : shared(shared), numInputs(countInputs(entry)) {}

  /// The argument of the entry or the allocation that a pointer of the host
  /// points to; null if that is not known.
  static Value rootOf(Value pointer);

  /// Whether two roots may be the same memory.
  bool mayOverlap(Value left, Value right) {
    if (!left || !right || left == right)
      return true;
    auto first = dyn_cast<BlockArgument>(left);
    auto second = dyn_cast<BlockArgument>(right);
    // What the entry allocates is its own.
    if (!first || !second)
      return false;
    unsigned low = std::min(first.getArgNumber(), second.getArgNumber());
    unsigned high = std::max(first.getArgNumber(), second.getArgNumber());
    if (low >= numInputs)
      return false;
    return high < numInputs || shared.count({low, high - numInputs});
  }

private:
  const std::set<std::pair<unsigned, unsigned>> &shared;
  unsigned numInputs;
};

} // namespace

Value Memory::rootOf(Value pointer) {
  Value value = pointer;
  while (Operation *op = value.getDefiningOp()) {
    if (isa<memref::AllocOp>(op))
      return value;
    if (auto sum = dyn_cast<arith::AddIOp>(op)) {
      // An address plus an offset.
      bool isLeft =
          sum.getLhs()
              .getDefiningOp<memref::ExtractAlignedPointerAsIndexOp>() !=
          nullptr;
      value = isLeft ? sum.getLhs() : sum.getRhs();
    } else if (isa<LLVM::IntToPtrOp, arith::IndexCastOp, ViewLikeOpInterface,
                   memref::ExtractStridedMetadataOp,
                   memref::ExtractAlignedPointerAsIndexOp>(op)) {
      value = op->getOperand(0);
    } else {
      return nullptr;
    }
  }
  // Those of loops may be any memory.
  Block *block = cast<BlockArgument>(value).getOwner();
  return isa<func::FuncOp>(block->getParentOp()) ? value : nullptr;
}

/// Adds what is done with `pointer` or pointers that are made of it.
static void collectUses(Value pointer, Use &found) {
  for (OpOperand &use : pointer.getUses()) {
    Operation *op = use.getOwner();
    if (isa<LLVM::GEPOp>(op)) {
      collectUses(op->getResult(0), found);
    } else if (isa<LLVM::LoadOp>(op)) {
      found.reads = true;
    } else if (auto store = dyn_cast<LLVM::StoreOp>(op);
               store && store.getValue() != pointer) {
      found.writes = true;
    } else {
      found = {/*reads=*/true, /*writes=*/true};
    }
  }
}

static void attach(gpu::GPUFuncOp kernel, ArrayRef<gpu::LaunchFuncOp> launches,
                   Memory &memory) {
  struct Pointer {
    unsigned number;
    /// In each launch.
    SmallVector<Value> roots;
    Use use;
  };
  SmallVector<Pointer> pointers;
  for (BlockArgument argument : kernel.getArguments()) {
    if (!isa<LLVM::LLVMPointerType>(argument.getType()))
      continue;
    unsigned number = argument.getArgNumber();
    Pointer pointer = {number, {}, {}};
    for (gpu::LaunchFuncOp launch : launches)
      pointer.roots.push_back(
          Memory::rootOf(launch.getKernelOperands()[number]));
    collectUses(argument, pointer.use);
    pointers.push_back(pointer);
  }
  auto conflict = [&](const Pointer &left, const Pointer &right) {
    if (left.number == right.number || !(left.use.writes || right.use.writes))
      return false;
    return llvm::any_of(llvm::zip(left.roots, right.roots), [&](auto roots) {
      return memory.mayOverlap(std::get<0>(roots), std::get<1>(roots));
    });
  };
  // The assembler moves loads through the read-only cache behind barriers: in a
  // cluster they would begin when all its blocks have.
  bool isCluster =
      kernel.walk([](NVVM::ClusterWaitOp) { return WalkResult::interrupt(); })
          .wasInterrupted();
  auto unit = UnitAttr::get(kernel.getContext());
  for (const Pointer &pointer : pointers) {
    if (pointer.use.reads && !pointer.use.writes)
      kernel.setArgAttr(pointer.number,
                        LLVM::LLVMDialect::getReadonlyAttrName(), unit);
    if (!isCluster && llvm::none_of(pointers, [&](const Pointer &other) {
          return conflict(pointer, other);
        }))
      kernel.setArgAttr(pointer.number, LLVM::LLVMDialect::getNoAliasAttrName(),
                        unit);
  }
}

void act::attachPointerAttributes(
    func::FuncOp entry, const std::set<std::pair<unsigned, unsigned>> &shared) {
  if (countInputs(entry) == entry.getNumArguments())
    return;
  llvm::MapVector<gpu::GPUFuncOp, SmallVector<gpu::LaunchFuncOp>> kernels;
  entry.walk([&](gpu::LaunchFuncOp launch) {
    auto kernel = SymbolTable::lookupNearestSymbolFrom<gpu::GPUFuncOp>(
        launch, launch.getKernelAttr());
    kernels[kernel].push_back(launch);
  });
  Memory memory(entry, shared);
  for (auto &[kernel, launches] : kernels)
    attach(kernel, launches, memory);
}
