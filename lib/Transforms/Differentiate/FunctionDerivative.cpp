//===- FunctionDerivative.cpp - Derivatives of functions ------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file makes the derivative of a function: a copy of the function, behind
// it the derivative of its operations, and for each call a function of the same
// kind.
//
//===----------------------------------------------------------------------===//

#include "BlockDerivative.h"

#include "mlir/IR/IRMapping.h"
#include "mlir/IR/SymbolTable.h"
#include "llvm/ADT/StringSet.h"

#include <map>

using namespace mlir;
using namespace act;

static std::string nameOr(Attribute name, StringRef prefix, unsigned index) {
  if (auto text = dyn_cast_or_null<StringAttr>(name))
    return text.str();
  return (prefix + Twine(index)).str();
}

std::string act::argumentName(func::FuncOp function, unsigned index) {
  return nameOr(function.getArgAttr(index, "act.name"), "arg", index);
}

std::string act::resultName(func::FuncOp function, unsigned index) {
  return nameOr(function.getResultAttr(index, "act.name"), "res", index);
}

namespace {

/// Makes one derivative and those of the functions that it calls.
class Differentiator : public DerivativeBuilder::Calls {
public:
  Differentiator(ModuleOp module, const DerivativeOptions &options)
      : symbols(module), options(options) {}

  /// Erases what was made.
  void undo() {
    for (func::FuncOp function : made)
      symbols.erase(function);
  }

  FailureOr<func::FuncOp> differentiate(func::FuncOp function,
                                        const llvm::BitVector &selected,
                                        StringRef name, bool withResults);

  LogicalResult pullBack(DerivativeBuilder &builder, func::CallOp call,
                         ArrayRef<Value> cotangents,
                         const llvm::BitVector &wanted,
                         MutableArrayRef<Value> gradients) override;
  LogicalResult pushForward(DerivativeBuilder &builder, func::CallOp call,
                            ArrayRef<Value> tangents,
                            MutableArrayRef<Value> results) override;

private:
  LogicalResult verify(func::FuncOp function);
  func::FuncOp declare(func::FuncOp function, const llvm::BitVector &selected,
                       StringRef name, bool withResults);
  LogicalResult fill(func::FuncOp derivative, func::FuncOp function,
                     const llvm::BitVector &selected, bool withResults);

  /// The private derivative of what is called.
  FailureOr<func::FuncOp> derivativeOf(func::CallOp call,
                                       const llvm::BitVector &selected);
  std::string unusedName(const std::string &wish);

  SymbolTable symbols;
  const DerivativeOptions &options;
  SmallVector<func::FuncOp> made;
  /// Functions whose derivative is being made.
  SmallVector<func::FuncOp> open;
  /// The derivative of a function by the given arguments.
  std::map<std::pair<Operation *, std::vector<unsigned>>, func::FuncOp> known;
};

} // namespace

//===----------------------------------------------------------------------===//
// Signatures
//===----------------------------------------------------------------------===//

static SmallVector<unsigned> differentiableIn(TypeRange types) {
  SmallVector<unsigned> indices;
  for (auto [index, type] : llvm::enumerate(types))
    if (isDifferentiable(type))
      indices.push_back(index);
  return indices;
}

/// The attribute of a derivative: the name of what it is the derivative of.
static constexpr StringLiteral originName = "act.derivative_of";

namespace {

/// Arguments or results of a function that is made.
struct Values {
  /// Whether a name that is taken may be changed.
  bool mayRename = false;
  SmallVector<Type> types;
  SmallVector<DictionaryAttr> attributes;
  llvm::StringSet<> names;

  void add(Type type, DictionaryAttr attribute, const std::string &name) {
    types.push_back(type);
    attributes.push_back(attribute ? attribute
                                   : DictionaryAttr::get(type.getContext()));
    names.insert(name);
  }
  /// The derivative of what is named `of`.
  void addDerivative(Type type, const std::string &of) {
    std::string name = "d_" + of;
    while (mayRename && names.contains(name))
      name = "d_" + name;
    Builder builder(type.getContext());
    add(type,
        builder.getDictionaryAttr(
            builder.getNamedAttr("act.name", builder.getStringAttr(name))),
        name);
  }
};

} // namespace

func::FuncOp Differentiator::declare(func::FuncOp function,
                                     const llvm::BitVector &selected,
                                     StringRef name, bool withResults) {
  // A derivative has names that a further one would choose, too.
  bool isDerivative = function->hasAttr(originName);
  Values inputs, outputs;
  inputs.mayRename = outputs.mayRename = isDerivative;
  for (auto [index, type] : llvm::enumerate(function.getArgumentTypes()))
    inputs.add(type, function.getArgAttrDict(index),
               argumentName(function, index));
  if (withResults)
    for (auto [index, type] : llvm::enumerate(function.getResultTypes()))
      outputs.add(type, function.getResultAttrDict(index),
                  resultName(function, index));

  Values &ofArguments = options.forward ? inputs : outputs;
  Values &ofResults = options.forward ? outputs : inputs;
  for (unsigned index : selected.set_bits())
    ofArguments.addDerivative(function.getArgumentTypes()[index],
                              argumentName(function, index));
  for (unsigned index : differentiableIn(function.getResultTypes()))
    ofResults.addDerivative(function.getResultTypes()[index],
                            resultName(function, index));

  Builder builder(function.getContext());
  auto derivative = func::FuncOp::create(
      function.getLoc(), name,
      builder.getFunctionType(inputs.types, outputs.types));
  derivative->setDiscardableAttrs(function->getDiscardableAttrDictionary());
  derivative->setAttr(originName, function.getSymNameAttr());
  derivative.setAllArgAttrs(inputs.attributes);
  derivative.setAllResultAttrs(outputs.attributes);
  symbols.insert(derivative, std::next(Block::iterator(function)));
  made.push_back(derivative);
  return derivative;
}

LogicalResult Differentiator::verify(func::FuncOp function) {
  auto refuse = [&]() {
    return function.emitError() << "function '" << function.getName()
                                << "' cannot be differentiated: ";
  };
  if (function.isExternal())
    return refuse() << "it has no body";
  if (!function.getBody().hasOneBlock())
    return refuse() << "it has branches";
  if (!isa<func::ReturnOp>(function.getBody().front().getTerminator()))
    return refuse() << "it does not return";
  return success();
}

//===----------------------------------------------------------------------===//
// Bodies
//===----------------------------------------------------------------------===//

/// Whether the attribute 'act.derivative', if there is one, has a value that is
/// known.
static LogicalResult verifyChoice(Operation *op) {
  Attribute choice = op->getAttr(derivativeAttrName);
  if (!choice)
    return success();
  auto text = dyn_cast<StringAttr>(choice);
  if (text && (text == "save" || text == "recompute"))
    return success();
  return op->emitError() << "'" << derivativeAttrName << "' is " << choice
                         << "; it can be \"save\" or \"recompute\"";
}

LogicalResult Differentiator::fill(func::FuncOp derivative,
                                   func::FuncOp function,
                                   const llvm::BitVector &selected,
                                   bool withResults) {
  Block *block = derivative.addEntryBlock();
  unsigned numArguments = function.getNumArguments();
  ValueRange copies = block->getArguments().take_front(numArguments);
  ValueRange given = block->getArguments().drop_front(numArguments);

  IRMapping mapping;
  mapping.map(function.getArguments(), copies);
  DerivativeBuilder builder(function.getContext(), *block, this);
  Block &body = function.getBody().front();
  for (Operation &op : body.without_terminator()) {
    Operation *copy = builder.clone(op, mapping);
    if (failed(verifyChoice(copy)))
      return failure();
    if (!isRecomputed(copy))
      builder.remember(copy);
  }
  SmallVector<Value> results;
  for (Value result : body.getTerminator()->getOperands())
    results.push_back(mapping.lookup(result));

  SmallVector<Value> inputs, outputs;
  for (unsigned index : selected.set_bits())
    inputs.push_back(copies[index]);
  for (unsigned index : differentiableIn(function.getResultTypes()))
    outputs.push_back(results[index]);
  Activity activity(*block, inputs, outputs);
  if (failed(activity.verify()))
    return failure();

  Location loc = function.getLoc();
  Derivatives derivatives;
  ArrayRef<Value> from = options.forward ? inputs : outputs;
  ArrayRef<Value> to = options.forward ? outputs : inputs;
  for (auto [value, derivativeOfValue] : llvm::zip(from, given)) {
    // What has no derivative stays, whatever its cotangent is.
    if (!activity.isActive(value))
      continue;
    Value &sum = derivatives[value];
    sum = builder.add(loc, sum, derivativeOfValue);
  }
  auto walk = options.forward ? pushForwardBlock : pullBackBlock;
  if (failed(walk(builder, activity, derivatives)))
    return failure();

  SmallVector<Value> returned;
  if (withResults)
    returned = results;
  for (Value value : to) {
    Value found = derivatives.lookup(value);
    returned.push_back(found ? found : builder.zerosLike(loc, value));
  }
  func::ReturnOp::create(builder, body.getTerminator()->getLoc(), returned);
  eraseDeadOperations(*block);
  return success();
}

FailureOr<func::FuncOp>
Differentiator::differentiate(func::FuncOp function,
                              const llvm::BitVector &selected, StringRef name,
                              bool withResults) {
  if (failed(verify(function)))
    return failure();
  func::FuncOp derivative = declare(function, selected, name, withResults);
  open.push_back(function);
  if (failed(fill(derivative, function, selected, withResults)))
    return failure();
  open.pop_back();
  return derivative;
}

//===----------------------------------------------------------------------===//
// Calls
//===----------------------------------------------------------------------===//

std::string Differentiator::unusedName(const std::string &wish) {
  std::string name = wish;
  for (unsigned number = 0; symbols.lookup(name); ++number)
    name = wish + "_" + std::to_string(number);
  return name;
}

FailureOr<func::FuncOp>
Differentiator::derivativeOf(func::CallOp call,
                             const llvm::BitVector &selected) {
  auto callee = symbols.lookup<func::FuncOp>(call.getCallee());
  if (!callee)
    return call.emitError() << "calls '" << call.getCallee()
                            << "', which cannot be differentiated: it is not "
                               "defined here";
  if (llvm::is_contained(open, callee))
    return call.emitError() << "calls '" << call.getCallee()
                            << "' recursively, which cannot be differentiated";
  std::vector<unsigned> indices(selected.set_bits_begin(),
                                selected.set_bits_end());
  auto it = known.find({callee, indices});
  if (it != known.end())
    return it->second;
  FailureOr<func::FuncOp> derivative = differentiate(
      callee, selected, unusedName(callee.getName().str() + options.suffix),
      /*withResults=*/false);
  if (failed(derivative)) {
    call.emitRemark() << "called from here";
    return failure();
  }
  derivative->setPrivate();
  known[{callee, indices}] = *derivative;
  return *derivative;
}

LogicalResult Differentiator::pullBack(DerivativeBuilder &builder,
                                       func::CallOp call,
                                       ArrayRef<Value> cotangents,
                                       const llvm::BitVector &wanted,
                                       MutableArrayRef<Value> gradients) {
  FailureOr<func::FuncOp> derivative = derivativeOf(call, wanted);
  if (failed(derivative))
    return failure();
  SmallVector<Value> operands(call.getOperands());
  for (unsigned index : differentiableIn(call.getResultTypes()))
    operands.push_back(
        cotangents[index]
            ? cotangents[index]
            : builder.zerosLike(call.getLoc(), call.getResult(index)));
  auto results =
      func::CallOp::create(builder, call.getLoc(), *derivative, operands);
  for (auto [index, gradient] :
       llvm::zip(wanted.set_bits(), results.getResults()))
    gradients[index] = gradient;
  return success();
}

LogicalResult Differentiator::pushForward(DerivativeBuilder &builder,
                                          func::CallOp call,
                                          ArrayRef<Value> tangents,
                                          MutableArrayRef<Value> results) {
  llvm::BitVector selected(tangents.size());
  SmallVector<Value> operands(call.getOperands());
  for (auto [index, tangent] : llvm::enumerate(tangents))
    if (tangent) {
      selected.set(index);
      operands.push_back(tangent);
    }
  FailureOr<func::FuncOp> derivative = derivativeOf(call, selected);
  if (failed(derivative))
    return failure();
  auto made =
      func::CallOp::create(builder, call.getLoc(), *derivative, operands);
  for (auto [index, tangent] :
       llvm::zip(differentiableIn(call.getResultTypes()), made.getResults()))
    results[index] = tangent;
  return success();
}

/// Whether `count` things have different names.
static LogicalResult
verifyNames(func::FuncOp function, func::FuncOp derivative, unsigned count,
            StringRef kind,
            llvm::function_ref<std::string(func::FuncOp, unsigned)> nameOf) {
  llvm::StringSet<> names;
  for (unsigned index = 0; index != count; ++index) {
    std::string name = nameOf(derivative, index);
    if (names.insert(name).second)
      continue;
    InFlightDiagnostic diagnostic = derivative.emitError()
                                    << "two " << kind << "s of '"
                                    << derivative.getName()
                                    << "' would be named '" << name << "'";
    diagnostic.attachNote() << "give the function's arguments and results "
                               "other names (attribute 'act.name'), or leave "
                               "the results out (results=false)";
    return failure();
  }
  return success();
}

llvm::BitVector act::differentiableArguments(func::FuncOp function) {
  llvm::BitVector arguments(function.getNumArguments());
  for (auto [index, type] : llvm::enumerate(function.getArgumentTypes()))
    if (isDifferentiable(type))
      arguments.set(index);
  return arguments;
}

static LogicalResult verifySelection(func::FuncOp function,
                                     const llvm::BitVector &selected) {
  if (function.isExternal())
    return function.emitError() << "function '" << function.getName()
                                << "' has no body to differentiate";
  if (selected.size() != function.getNumArguments())
    return function.emitError()
           << "function '" << function.getName() << "' has "
           << function.getNumArguments() << " arguments, and "
           << selected.size() << " are selected from";
  if (selected.none())
    return function.emitError()
           << "function '" << function.getName()
           << "' has no floating-point argument to differentiate by";
  for (unsigned index : selected.set_bits()) {
    Type type = function.getArgumentTypes()[index];
    if (!isDifferentiable(type))
      return function.emitError()
             << "argument '" << argumentName(function, index)
             << "' cannot be differentiated by: it has type " << type
             << ", which is not floating point";
  }
  return success();
}

FailureOr<func::FuncOp> act::differentiate(func::FuncOp function,
                                           const llvm::BitVector &selected,
                                           const DerivativeOptions &options) {
  if (failed(verifySelection(function, selected)))
    return failure();
  auto module = function->getParentOfType<ModuleOp>();
  Differentiator differentiator(module, options);
  std::string name = function.getName().str() + options.suffix;
  if (Operation *other = SymbolTable::lookupSymbolIn(module, name)) {
    InFlightDiagnostic diagnostic =
        function.emitError()
        << "the derivative of '" << function.getName() << "' would be named '"
        << name << "', which exists already";
    diagnostic.attachNote(other->getLoc())
        << "here; choose another ending with suffix=";
    return failure();
  }
  FailureOr<func::FuncOp> derivative = differentiator.differentiate(
      function, selected, name, options.withResults);
  if (failed(derivative) ||
      failed(verifyNames(function, *derivative, derivative->getNumArguments(),
                         "argument", argumentName)) ||
      failed(verifyNames(function, *derivative, derivative->getNumResults(),
                         "result", resultName))) {
    differentiator.undo();
    return failure();
  }
  return derivative;
}
