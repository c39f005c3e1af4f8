//===- SharedMemory.cpp - Outputs in the memory of inputs -----------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file finds out which outputs of an entry may lie in the memory of which
// inputs. It answers for entries that are one elementwise pass; all others get
// the safe answer, none.
//
//===----------------------------------------------------------------------===//

#include "Act/Conversion/SharedMemory.h"

#include "Act/IR/Act.h"

#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Transforms/RegionUtils.h"

using namespace act;
using namespace mlir;

/// The only operation of the entry that reads or writes memory, or null.
static Operation *findOnlyPass(func::FuncOp entry) {
  Operation *only = nullptr;
  for (Operation &op : entry.getBody().front()) {
    if (isMemoryEffectFree(&op) || op.hasTrait<OpTrait::IsTerminator>())
      continue;
    if (only)
      return nullptr;
    only = &op;
  }
  return only;
}

/// The number of the argument that a value is, seen through casts.
static std::optional<unsigned> argumentNumber(Value value) {
  while (auto cast = value.getDefiningOp<memref::CastOp>())
    value = cast.getSource();
  if (auto argument = dyn_cast<BlockArgument>(value))
    return argument.getArgNumber();
  return std::nullopt;
}

namespace {

/// The pairs of operands of one operation.
class PairSearch {
public:
  explicit PairSearch(unsigned numInputs) : numInputs(numInputs) {}

  void add(linalg::LinalgOp pass) {
    if (pass.getNumLoops() != pass.getNumParallelLoops())
      return;
    // Bodies read any element of what they load from.
    SetVector<Value> captured;
    getUsedValuesDefinedAbove(pass->getRegions(), captured);
    SmallVector<Value> operands(pass.getDpsInputs());
    operands.append(captured.begin(), captured.end());
    for (OpOperand &output : pass.getDpsInitsMutable()) {
      AffineMap map = pass.getMatchingIndexingMap(&output);
      if (map.isPermutation())
        add(output.get(), operands, [&](unsigned number) {
          return number < pass.getNumDpsInputs() &&
                 pass.getMatchingIndexingMap(pass.getDpsInputOperand(number)) ==
                     map;
        });
    }
  }

  /// Kernels of rows read all that they need of an element, and of those that
  /// they treat in a way of their own, before they write the element.
  void add(RowwiseOpInterface op) {
    SmallVector<RowInput> kinds = op.getRowInputs();
    for (RowOutput output : {RowOutput::Y, RowOutput::DX})
      if (Value destination = op.getOut(output))
        add(destination, op.getInputs(), [&](unsigned number) {
          return kinds[number] == RowInput::X || kinds[number] == RowInput::DY;
        });
  }

  std::set<std::pair<unsigned, unsigned>> pairs;

private:
  /// Adds the inputs that may be the memory of `destination`. `isInStep` tells
  /// whether an operand is read as the destination is written.
  void add(Value destination, ValueRange operands,
           llvm::function_ref<bool(unsigned number)> isInStep) {
    std::optional<unsigned> output = argumentNumber(destination);
    if (!output || *output < numInputs)
      return;
    for (unsigned input = 0; input != numInputs; ++input) {
      bool isRead = false, isSafe = true;
      for (auto [position, operand] : llvm::enumerate(operands)) {
        if (!isa<MemRefType>(operand.getType()))
          continue;
        std::optional<unsigned> number = argumentNumber(operand);
        isRead |= number == input;
        // Views other than casts are memory that may be read anywhere.
        isSafe &= number && (number != input || isInStep(position));
      }
      if (isRead && isSafe)
        pairs.insert({input, *output - numInputs});
    }
  }

  unsigned numInputs;
};

} // namespace

std::set<std::pair<unsigned, unsigned>>
act::findSharedMemory(func::FuncOp entry, unsigned numInputs) {
  PairSearch search(numInputs);
  Operation *pass = findOnlyPass(entry);
  if (auto rows = dyn_cast_or_null<RowwiseOpInterface>(pass))
    search.add(rows);
  else if (auto elements = dyn_cast_or_null<linalg::LinalgOp>(pass))
    search.add(elements);
  return search.pairs;
}
