//===- Lean.td - What the default tier shares --------------*- tablegen -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file defines the parts of the default tier: exponentials in plain f32.
// An evaluation that divides anyway takes e^r = (G+r)/(G-r) with G = r coth(r/2)
// even in r: two fused operations where a polynomial takes five or six, and no
// division of its own. The power of two comes from the low bits of a sum that
// rounds to an integer; a bias in it keeps subnormal results above 2^-126 until
// the last operation.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_RULES_LEAN_TD
#define ACT_RULES_LEAN_TD

include "Act/Rules/Primitives.td"

//===----------------------------------------------------------------------===//
// Reduction: x = (k + r) ln 2, or x = k ln 2 + r
//===----------------------------------------------------------------------===//

/// The reduced argument and s = 2^(k + bias).
def Reduced : Struct<"Reduced", (params Real:$r, Real:$s)>;
def S : Field<"s">;

def PowerFromLowBits : Function<(params Real:$m), Real> {
  let body = (FromBits (Shl (Bits $m), 23));
  let description = "2^(j - 127) for an integer j in the low bits of m";
}

/// The reduced argument, and k + bias in the low bits of m.
def Rounded : Struct<"Rounded", (params Real:$r, Real:$m)>;
def M : Field<"m">;

def RoundBinary : Function<(params Real:$x, Real:$c, Real:$magic), Rounded> {
  defvar m = (Fma $x, $c, $magic);
  let body = (Rounded (Fma $x, $c, (Sub $magic, m)), m);
  let description = "x c = k + r, |r| <= 1/2; magic = 1.5*2^23 + bias";
}

def TimesPowerBits : Function<(params Real:$p, Real:$m), Real> {
  let body = (FromBits (IAdd (Bits $p), (Shl (Bits $m), 23)));
  let description = "p 2^j through the exponent of p, for the integer j in the "
                    "low bits of m; p and the result are normal, or what follows "
                    "brings NaN back, which an integer added to its bits may end";
}

def TimesPower : Function<(params Real:$p, Real:$m), Real> {
  let body = (Mul $p, (PowerFromLowBits $m));
  let description = "p 2^(j - 127) for an integer j in the low bits of m, where "
                    "that power is normal; NaN stays";
}

def ReduceShort : Function<(params Real:$x, Real:$c, Real:$magic), Reduced> {
  defvar e = (RoundBinary $x, $c, $magic);
  let body = (Reduced (R e), (PowerFromLowBits (M e)));
  let description = "as ReduceBinary, for a factor that f32 holds";
}

def ReduceBinary : Function<(params Real:$x, Pair:$c, Real:$magic), Reduced> {
  defvar e = (ReduceShort $x, (H $c), $magic);
  let body = (Reduced (Fma $x, (L $c), (R e)), (S e));
  let description = "x c = k + r, |r| <= 1/2; magic = 1.5*2^23 + 127 + bias";
}

def RoundNatural : Function<(params Real:$x, Real:$c, Real:$unit, Real:$magic),
                            Rounded> {
  // The unit has 21 bits, so that the fused operation is exact.
  defvar m = (Fma $x, $c, $magic);
  defvar k = (Sub m, $magic);
  let body = (Rounded (Fma k, (Neg $unit), $x), m);
  let description = "x = k unit + r with c = 1/unit; magic = 1.5*2^23 + bias";
}

def ReduceNatural : Function<(params Real:$x, Real:$c, Real:$unit,
                                     Real:$magic), Reduced> {
  defvar e = (RoundNatural $x, $c, $unit, $magic);
  let body = (Reduced (R e), (PowerFromLowBits (M e)));
  let description = "x = k unit + r with c = 1/unit";
}

/// log2(e), as a pair where a Pair is expected.
defvar Log2E = "1.442695040888963407359924681001892137427";
defvar NegativeLog2E = "-1.442695040888963407359924681001892137427";
/// ln 2, as a pair where a Pair is expected.
defvar Ln2 = "0.6931471805599453094172321214581765680755001";
/// ln 2 rounded to 21 bits.
defvar ShortLn2 = "0x1.62e430p-1";

//===----------------------------------------------------------------------===//
// Quotients
//===----------------------------------------------------------------------===//

/// n / d, before the division.
def Ratio : Struct<"Ratio", (params Real:$n, Real:$d)>;
def D : Field<"d">;

def Quotient2 : Coefficients<[
    "0x1.715476p+1", "0x1.d9307ep-4", "-0x1.e3db32p-11"]>;
def QuotientE : Coefficients<["2", "0x1.555512p-3", "-0x1.6a8646p-9"]>;
def QuotientE2 : Coefficients<["1", "0x1.555512p-2", "-0x1.6a8646p-6"]>;

def Exp2Quotient : Function<(params Real:$r), Real> {
  let body = (Horner Quotient2, (Mul $r, $r));
  let description = "G with 2^r = (G+r)/(G-r), |r| <= 1/2, to 2^-29.5";
}

def ExpQuotientE : Function<(params Real:$r), Real> {
  let body = (Horner QuotientE, (Mul $r, $r));
  let description = "G with e^r = (G+r)/(G-r), |r| <= ln2/2, to 2^-30.8";
}

def ExpQuotientE2 : Function<(params Real:$r), Real> {
  let body = (Horner QuotientE2, (Mul $r, $r));
  let description = "G with e^2r = (G+r)/(G-r), |r| <= ln2/4, to 2^-30.8";
}

// What assemblers make of a division, without the test for special cases: a
// guess of the reciprocal r, which is made better, and the remainder of n r.
// Where n/d lies next to the middle of two numbers, it may depend on the guess.
// That it does not is compared for all inputs of the functions that divide so.

def QuotientBy : Function<(params Real:$n, Real:$d, Real:$r), Real> {
  defvar q = (Mul $n, $r);
  let body = (Fma (Neg (Fma $d, q, (Neg $n))), $r, q);
  let description = "n / d by r, nearly 1/d, for normal d, 1/d and n/d, where "
                    "2^-48 n is normal or n/d exact; no infinities";
}

def DivByReciprocal : Function<(params Real:$n, Real:$d), Real> {
  defvar guess = (ApproxReciprocal $d);
  defvar e = (Fma (Neg $d), guess, "1");
  let body = (QuotientBy $n, $d, (Fma e, guess, guess));
  let description = "n / d where QuotientBy gives it, unless n is a power of two "
                    "and d just below one";
}

def DivByReciprocalLong : Function<(params Real:$n, Real:$d), Real> {
  // 1/d = guess (1 + e + e^2 + ...) where DivByReciprocal leaves out e^2.
  defvar guess = (ApproxReciprocal $d);
  defvar e = (Fma (Neg $d), guess, "1");
  let body = (QuotientBy $n, $d, (Fma (Fma e, e, e), guess, guess));
  let description = "n / d where QuotientBy gives it, powers of two among them";
}

def DivNormal : Function<(params Real:$n, Real:$d), Real> {
  let body = (Select (OnGPU), (DivByReciprocal $n, $d), (Div $n, $d));
  let description = "n / d where DivByReciprocal gives it";
  let isExact = true;
}

def DivNormalLong : Function<(params Real:$n, Real:$d), Real> {
  let body = (Select (OnGPU), (DivByReciprocalLong $n, $d), (Div $n, $d));
  let description = "n / d where DivByReciprocalLong gives it";
  let isExact = true;
}

def DivWhere : Function<(params Bool:$isNormal, Real:$n, Real:$d), Real> {
  // Threads of a GPU go another way only where isNormal does not hold for one of
  // their elements.
  defvar short = (Select $isNormal, (DivByReciprocal $n, $d), (Div $n, $d));
  let body = (Select (OnGPU), short, (Div $n, $d));
  let description = "n / d, where DivByReciprocal gives it if isNormal holds";
  let isExact = true;
}

//===----------------------------------------------------------------------===//
// Polynomials
//===----------------------------------------------------------------------===//

/// (2^r - 1) / r, |r| <= 1/2, to 2^-28.3.
def Exp2Minus1 : Coefficients<[
    "0x1.62e43p-1", "0x1.ebfbdcp-3", "0x1.c6af7ap-5", "0x1.3b2dd4p-7",
    "0x1.5f095p-10", "0x1.41785ep-13"]>;

/// (e^r - 1 - r) / r^2, |r| <= ln2/2, to 2^-26.1.
def ExpMinus1 : Coefficients<[
    "0x1p-1", "0x1.5554b2p-3", "0x1.5554c8p-5", "0x1.12266ep-7",
    "0x1.6d7232p-10"]>;

/// 2^r, by one more step of the scheme.
def Exp2Polynomial : Function<(params Real:$r), Real> {
  let body = (Fma (Horner Exp2Minus1, $r), $r, "1");
}

def IsExtreme : Function<(params Pair:$a), Bool> {
  defvar magnitude = (Abs (H $a));
  let body = (Or (Lt magnitude, "0x1p-64"), (Gt magnitude, "0x1p+64"));
  let description = "whether the lean products with a parameter may leave the "
                    "range of f32; known at compile time for attributes";
}

def LeanExpm1 : Function<(params Real:$x), Real> {
  // s e^r - 1 for e^x = s e^r; s - 1 is exact where it matters.
  defvar c = (AtLeast $x, "-25");
  defvar e = (ReduceNatural c, "0x1.715476p+0", ShortLn2, "12583039");
  defvar p = (Fma (Mul (R e), (R e)), (Horner ExpMinus1, (R e)), (R e));
  let body = (Fma (S e), p, (Sub (S e), "1"));
  let description = "e^x - 1 for x <= 0";
}

def LeanTimesExp : Function<(params Real:$a, Real:$x), Real> {
  defvar e = (ReduceBinary (Clamp $x, "-105", "0"), Log2E, "12583071");
  let body = (Mul (Mul (Exp2Polynomial (R e)), (Mul (S e), $a)), "0x1p-32");
  let description = "a e^x for x <= 0";
}

def ScaleByLowBits : Function<(params Real:$p, Real:$m), Real> {
  // Two factors, 2^(j/2 - 127) and the rest.
  defvar j = (Bits $m);
  defvar first = (Shl (LShr j, 1), 23);
  defvar second = (ISub (Shl j, 23), first);
  defvar a = (FromBits (IAnd first, 0x7fffffff));
  let body = (Mul (Mul $p, a), (FromBits second));
  let description = "p 2^(j - 254) for an integer j in the low bits of m";
}

//===----------------------------------------------------------------------===//
// Logistic function and its logarithm
//===----------------------------------------------------------------------===//

def LeanLogistic : Function<(params Real:$x, Pair:$c), Real> {
  // D / (D + s N), both times 2^-24, which a subtraction from the exponent does
  // to D and the bias to s.
  defvar e = (ReduceBinary $x, $c, "12583015");
  defvar g = (Exp2Quotient (R e));
  defvar d = (FromBits (ISub (Bits (Sub g, (R e))), (Shl 24, 23)));
  let body = (Div d, (Fma (S e), (Add g, (R e)), d));
  let description = "1 / (1 + 2^(c x)) for -101 <= c x <= 151.5";
}

/// A product q p.
def Factors : Struct<"Factors", (params Real:$q, Real:$p)>;
def Q : Field<"q">;
def P : Field<"p">;

/// 2 atanh(q) / q in q^2 for q <= 1/3, times 2^-36.
def AtanhSeries : Coefficients<[
    "0x1p-35", "0x1.5555p-37", "0x1.99d2b4p-38", "0x1.1eb1p-38",
    "0x1.1f17acp-38"]>;

def LogisticLogarithm : Function<(params Real:$z, Pair:$c), Factors> {
  // 2 atanh(q) with q = t / (2 + t) for t = s N/D. q carries 2^36, so that a
  // subnormal result is rounded once.
  defvar e = (ReduceBinary $z, $c, "12583074");
  defvar n = (Add (Exp2Quotient (R e)), (R e));
  defvar twice = (Add (R e), (R e));
  defvar d = (Fma n, (Fma (S e), "0x1p-36", "1"), (Neg twice));
  defvar q = (Div (Mul (S e), n), d);
  defvar t = (Mul q, "0x1p-36");
  let body = (Factors q, (Horner AtanhSeries, (Mul t, t)));
  let description = "log(1 + t) for t = 2^(c z), -159 <= c z <= 0";
}

//===----------------------------------------------------------------------===//
// Ends
//===----------------------------------------------------------------------===//

def PositivePart : Function<(params Real:$x), Real> {
  let body = (AtLeast $x, "-0.0");
  let description = "max(x, 0), which keeps NaN; -0 for negative x, so that a "
                    "term added to it keeps its sign where it vanishes";
}

def Fold : Function<(params Real:$x, Real:$y, Real:$v), Real> {
  // The sign of x is moved into y and into the constant: 0.5 + 0.5 or
  // -0.5 + 0.5.
  defvar sign = (IAnd (Bits $x), (Shl 1, 31));
  defvar signed = (FromBits (IXor (Bits $y), sign));
  defvar half = (FromBits (IOr sign, 0x3f000000));
  let body = (Fma (Neg signed), $v, (Add half, "0.5"));
  let description = "y v for x < 0 and 1 - y v for x >= 0, by one fma";
}

def LogisticOfReduced : Function<(params Reduced:$e, Real:$g), Real> {
  defvar d = (Sub $g, (R $e));
  let body = (Div d, (Fma (S $e), (Add $g, (R $e)), d));
  let description = "1 / (1 + s (g+r)/(g-r))";
}

def LogisticOfMinus : Function<(params Real:$z), Real> {
  // At the clamp of the callers s = 2^128 is inf: the limit 0 is exact.
  defvar e = (ReduceNatural $z, "0x1.715476p+0", ShortLn2, "12583039");
  let body = (LogisticOfReduced e, (ExpQuotientE (R e)));
  let description = "s(-z) for 0 <= z <= 128 ln 2";
}

def ScaledGateRatio : Function<(params Real:$m, Reduced:$e, Real:$one),
                               Ratio> {
  // D s + (2 r s + D) cancels one rounding of D + N s, and keeps 1 + s to the
  // last place where s is near 2^24.
  defvar r = (R $e);
  defvar d = (Sub (Exp2Quotient r), r);
  defvar rest = (Fma d, $one, (Mul r, (Add (S $e), (S $e))));
  let body = (Ratio (Mul $m, d), (Fma d, (S $e), rest));
  let description = "m / (one + s 2^r), for one a power of two";
}

def ScaledGate : Function<(params Real:$m, Reduced:$e, Real:$one), Real> {
  defvar q = (ScaledGateRatio $m, $e, $one);
  let body = (Div (N q), (D q));
}

def LeanLogisticGate : Function<(params Real:$x, Real:$z, Pair:$c), Real> {
  // One fma restores sign and large x. The division carries 2^36, so that
  // subnormal results are rounded once.
  defvar r = (ScaledGateRatio $z, (ReduceBinary $z, $c, "12583003"),
                              "0x1p-36");
  defvar isNormal = (And (Ge (N r), "0x1p-78"), (Le (Abs (D r)), "0x1p48"));
  defvar q = (DivWhere isNormal, (N r), (D r));
  let body = (Fma (Neg q), "0x1p-36", (PositivePart $x));
  let description = "max(x, 0) - z s(-z c ln 2) for z = |x|, z c <= 162";
}

#endif // ACT_RULES_LEAN_TD
