//===- SpelledSoftmax.cpp - Softmax in arithmetic -------------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file implements the fusion of softmax and log_softmax that are spelled
// as maximum, difference, exponential, sum and quotient, spread over linalg and
// elementwise operations in any way.
//
//===----------------------------------------------------------------------===//

#include "Fusion.h"
#include "Numbers.h"
#include "PartReader.h"

#include "Act/IR/RowwiseNumbers.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Math/IR/Math.h"

#include <limits>

using namespace mlir;
using namespace act;

namespace {

/// One attempt to read softmax out of the arithmetic of a tensor.
class Spelling : PartReader {
public:
  using PartReader::PartReader;

  /// e^(x - max) / sum.
  LogicalResult readSoftmax() {
    std::optional<Definition> quotient = defineRoot();
    if (!quotient)
      return failure();
    std::optional<std::pair<Element, Element>> fraction =
        findFraction(*quotient);
    if (!fraction || !isExponential(fraction->first))
      return failure();
    return success(succeeded(readSum(fraction->second, fraction->first)) &&
                   succeeded(readExponential(fraction->first)) &&
                   succeeded(checkParts()));
  }

  /// x - max - log sum.
  LogicalResult readLogSoftmax() {
    std::optional<Definition> difference = defineRoot();
    if (!difference || !isa<arith::SubFOp>(difference->op))
      return failure();
    std::optional<Definition> logarithm = define(difference->operands[1]);
    if (logarithm && isa<arith::AddFOp>(logarithm->op))
      return readLogSumExp(*logarithm);
    if (!logarithm || !isa<math::LogOp>(logarithm->op))
      return failure();
    accept(*logarithm);
    std::optional<RowCombination> sum =
        findRowCombination(logarithm->operands[0]);
    std::optional<Definition> term = sum ? define(sum->term) : std::nullopt;
    if (!term || !isa<math::ExpOp>(term->op) ||
        !areEqual(term->operands[0], difference->operands[0]))
      return failure();
    return success(succeeded(readSum(logarithm->operands[0], sum->term)) &&
                   succeeded(readDifference(difference->operands[0])) &&
                   succeeded(checkParts()));
  }

  /// The tensor, and what was read.
  Value x;
  int64_t dim = 0;
  double temperature = 1;

private:
  /// What computes the result, before it is rounded.
  std::optional<Definition> defineRoot() {
    std::optional<Definition> definition =
        define(elementOf(root->getResult(0)));
    if (!definition)
      return std::nullopt;
    accept(*definition);
    if (!isa<arith::TruncFOp>(definition->op))
      return definition;
    definition = define(definition->operands[0]);
    if (definition)
      accept(*definition);
    return definition;
  }

  /// Numerator and denominator of a / b or a (1 / b).
  std::optional<std::pair<Element, Element>>
  findFraction(const Definition &definition) {
    if (isa<arith::DivFOp>(definition.op))
      return {{definition.operands[0], definition.operands[1]}};
    if (!isa<arith::MulFOp>(definition.op))
      return std::nullopt;
    for (unsigned i : {0, 1}) {
      std::optional<Definition> inverse = define(definition.operands[i]);
      if (inverse && isa<arith::DivFOp>(inverse->op) &&
          findNumber(inverse->operands[0]) == 1.0) {
        accept(*inverse);
        return {{definition.operands[1 - i], inverse->operands[1]}};
      }
    }
    return std::nullopt;
  }

  static bool isExponential(Element element) {
    std::optional<Definition> definition = define(element);
    return definition && isa<math::ExpOp>(definition->op);
  }

  /// The sum over rows of `term`.
  LogicalResult readSum(Element element, Element term) {
    std::optional<RowCombination> sum = findRowCombination(element);
    if (!sum || !isa<arith::AddFOp>(sum->combiner) ||
        !areEqual(sum->term, term))
      return failure();
    parts.insert(sum->op);
    dim = sum->dim;
    if (sum->init != 0.0)
      return miss("the sum of exponentials does not begin with 0");
    if (std::optional<Definition> inner = define(sum->term))
      accept(*inner);
    return success();
  }

  LogicalResult readExponential(Element element) {
    std::optional<Definition> exponential = define(element);
    accept(*exponential);
    Element argument = exponential->operands[0];
    std::optional<Definition> difference = define(argument);
    std::optional<RowCombination> maximum =
        difference && isa<arith::SubFOp>(difference->op)
            ? findRowCombination(difference->operands[1])
            : std::nullopt;
    if (maximum)
      return readDifference(argument);
    auto flags = cast<math::ExpOp>(exponential->op).getFastmath();
    if (!arith::bitEnumContainsAll(flags, arith::FastMathFlags::ninf))
      return miss("without the maximum of the row exponentials overflow: only "
                  "'ninf' on 'math.exp' says that they do not");
    return readSource(argument);
  }

  /// x - max.
  LogicalResult readDifference(Element element) {
    std::optional<Definition> difference = define(element);
    if (!difference || !isa<arith::SubFOp>(difference->op))
      return failure();
    accept(*difference);
    std::optional<RowCombination> maximum =
        findRowCombination(difference->operands[1]);
    if (!maximum ||
        !isa<arith::MaximumFOp, arith::MaxNumFOp>(maximum->combiner))
      return miss("what is subtracted is not the maximum of a row");
    parts.insert(maximum->op);
    if (maximum->dim != dim)
      return miss("the maximum is of dimension ", maximum->dim,
                  " and the sum of ", dim);
    if (!areEqual(maximum->term, difference->operands[0]))
      return miss("the maximum is of another tensor");
    // Another one may be greater than all of a row.
    bool isNeutral =
        maximum->init &&
        (*maximum->init == -std::numeric_limits<double>::infinity() ||
         isLowest(*maximum->init, maximum->combiner->getResult(0).getType()) ||
         (std::isnan(*maximum->init) &&
          isa<arith::MaxNumFOp>(maximum->combiner)));
    if (!isNeutral)
      return miss("the maximum begins neither with -inf nor with the lowest "
                  "number");
    return readSource(difference->operands[0]);
  }

  static bool isLowest(double number, Type type) {
    llvm::APFloat lowest = llvm::APFloat::getLargest(
        cast<FloatType>(type).getFloatSemantics(), /*Negative=*/true);
    bool losesInfo;
    lowest.convert(llvm::APFloat::IEEEdouble(),
                   llvm::APFloat::rmNearestTiesToEven, &losesInfo);
    return number == lowest.convertToDouble();
  }

  /// x, widened and scaled.
  LogicalResult readSource(Element element) {
    element = resolve(element);
    if (!isa<RankedTensorType>(element.value.getType())) {
      // Inside of the body: a scale, a conversion.
      std::optional<Definition> definition = define(element);
      if (definition && isa<arith::MulFOp, arith::DivFOp>(definition->op) &&
          temperature == 1)
        if (std::optional<double> number =
                findNumber(definition->operands[1])) {
          bool isDivision = isa<arith::DivFOp>(definition->op);
          double inverse = isDivision ? *number : 1 / *number;
          bool isWide = definition->op->getResult(0).getType().isF64();
          FloatType computeType =
              getComputeElementType(root->getResults(), root->getContext());
          if (inverse > 0 && isRowScale(inverse, computeType) &&
              (isDivision || !isWide)) {
            temperature = inverse;
            return readSource(definition->operands[0]);
          }
        }
      if (definition && isa<arith::ExtFOp>(definition->op))
        return readSource(definition->operands[0]);
    }
    x = element.value;
    Type type = root->getResult(0).getType();
    if (!element.map.isIdentity() || x.getType() != type || !isRowData(type))
      return miss("the exponentials are not of one tensor of type ", type);
    return success();
  }

  /// x - (max + log sum).
  LogicalResult readLogSumExp(const Definition &sum) {
    for (unsigned i : {0, 1}) {
      std::optional<Definition> logarithm = define(sum.operands[i]);
      std::optional<RowCombination> maximum =
          findRowCombination(sum.operands[1 - i]);
      if (logarithm && isa<math::LogOp>(logarithm->op) && maximum &&
          findRowCombination(logarithm->operands[0]))
        return miss("x - logsumexp(x) differs from log_softmax in rows with "
                    "inf");
    }
    return failure();
  }
};

/// The last operation of the arithmetic.
template <typename Base> struct FuseSpelledSoftmax : public Fusion<Base> {
  using Fusion<Base>::Fusion;

  LogicalResult match(Operation *root, PatternRewriter &rewriter) const {
    if (root->getNumResults() != 1 ||
        !isa<RankedTensorType>(root->getResult(0).getType()))
      return failure();
    if (auto op = dyn_cast<linalg::LinalgOp>(root);
        op && op.getNumReductionLoops())
      return failure();
    Spelling softmax(rewriter, root);
    if (succeeded(softmax.readSoftmax()))
      return replace<SoftmaxOp>(root, softmax, rewriter);
    Spelling logarithm(rewriter, root);
    if (succeeded(logarithm.readLogSoftmax()))
      return replace<LogSoftmaxOp>(root, logarithm, rewriter);
    return failure();
  }

private:
  template <typename Op>
  LogicalResult replace(Operation *root, const Spelling &spelling,
                        PatternRewriter &rewriter) const {
    if (failed(checkSameBits(rewriter, root, this->options)))
      return failure();
    FloatAttr temperature;
    if (spelling.temperature != 1)
      temperature = rewriter.getF64FloatAttr(spelling.temperature);
    auto fused = Op::create(rewriter, root->getLoc(), spelling.x.getType(),
                            spelling.x, /*mask=*/Value(),
                            /*outs=*/ValueRange(),
                            rewriter.getI64IntegerAttr(spelling.dim),
                            temperature, /*softcap=*/FloatAttr(),
                            /*empty_row=*/EmptyRowAttr());
    remarkFused(*this, fused, "exponentials and their sum");
    rewriter.replaceOp(root, fused->getResults());
    return success();
  }
};

} // namespace

void act::populateActFuseSpelledSoftmaxPatterns(RewritePatternSet &patterns,
                                                const FuseOptions &options) {
  patterns.add<StartAtLinalg<FuseSpelledSoftmax>,
               StartAt<FuseSpelledSoftmax, arith::DivFOp>,
               StartAt<FuseSpelledSoftmax, arith::MulFOp>,
               StartAt<FuseSpelledSoftmax, arith::SubFOp>,
               StartAt<FuseSpelledSoftmax, arith::TruncFOp>>(
      "spelled-softmax", options, patterns.getContext());
}
