//===- RowwiseInterfaces.td - Interfaces of rows -----------*- tablegen -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file defines the interfaces through which everything but their syntax
// reads row-wise operations and losses.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_IR_ROWWISEINTERFACES_TD
#define ACT_IR_ROWWISEINTERFACES_TD

include "mlir/IR/OpBase.td"

def RowwiseOpInterface : OpInterface<"RowwiseOpInterface"> {
  let cppNamespace = "::act";
  let description = [{
    An operation on the rows of `x` along one dimension: softmax and its kin,
    losses, and their gradients.

    It has two forms. Without destinations it has results, tensors. With
    destinations, one for each output, it writes all of their elements and never
    reads them; tensors are tied to results, memrefs are not. Lowering, checks,
    tiling and bufferization know operations through this interface alone.
  }];
  let methods = [
    InterfaceMethod<"The function; its gradients have the same.",
                    "::act::RowFunction", "getRowFunction">,
    InterfaceMethod<"Forward, backward, or both at once.",
                    "::act::RowPart", "getRowPart">,
    InterfaceMethod<"The data: input, logits or log-probabilities; with "
                    "saved(output) the result of the forward operation.",
                    "::mlir::Value", "getX">,
    InterfaceMethod<"dy or dloss, else null.", "::mlir::Value", "getCotangent",
                    (ins), [{}], [{ return nullptr; }]>,
    InterfaceMethod<"i1, true where x is kept, of the rank of x, with size 1 "
                    "where it is broadcast; or null.",
                    "::mlir::Value", "getMask", (ins), [{}],
                    [{ return nullptr; }]>,
    InterfaceMethod<"logsumexp of each row, from the forward operation, or "
                    "null.", "::mlir::Value", "getLse", (ins), [{}],
                    [{ return nullptr; }]>,
    InterfaceMethod<"The dimension of x along which rows lie, from 0. It is 0 "
                    "for rank 0, which counts as shape [1].",
                    "int64_t", "getRowDim">,
    InterfaceMethod<"What x is divided by first.", "double", "getTemperature",
                    (ins), [{}], [{ return 1.0; }]>,
    InterfaceMethod<"The bound of the soft cap c tanh(u/c), if there is one.",
                    "::std::optional<double>", "getSoftcap", (ins), [{}],
                    [{ return ::std::nullopt; }]>,
    InterfaceMethod<"What an empty row gives.", "::act::EmptyRow",
                    "getEmptyRow", (ins), [{}],
                    [{ return ::act::EmptyRow::NaN; }]>,
    InterfaceMethod<"Whether x is the result of the forward operation.",
                    "::act::Saved", "getSaved", (ins), [{}],
                    [{ return ::act::Saved::Input; }]>,
    InterfaceMethod<"The type in which everything is computed: f64 if a float "
                    "operand is f64, else f32.",
                    "::mlir::FloatType", "getComputeType">,
    InterfaceMethod<"What each operand but the destinations holds, in order.",
                    "::llvm::SmallVector<::act::RowInput>", "getRowInputs">,
    InterfaceMethod<"What each output holds, in order.",
                    "::llvm::SmallVector<::act::RowOutput>", "getRowOutputs">,
    InterfaceMethod<"The type, as a tensor, that follows for an output.",
                    "::mlir::RankedTensorType", "getRowOutputType",
                    (ins "::act::RowOutput":$output)>,
    InterfaceMethod<"The destinations, one for each output, or none.",
                    "::mlir::OperandRange", "getOuts">,
    InterfaceMethod<"The destinations, to be changed.",
                    "::mlir::MutableOperandRange", "getOutsMutable">,
  ];
  let extraSharedClassDeclaration = [{
    /// The operands that are read.
    ::mlir::OperandRange getInputs() {
      return $_op->getOperands().drop_back($_op.getOuts().size());
    }
    bool hasDestinations() { return !$_op.getOuts().empty(); }
    /// Whether all data are in memory.
    bool isOnMemory() {
      return ::llvm::isa<::mlir::MemRefType>($_op.getX().getType());
    }
    /// Where this output stands among the results or destinations, if the
    /// operation has it.
    ::std::optional<unsigned> findRowOutput(::act::RowOutput output) {
      ::llvm::SmallVector<::act::RowOutput> outputs = $_op.getRowOutputs();
      auto *position = ::llvm::find(outputs, output);
      if (position == outputs.end())
        return ::std::nullopt;
      return position - outputs.begin();
    }
    /// The destination of this output, or null.
    ::mlir::Value getOut(::act::RowOutput output) {
      ::std::optional<unsigned> position = $_op.findRowOutput(output);
      if (!position || !$_op.hasDestinations())
        return nullptr;
      return $_op.getOuts()[*position];
    }
  }];
}

def LossOpInterface : OpInterface<"LossOpInterface",
                                  [RowwiseOpInterface]> {
  let cppNamespace = "::act";
  let description = [{
    A row-wise operation whose rows have a target: nll, cross_entropy and their
    gradients. Operations that do not have an option report its default.
  }];
  let methods = [
    InterfaceMethod<"i32 or i64 for each row, or a distribution of the shape "
                    "of x.", "::mlir::Value", "getTarget">,
    InterfaceMethod<"One weight for each class, or null.", "::mlir::Value",
                    "getClassWeight">,
    InterfaceMethod<"One weight for each row, or null.", "::mlir::Value",
                    "getTokenWeight">,
    InterfaceMethod<"The hard target of rows that do not count.", "int64_t",
                    "getIgnoredTarget">,
    InterfaceMethod<"How row losses become one.", "::act::Reduction",
                    "getReduction">,
    InterfaceMethod<"The mean of no rows.", "::act::EmptyMean",
                    "getEmptyMean">,
    InterfaceMethod<"The share of the target that is spread over the classes; "
                    "absent: 0.",
                    "::std::optional<double>", "getLabelSmoothing", (ins),
                    [{}], [{ return ::std::nullopt; }]>,
    InterfaceMethod<"The form of label smoothing.", "::act::Smoothing",
                    "getSmoothing", (ins), [{}],
                    [{ return ::act::Smoothing::Torch; }]>,
    InterfaceMethod<"The classes it spreads over.", "::act::SmoothOver",
                    "getSmoothOver", (ins), [{}],
                    [{ return ::act::SmoothOver::All; }]>,
    InterfaceMethod<"The factor of logsumexp^2.", "double", "getZLoss", (ins),
                    [{}], [{ return 0.0; }]>,
    InterfaceMethod<"Results beside the loss.", "::act::Extra", "getExtra",
                    (ins), [{}], [{ return ::act::Extra::None; }]>,
  ];
  let extraSharedClassDeclaration = [{
    /// Whether targets are distributions.
    bool hasSoftTarget() {
      return ::llvm::isa<::mlir::FloatType>(
          ::mlir::getElementTypeOrSelf($_op.getTarget().getType()));
    }
  }];
}

#endif // ACT_IR_ROWWISEINTERFACES_TD
