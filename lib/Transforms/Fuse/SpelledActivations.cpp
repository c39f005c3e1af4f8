//===- SpelledActivations.cpp - Activations out of arithmetic -------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file finds activations that frontends spell with exponentials, erf and
// tanh. Products are read without regard to order and brackets.
//
//===----------------------------------------------------------------------===//

#include "Fusion.h"
#include "Numbers.h"

#include "mlir/Dialect/Math/IR/Math.h"

#include <cmath>

using namespace mlir;
using namespace act;

namespace {

constexpr double sqrtHalf = 0.70710678118654752440;
constexpr double sqrtTwoByPi = 0.79788456080286535588;
constexpr double cubicOfGelu = 0.044715;
constexpr double quickBeta = 1.702;

/// A product as its factors and a number, with what it is spelled with.
struct Product {
  SmallVector<Value, 4> factors;
  double number = 1;
  SmallVector<Operation *, 4> parts;
};

/// Whether nothing needs `op` any more: what is left of a formula goes when the
/// rewriter comes to it.
bool isLeft(Operation *op) {
  return wouldOpBeTriviallyDead(op) && llvm::all_of(op->getUsers(), isLeft);
}

/// The operations that need `op`.
SmallVector<Operation *> liveUsers(Operation *op) {
  SmallVector<Operation *> users;
  for (Operation *user : op->getUsers())
    if (!isLeft(user))
      users.push_back(user);
  return users;
}

/// Whether the product that `op` belongs to may be read on through it.
bool isInner(Operation *op, Block *block) {
  return op && op->getBlock() == block && liveUsers(op).size() == 1;
}

/// Multiplies `product` by `value`, which is `value` itself or what it is a
/// product of.
void multiply(Product &product, Value value, Block *block,
              bool isRoot = false) {
  if (std::optional<double> number = findNumber(value)) {
    product.number *= *number;
    return;
  }
  Operation *op = value.getDefiningOp();
  // More factors than a formula has need no reading.
  constexpr size_t most = 4;
  if (!isRoot && (!isInner(op, block) || product.factors.size() >= most))
    return product.factors.push_back(value);
  auto readOn = [&](ValueRange factors) {
    product.parts.push_back(op);
    for (Value factor : factors)
      multiply(product, factor, block);
  };
  if (isa<arith::MulFOp>(op))
    return readOn(op->getOperands());
  if (isa<arith::NegFOp>(op)) {
    product.number = -product.number;
    return readOn(op->getOperands());
  }
  if (auto quotient = dyn_cast<arith::DivFOp>(op))
    if (std::optional<double> number = findNumber(quotient.getRhs())) {
      product.number /= *number;
      return readOn(quotient.getLhs());
    }
  if (auto power = dyn_cast<math::PowFOp>(op))
    if (std::optional<double> number = findNumber(power.getRhs()))
      if (*number == 2 || *number == 3)
        return readOn(SmallVector<Value>(unsigned(*number), power.getLhs()));
  if (auto power = dyn_cast<math::FPowIOp>(op)) {
    APInt number;
    if (matchPattern(power.getRhs(), m_ConstantInt(&number)) &&
        (number == 2 || number == 3))
      return readOn(
          SmallVector<Value>(unsigned(number.getZExtValue()), power.getLhs()));
  }
  product.factors.push_back(value);
}

Product readProduct(Value value, Block *block, bool isRoot = false) {
  Product product;
  multiply(product, value, block, isRoot);
  return product;
}

/// What is added to `number` in `value`.
Value findAddedTo(Value value, double number) {
  auto sum = value.getDefiningOp<arith::AddFOp>();
  if (!sum)
    return nullptr;
  if (findNumber(sum.getLhs()) == number)
    return sum.getRhs();
  if (findNumber(sum.getRhs()) == number)
    return sum.getLhs();
  return nullptr;
}

/// A factor that is a function of `x`, and what it is spelled with.
struct Factor {
  Value x;
  SmallVector<Operation *, 8> parts;
};

/// The patterns of activations that begin at their last operation.
template <typename Root>
class FuseActivation : public Fusion<OpRewritePattern<Root>> {
public:
  using Base = Fusion<OpRewritePattern<Root>>;
  using Base::Base;

protected:
  /// Puts the operation that `make` makes in the place of `root`.
  LogicalResult replace(Root root, ArrayRef<Operation *> parts,
                        PatternRewriter &rewriter,
                        llvm::function_ref<Operation *()> make) const {
    for (Operation *part : parts) {
      if (part == root.getOperation())
        continue;
      if (failed(checkSameBlock(rewriter, part, root)) ||
          failed(checkOneUse(part, root, rewriter)))
        return failure();
    }
    if (!isFloatLike(root.getType()) ||
        failed(checkSameBits(rewriter, root, this->options)))
      return failure();
    Operation *activation = make();
    activation->setDiscardableAttrs(root->getDiscardableAttrDictionary());
    remarkFused(*this, activation,
                "its formula, up to '" + nameOf(root) + "',");
    rewriter.replaceOp(root, activation);
    return success();
  }

private:
  /// Parts are used by the next one alone.
  static LogicalResult checkOneUse(Operation *part, Operation *root,
                                   PatternRewriter &rewriter) {
    if (llvm::all_equal(liveUsers(part)))
      return success();
    return rewriter.notifyMatchFailure(root, [&](Diagnostic &diagnostic) {
      diagnostic << "'" << part->getName()
                 << "' is used by more than the formula and would be computed "
                    "twice";
    });
  }
};

/// v of 1 + exp(-v).
Factor findLogisticDivisor(Value value) {
  Value exponential = findAddedTo(value, 1);
  auto exp = exponential ? exponential.getDefiningOp<math::ExpOp>() : nullptr;
  if (!exp)
    return {};
  SmallVector<Operation *, 8> parts = {value.getDefiningOp(), exp};
  // Without its sign the exponent may have other uses.
  Value exponent = exp.getOperand();
  if (auto negation = exponent.getDefiningOp<arith::NegFOp>())
    return {negation.getOperand(), parts};
  if (auto difference = exponent.getDefiningOp<arith::SubFOp>();
      difference && findNumber(difference.getLhs()) == 0.0)
    return {difference.getRhs(), parts};
  if (auto product = exponent.getDefiningOp<arith::MulFOp>()) {
    if (findNumber(product.getRhs()) == -1.0)
      return {product.getLhs(), parts};
    if (findNumber(product.getLhs()) == -1.0)
      return {product.getRhs(), parts};
  }
  return {};
}

/// 1 / (1 + exp(-x)), and x / (1 + exp(-x)).
struct FuseQuotient : public FuseActivation<arith::DivFOp> {
  using FuseActivation::FuseActivation;

  LogicalResult matchAndRewrite(arith::DivFOp root,
                                PatternRewriter &rewriter) const override {
    Factor divisor = findLogisticDivisor(root.getRhs());
    if (!divisor.x)
      return failure();
    if (findNumber(root.getLhs()) == 1.0)
      return replace(root, divisor.parts, rewriter, [&] {
        return SigmoidOp::create(rewriter, root.getLoc(), divisor.x)
            .getOperation();
      });
    if (root.getLhs() != divisor.x)
      return failure();
    return replace(root, divisor.parts, rewriter, [&] {
      return SiluOp::create(rewriter, root.getLoc(), divisor.x).getOperation();
    });
  }
};

/// A product of x and a function of x.
struct FuseFormula : public FuseActivation<arith::MulFOp> {
  using FuseActivation::FuseActivation;

  LogicalResult matchAndRewrite(arith::MulFOp root,
                                PatternRewriter &rewriter) const override {
    Product product =
        readProduct(root.getResult(), root->getBlock(), /*isRoot=*/true);
    if (product.factors.size() != 2)
      return failure();
    for (unsigned first : {0, 1}) {
      Value x = product.factors[first], function = product.factors[1 - first];
      if (succeeded(fuseSwish(root, product, x, function, rewriter)) ||
          succeeded(fuseGelu(root, product, x, function, rewriter)))
        return success();
    }
    return failure();
  }

private:
  static bool isNumber(double found, double expected, Value like) {
    return areNeighbours(found, expected, getElementTypeOrSelf(like.getType()));
  }

  /// x sigmoid(beta x).
  LogicalResult fuseSwish(arith::MulFOp root, const Product &product, Value x,
                          Value function, PatternRewriter &rewriter) const {
    auto sigmoid = function.getDefiningOp<SigmoidOp>();
    if (!sigmoid || product.number != 1 ||
        sigmoid.getX().getType() != sigmoid.getType())
      return failure();
    Product inner = readProduct(sigmoid.getX(), root->getBlock());
    // A product is not read through where it is used besides.
    if (sigmoid.getX() == x)
      inner = {{x}, 1, {}};
    // The numbers of operations lie within the type in which these compute.
    double largest = getElementTypeOrSelf(x).isF64()
                         ? std::numeric_limits<double>::max()
                         : std::numeric_limits<float>::max();
    if (inner.factors.size() != 1 || inner.factors[0] != x ||
        !(std::fabs(inner.number) <= largest))
      return failure();
    SmallVector<Operation *> parts(ArrayRef<Operation *>(product.parts));
    parts.push_back(sigmoid);
    parts.append(inner.parts.begin(), inner.parts.end());
    return replace(root, parts, rewriter, [&]() -> Operation * {
      Location loc = root.getLoc();
      if (inner.number == 1)
        return SiluOp::create(rewriter, loc, x);
      if (isNumber(inner.number, quickBeta, x))
        return GeluOp::create(rewriter, loc, x, Approximate::Sigmoid);
      return SwishOp::create(rewriter, loc, x.getType(), x,
                             /*beta_operand=*/Value(),
                             rewriter.getF64FloatAttr(inner.number),
                             /*channel_dim=*/IntegerAttr());
    });
  }

  /// x / 2 (1 + erf(x / sqrt(2))), and the same with tanh.
  LogicalResult fuseGelu(arith::MulFOp root, const Product &product, Value x,
                         Value function, PatternRewriter &rewriter) const {
    if (product.number != 0.5 || !function.getDefiningOp())
      return failure();
    SmallVector<Operation *> parts(ArrayRef<Operation *>(product.parts));
    parts.push_back(function.getDefiningOp());
    std::optional<Approximate> form;
    if (auto erfc = function.getDefiningOp<math::ErfcOp>()) {
      if (isScaled(erfc.getOperand(), x, -sqrtHalf, parts))
        form = Approximate::None;
    } else if (Value inner = findAddedTo(function, 1)) {
      Operation *op = inner.getDefiningOp();
      if (!isa_and_present<math::ErfOp, math::TanhOp, TanhOp>(op))
        return failure();
      parts.push_back(op);
      if (isa<math::ErfOp>(op) ? isScaled(op->getOperand(0), x, sqrtHalf, parts)
                               : isCubic(op->getOperand(0), x, parts))
        form = isa<math::ErfOp>(op) ? Approximate::None : Approximate::Tanh;
    }
    if (!form)
      return failure();
    return replace(root, parts, rewriter, [&] {
      return GeluOp::create(rewriter, root.getLoc(), x, *form).getOperation();
    });
  }

  /// Whether `value` is x times `number`.
  static bool isScaled(Value value, Value x, double number,
                       SmallVectorImpl<Operation *> &parts) {
    Product product = readProduct(value, value.getParentBlock());
    parts.append(product.parts);
    return product.factors.size() == 1 && product.factors[0] == x &&
           isNumber(product.number, number, x);
  }

  /// Whether `value` is sqrt(2 / pi) (x + 0.044715 x^3), or that with x taken
  /// out.
  static bool isCubic(Value value, Value x,
                      SmallVectorImpl<Operation *> &parts) {
    Block *block = value.getParentBlock();
    Product product = readProduct(value, block);
    parts.append(product.parts);
    if (!isNumber(product.number, sqrtTwoByPi, x))
      return false;
    auto isPower = [&](Value power, unsigned degree) {
      if (!power)
        return false;
      Product cubic = readProduct(power, block);
      parts.append(cubic.parts);
      return cubic.factors.size() == degree &&
             llvm::all_of(cubic.factors,
                          [&](Value factor) { return factor == x; }) &&
             isNumber(cubic.number, cubicOfGelu, x);
    };
    if (product.factors.size() == 1) {
      auto sum = product.factors[0].getDefiningOp<arith::AddFOp>();
      if (!sum)
        return false;
      parts.push_back(sum);
      return (sum.getLhs() == x && isPower(sum.getRhs(), 3)) ||
             (sum.getRhs() == x && isPower(sum.getLhs(), 3));
    }
    if (product.factors.size() != 2)
      return false;
    for (unsigned first : {0, 1}) {
      Value sum = product.factors[1 - first];
      if (product.factors[first] != x || !sum.getDefiningOp<arith::AddFOp>() ||
          !isPower(findAddedTo(sum, 1), 2))
        continue;
      parts.push_back(sum.getDefiningOp());
      return true;
    }
    return false;
  }
};

/// log(1 + exp(x)).
template <typename Root> struct FuseSoftplus : public FuseActivation<Root> {
  using Base = FuseActivation<Root>;
  using Base::Base;

  LogicalResult matchAndRewrite(Root root,
                                PatternRewriter &rewriter) const override {
    SmallVector<Operation *> parts;
    Value exponential = root.getOperand();
    if (std::is_same_v<Root, math::LogOp>) {
      parts.push_back(exponential.getDefiningOp());
      exponential = findAddedTo(exponential, 1);
    }
    auto exp = exponential ? exponential.template getDefiningOp<math::ExpOp>()
                           : nullptr;
    if (!exp)
      return failure();
    parts.push_back(exp);
    return this->replace(root, parts, rewriter, [&] {
      return SoftplusOp::create(rewriter, root.getLoc(), exp.getOperand(),
                                rewriter.getF64FloatAttr(1.0), FloatAttr())
          .getOperation();
    });
  }
};

} // namespace

void act::populateActFuseSpelledActivationPatterns(RewritePatternSet &patterns,
                                                   const FuseOptions &options) {
  // Before a gate takes x sigmoid(x) for one.
  patterns.add<FuseQuotient, FuseFormula, FuseSoftplus<math::LogOp>,
               FuseSoftplus<math::Log1pOp>>("spelled-activation", options,
                                            patterns.getContext(),
                                            /*benefit=*/3);
}
