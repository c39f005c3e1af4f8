//===- Subgroups.cpp - Warps within a block -------------------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file implements the expansion of operations on subgroups. Threads of a
// block are numbered with x fastest, and 32 in order are a warp.
//
//===----------------------------------------------------------------------===//

#include "Subgroups.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/IR/ImplicitLocOpBuilder.h"

using namespace mlir;
using gpu::Dimension;

static constexpr int64_t warpSize = 32;

namespace {
/// Arithmetic on indices at one place.
struct Numbers {
  ImplicitLocOpBuilder builder;

  Value constant(int64_t value) {
    return arith::ConstantIndexOp::create(builder, value);
  }
  Value thread(Dimension dimension) {
    return gpu::ThreadIdOp::create(builder, dimension);
  }
  Value size(Dimension dimension) {
    return gpu::BlockDimOp::create(builder, dimension);
  }
  Value add(Value a, Value b) { return arith::AddIOp::create(builder, a, b); }
  Value mul(Value a, Value b) { return arith::MulIOp::create(builder, a, b); }
  Value div(Value a, Value b) { return arith::DivUIOp::create(builder, a, b); }
};
} // namespace

static Value subgroupId(Numbers numbers) {
  Value row = numbers.add(
      numbers.thread(Dimension::y),
      numbers.mul(numbers.thread(Dimension::z), numbers.size(Dimension::y)));
  Value thread = numbers.add(numbers.thread(Dimension::x),
                             numbers.mul(row, numbers.size(Dimension::x)));
  return numbers.div(thread, numbers.constant(warpSize));
}

static Value numSubgroups(Numbers numbers) {
  Value threads = numbers.mul(
      numbers.size(Dimension::x),
      numbers.mul(numbers.size(Dimension::y), numbers.size(Dimension::z)));
  return numbers.div(numbers.add(threads, numbers.constant(warpSize - 1)),
                     numbers.constant(warpSize));
}

void act::expandSubgroups(gpu::GPUModuleOp module) {
  module.walk([](Operation *op) {
    Numbers numbers{ImplicitLocOpBuilder(op->getLoc(), op)};
    Value value;
    if (isa<gpu::SubgroupIdOp>(op))
      value = subgroupId(numbers);
    else if (isa<gpu::NumSubgroupsOp>(op))
      value = numSubgroups(numbers);
    else if (isa<gpu::SubgroupSizeOp>(op))
      value = numbers.constant(warpSize);
    else
      return;
    op->replaceAllUsesWith(ValueRange(value));
    op->erase();
  });
}
