//===- ProgramInputs.cpp - What an entry computes from --------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file reads inputs and constants of an entry and follows its shapes.
//
//===----------------------------------------------------------------------===//

#include "ProgramInputs.h"

#include "RuleValue.h"

#include "Act/IR/ElementwiseTypes.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"

#include <cmath>
#include <cstring>

using namespace mlir;
using namespace act;

const Format *act::formatOf(ElementType type) {
  switch (type) {
  case ElementType::F16:
    return &Format::F16;
  case ElementType::BF16:
    return &Format::BF16;
  case ElementType::F32:
    return &Format::F32;
  case ElementType::F64:
    return &Format::F64;
  default:
    return nullptr;
  }
}

uint64_t act::patternAt(const TensorView &tensor, ArrayRef<int64_t> index) {
  int64_t offset = 0;
  for (auto [i, stride] : llvm::zip(index, tensor.strides))
    offset += i * stride;
  unsigned width = byteWidth(tensor.type);
  uint64_t pattern = 0;
  std::memcpy(&pattern, static_cast<const char *>(tensor.data) + offset * width,
              width);
  return pattern;
}

void act::forEachIndexOf(
    ArrayRef<int64_t> shape,
    function_ref<void(const std::vector<int64_t> &)> visit) {
  if (llvm::is_contained(shape, 0))
    return;
  std::vector<int64_t> index(shape.size(), 0);
  for (;;) {
    visit(index);
    size_t dim = shape.size();
    while (dim != 0 && ++index[dim - 1] == shape[dim - 1])
      index[--dim] = 0;
    if (dim == 0)
      return;
  }
}

Attribute ProgramInputs::constantElement(Attribute attribute,
                                         const Index &index) {
  auto elements = dyn_cast<DenseElementsAttr>(attribute);
  if (!elements)
    return attribute;
  if (elements.isSplat())
    return elements.getSplatValue<Attribute>();
  std::vector<uint64_t> position(index.begin(), index.end());
  return elements.getValues<Attribute>()[position];
}

ProgramInputs::Index
ProgramInputs::parameterIndex(ElementwiseRuleOpInterface op,
                              const Index &index) const {
  Value parameter = op.getParameterOperand();
  auto type = dyn_cast<ShapedType>(parameter.getType());
  if (!type || type.getRank() == 0)
    return {};
  std::optional<std::vector<int64_t>> shape = shapeOf(parameter);
  if (shape && shape->front() == 1)
    return {0};
  return {index[getChannelDim(op, index.size())]};
}

std::optional<std::vector<int64_t>> ProgramInputs::shapeOf(Value value) const {
  auto type = dyn_cast<ShapedType>(value.getType());
  if (!type)
    return std::vector<int64_t>();
  if (type.hasStaticShape())
    return std::vector<int64_t>(type.getShape());
  if (auto argument = dyn_cast<BlockArgument>(value))
    return inputs[argument.getArgNumber()].shape;
  Operation *op = value.getDefiningOp();
  if (auto rule = dyn_cast<ElementwiseRuleOpInterface>(op)) {
    bool isGradient = cast<OpResult>(value).getResultNumber() == 1;
    return shapeOf(isGradient ? rule.getParameterOperand() : rule.getInput());
  }
  if (auto cast = dyn_cast<tensor::CastOp>(op))
    return shapeOf(cast.getSource());
  if (isScalarOp(op))
    return shapeOf(op->getOperand(op->getNumOperands() - 1));
  auto linalg = dyn_cast<linalg::LinalgOp>(op);
  if (!linalg)
    return std::nullopt;
  // Each dimension of the result is that of some input.
  AffineMap out = linalg.getIndexingMapMatchingResult(cast<OpResult>(value));
  std::vector<int64_t> shape(type.getRank(), ShapedType::kDynamic);
  for (OpOperand *operand : linalg.getDpsInputOperands()) {
    std::optional<std::vector<int64_t>> sizes = shapeOf(operand->get());
    if (!sizes)
      return std::nullopt;
    AffineMap map = linalg.getMatchingIndexingMap(operand);
    for (auto [expression, size] : llvm::zip(map.getResults(), *sizes))
      for (auto [position, result] : llvm::enumerate(out.getResults()))
        if (expression == result)
          shape[position] = size;
  }
  if (llvm::is_contained(shape, ShapedType::kDynamic))
    return std::nullopt;
  return shape;
}

MPFRNumber act::ruleAnywhere(MPFRAlgebra &algebra, const Subject &subject,
                             const MPFRNumber &x,
                             const std::vector<MPFRNumber> &parameters) {
  if (x.isNaN())
    return x;
  if (subject.part == rules::Part::OutputDerivative)
    return Reference(subject).evaluate(x, algebra.getPrecision());
  if (!x.isInfinite())
    return ruleValue(algebra, subject.rule, subject.part, x, parameters.data());
  if (subject.hasDefaults())
    return Reference(subject).limit(x.isNegative());
  MPFRNumber far(64);
  mpfr_set_si_2exp(far.get(), x.isNegative() ? -1 : 1, 1000000, MPFR_RNDN);
  return ruleValue(algebra, subject.rule, subject.part, far, parameters.data());
}

Interval act::ruleAnywhere(IntervalAlgebra &algebra, const Subject &subject,
                           Interval x,
                           const std::vector<Interval> &parameters) {
  if (subject.part == rules::Part::OutputDerivative || !std::isfinite(x.low) ||
      !std::isfinite(x.high))
    return IntervalAlgebra::anything();
  return ruleValue(algebra, subject.rule, subject.part, x, parameters.data());
}
