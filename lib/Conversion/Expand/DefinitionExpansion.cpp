//===- DefinitionExpansion.cpp - Emitting the definition of a rule --------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file instantiates the definitions of all rules in the IR algebra.
//
// Over the reals x s(x) tends to 0 at minus infinity; in floating point it is
// infinity times 0. Which formulas have such places is found on the host, by
// comparing the definition with the evaluation of tier exact, so that no rule
// has to say it. There x is replaced by the farthest number from 0 at which the
// definition still gives the limit.
//
//===----------------------------------------------------------------------===//

#include "DefinitionExpansion.h"

#include "Act/Rules/HostAlgebra.h"

#include "mlir/IR/BuiltinAttributes.h"

#include <cmath>
#include <limits>

using namespace mlir;
using namespace act;
using rules::Part;
using rules::RuleId;

template <class A>
static typename A::Value define(A &algebra, RuleId rule, Part part,
                                typename A::Value x,
                                const typename A::Value *parameters) {
  switch (part) {
  case Part::Forward:
    return rules::define(algebra, rule, x, parameters);
  case Part::Derivative:
    return rules::textbookDerivative(algebra, rule, x, parameters);
  case Part::ParameterDerivative:
    return rules::textbookParameterDerivative(algebra, rule, x, parameters);
  case Part::OutputDerivative:
    break;
  }
  llvm_unreachable("derivatives by the output have no definition");
}

namespace {

/// Where a definition, computed in floating point, is not what it means.
struct Repairs {
  /// x below and above these is replaced by them; infinite: as it is.
  double low = -std::numeric_limits<double>::infinity();
  double high = std::numeric_limits<double>::infinity();
  /// Whether what is large there stands for infinity.
  bool hasInfiniteLimit = false;
  /// Whether NaN gives a number.
  bool losesNaN = false;
};

/// Finds the repairs of one part in the format Number.
template <class Number> class RepairFinder {
public:
  RepairFinder(RuleId rule, Part part, ArrayRef<OpFoldResult> parameters)
      : rule(rule), part(part) {
    // An operand may have any value; these have all limits that there are.
    probes.push_back({});
    const rules::RuleInfo &info = rules::ruleInfo(rule);
    for (auto [known, given] : llvm::zip(info.parameters, parameters)) {
      SmallVector<Number> values;
      if (auto number = dyn_cast_if_present<Attribute>(given))
        values = {Number(cast<FloatAttr>(number).getValueAsDouble())};
      else if (isa_and_present<Value>(given))
        values = {-0x1p+20f, -1, 0, 1, 0x1p+20f};
      else
        values = {Number(known.defaultValue())};
      SmallVector<SmallVector<Number>> longer;
      for (const SmallVector<Number> &probe : probes)
        for (Number value : values) {
          longer.push_back(probe);
          longer.back().push_back(value);
        }
      probes = std::move(longer);
    }
  }

  Repairs find() {
    Repairs repairs;
    repairs.losesNaN = llvm::any_of(probes, [&](ArrayRef<Number> probe) {
      return !std::isnan(defined(Limits::quiet_NaN(), probe));
    });
    findSide(1, repairs.high, repairs.hasInfiniteLimit);
    findSide(-1, repairs.low, repairs.hasInfiniteLimit);
    return repairs;
  }

private:
  using Limits = std::numeric_limits<Number>;

  Number defined(Number x, ArrayRef<Number> probe) {
    HostAlgebra<Number> algebra;
    return define(algebra, rule, part, x, probe.data());
  }

  Number evaluated(Number x, ArrayRef<Number> probe) {
    const rules::EvaluationInfo *evaluation = rules::findEvaluation(
        rule, part, rules::Tier::Exact,
        sizeof(Number) == 8 ? rules::Width::F64 : rules::Width::F32);
    if (!evaluation)
      return defined(x, probe);
    HostAlgebra<Number> algebra;
    SmallVector<rules::Pair<HostAlgebra<Number>>> pairs;
    for (Number value : probe)
      pairs.push_back({value, 0});
    return rules::evaluate(algebra, rule, part, evaluation->tier,
                           evaluation->width, x, pairs.data());
  }

  /// Whether the definition is right at x, but for rounding.
  bool isRight(Number x) {
    return llvm::all_of(probes, [&](ArrayRef<Number> probe) {
      Number found = defined(x, probe), expected = evaluated(x, probe);
      if (std::isnan(expected))
        return std::isnan(found);
      return found == expected ||
             std::fabs(found - expected) <= Number(1e-5) * std::fabs(expected);
    });
  }

  void findSide(Number sign, double &bound, bool &hasInfiniteLimit) {
    Number infinity = sign * Limits::infinity();
    if (isRight(infinity))
      return;
    Number candidate = Limits::max();
    for (int exponent = Limits::max_exponent - 1;
         exponent > 0 && !isRight(sign * candidate); --exponent)
      candidate = std::ldexp(Number(1), exponent);
    bound = sign * candidate;
    hasInfiniteLimit |= llvm::any_of(probes, [&](ArrayRef<Number> probe) {
      return std::isinf(evaluated(infinity, probe));
    });
  }

  RuleId rule;
  Part part;
  SmallVector<SmallVector<Number>> probes;
};

} // namespace

/// y at infinite x is infinite where it is large at the bound.
static Value restoreInfinity(IRAlgebra &algebra, Value x, Value y) {
  Value infinity = algebra.constant(std::numeric_limits<double>::infinity());
  Value isInfinite =
      algebra.logicalAnd(algebra.eq(algebra.abs(x), infinity),
                         algebra.ge(algebra.abs(y), algebra.constant(0x1p+20)));
  return algebra.select(isInfinite, algebra.copySign(infinity, y), y);
}

Value act::emitDefinition(IRAlgebra &algebra, RuleId rule, Part part, Value x,
                          ArrayRef<OpFoldResult> parameters,
                          ArrayRef<rules::Pair<IRAlgebra>> values) {
  // These are plain arithmetic.
  if (part == Part::OutputDerivative)
    return rules::evaluate(algebra, rule, part, rules::Tier::Exact,
                           algebra.isF64() ? rules::Width::F64
                                           : rules::Width::F32,
                           x, values.data());
  Repairs repairs = algebra.isF64()
                        ? RepairFinder<double>(rule, part, parameters).find()
                        : RepairFinder<float>(rule, part, parameters).find();
  SmallVector<Value> numbers;
  for (const rules::Pair<IRAlgebra> &pair : values)
    numbers.push_back(pair.h);
  Value bounded = x;
  if (std::isfinite(repairs.low)) {
    Value low = algebra.constant(repairs.low);
    bounded = algebra.select(algebra.lt(bounded, low), low, bounded);
  }
  if (std::isfinite(repairs.high)) {
    Value high = algebra.constant(repairs.high);
    bounded = algebra.select(algebra.gt(bounded, high), high, bounded);
  }
  Value y = define(algebra, rule, part, bounded, numbers.data());
  if (repairs.hasInfiniteLimit)
    y = restoreInfinity(algebra, x, y);
  if (repairs.losesNaN)
    y = algebra.select(algebra.isNaN(x), x, y);
  return y;
}
