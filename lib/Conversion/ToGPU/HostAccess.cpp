//===- HostAccess.cpp - What the host does with device memory -------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file implements what becomes of loads and stores of single numbers
// between kernels. A number that comes from memory is computed again by each
// kernel that uses it, so that the host never waits for the device.
//
//===----------------------------------------------------------------------===//

#include "HostAccess.h"

#include "DeviceKernel.h"

#include "Act/IR/Act.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"
#include "mlir/Interfaces/ViewLikeInterface.h"
#include "llvm/ADT/SetVector.h"

using namespace mlir;
using namespace act;

bool act::isDeviceWork(Operation *op) {
  return isa<linalg::LinalgOp, memref::CopyOp, memref::StoreOp,
             RowwiseOpInterface>(op);
}

/// Whether kernels read and write elements of `type`.
static bool isDeviceType(Type type) {
  if (type.isIndex() || type.isInteger(1))
    return true;
  if (isa<FloatType>(type))
    return type.isF16() || type.isBF16() || type.isF32() || type.isF64();
  return type.isSignlessInteger(8) || type.isSignlessInteger(16) ||
         type.isSignlessInteger(32) || type.isSignlessInteger(64);
}

static LogicalResult checkOperandsOf(Operation *op) {
  for (Value operand : op->getOperands()) {
    Type type = operand.getType();
    if (isa<TensorType>(type))
      return op->emitOpError("works on tensors; bufferize it first");
    auto memory = dyn_cast<MemRefType>(type);
    if (!memory)
      continue;
    if (!isDeviceType(memory.getElementType()))
      return op->emitOpError("works on elements of ")
             << memory.getElementType()
             << ", which are not lowered for GPUs yet";
    if (!memory.isStrided() || memory.getMemorySpace())
      return op->emitOpError("works on ")
             << memory << ", whose layout is not lowered for GPUs yet";
  }
  return success();
}

/// Whether the analysis of ownership had to leave to the program what it frees:
/// it compares addresses that tables in memory have.
static bool findsOwnersAsItRuns(func::FuncOp entry) {
  return SymbolTable::lookupNearestSymbolFrom(
      entry, StringAttr::get(entry.getContext(), "dealloc_helper"));
}

LogicalResult act::checkOperands(func::FuncOp entry) {
  bool hasTables = findsOwnersAsItRuns(entry);
  WalkResult walk = entry.walk([&](Operation *op) {
    if (hasTables && isa<scf::SCFDialect>(op->getDialect()) &&
        llvm::any_of(op->getResultTypes(), llvm::IsaPred<MemRefType>)) {
      op->emitOpError("hands on tensors in changing memory, which is not "
                      "lowered for GPUs yet; it stays the same where sizes are "
                      "known to");
      return WalkResult::interrupt();
    }
    if (!isDeviceWork(op) && !isa<memref::LoadOp>(op))
      return WalkResult::advance();
    return failed(checkOperandsOf(op)) ? WalkResult::interrupt()
                                       : WalkResult::advance();
  });
  return failure(walk.wasInterrupted());
}

void act::moveStackToDevice(RewriterBase &rewriter, func::FuncOp entry) {
  SmallVector<memref::AllocaOp> buffers;
  entry.walk([&](memref::AllocaOp op) { buffers.push_back(op); });
  for (memref::AllocaOp buffer : buffers) {
    rewriter.setInsertionPoint(buffer);
    Value memory = memref::AllocOp::create(
        rewriter, buffer.getLoc(), buffer.getType(), buffer.getDynamicSizes(),
        buffer.getSymbolOperands(), buffer.getAlignmentAttr());
    rewriter.setInsertionPoint(buffer->getBlock()->getTerminator());
    memref::DeallocOp::create(rewriter, buffer.getLoc(), memory);
    rewriter.replaceOp(buffer, memory);
  }
}

/// Hoists one side of `branch`, whose work is done where `condition` holds.
static void hoistSide(RewriterBase &rewriter, Block *side, scf::IfOp branch,
                      Value condition, DenseMap<Operation *, Value> &guards) {
  side->walk([&](Operation *op) {
    if (!isDeviceWork(op))
      return;
    Value &guard = guards[op];
    rewriter.setInsertionPoint(op);
    guard =
        guard ? arith::AndIOp::create(rewriter, op->getLoc(), condition, guard)
              : condition;
  });
  rewriter.eraseOp(side->getTerminator());
  rewriter.inlineBlockBefore(side, branch);
}

void act::hoistGuardedWork(RewriterBase &rewriter, func::FuncOp entry,
                           DenseMap<Operation *, Value> &guards) {
  SmallVector<scf::IfOp> branches;
  entry.walk([&](scf::IfOp branch) {
    if (branch->getNumResults() == 0 && isFromMemory(branch.getCondition()))
      branches.push_back(branch);
  });
  // The innermost first: its guard also depends on those around it. Loops and
  // branches of the host stay, with the guard on the work in them.
  for (scf::IfOp branch : branches) {
    Value condition = branch.getCondition();
    hoistSide(rewriter, branch.thenBlock(), branch, condition, guards);
    if (Block *otherwise = branch.elseBlock()) {
      rewriter.setInsertionPoint(branch);
      Value one = arith::ConstantIntOp::create(rewriter, branch.getLoc(), 1, 1);
      Value opposite =
          arith::XOrIOp::create(rewriter, branch.getLoc(), condition, one);
      hoistSide(rewriter, otherwise, branch, opposite, guards);
    }
    rewriter.eraseOp(branch);
  }
}

//===----------------------------------------------------------------------===//
// Numbers that are overwritten
//===----------------------------------------------------------------------===//

/// What `memory` is a view of.
static Value baseOf(Value memory) {
  while (auto view = memory.getDefiningOp<ViewLikeOpInterface>())
    memory = view.getViewSource();
  return memory;
}

/// Whether memory of its own, which is no view of anything else.
static bool isAllocated(Value base) {
  return base.getDefiningOp<memref::AllocOp>() != nullptr;
}

/// Whether memory of the caller.
static bool isGiven(Value base) {
  auto argument = dyn_cast<BlockArgument>(base);
  return argument && isa<func::FuncOp>(argument.getOwner()->getParentOp());
}

/// What loops and branches hand on may be any memory.
static bool mayOverlap(Value left, Value right) {
  left = baseOf(left);
  right = baseOf(right);
  if (left == right)
    return true;
  return !(isAllocated(left) && (isAllocated(right) || isGiven(right))) &&
         !(isAllocated(right) && isGiven(left));
}

/// Whether `op`, or something in it, may write what `memory` holds.
static bool mayWrite(Operation *op, Value memory) {
  std::optional<SmallVector<MemoryEffects::EffectInstance>> effects =
      getEffectsRecursively(op);
  if (!effects)
    return true;
  return llvm::any_of(*effects, [&](MemoryEffects::EffectInstance &effect) {
    Value written = effect.getValue();
    return isa<MemoryEffects::Write>(effect.getEffect()) &&
           (!written || mayOverlap(written, memory));
  });
}

/// The work that uses a number, directly or through other numbers.
static llvm::SetVector<Operation *> collectWork(Value value) {
  llvm::SetVector<Operation *> users(value.user_begin(), value.user_end()),
      work;
  for (size_t i = 0; i != users.size(); ++i) {
    Operation *user = users[i], *outermost = user;
    // A structured operation has its uses inside.
    if (auto generic = user->getParentOfType<linalg::LinalgOp>())
      outermost = generic;
    if (isDeviceWork(outermost) || isa<scf::IfOp>(user))
      work.insert(outermost);
    else
      users.insert(user->user_begin(), user->user_end());
  }
  return work;
}

/// Whether something may overwrite what is loaded before its last use.
static bool isOverwritten(memref::LoadOp load) {
  Block *block = load->getBlock();
  for (Operation *user : collectWork(load)) {
    Operation *ancestor = block->findAncestorOpInBlock(*user);
    if (!ancestor)
      continue;
    for (Operation *op = load->getNextNode(); op && op != ancestor;
         op = op->getNextNode())
      if (mayWrite(op, load.getMemRef()))
        return true;
    // What one round of a loop, work under a condition or one block of a kernel
    // writes, the next may read.
    if (mayWrite(ancestor, load.getMemRef()))
      return true;
  }
  return false;
}

void act::keepOverwrittenNumbers(RewriterBase &rewriter, func::FuncOp entry) {
  SmallVector<memref::LoadOp> loads;
  entry.walk([&](memref::LoadOp load) {
    if (!load->getParentOfType<linalg::LinalgOp>() && isOverwritten(load))
      loads.push_back(load);
  });
  for (memref::LoadOp load : loads) {
    Location loc = load.getLoc();
    rewriter.setInsertionPointAfter(load);
    auto type = MemRefType::get({}, load.getType());
    Value kept = memref::AllocOp::create(rewriter, loc, type);
    auto store =
        memref::StoreOp::create(rewriter, loc, load, kept, ValueRange());
    Value again = memref::LoadOp::create(rewriter, loc, kept, ValueRange());
    rewriter.replaceAllUsesExcept(load, again, store);
    rewriter.setInsertionPoint(load->getBlock()->getTerminator());
    memref::DeallocOp::create(rewriter, loc, kept);
  }
}

LogicalResult act::eraseNumbersOfKernels(func::FuncOp entry) {
  SmallVector<Operation *> numbers;
  entry.walk<WalkOrder::PostOrder>([&](Operation *op) {
    if (llvm::any_of(op->getResults(), isComputedByKernels))
      numbers.push_back(op);
  });
  for (Operation *op : llvm::reverse(numbers)) {
    if (op->use_empty()) {
      op->erase();
      continue;
    }
    if (llvm::none_of(op->getResults(), isFromMemory))
      continue;
    Operation *user = *op->getUsers().begin();
    InFlightDiagnostic diagnostic =
        user->emitOpError("depends on a number in the memory of the GPU, which "
                          "the host does not read");
    diagnostic.attachNote(op->getLoc())
        << "the number is computed here; pass it as an argument";
    return failure();
  }
  return success();
}
