//===- MergeKernels.cpp - The pass act-merge-kernels ----------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file implements the pass that keeps one of several equal kernels. The
// pass of upstream for functions takes public ones too, and knows no kernels of
// GPUs.
//
//===----------------------------------------------------------------------===//

#include "Act/Conversion/Passes.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/GPU/IR/GPUDialect.h"
#include "mlir/IR/SymbolTable.h"

#include "llvm/ADT/DenseSet.h"

namespace act {
#define GEN_PASS_DEF_ACTMERGEKERNELS
#include "Act/Conversion/Passes.h.inc"
} // namespace act

using namespace mlir;
using namespace act;

static constexpr auto ignoreLocations = OperationEquivalence::IgnoreLocations;

/// All attributes but the name.
static SmallVector<NamedAttribute> attributesOf(Operation *kernel) {
  SmallVector<NamedAttribute> attributes(
      kernel->getAttrDictionary().getValue());
  llvm::erase_if(attributes, [](NamedAttribute attribute) {
    return attribute.getName() == SymbolTable::getSymbolAttrName();
  });
  return attributes;
}

namespace {

/// Kernels are the same that differ in their names and locations only.
struct SameKernel : public llvm::DenseMapInfo<Operation *> {
  static unsigned getHashValue(Operation *kernel) {
    llvm::hash_code hash =
        llvm::hash_combine(kernel->getName(), kernel->getParentOp());
    for (NamedAttribute attribute : attributesOf(kernel))
      hash = llvm::hash_combine(hash, attribute.getName().getAsOpaquePointer(),
                                attribute.getValue().getAsOpaquePointer());
    for (Region &region : kernel->getRegions())
      region.walk([&](Operation *op) {
        hash = llvm::hash_combine(
            hash, OperationEquivalence::computeHash(
                      op, OperationEquivalence::ignoreHashValue,
                      OperationEquivalence::ignoreHashValue, ignoreLocations));
      });
    return hash;
  }

  static bool isEqual(Operation *left, Operation *right) {
    auto isKey = [](Operation *op) {
      return op != getEmptyKey() && op != getTombstoneKey();
    };
    if (left == right || !isKey(left) || !isKey(right))
      return left == right;
    return left->getName() == right->getName() &&
           left->getParentOp() == right->getParentOp() &&
           attributesOf(left) == attributesOf(right) &&
           OperationEquivalence::isRegionEquivalentTo(
               &left->getRegion(0), &right->getRegion(0), ignoreLocations);
  }
};

struct MergeKernelsPass
    : public act::impl::ActMergeKernelsBase<MergeKernelsPass> {
  void runOnOperation() override {
    // Kernels that call kernels may be the same once these are.
    bool hasMerged = false;
    while (merge())
      hasMerged = true;
    if (!hasMerged)
      markAllAnalysesPreserved();
  }

private:
  /// Returns whether there were kernels to merge.
  bool merge() {
    usedOtherwise.clear();
    names.clear();
    findOtherUses();
    llvm::DenseSet<Operation *, SameKernel> kept;
    SmallVector<Operation *> merged;
    getOperation().walk([&](Operation *op) {
      if (!isKernel(op))
        return;
      auto [first, isNew] = kept.insert(op);
      if (isNew)
        return;
      names[op] = SymbolTable::getSymbolName(*first);
      merged.push_back(op);
    });
    if (merged.empty())
      return false;
    renameUses();
    for (Operation *op : merged)
      op->erase();
    return true;
  }

  /// Functions that are used by more than calls stay.
  void findOtherUses() {
    std::optional<SymbolTable::UseRange> uses =
        SymbolTable::getSymbolUses(&getOperation().getBodyRegion());
    usesAreKnown = uses.has_value();
    if (!usesAreKnown)
      return;
    for (const SymbolTable::SymbolUse &use : *uses)
      if (!isa<func::CallOp>(use.getUser()))
        usedOtherwise.insert(use.getSymbolRef().getRootReference());
  }

  bool isKernel(Operation *op) {
    if (isa<gpu::GPUFuncOp>(op))
      return op->hasAttr(scheduleAttrName);
    auto function = dyn_cast<func::FuncOp>(op);
    return function && usesAreKnown && function.isPrivate() &&
           !function.isDeclaration() &&
           function->getParentOp() == getOperation() &&
           !usedOtherwise.contains(function.getNameAttr());
  }

  void renameUses() {
    SymbolTableCollection symbols;
    getOperation().walk([&](Operation *op) {
      if (auto call = dyn_cast<func::CallOp>(op)) {
        StringAttr name = names.lookup(
            symbols.lookupNearestSymbolFrom(op, call.getCalleeAttr()));
        if (name)
          call.setCallee(name);
        return;
      }
      auto launch = dyn_cast<gpu::LaunchFuncOp>(op);
      if (!launch)
        return;
      StringAttr name = names.lookup(
          symbols.lookupNearestSymbolFrom(op, launch.getKernelAttr()));
      if (name)
        launch.setKernelAttr(SymbolRefAttr::get(
            launch.getKernelModuleName(), {FlatSymbolRefAttr::get(name)}));
    });
  }

  /// Operations of unknown dialects may use symbols.
  bool usesAreKnown = false;
  llvm::DenseSet<StringAttr> usedOtherwise;
  /// Of kernels that go, the names of those that stay.
  llvm::DenseMap<Operation *, StringAttr> names;
};

} // namespace
