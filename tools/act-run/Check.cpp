//===- Check.cpp - Results and their exact values -------------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file compares results with the exact values of the program.
//
//===----------------------------------------------------------------------===//

#include "Check.h"
#include "Comparison.h"
#include "Options.h"
#include "Printing.h"

#include "llvm/Support/Format.h"

#if ACT_HAS_MPFR
#include "Act/Accuracy/ProgramReference.h"
#endif

using namespace act;
using namespace llvm;

#if ACT_HAS_MPFR

static mlir::func::FuncOp entryOf(mlir::ModuleOp module,
                                  const Signature &signature) {
  return module.lookupSymbol<mlir::func::FuncOp>(signature.entry);
}

Error act::checkIsPossible(mlir::ModuleOp module, const Signature &signature) {
  if (Error error = checkHasReference(entryOf(module, signature)))
    return usage("check", toString(std::move(error)));
  return Error::success();
}

/// The element of `tensor` with the row-major index that `index` has in a
/// tensor of the shape `shape`, if the shapes are equal, or the only element.
static std::optional<int64_t> elementAt(const Tensor &tensor,
                                        ArrayRef<int64_t> shape,
                                        ArrayRef<int64_t> index) {
  if (tensor.shape().empty())
    return 0;
  if (tensor.shape() != shape)
    return std::nullopt;
  int64_t element = 0;
  for (auto [size, position] : zip_equal(shape, index))
    element = element * size + position;
  return element;
}

static std::string valueText(const Tensor &tensor, int64_t element) {
  if (!isFloat(tensor.type()))
    return std::to_string(readInteger(tensor.type(), tensor.element(element)));
  return numberText(tensor.type(),
                    readElement(tensor.type(), tensor.element(element)));
}

static void print(const ArgumentInfo &info, const OutputAccuracy &accuracy,
                  const Tensor &result, ArrayRef<ArgumentInfo> inputInfos,
                  ArrayRef<Tensor> inputs) {
  outs() << "check " << info.name << ": "
         << format("max %.4f ulp, mean %.4f ulp", accuracy.maxUlps,
                   accuracy.meanUlps)
         << " of " << accuracy.count << " elements";
  if (accuracy.nanMismatches)
    outs() << ", and " << accuracy.nanMismatches
           << " are NaN where they must not be or the other way round";
  if (!accuracy.count) {
    outs() << "\n";
    return;
  }
  outs() << "\n  worst ";
  if (!accuracy.worstIndex.empty()) {
    outs() << "at [";
    interleaveComma(accuracy.worstIndex, outs());
    outs() << "]";
  }
  outs() << ": got " << numberText(result.type(), accuracy.worstResult)
         << ", exact " << numberText(result.type(), accuracy.worstExact);
  for (auto [inputInfo, input] : zip_equal(inputInfos, inputs))
    if (std::optional<int64_t> element =
            elementAt(input, result.shape(), accuracy.worstIndex))
      outs() << "; " << inputInfo.name << " = " << valueText(input, *element);
  outs() << "\n";
}

static std::vector<TensorView> viewsOf(ArrayRef<Tensor> tensors) {
  std::vector<TensorView> views;
  for (const Tensor &tensor : tensors)
    views.push_back(tensor.view());
  return views;
}

Expected<bool> act::checkResults(mlir::ModuleOp module,
                                 const Signature &signature,
                                 ArrayRef<Tensor> inputs,
                                 ArrayRef<Tensor> results,
                                 std::optional<double> maxUlp) {
  auto accuracies = checkProgram(entryOf(module, signature), viewsOf(inputs),
                                 viewsOf(results));
  if (!accuracies)
    return accuracies.takeError();
  bool isFine = true;
  for (auto [index, accuracy] : enumerate(*accuracies)) {
    print(signature.outputs[index], accuracy, results[index], signature.inputs,
          inputs);
    isFine &=
        accuracy.nanMismatches == 0 && (!maxUlp || accuracy.maxUlps <= *maxUlp);
  }
  return isFine;
}

#else

Error act::checkIsPossible(mlir::ModuleOp, const Signature &) {
  return usage("check", "this act-run was built without MPFR; build it with "
                        "-DACT_ENABLE_MPFR=ON");
}

Expected<bool> act::checkResults(mlir::ModuleOp module,
                                 const Signature &signature, ArrayRef<Tensor>,
                                 ArrayRef<Tensor>, std::optional<double>) {
  return checkIsPossible(module, signature);
}

#endif
