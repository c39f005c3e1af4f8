//===- ExpandGates.cpp - Gates to arithmetic ------------------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file implements the expansion of gates on scalars and vectors: the rule
// of phi, and the products around it. These are the operations, in the order,
// of the unfused form, so that gates on f32 have its bits.
//
//===----------------------------------------------------------------------===//

#include "Conversions.h"
#include "RuleExpansion.h"

#include "Act/IR/Act.h"

#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "mlir/IR/TypeUtilities.h"

using namespace mlir;
using namespace act;

static bool isScalarOrVector(Value value) {
  return !isa<ShapedType>(value.getType()) || isa<VectorType>(value.getType());
}

/// phi takes a g that was widened before.
static rules::Tier tierOfPhi(Operation *op, const ExpandOptions &options) {
  rules::Tier tier = getTier(op, options);
  bool isHalf =
      getElementTypeOrSelf(op->getResult(0)).getIntOrFloatBitWidth() == 16;
  return tier == rules::Tier::Fast && isHalf ? rules::Tier::FastHalf : tier;
}

namespace {

/// One gate on operands g and u.
class GateExpansion {
public:
  GateExpansion(OpBuilder &builder, Operation *op, const ExpandOptions &options)
      : builder(builder), loc(op->getLoc()), options(options),
        function(getGateFunction(op)), computeType(getComputeType(op)),
        algebra(builder, loc, computeType),
        phi(builder, loc, options, function.rule, tierOfPhi(op, options),
            computeType, function.parameters) {}

  /// Whether these parts of phi exist and the numbers lie within the range of
  /// the compute type. Nothing may be emitted otherwise.
  bool isPossible(ArrayRef<rules::Part> parts) const {
    return fits(function.limit) && fits(function.offset) &&
           llvm::all_of(parts, [&](rules::Part part) {
             return phi.hasEvaluation(part);
           });
  }

  /// Takes the operands: g' = min(g, limit) and u'.
  void setOperands(Value givenG, Value givenU) {
    g = widened(givenG);
    u = widened(givenU);
    if (function.limit) {
      rules::Pair<IRAlgebra> limit = splitNumber(algebra, *function.limit);
      gClosed = rules::exceeds(algebra, g, limit);
      uClosed = rules::exceeds(algebra, algebra.abs(u), limit);
      g = rules::gateInput(algebra, g, limit);
      u = rules::gateClamp(algebra, u, limit);
    }
    if (function.offset)
      u = rules::gateOffset(algebra, u, splitNumber(algebra, *function.offset));
  }

  /// phi(g) u'.
  Value forward(Type type) {
    return narrowed(algebra.mul(phi.forward(g, computeType), u), type);
  }

  /// dy u' phi'(g), +0 beyond the limit.
  Value gradientOfG(Value dy, Type type) {
    Value da = algebra.mul(widened(dy), u);
    Value dg = phi.backward(rules::Part::Derivative, da, g, computeType);
    return narrowed(selectOpen(gClosed, dg), type);
  }

  /// dy phi(g), +0 beyond the limit.
  Value gradientOfU(Value dy, Type type) {
    Value du = algebra.mul(widened(dy), phi.forward(g, computeType));
    return narrowed(selectOpen(uClosed, du), type);
  }

private:
  bool fits(std::optional<double> number) const {
    return !number ||
           fitsComputeType(
               Attribute(
                   Builder(computeType.getContext()).getF64FloatAttr(*number)),
               computeType);
  }
  Value widened(Value value) {
    return widen(builder, loc, value, computeType, options);
  }
  Value narrowed(Value value, Type type) {
    return narrow(builder, loc, value, type, options);
  }
  Value selectOpen(Value closed, Value gradient) {
    if (!closed)
      return gradient;
    return algebra.select(closed, algebra.constant(0.0), gradient);
  }

  OpBuilder &builder;
  Location loc;
  const ExpandOptions &options;
  GateFunction function;
  Type computeType;
  IRAlgebra algebra;
  RuleExpansion phi;
  Value g, u;
  /// Where g or u lies beyond the limit; null without a limit.
  Value gClosed, uClosed;
};

struct ExpandGate : public OpRewritePattern<GateOp> {
  ExpandGate(MLIRContext *context, const ExpandOptions &options)
      : OpRewritePattern(context), options(options) {}

  LogicalResult matchAndRewrite(GateOp op,
                                PatternRewriter &rewriter) const override {
    if (!isScalarOrVector(op.getG()))
      return rewriter.notifyMatchFailure(op, "only scalars and vectors");
    GateExpansion expansion(rewriter, op, options);
    if (!expansion.isPossible(rules::Part::Forward))
      return rewriter.notifyMatchFailure(op, "no evaluation for this type");
    expansion.setOperands(op.getG(), op.getU());
    rewriter.replaceOp(op, expansion.forward(op.getType()));
    return success();
  }

  ExpandOptions options;
};

struct ExpandGateBackward : public OpRewritePattern<GateBackwardOp> {
  ExpandGateBackward(MLIRContext *context, const ExpandOptions &options)
      : OpRewritePattern(context), options(options) {}

  LogicalResult matchAndRewrite(GateBackwardOp op,
                                PatternRewriter &rewriter) const override {
    if (!isScalarOrVector(op.getG()))
      return rewriter.notifyMatchFailure(op, "only scalars and vectors");
    GateExpansion expansion(rewriter, op, options);
    if (!expansion.isPossible({rules::Part::Forward, rules::Part::Derivative}))
      return rewriter.notifyMatchFailure(op, "no evaluation for this type");
    expansion.setOperands(op.getG(), op.getU());
    Value dg = expansion.gradientOfG(op.getDy(), op.getDg().getType());
    Value du = expansion.gradientOfU(op.getDy(), op.getDu().getType());
    rewriter.replaceOp(op, {dg, du});
    return success();
  }

  ExpandOptions options;
};

//===----------------------------------------------------------------------===//
// Packed vectors
//===----------------------------------------------------------------------===//

/// Takes the parts out of a packed vector, and puts parts together, by
/// shuffles of the elements in row-major order.
class PackedVector {
public:
  template <typename Op>
  PackedVector(OpBuilder &builder, Op op)
      : builder(builder), loc(op.getLoc()),
        packedType(cast<VectorType>(op.getX().getType())),
        halves(op.getLayout() == Layout::Halves),
        gFirst(op.getGate() == GatePart::First) {
    int64_t dim = op.getSplitDim();
    SmallVector<int64_t> shape(packedType.getShape());
    shape[dim] /= 2;
    partType = VectorType::get(shape, packedType.getElementType());
    size = shape[dim];
    for (int64_t length : packedType.getShape().drop_front(dim + 1))
      inner *= length;
  }

  Value getG(Value x) { return extract(x, gFirst ? 0 : 1); }
  Value getU(Value x) { return extract(x, gFirst ? 1 : 0); }

  Value pack(Value dg, Value du) {
    int64_t count = partType.getNumElements();
    SmallVector<int64_t> mask(2 * count);
    for (int64_t part : {0, 1})
      for (int64_t element = 0; element < count; ++element)
        mask[positionOf(part, element)] = part * count + element;
    return shuffle(gFirst ? dg : du, gFirst ? du : dg, mask, packedType);
  }

private:
  /// The position in the packed vector of an element of a part.
  int64_t positionOf(int64_t part, int64_t element) const {
    int64_t outer = element / (size * inner);
    int64_t index = element / inner % size;
    index = halves ? part * size + index : 2 * index + part;
    return (outer * 2 * size + index) * inner + element % inner;
  }

  Value extract(Value x, int64_t part) {
    SmallVector<int64_t> mask;
    for (int64_t i = 0, count = partType.getNumElements(); i < count; ++i)
      mask.push_back(positionOf(part, i));
    return shuffle(x, x, mask, partType);
  }

  Value shuffle(Value first, Value second, ArrayRef<int64_t> mask,
                VectorType type) {
    Value result = vector::ShuffleOp::create(builder, loc, flatten(first),
                                             flatten(second), mask);
    return reshape(result, type);
  }
  Value flatten(Value value) {
    auto type = cast<VectorType>(value.getType());
    return reshape(
        value, VectorType::get(type.getNumElements(), type.getElementType()));
  }
  Value reshape(Value value, VectorType type) {
    return value.getType() == type
               ? value
               : vector::ShapeCastOp::create(builder, loc, type, value)
                     .getResult();
  }

  OpBuilder &builder;
  Location loc;
  VectorType packedType;
  VectorType partType;
  /// Elements of a part along the dimension that is split, and of the
  /// dimensions behind it.
  int64_t size;
  int64_t inner = 1;
  bool halves;
  bool gFirst;
};

/// Whether `op` works on a vector of known size.
template <typename Op> static bool isOnVector(Op op) {
  auto vector = dyn_cast<VectorType>(op.getX().getType());
  return vector && !vector.isScalable();
}

/// act.glu on a vector is act.gate on its parts.
struct ExpandGlu : public OpRewritePattern<GluOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(GluOp op,
                                PatternRewriter &rewriter) const override {
    if (!isOnVector(op))
      return rewriter.notifyMatchFailure(op, "only vectors of fixed size");
    PackedVector packed(rewriter, op);
    rewriter.replaceOp(op, createGate(rewriter, op, packed.getG(op.getX()),
                                      packed.getU(op.getX())));
    return success();
  }
};

struct ExpandGluBackward : public OpRewritePattern<GluBackwardOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(GluBackwardOp op,
                                PatternRewriter &rewriter) const override {
    if (!isOnVector(op))
      return rewriter.notifyMatchFailure(op, "only vectors of fixed size");
    PackedVector packed(rewriter, op);
    auto gate = createGateBackward(rewriter, op, packed.getG(op.getX()),
                                   packed.getU(op.getX()));
    rewriter.replaceOp(op, packed.pack(gate.getDg(), gate.getDu()));
    return success();
  }
};

} // namespace

void act::populateActExpandGatePatterns(RewritePatternSet &patterns,
                                        const ExpandOptions &options) {
  MLIRContext *context = patterns.getContext();
  patterns.add<ExpandGate, ExpandGateBackward>(context, options);
  patterns.add<ExpandGlu, ExpandGluBackward>(context);
}
