//===- RowTermOps.td - Terms of row-wise ops ---------------*- tablegen -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file defines what the kernels of row-wise operations compute for each
// element.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_IR_ROWTERMOPS_TD
#define ACT_IR_ROWTERMOPS_TD

include "Act/IR/ElementwiseOpBase.td"
include "Act/Rules/Activations.td"

/// The term of `x`, given the maximum of its row.
/// `choice` is what the example chooses, `extra` a paragraph.
class Act_RowTermOp<string mnemonic, Rule rule, dag attributes = (ins),
                    string choice = "", string extra = "">
    : Act_ElementwiseOp<mnemonic, rule, []> {
  defvar text = Act_RuleText<rule>;
  let summary = rule.summary;
  let description = text.formula # text.description # extra # text.edges # [{

    The second operand is the maximum; it is a scalar or has the shape of `x`.
    Kernels of `act.softmax` and its kin consist of this operation.

    ```mlir
    %e = act.}] # mnemonic # " %x, %max" # choice # [{ : vector<8xf32>, f32
    ```
  }];
  let arguments = !con((ins Act_FloatLike:$x, Act_FloatLike:$maximum),
                       attributes,
                       (ins OptionalAttr<I64Attr>:$channel_dim));
  let results = (outs Act_FloatLike:$y);
  let assemblyFormat = "$x `,` $maximum " # attributeFormat #
      " `:` custom<ParametricTypes>(ref($maximum), type($x), "
      "type($maximum), type($y))";
  let extraMethods = "::mlir::Value getParameterOperand() { "
      "return getMaximum(); }";
  let hasFolder = 1;
  let foldDefinition = Act_singleFold;
}

def Act_ExpDifferenceOp : Act_RowTermOp<"exp_difference", ExpDifference>;
def Act_ShiftedExpOp : Act_RowTermOp<"shifted_exp", ShiftedExp>;
def Act_TemperedExpOp : Act_RowTermOp<
    "tempered_exp", TemperedExp, (ins Act_Number:$temperature),
    " {temperature = 11.3}", [{
    `temperature` is T, greater than 0. From 2^-64 to 2^64 terms are as accurate
    as those of other operations.
}]>;
def Act_ExpDistanceOp : Act_RowTermOp<"exp_distance", ExpDistance>;

#endif // ACT_IR_ROWTERMOPS_TD
