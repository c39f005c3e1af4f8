//===- RowwiseOp.h - What row-wise ops share --------------------*- C++ -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares the templates by which the definitions of row-wise
// operations reach the code that they share. `Op` is the operation and
// `Operands` the operation itself or its adaptor.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_LIB_IR_ROWWISEOP_H
#define ACT_LIB_IR_ROWWISEOP_H

#include "AttributeSyntax.h"
#include "RowwiseSyntax.h"
#include "RowwiseTiling.h"

#include "Act/IR/Act.h"

#include "mlir/IR/PatternMatch.h"

namespace act {

template <typename Op, typename Operands>
RowSignature makeRowSignature(Operands operands, mlir::MLIRContext *context) {
  RowSignature signature;
  signature.x = llvm::cast<mlir::ShapedType>(operands.getX().getType());
  llvm::SmallVector<mlir::Value> inputs;
  for (unsigned i = 0; i != std::size(Op::rowInputs); ++i)
    llvm::append_range(inputs, operands.getODSOperands(i));
  signature.computeType = getComputeElementType(inputs, context);
  signature.dim =
      resolveRowDim(Op::rowFunction, operands.getDim(), signature.x.getRank());
  if constexpr (Op::rowFunction == RowFunction::LogSumExp)
    signature.keepDim = operands.getKeepdim();
  if constexpr (isLoss(Op::rowFunction)) {
    signature.target =
        llvm::cast<mlir::ShapedType>(operands.getTarget().getType());
    signature.isReduced = operands.getReduction() != Reduction::None;
  }
  return signature;
}

/// What the operands that are there hold.
template <typename Op> llvm::SmallVector<RowInput> listRowInputs(Op op) {
  llvm::SmallVector<RowInput> inputs;
  for (auto [position, input] : llvm::enumerate(Op::rowInputs))
    if (!op.getODSOperands(position).empty())
      inputs.push_back(input);
  return inputs;
}

/// What `count` outputs hold; if there are fewer than there must be, what they
/// have to.
llvm::SmallVector<RowOutput> listRowOutputs(RowFunction function, RowPart part,
                                            size_t count, Extra extra);
template <typename Op, typename Operands>
llvm::SmallVector<RowOutput> listRowOutputs(Operands operands, size_t count) {
  Extra extra = Extra::None;
  if constexpr (Op::rowFunction == RowFunction::CrossEntropy &&
                Op::rowPart != RowPart::Backward)
    extra = operands.getExtra();
  return listRowOutputs(Op::rowFunction, Op::rowPart, count, extra);
}

/// Types without which nothing can be inferred, or a message.
llvm::LogicalResult verifyInferable(llvm::StringRef operation,
                                    std::optional<mlir::Location> location,
                                    mlir::ValueRange operands,
                                    llvm::ArrayRef<RowInput> inputs);

template <typename Op>
llvm::LogicalResult inferRowwiseTypes(
    mlir::MLIRContext *context, std::optional<mlir::Location> location,
    typename Op::Adaptor given, llvm::SmallVectorImpl<mlir::Type> &types) {
  // Attributes that were not given have no default yet.
  typename Op::Properties properties = given.getProperties();
  Op::populateDefaultProperties(
      mlir::OperationName(Op::getOperationName(), context), properties);
  typename Op::Adaptor operands(given.getOperands(), given.getAttributes(),
                                properties);
  if (failed(verifyInferable(Op::getOperationName(), location,
                             operands.getOperands(), Op::rowInputs)))
    return mlir::failure();
  if (!operands.getOuts().empty()) {
    for (mlir::Value out : operands.getOuts())
      if (llvm::isa<mlir::RankedTensorType>(out.getType()))
        types.push_back(out.getType());
    return mlir::success();
  }
  RowSignature signature = makeRowSignature<Op>(operands, context);
  for (RowOutput output : listRowOutputs<Op>(operands, 0))
    types.push_back(getRowOutputType(signature, output));
  return mlir::success();
}

template <typename Op>
mlir::ParseResult parseRowwiseOp(mlir::OpAsmParser &parser,
                                 mlir::OperationState &result) {
  auto setProperties = [&]() -> mlir::ParseResult {
    auto &properties = result.getOrAddProperties<typename Op::Properties>();
    return Op::setPropertiesFromAttr(
        properties, result.attributes.getDictionary(parser.getContext()),
        [&] { return parser.emitError(parser.getNameLoc()); });
  };
  auto infer = [&](llvm::SmallVectorImpl<mlir::Type> &types) {
    return Op::inferReturnTypes(
        parser.getContext(), result.location, result.operands,
        result.attributes.getDictionary(parser.getContext()),
        result.getRawProperties(), {}, types);
  };
  return RowwiseParser(parser, result, Op::rowInputs, Op::rowPart)
      .parse(setProperties, infer);
}

template <typename Op> void printRowwiseOp(mlir::OpAsmPrinter &printer, Op op) {
  printRowwiseOp(printer, op, findDefaults(op, op->getAttrDictionary()));
}

/// Makes dim explicit and not negative.
llvm::LogicalResult canonicalizeRowwiseOp(RowwiseOpInterface op,
                                          mlir::PatternRewriter &rewriter);

/// On memory, inputs are read and destinations written.
void collectRowwiseEffects(
    RowwiseOpInterface op,
    llvm::SmallVectorImpl<mlir::MemoryEffects::EffectInstance> &effects);

/// Tensors may be computed at any time: no value is undefined behaviour.
mlir::Speculation::Speculatability
getRowwiseSpeculatability(RowwiseOpInterface op);

} // namespace act

#endif // ACT_LIB_IR_ROWWISEOP_H
