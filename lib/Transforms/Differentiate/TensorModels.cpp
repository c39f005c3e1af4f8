//===- TensorModels.cpp - Derivatives of tensor and func ------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file gives derivatives to operations that move elements: they are
// linear, so that tangents go through the operation itself and gradients
// through its transpose. Calls are left to whoever makes functions.
//
//===----------------------------------------------------------------------===//

#include "Models.h"

#include "Act/Transforms/Differentiation.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/IR/TypeUtilities.h"

using namespace mlir;
using namespace act;

//===----------------------------------------------------------------------===//
// Transposes: how a gradient goes back
//===----------------------------------------------------------------------===//

namespace {

/// What an overload of transpose() has at hand.
struct Transpose {
  DerivativeBuilder &builder;
  Location loc;
  Value cotangent;
  const llvm::BitVector &wanted;
  MutableArrayRef<Value> gradients;
};

} // namespace

static void transpose(tensor::CastOp op, Transpose t) {
  t.gradients[0] = t.builder.emit<tensor::CastOp>(
      t.loc, op.getSource().getType(), t.cotangent);
}

static void transpose(tensor::ExtractSliceOp op, Transpose t) {
  Value zeros = t.builder.zerosLike(t.loc, op.getSource());
  t.gradients[0] = t.builder.emit<tensor::InsertSliceOp>(
      t.loc, t.cotangent, zeros, op.getMixedOffsets(), op.getMixedSizes(),
      op.getMixedStrides());
}

static void transpose(tensor::InsertSliceOp op, Transpose t) {
  if (t.wanted[0])
    t.gradients[0] = t.builder.emit<tensor::ExtractSliceOp>(
        t.loc, op.getSourceType(), t.cotangent, op.getMixedOffsets(),
        op.getMixedSizes(), op.getMixedStrides());
  if (t.wanted[1])
    t.gradients[1] = t.builder.emit<tensor::InsertSliceOp>(
        t.loc, t.builder.zerosLike(t.loc, op.getSource()), t.cotangent,
        op.getMixedOffsets(), op.getMixedSizes(), op.getMixedStrides());
}

static void transpose(tensor::ExpandShapeOp op, Transpose t) {
  t.gradients[0] = t.builder.emit<tensor::CollapseShapeOp>(
      t.loc, op.getSrcType(), t.cotangent, op.getReassociationIndices());
}

static void transpose(tensor::CollapseShapeOp op, Transpose t) {
  t.gradients[0] = t.builder.emit<tensor::ExpandShapeOp>(
      t.loc, op.getSrcType(), t.cotangent, op.getReassociationIndices(),
      t.builder.dimensions(t.loc, op.getSrc()));
}

/// The part of the cotangent that is the gradient of `input`, from `offsets`
/// on. A slice may not begin where a tensor of no elements ends.
static Value emitPart(Transpose t, Value input,
                      ArrayRef<OpFoldResult> offsets) {
  auto type = cast<RankedTensorType>(input.getType());
  if (llvm::is_contained(type.getShape(), 0))
    return t.builder.zerosLike(t.loc, input);
  SmallVector<OpFoldResult> ones(type.getRank(), t.builder.getIndexAttr(1));
  return t.builder.emit<tensor::ExtractSliceOp>(
      t.loc, type, t.cotangent, offsets, t.builder.dimensions(t.loc, input),
      ones);
}

static void transpose(tensor::PadOp op, Transpose t) {
  t.gradients[0] = emitPart(t, op.getSource(), op.getMixedLowPad());
}

static void transpose(tensor::ConcatOp op, Transpose t) {
  int64_t rank = op.getResultType().getRank(), dim = op.getDim();
  SmallVector<OpFoldResult> offsets(rank, t.builder.getIndexAttr(0));
  for (auto [index, input] : llvm::enumerate(op.getInputs())) {
    SmallVector<OpFoldResult> sizes = t.builder.dimensions(t.loc, input);
    if (t.wanted[index])
      t.gradients[index] = emitPart(t, input, offsets);
    std::optional<int64_t> before = getConstantIntValue(offsets[dim]);
    std::optional<int64_t> size = getConstantIntValue(sizes[dim]);
    if (before && size) {
      offsets[dim] = t.builder.getIndexAttr(*before + *size);
      continue;
    }
    auto asValue = [&](OpFoldResult folded) -> Value {
      if (auto value = dyn_cast<Value>(folded))
        return value;
      return t.builder.emit<arith::ConstantIndexOp>(
          t.loc, *getConstantIntValue(folded));
    };
    Value left = asValue(offsets[dim]), right = asValue(sizes[dim]);
    offsets[dim] = t.builder.emit<arith::AddIOp>(t.loc, left, right);
  }
}

static void transpose(tensor::SplatOp op, Transpose t) {
  t.gradients[0] =
      t.builder.sumTo(t.loc, t.cotangent, op.getInput().getType(), {});
}

static void transpose(tensor::ExtractOp op, Transpose t) {
  Value zeros = t.builder.zerosLike(t.loc, op.getTensor());
  t.gradients[0] = t.builder.emit<tensor::InsertOp>(t.loc, t.cotangent, zeros,
                                                    op.getIndices());
}

static void transpose(tensor::InsertOp op, Transpose t) {
  if (t.wanted[0])
    t.gradients[0] =
        t.builder.emit<tensor::ExtractOp>(t.loc, t.cotangent, op.getIndices());
  if (t.wanted[1])
    t.gradients[1] = t.builder.emit<tensor::InsertOp>(
        t.loc, t.builder.zerosLike(t.loc, op.getScalar()), t.cotangent,
        op.getIndices());
}

static void transpose(tensor::FromElementsOp op, Transpose t) {
  auto type = op.getType();
  for (unsigned element : t.wanted.set_bits()) {
    // The row-major position, from the last dimension up.
    SmallVector<Value> indices(type.getRank());
    int64_t rest = element;
    for (int64_t dim = type.getRank(); dim-- > 0;) {
      indices[dim] = t.builder.emit<arith::ConstantIndexOp>(
          t.loc, rest % type.getDimSize(dim));
      rest /= type.getDimSize(dim);
    }
    t.gradients[element] =
        t.builder.emit<tensor::ExtractOp>(t.loc, t.cotangent, indices);
  }
}

//===----------------------------------------------------------------------===//
// Models
//===----------------------------------------------------------------------===//

namespace {

template <typename Op>
struct LinearModel
    : public DifferentiableOpInterface::ExternalModel<LinearModel<Op>, Op> {
  LogicalResult pullBack(Operation *op, DerivativeBuilder &builder,
                         ArrayRef<Value> cotangents,
                         const llvm::BitVector &wanted,
                         MutableArrayRef<Value> gradients) const {
    transpose(cast<Op>(op), Transpose{builder, op->getLoc(), cotangents[0],
                                      wanted, gradients});
    return success();
  }

  LogicalResult pushForward(Operation *op, DerivativeBuilder &builder,
                            ArrayRef<Value> tangents,
                            MutableArrayRef<Value> results) const {
    IRMapping mapping;
    for (auto [operand, tangent] : llvm::zip(op->getOperands(), tangents))
      if (isDifferentiable(operand.getType()) && !mapping.contains(operand))
        mapping.map(operand, tangent
                                 ? tangent
                                 : builder.zerosLike(op->getLoc(), operand));
    // What a pad pads with does not change.
    if (auto pad = dyn_cast<tensor::PadOp>(op)) {
      Value zero = builder.emit<arith::ConstantOp>(
          op->getLoc(), cast<TypedAttr>(builder.getZeroAttr(
                            pad.getResultType().getElementType())));
      results[0] = tensor::PadOp::create(
          builder, op->getLoc(), pad.getResultType(),
          mapping.lookup(pad.getSource()), pad.getMixedLowPad(),
          pad.getMixedHighPad(), zero);
      return success();
    }
    results[0] = builder.clone(*op, mapping)->getResult(0);
    return success();
  }
};

struct CallModel
    : public DifferentiableOpInterface::ExternalModel<CallModel, func::CallOp> {
  LogicalResult pullBack(Operation *op, DerivativeBuilder &builder,
                         ArrayRef<Value> cotangents,
                         const llvm::BitVector &wanted,
                         MutableArrayRef<Value> gradients) const {
    if (!builder.getCalls())
      return refuse(op);
    return builder.getCalls()->pullBack(builder, cast<func::CallOp>(op),
                                        cotangents, wanted, gradients);
  }
  LogicalResult pushForward(Operation *op, DerivativeBuilder &builder,
                            ArrayRef<Value> tangents,
                            MutableArrayRef<Value> results) const {
    if (!builder.getCalls())
      return refuse(op);
    return builder.getCalls()->pushForward(builder, cast<func::CallOp>(op),
                                           tangents, results);
  }

private:
  static LogicalResult refuse(Operation *op) {
    return op->emitError() << "a call in the body of an operation cannot be "
                              "differentiated; inline it";
  }
};

} // namespace

template <typename... Ops> static void attachLinear(MLIRContext *context) {
  (Ops::template attachInterface<LinearModel<Ops>>(*context), ...);
}

void act::registerDifferentiableTensorOps(DialectRegistry &registry) {
  registry.addExtension(+[](MLIRContext *context, tensor::TensorDialect *) {
    attachLinear<tensor::CastOp, tensor::ExtractSliceOp, tensor::InsertSliceOp,
                 tensor::ExpandShapeOp, tensor::CollapseShapeOp, tensor::PadOp,
                 tensor::ConcatOp, tensor::SplatOp, tensor::ExtractOp,
                 tensor::InsertOp, tensor::FromElementsOp>(context);
  });
  registry.addExtension(+[](MLIRContext *context, func::FuncDialect *) {
    func::CallOp::attachInterface<CallModel>(*context);
  });
}
