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

/// f'(x0 + d) / d near the root x0, for |d| <= 1/16, to 2^-31.57.
def MishRoot : Coefficients<[
    "0x1.115accp-2", "0x1.a34a26p-3", "0x1.574f1p-5", "-0x1.4c3dbcp-6",
    "-0x1.032688p-6", "-0x1.0bfa8p-9"], [
    "0x1.115acb42500bbp-2", "0x1.a34a251d8ad7bp-3", "0x1.574f121a868dbp-5",
    "-0x1.4c222fe64befcp-6", "-0x1.03369d4ac816cp-6", "-0x1.b87ddff295e61p-9",
    "0x1.1e5e17f0b0092p-10", "0x1.037aaa2d47f5bp-10", "0x1.0a7c916f564e9p-12",
    "-0x1.830b9a91ee797p-15", "-0x1.ee737226a96ecp-15", "0x1.855772c3b64d5p-12",
    "0x1.32f733102924bp-12"]>;

// With t = e^-|x|: tanh s = t (2 + t) / (2 + 2t + t^2) for x < 0 and
// (1 + 2t) / (1 + 2t + 2t^2) else.

def : Evaluation<Mish, Forward, Exact, BothWidths> {
  defvar limited = (Clamp $x, Vanishing, "125");
  defvar negative = (Lt $x, "0");
  defvar e = (ExpOfMinusAbs (Pair limited, "0"), Vanishing);
  defvar t = (ExpTerm e);
  defvar a = (AddC (Select negative, "2", "1"),
                   (PairTimesPower t, (Select negative, "1", "2")));
  // The denominator is 2 + t a or a + 2 t^2.
  defvar b = (Select negative,
      (AddC "2", (MulPair a, t)),
      (PairSum a, (PairTimesPower (MulPair t, t), "2")));
  defvar q = (DivPair a, b);
  defvar gate = (Select negative, (MulPair q, (ExpMantissa e)), q);
  defvar n = (Select negative, (N e), 0);
  defvar y = (Round (TimesX (Scaled (H gate), (L gate), n), limited));
  let body = (CopySign (Select (Gt $x, "125"), $x, y), $x);
}

def : Evaluation<Mish, Derivative, Exact, BothWidths> {
  // x < 0: t (4 + 6t + 4t^2 + t^3 + 4x(1+t)) / (2 + 2t + t^2)^2, else
  // (1 + 4t + 6t^2 + 4t^3 + 4x t^2 (1+t)) / (1 + 2t + 2t^2)^2.
  defvar limited = (Clamp $x, Vanishing, "125");
  defvar negative = (Lt $x, "0");
  defvar e = (ExpOfMinusAbs (Pair limited, "0"), Vanishing);
  defvar t = (ExpTerm e);
  defvar t2 = (MulPair t, t);
  defvar n1 = (PairAdd (Pair (Select negative, "4", "1"), "0"),
                       (MulF t, (Select negative, "6", "4")));
  defvar n2 = (PairSum n1, (MulF t2, (Select negative, "4", "6")));
  defvar n3 = (PairSum n2, (MulF (MulPair t2, t),
                                 (Select negative, "1", "4")));
  defvar w = (MulF (AddC "1", t), (Mul "4", limited));
  defvar n = (PairAdd n3, (Select negative, w, (MulPair w, t2)));
  defvar d = (PairSum
      (AddC (Select negative, "2", "1"), (PairTimesPower t, "2")),
      (PairTimesPower t2, (Select negative, "1", "2")));
  defvar q = (Select negative, (MulPair n, (ExpMantissa e)), n);
  defvar y = (Rcp d);
  defvar r = (MulPair q, (MulPair y, y));
  defvar far = (Round (Scaled (H r), (L r), (Select negative, (N e), 0)));
  defvar distance = (DistanceTo
      (Pair limited, "0"),
      (ByWidth "-0x1.31432cp+0", "-0x1.31432c0d12d84p+0"),
      (ByWidth "-0x1.a25b08p-29", "-0x1.bf319154da21p-55"),
      (ByWidth "-0x1.bf3192p-55", "-0x1.3b82ea8c1efc4p-109"));
  defvar slope = (Pair (ByWidth "0x1.115accp-2", "0x1.115acb42500bbp-2"),
                       (ByWidth "-0x1.7b4dfcp-27", "0x1.1ad72de42d809p-56"));
  let body = (NearRoot distance, slope,
                       (HornerFrom MishRoot, 1, (H distance)), far);
}

def : Evaluation<Mish, Forward, Default> {
  // With t = e^x: x (t^2 + 2t) / d, d = t^2 + 2t + 2, as A - A w with a w that
  // is small where A is f to first order: for x < -0.2 A = x t and
  // w = (t^2 + t) / d, else A = x and w = 2 / d. t is carried times 2^36.
  defvar limited = (Clamp $x, "-110", "30");
  defvar e = (ReduceBinary limited, Log2E, "12583075");
  defvar scaled = (Mul (Exp2Polynomial (R e)), (S e));
  defvar t = (Mul scaled, "0x1p-36");
  defvar product = (Mul (Mul limited, scaled), "0x1p-36");
  defvar left = (Lt $x, "-0.2");
  defvar numerator = (Select left, (Fma t, t, t), "2");
  defvar w = (Div numerator, (Fma t, (Add t, "2"), "2"));
  defvar y = (Fma (Neg w), (Select left, product, limited),
                  (Select left, product, $x));
  // -0 - -0 * w is +0.
  let body = (FromBits (IOr (Bits y), (IAnd (Bits $x), (Shl 1, 31))));
}

/// e^r, |r| <= ln2/2.
def MishExp : Coefficients<[
    "1", "1", "0x1.fffffcp-2", "0x1.55549p-3", "0x1.5558b6p-5",
    "0x1.123b3ap-7", "0x1.6a4a8ep-10"]>;

def : Evaluation<Mish, Derivative, Default> {
  // R (n + x h R) with t = e^x, n = t + t^2/2, h = t + t^2 and R = 1/(1+n). At
  // the upper clamp t is a power of two, which makes the limit 1 exact. For
  // x < 0 R is 1 - n/(1+n), with half the error.
  defvar limited = (Clamp $x, "-87", "0x1.62e430p+4");
  defvar e = (RoundNatural limited, "0x1.715476p+0", ShortLn2, "12582912");
  defvar t = (TimesPowerBits (Horner MishExp, (R e)), (M e));
  defvar n = (Fma t, (Mul "0.5", t), t);
  defvar h = (Fma t, t, t);
  defvar left = (Lt $x, "0");
  defvar r = (Sub (Select left, "1", "0"),
                  (DivNormalLong (Select left, n, "-1"), (Add n, "1")));
  let body = (Mul r, (Fma limited, (Mul h, r), n));
  let interleave = 8;
}

#endif // ACT_RULES_ACTIVATIONSMISH_TD
