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
include "Act/Rules/Activations.td"

//===----------------------------------------------------------------------===//
// Sigmoidal
//===----------------------------------------------------------------------===//

def Act_SigmoidalOps : OpDocGroup {
  let summary = "Sigmoidal operations";
  let description = "Monotone functions between two limits, and their "
      "logarithm.";
}

let opDocGroup = Act_SigmoidalOps in {

def Act_SigmoidOp : Act_UnaryOp<"sigmoid", Sigmoid>;
def Act_SigmoidBackwardOp : Act_UnarySavedBackwardOp<"sigmoid", Sigmoid>;

def Act_TanhOp : Act_UnaryOp<"tanh", Tanh>;
def Act_TanhBackwardOp : Act_UnarySavedBackwardOp<"tanh", Tanh>;

def Act_LogSigmoidOp : Act_UnaryOp<"logsigmoid", LogSigmoid>;
def Act_LogSigmoidBackwardOp : Act_UnaryBackwardOp<"logsigmoid", LogSigmoid>;

def Act_SoftsignOp : Act_UnaryOp<"softsign", Softsign>;
def Act_SoftsignBackwardOp : Act_UnaryBackwardOp<"softsign", Softsign>;

defvar hardSigmoidNumbers = (ins
    OptionalAttr<Act_Number>:$slope,
    DefaultValuedAttr<Act_Number, "0.5">:$offset);
def Act_HardSigmoidOp : Act_UnaryOp<"hardsigmoid", HardSigmoid,
    hardSigmoidNumbers, " {slope = 0.2}">;
def Act_HardSigmoidBackwardOp : Act_UnaryBackwardOp<"hardsigmoid", HardSigmoid,
    hardSigmoidNumbers, " {slope = 0.2}">;

} // let opDocGroup

//===----------------------------------------------------------------------===//
// Rectifiers
//===----------------------------------------------------------------------===//

def Act_RectifierOps : OpDocGroup {
  let summary = "Rectifiers";
  let description = "Functions that keep positive values, exactly or nearly, "
      "and hold back negative ones.";
}

let opDocGroup = Act_RectifierOps in {

def Act_ReluOp : Act_UnaryOp<"relu", Relu> {
  let hasCanonicalizer = 1;
}
def Act_ReluBackwardOp : Act_UnarySavedBackwardOp<"relu", Relu>;

def Act_Relu6Op : Act_UnaryOp<"relu6", Relu6> {
  let hasCanonicalizer = 1;
}
def Act_Relu6BackwardOp : Act_UnarySavedBackwardOp<"relu6", Relu6>;

defvar leakyReluNumbers = (ins
    DefaultValuedAttr<Act_Number, "0.01">:$slope);
def Act_LeakyReluOp : Act_UnaryOp<"leaky_relu", LeakyRelu, leakyReluNumbers,
                                  " {slope = 0.2}"> {
  let hasCanonicalizer = 1;
}
def Act_LeakyReluBackwardOp : Act_UnarySavedBackwardOp<"leaky_relu", LeakyRelu,
    leakyReluNumbers, " {slope = 0.2}">;

defvar eluNumbers = (ins DefaultValuedAttr<Act_Number, "1.0">:$alpha);
def Act_EluOp : Act_UnaryOp<"elu", Elu, eluNumbers, " {alpha = 1.5}">;
def Act_EluBackwardOp : Act_UnarySavedBackwardOp<"elu", Elu, eluNumbers,
                                                 " {alpha = 1.5}">;

def Act_SeluOp : Act_UnaryOp<"selu", Selu>;
def Act_SeluBackwardOp : Act_UnarySavedBackwardOp<"selu", Selu>;

defvar softplusNumbers = (ins
    DefaultValuedAttr<Act_Number, "1.0">:$beta,
    OptionalAttr<Act_Number>:$threshold);
def Act_SoftplusOp : Act_UnaryOp<"softplus", Softplus, softplusNumbers,
                                 " {beta = 2.0, threshold = 20.0}">;
def Act_SoftplusBackwardOp : Act_UnaryBackwardOp<"softplus", Softplus,
    softplusNumbers, " {beta = 2.0, threshold = 20.0}">;

} // let opDocGroup

//===----------------------------------------------------------------------===//
// Smooth gates
//===----------------------------------------------------------------------===//

def Act_SmoothGateOps : OpDocGroup {
  let summary = "Smooth gates";
  let description = "The input times a smooth (or clamped) gate between 0 "
      "and 1.";
}

/// The approximations of gelu, after their formulas.
class Act_GeluText<string tanh, string sigmoid> {
  string text = [{
    `approximate(tanh)` is
}] # tanh # [{
    and `approximate(sigmoid)`
}] # sigmoid # "\n";
}

let opDocGroup = Act_SmoothGateOps in {

def Act_SiluOp : Act_UnaryOp<"silu", Silu>;
def Act_SiluBackwardOp : Act_UnaryBackwardOp<"silu", Silu>;

def Act_MishOp : Act_UnaryOp<"mish", Mish>;
def Act_MishBackwardOp : Act_UnaryBackwardOp<"mish", Mish>;

def Act_HardSwishOp : Act_UnaryOp<"hardswish", HardSwish>;
def Act_HardSwishBackwardOp : Act_UnaryBackwardOp<"hardswish", HardSwish>;

defvar geluChoices = (ins
    DefaultValuedAttr<Act_ApproximateAttr, "::act::Approximate::None">
        :$approximate);
defvar geluFormat =
    "(`approximate` `(` custom<Keyword>($approximate)^ `)`)?";
defvar geluRule = "return ::act::geluRule(getApproximate());";
def Act_GeluOp : Act_UnaryOp<"gelu", Gelu, geluChoices, " approximate(tanh)",
    Act_GeluText<Act_RuleText<GeluTanh>.formula,
                 Act_RuleText<GeluSigmoid>.formula>.text> {
  let keywordFormat = geluFormat;
  let ruleBody = geluRule;
}
def Act_GeluBackwardOp : Act_UnaryBackwardOp<"gelu", Gelu, geluChoices,
    " approximate(tanh)",
    Act_GeluText<Act_RuleText<GeluTanh>.gradient,
                 Act_RuleText<GeluSigmoid>.gradient>.text> {
  let keywordFormat = geluFormat;
  let ruleBody = geluRule;
}

} // let opDocGroup

#endif // ACT_IR_ELEMENTWISEOPS_TD
