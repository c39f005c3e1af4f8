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

#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"

using namespace act;
using namespace mlir;

/// The only operation of the entry that reads or writes memory, if it is a
/// parallel linalg operation.
static linalg::LinalgOp findOnlyPass(func::FuncOp entry) {
  linalg::LinalgOp only;
  for (Operation &op : entry.getBody().front()) {
    if (isMemoryEffectFree(&op) || op.hasTrait<OpTrait::IsTerminator>())
      continue;
    auto pass = dyn_cast<linalg::LinalgOp>(op);
    if (!pass || only || pass.getNumLoops() != pass.getNumParallelLoops())
      return nullptr;
    only = pass;
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

std::set<std::pair<unsigned, unsigned>>
act::findSharedMemory(func::FuncOp entry, unsigned numInputs) {
  std::set<std::pair<unsigned, unsigned>> pairs;
  linalg::LinalgOp pass = findOnlyPass(entry);
  if (!pass)
    return pairs;
  for (OpOperand &output : pass.getDpsInitsMutable()) {
    AffineMap map = pass.getMatchingIndexingMap(&output);
    std::optional<unsigned> destination = argumentNumber(output.get());
    if (!destination || *destination < numInputs || !map.isPermutation())
      continue;
    for (unsigned input = 0; input != numInputs; ++input) {
      // Views other than casts are memory that may be read anywhere.
      bool isRead = false, isSafe = true;
      for (OpOperand *operand : pass.getDpsInputOperands()) {
        if (!isa<MemRefType>(operand->get().getType()))
          continue;
        std::optional<unsigned> number = argumentNumber(operand->get());
        if (number == input)
          isRead = true;
        if (!number ||
            (number == input && pass.getMatchingIndexingMap(operand) != map))
          isSafe = false;
      }
      if (isRead && isSafe)
        pairs.insert({input, *destination - numInputs});
    }
  }
  return pairs;
}
