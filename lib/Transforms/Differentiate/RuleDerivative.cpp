//===- RuleDerivative.cpp - Derivatives from the rules --------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file differentiates what rules define. With f from the rule, p its
// operand parameter (if any) and f_x, f_p the derivatives that the rule gives:
//
//   forward    y = f(x, p)
//   backward   dx = dy f_x(x, p), dp = dy f_p(x, p) summed to the shape of p
//
// f_x and f_p are computed by the backward operation wherever that gives them
// alone; their own derivatives are those of the rule's formulas.
//
//===----------------------------------------------------------------------===//

#include "RuleDerivative.h"

#include "BlockDerivative.h"
#include "ElementwiseDerivative.h"

#include "Act/IR/Act.h"
#include "Act/Rules/RuleInfo.h"
#include "Act/Rules/Rules.h"

#include "mlir/IR/TypeUtilities.h"

using namespace mlir;
using namespace act;

namespace {

class RuleDerivative {
public:
  RuleDerivative(Operation *op, DerivativeBuilder &builder)
      : op(op), rule(cast<ElementwiseRuleOpInterface>(op)), builder(builder),
        loc(op->getLoc()), x(rule.getInput()), dy(rule.getCotangent()),
        parameter(rule.getParameterOperand()) {
    if (auto type = dyn_cast<RankedTensorType>(x.getType()))
      if (parameter && !isSharedParameter(parameter.getType()))
        parameterDims.push_back(getChannelDim(op, type.getRank()));
  }

  LogicalResult pullBack(ArrayRef<Value> cotangents,
                         const llvm::BitVector &wanted,
                         MutableArrayRef<Value> gradients) {
    if (!dy)
      return pullBackForward(cotangents[0], wanted, gradients);
    return pullBackBackward(cotangents, wanted, gradients);
  }

  LogicalResult pushForward(ArrayRef<Value> tangents,
                            MutableArrayRef<Value> results) {
    if (!dy)
      return pushForwardForward(tangents, results);
    return pushForwardBackward(tangents, results);
  }

private:
  //===--------------------------------------------------------------------===//
  // The backward operation
  //===--------------------------------------------------------------------===//

  /// The backward operation for the cotangent `with` of y; null, and diagnosed,
  /// if there is none.
  Operation *emitBackward(Value with) {
    StringRef name = op->getName().getStringRef();
    OperationState state(loc,
                         dy ? name.str() : (name + Twine("_backward")).str());
    if (!RegisteredOperationName::lookup(state.name.getStringRef(),
                                         op->getContext())) {
      op->emitError() << "'" << name
                      << "' cannot be differentiated: it has no backward "
                         "operation";
      return nullptr;
    }
    state.addOperands(with);
    state.addOperands(dy ? op->getOperands().drop_front() : op->getOperands());
    state.addAttributes(op->getAttrs());
    state.attributes.erase(derivativeAttrName);
    state.addTypes(x.getType());
    if (parameter)
      state.addTypes(
          getParameterGradientType(x.getType(), parameter.getType()));
    return builder.create(state);
  }

  //===--------------------------------------------------------------------===//
  // Formulas
  //===--------------------------------------------------------------------===//

  /// The parameter with an element for each of x, in the type that sums have.
  Value spreadParameter() {
    if (!parameter)
      return nullptr;
    Value wide = builder.convert(
        loc, parameter,
        getComputeElementType(op->getOperands(), op->getContext()));
    return builder.broadcast(loc, wide, x, parameterDims);
  }

  /// The parameters of the rule as numbers, `operand` where it is the operand.
  template <class Algebra>
  SmallVector<typename Algebra::Value>
  parameterNumbers(Algebra &a, const typename Algebra::Value &operand) {
    SmallVector<OpFoldResult> folded;
    rule.getRuleParameters(folded);
    SmallVector<typename Algebra::Value> numbers;
    for (auto [value, info] :
         llvm::zip(folded, rules::ruleInfo(rule.getRule()).parameters)) {
      if (llvm::isa_and_present<Value>(value))
        numbers.push_back(operand);
      else if (auto number = llvm::dyn_cast_if_present<Attribute>(value))
        numbers.push_back(
            a.constant(cast<FloatAttr>(number).getValueAsDouble()));
      else
        numbers.push_back(a.constant(info.defaultLiteral));
    }
    return numbers;
  }

  /// dy f_x and, with a parameter, dy f_p at the numbers dy, x, p.
  SmallVector<EmittedDual> evaluateBackward(EmittedDuals &duals,
                                            ArrayRef<EmittedDual> numbers) {
    EmittedDual p = parameter ? numbers[2] : EmittedDual{};
    auto parameters = parameterNumbers(duals, p);
    SmallVector<EmittedDual> outputs;
    outputs.push_back(duals.mul(
        numbers[0], rules::textbookDerivative(duals, rule.getRule(), numbers[1],
                                              parameters.data())));
    if (parameter)
      outputs.push_back(
          duals.mul(numbers[0],
                    rules::textbookParameterDerivative(
                        duals, rule.getRule(), numbers[1], parameters.data())));
    return outputs;
  }

  /// dy, x and the parameter.
  SmallVector<Value> backwardInputs() {
    SmallVector<Value> inputs{dy, x};
    if (parameter)
      inputs.push_back(spreadParameter());
    return inputs;
  }

  //===--------------------------------------------------------------------===//
  // y = f(x, p)
  //===--------------------------------------------------------------------===//

  LogicalResult pullBackForward(Value cotangent, const llvm::BitVector &wanted,
                                MutableArrayRef<Value> gradients) {
    Operation *backward = emitBackward(cotangent);
    if (!backward)
      return failure();
    for (unsigned index : wanted.set_bits()) {
      Value result = backward->getResult(index);
      // One term for each element of a vector.
      gradients[index] = op->getOperand(index) == parameter && index > 0
                             ? sumVectorTerms(result)
                             : result;
    }
    return success();
  }

  Value sumVectorTerms(Value terms) {
    if (terms.getType() == parameter.getType())
      return terms;
    return builder.sumTo(loc, terms, parameter.getType(), {});
  }

  LogicalResult pushForwardForward(ArrayRef<Value> tangents,
                                   MutableArrayRef<Value> results) {
    Value tangent;
    Type element = getElementTypeOrSelf(op->getResult(0).getType());
    if (tangents[0]) {
      Operation *backward = emitBackward(tangents[0]);
      if (!backward)
        return failure();
      tangent = builder.convert(loc, backward->getResult(0), element);
    }
    if (parameter && tangents[1]) {
      SmallVector<Value> inputs{x, spreadParameter()};
      llvm::BitVector active(2);
      active.set(1);
      ElementwiseDerivative derivative(
          builder, loc, inputs, active,
          [&](EmittedDuals &duals, ArrayRef<EmittedDual> numbers) {
            RealEmitter &emitter = duals.getBase();
            auto parameters = parameterNumbers(emitter, numbers[1].primal);
            RealEmitter::Value slope = rules::textbookParameterDerivative(
                emitter, rule.getRule(), numbers[0].primal, parameters.data());
            return SmallVector<EmittedDual>{
                duals.mul(numbers[1], duals.still(slope))};
          });
      Value spread = builder.broadcast(loc, tangents[1], x, parameterDims);
      Value part;
      derivative.pushForward({Value(), spread}, op->getResultTypes(), part);
      tangent = builder.add(loc, tangent, part);
    }
    results[0] = tangent;
    return success();
  }

  //===--------------------------------------------------------------------===//
  // dx = dy f_x(x, p), dp = dy f_p(x, p)
  //===--------------------------------------------------------------------===//

  LogicalResult verifySaved() {
    if (rule.getRulePart() == rules::Part::Derivative)
      return success();
    return op->emitError()
           << "'" << op->getName()
           << "' with saved(output) cannot be differentiated; write it with x "
              "instead of y";
  }

  LogicalResult pullBackBackward(ArrayRef<Value> cotangents,
                                 const llvm::BitVector &wanted,
                                 MutableArrayRef<Value> gradients) {
    if (failed(verifySaved()))
      return failure();
    // dx is linear in dy: its gradient is the operation itself.
    llvm::BitVector active = wanted;
    if (!parameter && wanted[0]) {
      Value gradient = emitBackward(cotangents[0])->getResult(0);
      gradients[0] =
          builder.convert(loc, gradient, getElementTypeOrSelf(dy.getType()));
      active.reset(0);
    }
    if (active.none())
      return success();
    SmallVector<Value> inputs = backwardInputs(), spread(cotangents);
    if (parameter && cotangents[1])
      spread[1] = builder.broadcast(loc, cotangents[1], x, parameterDims);
    ElementwiseDerivative derivative(
        builder, loc, inputs, active,
        [&](EmittedDuals &duals, ArrayRef<EmittedDual> numbers) {
          return evaluateBackward(duals, numbers);
        });
    SmallVector<Value> found(inputs.size());
    derivative.pullBack(spread, found);
    for (unsigned index : active.set_bits())
      if (found[index])
        gradients[index] =
            index == 2 ? builder.sumTo(loc, found[2], parameter.getType(),
                                       parameterDims)
                       : found[index];
    return success();
  }

  LogicalResult pushForwardBackward(ArrayRef<Value> tangents,
                                    MutableArrayRef<Value> results) {
    if (failed(verifySaved()))
      return failure();
    SmallVector<Value> given(tangents);
    if (given[0] && !parameter) {
      Value like =
          builder.convert(loc, given[0], getElementTypeOrSelf(x.getType()));
      results[0] = emitBackward(like)->getResult(0);
      given[0] = Value();
    }
    if (presenceOf(given).none())
      return success();
    if (parameter && given[2])
      given[2] = builder.broadcast(loc, given[2], x, parameterDims);
    SmallVector<Value> inputs = backwardInputs();
    ElementwiseDerivative derivative(
        builder, loc, inputs, presenceOf(given),
        [&](EmittedDuals &duals, ArrayRef<EmittedDual> numbers) {
          return evaluateBackward(duals, numbers);
        });
    SmallVector<Value> found(op->getNumResults());
    derivative.pushForward(given, op->getResultTypes(), found);
    results[0] = builder.add(loc, results[0], found[0]);
    if (parameter && found[1])
      results[1] =
          isa<VectorType>(x.getType())
              ? found[1]
              : builder.sumTo(loc, found[1], op->getResult(1).getType(),
                              parameterDims);
    return success();
  }

  Operation *op;
  ElementwiseRuleOpInterface rule;
  DerivativeBuilder &builder;
  Location loc;
  Value x, dy, parameter;
  /// The dimensions of x that a tensor parameter has.
  SmallVector<int64_t> parameterDims;
};

} // namespace

LogicalResult act::pullBackRule(Operation *op, DerivativeBuilder &builder,
                                ArrayRef<Value> cotangents,
                                const llvm::BitVector &wanted,
                                MutableArrayRef<Value> gradients) {
  return RuleDerivative(op, builder).pullBack(cotangents, wanted, gradients);
}

LogicalResult act::pushForwardRule(Operation *op, DerivativeBuilder &builder,
                                   ArrayRef<Value> tangents,
                                   MutableArrayRef<Value> results) {
  return RuleDerivative(op, builder).pushForward(tangents, results);
}
