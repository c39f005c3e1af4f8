//===- Grad.cpp - Derivatives of the entry --------------------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file runs act-differentiate on the entry, once or twice.
//
//===----------------------------------------------------------------------===//

#include "Grad.h"

#include "Dump.h"
#include "Printing.h"

#include "Act/Transforms/Passes.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Pass/PassManager.h"

using namespace act;
using namespace llvm;

/// Whether the entry has the inputs that are named.
static Error checkNames(const Options &options, const Signature &entry) {
  for (const std::string &name : *options.grad) {
    if (any_of(entry.inputs,
               [&](const ArgumentInfo &info) { return info.name == name; }))
      continue;
    std::string known;
    for (const ArgumentInfo &info : entry.inputs)
      known += (known.empty() ? "'" : ", '") + info.name + "'";
    return usage("grad",
                 "the entry has no input '" + name + "'; it has " + known);
  }
  return Error::success();
}

SmallVector<unsigned> act::differentiatedInputs(const Options &options,
                                                const Signature &entry) {
  SmallVector<unsigned> selected;
  for (auto [index, info] : enumerate(entry.inputs))
    if (options.grad->empty() ? isFloat(info.type)
                              : is_contained(*options.grad, info.name))
      selected.push_back(index);
  return selected;
}

Expected<DerivativeChain> act::differentiateEntry(const Options &options,
                                                  mlir::ModuleOp module,
                                                  Signature entry) {
  DerivativeChain chain{std::move(entry)};
  if (!options.grad)
    return chain;
  if (Error error = checkNames(options, chain.front()))
    return std::move(error);
  while (chain.size() <= options.gradOrder) {
    ActDifferentiateOptions pass;
    pass.entry = chain.back().entry;
    // What is differentiated by first is so again.
    for (unsigned index : differentiatedInputs(options, chain.front()))
      pass.arguments.push_back(chain.front().inputs[index].name);
    // Of a second derivative the gradients are the results.
    pass.results = options.gradOrder == 1;
    mlir::PassManager manager(module.getContext());
    // What is spelled with a maximum, such as softmax, has a derivative once it
    // is one operation.
    if (options.compile.fuse && chain.size() == 1)
      manager.addNestedPass<mlir::func::FuncOp>(createActFuse());
    manager.addPass(createActDifferentiate(pass));
    if (failed(manager.run(module)))
      return createStringError("'" + pass.entry +
                               "' could not be differentiated");
    Expected<Signature> derivative = getSignature(module, pass.entry + "_vjp");
    if (!derivative)
      return derivative.takeError();
    chain.push_back(std::move(*derivative));
  }
  return chain;
}

Expected<std::vector<std::vector<int64_t>>>
act::cotangentShapes(const Options &options, mlir::ModuleOp module,
                     const DerivativeChain &chain, unsigned number,
                     ArrayRef<Tensor> inputs) {
  Options forward = options;
  forward.compile.entry = chain[number - 1].entry;
  forward.dump.clear();
  Expected<std::unique_ptr<Kernel>> kernel = compileKernel(forward, module);
  if (!kernel)
    return kernel.takeError();
  std::vector<TensorView> views;
  for (const Tensor &input : inputs)
    views.push_back(input.view());
  auto shapes = (*kernel)->outputShapes(views);
  if (!shapes)
    return shapes;
  std::vector<std::vector<int64_t>> cotangents;
  for (auto [info, shape] : zip_equal(chain[number - 1].outputs, *shapes))
    if (isFloat(info.type))
      cotangents.push_back(shape);
  return cotangents;
}
