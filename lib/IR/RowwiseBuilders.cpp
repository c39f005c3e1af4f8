//===- RowwiseBuilders.cpp - Row-wise operations by parts -----------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Act/IR/RowwiseBuilders.h"

using namespace mlir;
using namespace act;

/// How many operands each input, and all destinations, have.
static constexpr StringLiteral segmentsName = "operandSegmentSizes";

NamedAttrList act::getRowOptions(Operation *op) {
  NamedAttrList options(op->getAttrDictionary());
  options.erase(segmentsName);
  return options;
}

Operation *act::createRowwise(OpBuilder &builder, Location loc, StringRef name,
                              ArrayRef<Value> inputs, ValueRange outs,
                              TypeRange types,
                              ArrayRef<NamedAttribute> options) {
  OperationState state(loc, name);
  SmallVector<int32_t> segments;
  for (Value input : inputs) {
    segments.push_back(input ? 1 : 0);
    if (input)
      state.addOperands(input);
  }
  segments.push_back(outs.size());
  state.addOperands(outs);
  state.addTypes(types);
  state.addAttributes(options);
  state.addAttribute(segmentsName, builder.getDenseI32ArrayAttr(segments));
  return builder.create(state);
}

Operation *act::cloneRowwise(OpBuilder &builder, RowwiseOpInterface op,
                             ValueRange inputs, ValueRange outs,
                             TypeRange types,
                             ArrayRef<NamedAttribute> options) {
  ArrayRef<int32_t> segments =
      op->getAttrOfType<DenseI32ArrayAttr>(segmentsName).asArrayRef();
  SmallVector<Value> slots;
  for (int32_t count : segments.drop_back()) {
    slots.push_back(count ? inputs.front() : Value());
    inputs = inputs.drop_front(count);
  }
  return createRowwise(builder, op.getLoc(), op->getName().getStringRef(),
                       slots, outs, types, options);
}

Operation *act::cloneRowwise(OpBuilder &builder, RowwiseOpInterface op,
                             ValueRange inputs, ValueRange outs,
                             TypeRange types) {
  return cloneRowwise(builder, op, inputs, outs, types, getRowOptions(op));
}
