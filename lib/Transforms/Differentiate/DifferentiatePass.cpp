//===- DifferentiatePass.cpp - The pass act-differentiate -----------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file reads the options of the pass: which function, by which arguments.
//
//===----------------------------------------------------------------------===//

#include "Models.h"

#include "Act/Transforms/Differentiation.h"
#include "Act/Transforms/Passes.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"

namespace act {
#define GEN_PASS_DEF_ACTDIFFERENTIATE
#include "Act/Transforms/Passes.h.inc"
} // namespace act

using namespace mlir;
using namespace act;

void act::registerDifferentiableModels(DialectRegistry &registry) {
  registerDifferentiableActOps(registry);
  registerDifferentiableGates(registry);
  registerDifferentiableLinalgOps(registry);
  registerDifferentiableRowOps(registry);
  registerDifferentiableDropoutOps(registry);
  registerDifferentiableScalarOps(registry);
  registerDifferentiableTensorOps(registry);
}

/// 'a', 'b', 'c'
static std::string quotedList(ArrayRef<std::string> names) {
  std::string text;
  for (const std::string &name : names)
    text += (text.empty() ? "'" : ", '") + name + "'";
  return text;
}

/// The function named `entry`, or the only one that can be meant.
static FailureOr<func::FuncOp> findFunction(ModuleOp module, StringRef entry) {
  SmallVector<std::string> names;
  func::FuncOp found;
  for (auto function : module.getOps<func::FuncOp>()) {
    if (entry.empty() ? function.isPublic() && !function.isExternal()
                      : function.getName() == entry)
      found = function;
    if (function.isPublic() && !function.isExternal())
      names.push_back(function.getName().str());
  }
  if (found && (!entry.empty() || names.size() == 1))
    return found;
  InFlightDiagnostic diagnostic = module.emitError() << "act-differentiate: ";
  if (names.empty())
    diagnostic << "there is no public function with a body";
  else if (entry.empty())
    diagnostic << "there are several functions; name one with entry=: "
               << quotedList(names);
  else
    diagnostic << "there is no function '" << entry << "'; there are "
               << quotedList(names);
  return failure();
}

namespace {

struct DifferentiatePass
    : public act::impl::ActDifferentiateBase<DifferentiatePass> {
  using ActDifferentiateBase::ActDifferentiateBase;

  void getDependentDialects(DialectRegistry &registry) const override {
    ActDifferentiateBase::getDependentDialects(registry);
    registerDifferentiableModels(registry);
  }

  LogicalResult initialize(MLIRContext *context) override {
    if (mode == "vjp" || mode == "jvp")
      return success();
    return emitError(UnknownLoc::get(context))
           << "act-differentiate: unknown mode '" << mode
           << "'; use 'vjp' or 'jvp'";
  }

  void runOnOperation() override {
    FailureOr<func::FuncOp> function = findFunction(getOperation(), entry);
    if (failed(function))
      return signalPassFailure();
    FailureOr<llvm::BitVector> selected = selectArguments(*function);
    if (failed(selected))
      return signalPassFailure();
    DerivativeOptions options;
    options.forward = mode == "jvp";
    options.withResults = results;
    options.suffix = suffix.empty() ? "_" + mode : suffix;
    if (failed(differentiate(*function, *selected, options)))
      signalPassFailure();
  }

private:
  /// The arguments by which to differentiate.
  FailureOr<llvm::BitVector> selectArguments(func::FuncOp function) {
    llvm::BitVector selected(function.getNumArguments());
    for (const std::string &text : arguments) {
      std::optional<unsigned> index = findArgument(function, text);
      if (!index)
        return failure();
      selected.set(*index);
    }
    if (arguments.empty())
      return differentiableArguments(function);
    return selected;
  }

  /// The argument of this name or position; diagnosed if there is none.
  static std::optional<unsigned> findArgument(func::FuncOp function,
                                              StringRef text) {
    SmallVector<std::string> names;
    for (unsigned index = 0; index != function.getNumArguments(); ++index) {
      names.push_back(argumentName(function, index));
      if (names.back() == text)
        return index;
    }
    unsigned position;
    if (!text.getAsInteger(10, position) && position < names.size())
      return position;
    InFlightDiagnostic diagnostic = function.emitError()
                                    << "function '" << function.getName()
                                    << "' has no argument '" << text << "'";
    if (!names.empty())
      diagnostic.attachNote() << "there are " << quotedList(names);
    return std::nullopt;
  }
};

} // namespace
