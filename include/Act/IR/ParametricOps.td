//===- ParametricOps.td - Operand parameters ---------------*- tablegen -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file defines the activations whose parameter may be an operand, and then
// has a gradient. They are elementwise on scalars and vectors; on tensors the
// parameter is shared or belongs to a channel, so that they do not have the
// upstream traits, which want equal shapes.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_IR_PARAMETRICOPS_TD
#define ACT_IR_PARAMETRICOPS_TD

include "Act/IR/ElementwiseOpBase.td"
include "Act/Rules/Activations.td"

def Act_ParametricOps : OpDocGroup {
  let summary = "Operations with a learned parameter";
  let description = [{
    The parameter may be an operand, and then has a gradient. It is a scalar, a
    tensor of rank 0 or shape [1] (shared by all elements), or a tensor of shape
    [C] with one value for each index of the dimension `channel_dim` of `x` (1
    if absent; 0 for rank 1; negative from the end). On scalars and vectors it
    has the shape of `x`, or is a scalar.

    On tensors the gradient of the parameter is the sum of dy df/dp over all
    positions that used it, in a fixed order. On scalars and vectors it is the
    term of each element.
  }];
}

/// `parameter` is the accessor of the operand.
class Act_ParametricOp<string mnemonic, Rule rule, string parameter>
    : Act_ElementwiseOp<mnemonic, rule, []> {
  let opDocGroup = Act_ParametricOps;
  let extraMethods = "::mlir::Value getParameterOperand() { return " #
      parameter # "(); }";
  let hasCanonicalizer = 1;
}

class Act_ParametricBackwardOp<string forward, Rule rule, string parameter>
    : Act_ParametricOp<forward # "_backward", rule, parameter> {
  let partBody = "return ::act::rules::Part::Derivative;";
  let cotangentBody = "return getDy();";
  let inputIndex = 1;
}

def Act_PreluOp : Act_ParametricOp<"prelu", Prelu, "getWeight"> {
  defvar text = Act_RuleText<Prelu>;
  let summary = Prelu.summary;
  let description = text.formula # text.description # text.edges # [{

    ```mlir
    %y = act.prelu %x, %w {channel_dim = 1} : tensor<?x8xf32>, tensor<8xf32>
    ```
  }];
  let arguments = (ins Act_FloatLike:$x, Act_FloatLike:$weight,
                       OptionalAttr<I64Attr>:$channel_dim);
  let results = (outs Act_FloatLike:$y);
  let assemblyFormat = "$x `,` $weight " # attributeFormat #
      " `:` custom<ParametricTypes>(ref($weight), type($x), "
      "type($weight), type($y))";
  let hasFolder = 1;
  let foldDefinition = Act_singleFold;
}

def Act_PreluBackwardOp : Act_ParametricBackwardOp<"prelu", Prelu,
                                                  "getWeight"> {
  defvar text = Act_RuleText<Prelu>;
  let summary = "gradients of `act.prelu`";
  let description = text.gradient # text.gradientEdges # [{

    ```mlir
    %dx, %dw = act.prelu_backward %dy, %x, %w {channel_dim = 1}
      : tensor<?x8xf32>, tensor<8xf32>
    ```
  }];
  let arguments = (ins Act_FloatLike:$dy, Act_FloatLike:$x,
                       Act_FloatLike:$weight,
                       OptionalAttr<I64Attr>:$channel_dim);
  let results = (outs Act_FloatLike:$dx, Act_FloatLike:$dweight);
  let assemblyFormat = "$dy `,` $x `,` $weight " # attributeFormat #
      " `:` custom<ParametricBackwardTypes>(ref($weight), type($dy), type($x), "
      "type($weight), type($dx), type($dweight))";
}

def Act_SwishOp : Act_ParametricOp<"swish", Swish, "getBetaOperand"> {
  defvar text = Act_RuleText<Swish>;
  let summary = Swish.summary;
  let description = text.formula # text.description # text.parameters #
      text.edges # [{

    ```mlir
    %y = act.swish %x {beta = 1.5} : tensor<?x8xf32>
    %z = act.swish %x, %beta : tensor<?x8xf32>, f32
    ```
  }];
  let arguments = (ins Act_FloatLike:$x, Optional<Act_FloatLike>:$beta_operand,
                       OptionalAttr<Act_Number>:$beta,
                       OptionalAttr<I64Attr>:$channel_dim);
  let results = (outs Act_FloatLike:$y);
  let assemblyFormat = "$x (`,` $beta_operand^)? " # attributeFormat #
      " `:` custom<ParametricTypes>(ref($beta_operand), type($x), "
      "type($beta_operand), type($y))";
  let hasFolder = 1;
  let foldDefinition = Act_singleFold;
}

def Act_SwishBackwardOp : Act_ParametricBackwardOp<"swish", Swish,
                                                  "getBetaOperand"> {
  defvar text = Act_RuleText<Swish>;
  let summary = "gradients of `act.swish`";
  let description = text.gradient # text.parameters # text.gradientEdges # [{

    ```mlir
    %dx = act.swish_backward %dy, %x {beta = 1.5} : tensor<?x8xf32>
    %dz, %dbeta = act.swish_backward %dy, %x, %beta : tensor<?x8xf32>, f32
    ```
  }];
  let arguments = (ins Act_FloatLike:$dy, Act_FloatLike:$x,
                       Optional<Act_FloatLike>:$beta_operand,
                       OptionalAttr<Act_Number>:$beta,
                       OptionalAttr<I64Attr>:$channel_dim);
  let results = (outs Act_FloatLike:$dx, Optional<Act_FloatLike>:$dbeta);
  let assemblyFormat = "$dy `,` $x (`,` $beta_operand^)? " # attributeFormat #
      " `:` custom<ParametricBackwardTypes>(ref($beta_operand), type($dy), "
      "type($x), type($beta_operand), type($dx), type($dbeta))";
}

#endif // ACT_IR_PARAMETRICOPS_TD
