//===- Primitives.td - Pair arithmetic ---------------------*- tablegen -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file defines arithmetic on unevaluated sums of two numbers (pairs),
// scaling by powers of two, and the last rounding of an evaluation. The errors
// stated are relative to the result and hold for f32, nearest even; in f64 they
// are the same in units of the last place. Ranges are given for f32, then f64.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_RULES_PRIMITIVES_TD
#define ACT_RULES_PRIMITIVES_TD

include "Act/Rules/Formula.td"

//===----------------------------------------------------------------------===//
// Clamps: by compare and select, so that NaN stays
//===----------------------------------------------------------------------===//

def AtLeast : Function<(params Real:$x, Real:$low), Real> {
  let body = (Select (Lt $x, $low), $low, $x);
  let description = "x, but at least low; NaN of x stays";
}

def AtMost : Function<(params Real:$x, Real:$high), Real> {
  let body = (Select (Gt $x, $high), $high, $x);
  let description = "x, but at most high; NaN of x stays";
}

def Clamp : Function<(params Real:$x, Real:$low, Real:$high), Real> {
  let body = (AtMost (AtLeast $x, $low), $high);
  let description = "x within [low, high]; NaN of x stays";
}

def PairAtLeast : Function<(params Pair:$v, Real:$low), Pair> {
  defvar below = (Lt (H $v), $low);
  let body = (Pair (Select below, $low, (H $v)), (Select below, "0", (L $v)));
  let description = "v, but at least low, where the low part is dropped";
}

def PairClamp : Function<(params Pair:$v, Real:$limit), Pair> {
  defvar outside = (Gt (Abs (H $v)), $limit);
  let body = (Pair (Select outside, (CopySign $limit, (H $v)), (H $v)),
                   (Select outside, "0", (L $v)));
  let description = "v within [-limit, limit]; drops a low part made from inf";
}

//===----------------------------------------------------------------------===//
// Sums
//===----------------------------------------------------------------------===//

def FastTwoSum : Function<(params Real:$a, Real:$b), Pair> {
  defvar s = (Add $a, $b);
  let body = (Pair s, (Add (Sub $a, s), $b));
  let description = "a + b exactly, for |a| >= |b| or a = 0";
}

def TwoSum : Function<(params Real:$a, Real:$b), Pair> {
  defvar s = (Add $a, $b);
  defvar t = (Sub s, $a);
  let body = (Pair s, (Add (Sub $a, (Sub s, t)), (Sub $b, t)));
  let description = "a + b exactly";
}

def AddC : Function<(params Real:$c, Pair:$v), Pair> {
  defvar d = (Add $c, (H $v));
  let body = (Pair d, (Add (Add (Sub $c, d), (H $v)), (L $v)));
  let description = "c + v, for |c| >= |v.h|";
}

def PairAdd : Function<(params Pair:$a, Pair:$b), Pair> {
  defvar s = (TwoSum (H $a), (H $b));
  let body = (Pair (H s), (Add (L s), (Add (L $a), (L $b))));
  let description = "a + b; the high part may cancel, the low parts are short";
}

def PairSum : Function<(params Pair:$a, Pair:$b), Pair> {
  defvar s = (FastTwoSum (H $a), (H $b));
  let body = (Pair (H s), (Add (L s), (Add (L $a), (L $b))));
  let description = "a + b for |a| >= |b|";
}

def PairNeg : Function<(params Pair:$v), Pair> {
  let body = (Pair (Neg (H $v)), (Neg (L $v)));
}

def PairMinusAbs : Function<(params Pair:$v), Pair> {
  let body = (Pair (Neg (Abs (H $v))),
                   (Select (Lt (H $v), "0"), (L $v), (Neg (L $v))));
  let description = "-|v|";
}

def DistanceTo : Function<(params Pair:$v, Real:$h, Real:$l, Real:$k), Pair> {
  defvar d = (TwoSum (H $v), (Neg $h));
  defvar e = (TwoSum (H d), (Add (Sub (L d), $l), (L $v)));
  let body = (Pair (H e), (Sub (L e), $k));
  let description = "v - (h + l + k): a difference that is exact near the root";
}

//===----------------------------------------------------------------------===//
// Products and quotients
//===----------------------------------------------------------------------===//

def Product : Function<(params Real:$a, Real:$b), Pair> {
  defvar p = (Mul $a, $b);
  let body = (Pair p, (Fma $a, $b, (Neg p)));
  let description = "a * b exactly, above the subnormal range";
}

def MulF : Function<(params Pair:$a, Real:$b), Pair> {
  defvar p = (Product (H $a), $b);
  let body = (Pair (H p), (Add (L p), (Mul (L $a), $b)));
  let description = "a * b, error 2^-46";
}

def PairTimesPower : Function<(params Pair:$v, Real:$s), Pair> {
  let body = (Pair (Mul (H $v), $s), (Mul (L $v), $s));
  let description = "v * s exactly, for a power of two s";
}

def MulPair : Function<(params Pair:$a, Pair:$b), Pair> {
  defvar p = (Product (H $a), (H $b));
  defvar cross = (Add (Mul (H $a), (L $b)), (Mul (L $a), (H $b)));
  let body = (Pair (H p), (Add (L p), cross));
  let description = "a * b, error 2^-46.2";
}

def Rcp : Function<(params Pair:$d), Pair> {
  defvar y = (Div "1", (H $d));
  defvar e = (Sub (Fma (Neg (H $d)), y, "1"), (Mul (L $d), y));
  let body = (Pair y, (Mul y, e));
  let description = "1 / d, error 2^-46.0";
}

def DivPair : Function<(params Pair:$n, Pair:$d), Pair> {
  defvar y = (Div "1", (H $d));
  defvar q = (Mul (H $n), y);
  defvar rest = (Sub (Fma (Neg q), (H $d), (H $n)), (Mul q, (L $d)));
  let body = (Pair q, (Mul (Add rest, (L $n)), y));
  let description = "n / d, error 2^-44.9, with one division";
}

def ScaledArgument : Function<(params Pair:$b, Real:$x), Pair> {
  // A factor 0 makes 0 of an infinite one: the limit of b*x when b is 0.
  defvar vanishes = (Or (And (Eq (H $b), "0"), (Eq (Abs $x), "inf")),
                        (Eq $x, "0"));
  defvar p = (Mul $x, (H $b));
  defvar e = (Add (Fma $x, (H $b), (Neg p)), (Mul $x, (L $b)));
  let body = (PairClamp (Pair (Select vanishes, "0", p),
                              (Select vanishes, "0", e)),
                        (ByWidth "288", "2200"));
  let description = "b * x within [-288, 288] ([-2200, 2200]), for any b";
}

//===----------------------------------------------------------------------===//
// Powers of two
//===----------------------------------------------------------------------===//

/// (h + l) * 2^n, for results that may be subnormal.
def Scaled : Struct<"Scaled", (params Real:$h, Real:$l, Int:$n)>;

def HighLow : Function<(params Scaled:$v), Pair> {
  let body = (Pair (H $v), (L $v));
}

def PowerOfTwo : Function<(params Int:$n), Real> {
  let body = (FromBits (Shl (IAdd $n, (ByWidth 127, 1023)),
                            (ByWidth 23, 52)));
  let description = "2^n, -126 <= n <= 127 (-1022 <= n <= 1023)";
}

def Tiny : Function<(params Real:$x), Bool> {
  let body = (Lt (Abs $x), (ByWidth "0x1p-64", "0x1p-800"));
}

def TimesScaled : Function<(params Scaled:$v, Real:$x, Int:$n), Scaled> {
  defvar p = (MulF (HighLow $v), $x);
  let body = (Scaled (H p), (L p), (IAdd (N $v), $n));
  let description = "v * (x * 2^n)";
}

def TimesX : Function<(params Scaled:$v, Real:$x), Scaled> {
  // The low part of a product is lost when the product nears 2^-126. With the
  // factor of f32 it lives even where x and the low part are subnormal both, so
  // that it decides ties of 16-bit types.
  defvar tiny = (Tiny $x);
  defvar scale = (ByWidth "0x1p+126", "0x1p+1000");
  let body = (TimesScaled $v, (Select tiny, (Mul $x, scale), $x),
                          (Select tiny, (ByWidth -126, -1000), 0));
  let description = "v * x for moderate x, also subnormal";
}

def TimesAnyX : Function<(params Scaled:$v, Real:$x), Scaled> {
  defvar tiny = (Tiny $x);
  defvar huge = (Gt (Abs $x), (ByWidth "0x1p+60", "0x1p+500"));
  defvar up = (Mul $x, (ByWidth "0x1p+126", "0x1p+1000"));
  defvar down = (Mul $x, (ByWidth "0x1p-70", "0x1p-520"));
  defvar h = (Select tiny, up, (Select huge, down, $x));
  defvar n = (Select huge, (ByWidth 70, 520), 0);
  let body = (TimesScaled $v, h, (Select tiny, (ByWidth -126, -1000), n));
  let description = "v * x for finite x; twice if need be";
}

//===----------------------------------------------------------------------===//
// The last rounding
//===----------------------------------------------------------------------===//

def ToOdd : Function<(params Real:$s, Real:$rest), Real> {
  // One step towards the rest, which is what s lacks of the exact value, unless
  // s is exact, already odd or not finite. A zero has the sign of the rest.
  defvar u = (Bits $s);
  defvar differ = (IXor u, (Bits $rest));
  defvar step = (IOr (AShr differ, (ByWidth 31, 63)), 1);
  defvar inexact = (And (Gt (Abs $rest), "0"), (Lt (Abs $s), "inf"));
  defvar even = (IEq (IAnd u, 1), 0);
  let body = (Select (And inexact, even), (FromBits (IAdd u, step)), $s);
  let description = "s rounded to odd, given the rest of the exact value";
}

def RoundPair : Function<(params Pair:$v), Real> {
  defvar s = (Add (H $v), (L $v));
  defvar rest = (Sub (L $v), (Sub s, (H $v)));
  let body = (Select (RoundsToOdd), (ToOdd s, rest), s);
  let description = "h + l, rounded to odd where the caller narrows it";
}

def ScaleRound : Function<(params Real:$v, Int:$n), Real> {
  // Two factors: 2^n itself does not exist for n < -126 (-1022). Only the
  // second product rounds.
  defvar m = (IMax $n, (ByWidth -226, -1922));
  defvar a = (IMax m, (ByWidth -100, -900));
  defvar b = (ISub m, a);
  defvar w = (Mul $v, (PowerOfTwo a));
  defvar o = (Mul w, (PowerOfTwo b));
  defvar rest = (Sub w, (Mul o, (PowerOfTwo (ISub 0, b))));
  let body = (Select (RoundsToOdd), (ToOdd o, rest), o);
  let description = "v * 2^n with one rounding, n <= 127 (1023)";
}

def Round : Function<(params Scaled:$v), Real> {
  let body = (ScaleRound (RoundPair (HighLow $v)), (N $v));
  let description = "the value of v";
}

def RoundFar : Function<(params Scaled:$v), Real> {
  // A large h + l may come with an n far below -226 (-1922), and a small one
  // with an n above 127 (1023). The sum comes before what may overflow: inf -
  // inf is NaN.
  defvar low = (IMax (IMin (IAdd (N $v), (ByWidth 200, 1900)), 0),
                     (ByWidth -120, -1000));
  defvar high = (IMax (ISub (N $v), (ByWidth 64, 512)), 0);
  defvar sum = (RoundPair (PairTimesPower (HighLow $v), (PowerOfTwo low)));
  let body = (ScaleRound (Mul sum, (PowerOfTwo high)),
                         (ISub (ISub (N $v), low), high));
  let description = "the value of v, -320 <= n <= 190 (-2900 <= n <= 1500)";
}

#endif // ACT_RULES_PRIMITIVES_TD
