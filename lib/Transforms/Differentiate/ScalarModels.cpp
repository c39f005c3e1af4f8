//===- ScalarModels.cpp - Derivatives of arith and math -------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file gives the operations of arith and math their derivatives: their
// functions in dual numbers.
//
//===----------------------------------------------------------------------===//

#include "ElementwiseDerivative.h"
#include "Models.h"

#include "Act/IR/ScalarFunctions.h"

#include "mlir/IR/TypeUtilities.h"

using namespace mlir;
using namespace act;

//===----------------------------------------------------------------------===//
// Choices
//===----------------------------------------------------------------------===//

/// The larger of x and y, or the smaller. The tangent is that of the number
/// that is returned; where they are equal, half of each, or zero if one does
/// not change.
static EmittedDual extremum(EmittedDuals &duals, const EmittedDual &x,
                            const EmittedDual &y, bool isLarger,
                            bool keepsNaN) {
  using Bool = RealEmitter::Bool;
  RealEmitter &numbers = duals.getBase();
  // Whether `left` is returned, and not because it equals `right`.
  auto wins = [&](const EmittedDual &left, const EmittedDual &right) {
    Bool beyond = isLarger ? numbers.gt(left.primal, right.primal)
                           : numbers.lt(left.primal, right.primal);
    Bool unordered = numbers.isNaN(keepsNaN ? left.primal : right.primal);
    return numbers.logicalOr(beyond, unordered);
  };
  EmittedDual still = duals.constant(0.0);
  EmittedDual tie = still;
  if (x.tangent && y.tangent)
    tie = duals.mul(duals.constant(0.5), duals.add(x, y));
  return duals.select(wins(x, y), x, duals.select(wins(y, x), y, tie));
}

/// Functions that only derivatives know: there is no rule to compute them.
static std::optional<EmittedDual>
evaluateLibraryFunction(EmittedDuals &duals, Operation *op,
                        ArrayRef<EmittedDual> x) {
  using Result = std::optional<EmittedDual>;
  return llvm::TypeSwitch<Operation *, Result>(op)
      .Case([&](math::SinOp) { return duals.sin(x[0]); })
      .Case([&](math::CosOp) { return duals.cos(x[0]); })
      .Case([&](math::TanOp) { return duals.tan(x[0]); })
      .Case([&](math::SinhOp) { return duals.sinh(x[0]); })
      .Case([&](math::CoshOp) { return duals.cosh(x[0]); })
      .Case([&](math::AtanOp) { return duals.atan(x[0]); })
      .Case([&](math::Log10Op) { return duals.log10(x[0]); })
      .Case([&](math::CbrtOp) { return duals.cbrt(x[0]); })
      .Case([&](math::PowFOp) { return duals.pow(x[0], x[1]); })
      .Default([](Operation *) { return std::nullopt; });
}

static EmittedDual evaluate(EmittedDuals &duals, Operation *op,
                            ArrayRef<EmittedDual> x) {
  if (isScalarFunction(op))
    return evaluateScalarFunction(
        duals, op,
        [&](unsigned index) -> const EmittedDual & { return x[index]; });
  if (std::optional<EmittedDual> result = evaluateLibraryFunction(duals, op, x))
    return *result;
  if (auto select = dyn_cast<arith::SelectOp>(op))
    return duals.select({select.getCondition()}, x[1], x[2]);
  bool isLarger = isa<arith::MaximumFOp, arith::MaxNumFOp>(op);
  bool keepsNaN = isa<arith::MaximumFOp, arith::MinimumFOp>(op);
  return extremum(duals, x[0], x[1], isLarger, keepsNaN);
}

//===----------------------------------------------------------------------===//
// Models
//===----------------------------------------------------------------------===//

namespace {

template <typename Op>
struct ScalarModel
    : public DifferentiableOpInterface::ExternalModel<ScalarModel<Op>, Op> {
  LogicalResult pullBack(Operation *op, DerivativeBuilder &builder,
                         ArrayRef<Value> cotangents,
                         const llvm::BitVector &wanted,
                         MutableArrayRef<Value> gradients) const {
    derive(op, builder, wanted).pullBack(cotangents, gradients);
    return success();
  }

  LogicalResult pushForward(Operation *op, DerivativeBuilder &builder,
                            ArrayRef<Value> tangents,
                            MutableArrayRef<Value> results) const {
    derive(op, builder, presenceOf(tangents))
        .pushForward(tangents, op->getResultTypes(), results);
    return success();
  }

private:
  static ElementwiseDerivative derive(Operation *op, DerivativeBuilder &builder,
                                      const llvm::BitVector &active) {
    return ElementwiseDerivative(
        builder, op->getLoc(), numbersOf(op), active,
        [&](EmittedDuals &duals, ArrayRef<EmittedDual> x) {
          return SmallVector<EmittedDual>{evaluate(duals, op, x)};
        });
  }
};

/// Steps: the derivative is zero wherever there is one.
template <typename Op>
struct StepModel
    : public DifferentiableOpInterface::ExternalModel<StepModel<Op>, Op> {
  LogicalResult pullBack(Operation *, DerivativeBuilder &, ArrayRef<Value>,
                         const llvm::BitVector &,
                         MutableArrayRef<Value>) const {
    return success();
  }
  LogicalResult pushForward(Operation *, DerivativeBuilder &, ArrayRef<Value>,
                            MutableArrayRef<Value>) const {
    return success();
  }
};

/// Conversions between floating-point types.
template <typename Op>
struct ConversionModel
    : public DifferentiableOpInterface::ExternalModel<ConversionModel<Op>, Op> {
  LogicalResult pullBack(Operation *op, DerivativeBuilder &builder,
                         ArrayRef<Value> cotangents,
                         const llvm::BitVector &wanted,
                         MutableArrayRef<Value> gradients) const {
    if (wanted[0])
      gradients[0] =
          builder.convert(op->getLoc(), cotangents[0],
                          getElementTypeOrSelf(op->getOperand(0).getType()));
    return success();
  }
  LogicalResult pushForward(Operation *op, DerivativeBuilder &builder,
                            ArrayRef<Value> tangents,
                            MutableArrayRef<Value> results) const {
    results[0] =
        builder.convert(op->getLoc(), tangents[0],
                        getElementTypeOrSelf(op->getResult(0).getType()));
    return success();
  }
};

} // namespace

template <template <typename> class Model, typename... Ops>
static void attach(MLIRContext *context) {
  (Ops::template attachInterface<Model<Ops>>(*context), ...);
}

void act::registerDifferentiableScalarOps(DialectRegistry &registry) {
  registry.addExtension(+[](MLIRContext *context, arith::ArithDialect *) {
    attach<ScalarModel, arith::AddFOp, arith::SubFOp, arith::MulFOp,
           arith::DivFOp, arith::NegFOp, arith::MaximumFOp, arith::MinimumFOp,
           arith::MaxNumFOp, arith::MinNumFOp, arith::SelectOp>(context);
    attach<ConversionModel, arith::ExtFOp, arith::TruncFOp>(context);
  });
  registry.addExtension(+[](MLIRContext *context, math::MathDialect *) {
    attach<ScalarModel, math::ExpOp, math::Exp2Op, math::ExpM1Op, math::LogOp,
           math::Log2Op, math::Log1pOp, math::SqrtOp, math::RsqrtOp,
           math::TanhOp, math::ErfOp, math::ErfcOp, math::AbsFOp,
           math::CopySignOp, math::FmaOp, math::SinOp, math::CosOp, math::TanOp,
           math::SinhOp, math::CoshOp, math::AtanOp, math::Log10Op,
           math::CbrtOp, math::PowFOp>(context);
    attach<StepModel, math::FloorOp, math::CeilOp, math::TruncOp, math::RoundOp,
           math::RoundEvenOp>(context);
  });
}
