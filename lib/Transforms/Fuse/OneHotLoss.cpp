//===- OneHotLoss.cpp - Cross entropy by one-hot targets ------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file implements the fusion of -sum(onehot(t) log_softmax(x)), where the
// one-hot vector is what compares the class with the target, to cross entropy.
//
//===----------------------------------------------------------------------===//

#include "Fusion.h"
#include "Numbers.h"
#include "PartReader.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/IR/Matchers.h"

using namespace mlir;
using namespace act;

namespace {

/// One attempt to read a loss out of the arithmetic of a tensor.
class OneHotLoss : PartReader {
public:
  OneHotLoss(PatternRewriter &rewriter, Operation *root)
      : PartReader(rewriter, root),
        rank(cast<RankedTensorType>(root->getResult(0).getType()).getRank()) {}

  LogicalResult read() {
    return success(succeeded(readSum()) && succeeded(readTerm()) &&
                   succeeded(checkLoss()));
  }

  LogSoftmaxOp logSoftmax;
  Value target;

private:
  std::optional<Definition> defineAs(Element element,
                                     function_ref<bool(Operation *)> isWanted) {
    std::optional<Definition> definition = define(element);
    if (!definition || !isWanted(definition->op))
      return std::nullopt;
    accept(*definition);
    return definition;
  }

  /// The element without its sign, where it is negated.
  Element peelSign(Element element) {
    if (auto negation = defineAs(element, llvm::IsaPred<arith::NegFOp>)) {
      isNegated = !isNegated;
      return negation->operands[0];
    }
    return element;
  }

  /// The sum over classes, negated here or inside.
  LogicalResult readSum() {
    Element element = peelSign(elementOf(root->getResult(0)));
    std::optional<RowCombination> sum = findRowCombination(element);
    // The classes are a dimension that the loss has not.
    if (!sum || sum->dim != rank)
      return failure();
    if (isa<arith::SubFOp>(sum->combiner))
      isNegated = !isNegated;
    else if (!isa<arith::AddFOp>(sum->combiner))
      return failure();
    parts.insert(sum->op);
    init = sum->init;
    term = peelSign(sum->term);
    return success();
  }

  /// onehot * logp, or logp selected where the class is the target.
  LogicalResult readTerm() {
    Element logarithm;
    if (auto product = defineAs(term, llvm::IsaPred<arith::MulFOp>)) {
      if (succeeded(readOneHot(product->operands[0])))
        logarithm = product->operands[1];
      else if (succeeded(readOneHot(product->operands[1])))
        logarithm = product->operands[0];
      else
        return failure();
    } else if (auto select = defineAs(term, llvm::IsaPred<arith::SelectOp>)) {
      if (failed(readComparison(select->operands[0])) ||
          findNumber(select->operands[2]) != 0.0)
        return failure();
      logarithm = select->operands[1];
    } else {
      return failure();
    }
    return readLogarithm(peelSign(logarithm));
  }

  /// 1 where the class is the target, and 0 elsewhere.
  LogicalResult readOneHot(Element element) {
    if (auto select = defineAs(element, llvm::IsaPred<arith::SelectOp>))
      return success(findNumber(select->operands[1]) == 1.0 &&
                     findNumber(select->operands[2]) == 0.0 &&
                     succeeded(readComparison(select->operands[0])));
    auto number =
        defineAs(element, llvm::IsaPred<arith::UIToFPOp, arith::SIToFPOp>);
    if (!number)
      return failure();
    Element flag = number->operands[0];
    if (auto extended = defineAs(flag, llvm::IsaPred<arith::ExtUIOp>))
      flag = extended->operands[0];
    else if (isa<arith::SIToFPOp>(number->op))
      return failure();
    return readComparison(flag);
  }

  /// class = target.
  LogicalResult readComparison(Element element) {
    auto comparison = defineAs(element, llvm::IsaPred<arith::CmpIOp>);
    if (!comparison || cast<arith::CmpIOp>(comparison->op).getPredicate() !=
                           arith::CmpIPredicate::eq)
      return failure();
    for (unsigned i : {0, 1})
      if (isClass(comparison->operands[i]))
        return readTarget(comparison->operands[1 - i]);
    return failure();
  }

  /// The number without conversions between integers that keep it. Those to 32
  /// bits keep a class, of which memory holds no more.
  Element peelConversions(Element element, bool isOfClass) {
    auto widthOf = [](Value value) -> unsigned {
      Type type = getElementTypeOrSelf(value.getType());
      return type.isIndex() ? 64 : type.getIntOrFloatBitWidth();
    };
    auto isKeeping = [&](Operation *op) {
      if (!isa<arith::IndexCastOp>(op))
        return isa<arith::ExtSIOp>(op);
      unsigned width = widthOf(op->getResult(0));
      return width >= widthOf(op->getOperand(0)) || (isOfClass && width >= 32);
    };
    while (auto conversion = defineAs(element, isKeeping))
      element = conversion->operands[0];
    return resolve(element);
  }

  /// Whether the number is that of the class: linalg.index, or a constant that
  /// counts.
  bool isClass(Element element) {
    element = peelConversions(element, /*isOfClass=*/true);
    AffineExpr expr;
    DenseIntElementsAttr numbers;
    if (auto index = element.value.getDefiningOp<linalg::IndexOp>()) {
      expr = element.map.getResult(index.getDim());
    } else if (matchPattern(element.value, m_Constant(&numbers)) &&
               numbers.getType().getRank() == 1) {
      for (auto [position, number] :
           llvm::enumerate(numbers.getValues<APInt>()))
        if (number.getSExtValue() != static_cast<int64_t>(position))
          return false;
      expr = element.map.getResult(0);
    }
    return expr && expr == getAffineDimExpr(rank, root->getContext());
  }

  LogicalResult readTarget(Element element) {
    element = peelConversions(element, /*isOfClass=*/false);
    auto type = dyn_cast<RankedTensorType>(element.value.getType());
    auto rows = AffineMap::getMultiDimIdentityMap(rank + 1, root->getContext())
                    .dropResult(rank);
    if (!type || !isRowIndices(type) || element.map != rows)
      return failure();
    target = element.value;
    return success();
  }

  LogicalResult readLogarithm(Element element) {
    element = resolve(element);
    logSoftmax = definedFirst<LogSoftmaxOp>(element.value);
    if (!logSoftmax || logSoftmax.hasDestinations() ||
        element.map.getNumResults() != rank + 1)
      return failure();
    // The other dimensions are those of the loss, in order.
    SmallVector<AffineExpr> exprs(element.map.getResults());
    classDim = llvm::find(exprs, getAffineDimExpr(rank, root->getContext())) -
               exprs.begin();
    if (classDim > rank)
      return failure();
    exprs.erase(exprs.begin() + classDim);
    for (auto [position, expr] : llvm::enumerate(exprs))
      if (expr != getAffineDimExpr(position, root->getContext()))
        return failure();
    return success();
  }

  LogicalResult checkLoss() {
    if (!isNegated)
      return failure();
    if (init != 0.0)
      return miss("the sum of log-probabilities does not begin with 0");
    if (logSoftmax.getRowDim() != classDim)
      return miss("'act.log_softmax' runs along dimension ",
                  logSoftmax.getRowDim(), ", the classes along ", classDim);
    if (logSoftmax.getMask() || logSoftmax.getEmptyRow() != EmptyRow::NaN)
      return miss("mask and empty_row have no place in 'act.cross_entropy'");
    Type element = getElementTypeOrSelf(root->getResult(0).getType());
    if (element != logSoftmax.getComputeType())
      return miss("the loss has the type ", logSoftmax.getComputeType(),
                  ", found ", element);
    parts.insert(logSoftmax);
    return checkParts();
  }

  int64_t rank;
  bool isNegated = false;
  std::optional<double> init;
  Element term;

public:
  int64_t classDim = 0;
};

template <typename Base> struct FuseOneHotLoss : public Fusion<Base> {
  using Fusion<Base>::Fusion;

  LogicalResult match(Operation *root, PatternRewriter &rewriter) const {
    if (root->getNumResults() != 1 ||
        !isa<RankedTensorType>(root->getResult(0).getType()))
      return failure();
    OneHotLoss loss(rewriter, root);
    if (failed(loss.read()) ||
        failed(checkSameBits(rewriter, root, this->options)))
      return failure();
    LogSoftmaxOp inner = loss.logSoftmax;
    auto fused = CrossEntropyOp::create(
        rewriter, root->getLoc(), inner.getX(), loss.target,
        /*class_weight=*/Value(), /*token_weight=*/Value(),
        /*outs=*/ValueRange(), rewriter.getI64IntegerAttr(loss.classDim),
        // A target of -100 matches no class: its loss is 0, as if ignored.
        /*ignore_index=*/IntegerAttr(),
        ReductionAttr::get(root->getContext(), act::Reduction::None),
        /*empty_mean=*/EmptyMeanAttr(), /*label_smoothing=*/FloatAttr(),
        /*smoothing=*/SmoothingAttr(), /*smooth_over=*/SmoothOverAttr(),
        /*z_loss=*/FloatAttr(), inner.getTemperatureAttr(),
        inner.getSoftcapAttr(), /*extra=*/ExtraAttr());
    fused->setDiscardableAttrs(inner->getDiscardableAttrDictionary());
    remarkFused(*this, fused, "'act.log_softmax' and one-hot targets");
    replaceWithCasts(rewriter, root, fused->getResults());
    return success();
  }
};

} // namespace

void act::populateActFuseOneHotLossPatterns(RewritePatternSet &patterns,
                                            const FuseOptions &options) {
  patterns.add<StartAtLinalg<FuseOneHotLoss>,
               StartAt<FuseOneHotLoss, arith::NegFOp>>("one-hot-loss", options,
                                                       patterns.getContext());
}
