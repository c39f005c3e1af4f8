//===- StaticSizes.cpp - What is wrong whatever the inputs are ------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file checks that the static sizes of a program can be multiplied. Their
// bytes are counted in 64 bits from here on, and buffers of more would be
// allocated as small ones. And no static stride may be 0 where tensors are
// written.
//
//===----------------------------------------------------------------------===//

#include "StaticSizes.h"

#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/IR/BuiltinTypes.h"
#include "llvm/Support/MathExtras.h"

using namespace mlir;

/// Kernels may hold an element in 8 bytes, and round sizes up; 2^59 elements
/// leave room for both in 63 bits.
static constexpr int64_t maxElements = int64_t(1) << 59;

/// Whether the product of the static sizes, as that of strides, can be counted.
static bool canCount(Type type) {
  auto shaped = dyn_cast<ShapedType>(type);
  if (!shaped || !shaped.hasRank())
    return true;
  int64_t count = 1;
  for (int64_t size : shaped.getShape()) {
    if (ShapedType::isDynamic(size) || size == 0)
      continue;
    if (llvm::MulOverflow(count, size, count) || count > maxElements)
      return false;
  }
  return true;
}

static LogicalResult check(Value value) {
  if (canCount(value.getType()))
    return success();
  InFlightDiagnostic diagnostic = emitError(value.getLoc())
                                  << value.getType()
                                  << " has more elements than memory can hold";
  diagnostic.attachNote() << "the static sizes may come to 2^59 elements; "
                             "write ? for sizes that are known at run time";
  return diagnostic;
}

/// What is written several times would have the value of one of the writes.
static LogicalResult checkStrides(tensor::InsertSliceOp insertion) {
  for (auto [dim, stride] : llvm::enumerate(insertion.getStaticStrides()))
    if (int64_t size = insertion.getStaticSizes()[dim];
        stride == 0 && size != 0 && size != 1)
      return insertion.emitOpError("has stride 0 in dimension ")
             << dim << ": its elements would lie in one place";
  return success();
}

LogicalResult act::checkStaticSizes(ModuleOp module) {
  WalkResult result = module.walk<WalkOrder::PreOrder>([](Operation *op) {
    for (Region &region : op->getRegions())
      for (Block &block : region)
        for (BlockArgument argument : block.getArguments())
          if (failed(check(argument)))
            return WalkResult::interrupt();
    for (Value value : op->getResults())
      if (failed(check(value)))
        return WalkResult::interrupt();
    if (auto insertion = dyn_cast<tensor::InsertSliceOp>(op))
      return WalkResult(checkStrides(insertion));
    return WalkResult::advance();
  });
  return failure(result.wasInterrupted());
}
