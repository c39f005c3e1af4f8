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
include "Act/Rules/NormalTail.td"
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

// The tail for z = |x|: f(-z) = -z e^(-z^2/2) R(z) with Mills' ratio
// R(z) = e^(z^2/2) erfc(z/sqrt 2) / 2, and f'(-z) = e^(-z^2/2) (z0 - z) S(z)
// with the root -z0 taken out. R and S are smooth in c / (z + c).

/// S(z) in tau = t - 9/16, t = 4/(z+4), z in [0, 14.6], to 2^-31.32
/// ([0, 38.7], to 2^-62.8).
def NormalSlope : Coefficients<[
    "0x1.e78fa8p-2", "0x1.eb0178p-3", "0x1.269514p-2", "0x1.0f37acp-2",
    "0x1.5a79dap-3", "0x1.a60476p-5", "-0x1.524926p-6", "-0x1.917c1p-6",
    "0x1.c026bcp-10", "0x1.29908ep-7", "-0x1.9ade52p-10"], [
    "0x1.e78fa7cab8aadp-2", "0x1.eb0177e89ad9cp-3", "0x1.269516c16b7ddp-2",
    "0x1.0f37ab5cd1c2fp-2", "0x1.5a7885902f302p-3", "0x1.a60de43c83131p-5",
    "-0x1.51553e1bfd13cp-6", "-0x1.93a1f56d14923p-6",
    "0x1.30b7e103c3de9p-10", "0x1.56570fa961e43p-7",
    "0x1.8e7f7a9f6e156p-13", "-0x1.513bfe82e5395p-8",
    "0x1.9a3fefd92b128p-12", "0x1.6f96a7537ee1fp-9",
    "-0x1.d36a3f6a84f8cp-11", "-0x1.7ec707165e38ap-10",
    "0x1.1fa137173765fp-10", "0x1.1490271cad5a1p-11",
    "-0x1.0b1bc3993e5d9p-10", "0x1.b718d00f677f9p-14",
    "0x1.858a31edd2d13p-11", "-0x1.8074e6b1d757ap-12",
    "-0x1.b88b3a843d104p-12", "0x1.ed874dd86eecbp-13",
    "0x1.5080df1c2ff6p-13"]>;

/// From here on e^(-z^2/2) vanishes.
defvar NormalVanishes = (ByWidth "14.6", "38.7");

def ExpOfHalfSquare : Function<(params Real:$z), Exponential> {
  let body = (ExpPair (PairTimesPower (Product $z, $z), "-0.5"));
  let description = "e^(-z^2/2)";
}

def : Evaluation<Gelu, Forward, Exact, BothWidths> {
  defvar z = (AtMost (Abs $x), NormalVanishes);
  defvar e = (ExpOfHalfSquare z);
  defvar t = (TailVariable z, "3");
  defvar tau = (TailCentred t);
  defvar g = (MulPair (MulPair (MulF t, z), (TailRatio tau)), (ExpMantissa e));
  defvar left = (Round (Scaled (Neg (H g)), (Neg (L g)), (N e)));
  defvar term = (PairTimesPower g, (ExpScale e));
  defvar right = (RoundPair (AddC $x, (PairNeg term)));
  // Near 0 it is x (1/2 + x phi(0)) to 2^-34 (2^-90), where x - g would lose the second
  // term, which decides ties.
  defvar slope = (Mul $x, "0.3989422804014326779399460599343818684759");
  defvar near = (Round (TimesX (Scaled "0.5", slope, 0), $x));
  defvar far = (Select (Lt $x, "0"), left, right);
  let body = (CopySign
      (Select (Gt $x, "14"), $x,
              (Select (Lt (Abs $x), (ByWidth "0x1p-10", "0x1p-30")), near, far)), $x);
}

def : Evaluation<Gelu, Derivative, Exact, BothWidths> {
  defvar z = (AtMost (Abs $x), NormalVanishes);
  defvar e = (ExpOfHalfSquare z);
  defvar tau = (TailCentred (TailVariable z, "4"));
  defvar smooth =
      (HornerPair (Pair (ByWidth "0x1.e78fa8p-2", "0x1.e78fa7cab8aadp-2"),
                        (ByWidth "-0x1.9d5fecp-29", "0x1.7406e81036e04p-56")),
                  (ByWidth "0x1.eb0178p-3", "0x1.eb0177e89ad9cp-3"),
                  (HornerFrom NormalSlope, 2, (H tau)), tau);
  defvar d = (DistanceTo
      (Pair (Neg z), "0"), (ByWidth "-0x1.80ead2p-1", "-0x1.80ead197f00b4p-1"),
      (ByWidth "0x1.a03fd4p-27", "0x1.13e74c58cada8p-56"),
      (ByWidth "-0x1.eec18cp-52", "0x1.65d4b5b9cdd03p-111"));
  defvar g = (MulPair (MulPair d, smooth), (ExpMantissa e));
  defvar left = (Round (Scaled (H g), (L g), (N e)));
  defvar term = (PairTimesPower g, (ExpScale e));
  defvar right = (RoundPair (AddC "1", (PairNeg term)));
  let body = (Select (Lt $x, "0"), left, right);
}

// In the default tier everything smooth stands in the exponent:
// z Phi(-z) = (c/2) q e^-(z^2 + L(q))/2, q = z/(z+c), c = 3. Mills' ratio is then
// an absolute error of an exponent instead of one more rounded product. 2 ln 2
// has 21 bits, so that the reduction is exact; what it lacks is a smooth factor
// and was folded into the fits. f and f' have the same q, so that the gradients of
// a gate divide once.

defvar geluCentre = "3";

/// L(q) / q, to 2^-25.2 of the exponent.
def GeluExponent : Coefficients<[
    "0x1.64c6c2p+1", "0x1.086dd2p-1", "-0x1.cd742ap-2", "-0x1.e7abbap-2",
    "0x1.13da38p-2", "-0x1.5d47eap-1", "0x1.a69d04p+0", "-0x1.52bcc8p+0",
    "0x1.6db0fcp-2"]>;

/// 2^-32 (c/2) e^(-r/2), |r| <= 1.02 ln 2, to 2^-28.0.
def GeluScaledExp : Coefficients<[
    "0x1.8p-32", "-0x1.8p-33", "0x1.7ffffcp-35", "-0x1.fffed2p-38",
    "0x1.00034ap-40", "-0x1.9b62bep-44", "0x1.0f48c8p-47"]>;

/// The part of f'(-z) e^(z^2/2) that is smooth in q, to 2^-24.2 of the whole.
def GeluSlopeBracket : Coefficients<[
    "0x1p-1", "-0x1.326366p+0", "0x1.0da292p+0", "-0x1.276a82p-2",
    "-0x1.2f0a2ep-3", "0x1.3f1416p-6", "0x1.b949ecp-4", "-0x1.833072p-5"]>;

/// 2^-32 e^(-r/2), |r| <= 1.02 ln 2, to 2^-23.2.
def GeluSlopeExp : Coefficients<[
    "0x1p-32", "-0x1.fffff4p-34", "0x1.fffd9cp-36", "-0x1.555b24p-38",
    "0x1.574c4ep-41", "-0x1.0f80ep-44"]>;

def ReduceHalf : Function<(params Real:$p, Real:$a, Real:$sum, Real:$magic),
                          Rounded> {
  defvar m = (Fma $sum, "-0x1.715476p-1", $magic);
  defvar k = (Sub m, $magic);
  let body = (Rounded (Add (Fma k, "0x1.62e430p+0", $p), $a), m);
  let description = "p + a = r - k 2 ln 2, for e^-(p+a)/2 = 2^k e^(-r/2); sum: "
                    "p + a or nearly";
}

def LeanGelu : Function<(params Real:$x, Real:$z, Real:$q), Real> {
  // 7/16 keeps the low part below 2.
  defvar p = (Fma $z, $z, "0.4375");
  defvar a = (Fma (Horner GeluExponent, $q), $q, (Fma $z, $z, (Neg p)));
  defvar e = (ReduceHalf p, a, (Add p, a), "12583071");
  defvar t = (Mul $q, (PowerFromLowBits (M e)));
  let body = (Fma (Neg t), (Horner GeluScaledExp, (R e)), (PositivePart $x));
  let description = "gelu(x), z = |x| <= 14.6, q = z/(z+c)";
}

def LeanGeluSlope : Function<(params Real:$x, Real:$z, Real:$q), Real> {
  // f'(-z) = e^(-z^2/2) D(z), f'(z) = 1 - f'(-z). 2^k goes to the exponent bits
  // of D, which is never 0.
  defvar p = (Product $z, $z);
  defvar e = (ReduceHalf (H p), (L p), (H p), "12582944");
  defvar d = (Fma $z, "-0x1.988454p-2", (Horner GeluSlopeBracket, $q));
  let body = (Fold $x, (TimesPowerBits d, (M e)),
                       (Horner GeluSlopeExp, (R e)));
  let description = "gelu'(x), z = |x| <= 14.6, q = z/(z+c)";
}

def : Evaluation<Gelu, Forward, Default> {
  defvar z = (AtMost (Abs $x), "14.6");
  defvar q = (DivWhere (Ge z, "0x1p-78"), z, (Add z, geluCentre));
  let body = (LeanGelu $x, z, q);
  let interleave = 8;
}

def : Evaluation<Gelu, Derivative, Default> {
  // The last place of a quotient below 2^-78, where GPUs may differ, is lost.
  defvar z = (AtMost (Abs $x), "14.6");
  let body = (LeanGeluSlope $x, z, (DivNormal z, (Add z, geluCentre)));
  let interleave = 4;
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

/// f'(x0 + d) / d near the root x0, for |d| <= 1/16, to 2^-31.61.
def GeluTanhRoot : Coefficients<[
    "0x1.b8bacep-2", "0x1.8cd1a2p-2", "-0x1.029644p-6", "-0x1.d2ac5p-4",
    "-0x1.0fce06p-6", "0x1.1ee4ccp-6"], [
    "0x1.b8bacd2c96b91p-2", "0x1.8cd1a2b2fff33p-2", "-0x1.029615edb0773p-6",
    "-0x1.d2b7734649584p-4", "-0x1.104a83edc9295p-6",
    "0x1.4279970fa172ap-6", "0x1.58c9ee2a99f13p-8", "-0x1.3d9110395d1acp-9",
    "-0x1.e64c63e21052ep-11", "0x1.321841d58adcp-12",
    "0x1.39774d3a13182p-13", "-0x1.59c30d323344fp-9",
    "-0x1.35bcfcb5b1b4fp-9"]>;

def OddCubic : Function<(params Real:$x, Pair:$c1, Pair:$c3), Pair> {
  let body = (MulF (PairAdd $c1, (MulPair $c3, (Product $x, $x))), $x);
  let description = "x (c1 + c3 x^2)";
}

// v = x (c1 + c3 x^2) with c1 = 2 sqrt(2/pi) and c3 = 0.044715 c1.
defvar geluTanhC1 = "1.595769121605730711759784239737527473903";
defvar geluTanhC3 = "0.07135481627260024877633875227986354099559";
defvar geluTanh3C3 = "0.2140644488178007463290162568395906229868";

def : Evaluation<GeluTanh, Forward, Exact, BothWidths> {
  defvar limited = (Clamp $x, (ByWidth "-13", "-24"), (ByWidth "13", "24"));
  let body = (LogisticGate $x, limited,
                           (OddCubic limited, geluTanhC1, geluTanhC3));
}

def : Evaluation<GeluTanh, Derivative, Exact, BothWidths> {
  defvar limited = (Clamp $x, (ByWidth "-13", "-24"), (ByWidth "13", "24"));
  defvar far = (LogisticGateSlope (OddCubic limited, geluTanhC1, geluTanhC3),
                                  (OddCubic limited, geluTanhC1, geluTanh3C3));
  defvar d = (DistanceTo
      (Pair limited, "0"), (ByWidth "-0x1.8142ap-1", "-0x1.81429f9e97e4dp-1"),
      (ByWidth "0x1.85a06cp-27", "0x1.4f523ed77dbdcp-55"),
      (ByWidth "0x1.a9ea48p-52", "-0x1.a649fca8ac0e5p-109"));
  defvar slope = (Pair (ByWidth "0x1.b8bacep-2", "0x1.b8bacd2c96b91p-2"),
                       (ByWidth "-0x1.a67c9ep-27", "0x1.7625a203d7d27p-56"));
  let body = (NearRoot d, slope,
                       (HornerFrom GeluTanhRoot, 1, (H d)), far);
}

def GeluTanhSteepness : Function<(params Real:$z), Pair> {
  // v = x u, in base 2: u = a + b z^2 in a pair; the high part of a has 21
  // bits, so that its difference from u is exact.
  defvar p = (Product $z, $z);
  defvar bh = "0x1.a5a7d0p-4";
  defvar u = (Fma bh, (H p), "0x1.26aec0p+1");
  defvar rest = (Fma bh, (H p), (Sub "0x1.26aec0p+1", u));
  defvar low = (Add (Fma bh, (L p), rest),
                    (Fma "-0x1.151aaep-29", (H p), "0x1.0de73ap-22"));
  let body = (Pair u, low);
  let description = "2 sqrt(2/pi) (1 + 0.044715 z^2) log2(e)";
}

def : Evaluation<GeluTanh, Forward, Default> {
  defvar z = (AtMost (Abs $x), "10.9");
  let body = (LeanLogisticGate $x, z, (GeluTanhSteepness z));
  let interleave = 4;
}

def : Evaluation<GeluTanh, Derivative, Default> {
  // y (1 - w (1 - y)) with y = s(-z u), w = z (a + 3 b z^2) in base e. What is
  // left at the limit of z is 0 or 1 in f32.
  defvar z = (AtMost (Abs $x), "10.042");
  defvar p = (Mul z, z);
  defvar u = (Fma p, "0x1.a5a7d0p-4", "0x1.26aec2p+1");
  defvar e = (ReduceShort z, u, "12583039");
  defvar q = (ScaledGateRatio "1", e, "1");
  // At the limit of z the divisor may be infinite, of either sign.
  defvar y = (DivWhere (Le (Abs (D q)), "0x1p48"), (N q), (D q));
  defvar w = (Mul z, (Fma p, "0x1.b6676cp-3", "0x1.988454p+0"));
  let body = (Fold $x, y, (Fma (Neg w), (Sub "1", y), "1"));
  let interleave = 4;
}

#endif // ACT_RULES_ACTIVATIONSGELU_TD
