//===- RowwiseVerifier.cpp - Verifier of row-wise ops ---------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file implements what the types and attributes of row-wise operations
// must fulfil.
//
//===----------------------------------------------------------------------===//

#include "RowwiseVerifier.h"

#include "RuleVerifier.h"

#include "Act/IR/RowwiseNumbers.h"

using namespace mlir;
using namespace act;

static void printShape(InFlightDiagnostic &diagnostic,
                       ArrayRef<int64_t> shape) {
  diagnostic << "[";
  llvm::interleaveComma(shape, diagnostic, [&](int64_t size) {
    if (ShapedType::isDynamic(size))
      diagnostic << "?";
    else
      diagnostic << size;
  });
  diagnostic << "]";
}

LogicalResult act::verifyInputShape(Operation *op, RowInput input, Value value,
                                    ArrayRef<int64_t> shape,
                                    const Twine &what) {
  auto type = cast<ShapedType>(value.getType());
  if (succeeded(verifyCompatibleShape(type.getShape(), shape)))
    return success();
  InFlightDiagnostic diagnostic = op->emitOpError("operand '")
                                  << stringifyRowInput(input)
                                  << "' must have the shape ";
  printShape(diagnostic, shape);
  return diagnostic << " of " << what << ", found " << type;
}

//===----------------------------------------------------------------------===//
// Attributes
//===----------------------------------------------------------------------===//

LogicalResult act::verifyPositive(Operation *op, StringRef name,
                                  bool mayBeZero) {
  auto number = op->getAttrOfType<FloatAttr>(name);
  if (!number)
    return success();
  double value = number.getValueAsDouble();
  if (number.getValue().isFinite() && (value > 0 || (mayBeZero && value == 0)))
    return success();
  return op->emitOpError("attribute '")
         << name << "' must be finite and "
         << (mayBeZero ? "at least 0" : "greater than 0") << ", found "
         << number;
}

static APFloat roundTo(FloatType type, double number) {
  return FloatAttr::get(type, number).getValue();
}

bool act::isRowScale(double number, FloatType computeType) {
  return roundTo(computeType, number).isFiniteNonZero() &&
         roundTo(computeType, 1 / number).isFiniteNonZero();
}

/// Numbers must be finite where the operation computes.
static LogicalResult verifyMagnitudes(RowwiseOpInterface op) {
  FloatType type = op.getComputeType();
  auto error = [&](StringRef what, StringRef numbers) {
    return op->emitOpError() << what << " exceeds " << type
                             << ", in which the operation computes; give a "
                                "number "
                             << numbers;
  };
  auto zLoss = op->getAttrOfType<FloatAttr>("z_loss");
  if (zLoss && !roundTo(type, zLoss.getValueAsDouble()).isFinite())
    return error("'z_loss'", "within 3.4e38");
  auto verify = [&](double number, StringRef name) -> LogicalResult {
    if (isRowScale(number, type))
      return success();
    return error((name + " or its reciprocal").str(),
                 type.isF32() ? "between 3e-39 and 3e38"
                              : "between 6e-309 and 1e308");
  };
  if (failed(verify(op.getTemperature(), "'temperature'")))
    return failure();
  std::optional<double> softcap = op.getSoftcap();
  if (!softcap)
    return success();
  return success(succeeded(verify(*softcap, "'softcap'")) &&
                 succeeded(verify(*softcap * op.getTemperature(),
                                  "'temperature' times 'softcap'")));
}

static LogicalResult verifyDim(RowwiseOpInterface op) {
  int64_t rank = cast<ShapedType>(op.getX().getType()).getRank();
  auto given = op->getAttrOfType<IntegerAttr>("dim");
  int64_t counted = std::max<int64_t>(rank, 1);
  if (!given || (given.getInt() >= -counted && given.getInt() < counted))
    return success();
  return op->emitOpError("attribute 'dim' must lie in [")
         << -counted << ", " << counted << ") for rank " << rank << ", found "
         << given.getInt();
}

/// Only these functions of x can be differentiated from y, and only where y
/// tells enough.
static LogicalResult verifySavedOutput(RowwiseOpInterface op) {
  if (op.getSaved() != Saved::Output)
    return success();
  auto error = [&](StringRef condition) {
    return op->emitOpError("with saved(output) ") << condition;
  };
  StringRef mend = "; use saved(input)";
  Type element = getElementTypeOrSelf(op.getX());
  if (element.getIntOrFloatBitWidth() < 32)
    return error("needs f32 or f64, where the rounding of the output does "
                 "little harm; found ")
           << op.getX().getType() << mend;
  if (getElementTypeOrSelf(op.getCotangent()) != element)
    return error("needs operands of one element type")
           << ", found " << op.getCotangent().getType() << " and "
           << op.getX().getType() << mend;
  if (op.getSoftcap())
    return error("cannot undo 'softcap'") << mend;
  if (op.getLse())
    return error("does not read 'lse'") << mend;
  if (op.getEmptyRow() == EmptyRow::Uniform)
    return error("cannot tell an empty row of empty_row(uniform)") << mend;
  return success();
}

//===----------------------------------------------------------------------===//
// Forms
//===----------------------------------------------------------------------===//

/// In the generic form the segments of operands may be any numbers: each input
/// stands once, and those stand without which there is nothing to compute.
static LogicalResult verifySegments(RowwiseOpInterface op) {
  SmallVector<RowInput> found = op.getRowInputs(), needed = {RowInput::X};
  bool isLossOp = isLoss(op.getRowFunction());
  if (op.getRowPart() != RowPart::Forward)
    needed.push_back(isLossOp ? RowInput::DLoss : RowInput::DY);
  if (isLossOp)
    needed.push_back(RowInput::Target);
  for (RowInput input : needed)
    if (!llvm::is_contained(found, input))
      return op->emitOpError("has no operand '")
             << stringifyRowInput(input) << "' by its 'operandSegmentSizes'";
  if (op.getInputs().size() != found.size())
    return op->emitOpError("must have one operand in each input, found ")
           << op.getInputs().size() << " in " << found.size()
           << "; mend 'operandSegmentSizes'";
  return success();
}

/// With destinations all operands are tensors or all are memrefs; without they
/// are tensors.
static LogicalResult verifyForm(RowwiseOpInterface op) {
  bool onMemory = op.isOnMemory();
  for (Value operand : op->getOperands())
    if (isa<MemRefType>(operand.getType()) != onMemory ||
        !isa<MemRefType, RankedTensorType>(operand.getType()))
      return op->emitOpError("must have either tensors or memrefs as operands, "
                             "found ")
             << op.getX().getType() << " and " << operand.getType();
  if (onMemory && !op.hasDestinations())
    return op->emitOpError("on memrefs must have destinations: write ins(...) "
                           "outs(...)");
  return success();
}

static LogicalResult verifyNumberOfOutputs(RowwiseOpInterface op) {
  SmallVector<RowOutput> outputs = op.getRowOutputs();
  size_t found =
      op.hasDestinations() ? op.getOuts().size() : op->getNumResults();
  StringRef kind = op.hasDestinations() ? "destination" : "result";
  if (found != outputs.size()) {
    InFlightDiagnostic diagnostic = op->emitOpError("must have ")
                                    << outputs.size() << " " << kind
                                    << (outputs.size() == 1 ? ", " : "s, ");
    llvm::interleaveComma(outputs, diagnostic, [&](RowOutput output) {
      diagnostic << stringifyRowOutput(output);
    });
    return diagnostic << "; found " << found;
  }
  size_t results = op.isOnMemory() ? 0 : found;
  if (op->getNumResults() != results)
    return op->emitOpError("must have ")
           << results << " results, one for each destination that is a tensor; "
           << "found " << op->getNumResults();
  return success();
}

/// Types of outputs follow from the operands. Destinations may know more or
/// less of their shape.
static LogicalResult verifyOutputTypes(RowwiseOpInterface op) {
  for (auto [position, output] : llvm::enumerate(op.getRowOutputs())) {
    RankedTensorType expected = op.getRowOutputType(output);
    auto error = [&, output = output](StringRef kind, Type found) {
      return op->emitOpError()
             << kind << " '" << stringifyRowOutput(output)
             << "' must have the type " << expected << ", found " << found;
    };
    if (!op.hasDestinations()) {
      Type found = op->getResult(position).getType();
      if (found != expected)
        return error("result", found);
      continue;
    }
    auto out = cast<ShapedType>(op.getOuts()[position].getType());
    if (out.getElementType() != expected.getElementType() ||
        failed(verifyCompatibleShape(out.getShape(), expected.getShape())))
      return error("destination", out);
    if (!op.isOnMemory() && op->getResult(position).getType() != out)
      return op->emitOpError("result '")
             << stringifyRowOutput(output)
             << "' must have the type of its destination " << out << ", found "
             << op->getResult(position).getType();
  }
  return success();
}

//===----------------------------------------------------------------------===//
// Inputs
//===----------------------------------------------------------------------===//

static LogicalResult verifyMask(RowwiseOpInterface op) {
  Value mask = op.getMask();
  if (!mask)
    return success();
  auto type = cast<ShapedType>(mask.getType());
  auto x = cast<ShapedType>(op.getX().getType());
  auto fits = [](auto sizes) {
    auto [size, of] = sizes;
    return size == 1 || size == of || ShapedType::isDynamic(size) ||
           ShapedType::isDynamic(of);
  };
  if (type.getRank() == x.getRank() &&
      llvm::all_of(llvm::zip(type.getShape(), x.getShape()), fits))
    return success();
  return op->emitOpError("operand 'mask' must have the rank of x, and in each "
                         "dimension its size or size 1; found ")
         << type << " for " << x;
}

/// Verifies dy and lse, which have the types of outputs of the forward
/// operation. dy may have other elements.
static LogicalResult verifySaved(RowwiseOpInterface op) {
  bool isLossOp = isLoss(op.getRowFunction());
  if (Value dy = op.getCotangent()) {
    RowOutput output = isLossOp ? RowOutput::Loss : RowOutput::Y;
    if (op.getRowFunction() == RowFunction::LogSumExp)
      output = RowOutput::Lse;
    RankedTensorType expected = op.getRowOutputType(output);
    StringRef what = isLossOp                   ? "the loss"
                     : output == RowOutput::Lse ? "the logsumexp"
                                                : "x";
    if (failed(verifyInputShape(op, isLossOp ? RowInput::DLoss : RowInput::DY,
                                dy, expected.getShape(), what)))
      return failure();
    Type element = getElementTypeOrSelf(dy);
    if (isLossOp && element != expected.getElementType())
      return op->emitOpError("operand 'dloss' must have the type of the loss ")
             << expected << ", found " << dy.getType();
  }
  Value lse = op.getLse();
  if (!lse)
    return success();
  RankedTensorType expected = op.getRowOutputType(RowOutput::Lse);
  if (failed(verifyInputShape(op, RowInput::Lse, lse, expected.getShape(),
                              "the rows")))
    return failure();
  if (getElementTypeOrSelf(lse) != expected.getElementType())
    return op->emitOpError("operand 'lse' must have elements of the compute "
                           "type ")
           << expected.getElementType() << ", found " << lse.getType();
  return success();
}

LogicalResult act::verifyRowwiseOp(Operation *op) {
  auto rowwise = cast<RowwiseOpInterface>(op);
  if (failed(verifyAttributeNames(op)) || failed(verifySegments(rowwise)) ||
      failed(verifyForm(rowwise)) || failed(verifyDim(rowwise)) ||
      failed(verifyPositive(op, "temperature")) ||
      failed(verifyPositive(op, "softcap")) ||
      failed(verifySavedOutput(rowwise)))
    return failure();
  if (auto loss = dyn_cast<LossOpInterface>(op))
    if (failed(verifyLoss(loss)))
      return failure();
  return success(succeeded(verifyMagnitudes(rowwise)) &&
                 succeeded(verifyMask(rowwise)) &&
                 succeeded(verifySaved(rowwise)) &&
                 succeeded(verifyNumberOfOutputs(rowwise)) &&
                 succeeded(verifyOutputTypes(rowwise)));
}
