//===- FormulaEmitter.cpp - Formulas as C++ statements --------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file translates one formula to C++ and checks it on the way.
//
//===----------------------------------------------------------------------===//

#include "FormulaEmitter.h"

#include "LiteralBits.h"

#include "llvm/ADT/Twine.h"
#include "llvm/TableGen/Error.h"

using namespace llvm;
using namespace act::tblgen;

FormulaEmitter::FormulaEmitter(raw_ostream &os, const Record *owner,
                               Context context, ArrayRef<NamedKind> names)
    : os(os), owner(owner), context(context) {
  for (const NamedKind &parameter : names)
    parameters[parameter.name] = parameter.kind;
}

void FormulaEmitter::fail(const Twine &message) {
  PrintFatalError(owner->getLoc(), message);
}

Kind FormulaEmitter::kindNamed(StringRef name) const {
  return Kind(owner->getRecords().getDef(name));
}

void FormulaEmitter::emitReturn(const Init *formula, Kind kind) {
  Typed result = value(formula, kind);
  if (result.kind != kind)
    fail("the formula is " + result.kind.name() + ", expected " + kind.name());
  os << "  return " << result.expression << ";\n";
}

FormulaEmitter::Typed FormulaEmitter::statement(Kind kind,
                                                const Twine &expression) {
  std::string name = "v" + std::to_string(nextVariable++);
  os << "  " << kind.cppType() << " " << name << " = " << expression << ";\n";
  return {kind, name};
}

//===----------------------------------------------------------------------===//
// Leaves
//===----------------------------------------------------------------------===//

FormulaEmitter::Typed FormulaEmitter::variable(StringRef name) {
  auto it = parameters.find(name);
  if (it == parameters.end()) {
    if (name == "dy" || name == "y")
      fail("'$" + name + "' cannot stand in a formula: rules are functions of "
           "$x and parameters, and act-expand multiplies by dy");
    fail("'$" + name + "' is not bound");
  }
  used.insert(name);
  return {it->second, name.str() + "_"};
}

FormulaEmitter::Typed FormulaEmitter::literal(StringRef text, Kind expected) {
  bool isPair = expected.isPair();
  std::string &name = literals[(isPair ? "p" : "r") + text.str()];
  if (name.empty()) {
    std::string high = constant(text, "constant");
    name = (isPair ? statement(expected,
                               expected.cppType() + "{" + high + ", " +
                                   constant(text, "constantLow") + "}")
                   : statement(kindNamed("Real"), high))
               .expression;
  }
  return {isPair ? expected : kindNamed("Real"), name};
}

/// The expression of the algebra's constant for `text`.
std::string FormulaEmitter::constant(StringRef text, StringRef method) {
  std::optional<std::string> expression = literalExpression(text);
  if (!expression)
    fail("'" + text + "' is not a number");
  return "a." + method.str() + "(" + *expression + ")";
}

FormulaEmitter::Typed FormulaEmitter::byWidth(const DagInit *dag,
                                              Kind expected) {
  expectArguments(dag, 2);
  auto *single = dyn_cast<IntInit>(dag->getArg(0));
  auto *twice = dyn_cast<IntInit>(dag->getArg(1));
  if (single && twice) {
    if (!expected.isInt())
      fail("integers stand where " + expected.name() + " is expected");
    return {expected, "a.integer(a.isF64() ? " +
                          std::to_string(twice->getValue()) + " : " +
                          std::to_string(single->getValue()) + ")"};
  }
  auto *f32 = dyn_cast<StringInit>(dag->getArg(0));
  auto *f64 = dyn_cast<StringInit>(dag->getArg(1));
  if (!f32 || !f64)
    fail("ByWidth chooses between two literals of one kind");
  if (!expected.isReal() && !expected.isPair())
    fail("literals stand where " + expected.name() + " is expected");
  auto choose = [&](StringRef method) {
    return "a.isF64() ? " + constant(f64->getValue(), method) + " : " +
           constant(f32->getValue(), method);
  };
  if (!expected.isPair())
    return statement(kindNamed("Real"), choose("constant"));
  return statement(expected, expected.cppType() + "{" + choose("constant") +
                                 ", " + choose("constantLow") + "}");
}

FormulaEmitter::Typed FormulaEmitter::value(const Init *init, Kind expected) {
  if (auto *text = dyn_cast<StringInit>(init)) {
    if (!expected.isReal() && !expected.isPair())
      fail("the literal \"" + text->getValue() + "\" stands where " +
           expected.name() + " is expected");
    return literal(text->getValue(), expected);
  }
  if (auto *number = dyn_cast<IntInit>(init)) {
    if (!expected.isInt())
      fail("the integer " + Twine(number->getValue()) + " stands where " +
           expected.name() +
           " is expected; a Real literal is a string, e.g. \"1\"");
    return {expected, "a.integer(" + std::to_string(number->getValue()) + ")"};
  }
  if (auto *dag = dyn_cast<DagInit>(init))
    return dagValue(dag, expected);
  fail("'" + init->getAsString() + "' is no formula");
}

FormulaEmitter::Typed FormulaEmitter::argument(const DagInit *dag,
                                               unsigned index, Kind expected) {
  const Init *init = dag->getArg(index);
  if (isa<UnsetInit>(init)) {
    if (dag->getArgNameStr(index).empty())
      fail("an argument of '" + dag->getOperator()->getAsString() +
           "' is empty");
    return variable(dag->getArgNameStr(index));
  }
  return value(init, expected);
}

//===----------------------------------------------------------------------===//
// Dags
//===----------------------------------------------------------------------===//

void FormulaEmitter::expectArguments(const DagInit *dag, unsigned count) {
  if (dag->getNumArgs() != count)
    fail("'" + dag->getOperator()->getAsString() + "' takes " + Twine(count) +
         " arguments, got " + Twine(dag->getNumArgs()));
}

void FormulaEmitter::expectKind(const Typed &value, Kind kind,
                                const DagInit *dag, unsigned index) {
  if (value.kind != kind)
    fail("argument " + Twine(index + 1) + " of '" +
         dag->getOperator()->getAsString() + "' is " + value.kind.name() +
         ", expected " + kind.name());
}

FormulaEmitter::Typed FormulaEmitter::dagValue(const DagInit *dag,
                                               Kind expected) {
  auto it = computed.find(dag);
  if (it != computed.end())
    return it->second;

  auto *def = dyn_cast<DefInit>(dag->getOperator());
  if (!def)
    fail("'" + dag->getOperator()->getAsString() + "' is no operation");
  const Record *op = def->getDef();
  // Literals take the kind of their place, so that one dag has several values.
  if (op->getName() == "ByWidth")
    return byWidth(dag, expected);
  Typed result{expected, ""};
  if (op->getName() == "Id") {
    expectArguments(dag, 1);
    result = argument(dag, 0, expected);
  } else if (op->getName() == "Select") {
    result = select(dag, expected);
  } else if (op->getName() == "Horner" || op->getName() == "HornerFrom") {
    result = horner(dag, op->getName() == "HornerFrom");
  } else if (op->isSubClassOf("Operation")) {
    result = operation(dag, op);
  } else if (op->isSubClassOf("Function")) {
    result = call(dag, op);
  } else if (op->isSubClassOf("Struct")) {
    result = construct(dag, Kind(op));
  } else if (op->isSubClassOf("Field")) {
    result = read(dag, op);
  } else {
    fail("'" + op->getName() + "' is no operation");
  }
  computed.insert({dag, result});
  return result;
}

void FormulaEmitter::expectAllowed(const Record *op) {
  if (context == Context::Function)
    return;
  auto reaches = [&](StringRef operationClass) {
    return op->isSubClassOf("Function") ? reachesOperation(op, operationClass)
                                        : op->isSubClassOf(operationClass);
  };
  bool isFunction = op->isSubClassOf("Function");
  if (context != Context::Definition && reaches("RealFunction"))
    fail("'" + op->getName() +
         (isFunction ? "' uses functions" : "' is a function") +
         " over the reals; evaluations are made of IEEE operations");
  if (context != Context::DeviceEvaluation && reaches("Approximation"))
    fail("'" + op->getName() +
         (isFunction ? "' uses approximations" : "' is an approximation") +
         "; only evaluations of the fast and the device tiers may");
}

FormulaEmitter::Typed FormulaEmitter::operation(const DagInit *dag,
                                                const Record *op) {
  expectAllowed(op);
  std::vector<const Record *> kinds = op->getValueAsListOfDefs("operands");
  expectArguments(dag, kinds.size());
  std::string arguments;
  for (auto [index, kind] : llvm::enumerate(kinds)) {
    Typed operand = argument(dag, index, Kind(kind));
    expectKind(operand, Kind(kind), dag, index);
    arguments += (index ? ", " : "") + operand.expression;
  }
  return statement(Kind(op->getValueAsDef("result")),
                   "a." + op->getValueAsString("cppName") + "(" + arguments +
                       ")");
}

FormulaEmitter::Typed FormulaEmitter::call(const DagInit *dag,
                                           const Record *function) {
  expectAllowed(function);
  std::vector<NamedKind> names =
      parseParameters(function->getValueAsDag("parameters"), function);
  expectArguments(dag, names.size());
  std::string arguments = "a";
  for (auto [index, parameter] : llvm::enumerate(names)) {
    Typed operand = argument(dag, index, parameter.kind);
    expectKind(operand, parameter.kind, dag, index);
    arguments += ", " + operand.expression;
  }
  return statement(Kind(function->getValueAsDef("result")),
                   lowerFirst(function->getName()) + "(" + arguments + ")");
}

FormulaEmitter::Typed FormulaEmitter::construct(const DagInit *dag,
                                                Kind kind) {
  std::vector<NamedKind> fields = structFields(kind);
  expectArguments(dag, fields.size());
  std::string arguments;
  for (auto [index, field] : llvm::enumerate(fields)) {
    Typed operand = argument(dag, index, field.kind);
    expectKind(operand, field.kind, dag, index);
    arguments += (index ? ", " : "") + operand.expression;
  }
  return statement(kind, kind.cppType() + "{" + arguments + "}");
}

FormulaEmitter::Typed FormulaEmitter::read(const DagInit *dag,
                                           const Record *field) {
  expectArguments(dag, 1);
  Typed aggregate = argument(dag, 0, kindNamed("Pair"));
  StringRef name = field->getValueAsString("name");
  if (aggregate.kind.isStruct())
    for (const NamedKind &candidate : structFields(aggregate.kind))
      if (candidate.name == name)
        return {candidate.kind, aggregate.expression + "." + name.str()};
  fail("'" + field->getName() + "' reads field '" + name + "', which " +
       aggregate.kind.name() + " does not have");
}

FormulaEmitter::Typed FormulaEmitter::select(const DagInit *dag,
                                             Kind expected) {
  expectArguments(dag, 3);
  Kind boolean = kindNamed("Bool");
  Typed condition = argument(dag, 0, boolean);
  expectKind(condition, boolean, dag, 0);
  // A literal takes the kind of the other side.
  bool literalFirst = isa<StringInit, IntInit>(dag->getArg(1));
  Typed second = argument(dag, literalFirst ? 2 : 1, expected);
  Typed first = argument(dag, literalFirst ? 1 : 2, second.kind);
  Typed yes = literalFirst ? first : second, no = literalFirst ? second : first;
  expectKind(no, yes.kind, dag, 2);
  if (yes.kind.isBool())
    fail("Select chooses between values; use And and Or for Bool");
  if (!yes.kind.isStruct())
    return statement(yes.kind, (yes.kind.isInt() ? Twine("a.selectInt(")
                                                 : Twine("a.select(")) +
                                   condition.expression + ", " +
                                   yes.expression + ", " + no.expression + ")");
  std::string parts;
  for (const NamedKind &field : structFields(yes.kind))
    parts += (parts.empty() ? "" : ", ") +
             std::string(field.kind.isInt() ? "a.selectInt(" : "a.select(") +
             condition.expression + ", " + yes.expression + "." + field.name +
             ", " + no.expression + "." + field.name + ")";
  return statement(yes.kind, yes.kind.cppType() + "{" + parts + "}");
}

FormulaEmitter::Typed FormulaEmitter::horner(const DagInit *dag,
                                             bool hasStart) {
  expectArguments(dag, hasStart ? 3 : 2);
  auto *table = dyn_cast<DefInit>(dag->getArg(0));
  if (!table || !table->getDef()->isSubClassOf("Coefficients"))
    fail("the first argument of Horner must be Coefficients");
  std::vector<StringRef> values =
      table->getDef()->getValueAsListOfStrings("values");
  std::vector<StringRef> wide =
      table->getDef()->getValueAsListOfStrings("f64Values");
  size_t start = 0;
  if (hasStart) {
    auto *number = dyn_cast<IntInit>(dag->getArg(1));
    if (!number || number->getValue() < 0)
      fail("the second argument of HornerFrom must be an index");
    start = number->getValue();
  }
  if (start >= values.size() || (!wide.empty() && start >= wide.size()))
    fail("'" + table->getDef()->getName() + "' has no coefficient " +
         Twine(start));
  Kind real = kindNamed("Real");
  Typed r = argument(dag, hasStart ? 2 : 1, real);
  expectKind(r, real, dag, hasStart ? 2 : 1);
  if (!wide.empty())
    return hornerByWidth(values, wide, start, r);
  Typed sum = literal(values.back(), real);
  for (size_t i = values.size() - 1; i-- > start;)
    sum = statement(real, "a.fma(" + sum.expression + ", " + r.expression +
                              ", " + literal(values[i], real).expression + ")");
  return sum;
}

FormulaEmitter::Typed
FormulaEmitter::hornerByWidth(ArrayRef<StringRef> narrow,
                              ArrayRef<StringRef> wide, size_t start,
                              const Typed &r) {
  std::string sum = "v" + std::to_string(nextVariable++);
  auto emitChain = [&](ArrayRef<StringRef> values) {
    os << "    " << sum << " = " << constant(values.back(), "constant")
       << ";\n";
    for (size_t i = values.size() - 1; i-- > start;)
      os << "    " << sum << " = a.fma(" << sum << ", " << r.expression << ", "
         << constant(values[i], "constant") << ");\n";
  };
  os << "  " << r.kind.cppType() << " " << sum << ";\n  if (a.isF64()) {\n";
  emitChain(wide);
  os << "  } else {\n";
  emitChain(narrow);
  os << "  }\n";
  return {r.kind, sum};
}

//===----------------------------------------------------------------------===//
// Classes of operations
//===----------------------------------------------------------------------===//

namespace {

/// Memoises on dags, which share their parts: a walk of the tree would take
/// time exponential in its depth.
class OperationSearch {
public:
  explicit OperationSearch(StringRef operationClass)
      : operationClass(operationClass) {}

  bool reaches(const DagInit *dag) {
    auto [it, isNew] = known.insert({dag, false});
    if (!isNew)
      return it->second;
    bool result = false;
    if (auto *def = dyn_cast<DefInit>(dag->getOperator()))
      result = def->getDef()->isSubClassOf(operationClass) ||
               (def->getDef()->isSubClassOf("Function") &&
                reachesFrom(def->getDef()));
    for (const Init *argument : dag->getArgs())
      if (auto *inner = dyn_cast<DagInit>(argument))
        result |= reaches(inner);
    known[dag] = result;
    return result;
  }

  /// The same of a function; none of what it is made of shows in exact ones.
  bool reachesFrom(const Record *function) {
    return !function->getValueAsBit("isExact") &&
           reaches(function->getValueAsDag("body"));
  }

private:
  StringRef operationClass;
  DenseMap<const DagInit *, bool> known;
};

} // namespace

bool act::tblgen::reachesOperation(const Record *function,
                                   StringRef operationClass) {
  static StringMap<OperationSearch> searches;
  auto [it, isNew] = searches.try_emplace(operationClass, operationClass);
  return it->second.reachesFrom(function);
}
