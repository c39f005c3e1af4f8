//===- NLLKernel.cpp - nll and its gradient -------------------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file implements the kernels of nll, which read one element of each row,
// and of its gradient, which is 0 but for that element.
//
//===----------------------------------------------------------------------===//

#include "LossEmitter.h"
#include "RowKernel.h"

using namespace mlir;
using namespace act;

namespace {

class NLLEmitter : public LossEmitter {
public:
  using LossEmitter::LossEmitter;

private:
  void emitKept() override {
    Value weight = tokenWeight;
    if (loss.getClassWeight())
      weight = multiply(weight, loadAt(stream(RowInput::ClassWeight), target));
    if (Value out = op.getOut(RowOutput::Loss)) {
      Value negative = negate(loadAt(stream(RowInput::X), target));
      storeScalar(poison(weigh(weight, negative)), out);
    }
    if (Value dx = op.getOut(RowOutput::DX)) {
      Value slope = negate(multiply(loadScalar(RowInput::DLoss), weight));
      Value others = broadcast(poison(number(0)));
      forBlocks([&](Value position, Value count) {
        store(others, dx, position, count);
      });
      storeAt(poison(slope), dx, target);
    }
  }
};

} // namespace

std::unique_ptr<RowEmitter> act::makeNLLEmitter(OpBuilder &builder,
                                                RowwiseOpInterface op,
                                                const IterationSpace &space,
                                                const KernelOptions &options) {
  return std::make_unique<NLLEmitter>(builder, op, space, options);
}
