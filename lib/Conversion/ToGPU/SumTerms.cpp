//===- SumTerms.cpp - The terms of a reduction on a GPU -------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file implements access to the operands of reductions.
//
//===----------------------------------------------------------------------===//

#include "SumTerms.h"

#include "DeviceMemory.h"
#include "ElementBody.h"
#include "ElementwiseTiles.h"

#include "../ToLoops/SumKernel.h"

#include "mlir/Dialect/Arith/IR/Arith.h"

using namespace mlir;
using namespace act;

Value SumTerms::numOutputs() {
  return index.value(
      index.product(ArrayRef(space.sizes).take_front(space.numKept)));
}

void SumTerms::start(Value output) {
  ArrayRef<OpFoldResult> sizes = space.sizes;
  outer = index.delinearize(output, sizes.take_front(space.numKept));
  offsets = offsetsOf(builder, loc, space, outer);
  total = index.value(index.product(sizes.drop_front(space.numKept)));
}

Value SumTerms::addressOf(unsigned number, ArrayRef<Value> coordinates) {
  const Access &access = space.accesses[number];
  OpFoldResult offset = offsets[number];
  for (auto [level, coordinate] : llvm::enumerate(coordinates))
    offset = multiplyAdd(builder, loc, offset, coordinate,
                         access.strides[space.numKept + level]);
  return makeAddress(builder, loc, access.base, access.elementType(),
                     index.value(offset));
}

IRMapping SumTerms::emit(Value position, Operation *skip, ValueRange before) {
  SmallVector<Value> coordinates = index.delinearize(
      position, ArrayRef(space.sizes).drop_front(space.numKept));
  Block &body = *generic.getBody();
  unsigned numInputs = generic.getNumDpsInputs();
  IRMapping values;
  for (unsigned number = 0; number < numInputs; ++number) {
    const Access &access = space.accesses[number];
    BlockArgument argument = body.getArgument(number);
    if (argument.use_empty())
      continue;
    if (access.isMemory())
      values.map(argument,
                 loadGlobal(builder, loc, addressOf(number, coordinates),
                            access.elementType()));
    else
      values.map(argument, bringHere(builder, access.base));
  }
  for (auto [number, value] : llvm::enumerate(before))
    values.map(body.getArgument(numInputs + number), value);
  SmallVector<Value> indices(generic.getNumLoops());
  if (asksForIndices(body))
    for (auto [loop, coordinate] : llvm::zip(
             reductionLoops(generic), llvm::concat<Value>(outer, coordinates)))
      indices[loop] = coordinate;
  emitElementBody(kernel, body, values, indices, skip);
  return values;
}

Value SumTerms::load(unsigned number) {
  unsigned operand = generic.getNumDpsInputs() + number;
  return loadGlobal(builder, loc, addressOf(operand, {}),
                    space.accesses[operand].elementType());
}

void SumTerms::store(unsigned number, Value value) {
  unsigned operand = generic.getNumDpsInputs() + number;
  storeGlobal(builder, loc, value, addressOf(operand, {}));
}

Value act::combine(OpBuilder &builder, Operation &op, Value left, Value right) {
  IRMapping values;
  values.map(op.getOperands(), ArrayRef<Value>{left, right});
  return builder.clone(op, values)->getResult(0);
}

void SumTerms::addToOutputs(ArrayRef<Value> totals) {
  Block &body = *generic.getBody();
  for (auto [number, total] : llvm::enumerate(totals))
    store(number,
          combine(builder,
                  *body.getTerminator()->getOperand(number).getDefiningOp(),
                  load(number), total));
}
