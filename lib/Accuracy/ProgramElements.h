//===- ProgramElements.h - Elements of the values of an entry ---*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file evaluates single elements of the values of an entry in any algebra
// over the reals, on demand: an element asks for the elements it is made of.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_ACCURACY_PROGRAMELEMENTS_H
#define ACT_LIB_ACCURACY_PROGRAMELEMENTS_H

#include "ProgramInputs.h"
#include "RuleValue.h"
#include "ScalarOps.h"

#include "Act/IR/Act.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"

#include <map>

namespace act {

/// An algebra's elements of one program. They are remembered until forget().
template <class Algebra>
class ProgramElements {
public:
  using Number = typename Algebra::Value;
  using Operand = Element<Algebra>;
  using Index = std::vector<int64_t>;

  ProgramElements(Algebra &a, const ProgramInputs &program)
      : a(a), ops(a), program(program) {}

  void forget() { known.clear(); }

  /// Element `index` of `value`, which supportsProgram() has accepted.
  Operand at(mlir::Value value, const Index &index) {
    auto key = std::make_pair(value.getAsOpaquePointer(), index);
    auto it = known.find(key);
    if (it != known.end())
      return it->second;
    Operand element = compute(value, index);
    known.emplace(std::move(key), element);
    return element;
  }

private:
  /// Elements of the block arguments of a linalg body, and what follows of
  /// them.
  using Body = llvm::DenseMap<mlir::Value, Operand>;
  using Getter = llvm::function_ref<Operand(mlir::Value)>;

  Operand compute(mlir::Value value, const Index &index) {
    if (auto argument = llvm::dyn_cast<mlir::BlockArgument>(value))
      return program.read(a, argument, index);
    mlir::Operation *op = value.getDefiningOp();
    if (auto constant = llvm::dyn_cast<mlir::arith::ConstantOp>(op))
      return program.readConstant(a, constant.getValue(), index);
    if (auto linalg = llvm::dyn_cast<mlir::linalg::LinalgOp>(op))
      return computeBody(linalg, llvm::cast<mlir::OpResult>(value), index);
    if (auto cast = llvm::dyn_cast<mlir::tensor::CastOp>(op))
      return at(cast.getSource(), index);
    if (auto splat = llvm::dyn_cast<mlir::tensor::SplatOp>(op))
      return at(splat.getInput(), {});
    if (auto rule = llvm::dyn_cast<ElementwiseRuleOpInterface>(op)) {
      if (llvm::cast<mlir::OpResult>(value).getResultNumber() == 1)
        return {parameterGradient(rule, index), false};
      return elementwise(rule, index);
    }
    return scalar(op, [&](mlir::Value operand) {
      return at(operand, llvm::isa<mlir::ShapedType>(operand.getType())
                             ? index
                             : Index{});
    });
  }

  Operand scalar(mlir::Operation *op, Getter get) {
    if (auto constant = llvm::dyn_cast<mlir::arith::ConstantOp>(op))
      return program.readConstant(a, constant.getValue(), {});
    llvm::SmallVector<Operand, 3> operands;
    for (mlir::Value operand : op->getOperands())
      operands.push_back(get(operand));
    if (auto rule = llvm::dyn_cast<ElementwiseRuleOpInterface>(op)) {
      std::optional<Number> parameter;
      if (mlir::Value operand = rule.getParameterOperand())
        parameter = get(operand).number;
      std::optional<Number> dy;
      if (mlir::Value cotangent = rule.getCotangent())
        dy = get(cotangent).number;
      return {ruleElement(rule, rule.getRulePart(),
                          *get(rule.getInput()).number, dy, parameter),
              false};
    }
    return ops.evaluate(op, operands);
  }

  //===--------------------------------------------------------------------===//
  // Rules
  //===--------------------------------------------------------------------===//

  /// f(x) or dy f'(x).
  Number ruleElement(ElementwiseRuleOpInterface op, rules::Part part,
                     const Number &x, const std::optional<Number> &dy,
                     const std::optional<Number> &parameter) {
    rules::RuleId rule = op.getRule();
    llvm::SmallVector<mlir::OpFoldResult> folded;
    op.getRuleParameters(folded);
    Subject subject = Subject::withDefaults(rule, part);
    std::vector<Number> parameters;
    for (auto [i, value] : llvm::enumerate(folded)) {
      if (llvm::isa_and_present<mlir::Value>(value)) {
        subject.parameters[i] = std::nan("");
        parameters.push_back(*parameter);
        continue;
      }
      if (auto number = llvm::dyn_cast_if_present<mlir::Attribute>(value))
        subject.parameters[i] =
            llvm::cast<mlir::FloatAttr>(number).getValueAsDouble();
      parameters.push_back(
          subject.parameters[i]
              ? a.constant(*subject.parameters[i])
              : a.constant(subject.info().parameters[i].defaultLiteral));
    }
    Number value = ruleAnywhere(a, subject, x, parameters);
    if (!dy)
      return value;
    bool isZero = a.eq(value, a.constant(0.0));
    bool hasZeroRule = part == rules::Part::ParameterDerivative
                           ? subject.info().hasParameterZeroWhere
                           : subject.info().hasZeroWhere;
    return hasZeroRule && isZero ? a.constant(0.0) : a.mul(*dy, value);
  }

  Operand elementwise(ElementwiseRuleOpInterface op, const Index &index) {
    std::optional<Number> dy, parameter;
    if (mlir::Value operand = op.getParameterOperand())
      parameter = at(operand, program.parameterIndex(op, index)).number;
    if (mlir::Value cotangent = op.getCotangent())
      dy = at(cotangent, index).number;
    return {ruleElement(op, op.getRulePart(), *at(op.getInput(), index).number,
                        dy, parameter),
            false};
  }

  /// The sum over all positions that used element `index` of the parameter.
  Number parameterGradient(ElementwiseRuleOpInterface op, const Index &index) {
    Number sum = a.constant(0.0);
    program.forEachIndex(op.getInput(), [&](const Index &position) {
      if (program.parameterIndex(op, position) != index)
        return;
      Number parameter =
          *at(op.getParameterOperand(), index).number;
      Number term =
          ruleElement(op, rules::Part::ParameterDerivative,
                      *at(op.getInput(), position).number,
                      at(op.getCotangent(), position).number, parameter);
      sum = a.add(sum, term);
    });
    return sum;
  }

  //===--------------------------------------------------------------------===//
  // linalg
  //===--------------------------------------------------------------------===//

  Operand computeBody(mlir::linalg::LinalgOp op, mlir::OpResult result,
                      const Index &index) {
    mlir::AffineMap out = op.getIndexingMapMatchingResult(result);
    llvm::SmallVector<int64_t> iteration =
        mlir::inversePermutation(out).compose(index);
    Body body;
    for (mlir::OpOperand &operand : op->getOpOperands()) {
      mlir::BlockArgument argument = op.getMatchingBlockArgument(&operand);
      if (argument.use_empty())
        continue;
      mlir::AffineMap map = op.getMatchingIndexingMap(&operand);
      llvm::SmallVector<int64_t> at = map.compose(iteration);
      body[argument] =
          this->at(operand.get(), Index(at.begin(), at.end()));
    }
    mlir::Operation *yield = op.getBlock()->getTerminator();
    return inBody(yield->getOperand(result.getResultNumber()), op, body);
  }

  Operand inBody(mlir::Value value, mlir::Operation *linalg, Body &body) {
    auto it = body.find(value);
    if (it != body.end())
      return it->second;
    mlir::Operation *op = value.getDefiningOp();
    if (!op || op->getParentOp() != linalg)
      return at(value, {});
    Operand element = scalar(op, [&](mlir::Value operand) {
      return inBody(operand, linalg, body);
    });
    body[value] = element;
    return element;
  }

  Algebra &a;
  ScalarOps<Algebra> ops;
  const ProgramInputs &program;
  std::map<std::pair<const void *, Index>, Operand> known;
};

} // namespace act

#endif // ACT_LIB_ACCURACY_PROGRAMELEMENTS_H
