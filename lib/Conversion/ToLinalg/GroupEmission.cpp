//===- GroupEmission.cpp - A group as one linalg.generic ------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file emits a group of elementwise operations as one linalg.generic: each
// tensor that comes from outside is an input with the map it is read by, each
// tensor that is used outside a result.
//
//===----------------------------------------------------------------------===//

#include "ToLinalg.h"

#include "../Dimensions.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Arith/Utils/Utils.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/IR/IRMapping.h"
#include "llvm/ADT/MapVector.h"

using namespace mlir;
using namespace act;

namespace {

class GroupEmitter {
public:
  GroupEmitter(RewriterBase &rewriter, ArrayRef<Operation *> group)
      : rewriter(rewriter), group(group) {
    members.insert_range(group);
  }

  void emit() {
    collectInputs();
    collectResults();
    rewriter.setInsertionPoint(group.back());
    SmallVector<Location> locations;
    for (Operation *op : group)
      locations.push_back(op->getLoc());
    loc = rewriter.getFusedLoc(locations);

    SmallVector<Value> operands;
    SmallVector<AffineMap> maps;
    for (auto &[key, index] : inputs) {
      operands.push_back(key.first);
      maps.push_back(key.second);
    }
    unsigned rank = resultType().getRank();
    SmallVector<OpFoldResult> sizes = collectSizes();
    SmallVector<Value> destinations;
    for (Value result : results) {
      auto type = cast<RankedTensorType>(result.getType());
      SmallVector<Value> dynamicSizes;
      for (auto [index, size] : llvm::enumerate(sizes))
        if (type.isDynamicDim(index))
          dynamicSizes.push_back(
              getValueOrCreateConstantIndexOp(rewriter, loc, size));
      destinations.push_back(
          tensor::EmptyOp::create(rewriter, loc, type, dynamicSizes));
      maps.push_back(rewriter.getMultiDimIdentityMap(rank));
    }
    SmallVector<utils::IteratorType> iterators(rank,
                                               utils::IteratorType::parallel);
    auto generic = linalg::GenericOp::create(
        rewriter, loc, TypeRange(ValueRange(results)), operands, destinations,
        maps, iterators,
        [&](OpBuilder &builder, Location, ValueRange arguments) {
          emitBody(builder, arguments);
        });
    for (auto [result, replacement] : llvm::zip(results, generic.getResults()))
      rewriter.replaceAllUsesWith(result, replacement);
    for (Operation *op : llvm::reverse(group))
      rewriter.eraseOp(op);
  }

private:
  using Input = std::pair<Value, AffineMap>;

  RankedTensorType resultType() {
    return cast<RankedTensorType>(group.back()->getResult(0).getType());
  }

  bool isInside(Value value) { return members.contains(value.getDefiningOp()); }

  /// Whether the elements of `operand` are needed.
  static bool isRead(OpOperand &operand) {
    auto generic = dyn_cast<linalg::GenericOp>(operand.getOwner());
    return !generic || generic.payloadUsesValueFromOperand(&operand);
  }

  void collectInputs() {
    for (Operation *op : group) {
      for (OpOperand &operand : op->getOpOperands()) {
        Value value = operand.get();
        if (isa<RankedTensorType>(value.getType()) && isRead(operand) &&
            !isInside(value) && !splatOf(value))
          inputs.try_emplace({value, accessMap(operand)}, inputs.size());
      }
    }
  }

  void collectResults() {
    for (Operation *op : group) {
      for (Value result : op->getResults()) {
        // A use in the region of another operation counts for that one.
        bool used = llvm::any_of(result.getUsers(), [&](Operation *user) {
          return !members.contains(
              op->getBlock()->findAncestorOpInBlock(*user));
        });
        if (used)
          results.push_back(result);
      }
    }
    // A group that nobody uses still needs one result to be well-formed; it
    // vanishes with the dead code.
    if (results.empty())
      results.push_back(group.back()->getResult(0));
  }

  /// The sizes of the results: static if any type says so, else of an input
  /// that has the dimension, else of a destination.
  SmallVector<OpFoldResult> collectSizes() {
    SmallVector<OpFoldResult> sizes(resultType().getRank());
    auto set = [&](Value value, AffineMap map, bool dynamic) {
      auto type = dyn_cast<RankedTensorType>(value.getType());
      if (!type)
        return;
      for (auto [position, expr] : llvm::enumerate(map.getResults())) {
        auto dim = dyn_cast<AffineDimExpr>(expr);
        if (!dim || sizes[dim.getPosition()])
          continue;
        if (!type.isDynamicDim(position))
          sizes[dim.getPosition()] =
              rewriter.getIndexAttr(type.getDimSize(position));
        else if (dynamic)
          sizes[dim.getPosition()] =
              materialize(rewriter, loc, traceDimension(value, position));
      }
    };
    for (Operation *op : group) {
      for (Value result : op->getResults())
        set(result, rewriter.getMultiDimIdentityMap(sizes.size()), false);
      for (OpOperand &operand : op->getOpOperands())
        set(operand.get(), accessMap(operand), false);
    }
    for (auto &[key, index] : inputs)
      set(key.first, key.second, true);
    for (Operation *op : group)
      for (OpOperand &operand : op->getOpOperands())
        if (!isInside(operand.get()))
          set(operand.get(), accessMap(operand), true);
    return sizes;
  }

  void emitBody(OpBuilder &builder, ValueRange arguments) {
    IRMapping scalars;
    for (Operation *op : group) {
      if (auto generic = dyn_cast<linalg::GenericOp>(op))
        emitPayload(builder, generic, scalars, arguments);
      else if (isa<tensor::CastOp>(op))
        scalars.map(op->getResult(0), elementOf(builder, op->getOpOperand(0),
                                                scalars, arguments));
      else
        emitScalar(builder, op, scalars, arguments);
    }
    SmallVector<Value> yielded;
    for (Value result : results)
      yielded.push_back(scalars.lookup(result));
    linalg::YieldOp::create(builder, loc, yielded);
  }

  /// The element that a member reads through `operand`.
  Value elementOf(OpBuilder &builder, OpOperand &operand, IRMapping &scalars,
                  ValueRange arguments) {
    Value value = operand.get();
    if (!isa<RankedTensorType>(value.getType()))
      return value;
    if (isInside(value))
      return scalars.lookup(value);
    if (OpFoldResult splat = splatOf(value)) {
      if (auto scalar = dyn_cast<Value>(splat))
        return scalar;
      return arith::ConstantOp::create(builder, operand.getOwner()->getLoc(),
                                       cast<TypedAttr>(cast<Attribute>(splat)));
    }
    return arguments[inputs.lookup({value, accessMap(operand)})];
  }

  void emitScalar(OpBuilder &builder, Operation *op, IRMapping &scalars,
                  ValueRange arguments) {
    IRMapping operands;
    for (OpOperand &operand : op->getOpOperands())
      operands.map(operand.get(),
                   elementOf(builder, operand, scalars, arguments));
    Operation *scalar = builder.clone(*op, operands);
    for (auto [result, old] :
         llvm::zip(scalar->getResults(), op->getResults())) {
      result.setType(getElementTypeOrSelf(old.getType()));
      scalars.map(old, result);
    }
  }

  void emitPayload(OpBuilder &builder, linalg::GenericOp generic,
                   IRMapping &scalars, ValueRange arguments) {
    IRMapping payload;
    for (OpOperand &operand : generic->getOpOperands())
      if (isRead(operand))
        payload.map(generic.getMatchingBlockArgument(&operand),
                    elementOf(builder, operand, scalars, arguments));
    for (Operation &op : generic.getBody()->without_terminator())
      builder.clone(op, payload);
    for (auto [result, value] :
         llvm::zip(generic.getResults(),
                   generic.getBody()->getTerminator()->getOperands()))
      scalars.map(result, payload.lookupOrDefault(value));
  }

  RewriterBase &rewriter;
  ArrayRef<Operation *> group;
  llvm::SmallPtrSet<Operation *, 8> members;
  Location loc = rewriter.getUnknownLoc();
  llvm::MapVector<Input, unsigned> inputs;
  SmallVector<Value> results;
};

} // namespace

void act::emitElementwiseGroup(RewriterBase &rewriter,
                               ArrayRef<Operation *> group) {
  GroupEmitter(rewriter, group).emit();
}
