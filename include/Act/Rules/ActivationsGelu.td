//===- ActivationsGelu.td - x Phi(x) and its tanh form -----*- tablegen -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file holds the rules of gelu in terms of the error function and of its
// approximation by tanh.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_RULES_ACTIVATIONSGELU_TD
#define ACT_RULES_ACTIVATIONSGELU_TD

include "Act/Rules/Functions.td"
include "Act/Rules/Lean.td"
include "Act/Rules/Reals.td"

//===----------------------------------------------------------------------===//
// gelu
//===----------------------------------------------------------------------===//

def Gelu : SmoothGate<"gelu"> {
  let summary = "Gaussian error linear unit";
  let description = [{
    The input times the probability that a standard normal variable is smaller.
    It is smooth and has a minimum of -0.170 at -0.752.
  }];
  let latex = "f(x) = x\\,\\Phi(x), \\quad "
      "\\Phi(x) = \\tfrac{1}{2}\\,\\mathrm{erfc}(-x/\\sqrt{2})";
  let derivativeLatex = "f'(x) = \\Phi(x) + x\\,\\varphi(x), \\quad "
      "\\varphi(x) = \\frac{1}{\\sqrt{2\\pi}}\\,e^{-x^2/2}";
  let pytorch = "gelu";
  let definition = (Mul $x, (NormalDistribution $x));
  let derivative = (Add (NormalDistribution $x),
                        (Mul $x, (NormalDensity $x)));
  let derivativeRoots = ["-0.7517915246935644574579049467795240396645"];
}

//===----------------------------------------------------------------------===//
// gelu by tanh
//===----------------------------------------------------------------------===//

def GeluTanh : SmoothGate<"gelu_tanh"> {
  let summary = "gelu approximated by tanh";
  let description = [{
    The input times the logistic value of a cubic, which is one half of 1 plus
    the hyperbolic tangent of half the cubic: within 0.000473 of gelu.
  }];
  let latex = "f(x) = x\\,\\sigma(v), \\quad "
      "v = 2\\sqrt{2/\\pi}\\,(x + 0.044715\\,x^3)";
  let derivativeLatex =
      "f'(x) = \\sigma(v)\\,(1 + x\\,v'\\,\\sigma(-v)), \\quad "
      "v' = 2\\sqrt{2/\\pi}\\,(1 + 3 \\cdot 0.044715\\,x^2)";
  let pytorch = "gelu(approximate='tanh')";
  defvar c = (Mul "2", (Sqrt (Div "2", (Pi))));
  defvar cubic = (Mul "0.044715", (Mul $x, $x));
  defvar v = (Mul c, (Mul $x, (Add "1", cubic)));
  defvar slope = (Mul c, (Add "1", (Mul "3", cubic)));
  let definition = (Mul $x, (Logistic v));
  let derivative =
      (Mul (Logistic v),
           (Add "1", (Mul (Mul $x, slope), (Logistic (Neg v)))));
  let derivativeRoots = ["-0.7524614220710162584879544432889160906054"];
}

#endif // ACT_RULES_ACTIVATIONSGELU_TD
