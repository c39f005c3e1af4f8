//===- RowwiseOps.td - softmax and its kin -----------------*- tablegen -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file defines softmax, softmin, log_softmax and logsumexp, forward and
// backward.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_IR_ROWWISEOPS_TD
#define ACT_IR_ROWWISEOPS_TD

include "Act/IR/RowwiseOpBase.td"

defvar rowScale = (ins OptionalAttr<I64Attr>:$dim,
                       DefaultValuedAttr<Act_Number, "1.0">:$temperature,
                       OptionalAttr<Act_Number>:$softcap);
defvar rowChoices = !con(rowScale, (ins
    DefaultValuedAttr<Act_EmptyRowAttr, "::act::EmptyRow::NaN">:$empty_row));
defvar rowSaved = !con((ins
    DefaultValuedAttr<Act_SavedAttr, "::act::Saved::Input">:$saved),
    rowChoices);
defvar rowKeepDim = !con(rowScale, (ins
    DefaultValuedAttr<BoolAttr, "false">:$keepdim));

defvar rowInputs = (ins Act_RowData:$x, Optional<Act_RowMask>:$mask);
defvar rowBackwardInputs = (ins Act_RowData:$dy, Act_RowData:$x,
    Optional<Act_RowData>:$lse, Optional<Act_RowMask>:$mask);

defvar rowText = [{

    Rows lie along `dim` (the last dimension if absent). x is divided by
    `temperature`, then `softcap` c bounds it to c tanh(u/c); where `mask` is
    false an element does not take part and may hold anything. The mask has the
    rank of x and is broadcast in dimensions of size 1. A row of which no
    element is greater than -inf is empty: `empty_row` says whether it gives
    NaN, 0 or the uniform distribution. A kept NaN or +inf makes the kept row
    NaN.
}];
defvar destinationText = [{

    With `ins(...) outs(...)` the operation writes to destinations, on tensors
    and on memrefs.

    Example:

    ```mlir}];

class Act_RowForwardOp<string mnemonic, string function, string formula,
                       dag attributes, string example, string extra = "">
    : Act_RowwiseOp<mnemonic, function, "Forward", rowInputs, attributes> {
  let summary = mnemonic # " along rows";
  let description = !strconcat("    Computes $$ ", formula, " $$ along rows. ",
      extra, rowText, destinationText, example, "    ```\n");
}

class Act_RowBackwardOp<string forward, string function, string formula,
                        dag attributes, string extra = "">
    : Act_RowwiseOp<forward # "_backward", function, "Backward",
                    rowBackwardInputs, attributes> {
  let summary = "gradient of `act." # forward # "`";
  let description = !strconcat("    Computes $$ ", formula, [{ $$ along rows, and
    dx = dz (1 - tanh^2(u/c)) / T, where T is `temperature` and c is `softcap`.
    `lse`, the logsumexp of the rows, saves computing it again. Masked elements
    have dx = +0, whatever x and dy are there. }], extra, destinationText,
      "\n    %dx = act.", forward, "_backward %dy, %x {dim = 1} : "
      "tensor<?x8xf32>\n    ```\n");
  let cotangent = "getDy()";
}

defvar savedRowText = [{With `saved(output)` the operand x is the result of the
    forward operation, which must not have a softcap.}];

def Act_SoftmaxOp : Act_RowForwardOp<"softmax", "Softmax",
    "e^{z_i - m} / \\sum_j e^{z_j - m}, m = \\max_j z_j", rowChoices, [{
    %y = act.softmax %x {dim = 1} : tensor<?x8xf32>
    %p, %lse = act.softmax %x {dim = 1}
      : tensor<?x8xf32> -> tensor<?x8xf32>, tensor<?xf32>
    act.softmax ins(%a : memref<?x8xf32>) outs(%b : memref<?x8xf32>)
}], "A second result is the logsumexp of each row.">;
def Act_SoftmaxBackwardOp : Act_RowBackwardOp<"softmax", "Softmax",
    "dz_i = p_i (dy_i - \\sum_j p_j dy_j)", rowSaved, savedRowText>;

def Act_SoftminOp : Act_RowForwardOp<"softmin", "Softmin",
    "e^{-z_i} / \\sum_j e^{-z_j}", rowChoices, [{
    %y = act.softmin %x {dim = 1} : tensor<?x8xf32>
}], "It is the softmax of -x.">;
def Act_SoftminBackwardOp : Act_RowBackwardOp<"softmin", "Softmin",
    "dz_i = -p_i (dy_i - \\sum_j p_j dy_j)", rowChoices>;

def Act_LogSoftmaxOp : Act_RowForwardOp<"log_softmax", "LogSoftmax",
    "z_i - m - \\log \\sum_j e^{z_j - m}, m = \\max_j z_j", rowChoices, [{
    %y = act.log_softmax %x {dim = 1} : tensor<?x8xf32>
}], "A second result is the logsumexp of each row.">;
def Act_LogSoftmaxBackwardOp : Act_RowBackwardOp<"log_softmax", "LogSoftmax",
    "dz_i = dy_i - p_i \\sum_j dy_j", rowSaved, savedRowText>;

def Act_LogSumExpOp : Act_RowForwardOp<"logsumexp", "LogSumExp",
    "m + \\log \\sum_j e^{z_j - m}, m = \\max_j z_j", rowKeepDim, [{
    %y = act.logsumexp %x {dim = 1} : tensor<?x8xf32> -> tensor<?xf32>
}], [{With `keepdim` the result keeps the dimension, with size 1. An empty row
    gives -inf.}]> {
  let extraMethods = "bool keepsRowDim() { return getKeepdim(); }";
}
def Act_LogSumExpBackwardOp : Act_RowBackwardOp<"logsumexp", "LogSumExp",
    "dz_i = p_i dy", rowKeepDim> {
  let description = [{
    Computes $$ dz_i = p_i dy $$ along rows, and dx = dz (1 - tanh^2(u/c)) / T.
    dy has the shape of the logsumexp. An empty row has dx = 0.

    Example:

    ```mlir
    %dx = act.logsumexp_backward %dy, %x {dim = 1}
      : tensor<?xf32>, tensor<?x8xf32>
    ```
  }];
}

#endif // ACT_IR_ROWWISEOPS_TD
