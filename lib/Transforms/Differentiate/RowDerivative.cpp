//===- RowDerivative.cpp - Derivatives of rows ----------------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file differentiates row-wise operations and losses: forward operations
// by their backward operations, and these by what RowExpansion makes of them.
//
//===----------------------------------------------------------------------===//

#include "RowDerivative.h"

#include "BlockDerivative.h"
#include "RowExpansion.h"

#include "RealEmitter.h"
#include "Through.h"

#include "Act/IR/RowwiseBuilders.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/IR/TypeUtilities.h"

using namespace mlir;
using namespace act;

namespace {

class RowDerivative {
public:
  RowDerivative(RowwiseOpInterface op, DerivativeBuilder &builder)
      : op(op), builder(builder), loc(op.getLoc()), x(op.getX()),
        xType(dyn_cast<RankedTensorType>(x.getType())) {}

  LogicalResult pullBack(ArrayRef<Value> cotangents,
                         const llvm::BitVector &wanted,
                         MutableArrayRef<Value> gradients);
  LogicalResult pushForward(ArrayRef<Value> tangents,
                            MutableArrayRef<Value> results);

private:
  InFlightDiagnostic refuse() {
    return op->emitError() << "'" << op->getName()
                           << "' cannot be differentiated";
  }

  /// An input of the operation, or null.
  Value getInput(RowInput input) {
    auto loss = dyn_cast<LossOpInterface>(op.getOperation());
    switch (input) {
    case RowInput::X:
      return x;
    case RowInput::Target:
      return loss ? loss.getTarget() : Value();
    case RowInput::ClassWeight:
      return loss ? loss.getClassWeight() : Value();
    case RowInput::TokenWeight:
      return loss ? loss.getTokenWeight() : Value();
    case RowInput::Mask:
      return op.getMask();
    case RowInput::Lse: {
      if (Value lse = op.getLse())
        return lse;
      std::optional<unsigned> position = op.findRowOutput(RowOutput::Lse);
      return position ? op->getResult(*position) : Value();
    }
    default:
      return op.getCotangent();
    }
  }

  Operation *create(StringRef name, ArrayRef<RowInput> inputs, Value cotangent,
                    TypeRange types, StringRef without = "");
  Operation *emitBackward(StringRef name, Value cotangent, bool withTarget);

  Value makeOnes(Type type);
  LogicalResult verifyExpansion();
  SmallVector<Value> expand(DerivativeBuilder &inner) {
    return RowExpansion(inner, op).expand();
  }
  Value sumOfProducts(Value gradient, Value tangent, Type type);
  Value dropEmptyRows(RowExpansion &row, Value p, Value value);

  LogicalResult pullBackForward(ArrayRef<Value> cotangents,
                                const llvm::BitVector &wanted,
                                MutableArrayRef<Value> gradients);
  LogicalResult pullBackBackward(ArrayRef<Value> cotangents,
                                 const llvm::BitVector &wanted,
                                 MutableArrayRef<Value> gradients);

  LogicalResult pushForwardLoss(ArrayRef<Value> tangents,
                                MutableArrayRef<Value> results);
  LogicalResult pushForwardRow(Value tangent, MutableArrayRef<Value> results);

  /// The number of the operand, which one value may be twice.
  unsigned positionOf(RowInput input) {
    SmallVector<RowInput> inputs = op.getRowInputs();
    return llvm::find(inputs, input) - inputs.begin();
  }
  unsigned cotangentPosition() {
    return positionOf(isa<LossOpInterface>(op.getOperation()) ? RowInput::DLoss
                                                              : RowInput::DY);
  }
  /// What `ofInputs` has for the target, if there is one.
  template <typename OfInputs>
  auto ofTarget(const OfInputs &ofInputs)
      -> std::decay_t<decltype(ofInputs[0])> {
    if (!getInput(RowInput::Target))
      return {};
    return ofInputs[positionOf(RowInput::Target)];
  }

  RowwiseOpInterface op;
  DerivativeBuilder &builder;
  Location loc;
  Value x;
  RankedTensorType xType;
};

} // namespace

//===----------------------------------------------------------------------===//
// Backward operations
//===----------------------------------------------------------------------===//

/// The operation `name` with the attributes of this one but `without`. Of
/// `inputs` it takes what there is.
Operation *RowDerivative::create(StringRef name, ArrayRef<RowInput> inputs,
                                 Value cotangent, TypeRange types,
                                 StringRef without) {
  SmallVector<Value> values;
  for (RowInput input : inputs) {
    bool isCotangent = input == RowInput::DY || input == RowInput::DLoss;
    values.push_back(isCotangent ? cotangent : getInput(input));
  }
  NamedAttrList options = getRowOptions(op);
  options.erase(without);
  // What is said of the forward operation.
  options.erase(derivativeAttrName);
  return createRowwise(builder, loc, name, values, /*outs=*/ValueRange(), types,
                       options);
}

Operation *RowDerivative::emitBackward(StringRef name, Value cotangent,
                                       bool withTarget) {
  using I = RowInput;
  if (!isa<LossOpInterface>(op.getOperation()))
    return create(name, {I::DY, I::X, I::Lse, I::Mask}, cotangent, x.getType());
  if (op.getRowFunction() == RowFunction::NLL)
    return create(name,
                  {I::DLoss, I::X, I::Target, I::ClassWeight, I::TokenWeight},
                  cotangent, x.getType());
  SmallVector<Type> types{x.getType()};
  if (withTarget)
    types.push_back(getInput(I::Target).getType());
  return create(
      name, {I::DLoss, I::X, I::Target, I::Lse, I::ClassWeight, I::TokenWeight},
      cotangent, types, "extra");
}

/// The name of the backward operation of a forward one.
static std::string backwardName(RowwiseOpInterface op) {
  StringRef name = op->getName().getStringRef();
  name.consume_back("_with_grad");
  return (name + "_backward").str();
}

//===----------------------------------------------------------------------===//
// Gradients
//===----------------------------------------------------------------------===//

LogicalResult RowDerivative::pullBackForward(ArrayRef<Value> cotangents,
                                             const llvm::BitVector &wanted,
                                             MutableArrayRef<Value> gradients) {
  unsigned xPosition = positionOf(RowInput::X);
  bool wantsTarget = ofTarget(wanted);
  for (auto [output, cotangent] : llvm::zip(op.getRowOutputs(), cotangents)) {
    if (!cotangent)
      continue;
    if (output == RowOutput::DX || output == RowOutput::DTarget)
      return refuse() << " by its gradients; use '" << backwardName(op)
                      << "' for them";
    // The gradient of logsumexp is a softmax.
    bool isLse = output == RowOutput::Lse;
    Operation *backward =
        isLse
            ? create("act.logsumexp_backward",
                     {RowInput::DY, RowInput::X, RowInput::Lse, RowInput::Mask},
                     cotangent, x.getType(), "empty_row")
            : emitBackward(backwardName(op), cotangent, wantsTarget);
    Value &gradient = gradients[xPosition];
    if (wanted[xPosition])
      gradient = builder.add(loc, gradient, backward->getResult(0));
    if (wantsTarget && !isLse) {
      Value &byTarget = gradients[positionOf(RowInput::Target)];
      byTarget = builder.add(loc, byTarget, backward->getResult(1));
    }
  }
  return success();
}

LogicalResult RowDerivative::verifyExpansion() {
  StringRef reason = RowExpansion::findObstacle(op);
  if (!reason.empty())
    return refuse() << ": it has " << reason
                    << ", for which there is no second derivative";
  return success();
}

/// A cotangent of ones for the loss.
Value RowDerivative::makeOnes(Type type) {
  auto tensor = cast<RankedTensorType>(type);
  Value one = builder.emit<arith::ConstantOp>(
      loc, cast<TypedAttr>(builder.getFloatAttr(tensor.getElementType(), 1.0)));
  SmallVector<OpFoldResult> sizes;
  if (tensor.getRank() > 0) {
    SmallVector<OpFoldResult> all = builder.dimensions(loc, x);
    for (int64_t dim : getRowNumberDims(op))
      sizes.push_back(all[dim]);
  }
  return linalg::FillOp::create(builder, loc, one,
                                builder.emptyTensor(loc, tensor, sizes))
      .getResult(0);
}

/// What a loss of `type` changes by: the sum of gradient times tangent over
/// what it depends on.
Value RowDerivative::sumOfProducts(Value gradient, Value tangent, Type type) {
  Type computeType = op.getComputeType();
  gradient = builder.convert(loc, gradient, computeType);
  tangent = builder.convert(loc, tangent, computeType);
  Value terms = builder.emit<arith::MulFOp>(loc, gradient, tangent);
  bool perRow = cast<RankedTensorType>(type).getRank() > 0;
  return builder.sumTo(loc, terms, type,
                       perRow ? getRowNumberDims(op) : SmallVector<int64_t>());
}

LogicalResult
RowDerivative::pullBackBackward(ArrayRef<Value> cotangents,
                                const llvm::BitVector &wanted,
                                MutableArrayRef<Value> gradients) {
  unsigned dyPosition = cotangentPosition();
  bool isLoss = isa<LossOpInterface>(op.getOperation());
  if (!isLoss) {
    if (failed(verifyExpansion()))
      return failure();
    return pullBackThrough(
        builder, op, cotangents, wanted, gradients,
        [&](DerivativeBuilder &inner) { return expand(inner); });
  }
  if (cotangents.size() > 1 && cotangents[1])
    return refuse() << " by the gradient of its target";
  if (ofTarget(wanted))
    return refuse() << " by its target";
  if (wanted[dyPosition]) {
    // dx is linear in dloss.
    Type type = op.getCotangent().getType();
    Operation *unit = emitBackward(op->getName().getStringRef(), makeOnes(type),
                                   /*withTarget=*/false);
    gradients[dyPosition] =
        sumOfProducts(unit->getResult(0), cotangents[0], type);
  }
  llvm::BitVector byX(op->getNumOperands());
  unsigned xPosition = positionOf(RowInput::X);
  if (!wanted[xPosition] || op.getRowFunction() == RowFunction::NLL)
    return success();
  if (failed(verifyExpansion()))
    return failure();
  byX.set(xPosition);
  return pullBackThrough(
      builder, op, cotangents, byX, gradients,
      [&](DerivativeBuilder &inner) { return expand(inner); });
}

LogicalResult RowDerivative::pullBack(ArrayRef<Value> cotangents,
                                      const llvm::BitVector &wanted,
                                      MutableArrayRef<Value> gradients) {
  if (op.hasDestinations())
    return refuse() << " with destinations; use the form with results";
  if (op.getRowPart() == RowPart::Backward)
    return pullBackBackward(cotangents, wanted, gradients);
  return pullBackForward(cotangents, wanted, gradients);
}

//===----------------------------------------------------------------------===//
// Tangents
//===----------------------------------------------------------------------===//

LogicalResult RowDerivative::pushForwardLoss(ArrayRef<Value> tangents,
                                             MutableArrayRef<Value> results) {
  std::optional<unsigned> position = op.findRowOutput(RowOutput::Loss);
  Type type = op->getResult(*position).getType();
  Value byX = tangents[positionOf(RowInput::X)], byTarget = ofTarget(tangents);
  Operation *unit =
      emitBackward(backwardName(op), makeOnes(type), bool(byTarget));
  Value &result = results[*position];
  if (byX)
    result = sumOfProducts(unit->getResult(0), byX, type);
  if (byTarget)
    result = builder.add(loc, result,
                         sumOfProducts(unit->getResult(1), byTarget, type));
  return success();
}

/// `value`, but 0 in rows without probabilities: their result is a constant.
Value RowDerivative::dropEmptyRows(RowExpansion &row, Value p, Value value) {
  Value zeros = builder.zerosLike(loc, value);
  Value isEmpty = builder.emit<arith::CmpFOp>(
      loc, arith::CmpFPredicate::OEQ, row.spread(row.sumOverRows(p)), zeros);
  return builder.emit<arith::SelectOp>(loc, isEmpty, zeros, value);
}

LogicalResult RowDerivative::pushForwardRow(Value tangent,
                                            MutableArrayRef<Value> results) {
  RowFunction function = op.getRowFunction();
  bool isSoftmax =
      function == RowFunction::Softmax || function == RowFunction::Softmin;
  for (auto [output, result, value] :
       llvm::zip(op.getRowOutputs(), results, op->getResults())) {
    Type element = getElementTypeOrSelf(value.getType());
    if (output == RowOutput::Y && isSoftmax && !op.getSoftcap()) {
      // The matrix of derivatives is symmetric.
      Operation *backward =
          emitBackward(backwardName(op), tangent, /*withTarget=*/false);
      result = builder.convert(loc, backward->getResult(0), element);
      continue;
    }
    if (failed(verifyExpansion()))
      return failure();
    RowExpansion row(builder, op);
    Value p = row.emitProbabilities();
    Value dz = row.keep(
        row.throughLogits(builder.convert(loc, tangent, op.getComputeType())));
    Value mean = row.sumOverRows(builder.emit<arith::MulFOp>(loc, p, dz));
    bool isLse = output == RowOutput::Lse || function == RowFunction::LogSumExp;
    if (!isLse) {
      mean = row.keep(builder.emit<arith::SubFOp>(loc, dz, row.spread(mean)));
      if (isSoftmax)
        mean = builder.emit<arith::MulFOp>(loc, p, mean);
      else if (op.getEmptyRow() != EmptyRow::NaN)
        mean = dropEmptyRows(row, p, mean);
    }
    if (isLse && mean.getType() != value.getType() && op->getAttr("keepdim"))
      mean = builder.broadcast(loc, mean, value, getRowNumberDims(op));
    result = builder.convert(loc, mean, element);
  }
  return success();
}

LogicalResult RowDerivative::pushForward(ArrayRef<Value> tangents,
                                         MutableArrayRef<Value> results) {
  if (op.hasDestinations())
    return refuse() << " with destinations; use the form with results";
  bool isLoss = isa<LossOpInterface>(op.getOperation());
  if (op.getRowPart() == RowPart::Forward)
    return isLoss ? pushForwardLoss(tangents, results)
                  : pushForwardRow(tangents[positionOf(RowInput::X)], results);
  if (op.getRowPart() != RowPart::Backward)
    return refuse() << " in forward mode; use the forward and the backward "
                       "operation";
  if (!isLoss) {
    if (failed(verifyExpansion()))
      return failure();
    return pushForwardThrough(
        builder, op, tangents, results,
        [&](DerivativeBuilder &inner) { return expand(inner); });
  }
  if (ofTarget(tangents))
    return refuse() << " by its target";
  if (op->getNumResults() > 1)
    return refuse() << " with the gradient of its target";
  Value ofLoss = tangents[cotangentPosition()];
  Value ofX = tangents[positionOf(RowInput::X)];
  if (ofX && op.getRowFunction() != RowFunction::NLL) {
    if (failed(verifyExpansion()))
      return failure();
    SmallVector<Value> byX(tangents.size());
    byX[positionOf(RowInput::X)] = ofX;
    if (failed(pushForwardThrough(
            builder, op, byX, results,
            [&](DerivativeBuilder &inner) { return expand(inner); })))
      return failure();
  }
  if (ofLoss) {
    Operation *linear = emitBackward(op->getName().getStringRef(), ofLoss,
                                     /*withTarget=*/false);
    results[0] = builder.add(loc, results[0], linear->getResult(0));
  }
  return success();
}

LogicalResult act::pullBackRows(RowwiseOpInterface op,
                                DerivativeBuilder &builder,
                                ArrayRef<Value> cotangents,
                                const llvm::BitVector &wanted,
                                MutableArrayRef<Value> gradients) {
  return RowDerivative(op, builder).pullBack(cotangents, wanted, gradients);
}

LogicalResult act::pushForwardRows(RowwiseOpInterface op,
                                   DerivativeBuilder &builder,
                                   ArrayRef<Value> tangents,
                                   MutableArrayRef<Value> results) {
  return RowDerivative(op, builder).pushForward(tangents, results);
}
