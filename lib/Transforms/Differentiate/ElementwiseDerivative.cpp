//===- ElementwiseDerivative.cpp - Derivatives of formulas ----------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file evaluates formulas in dual numbers and emits the linear map that
// they record.
//
//===----------------------------------------------------------------------===//

#include "ElementwiseDerivative.h"

#include "mlir/IR/TypeUtilities.h"

using namespace mlir;
using namespace act;

static Value firstOf(ArrayRef<Value> values) {
  return *llvm::find_if(values, [](Value value) { return bool(value); });
}

ElementwiseDerivative::ElementwiseDerivative(DerivativeBuilder &builder,
                                             Location loc,
                                             ArrayRef<Value> inputs,
                                             const llvm::BitVector &active,
                                             DualFormula formula)
    : builder(builder), loc(loc), inputs(inputs),
      emitter(builder, loc, firstOf(inputs),
              getComputeElementType(inputs, builder.getContext())) {
  EmittedDuals duals(emitter, LinearMap::Recorder(map));
  SmallVector<EmittedDual> numbers;
  for (auto [index, input] : llvm::enumerate(inputs)) {
    EmittedDual number{};
    if (input)
      number.primal = emitter.read(input);
    if (active[index])
      number.tangent = map.addInput(index);
    numbers.push_back(number);
  }
  for (const EmittedDual &output : formula(duals, numbers))
    outputs.push_back(output.tangent);
}

SmallVector<std::optional<RealEmitter::Value>>
ElementwiseDerivative::read(ArrayRef<Value> values) {
  SmallVector<std::optional<RealEmitter::Value>> numbers;
  for (Value value : values)
    numbers.push_back(value ? std::optional(emitter.read(value))
                            : std::nullopt);
  return numbers;
}

void ElementwiseDerivative::pullBack(ArrayRef<Value> cotangents,
                                     MutableArrayRef<Value> gradients) {
  auto numbers =
      map.pullBack(emitter, read(cotangents), outputs, inputs.size());
  for (auto [gradient, number, input] : llvm::zip(gradients, numbers, inputs))
    if (number)
      gradient = builder.convert(loc, emitter.materialize(*number),
                                 getElementTypeOrSelf(input.getType()));
}

void ElementwiseDerivative::pushForward(ArrayRef<Value> tangents,
                                        TypeRange resultTypes,
                                        MutableArrayRef<Value> results) {
  auto numbers = map.pushForward(emitter, read(tangents), outputs);
  for (auto [result, number, type] : llvm::zip(results, numbers, resultTypes))
    if (number)
      result = builder.convert(loc, emitter.materialize(*number),
                               getElementTypeOrSelf(type));
}

SmallVector<Value> act::numbersOf(Operation *op) {
  SmallVector<Value> numbers;
  for (Value operand : op->getOperands())
    numbers.push_back(isDifferentiable(operand.getType()) ? operand : Value());
  return numbers;
}

llvm::BitVector act::presenceOf(ArrayRef<Value> values) {
  llvm::BitVector present(values.size());
  for (auto [index, value] : llvm::enumerate(values))
    if (value)
      present.set(index);
  return present;
}
