//===- SavedOutputKernel.cpp - Gradients from y ---------------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file implements the kernels of the gradients of softmax, softmin and
// log_softmax that read the result y of the forward operation and not x.
//
//===----------------------------------------------------------------------===//

#include "RowEmitter.h"
#include "RowKernel.h"

#include <limits>

using namespace mlir;
using namespace act;

namespace {

class SavedOutputEmitter : public RowEmitter {
public:
  using RowEmitter::RowEmitter;

private:
  bool canRunAcrossRows() override { return true; }
  bool isLog() { return op.getRowFunction() == RowFunction::LogSoftmax; }
  /// Whether empty rows have the gradient 0 and y tells which these are: no
  /// element has a probability.
  bool findsEmptyRows() { return op.getEmptyRow() == EmptyRow::Zero; }

  /// The sum that each element of the gradient contains, and that of p.
  unsigned countSums() override { return 1 + findsEmptyRows(); }

  void emitRow() override {
    SmallVector<Value> sums = emitSums(
        [&](Value position, Value count) -> SmallVector<Value> {
          Block block = loadBlock(position, count);
          SmallVector<Value> terms{isLog() ? block.dy
                                           : multiply(block.p, block.dy)};
          if (findsEmptyRows())
            terms.push_back(block.p);
          if (block.mask)
            for (Value &term : terms)
              term = select(block.mask, term, numberLike(term, 0));
          return terms;
        },
        /*areCheap=*/true);
    Value total = broadcast(sums[0]);
    Value isEmpty;
    if (findsEmptyRows())
      isEmpty = broadcast(isZero(sums[1]));
    Value dx = op.getOut(RowOutput::DX);
    forBlocksBackward([&](Value position, Value count) {
      Block block = loadBlock(position, count);
      Value gradient = isLog() ? subtract(block.dy, multiply(block.p, total))
                               : multiply(block.p, subtract(block.dy, total));
      if (op.getRowFunction() == RowFunction::Softmin)
        gradient = negate(gradient);
      gradient = backpropagate(gradient, /*capArgument=*/nullptr);
      if (block.mask)
        gradient = select(block.mask, gradient, makeMasked(block.y));
      if (isEmpty)
        gradient = select(isEmpty, numberLike(gradient, 0), gradient);
      store(gradient, dx, position, count);
    });
  }

  struct Block {
    Value y, p, dy;
    /// Null if everything is kept.
    Value mask;
  };

  Block loadBlock(Value position, Value count) {
    Block block;
    block.y = load(stream(RowInput::X), position, count);
    block.p = block.y;
    if (isLog())
      block.p = makeExponential(block.y, numberLike(block.y, 0));
    block.dy = load(stream(RowInput::DY), position, count);
    block.mask = loadMask(position, count);
    return block;
  }

  /// What a masked element gives. Its y is NaN in an empty row that is.
  Value makeMasked(Value y) {
    Value isNaN = compare(arith::CmpFPredicate::UNO, y, y);
    return select(isNaN, y, numberLike(y, 0));
  }
};

} // namespace

std::unique_ptr<RowEmitter>
act::makeSavedOutputEmitter(OpBuilder &builder, RowwiseOpInterface op,
                            const IterationSpace &space,
                            const KernelOptions &options) {
  return std::make_unique<SavedOutputEmitter>(builder, op, space, options);
}
