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

defvar parameterText = [{
    The parameter is a scalar, a tensor of rank 0 or shape [1] (shared by all
    elements), or a tensor of shape [C] with one value for each index of the
    dimension `channel_dim` of `x` (1 if absent; 0 for rank 1). On scalars and
    vectors it has the shape of `x`, or is a scalar.
}];
defvar gradientText = [{
    On tensors the gradient of the parameter is the sum of dy df/dp over all
    positions that used it, in a fixed order. On scalars and vectors it is the
    term of each element.
}];

/// `parameter` is the accessor of the operand.
class Act_ParametricOp<string mnemonic, string rule, string parameter>
    : Act_ElementwiseOp<mnemonic, rule, []> {
  let extraMethods = "::mlir::Value getParameterOperand() { return " #
      parameter # "(); }";
  let hasCanonicalizer = 1;
}

class Act_ParametricBackwardOp<string forward, string rule, string parameter>
    : Act_ParametricOp<forward # "_backward", rule, parameter> {
  let partBody = "return ::act::rules::Part::Derivative;";
  let cotangentBody = "return getDy();";
  let inputIndex = 1;
}

def Act_PreluOp : Act_ParametricOp<"prelu", "Prelu", "getWeight"> {
  let summary = "f(x) = x where x > 0, else w x";
  let description = "Computes $$ f(x) = x \\text{ where } x > 0, "
      "\\text{ else } w x $$ for each element." # parameterText # [{

    Example:

    ```mlir
    %y = act.prelu %x, %w {channel_dim = 1}
      : tensor<4x3x5xf32>, tensor<3xf32>
    ```
  }];
  let arguments = (ins Act_FloatLike:$x, Act_FloatLike:$weight,
                       OptionalAttr<I64Attr>:$channel_dim);
  let results = (outs Act_FloatLike:$y);
  let assemblyFormat = "$x `,` $weight " # attributeFormat #
      " `:` custom<ParametricTypes>(type($x), type($weight), type($y))";
}

def Act_PreluBackwardOp : Act_ParametricBackwardOp<"prelu", "Prelu",
                                                  "getWeight"> {
  let summary = "gradients of `act.prelu`";
  let description = [{
    Computes dx = dy where x > 0, else w dy; and dw, the sum of x dy where
    x <= 0.}] # gradientText # [{

    Example:

    ```mlir
    %dx, %dw = act.prelu_backward %dy, %x, %w {channel_dim = 1}
      : tensor<4x3x5xf32>, tensor<3xf32>
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

def Act_SwishOp : Act_ParametricOp<"swish", "Swish", "getBetaOperand"> {
  let summary = "f(x) = x \\sigma(\\beta x)";
  let description =
      "Computes $$ f(x) = x \\sigma(\\beta x) $$ for each element. beta "
      "is the attribute `beta` (1 if absent) or an operand." #
      parameterText # [{

    Example:

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
      " `:` custom<ParametricTypes>(type($x), type($beta_operand), type($y))";
}

def Act_SwishBackwardOp : Act_ParametricBackwardOp<"swish", "Swish",
                                                  "getBetaOperand"> {
  let summary = "gradients of `act.swish`";
  let description = [{
    Computes dx = dy s(v) (1 + v s(-v)) with v = beta x; and, if beta is an
    operand, dbeta, the sum of dy x^2 s(v) s(-v).}] # gradientText # [{

    Example:

    ```mlir
    %dx = act.swish_backward %dy, %x {beta = 1.5} : tensor<?x8xf32>
    %dz, %db = act.swish_backward %dy, %x, %beta : tensor<?x8xf32>, f32
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
