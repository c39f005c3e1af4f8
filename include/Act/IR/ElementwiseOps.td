//===- ElementwiseOps.td - Activations ---------------------*- tablegen -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file defines the elementwise activations, forward and backward.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_IR_ELEMENTWISEOPS_TD
#define ACT_IR_ELEMENTWISEOPS_TD

include "Act/IR/ElementwiseOpBase.td"

//===----------------------------------------------------------------------===//
// Sigmoidal
//===----------------------------------------------------------------------===//

def Act_SigmoidOp : Act_UnaryOp<"sigmoid", "Sigmoid",
    "\\sigma(x) = 1 / (1 + e^{-x})">;
def Act_SigmoidBackwardOp : Act_UnarySavedBackwardOp<"sigmoid", "Sigmoid",
    "\\sigma(x) \\sigma(-x)">;

def Act_TanhOp : Act_UnaryOp<"tanh", "Tanh", "\\tanh x">;
def Act_TanhBackwardOp : Act_UnarySavedBackwardOp<"tanh", "Tanh",
    "1 - \\tanh^2 x">;

def Act_LogSigmoidOp : Act_UnaryOp<"logsigmoid", "LogSigmoid",
    "-\\log(1 + e^{-x})">;
def Act_LogSigmoidBackwardOp : Act_UnaryBackwardOp<"logsigmoid", "LogSigmoid",
    "\\sigma(-x)">;

def Act_SoftsignOp : Act_UnaryOp<"softsign", "Softsign", "x / (1 + |x|)">;
def Act_SoftsignBackwardOp : Act_UnaryBackwardOp<"softsign", "Softsign",
    "1 / (1 + |x|)^2">;

defvar hardSigmoidNumbers = (ins
    OptionalAttr<Act_Number>:$slope,
    DefaultValuedAttr<Act_Number, "0.5">:$offset);
def Act_HardSigmoidOp : Act_UnaryOp<"hardsigmoid", "HardSigmoid",
    "\\min(\\max(a x + o, 0), 1)", hardSigmoidNumbers,
    "`slope` a is exactly 1/6 where absent, `offset` o is 0.5.">;
def Act_HardSigmoidBackwardOp : Act_UnaryBackwardOp<"hardsigmoid",
    "HardSigmoid", "a \\text{ where } 0 < a x + o < 1, \\text{ else } 0",
    hardSigmoidNumbers>;

//===----------------------------------------------------------------------===//
// Rectifiers
//===----------------------------------------------------------------------===//

def Act_ReluOp : Act_UnaryOp<"relu", "Relu", "\\max(x, 0)"> {
  let hasCanonicalizer = 1;
}
def Act_ReluBackwardOp : Act_UnarySavedBackwardOp<"relu", "Relu",
    "1 \\text{ where } x > 0, \\text{ else } 0">;

def Act_Relu6Op : Act_UnaryOp<"relu6", "Relu6", "\\min(\\max(x, 0), 6)"> {
  let hasCanonicalizer = 1;
}
def Act_Relu6BackwardOp : Act_UnarySavedBackwardOp<"relu6", "Relu6",
    "1 \\text{ where } 0 < x < 6, \\text{ else } 0">;

defvar leakyReluNumbers = (ins
    DefaultValuedAttr<Act_Number, "0.01">:$slope);
def Act_LeakyReluOp : Act_UnaryOp<"leaky_relu", "LeakyRelu",
    "x \\text{ where } x > 0, \\text{ else } a x", leakyReluNumbers,
    "`slope` a is 0.01; 0 means relu."> {
  let hasCanonicalizer = 1;
}
def Act_LeakyReluBackwardOp : Act_UnarySavedBackwardOp<"leaky_relu",
    "LeakyRelu", "1 \\text{ where } x > 0, \\text{ else } a",
    leakyReluNumbers>;

defvar eluNumbers = (ins DefaultValuedAttr<Act_Number, "1.0">:$alpha);
def Act_EluOp : Act_UnaryOp<"elu", "Elu",
    "x \\text{ where } x > 0, \\text{ else } \\alpha (e^x - 1)", eluNumbers>;
def Act_EluBackwardOp : Act_UnarySavedBackwardOp<"elu", "Elu",
    "1 \\text{ where } x > 0, \\text{ else } \\alpha e^x", eluNumbers>;

def Act_SeluOp : Act_UnaryOp<"selu", "Selu",
    "\\lambda x \\text{ where } x > 0, \\text{ else } "
    "\\lambda \\alpha (e^x - 1)", (ins),
    "lambda = 1.0507009873554805, alpha = 1.6732632423543772.">;
def Act_SeluBackwardOp : Act_UnarySavedBackwardOp<"selu", "Selu",
    "\\lambda \\text{ where } x > 0, \\text{ else } \\lambda \\alpha e^x">;

defvar softplusNumbers = (ins
    DefaultValuedAttr<Act_Number, "1.0">:$beta,
    OptionalAttr<Act_Number>:$threshold);
def Act_SoftplusOp : Act_UnaryOp<"softplus", "Softplus",
    "\\log(1 + e^{\\beta x}) / \\beta", softplusNumbers,
    "`beta` is 1. With `threshold` t the result is x where beta x > t.">;
def Act_SoftplusBackwardOp : Act_UnaryBackwardOp<"softplus", "Softplus",
    "\\sigma(\\beta x)", softplusNumbers>;

//===----------------------------------------------------------------------===//
// Smooth gates
//===----------------------------------------------------------------------===//

def Act_SiluOp : Act_UnaryOp<"silu", "Silu", "x \\sigma(x)">;
def Act_SiluBackwardOp : Act_UnaryBackwardOp<"silu", "Silu",
    "\\sigma(x) (1 + x \\sigma(-x))">;

def Act_MishOp : Act_UnaryOp<"mish", "Mish", "x \\tanh(\\log(1 + e^x))">;
def Act_MishBackwardOp : Act_UnaryBackwardOp<"mish", "Mish",
    "\\tanh(s) + x \\sigma(x) (1 - \\tanh^2 s), s = \\log(1 + e^x)">;

def Act_HardSwishOp : Act_UnaryOp<"hardswish", "HardSwish",
    "x \\min(\\max(x + 3, 0), 6) / 6">;
def Act_HardSwishBackwardOp : Act_UnaryBackwardOp<"hardswish", "HardSwish",
    "0 \\text{ for } x \\le -3, 1 \\text{ for } x \\ge 3, "
    "\\text{ else } (2 x + 3) / 6">;

defvar geluChoices = (ins
    DefaultValuedAttr<Act_ApproximateAttr, "::act::Approximate::None">
        :$approximate);
defvar geluFormat =
    "(`approximate` `(` custom<Keyword>($approximate)^ `)`)?";
defvar geluRule = "return ::act::geluRule(getApproximate());";
def Act_GeluOp : Act_UnaryOp<"gelu", "Gelu", "x \\Phi(x)", geluChoices,
    "`approximate(tanh)` is x s(2 sqrt(2/pi) (x + 0.044715 x^3)) and "
    "`approximate(sigmoid)` is x s(1.702 x), with s the logistic function."> {
  let keywordFormat = geluFormat;
  let ruleBody = geluRule;
}
def Act_GeluBackwardOp : Act_UnaryBackwardOp<"gelu", "Gelu",
    "\\Phi(x) + x \\phi(x)", geluChoices> {
  let keywordFormat = geluFormat;
  let ruleBody = geluRule;
}

#endif // ACT_IR_ELEMENTWISEOPS_TD
