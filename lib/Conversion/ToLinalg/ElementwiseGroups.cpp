//===- ElementwiseGroups.cpp - Which operations become one kernel ---------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file finds groups of elementwise operations that can run in one pass
// over memory. Operations that read the same tensor at the same position have
// the same shape; they and everything connected with them this way form a
// family. A family is one group, unless a result leaves it and comes back
// through another operation (a reduction, say): then a new group begins.
//
//===----------------------------------------------------------------------===//

#include "ToLinalg.h"

#include "Act/IR/Act.h"

#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/IR/Matchers.h"
#include "llvm/ADT/EquivalenceClasses.h"

using namespace mlir;
using namespace act;

bool act::isElementwise(Operation *op) {
  if (op->getNumResults() == 0 ||
      !llvm::all_of(op->getResultTypes(), llvm::IsaPred<RankedTensorType>))
    return false;
  if (auto generic = dyn_cast<linalg::GenericOp>(op)) {
    if (generic.getNumLoops() != generic.getNumParallelLoops())
      return false;
    return llvm::all_of(generic.getDpsInitsMutable(), [&](OpOperand &init) {
      return generic.getMatchingIndexingMap(&init).isIdentity();
    });
  }
  // A cast on the way changes what is known of the shape, not the elements.
  if (auto cast = dyn_cast<tensor::CastOp>(op)) {
    Operation *source = cast.getSource().getDefiningOp();
    return source && source->getBlock() == op->getBlock() &&
           isElementwise(source);
  }
  // The trait demands equal shapes of tensors; scalars may stand beside them.
  return OpTrait::hasElementwiseMappableTraits(op) &&
         llvm::all_of(op->getOperandTypes(), [](Type type) {
           return isa<RankedTensorType>(type) || !isa<ShapedType>(type);
         });
}

AffineMap act::accessMap(OpOperand &operand) {
  if (auto generic = dyn_cast<linalg::GenericOp>(operand.getOwner()))
    return generic.getMatchingIndexingMap(&operand);
  auto tensor = dyn_cast<RankedTensorType>(operand.get().getType());
  return AffineMap::getMultiDimIdentityMap(tensor ? tensor.getRank() : 0,
                                           operand.get().getContext());
}

OpFoldResult act::splatOf(Value value) {
  SplatElementsAttr splat;
  if (matchPattern(value, m_Constant(&splat)))
    return cast<TypedAttr>(splat.getSplatValue<Attribute>());
  if (auto op = value.getDefiningOp<tensor::SplatOp>())
    return op.getInput();
  if (auto op = value.getDefiningOp<linalg::FillOp>())
    return op.value();
  return nullptr;
}

/// What a kernel may take of the time of compiling, as weightOf() counts it: 128
/// functions. Code generation takes the square of the length of a body, and a
/// pass over memory more is little beside so much arithmetic.
static constexpr unsigned largestGroup = 512;

static unsigned weightOf(Operation *op) {
  unsigned weight = isa<ElementwiseRuleOpInterface>(op) ? 4 : 1;
  for (Region &region : op->getRegions())
    for (Operation &inner : region.getOps())
      weight += weightOf(&inner);
  return weight;
}

namespace {

class GroupFinder {
public:
  explicit GroupFinder(Block &block) : block(block) {}

  SmallVector<SmallVector<Operation *>> run() {
    for (Operation &op : block)
      if (isElementwise(&op))
        addToFamily(&op);
    for (Operation &op : block) {
      Before before = collectBefore(&op);
      if (isElementwise(&op))
        addToGroup(&op, std::move(before));
      else
        beforeOf[&op] = std::move(before);
    }
    return std::move(groups);
  }

private:
  /// Groups that must have run before an operation or group.
  using Before = llvm::SmallDenseSet<unsigned, 4>;

  void addToFamily(Operation *op) {
    Value first = op->getResult(0);
    for (Value result : op->getResults())
      families.unionSets(first.getAsOpaquePointer(),
                         result.getAsOpaquePointer());
    for (OpOperand &operand : op->getOpOperands()) {
      bool same = isa<RankedTensorType>(operand.get().getType()) &&
                  accessMap(operand).isIdentity() && !splatOf(operand.get()) &&
                  !isUnreadInit(operand);
      if (same)
        families.unionSets(first.getAsOpaquePointer(),
                           operand.get().getAsOpaquePointer());
    }
  }

  /// A destination whose elements are not read.
  static bool isUnreadInit(OpOperand &operand) {
    auto generic = dyn_cast<linalg::GenericOp>(operand.getOwner());
    return generic && generic.isDpsInit(&operand) &&
           !generic.payloadUsesValueFromOperand(&operand);
  }

  /// The operations of this block that `op` and the operations in its regions
  /// take values from.
  void forEachDefinition(Operation *op, function_ref<void(Operation *)> visit) {
    op->walk([&](Operation *nested) {
      for (Value operand : nested->getOperands())
        if (Operation *definition = operand.getDefiningOp())
          if (definition->getBlock() == &block)
            visit(definition);
    });
  }

  Before collectBefore(Operation *op) {
    Before before;
    forEachDefinition(op, [&](Operation *definition) {
      auto it = groupOf.find(definition);
      if (it == groupOf.end()) {
        before.insert_range(beforeOf[definition]);
        return;
      }
      before.insert(it->second);
      before.insert_range(beforeGroup[it->second]);
    });
    return before;
  }

  /// Whether `op`, of the same family, may join `group`: what it reads of the
  /// group, it reads at the same position, and nothing else that it needs
  /// comes after the group.
  bool canJoin(Operation *op, unsigned group) {
    bool legal = true;
    forEachDefinition(op, [&](Operation *definition) {
      auto it = groupOf.find(definition);
      if (it == groupOf.end())
        legal &= !beforeOf[definition].contains(group);
      else if (it->second != group)
        legal &= !beforeGroup[it->second].contains(group);
    });
    for (OpOperand &operand : op->getOpOperands()) {
      auto it = groupOf.find(operand.get().getDefiningOp());
      if (it != groupOf.end() && it->second == group)
        legal &= accessMap(operand).isIdentity() && !isUnreadInit(operand);
    }
    return legal;
  }

  void addToGroup(Operation *op, Before before) {
    const void *family =
        families.getLeaderValue(op->getResult(0).getAsOpaquePointer());
    auto it = open.find(family);
    unsigned weight = weightOf(op);
    if (it == open.end() || !canJoin(op, it->second) ||
        weights[it->second] + weight > largestGroup) {
      open[family] = groups.size();
      groups.emplace_back();
      beforeGroup.emplace_back();
      weights.push_back(0);
    }
    unsigned group = open[family];
    weights[group] += weight;
    groups[group].push_back(op);
    groupOf[op] = group;
    before.erase(group);
    beforeGroup[group].insert_range(before);
    // Whoever waits for this group now waits for these too.
    for (Before &other : beforeGroup)
      if (other.contains(group))
        other.insert_range(before);
    for (auto &entry : beforeOf)
      if (entry.second.contains(group))
        entry.second.insert_range(before);
  }

  Block &block;
  llvm::EquivalenceClasses<const void *> families;
  SmallVector<SmallVector<Operation *>> groups;
  SmallVector<Before> beforeGroup;
  SmallVector<unsigned> weights;
  llvm::DenseMap<Operation *, Before> beforeOf;
  llvm::DenseMap<Operation *, unsigned> groupOf;
  /// The group of each family that operations may still join.
  llvm::DenseMap<const void *, unsigned> open;
};

} // namespace

SmallVector<SmallVector<Operation *>> act::findElementwiseGroups(Block &block) {
  return GroupFinder(block).run();
}
