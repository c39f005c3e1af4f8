//===- Reals.td - Functions of definitions -----------------*- tablegen -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file defines the functions of the reals that definitions share. They are
// stable in high precision: no term of theirs overflows or cancels.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_RULES_REALS_TD
#define ACT_RULES_REALS_TD

include "Act/Rules/Formula.td"

def ExpOfMinusMagnitude : Function<(params Real:$v), Real> {
  // Not -|v|: the derivative at 0 must be that of one side.
  let body = (Exp (Select (Lt $v, "0"), $v, (Neg $v)));
  let description = "e^-|v|";
}

def Logistic : Function<(params Real:$v), Real> {
  defvar t = (ExpOfMinusMagnitude $v);
  let body = (Div (Select (Lt $v, "0"), t, "1"), (Add "1", t));
  let description = "s(v) = 1 / (1 + e^-v)";
}

def LogisticSlope : Function<(params Real:$v), Real> {
  let body = (Mul (Logistic $v),
                  (Add "1", (Mul $v, (Logistic (Neg $v)))));
  let description = "d/dv (v s(v)) = s(v) (1 + v s(-v))";
}

def LogOnePlusExp : Function<(params Real:$v), Real> {
  let body = (Add (Select (Lt $v, "0"), "0", $v),
                  (Log1p (ExpOfMinusMagnitude $v)));
  let description = "sp(v) = log(1 + e^v)";
}

def NormalDistribution : Function<(params Real:$x), Real> {
  let body = (Mul "0.5", (Erfc (Neg (Div $x, (Sqrt "2")))));
  let description = "Phi(x), which keeps its tail at minus infinity";
}

def NormalDensity : Function<(params Real:$x), Real> {
  let body = (Div (Exp (Mul "-0.5", (Mul $x, $x))),
                  (Sqrt (Mul "2", (Pi))));
  let description = "phi(x) = Phi'(x)";
}

#endif // ACT_RULES_REALS_TD
