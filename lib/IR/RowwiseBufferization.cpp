//===- RowwiseBufferization.cpp - Row-wise ops on memory ------------------===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file implements how row-wise operations on tensors become operations on
// memory: destinations are written in place, and results without one get a
// buffer of their own.
//
//===----------------------------------------------------------------------===//

#include "Act/IR/Bufferization.h"

#include "Act/IR/Act.h"
#include "Act/IR/RowwiseBuilders.h"

#include "mlir/Dialect/Bufferization/IR/BufferizableOpInterface.h"
#include "mlir/Dialect/Bufferization/IR/Bufferization.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"

using namespace mlir;
using namespace act;
using bufferization::AliasingValueList;
using bufferization::AnalysisState;
using bufferization::BufferizationOptions;
using bufferization::BufferizationState;

static bool isDestination(OpOperand &operand) {
  auto op = cast<RowwiseOpInterface>(operand.getOwner());
  return operand.getOperandNumber() >= op.getInputs().size();
}

/// A buffer for a result, of the sizes that the result will have.
static FailureOr<Value> allocate(RewriterBase &rewriter, RowwiseOpInterface op,
                                 ArrayRef<OpFoldResult> sizes,
                                 RankedTensorType type,
                                 const BufferizationOptions &options) {
  SmallVector<Value> dynamic;
  for (auto [dim, size] : llvm::enumerate(sizes))
    if (type.isDynamicDim(dim))
      dynamic.push_back(cast<Value>(size));
  auto memref = MemRefType::get(type.getShape(), type.getElementType());
  return options.createAlloc(rewriter, op.getLoc(), memref, dynamic);
}

static FailureOr<SmallVector<Value>>
getBuffers(RewriterBase &rewriter, ValueRange tensors,
           const BufferizationOptions &options,
           const BufferizationState &state) {
  SmallVector<Value> buffers;
  for (Value tensor : tensors) {
    FailureOr<Value> buffer =
        bufferization::getBuffer(rewriter, tensor, options, state);
    if (failed(buffer))
      return failure();
    buffers.push_back(*buffer);
  }
  return buffers;
}

/// Replaces the operation by one on memory.
static LogicalResult bufferizeRowwise(RewriterBase &rewriter,
                                      RowwiseOpInterface op,
                                      const BufferizationOptions &options,
                                      const BufferizationState &state) {
  FailureOr<SmallVector<Value>> operands =
      getBuffers(rewriter, op->getOperands(), options, state);
  if (failed(operands))
    return failure();
  if (!op.hasDestinations()) {
    ReifiedRankedShapedTypeDims shapes;
    if (failed(reifyResultShapes(rewriter, op, shapes)))
      return failure();
    for (auto [result, sizes] : llvm::zip(op->getResults(), shapes)) {
      FailureOr<Value> buffer =
          allocate(rewriter, op, sizes,
                   cast<RankedTensorType>(result.getType()), options);
      if (failed(buffer))
        return failure();
      operands->push_back(*buffer);
    }
  }
  ArrayRef<Value> all = *operands;
  ArrayRef<Value> destinations = all.take_back(op->getNumResults());
  cloneRowwise(rewriter, op, all.drop_back(destinations.size()), destinations,
               TypeRange());
  bufferization::replaceOpWithBufferizedValues(rewriter, op, destinations);
  return success();
}

namespace {

template <typename Op>
struct RowwiseModel
    : public bufferization::BufferizableOpInterface::ExternalModel<
          RowwiseModel<Op>, Op> {
  bool bufferizesToMemoryRead(Operation *op, OpOperand &operand,
                              const AnalysisState &state) const {
    return !isDestination(operand);
  }

  bool bufferizesToMemoryWrite(Operation *op, OpOperand &operand,
                               const AnalysisState &state) const {
    return isDestination(operand);
  }

  AliasingValueList getAliasingValues(Operation *op, OpOperand &operand,
                                      const AnalysisState &state) const {
    if (!isDestination(operand))
      return {};
    unsigned number = operand.getOperandNumber() -
                      cast<RowwiseOpInterface>(op).getInputs().size();
    return {{op->getResult(number), bufferization::BufferRelation::Equivalent}};
  }

  bool bufferizesToAllocation(Operation *op, Value value) const {
    return !cast<RowwiseOpInterface>(op).hasDestinations();
  }

  LogicalResult bufferize(Operation *op, RewriterBase &rewriter,
                          const BufferizationOptions &options,
                          BufferizationState &state) const {
    return bufferizeRowwise(rewriter, cast<RowwiseOpInterface>(op), options,
                            state);
  }
};

template <typename... Ops> void attachModels(MLIRContext &context) {
  (Ops::template attachInterface<RowwiseModel<Ops>>(context), ...);
}

} // namespace

void act::registerBufferizableOpInterfaceExternalModels(
    DialectRegistry &registry) {
  registry.addExtension(+[](MLIRContext *context, ActDialect *dialect) {
    attachModels<SoftmaxOp, SoftmaxBackwardOp, SoftminOp, SoftminBackwardOp,
                 LogSoftmaxOp, LogSoftmaxBackwardOp, LogSumExpOp,
                 LogSumExpBackwardOp, NLLOp, NLLBackwardOp, CrossEntropyOp,
                 CrossEntropyBackwardOp, CrossEntropyWithGradOp>(*context);
    // What bufferize creates.
    context->loadDialect<bufferization::BufferizationDialect,
                         memref::MemRefDialect>();
  });
}
