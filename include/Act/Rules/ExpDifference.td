//===- ExpDifference.td - The terms of softmax -------------*- tablegen -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file holds the rule of e^(x - m), where m is the maximum of a row. The
// difference is taken exactly: rounded, it would put an error of up to 64 ulp
// on small terms.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_RULES_EXPDIFFERENCE_TD
#define ACT_RULES_EXPDIFFERENCE_TD

include "Act/Rules/Exponential.td"
include "Act/Rules/Lean.td"

def RowMaximum : Parameter<"maximum"> {
  let operand = true;
  let testValues = ["0", "1.5", "-30.25", "100", "0x1.fp+60"];
  let description = "the number whose term is 1";
}

def ExpDifference : Rule<"exp_difference"> {
  // It is a step of softmax, not an activation.
  let isActivation = false;
  let summary = "exponential of the difference to a maximum";
  let description = [{
    The term of x in the sum of a softmax: the exponential of x less the
    maximum of the row. It is 1 for all x from the maximum on, infinite ones
    too.
  }];
  let latex = "f(x) = e^{\\min(x - m, 0)}";
  let derivativeLatex = "f'(x) = e^{x - m} \\text{ for } x < m, "
      "\\text{ else } 0; \\quad \\frac{\\partial f}{\\partial m} = -f'(x)";
  let parameters = [RowMaximum];
  defvar below = (Lt $x, $maximum);
  defvar term = (Exp (Select below, (Sub $x, $maximum), "0"));
  let definition = term;
  let derivative = (Select below, term, "0");
  let parameterDerivatives = [(Select below, (Neg term), "0")];
  let kinks = [];
}

def ExpOfDifference : Function<(params Real:$x, Pair:$m), Real> {
  defvar d = (TwoSum $x, (Neg (H $m)));
  defvar exact = (PairAtLeast (Pair (H d), (Sub (L d), (L $m))), Vanishing);
  let body = (RoundFar (ExpScaled (ExpPair exact)));
  let description = "e^(x - m) for x < m";
}

def : Evaluation<ExpDifference, Forward, Exact, BothWidths> {
  let body = (Select (Ge $x, (H $maximum)), "1",
                     (ExpOfDifference $x, $maximum));
}

def : Evaluation<ExpDifference, ParameterDerivative, Exact, BothWidths> {
  let body = (Select (Ge $x, (H $maximum)), "0",
                     (Neg (ExpOfDifference $x, $maximum)));
}

def : Evaluation<ExpDifference, Forward, Default> {
  // The bias of 32 keeps small terms normal until the last product.
  defvar d = (TwoSum $x, (Neg (H $maximum)));
  defvar low = (Sub (L d), (L $maximum));
  defvar e = (ReduceBinary (H d), Log2E, "12583071");
  defvar r = (Fma low, "0x1.715476p+0", (R e));
  defvar term = (Mul (Mul (Exp2Polynomial r), (S e)), "0x1p-32");
  let body = (Select (Ge $x, (H $maximum)), "1",
                     (Select (Lt (H d), "-105"), "0", term));
}

#endif // ACT_RULES_EXPDIFFERENCE_TD
