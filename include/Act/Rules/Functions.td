//===- Functions.td - What the activations share -----------*- tablegen -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file defines the cores of the exact tier: the logistic function and its
// relatives in pairs.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_RULES_FUNCTIONS_TD
#define ACT_RULES_FUNCTIONS_TD

include "Act/Rules/Exponential.td"

/// A rule x g(x) with a smooth g from 0 at minus infinity to 1 at infinity and
/// g(0) = 1/2.
class SmoothGate<string ruleName> : Rule<ruleName> {
  let specialValues = ["-0.0", "inf", "-0.0", "0.0", "-0.0", "1", "0.5"];
}

//===----------------------------------------------------------------------===//
// The logistic function s(v) = 1 / (1 + e^-v)
//===----------------------------------------------------------------------===//

def SigmoidPair : Function<(params Pair:$v, Real:$low), Scaled> {
  // Both signs share e^-|v| = t and one division: 1/(1+t) or t/(1+t).
  defvar e = (ExpOfMinusAbs $v, $low);
  defvar negative = (Lt (H $v), "0");
  defvar numerator = (Pair (Select negative, (H e), "1"),
                           (Select negative, (L e), "0"));
  defvar q = (DivPair numerator, (AddC "1", (ExpTerm e)));
  let body = (Scaled (H q), (L q), (Select negative, (N e), 0));
  let description = "s(v), -|v| clamped to low";
}

def SechPair : Function<(params Pair:$a, Real:$low), Scaled> {
  defvar e = (ExpPair (PairAtLeast $a, $low));
  defvar y = (Rcp (AddC "1", (ExpTerm e)));
  defvar r = (MulPair (MulPair y, y), (Pair (H e), (L e)));
  let body = (Scaled (H r), (L r), (N e));
  let description = "t / (1 + t)^2 with t = e^a for a <= 0: s'(a)";
}

//===----------------------------------------------------------------------===//
// d/dv (v s(v)) = s(v) (1 + v s(-v)), centred at its root
//===----------------------------------------------------------------------===//

def SwishDerivative : Function<(params Pair:$v), Real> {
  // The root x0 satisfies 1 + t0 + x0 = 0 with t0 = e^x0. With d = -|v| - x0:
  // t = t0 e^d, P = t0 (e^d - 1), 1 + t = (1 + t0) + P, 1 + t + a = d + P; the
  // last two terms have the same sign, so nothing cancels. The root in parts is
  // made by tools/fit/roots.py.
  defvar negative = (Lt (H $v), "0");
  defvar a = (PairAtLeast (Pair (Neg (Abs (H $v))),
                                (Select negative, (L $v), (Neg (L $v)))),
                          (ByWidth "-125", "-1000"));
  defvar x0l = (ByWidth "0x1.bdf6fap-27", "-0x1.f8d74bc9ac154p-54");
  defvar d = (DistanceTo
      a, (ByWidth "-0x1.474974p+0", "-0x1.474973c84120bp+0"), x0l,
      (ByWidth "0x1.03945ap-53", "-0x1.44a50180ba78p-108"));
  defvar t0l = (ByWidth "-0x1.bdf6fap-27", "0x1.f8d74bc9ac154p-54");
  defvar t0 = (Pair (ByWidth "0x1.1d25dp-2", "0x1.1d25cf210482cp-2"), t0l);
  defvar e = (ExpPair d);
  defvar s = (ExpScale e);
  defvar P = (MulPair (Expm1Pair e), t0);
  defvar n0 = (TwoSum (H d), (H P));
  defvar N0 = (Pair (H n0), (Add (L n0), (Add (L d), (L P))));
  defvar d0 = (FastTwoSum (ByWidth "0x1.474974p+0", "0x1.474973c84120bp+0"),
                          (H P));
  defvar D = (Pair (H d0), (Add (L d0), (Add t0l, (L P))));
  defvar t = (MulPair (Pair (H e), (L e)), t0);
  // v >= 0: the numerator is D + v t.
  defvar T = (Pair (Mul (H t), s), (Mul (L t), s));
  defvar vp = (AtMost (Abs (H $v)), "125");
  defvar w = (Product vp, (H T));
  defvar wl = (Add (Add (L w), (Mul vp, (L T))), (Mul (L $v), (H T)));
  defvar m0 = (TwoSum (H D), (H w));
  defvar M = (Pair (H m0), (Add (L m0), (Add (L D), wl)));
  defvar Q = (Select negative, (MulPair N0, t), M);
  defvar y = (Rcp D);
  defvar r = (MulPair Q, (MulPair y, y));
  let body = (Round (Scaled (H r), (L r), (Select negative, (N e), 0)));
  let description = "s(v) (1 + v s(-v)), within 1 ulp at its root -1.2784645";
}

#endif // ACT_RULES_FUNCTIONS_TD
