//===- ActivationsHalf.td - Smooth gates in 16 bits --------*- tablegen -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file holds the evaluations of gelu, its approximations, silu, swish and
// mish whose operand and result have the same 16-bit type. Rounded to it once,
// they are correct for each of its 65,536 values.
//
// The coefficients were found by a search over all of them: they belong to the
// order of the operations and to the rounding, and the f32 value may be off by
// 0.4 of the last place of the type. bf16 has the range of f32: there both
// sides of the division carry 2^-16, so that its denominator stays finite, and
// a subnormal quotient is rounded once. For |x| < 2^-125 the value x/2 is a tie
// in bf16 whose exact counterpart lies above.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_RULES_ACTIVATIONSHALF_TD
#define ACT_RULES_ACTIVATIONSHALF_TD

include "Act/Rules/ActivationsGelu.td"
include "Act/Rules/ActivationsMish.td"
include "Act/Rules/ActivationsSwish.td"

//===----------------------------------------------------------------------===//
// x / (1 + e^-v)
//===----------------------------------------------------------------------===//

def GateToBF16 : Function<(params Real:$x, Real:$e, Real:$one), Real> {
  let body = (Div (Mul $x, "0x1p-16"), (Add $e, $one));
  let description = "x / (1 + t) for e = t / 2^16, one = 2^-16 or nearly";
}

/// 1 + e^-v = one + s (first + r rest), with one rounding.
def DenominatorToF16 : Function<(params Reduced:$e, Real:$one, Real:$first,
                                        Real:$rest), Real> {
  let body = (Fma $rest, (Mul (R $e), (S $e)), (Fma (S $e), $first, $one));
}

def SiluExpToBF16 : Coefficients<[
    "0x1.fffffep-1", "0x1.62e01cp-1", "0x1.ec0308p-3", "0x1.c9d98cp-5",
    "0x1.3a26cp-7"]>;
def SiluExpToF16 : Coefficients<[
    "0x1p+0", "0x1.62e43p-1", "0x1.ec004ep-3", "0x1.c6e0bcp-5",
    "0x1.3c309cp-7", "0x1.5c92acp-10"]>;

def SiluToBF16 : Function<(params Real:$x), Real> {
  defvar z = (AtLeast $x, "-98");
  defvar e = (RoundBinary (AtMost z, "70"), "-0x1.715476p+0", "12582896");
  defvar t = (TimesPowerBits (Horner SiluExpToBF16, (R e)), (M e));
  let body = (GateToBF16 z, t, "0x1p-16");
}

def SiluRatioToF16 : Function<(params Real:$z), Ratio> {
  defvar e = (RoundBinary (AtMost $z, "24"), "-0x1.715476p+0", "12582912");
  defvar t = (TimesPowerBits (Horner SiluExpToF16, (R e)), (M e));
  let body = (Ratio $z, (Add t, "0x1.fffffep-1"));
  let description = "silu(z) for z >= -24";
}

def SiluToF16 : Function<(params Real:$x), Real> {
  defvar r = (SiluRatioToF16 (AtLeast $x, "-24"));
  let body = (Div (N r), (D r));
}

def : Evaluation<Silu, Forward, HalfBF16> {
  let body = (SiluToBF16 $x);
  let tiesUpward = true;
}
def : Evaluation<Silu, Forward, HalfF16> {
  let body = (SiluToF16 $x);
}
// These serve beta = 1 only, as every evaluation in 16 bits serves the defaults
// of the parameters.
def : Evaluation<Swish, Forward, HalfBF16> {
  let body = (SiluToBF16 $x);
  let tiesUpward = true;
}
def : Evaluation<Swish, Forward, HalfF16> {
  let body = (SiluToF16 $x);
}

def QuickGeluExpToBF16 : Coefficients<[
    "0x1.00001p+0", "0x1.62e1bcp-1", "0x1.ebfa9p-3", "0x1.c98b7ep-5",
    "0x1.3b77d2p-7"]>;
/// (2^r - 1) / r.
def QuickGeluExpToF16 : Coefficients<[
    "0x1.62e436p-1", "0x1.ebf7a8p-3", "0x1.c6b6dap-5", "0x1.3d07ecp-7",
    "0x1.5be912p-10"]>;

def : Evaluation<GeluSigmoid, Forward, HalfBF16> {
  defvar z = (AtLeast $x, "-57.5");
  defvar e = (RoundBinary (AtMost z, "40"), "-0x1.3a4cbcp+1", "12582896");
  defvar t = (TimesPowerBits (Horner QuickGeluExpToBF16, (R e)), (M e));
  let body = (GateToBF16 z, t, "0x1.ffffe4p-17");
  let tiesUpward = true;
}

def QuickGeluRatioToF16 : Function<(params Real:$z), Ratio> {
  defvar e = (ReduceShort (AtMost $z, "14"), "-0x1.3a4cbep+1", "12583039");
  let body = (Ratio $z, (DenominatorToF16 e, "1", "0x1.000002p+0",
                                          (Horner QuickGeluExpToF16, (R e))));
  let description = "z s(1.702 z) for z >= -14";
}

def : Evaluation<GeluSigmoid, Forward, HalfF16> {
  defvar r = (QuickGeluRatioToF16 (AtLeast $x, "-14"));
  let body = (Div (N r), (D r));
}

def GeluTanhExpToBF16 : Coefficients<[
    "0x1p+0", "0x1.62e12cp-1", "0x1.ec03c2p-3", "0x1.c9fc9cp-5",
    "0x1.3a02fp-7"]>;
/// 3/4 (2^r - 1) / r.
def GeluTanhExpToF16 : Coefficients<[
    "0x1.0a2b1cp-1", "0x1.70fb3cp-3", "0x1.550c6ap-5", "0x1.db47ccp-8",
    "0x1.049e1ep-10"]>;

def : Evaluation<GeluTanh, Forward, HalfBF16> {
  defvar z = (AtLeast $x, "-10.45");
  defvar w = (AtMost z, "5.5");
  defvar u = (Fma (Mul w, w), "-0x1.a5a7d0p-4", "-0x1.26aec2p+1");
  defvar e = (RoundBinary w, u, "12582896");
  defvar t = (TimesPowerBits (Horner GeluTanhExpToBF16, (R e)), (M e));
  let body = (GateToBF16 z, t, "0x1p-16");
  let tiesUpward = true;
}

def GeluTanhRatioToF16 : Function<(params Real:$z), Ratio> {
  // Both sides carry 3/4: a denominator below 2 has the finer grid that the
  // ties of x/2 + 0.4 x^2 need.
  defvar w = (AtMost $z, "5.5");
  defvar u = (Fma (Mul w, w), "-0x1.a5a7b8p-4", "-0x1.26aec6p+1");
  defvar e = (ReduceShort w, u, "12583039");
  let body = (Ratio (Mul $z, "0.75"),
                    (DenominatorToF16 e, "0.75", "0.75",
                                      (Horner GeluTanhExpToF16, (R e))));
  let description = "gelu_tanh(z) for z >= -5.9";
}

def : Evaluation<GeluTanh, Forward, HalfF16> {
  defvar r = (GeluTanhRatioToF16 (AtLeast $x, "-5.9"));
  let body = (Div (N r), (D r));
}

//===----------------------------------------------------------------------===//
// gelu: z Phi(-z) = (c/2) q e^(-t/2), q = z/(z+c), t = z^2 + q poly(q)
//===----------------------------------------------------------------------===//

def GeluExponentToBF16 : Coefficients<[
    "0x1.18737cp+2", "-0x1.9138b2p-2", "-0x1.922d9ap+0", "0x1.a02a58p-1"]>;
def GeluExpToBF16 : Coefficients<[
    "0x1.fffbeap-32", "-0x1.fffeeap-33", "0x1.003154p-34", "-0x1.587c26p-37",
    "0x1.56685cp-40"]>;
def GeluExponentToF16 : Coefficients<[
    "0x1.18842cp+2", "-0x1.bc6d0ap-2", "-0x1.389af2p+0", "-0x1.2f5cacp-2",
    "0x1.7fbep+0", "-0x1.70e234p-1"]>;
def GeluExpToF16 : Coefficients<[
    "0x1.fffffp+0", "-0x1.000098p+0", "0x1.fff5a4p-3", "-0x1.553892p-5",
    "0x1.58a80ep-8", "-0x1.100848p-11"]>;

def RoundHalfExponent : Function<(params Real:$t, Real:$unit, Real:$magic),
                                 Rounded> {
  defvar m = (Fma $t, "-0x1.715476p-1", $magic);
  let body = (Rounded (Fma (Sub m, $magic), $unit, $t), m);
  let description = "t = r - k unit, for e^(-t/2)";
}

def : Evaluation<Gelu, Forward, HalfBF16> {
  defvar z = (AtMost (Abs $x), "13.6");
  defvar q = (Div z, (Add z, "0x1.fffc42p+1"));
  defvar t = (Fma (Horner GeluExponentToBF16, q), q, (Mul z, z));
  defvar e = (RoundHalfExponent t, "0x1.62e2fp+0", "12583071");
  let body = (Fma (Neg (Mul q, (PowerFromLowBits (M e)))),
                  (Horner GeluExpToBF16, (R e)), (PositivePart $x));
}

def GeluToF16 : Function<(params Real:$x, Real:$z, Real:$q), Real> {
  defvar t = (Fma (Horner GeluExponentToF16, $q), $q, (Mul $z, $z));
  defvar e = (RoundHalfExponent t, "0x1.62e36ap+0", "12582912");
  let body = (Fma (Neg $q),
                  (TimesPowerBits (Horner GeluExpToF16, (R e)), (M e)),
                  (PositivePart $x));
  let description = "gelu(x), z = |x| <= 5.8, q = z / (z + 4), or nearly";
}

def : Evaluation<Gelu, Forward, HalfF16> {
  defvar z = (AtMost (Abs $x), "5.8");
  let body = (GeluToF16 $x, z, (Div z, (Add z, "0x1.fffffp+1")));
}

//===----------------------------------------------------------------------===//
// mish: x n / (n + 2), n = t (t + 2), t = e^x
//===----------------------------------------------------------------------===//

def MishExpToBF16 : Coefficients<[
    "0x1p+0", "0x1.62e12cp-1", "0x1.ec0378p-3", "0x1.c9fc9cp-5",
    "0x1.3a02fp-7"]>;
def MishExpToF16 : Coefficients<[
    "0x1.ffffep-1", "0x1.62e42cp-1", "0x1.ebf8dp-3", "0x1.c6adb4p-5",
    "0x1.3d27e8p-7", "0x1.5ef7cp-10"]>;

def : Evaluation<Mish, Forward, HalfBF16> {
  // t and n are carried times 2^16.
  defvar z = (AtLeast $x, "-98");
  defvar e = (RoundBinary (AtMost z, "7"), "0x1.715476p+0", "12582928");
  defvar t = (TimesPowerBits (Horner MishExpToBF16, (R e)), (M e));
  defvar n = (Mul t, (Fma t, "0x1p-16", "2"));
  let body = (Mul (Mul z, "0x1p-16"), (Div n, (Fma n, "0x1p-16", "2")));
}

def MishRatioToF16 : Function<(params Real:$z), Ratio> {
  defvar e = (RoundBinary (AtMost $z, "9"), "0x1.715476p+0", "12582912");
  defvar t = (TimesPowerBits (Horner MishExpToF16, (R e)), (M e));
  defvar n = (Mul t, (Add t, "0x1.fffff6p+0"));
  let body = (Ratio (Mul $z, n), (Add n, "0x1.ffffd2p+0"));
  let description = "mish(z) for z >= -24";
}

def : Evaluation<Mish, Forward, HalfF16> {
  defvar r = (MishRatioToF16 (AtLeast $x, "-24"));
  let body = (Div (N r), (D r));
}

#endif // ACT_RULES_ACTIVATIONSHALF_TD
