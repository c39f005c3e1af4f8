//===- ActivationsSigmoid.td - Sigmoidal functions ---------*- tablegen -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file holds the rules of sigmoid, tanh, softplus, logsigmoid and
// softsign.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_RULES_ACTIVATIONSSIGMOID_TD
#define ACT_RULES_ACTIVATIONSSIGMOID_TD

include "Act/Rules/Functions.td"
include "Act/Rules/Lean.td"
include "Act/Rules/Reals.td"

//===----------------------------------------------------------------------===//
// sigmoid
//===----------------------------------------------------------------------===//

def Sigmoid : Rule<"sigmoid"> {
  let summary = "logistic function";
  let description = [{
    Maps the reals to (0, 1), with s(x) + s(-x) = 1. It is the derivative of
    softplus.
  }];
  let latex = "f(x) = \\sigma(x) = \\frac{1}{1+e^{-x}}";
  let derivativeLatex = "f'(x) = \\sigma(x)\\,\\sigma(-x)";
  let pytorch = "sigmoid";
  let definition = (Logistic $x);
  let derivative = (Mul (Logistic $x), (Logistic (Neg $x)));
  let specialValues = ["0.0", "1", "0.5", "0.5", "0.0", "0.0", "0.25"];
}

//===----------------------------------------------------------------------===//
// tanh
//===----------------------------------------------------------------------===//

def Tanh : Rule<"tanh"> {
  let summary = "hyperbolic tangent";
  let description = [{
    Maps the reals to (-1, 1); it is 2 s(2x) - 1 with s the logistic function.
  }];
  let latex = "f(x) = \\tanh x";
  let derivativeLatex = "f'(x) = 1 - \\tanh^2 x = \\frac{4t}{(1+t)^2}, \\quad "
      "t = e^{-2|x|}";
  let pytorch = "tanh";
  // With m = e^-2|x| - 1, so that neither value nor slope cancels anywhere.
  defvar negative = (Lt $x, "0");
  defvar v = (Mul "2", (Select negative, $x, (Neg $x)));
  defvar m = (Expm1 v);
  defvar magnitude = (Div (Neg m), (Add "2", m));
  let definition = (Select negative, (Neg magnitude), magnitude);
  defvar t = (Exp v);
  defvar d = (Add "1", t);
  let derivative = (Div (Mul "4", t), (Mul d, d));
  let specialValues = ["-1", "1", "-0.0", "0.0", "0.0", "0.0", "1"];
}

//===----------------------------------------------------------------------===//
// softplus
//===----------------------------------------------------------------------===//

def SoftplusBeta : Parameter<"beta"> {
  let defaultValue = "1";
  let constraint = "positive";
  let testValues = ["1", "3", "0x1p-10"];
  let description = "the steepness";
}

def SoftplusThreshold : Parameter<"threshold"> {
  let defaultValue = "inf";
  let testValues = ["inf", "20"];
  let description = "where beta x is larger the result is x; inf for nowhere";
}

def Softplus : Rule<"softplus"> {
  let summary = "smooth rectifier";
  let description = [{
    The integral of the logistic function: positive, about e^(beta x) / beta far
    to the left and x far to the right. Above the threshold, where there is one,
    it is x.
  }];
  let latex = "f(x) = \\frac{1}{\\beta} \\log(1+e^{\\beta x})";
  let derivativeLatex = "f'(x) = \\sigma(\\beta x)";
  let pytorch = "softplus";
  let parameters = [SoftplusBeta, SoftplusThreshold];
  defvar v = (Mul $beta, $x);
  defvar above = (Gt v, $threshold);
  let definition = (Select above, $x, (Div (LogOnePlusExp v), $beta));
  let derivative = (Select above, "1", (Logistic v));
  let specialValues = [
      "0.0", "inf", "0.6931471805599453094172321214581765680755",
      "0.6931471805599453094172321214581765680755", "0.0", "1", "0.5"];
}

//===----------------------------------------------------------------------===//
// logsigmoid
//===----------------------------------------------------------------------===//

def LogSigmoid : Rule<"logsigmoid"> {
  let summary = "logarithm of the logistic function";
  let description = [{
    The negative of softplus of -x: negative, about x far to the left and
    -e^-x far to the right.
  }];
  let latex = "f(x) = \\log \\sigma(x) = -\\log(1+e^{-x})";
  let derivativeLatex = "f'(x) = \\sigma(-x)";
  let pytorch = "logsigmoid";
  let definition = (Neg (LogOnePlusExp (Neg $x)));
  let derivative = (Logistic (Neg $x));
  let specialValues = [
      "-inf", "-0.0", "-0.6931471805599453094172321214581765680755",
      "-0.6931471805599453094172321214581765680755", "1", "0.0", "0.5"];
}

//===----------------------------------------------------------------------===//
// softsign
//===----------------------------------------------------------------------===//

def Softsign : Rule<"softsign"> {
  let summary = "x over one plus its magnitude";
  let description = [{
    Maps the reals to (-1, 1) and approaches its limits like 1/x.
  }];
  let latex = "f(x) = \\frac{x}{1+|x|}";
  let derivativeLatex = "f'(x) = \\frac{1}{(1+|x|)^2}";
  let pytorch = "softsign";
  defvar d = (Add "1", (Select (Lt $x, "0"), (Neg $x), $x));
  let definition = (Div $x, d);
  let derivative = (Div "1", (Mul d, d));
  let specialValues = ["-1", "1", "-0.0", "0.0", "0.0", "0.0", "1"];
}

#endif // ACT_RULES_ACTIVATIONSSIGMOID_TD
