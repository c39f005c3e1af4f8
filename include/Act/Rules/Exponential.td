//===- Exponential.td - Exponentials and logarithms in pairs -*- tablegen -*-=//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file defines e^x, e^x - 1 and log(1 + t) in pair arithmetic, the base of
// the exact tier. The coefficients are minimax fits (Lawson iteration on
// Chebyshev nodes, weighted by what the error does to the result), rounded to
// f32 one by one from the constant term up, the rest refitted.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_RULES_EXPONENTIAL_TD
#define ACT_RULES_EXPONENTIAL_TD

include "Act/Rules/Primitives.td"

//===----------------------------------------------------------------------===//
// e^x
//===----------------------------------------------------------------------===//

/// e^x = 2^n (h + l), with e^r = 1 + r + lo for the reduced argument r.
def Exponential : Struct<"Exponential",
    (params Real:$h, Real:$l, Int:$n, Real:$r, Real:$lo)>;
def R : Field<"r">;
def Lo : Field<"lo">;

/// (e^r - 1 - r) / r^2 for |r| <= .34662; relative in e^r: 2^-32.4 (2^-66.5).
def ExpQuotient : Coefficients<[
    "0x1p-1", "0x1.555556p-3", "0x1.5554eep-5", "0x1.110ff6p-7",
    "0x1.6d45d8p-10", "0x1.a2625ep-13"], [
    "0x1p-1", "0x1.5555555555555p-3", "0x1.5555555555556p-5",
    "0x1.1111111111326p-7", "0x1.6c16c16c16173p-10", "0x1.a01a019f00142p-13",
    "0x1.a01a01a72c069p-16", "0x1.71de3e81e3243p-19", "0x1.27e4daf61003fp-22",
    "0x1.ae55b1b8d1e5p-26", "0x1.1f73440036151p-29", "0x1.74bec2ebd8f27p-33"]>;

/// 1.5*2^23 (1.5*2^52): adding it rounds to an integer, which then stands in
/// the low bits.
defvar RoundingShift = (ByWidth "0x1.8p+23", "0x1.8p+52");
/// ln 2 in two parts. The high one has 15 (42) bits, so that its product with
/// an exponent is exact.
defvar Ln2High = (ByWidth "0x1.62e4p-1", "0x1.62e42fefa38p-1");
defvar Ln2Low = (ByWidth "0x1.7f7d1cp-20", "0x1.ef35793c7673p-45");

/// The bits of RoundingShift.
defvar RoundingShiftBits = (ByWidth 0x4B400000, 0x4338000000000000);

/// An exponent whose power of e vanishes beside the smallest number.
defvar Vanishing = (ByWidth "-125", "-1000");
/// One that does so beside it times the square of the largest number.
defvar VanishingFar = (ByWidth "-288", "-2200");
/// One that does so beside 1.
defvar Negligible = (ByWidth "-40", "-90");

def ExpPair : Function<(params Pair:$x), Exponential> {
  defvar m = (Fma (H $x), (ByWidth "0x1.715476p+0", "0x1.71547652b82fep+0"),
                          RoundingShift);
  defvar k = (Sub m, RoundingShift);
  defvar n = (ISub (Bits m), RoundingShiftBits);
  defvar rh = (Fma (Neg k), Ln2High, (H $x));
  defvar rl = (Fma (Neg k), Ln2Low, (L $x));
  defvar r = (Add rh, rl);
  defvar c = (Add (Sub rh, r), rl);
  defvar q = (Horner ExpQuotient, r);
  defvar p = (Product r, r);
  defvar lo = (Fma (H p), q, (Fma (L p), "0.5", (Fma c, r, c)));
  defvar h0 = (Add "1", r);
  defvar l0 = (Add (Add (Sub "1", h0), r), lo);
  defvar e = (FastTwoSum h0, l0);
  let body = (Exponential (H e), (L e), n, r, lo);
  let description = "e^x for -340 <= x <= 89 (|x| <= 2200), error 2^-27.2";
}

def ExpScale : Function<(params Exponential:$e), Real> {
  let body = (PowerOfTwo (IMax (N $e), (ByWidth -126, -1022)));
  let description = "2^n for sums such as 1 + e^x, where less than 2^-126 "
                    "(2^-1022) does not count";
}

def ExpMantissa : Function<(params Exponential:$e), Pair> {
  let body = (Pair (H $e), (L $e));
}

def ExpTerm : Function<(params Exponential:$e), Pair> {
  let body = (PairTimesPower (ExpMantissa $e), (ExpScale $e));
  let description = "e^x as a term of a sum";
}

def ExpScaled : Function<(params Exponential:$e), Scaled> {
  let body = (Scaled (H $e), (L $e), (N $e));
}

def ExpOfMinusAbs : Function<(params Pair:$v, Real:$low), Exponential> {
  let body = (ExpPair (PairAtLeast (PairMinusAbs $v), $low));
  let description = "e^-|v|, -|v| clamped to low";
}

//===----------------------------------------------------------------------===//
// e^x - 1
//===----------------------------------------------------------------------===//

def Expm1Pair : Function<(params Exponential:$e), Pair> {
  // s - 1 has a rounding error where s > 2^24 or s < 2^-24.
  defvar s = (ExpScale $e);
  defvar a = (Sub s, "1");
  defvar ae = (Add (Sub "-1", a), s);
  defvar b = (Mul s, (R $e));
  defvar h = (Add a, b);
  defvar l = (Add (Add (Sub a, h), b), (Fma s, (Lo $e), ae));
  let body = (FastTwoSum h, l);
  let description = "e^x - 1 for x <= 0 from the parts of e^x, error 2^-26.1; "
                    "for n = 0 fully relative near 0";
}

//===----------------------------------------------------------------------===//
// log(1 + t)
//===----------------------------------------------------------------------===//

/// (atanh(s)/s - 1) / u with u = s^2 in [1e-6, 1/9], error 2^-33.00 (2^-64.5)
/// times u.
def AtanhQuotient : Coefficients<[
    "0x1.555558p-2", "0x1.9996d8p-3", "0x1.25051p-3", "0x1.b72bb8p-4",
    "0x1.f08af8p-4"], [
    "0x1.5555555555556p-2", "0x1.9999999999658p-3", "0x1.24924924ba33cp-3",
    "0x1.c71c71a9c035fp-4", "0x1.745d1d6d31328p-4", "0x1.3b12e4223dcb1p-4",
    "0x1.1122636441663p-4", "0x1.dff4ce8b292b9p-5", "0x1.c0fb1a9f8d6b9p-5",
    "0x1.20256fd2b7a02p-5", "0x1.4ff11ee6b8724p-4"]>;

def Log1pOfExp : Function<(params Exponential:$t), Scaled> {
  // log(1 + t) = 2 atanh(t / (2 + t)).
  defvar s = (ExpScale $t);
  defvar q = (DivPair (ExpMantissa $t), (AddC "2", (ExpTerm $t)));
  defvar S = (Mul (H q), s);
  defvar u = (Mul S, S);
  defvar lo = (Fma (H q), (Mul u, (Horner AtanhQuotient, u)), (L q));
  let body = (Scaled (Mul "2", (H q)), (Mul "2", lo), (N $t));
  let description = "log(1 + t) for 0 < t <= 1, error 2^-25.5";
}

#endif // ACT_RULES_EXPONENTIAL_TD
