//===- ActivationsMish.td - x tanh(log(1 + e^x)) -----------*- tablegen -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file holds the rule of mish.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_RULES_ACTIVATIONSMISH_TD
#define ACT_RULES_ACTIVATIONSMISH_TD

include "Act/Rules/Functions.td"
include "Act/Rules/Lean.td"
include "Act/Rules/Reals.td"

def Mish : Rule<"mish"> {
  let summary = "mish, a self-regularised smooth gate";
  let description = [{
    The input times the hyperbolic tangent of its softplus. It is smooth and has
    a minimum of -0.309 at -1.192.
  }];
  let latex = "f(x) = x \\tanh s, \\quad s = \\log(1 + e^x)";
  let derivativeLatex =
      "f'(x) = \\tanh s + x\\,\\sigma(x)\\,(1 - \\tanh^2 s)";
  let pytorch = "mish";
  defvar gate = (RealTanh (LogOnePlusExp $x));
  let definition = (Mul $x, gate);
  let derivative = (Add gate, (Mul (Mul $x, (Logistic $x)),
                                   (Sub "1", (Mul gate, gate))));
  let derivativeRoots = ["-1.192431214515495212137588340420739405601"];
  let specialValues = ["-0.0", "inf", "-0.0", "0.0", "-0.0", "1", "0.6"];
}

#endif // ACT_RULES_ACTIVATIONSMISH_TD
