//===- RuleFolding.cpp - Folding of constants -----------------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file implements the folder of elementwise operations, on scalars, splats
// and dense constants.
//
//===----------------------------------------------------------------------===//

#include "RuleFolding.h"

#include "RuleEvaluation.h"

#include "Act/IR/Act.h"

#include "mlir/IR/TypeUtilities.h"

using namespace mlir;
using namespace act;

namespace {

/// A constant of any shape.
class Constant {
public:
  explicit Constant(Attribute attribute)
      : scalar(dyn_cast_if_present<FloatAttr>(attribute)),
        dense(dyn_cast_if_present<DenseFPElementsAttr>(attribute)) {}

  explicit operator bool() const { return scalar || dense; }
  bool isUniform() const { return scalar || dense.isSplat(); }
  APFloat at(int64_t index) const {
    if (scalar)
      return scalar.getValue();
    if (dense.isSplat())
      return dense.getSplatValue<APFloat>();
    return dense.getValues<APFloat>()[index];
  }

private:
  FloatAttr scalar;
  DenseFPElementsAttr dense;
};

} // namespace

/// The parameters of `op` as numbers, where they are constants that hold for
/// all elements.
static LogicalResult addParameters(ElementwiseRuleOpInterface op,
                                   Constant operand,
                                   RuleEvaluation &evaluation) {
  SmallVector<OpFoldResult> parameters;
  op.getRuleParameters(parameters);
  for (OpFoldResult parameter : parameters) {
    if (isa_and_present<Value>(parameter)) {
      if (!operand || !operand.isUniform())
        return failure();
      evaluation.addParameter(operand.at(0));
    } else if (auto number = cast_if_present<FloatAttr>(
                   dyn_cast_if_present<Attribute>(parameter))) {
      evaluation.addParameter(number.getValue());
    } else {
      evaluation.addDefaultParameter();
    }
  }
  return success();
}

OpFoldResult act::foldElementwiseRule(Operation *op,
                                      ArrayRef<Attribute> operands) {
  auto rule = cast<ElementwiseRuleOpInterface>(op);
  bool isBackward = static_cast<bool>(rule.getCotangent());
  Constant dy(isBackward ? operands.front() : Attribute());
  Constant x(operands[isBackward ? 1 : 0]);
  if (!x || (isBackward && !dy))
    return {};

  Type computeType = getComputeElementType(op->getOperands(), op->getContext());
  RuleEvaluation evaluation(rule.getRule(), computeType.isF64()
                                                ? rules::Width::F64
                                                : rules::Width::F32);
  if (failed(addParameters(rule, Constant(operands.back()), evaluation)))
    return {};

  Type type = op->getResult(0).getType();
  const llvm::fltSemantics &semantics =
      cast<FloatType>(getElementTypeOrSelf(type)).getFloatSemantics();
  auto evaluate = [&](int64_t index) {
    return isBackward ? evaluation.backward(rule.getRulePart(), dy.at(index),
                                            x.at(index), semantics)
                      : evaluation.forward(x.at(index), semantics);
  };

  bool isUniform = x.isUniform() && (!isBackward || dy.isUniform());
  auto shaped = dyn_cast<ShapedType>(type);
  int64_t count = shaped && !isUniform ? shaped.getNumElements() : 1;
  SmallVector<APFloat> values;
  for (int64_t index = 0; index != count; ++index) {
    std::optional<APFloat> value = evaluate(index);
    if (!value)
      return {};
    values.push_back(*value);
  }
  if (shaped)
    return DenseElementsAttr::get(shaped, values);
  return FloatAttr::get(type, values.front());
}
