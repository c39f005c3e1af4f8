//===- ResultParts.cpp - Results put together from parts ------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file implements how the result of an entry gets into its memory, whole
// or part by part.
//
//===----------------------------------------------------------------------===//

#include "ResultParts.h"

#include "mlir/Dialect/Bufferization/IR/Bufferization.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Interfaces/DestinationStyleOpInterface.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"
#include "llvm/ADT/SetVector.h"

using namespace mlir;
using namespace act;

/// Whether `first` ends where `second` begins in dimension `dim`, with
/// stride 1.
static bool isFollowedBy(tensor::InsertSliceOp first,
                         tensor::InsertSliceOp second, int64_t dim) {
  OpFoldResult offset = first.getMixedOffsets()[dim];
  OpFoldResult size = first.getMixedSizes()[dim];
  OpFoldResult next = second.getMixedOffsets()[dim];
  if (getConstantIntValue(offset) == 0)
    return isEqualConstantIntOrValue(size, next);
  std::optional<int64_t> start = getConstantIntValue(offset),
                         extent = getConstantIntValue(size),
                         other = getConstantIntValue(next);
  return start && extent && other && *start + *extent <= *other;
}

/// Whether the slices are known to have no element in common.
static bool areDisjoint(tensor::InsertSliceOp lhs, tensor::InsertSliceOp rhs) {
  for (int64_t dim = 0; dim < lhs.getType().getRank(); ++dim) {
    std::optional<int64_t> stride =
        getConstantIntValue(lhs.getMixedStrides()[dim]);
    if (!stride || *stride <= 0 ||
        getConstantIntValue(rhs.getMixedStrides()[dim]) != stride)
      continue;
    if (*stride == 1 &&
        (isFollowedBy(lhs, rhs, dim) || isFollowedBy(rhs, lhs, dim)))
      return true;
    std::optional<int64_t> left =
                               getConstantIntValue(lhs.getMixedOffsets()[dim]),
                           right =
                               getConstantIntValue(rhs.getMixedOffsets()[dim]);
    if (left && right && (*left - *right) % *stride != 0)
      return true;
  }
  return false;
}

/// The insertions that make `result` of an empty tensor, none if it is made
/// otherwise.
static SmallVector<tensor::InsertSliceOp> collectParts(Value result) {
  SmallVector<tensor::InsertSliceOp> parts;
  while (auto part = result.getDefiningOp<tensor::InsertSliceOp>()) {
    bool sameRank = part.getSourceType().getRank() == part.getType().getRank();
    bool disjoint = llvm::all_of(parts, [&](tensor::InsertSliceOp other) {
      return areDisjoint(part, other);
    });
    if (!sameRank || !disjoint)
      return {};
    parts.push_back(part);
    result = part.getDest();
  }
  if (!result.getDefiningOp<tensor::EmptyOp>())
    return {};
  return parts;
}

/// The memory of a part, as soon as its sizes are known: the kernel that writes
/// it comes later.
static Value makePartView(OpBuilder &builder, tensor::InsertSliceOp part,
                          Value memory) {
  OpBuilder::InsertionGuard guard(builder);
  Block *block = part->getBlock();
  Operation *last = nullptr;
  for (Value operand : part->getOperands().drop_front(2)) {
    Operation *definition = operand.getDefiningOp();
    if (definition && (!last || last->isBeforeInBlock(definition)))
      last = definition;
  }
  if (last)
    builder.setInsertionPointAfter(last);
  else
    builder.setInsertionPointToStart(block);
  return memref::SubViewOp::create(builder, part.getLoc(), memory,
                                   part.getMixedOffsets(), part.getMixedSizes(),
                                   part.getMixedStrides());
}

void ResultParts::add(OpBuilder &builder, Location loc, Value result,
                      Value memory) {
  SmallVector<tensor::InsertSliceOp> insertions = collectParts(result);
  if (insertions.empty())
    parts.push_back({loc, result, memory});
  for (tensor::InsertSliceOp insertion : llvm::reverse(insertions))
    parts.push_back({insertion.getLoc(), insertion.getSource(),
                     makePartView(builder, insertion, memory)});
}

/// Adds what `value` may be made of in place, elements over elements; nothing
/// if it is made anew.
static void addOrigins(Value value, SmallVectorImpl<Value> &origins) {
  auto result = dyn_cast<OpResult>(value);
  if (!result)
    return;
  Operation *op = result.getOwner();
  unsigned number = result.getResultNumber();
  if (auto insertion = dyn_cast<tensor::InsertSliceOp>(op)) {
    origins.push_back(insertion.getDest());
  } else if (auto cast = dyn_cast<tensor::CastOp>(op)) {
    origins.push_back(cast.getSource());
  } else if (auto loop = dyn_cast<scf::ForOp>(op)) {
    origins.push_back(loop.getInitArgs()[number]);
    origins.push_back(loop.getYieldedValues()[number]);
  } else if (auto loop = dyn_cast<scf::WhileOp>(op)) {
    // The operands of the condition need not be those of the turn.
    llvm::append_range(origins, loop.getInits());
    llvm::append_range(origins, loop.getYieldedValues());
    origins.push_back(loop.getConditionOp().getArgs()[number]);
  } else if (auto branch = dyn_cast<scf::IfOp>(op)) {
    origins.push_back(branch.thenYield()->getOperand(number));
    origins.push_back(branch.elseYield()->getOperand(number));
  } else if (auto destination = dyn_cast<DestinationStyleOpInterface>(op)) {
    OpOperand *init = destination.getTiedOpOperand(result);
    auto structured = dyn_cast<linalg::LinalgOp>(op);
    if (!structured || structured.payloadUsesValueFromOperand(init))
      origins.push_back(init->get());
  }
}

using Origins = llvm::SmallSetVector<Value, 8>;

/// All that `value` may be made of, itself before the others.
static Origins findOrigins(Value value) {
  Origins all;
  SmallVector<Value> work{value};
  while (!work.empty()) {
    Value next = work.pop_back_val();
    if (all.insert(next))
      addOrigins(next, work);
  }
  return all;
}

/// Whether two values are made of one, each in a way of its own. One of them
/// may come to be in the memory of the other.
static bool areForked(const Origins &ofLeft, const Origins &ofRight) {
  Value left = ofLeft.front(), right = ofRight.front();
  // What one is made of is read before the other is written, unless a branch
  // may hand it on as it was.
  auto mayBeHandedOn = [](Value value) {
    return isa_and_present<scf::IfOp, scf::WhileOp>(value.getDefiningOp());
  };
  if (ofLeft.contains(right) || ofRight.contains(left))
    return left != right && (llvm::any_of(ofLeft, mayBeHandedOn) ||
                             llvm::any_of(ofRight, mayBeHandedOn));
  return llvm::any_of(ofLeft,
                      [&](Value value) { return ofRight.contains(value); });
}

void ResultParts::materialize(OpBuilder &builder) {
  // Elimination of empty tensors gives memory to what a part is made from, too.
  // Where that is a part itself it must be read before the other is written,
  // and bufferization knows of no order. Definitions have one.
  // Parts of one definition keep their order.
  auto isBefore = [](const Part &lhs, const Part &rhs) {
    Operation *first = lhs.value.getDefiningOp(),
              *second = rhs.value.getDefiningOp();
    if (!first || !second)
      return !first && second;
    return first != second && first->isBeforeInBlock(second);
  };
  // (std::stable_sort asks for memory in a way that is deprecated.)
  SmallVector<Part> ordered;
  for (const Part &part : parts)
    ordered.insert(llvm::upper_bound(ordered, part, isBefore), part);
  parts.assign(ordered.begin(), ordered.end());
  // Where two parts are made of one tensor no order will do: that is in memory
  // of its own.
  auto origins = llvm::map_to_vector(
      parts, [](const Part &part) { return findOrigins(part.value); });
  for (auto [part, ofPart] : llvm::zip(parts, origins))
    if (llvm::any_of(origins, [&ofPart = ofPart](const Origins &ofOther) {
          return areForked(ofPart, ofOther);
        }))
      part.value = bufferization::AllocTensorOp::create(
          builder, part.loc, cast<RankedTensorType>(part.value.getType()),
          /*dynamicSizes=*/ValueRange(), /*copy=*/part.value);
  for (const Part &part : parts)
    bufferization::MaterializeInDestinationOp::create(
        builder, part.loc, /*result=*/Type(), part.value, part.memory,
        /*restrict=*/true, /*writable=*/true);
  parts.clear();
}
