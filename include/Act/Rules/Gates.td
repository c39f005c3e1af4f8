//===- Gates.td - Rules that gates use ---------------------*- tablegen -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file holds what gates need besides the activations: phi of the kinds
// sreglu and bilinear, and the clamps of swiglu_oai.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_RULES_GATES_TD
#define ACT_RULES_GATES_TD

include "Act/Rules/Functions.td"
include "Act/Rules/Lean.td"

//===----------------------------------------------------------------------===//
// phi of sreglu
//===----------------------------------------------------------------------===//

def ReluSquared : Rule<"relu_squared"> {
  let isActivation = false;
  let summary = "squared rectified linear unit";
  let description = [{
    The square of the positive part of the input; +0 for both zeros. The
    derivative at 0 is 0.
  }];
  let latex = "f(x) = \\max(x, 0)^2";
  let derivativeLatex = "f'(x) = 2 \\max(x, 0)";
  let pytorch = "relu(x)**2";
  let definition = (Select (Le $x, "0"), "0", (Mul $x, $x));
  let derivative = (Select (Le $x, "0"), "0", (Mul "2", $x));
  let zeroWhere = (Le $x, "0");
  let kinks = ["0"];
  let specialValues = ["0.0", "inf", "0.0", "0.0", "0.0", "inf", "0.0"];
}

def : Evaluation<ReluSquared, Forward, Exact, BothWidths> {
  // One multiplication rounds once; a second rounding to a 16-bit type needs
  // the low part, also of subnormal results. 2^130 overflows.
  defvar within = (Clamp $x, "0", (ByWidth "0x1p+65", "0x1p+520"));
  defvar odd = (RoundFar (TimesAnyX (Scaled within, "0", 0), within));
  let body = (Select (Le $x, "0"), "0",
                     (Select (RoundsToOdd), odd, (Mul $x, $x)));
}

def : Evaluation<ReluSquared, Derivative, Exact, BothWidths> {
  let body = (Select (Le $x, "0"), "0", (Add $x, $x));
}

//===----------------------------------------------------------------------===//
// phi of bilinear
//===----------------------------------------------------------------------===//

def Identity : Rule<"identity"> {
  let isActivation = false;
  let summary = "the input";
  let description = "The input itself.";
  let latex = "f(x) = x";
  let derivativeLatex = "f'(x) = 1";
  let pytorch = "x";
  let definition = (Id $x);
  let derivative = (Select (Eq $x, $x), "1", $x);
  let specialValues = ["-inf", "inf", "-0.0", "0.0", "1", "1", "1"];
}

def : Evaluation<Identity, Forward, Exact, BothWidths> {
  let body = (Id $x);
}

def : Evaluation<Identity, Derivative, Exact, BothWidths> {
  let body = (Select (IsNaN $x), $x, "1");
}

//===----------------------------------------------------------------------===//
// swiglu_oai
//===----------------------------------------------------------------------===//
//
// The bounds belong to the open side, and a NaN is not beyond them.

def Exceeds : Function<(params Real:$x, Pair:$limit), Bool> {
  let body = (Or (Gt $x, (H $limit)),
                 (And (Eq $x, (H $limit)), (Lt (L $limit), "0")));
  let description = "x > limit, a number that needs two parts";
}

def GateInput : Function<(params Real:$g, Pair:$limit), Real> {
  let body = (Select (Exceeds $g, $limit), (H $limit), $g);
  let description = "min(g, limit)";
}

def GateClamp : Function<(params Real:$u, Pair:$limit), Real> {
  let body = (CopySign (GateInput (Abs $u), $limit), $u);
  let description = "u within [-limit, limit]";
}

def GateOffset : Function<(params Real:$u, Pair:$offset), Real> {
  defvar sum = (Add $u, (H $offset));
  defvar simple = (Or (Eq (L $offset), "0"), (Eq (Abs sum), "inf"));
  defvar exact = (PairAdd (Pair $u, "0"), $offset);
  let body = (Select simple, sum, (Add (H exact), (L exact)));
  let description = "u + offset, a number that needs two parts";
}

#endif // ACT_RULES_GATES_TD
