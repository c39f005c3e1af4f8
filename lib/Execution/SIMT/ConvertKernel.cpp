//===- ConvertKernel.cpp - From a kernel to a host function ---------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file converts a GPU kernel to a host function that computes what one
// thread does. Operations that concern other threads become calls of the
// runner.
//
//===----------------------------------------------------------------------===//

#include "ConvertKernel.h"
#include "Thread.h"

#include "Act/Conversion/Expand.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/LLVMIR/NVVMDialect.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace act::simt;

namespace {
class KernelConversion {
public:
  KernelConversion(func::FuncOp function, ModuleOp module,
                   const KernelInfo &info, Program &program)
      : function(function), calls(module), info(info), program(program) {}

  void takeArguments(gpu::GPUFuncOp kernel);
  void replace(Operation *op);

private:
  Value thread() { return function.getArgument(0); }
  Value arguments() { return function.getArgument(1); }
  Value shared() { return function.getArgument(2); }

  /// A number of the thread, and one that all threads of its block have.
  Value ofThread(OpBuilder &builder, Location loc, size_t offset);
  Value ofBlock(OpBuilder &builder, Location loc, size_t offset);
  Value number(Operation *op);
  Value sharedView(OpBuilder &builder, Location loc, int64_t offset,
                   MemRefType type, ValueRange sizes);
  void shuffle(gpu::ShuffleOp op);
  void approximate(Operation *op);
  Value site(OpBuilder &builder, Location loc) {
    return RuntimeCalls::i32(builder, loc, program.siteOf(loc));
  }

  func::FuncOp function;
  RuntimeCalls calls;
  const KernelInfo &info;
  Program &program;
};
} // namespace

Value KernelConversion::ofThread(OpBuilder &builder, Location loc,
                                 size_t offset) {
  return RuntimeCalls::load(builder, loc, thread(), offset / 8,
                            builder.getIndexType());
}

Value KernelConversion::ofBlock(OpBuilder &builder, Location loc,
                                size_t offset) {
  Value block =
      RuntimeCalls::load(builder, loc, thread(), offsetof(Thread, numbers) / 8,
                         thread().getType());
  return RuntimeCalls::load(builder, loc, block, offset / 8,
                            builder.getIndexType());
}

Value KernelConversion::number(Operation *op) {
  OpBuilder builder(op);
  Location loc = op->getLoc();
  auto ofBlock = [&](auto dimension, size_t offset) {
    return this->ofBlock(
        builder, loc,
        offset +
            sizeof(int64_t) * static_cast<unsigned>(dimension.getDimension()));
  };
  return llvm::TypeSwitch<Operation *, Value>(op)
      .Case([&](gpu::ThreadIdOp id) {
        return ofThread(builder, loc,
                        offsetof(Thread, index) +
                            sizeof(int64_t) *
                                static_cast<unsigned>(id.getDimension()));
      })
      .Case([&](gpu::LaneIdOp) {
        return ofThread(builder, loc, offsetof(Thread, lane));
      })
      .Case([&](gpu::SubgroupIdOp) {
        return ofThread(builder, loc, offsetof(Thread, warpNumber));
      })
      .Case([&](gpu::NumSubgroupsOp) {
        return this->ofBlock(builder, loc, offsetof(BlockNumbers, numWarps));
      })
      .Case([&](gpu::SubgroupSizeOp) -> Value {
        return arith::ConstantIndexOp::create(builder, loc, warpSize);
      })
      .Case([&](gpu::BlockIdOp id) {
        return ofBlock(id, offsetof(BlockNumbers, block));
      })
      .Case([&](gpu::BlockDimOp dim) {
        return ofBlock(dim, offsetof(BlockNumbers, blockSize));
      })
      .Case([&](gpu::GridDimOp dim) {
        return ofBlock(dim, offsetof(BlockNumbers, gridSize));
      })
      .Case([&](gpu::ClusterIdOp id) {
        return ofBlock(id, offsetof(BlockNumbers, cluster));
      })
      .Case([&](gpu::ClusterDimOp dim) {
        return ofBlock(dim, offsetof(BlockNumbers, numClusters));
      })
      .Case([&](gpu::ClusterBlockIdOp id) {
        return ofBlock(id, offsetof(BlockNumbers, blockOfCluster));
      })
      .Case([&](gpu::ClusterDimBlocksOp dim) {
        return ofBlock(dim, offsetof(BlockNumbers, clusterSize));
      })
      .Default([](Operation *) { return Value(); });
}

Value KernelConversion::sharedView(OpBuilder &builder, Location loc,
                                   int64_t offset, MemRefType type,
                                   ValueRange sizes) {
  return memref::ViewOp::create(
      builder, loc, type, shared(),
      arith::ConstantIndexOp::create(builder, loc, offset), sizes);
}

/// The function gets the arguments of KernelCode; what the kernel took is read
/// from memory.
void KernelConversion::takeArguments(gpu::GPUFuncOp kernel) {
  MLIRContext *context = kernel.getContext();
  Location loc = kernel.getLoc();
  mlir::Block &entry = function.getBody().front();
  unsigned numTaken = entry.getNumArguments();
  unsigned numInputs = kernel.getFunctionType().getNumInputs();
  OpBuilder builder = OpBuilder::atBlockBegin(&entry);
  Type pointer = LLVM::LLVMPointerType::get(context);
  auto space =
      gpu::AddressSpaceAttr::get(context, gpu::AddressSpace::Workgroup);
  auto bytes = MemRefType::get({ShapedType::kDynamic}, builder.getI8Type(),
                               MemRefLayoutAttrInterface(), space);
  entry.insertArgument(0u, pointer, loc);
  entry.insertArgument(1u, pointer, loc);
  entry.insertArgument(2u, bytes, loc);
  for (unsigned i = 0; i != numTaken; ++i) {
    BlockArgument taken = entry.getArgument(3 + i);
    Value value =
        i < numInputs
            ? RuntimeCalls::load(builder, loc, arguments(), i, taken.getType())
            : sharedView(builder, loc, info.shared[i - numInputs].offset,
                         cast<MemRefType>(taken.getType()), {});
    taken.replaceAllUsesWith(value);
  }
  entry.eraseArguments(3, numTaken);
  function.setType(
      FunctionType::get(context, entry.getArgumentTypes(), TypeRange()));
}

/// The runner returns the value in the low half of 64 bits, and whether it is
/// valid in the high one.
void KernelConversion::shuffle(gpu::ShuffleOp op) {
  OpBuilder builder(op);
  Location loc = op.getLoc();
  Type type = op.getValue().getType(), i32 = builder.getI32Type();
  Value value = op.getValue();
  if (type.isF32())
    value = arith::BitcastOp::create(builder, loc, i32, value);
  Value mode =
      RuntimeCalls::i32(builder, loc, static_cast<int64_t>(op.getMode()));
  Value both =
      calls.call(builder, loc, "shuffle",
                 {thread(), value, op.getOffset(), mode, site(builder, loc)},
                 builder.getI64Type());
  Value result = arith::TruncIOp::create(builder, loc, i32, both);
  if (type.isF32())
    result = arith::BitcastOp::create(builder, loc, type, result);
  Value high = arith::ShRUIOp::create(builder, loc, both,
                                      RuntimeCalls::i64(builder, loc, 32));
  Value valid =
      arith::TruncIOp::create(builder, loc, builder.getI1Type(), high);
  op.replaceAllUsesWith(ValueRange{result, valid});
}

/// The model is called for one number, its last operand.
void KernelConversion::approximate(Operation *op) {
  OpBuilder builder(op);
  Location loc = op->getLoc();
  StringRef function = llvm::TypeSwitch<Operation *, StringRef>(op)
                           .Case([](math::Exp2Op) { return "exp2"; })
                           .Case([](math::Log2Op) { return "log2"; })
                           .Case([](math::TanhOp) { return "tanh"; })
                           .Default([](Operation *) { return "reciprocal"; });
  const act::Approximations &model = program.approximations;
  Value result =
      calls.call(builder, loc, function,
                 {op->getOperands().back(),
                  RuntimeCalls::i32(builder, loc, model.functions),
                  RuntimeCalls::i32(builder, loc, model.reciprocals)},
                 op->getResult(0).getType());
  op->getResult(0).replaceAllUsesWith(result);
}

void KernelConversion::replace(Operation *op) {
  OpBuilder builder(op);
  Location loc = op->getLoc();
  if (act::isApproximation(op)) {
    approximate(op);
    op->erase();
    return;
  }
  bool isReplaced =
      llvm::TypeSwitch<Operation *, bool>(op)
          .Case([&](gpu::ReturnOp) {
            func::ReturnOp::create(builder, loc);
            return true;
          })
          .Case([&](gpu::DynamicSharedMemoryOp memory) {
            Value size =
                ofBlock(builder, loc, offsetof(BlockNumbers, dynamicShared));
            memory.replaceAllUsesWith(sharedView(
                builder, loc, info.dynamicOffset, memory.getType(), size));
            return true;
          })
          .Case([&](gpu::ShuffleOp shuffled) {
            shuffle(shuffled);
            return true;
          })
          .Case([&](NVVM::ReduxOp reduced) {
            Value kind = RuntimeCalls::i32(
                builder, loc, static_cast<int64_t>(reduced.getKind()));
            reduced.replaceAllUsesWith(
                calls.call(builder, loc, "reduce",
                           {thread(), reduced.getVal(), kind,
                            reduced.getMaskAndClamp(), site(builder, loc)},
                           reduced.getType()));
            return true;
          })
          .Case([&](gpu::BarrierOp) {
            calls.call(builder, loc, "barrier", {thread(), site(builder, loc)});
            return true;
          })
          .Case([&](NVVM::SyncWarpOp sync) {
            calls.call(builder, loc, "warp_sync",
                       {thread(), sync.getMask(), site(builder, loc)});
            return true;
          })
          .Case<NVVM::ClusterArriveOp, NVVM::ClusterArriveRelaxedOp>(
              [&](Operation *arrive) {
                Value releases = RuntimeCalls::i32(
                    builder, loc, isa<NVVM::ClusterArriveOp>(arrive));
                calls.call(builder, loc, "cluster_arrive",
                           {thread(), releases, site(builder, loc)});
                return true;
              })
          .Case([&](NVVM::ClusterWaitOp) {
            calls.call(builder, loc, "cluster_wait",
                       {thread(), site(builder, loc)});
            return true;
          })
          .Case([&](NVVM::MapaOp map) {
            map.replaceAllUsesWith(calls.call(
                builder, loc, "map",
                {thread(), map.getA(), map.getB(), site(builder, loc)},
                map.getType()));
            return true;
          })
          .Default([&](Operation *other) {
            Value found = number(other);
            if (found)
              other->getResult(0).replaceAllUsesWith(found);
            return bool(found);
          });
  if (isReplaced)
    op->erase();
}

/// Memory spaces as the numbers that LLVM has for them.
static void numberSpaces(func::FuncOp function) {
  AttrTypeReplacer replacer;
  replacer.addReplacement([](gpu::AddressSpaceAttr space) -> Attribute {
    return IntegerAttr::get(IntegerType::get(space.getContext(), 64), 3);
  });
  replacer.recursivelyReplaceElementsIn(function, /*replaceAttrs=*/true,
                                        /*replaceLocs=*/false,
                                        /*replaceTypes=*/true);
}

void act::simt::convertKernel(gpu::GPUFuncOp kernel, ModuleOp module,
                              const KernelInfo &info, Program &program) {
  OpBuilder builder = OpBuilder::atBlockEnd(module.getBody());
  auto function = func::FuncOp::create(builder, kernel.getLoc(), info.symbol,
                                       builder.getFunctionType({}, {}));
  function.setPrivate();
  function.getBody().takeBody(kernel.getBody());
  KernelConversion conversion(function, module, info, program);
  conversion.takeArguments(kernel);
  act::unrollApproximations(function);
  SmallVector<Operation *> operations;
  function.getBody().walk([&](Operation *op) { operations.push_back(op); });
  for (Operation *op : operations)
    conversion.replace(op);
  numberSpaces(function);
}
