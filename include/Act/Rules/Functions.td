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
  defvar r = (MulPair (MulPair y, y), (ExpMantissa e));
  let body = (Scaled (H r), (L r), (N e));
  let description = "t / (1 + t)^2 with t = e^a for a <= 0: s'(a)";
}

def LogisticGate : Function<(params Real:$x, Real:$limited, Pair:$v), Real> {
  // Where x exceeds its limit s(v) rounds to 1. The sum of a pair loses -0.
  defvar y = (Round (TimesX (SigmoidPair $v, Vanishing), $limited));
  let body = (CopySign (Select (Gt $x, $limited), $x, y), $x);
  let description = "x s(v) for v of the sign of x; limited: x within limits "
                    "that keep v finite";
}

def LogisticGateSlope : Function<(params Pair:$v, Pair:$w), Real> {
  // t (1 + t + w) / (1 + t)^2 or (1 + t + w t) / (1 + t)^2 with t = e^-|v|.
  defvar negative = (Lt (H $v), "0");
  defvar e = (ExpOfMinusAbs $v, Vanishing);
  defvar d = (AddC "1", (ExpTerm e));
  defvar n = (PairAdd d, (Select negative, $w, (MulPair $w, (ExpTerm e))));
  defvar q = (Select negative, (MulPair n, (ExpMantissa e)), n);
  defvar y = (Rcp d);
  defvar r = (MulPair q, (MulPair y, y));
  let body = (Round (Scaled (H r), (L r), (Select negative, (N e), 0)));
  let description = "s(v) (1 + w s(-v)), within 1 ulp away from its roots";
}

def NearRoot : Function<(params Pair:$d, Pair:$c0, Real:$rest, Real:$far),
                        Real> {
  defvar smooth = (AddC (H $c0), (Pair (Mul $rest, (H $d)), (L $c0)));
  let body = (Select (Lt (Abs (H $d)), "0.0625"),
                     (RoundPair (MulPair $d, smooth)), $far);
  let description = "d (c0 + d rest) within 1/16 of a root, else far";
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
  defvar a = (PairAtLeast (PairMinusAbs $v), Vanishing);
  defvar x0l = (ByWidth "0x1.bdf6fap-27", "-0x1.f8d74bc9ac154p-54");
  defvar d = (DistanceTo
      a, (ByWidth "-0x1.474974p+0", "-0x1.474973c84120bp+0"), x0l,
      (ByWidth "0x1.03945ap-53", "-0x1.44a50180ba78p-108"));
  defvar t0l = (ByWidth "-0x1.bdf6fap-27", "0x1.f8d74bc9ac154p-54");
  defvar t0 = (Pair (ByWidth "0x1.1d25dp-2", "0x1.1d25cf210482cp-2"), t0l);
  defvar e = (ExpPair d);
  defvar s = (ExpScale e);
  defvar P = (MulPair (Expm1Pair e), t0);
  defvar N0 = (PairAdd d, P);
  defvar d0 = (FastTwoSum (ByWidth "0x1.474974p+0", "0x1.474973c84120bp+0"),
                          (H P));
  defvar D = (Pair (H d0), (Add (L d0), (Add t0l, (L P))));
  defvar t = (MulPair (ExpMantissa e), t0);
  // v >= 0: the numerator is D + v t.
  defvar T = (PairTimesPower t, s);
  defvar vp = (AtMost (Abs (H $v)), "125");
  defvar w = (Product vp, (H T));
  defvar wl = (Add (Add (L w), (Mul vp, (L T))), (Mul (L $v), (H T)));
  defvar M = (PairAdd D, (Pair (H w), wl));
  defvar Q = (Select negative, (MulPair N0, t), M);
  defvar y = (Rcp D);
  defvar r = (MulPair Q, (MulPair y, y));
  let body = (Round (Scaled (H r), (L r), (Select negative, (N e), 0)));
  let description = "s(v) (1 + v s(-v)), within 1 ulp at its root -1.2784645";
}

//===----------------------------------------------------------------------===//
// log(1 + e^v)
//===----------------------------------------------------------------------===//

def LogOnePlusExpPair : Function<(params Pair:$v), Scaled> {
  // With t = e^-|v|: log(1 + t), plus v where v is positive.
  defvar t = (ExpOfMinusAbs $v, VanishingFar);
  defvar r = (Log1pOfExp t);
  defvar s = (ExpScale t);
  defvar sum = (PairAdd $v, (Pair (Mul (H r), s), (Mul (L r), s)));
  let body = (Select (Lt (H $v), "0"), r, (Scaled (H sum), (L sum), 0));
  let description = "log(1 + e^v), error 2^-25.5";
}

//===----------------------------------------------------------------------===//
// Products with a parameter
//===----------------------------------------------------------------------===//

def TowardInfinity : Function<(params Pair:$a), Real> {
  // One step of the low part in the direction of the high part's sign.
  defvar differ = (IXor (Bits (H $a)), (Bits (L $a)));
  defvar step = (IOr (AShr differ, (ByWidth 31, 63)), 1);
  let body = (Select (Eq (L $a), "0"), (L $a),
                     (FromBits (IAdd (Bits (L $a)), step)));
  let description = "the low part of a, made larger unless it is zero";
}

def TimesPair : Function<(params Pair:$a, Real:$x), Real> {
  // The plain product has the sign of zeros and is right where it overflows.
  // Numbers of f64 have five bits more than a pair. Decimals such as 0.01 lie
  // so near to x/100 that these decide ties of 16-bit types: the low part is
  // enlarged and no rounding hides it, so that 0.01 is above 1/100, as in f64.
  // A small product is scaled up, or it has no low part.
  defvar plain = (Mul $x, (H $a));
  defvar small = (And (Lt (Abs plain), (ByWidth "0x1p-60", "0x1p-700")),
                      (Lt (Abs $x), "1"));
  defvar b = (Select small, (Mul $x, (ByWidth "0x1p+126", "0x1p+200")), $x);
  defvar n = (Select small, (ByWidth -126, -200), 0);
  defvar p = (Product (H $a), b);
  defvar v = (Scaled (H p), (Fma (TowardInfinity $a), b, (L p)), n);
  let body = (Select (Eq (Abs plain), "inf"), plain,
                     (CopySign (Round v), plain));
  let description = "a x, rounded once";
}

def TimesExpm1 : Function<(params Pair:$a, Real:$x), Real> {
  defvar c = (Clamp $x, Negligible, "0");
  defvar y = (RoundPair (MulPair $a, (Expm1Pair (ExpPair (Pair c, "0")))));
  let body = (Select (Tiny c), (TimesPair $a, c),
                               (CopySign y, (Mul c, (H $a))));
  let description = "a (e^x - 1) for x <= 0";
}

def TimesExp : Function<(params Pair:$a, Real:$x), Real> {
  defvar c = (Clamp $x, (ByWidth "-200", "-1400"), "0");
  defvar e = (ExpPair (Pair c, "0"));
  defvar p = (MulPair $a, (HighLow (ExpScaled e)));
  let body = (RoundFar (Scaled (H p), (L p), (N e)));
  let description = "a e^x for x <= 0";
}

#endif // ACT_RULES_FUNCTIONS_TD
