//===- ProgramReference.cpp - Exact results of whole entries --------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file compares the outputs of an entry with their exact values: each
// element is enclosed in f64 first, and computed in MPFR where that leaves a
// doubt.
//
//===----------------------------------------------------------------------===//

#include "Act/Accuracy/ProgramReference.h"

#include "ProgramElements.h"

#include "Act/Accuracy/Judge.h"

#include "mlir/Dialect/ControlFlow/IR/ControlFlowOps.h"

#include <cmath>

using namespace mlir;
using namespace act;

/// An error that names where.
static llvm::Error errorAt(Location loc, const llvm::Twine &message) {
  std::string text;
  llvm::raw_string_ostream os(text);
  if (auto file = dyn_cast<FileLineColLoc>(loc))
    os << file.getFilename().getValue() << ":" << file.getLine() << ":"
       << file.getColumn();
  else
    os << loc;
  os << ": " << message;
  return llvm::createStringError(text);
}

/// Whether values of this type have elements that are evaluated.
static bool hasElements(Type type) {
  Type element = getElementTypeOrSelf(type);
  return element.isF16() || element.isBF16() || element.isF32() ||
         element.isF64() || element.isInteger(1);
}

/// Whether the loops of `op` compute each element by itself.
static bool isElementwise(linalg::LinalgOp op) {
  if (op.getNumReductionLoops() != 0 || !op.hasPureTensorSemantics())
    return false;
  for (OpResult result : op->getResults())
    if (!op.getIndexingMapMatchingResult(result).isPermutation())
      return false;
  return true;
}

/// Whether `op` concerns sizes: nothing is evaluated for it.
static bool isOfSizes(Operation *op) {
  if (isa<tensor::EmptyOp, tensor::DimOp, cf::AssertOp>(op))
    return true;
  return op->getNumResults() != 0 && op->getNumRegions() == 0 &&
         llvm::all_of(op->getResultTypes(),
                      [](Type type) { return type.isIntOrIndex(); }) &&
         llvm::all_of(op->getUsers(), isOfSizes);
}

static bool isSupported(Operation *op) {
  if (isa<linalg::YieldOp, func::ReturnOp>(op) || isOfSizes(op))
    return true;
  for (Type type : op->getResultTypes())
    if (!hasElements(type))
      return false;
  if (auto linalg = dyn_cast<linalg::LinalgOp>(op))
    return isElementwise(linalg);
  return isa<arith::ConstantOp, tensor::CastOp, tensor::SplatOp,
             ElementwiseRuleOpInterface>(op) ||
         isScalarOp(op);
}

llvm::Error act::checkHasReference(func::FuncOp entry) {
  if (!llvm::hasSingleElement(entry.getBody()))
    return errorAt(entry.getLoc(), "an entry with branches has no exact "
                                   "reference");
  Operation *unsupported = nullptr;
  entry.getBody().walk<WalkOrder::PreOrder>([&](Operation *op) {
    if (isSupported(op))
      return WalkResult::advance();
    // What takes a constant says more than the constant.
    if (!unsupported || isa<arith::ConstantOp>(unsupported))
      unsupported = op;
    return isa<arith::ConstantOp>(op) ? WalkResult::advance()
                                      : WalkResult::interrupt();
  });
  if (unsupported)
    return errorAt(unsupported->getLoc(),
                   "'" + unsupported->getName().getStringRef() +
                       "' has no exact reference: only elementwise functions "
                       "have one");
  for (auto [index, type] : llvm::enumerate(entry.getResultTypes()))
    if (!hasElements(type) || getElementTypeOrSelf(type).isInteger())
      return errorAt(entry.getLoc(), "result " + llvm::Twine(index) +
                                         " has no exact reference: it is not "
                                         "of a floating-point type");
  return llvm::Error::success();
}

namespace {

/// The comparison of one output.
class OutputCheck {
public:
  OutputCheck(Value value, const ProgramInputs &program,
              const TensorView &output)
      : value(value), program(program), output(output),
        format(*formatOf(output.type)), screen(intervals, program) {}

  OutputAccuracy run() {
    forEachIndexOf(output.shape, [&](const std::vector<int64_t> &index) {
      add(index, patternAt(output, index));
    });
    if (uint64_t numbers = accuracy.count - accuracy.nanMismatches)
      accuracy.meanUlps = sum / static_cast<double>(numbers);
    return accuracy;
  }

private:
  void add(const std::vector<int64_t> &index, uint64_t pattern) {
    Verdict verdict = judge(index, pattern);
    bool isWorst;
    if (verdict.nanMismatch) {
      isWorst = accuracy.nanMismatches++ == 0;
    } else {
      isWorst = accuracy.nanMismatches == 0 &&
                (accuracy.count == 0 || verdict.ulps > accuracy.maxUlps);
      accuracy.maxUlps = std::max(accuracy.maxUlps, verdict.ulps);
      sum += verdict.ulps;
    }
    ++accuracy.count;
    if (!isWorst)
      return;
    accuracy.worstIndex = index;
    accuracy.worstResult = format.decode(pattern);
    accuracy.worstExact = format.round(exact(index, 256));
  }

  Verdict judge(const std::vector<int64_t> &index, uint64_t pattern) {
    if (format.bits < 64) {
      screen.forget();
      Interval enclosure = *screen.at(value, index).number;
      if (!intervals.takeUndecided())
        if (std::optional<Verdict> verdict =
                judgeEnclosed(format, pattern, enclosure, Tolerance()))
          return *verdict;
    }
    return judgeRefined(
        format, pattern,
        [&](mpfr_prec_t precision) { return exact(index, precision); },
        Tolerance());
  }

  MPFRNumber exact(const std::vector<int64_t> &index, mpfr_prec_t precision) {
    MPFRAlgebra algebra(precision);
    ProgramElements<MPFRAlgebra> elements(algebra, program);
    return *elements.at(value, index).number;
  }

  Value value;
  const ProgramInputs &program;
  const TensorView &output;
  const Format &format;
  IntervalAlgebra intervals;
  ProgramElements<IntervalAlgebra> screen;
  OutputAccuracy accuracy;
  double sum = 0;
};

} // namespace

llvm::Expected<std::vector<OutputAccuracy>>
act::checkProgram(func::FuncOp entry, ArrayRef<TensorView> inputs,
                  ArrayRef<TensorView> outputs) {
  if (llvm::Error error = checkHasReference(entry))
    return std::move(error);
  Operation *terminator = entry.getBody().front().getTerminator();
  ProgramInputs program(inputs);
  std::vector<OutputAccuracy> accuracies;
  for (auto [value, output] : llvm::zip(terminator->getOperands(), outputs))
    accuracies.push_back(OutputCheck(value, program, output).run());
  return accuracies;
}
