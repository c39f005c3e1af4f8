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
  let testValues = ["0", "1.5", "-30.25", "100", "-511.875", "700.5",
                    "0x1.fp+60"];
  let description = "the number whose term is 1";
}

def ExpDifference : Rule<"exp_difference"> {
  // It is a step of softmax, not an activation.
  let isActivation = false;
  let summary = "exponential of the difference to a maximum";
  let description = [{
    The term of x in the sum of a softmax: the exponential of x less the
    maximum of the row, which is finite. It is 1 for all x from there on,
    infinite ones too.
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
  // The maximum is a, subtracted at once, or m = top + rest. From 512 on it is
  // a: the difference is exact unless the term vanishes. Else k ln2High + top
  // is exact, and so close to x - r that their difference is rounded like r.
  defvar isFar = (Ge (Abs (H $maximum)), "512");
  defvar a = (Select isFar, (H $maximum), "0");
  defvar m = (Select isFar, "0", (H $maximum));
  defvar top = (Sub (Add m, "1536"), "1536");
  defvar rest = (Add (Sub m, top), (L $maximum));
  defvar origin = (Neg (Mul m, "0x1.715476p+0"));

  // The bias of 32 keeps small terms normal until the last product.
  defvar shift = "12582944";
  defvar x = (AtMost (AtLeast (Sub $x, a), (Sub m, "106")), m);
  defvar n = (Add (Fma x, "0x1.715476p+0", origin), shift);
  defvar k = (Sub n, shift);
  defvar high = (Sub x, (Fma k, "0x1.62ep-1", top));
  defvar r = (Add high, (Fma k, "-0x1.0bfbe8p-15", (Neg rest)));
  defvar square = (Mul r, r);
  defvar q = (Fma square, "0x1.6d7232p-10",
                          (Fma r, "0x1.12266ep-7", "0x1.5554c8p-5"));
  defvar s = (Fma square, q, (Fma r, "0x1.5554b2p-3", "0.5"));
  defvar power = (Add (Fma square, s, r), "1");
  // Adding to the bits of a NaN may end it: r - r brings it back.
  let body = (Fma (TimesPowerBits power, n), "0x1p-32", (Sub r, r));
}

#endif // ACT_RULES_EXPDIFFERENCE_TD
