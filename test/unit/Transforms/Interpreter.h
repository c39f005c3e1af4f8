//===- Interpreter.h - Functions of numbers, evaluated ----------*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file evaluates functions of scalars in any algebra over the reals, act
// operations by the definitions of their rules: in f64 to run derivatives, in
// dual numbers to know what they must give.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_TEST_UNIT_TRANSFORMS_INTERPRETER_H
#define ACT_TEST_UNIT_TRANSFORMS_INTERPRETER_H

#include "Act/IR/Act.h"
#include "Act/IR/ScalarFunctions.h"
#include "Act/Rules/RuleInfo.h"
#include "Act/Rules/Rules.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"

namespace act {

template <class Algebra> class Interpreter {
public:
  using Number = typename Algebra::Value;

  explicit Interpreter(Algebra &a) : a(a) {}

  /// The results of a function of one block.
  std::vector<Number> run(mlir::func::FuncOp function,
                          const std::vector<Number> &arguments) {
    numbers.clear();
    truths.clear();
    for (auto [argument, value] : llvm::zip(function.getArguments(), arguments))
      numbers.emplace(argument.getAsOpaquePointer(), value);
    std::vector<Number> results;
    for (mlir::Operation &op : function.getBody().front()) {
      if (llvm::isa<mlir::func::ReturnOp>(op)) {
        for (mlir::Value result : op.getOperands())
          results.push_back(number(result));
        break;
      }
      evaluate(&op);
    }
    return results;
  }

private:
  const Number &number(mlir::Value value) {
    return numbers.at(value.getAsOpaquePointer());
  }
  bool truth(mlir::Value value) {
    return truths.at(value.getAsOpaquePointer());
  }
  void set(mlir::Value value, Number result) {
    numbers.emplace(value.getAsOpaquePointer(), result);
  }

  void evaluate(mlir::Operation *op) {
    namespace arith = mlir::arith;
    if (isScalarFunction(op))
      return set(op->getResult(0),
                 evaluateScalarFunction(a, op, [&](unsigned i) -> Number {
                   return number(op->getOperand(i));
                 }));
    if (auto rule = llvm::dyn_cast<ElementwiseRuleOpInterface>(op))
      return evaluateRule(rule);
    if (llvm::isa<mlir::math::FloorOp>(op))
      return set(op->getResult(0), floor(number(op->getOperand(0))));
    if (llvm::isa<arith::MaximumFOp, arith::MaxNumFOp, arith::MinimumFOp,
                  arith::MinNumFOp>(op)) {
      const Number &x = number(op->getOperand(0)),
                   &y = number(op->getOperand(1));
      bool takesY = llvm::isa<arith::MaximumFOp, arith::MaxNumFOp>(op)
                        ? a.lt(x, y)
                        : a.lt(y, x);
      return set(op->getResult(0), takesY ? y : x);
    }
    if (auto constant = llvm::dyn_cast<arith::ConstantOp>(op)) {
      auto value = llvm::dyn_cast<mlir::FloatAttr>(constant.getValue());
      if (value)
        return set(constant, a.constant(value.getValueAsDouble()));
      truths[constant.getResult().getAsOpaquePointer()] =
          !llvm::cast<mlir::IntegerAttr>(constant.getValue())
               .getValue()
               .isZero();
      return;
    }
    if (auto select = llvm::dyn_cast<arith::SelectOp>(op))
      return set(select, truth(select.getCondition())
                             ? number(select.getTrueValue())
                             : number(select.getFalseValue()));
    if (auto compare = llvm::dyn_cast<arith::CmpFOp>(op)) {
      const Number &x = number(compare.getLhs()), &y = number(compare.getRhs());
      using P = arith::CmpFPredicate;
      bool holds = false;
      switch (compare.getPredicate()) {
      case P::OLT:
        holds = a.lt(x, y);
        break;
      case P::OLE:
        holds = a.le(x, y);
        break;
      case P::OGT:
        holds = a.gt(x, y);
        break;
      case P::OGE:
        holds = a.ge(x, y);
        break;
      case P::OEQ:
        holds = a.eq(x, y);
        break;
      case P::UNO:
        holds = a.isNaN(x) || a.isNaN(y);
        break;
      default:
        llvm::report_fatal_error("a comparison that derivatives do not use");
      }
      truths[compare.getResult().getAsOpaquePointer()] = holds;
      return;
    }
    if (llvm::isa<arith::AndIOp, arith::OrIOp, arith::XOrIOp>(op)) {
      bool x = truth(op->getOperand(0)), y = truth(op->getOperand(1));
      truths[op->getResult(0).getAsOpaquePointer()] =
          llvm::isa<arith::AndIOp>(op)  ? x && y
          : llvm::isa<arith::OrIOp>(op) ? x || y
                                        : x != y;
      return;
    }
    llvm::report_fatal_error(llvm::Twine("cannot evaluate ") +
                             op->getName().getStringRef());
  }

  /// A step has no tangents. Of large numbers it is some number.
  Number floor(const Number &x) {
    Number step = a.constant(0.0);
    if (!a.lt(a.abs(x), a.constant(1e4)))
      return step;
    while (a.lt(x, step))
      step = a.sub(step, a.constant(1.0));
    while (a.le(a.add(step, a.constant(1.0)), x))
      step = a.add(step, a.constant(1.0));
    return step;
  }

  void evaluateRule(ElementwiseRuleOpInterface op) {
    rules::RuleId rule = op.getRule();
    llvm::SmallVector<mlir::OpFoldResult> folded;
    op.getRuleParameters(folded);
    std::vector<Number> parameters;
    for (auto [value, info] :
         llvm::zip(folded, rules::ruleInfo(rule).parameters)) {
      if (auto operand = llvm::dyn_cast_if_present<mlir::Value>(value))
        parameters.push_back(number(operand));
      else if (auto attribute =
                   llvm::dyn_cast_if_present<mlir::Attribute>(value))
        parameters.push_back(a.constant(
            llvm::cast<mlir::FloatAttr>(attribute).getValueAsDouble()));
      else
        parameters.push_back(a.constant(info.defaultLiteral));
    }
    const Number &x = number(op.getInput());
    if (!op.getCotangent())
      return set(op->getResult(0),
                 rules::define(a, rule, x, parameters.data()));
    const Number &dy = number(op.getCotangent());
    set(op->getResult(0),
        a.mul(dy, rules::textbookDerivative(a, rule, x, parameters.data())));
    if (op->getNumResults() == 2)
      set(op->getResult(1), a.mul(dy, rules::textbookParameterDerivative(
                                          a, rule, x, parameters.data())));
  }

  Algebra &a;
  std::map<const void *, Number> numbers;
  std::map<const void *, bool> truths;
};

} // namespace act

#endif // ACT_TEST_UNIT_TRANSFORMS_INTERPRETER_H
