//===- CarryInPlace.cpp - The pass act-carry-in-place ---------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file implements the pass that lets the turns of a loop, and the sides of
// a branch, share memory. Bufferization would allocate for what each hands on,
// and then who frees it is known when the program runs only.
//
//===----------------------------------------------------------------------===//

#include "Dimensions.h"

#include "Act/Conversion/Passes.h"

#include "mlir/Dialect/Bufferization/IR/Bufferization.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Interfaces/DestinationStyleOpInterface.h"
#include "mlir/Interfaces/FunctionInterfaces.h"
#include "mlir/Interfaces/LoopLikeInterface.h"

#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/SetVector.h"

namespace act {
#define GEN_PASS_DEF_ACTCARRYINPLACE
#include "Act/Conversion/Passes.h.inc"
} // namespace act

using namespace mlir;
using namespace act;

/// What bufferization makes `value` of in place, writing elements over.
static Value findOrigin(Value value) {
  while (auto result = dyn_cast<OpResult>(value)) {
    Operation *op = result.getOwner();
    if (auto insertion = dyn_cast<tensor::InsertSliceOp>(op))
      value = insertion.getDest();
    else if (auto cast = dyn_cast<tensor::CastOp>(op))
      value = cast.getSource();
    else if (auto destination = dyn_cast<DestinationStyleOpInterface>(op))
      value = destination.getTiedOpOperand(result)->get();
    else if (auto loop = dyn_cast<scf::ForOp>(op))
      value = loop.getInitArgs()[result.getResultNumber()];
    else
      break;
  }
  return value;
}

/// Whether both are known to have the same sizes.
static bool haveSameSizes(Value first, Value second) {
  auto type = dyn_cast<RankedTensorType>(first.getType());
  if (!type)
    return false;
  for (int64_t dim = 0; dim < type.getRank(); ++dim)
    if (!(traceDimension(first, dim) == traceDimension(second, dim)))
      return false;
  return true;
}

/// Whether a loop may write over `value` in place, whose turns begin with it.
static bool beginsLoop(Value value) {
  return llvm::any_of(value.getUsers(), llvm::IsaPred<LoopLikeOpInterface>);
}

/// Lets `operand` be a copy.
static void copyOperand(OpOperand &operand) {
  Value value = operand.get();
  OpBuilder builder(operand.getOwner());
  operand.set(bufferization::AllocTensorOp::create(
      builder, value.getLoc(), cast<RankedTensorType>(value.getType()),
      /*dynamicSizes=*/ValueRange(), /*copy=*/value));
}

/// Copies what a terminator puts into several memories, or into one while a
/// loop may write over it. That must come before the first is put anywhere.
static void copyShared(ArrayRef<OpOperand *> operands) {
  llvm::SmallPtrSet<Value, 4> taken;
  for (OpOperand *operand : operands)
    if (!taken.insert(findOrigin(operand->get())).second ||
        beginsLoop(operand->get()))
      copyOperand(*operand);
}

/// Puts `operand` of a terminator into `memory`, a tensor of its type.
static void putInto(OpOperand &operand, Value memory) {
  Value value = operand.get();
  OpBuilder builder(operand.getOwner());
  // What is made here can be made in place. Another value is copied: the
  // elimination of empty tensors would give this memory to it.
  Region *here = operand.getOwner()->getParentRegion();
  if (here->isAncestor(findOrigin(value).getParentRegion()))
    operand.set(bufferization::MaterializeInDestinationOp::create(
                    builder, value.getLoc(), memory.getType(), value, memory)
                    .getResult());
  else
    operand.set(linalg::CopyOp::create(builder, value.getLoc(), value, memory)
                    .getResult(0));
}

/// Adds the tensors in whose memory `value` may be, as it is or as a part of
/// it.
static void addStorage(Value value, llvm::SetVector<Value> &storage) {
  Value origin = findOrigin(value);
  Operation *op = origin.getDefiningOp();
  if (isa_and_present<tensor::ExtractSliceOp, tensor::CollapseShapeOp,
                      tensor::ExpandShapeOp>(op))
    return addStorage(op->getOperand(0), storage);
  // A branch is looked at once, however many others lead to it.
  if (!storage.insert(origin))
    return;
  if (auto branch = dyn_cast_or_null<scf::IfOp>(op)) {
    unsigned number = cast<OpResult>(origin).getResultNumber();
    addStorage(branch.thenYield()->getOperand(number), storage);
    addStorage(branch.elseYield()->getOperand(number), storage);
  }
}

static llvm::SetVector<Value> findStorage(Value value) {
  llvm::SetVector<Value> storage;
  addStorage(value, storage);
  return storage;
}

/// Whether a loop around `loop` begins with the tensor too.
static bool beginsOuterLoop(scf::ForOp loop, Value init) {
  for (Operation *outer = loop->getParentOp(); outer;
       outer = outer->getParentOp())
    if (isa<LoopLikeOpInterface>(outer) &&
        llvm::is_contained(outer->getOperands(), init))
      return true;
  return false;
}

/// A loop whose turns begin, each time, with a tensor that a loop around it
/// writes over, begins with a copy.
static void copyOuterInits(scf::ForOp loop) {
  for (OpOperand &init : loop.getInitArgsMutable()) {
    if (isa<RankedTensorType>(init.get().getType()) &&
        beginsOuterLoop(loop, init.get()))
      copyOperand(init);
  }
}

static void carryInPlace(scf::ForOp loop) {
  auto yield = cast<scf::YieldOp>(loop.getBody()->getTerminator());
  llvm::SmallMapVector<Value, OpOperand *, 4> work;
  SmallVector<OpOperand *> others;
  for (auto [next, carried] :
       llvm::zip(yield->getOpOperands(), loop.getRegionIterArgs())) {
    if (findOrigin(next.get()) == carried)
      continue;
    if (haveSameSizes(next.get(), carried))
      work[carried] = &next;
    else
      others.push_back(&next);
  }
  // What is handed on elsewhere as it was cannot be written over.
  while (!others.empty()) {
    for (Value kept : findStorage(others.pop_back_val()->get())) {
      auto *found = work.find(kept);
      if (found == work.end())
        continue;
      others.push_back(found->second);
      work.erase(found);
    }
  }
  // What changes places is read before the first is written over.
  for (auto [carried, next] : work) {
    Value value = next->get();
    auto isOther = [&, carried = carried](Value storage) {
      return storage != carried &&
             llvm::is_contained(loop.getRegionIterArgs(), storage);
    };
    llvm::SetVector<Value> storage = findStorage(value);
    // A side of a branch that leaves it as it was copies nothing; a view of it
    // has other elements in its places.
    bool isView = !isa_and_present<scf::IfOp>(value.getDefiningOp()) &&
                  storage.contains(carried);
    if (!isView && llvm::none_of(storage, isOther))
      continue;
    copyOperand(*next);
  }
  copyShared(
      llvm::map_to_vector(work, [](auto &entry) { return entry.second; }));
  for (auto [carried, next] : work)
    putInto(*next, carried);
}

/// Whether both are made in the same memory. What is made of an argument of the
/// function, or of a constant, is made in a copy.
static bool shareMemory(Value first, Value second) {
  if (first == second)
    return true;
  Value origin = findOrigin(first);
  if (origin != findOrigin(second))
    return false;
  if (auto argument = dyn_cast<BlockArgument>(origin))
    return !isa<FunctionOpInterface>(argument.getOwner()->getParentOp());
  return !origin.getDefiningOp()->hasTrait<OpTrait::ConstantLike>();
}

static void chooseInPlace(scf::IfOp branch) {
  SmallVector<OpOperand *> ofThen, ofElse;
  SmallVector<Value> memories;
  for (OpResult result : branch.getResults()) {
    OpOperand &first =
                  branch.thenYield()->getOpOperand(result.getResultNumber()),
              &second =
                  branch.elseYield()->getOpOperand(result.getResultNumber());
    if (!haveSameSizes(first.get(), second.get()) ||
        shareMemory(first.get(), second.get()))
      continue;
    ofThen.push_back(&first);
    ofElse.push_back(&second);
    OpBuilder builder(branch);
    auto type = cast<RankedTensorType>(result.getType());
    // The elimination of empty tensors would replace it on one side only.
    memories.push_back(bufferization::AllocTensorOp::create(
        builder, branch.getLoc(), type,
        dynamicSizes(builder, branch.getLoc(), type, first.get())));
  }
  copyShared(ofThen);
  copyShared(ofElse);
  for (auto [first, second, memory] : llvm::zip(ofThen, ofElse, memories)) {
    putInto(*first, memory);
    putInto(*second, memory);
  }
}

namespace {

struct CarryInPlacePass
    : public act::impl::ActCarryInPlaceBase<CarryInPlacePass> {
  void runOnOperation() override {
    getOperation().walk([](Operation *op) {
      if (auto loop = dyn_cast<scf::ForOp>(op)) {
        copyOuterInits(loop);
        carryInPlace(loop);
      } else if (auto branch = dyn_cast<scf::IfOp>(op))
        chooseInPlace(branch);
    });
  }
};

} // namespace
