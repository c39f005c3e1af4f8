//===- OutlineResults.cpp - The pass act-outline-results ------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file implements the pass that gives entries the signature which the host
// calls: memory for every input and every result. Bufferization then starts
// from memory on both sides and needs no copies between.
//
//===----------------------------------------------------------------------===//

#include "Entry.h"
#include "ResultParts.h"

#include "Act/Conversion/Passes.h"

#include "mlir/Dialect/Bufferization/IR/Bufferization.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"

#include "llvm/ADT/SetVector.h"

namespace act {
#define GEN_PASS_DEF_ACTOUTLINERESULTS
#include "Act/Conversion/Passes.h.inc"
} // namespace act

using namespace mlir;
using namespace act;

namespace {

struct OutlineResultsPass
    : public act::impl::ActOutlineResultsBase<OutlineResultsPass> {
  using ActOutlineResultsBase::ActOutlineResultsBase;

  void runOnOperation() override {
    for (auto function : getOperation().getOps<func::FuncOp>()) {
      if (!isEntry(function))
        continue;
      if (!function.getBody().hasOneBlock()) {
        function.emitError() << "'" << function.getName()
                             << "' branches; use scf.if and scf.for instead";
        return signalPassFailure();
      }
      takeMemory(function);
      SmallVector<DictionaryAttr> attributes;
      if (!function->hasAttr(queryAttrName))
        attributes = outlineResults(function);
      updateType(function);
      if (!attributes.empty())
        function.setAllArgAttrs(attributes);
    }
  }

private:
  MemRefType memoryType(Type type) {
    auto tensor = dyn_cast<RankedTensorType>(type);
    if (!tensor)
      return MemRefType::get({}, type);
    if (!strided || tensor.getRank() == 0)
      return MemRefType::get(tensor.getShape(), tensor.getElementType());
    SmallVector<int64_t> strides(tensor.getRank(), ShapedType::kDynamic);
    auto layout = StridedLayoutAttr::get(type.getContext(),
                                         ShapedType::kDynamic, strides);
    return MemRefType::get(tensor.getShape(), tensor.getElementType(), layout);
  }

  /// Tensor arguments become memory. `restrict` holds: the only other name of
  /// an input can be a result, where the host knows that this does no harm.
  void takeMemory(func::FuncOp function) {
    OpBuilder builder = OpBuilder::atBlockBegin(&function.getBody().front());
    for (BlockArgument argument : function.getArguments()) {
      auto tensor = dyn_cast<RankedTensorType>(argument.getType());
      if (!tensor)
        continue;
      argument.setType(memoryType(tensor));
      auto value = bufferization::ToTensorOp::create(
          builder, argument.getLoc(), tensor, argument, /*restrict=*/true);
      argument.replaceAllUsesExcept(value, value);
    }
  }

  /// Results become arguments behind all others. Returns the attributes of all,
  /// for when the type of the function has them.
  SmallVector<DictionaryAttr> outlineResults(func::FuncOp function) {
    Block &body = function.getBody().front();
    auto terminator = cast<func::ReturnOp>(body.getTerminator());
    OpBuilder builder(terminator);
    Location loc = terminator.getLoc();

    SmallVector<DictionaryAttr> attributes;
    function.getAllArgAttrs(attributes);
    attributes.resize(function.getNumArguments(),
                      builder.getDictionaryAttr({}));
    SmallVector<Value> results(terminator.getOperands());
    ResultParts parts;
    for (auto [index, result] : llvm::enumerate(results)) {
      NamedAttrList list(function.getResultAttrs(index));
      list.set(resultAttrName, builder.getUnitAttr());
      attributes.push_back(list.getDictionary(&getContext()));
      BlockArgument memory =
          body.addArgument(memoryType(result.getType()), loc);
      if (isa<RankedTensorType>(result.getType()))
        parts.add(builder, loc, result, memory);
      else
        memref::StoreOp::create(builder, loc, result, memory, ValueRange());
    }
    parts.materialize(builder);
    terminator.getOperandsMutable().clear();
    eraseDeadInsertions(results);
    function->removeAttr(function.getResAttrsAttrName());
    return attributes;
  }

  /// Erases the insertions that put results together from parts.
  static void eraseDeadInsertions(ValueRange results) {
    // Two results may be the same, or one be a part of the other.
    llvm::SmallSetVector<Operation *, 8> insertions;
    for (Value result : results)
      while (auto insertion = result.getDefiningOp<tensor::InsertSliceOp>()) {
        insertions.insert(insertion);
        result = insertion.getDest();
      }
    bool erased = true;
    while (std::exchange(erased, false))
      insertions.remove_if([&](Operation *insertion) {
        bool isDead = insertion->use_empty();
        if (isDead)
          insertion->erase();
        erased |= isDead;
        return isDead;
      });
  }

  void updateType(func::FuncOp function) {
    Block &body = function.getBody().front();
    function.setType(
        FunctionType::get(&getContext(), body.getArgumentTypes(),
                          body.getTerminator()->getOperandTypes()));
  }
};

} // namespace
