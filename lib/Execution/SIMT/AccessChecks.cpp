//===- AccessChecks.cpp - Checks before accesses of memory ----------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file inserts the checks of what kernels read and write. In the LLVM
// dialect all accesses look alike, and tell their memory by the address space.
//
//===----------------------------------------------------------------------===//

#include "RuntimeCalls.h"
#include "ToHost.h"

#include "mlir/IR/TypeUtilities.h"
#include "mlir/Interfaces/DataLayoutInterfaces.h"
#include "llvm/Support/MathExtras.h"

using namespace mlir;
using namespace act::simt;

/// Bytes that an access to a number, a pointer or a vector touches.
static unsigned bytesOf(Type type) {
  if (auto vector = dyn_cast<VectorType>(type))
    return vector.getNumElements() * bytesOf(vector.getElementType());
  return type.isIntOrFloat() ? llvm::divideCeil(type.getIntOrFloatBitWidth(), 8)
                             : 8;
}

namespace {
class AccessChecks {
public:
  AccessChecks(ModuleOp module, KernelInfo &info, Program &program)
      : calls(module), layout(module), info(info), program(program) {}

  /// `value` is what is read or written at `address`.
  void insert(Operation *op, Value address, Type value,
              std::optional<uint64_t> alignment, bool isWrite) {
    unsigned space =
        cast<LLVM::LLVMPointerType>(address.getType()).getAddressSpace();
    // The runner's own memory.
    if (space == 0)
      return;
    bool isGlobal = space == 1, isCluster = space == 7;
    bool isStated = alignment && llvm::isPowerOf2_64(*alignment);
    unsigned known = isStated ? *alignment : layout.getTypeABIAlignment(value);
    // No piece that is recorded belongs to two elements.
    unsigned &granule = isGlobal ? info.globalGranule : info.sharedGranule;
    granule = std::min({granule, known,
                        llvm::bit_floor(bytesOf(getElementTypeOrSelf(value)))});
    OpBuilder builder(op);
    Location loc = op->getLoc();
    auto function = op->getParentOfType<LLVM::LLVMFuncOp>();
    auto i32 = [&](int64_t number) {
      return RuntimeCalls::i32(builder, loc, number);
    };
    Value plain = LLVM::AddrSpaceCastOp::create(
        builder, loc, LLVM::LLVMPointerType::get(builder.getContext()),
        address);
    calls.call(builder, loc, isGlobal ? "access_global" : "access_shared",
               {function.getArgument(0), plain, i32(bytesOf(value)), i32(known),
                i32(isWrite | isCluster << 1), i32(program.siteOf(loc))});
  }

private:
  RuntimeCalls calls;
  DataLayout layout;
  KernelInfo &info;
  Program &program;
};
} // namespace

void act::simt::insertAccessChecks(ModuleOp module, Program &program) {
  for (KernelInfo &info : program.kernels) {
    AccessChecks checks(module, info, program);
    auto function = module.lookupSymbol<LLVM::LLVMFuncOp>(info.symbol);
    function.walk([&](Operation *op) {
      if (auto load = dyn_cast<LLVM::LoadOp>(op))
        checks.insert(op, load.getAddr(), load.getType(), load.getAlignment(),
                      /*isWrite=*/false);
      else if (auto store = dyn_cast<LLVM::StoreOp>(op))
        checks.insert(op, store.getAddr(), store.getValue().getType(),
                      store.getAlignment(), /*isWrite=*/true);
    });
  }
}
