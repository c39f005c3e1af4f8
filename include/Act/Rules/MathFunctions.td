//===- MathFunctions.td - Functions of the math dialect ----*- tablegen -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file holds the rules by which act-expand computes functions of the math
// dialect: exponentials, logarithms and the error function. Its tanh is the
// activation's.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_RULES_MATHFUNCTIONS_TD
#define ACT_RULES_MATHFUNCTIONS_TD

include "Act/Rules/Functions.td"
include "Act/Rules/Lean.td"
include "Act/Rules/NormalTail.td"
include "Act/Rules/Reals.td"

/// An exponent whose power of e overflows.
defvar Overflowing = (ByWidth "89", "710");

//===----------------------------------------------------------------------===//
// Exponentials
//===----------------------------------------------------------------------===//

def MathExp : MathFunction<"exp"> {
  let summary = "exponential";
  let latex = "f(x) = e^x";
  let derivativeLatex = "f'(x) = e^x";
  let definition = (Exp $x);
  let derivative = (Exp $x);
  let specialValues = ["0.0", "inf", "1", "1", "?", "?", "?"];
}

def : Evaluation<MathExp, Forward, Exact, BothWidths> {
  defvar c = (Clamp $x, Vanishing, Overflowing);
  let body = (RoundFar (ExpScaled (ExpPair (Pair c, "0"))));
}

def : Evaluation<MathExp, Forward, Default> {
  defvar c = (Clamp $x, "-105", "89");
  defvar m = (Fma c, "0x1.715476p+0", "12583166");
  defvar k = (Sub m, "12583166");
  defvar r = (Fma c, "0x1.4ae0cp-26", (Fma c, "0x1.715476p+0", (Neg k)));
  let body = (ScaleByLowBits (Exp2Polynomial r), m);
}

def ExpToBF16 : Coefficients<[
    "0x1p+0", "0x1.62e12cp-1", "0x1.ec0378p-3", "0x1.c9fc9cp-5",
    "0x1.3a02fp-7"]>;

def : Evaluation<MathExp, Forward, HalfBF16> {
  // (e^(x/2))^2: overflow and subnormal results come out of the one product.
  defvar w = (Clamp $x, "-94", "90");
  defvar r = (RoundBinary w, "0x1.715476p-1", "12583039");
  defvar e = (TimesPower (Horner ExpToBF16, (R r)), (M r));
  let body = (Mul e, e);
}

def ExpToF16 : Coefficients<[
    "0x1.fffffep-1", "0x1.62e43p-1", "0x1.ec012p-3", "0x1.c6b5e2p-5",
    "0x1.3ad68p-7", "0x1.5be9d6p-10"]>;

def : Evaluation<MathExp, Forward, HalfF16> {
  defvar w = (Clamp $x, "-20", "12");
  defvar r = (RoundBinary w, "0x1.715476p+0", "12583039");
  let body = (TimesPower (Horner ExpToF16, (R r)), (M r));
}

def MathExp2 : MathFunction<"exp2"> {
  let summary = "power of two";
  let latex = "f(x) = 2^x";
  let derivativeLatex = "f'(x) = 2^x \\log 2";
  let definition = (Exp2 $x);
  let derivative = (Mul (Exp2 $x), (Log "2"));
  let specialValues = ["0.0", "inf", "1", "1", "?", "?", "?"];
}

def : Evaluation<MathExp2, Forward, Exact, BothWidths> {
  // x = k + r exactly, and 2^r = e^(r ln 2).
  defvar c = (Clamp $x, (ByWidth "-160", "-1200"), (ByWidth "130", "1030"));
  defvar m = (Add c, RoundingShift);
  defvar r = (Sub c, (Sub m, RoundingShift));
  defvar e = (ExpPair (MulF Ln2, r));
  defvar n = (IAdd (N e), (ISub (Bits m), RoundingShiftBits));
  let body = (RoundFar (Scaled (H e), (L e), n));
}

def LeanExp2 : Function<(params Real:$x), Real> {
  defvar c = (Clamp $x, "-152", "129");
  defvar m = (Add c, "12583166");
  defvar r = (Sub c, (Sub m, "12583166"));
  let body = (ScaleByLowBits (Exp2Polynomial r), m);
}

def : Evaluation<MathExp2, Forward, Default> {
  let body = (LeanExp2 $x);
}

def Exp2ToBF16 : Coefficients<[
    "0x1.00000ap+0", "0x1.62e394p-1", "0x1.ec039ap-3", "0x1.c9fb16p-5",
    "0x1.3a00c4p-7"]>;

def : Evaluation<MathExp2, Forward, HalfBF16> {
  // As e^x.
  defvar c = (Mul (Clamp $x, "-137", "129"), "0.5");
  defvar m = (Add c, "12583039");
  defvar r = (Sub c, (Sub m, "12583039"));
  defvar e = (TimesPower (Horner Exp2ToBF16, r), m);
  let body = (Mul e, e);
}

def MathExpm1 : MathFunction<"expm1"> {
  let summary = "exponential less one";
  let latex = "f(x) = e^x - 1";
  let derivativeLatex = "f'(x) = e^x";
  let definition = (Expm1 $x);
  let derivative = (Exp $x);
  let specialValues = ["-1", "inf", "-0.0", "0.0", "?", "?", "?"];
}

def : Evaluation<MathExpm1, Forward, Exact, BothWidths> {
  // From 16 on the one belongs to the low part of e^x.
  defvar e = (ExpPair (Pair (Clamp $x, Negligible, Overflowing), "0"));
  defvar m = (Expm1Pair e);
  defvar one = (PowerOfTwo (ISub 0, (IMin (N e), 100)));
  defvar v = (Select (Gt $x, "16"), (Scaled (H e), (Sub (L e), one), (N e)),
                                    (Scaled (H m), (L m), 0));
  let body = (CopySign (RoundFar v), $x);
}

//===----------------------------------------------------------------------===//
// Logarithms: NaN for arguments outside their domain
//===----------------------------------------------------------------------===//

/// x = 2^n f.
def Binade : Struct<"Binade", (params Int:$n, Real:$f)>;
def Fraction : Field<"f">;

def BinadeOf : Function<(params Real:$x), Binade> {
  defvar digits = (ByWidth 23, 52);
  defvar subnormal = (Lt $x, (ByWidth "0x1p-126", "0x1p-1022"));
  defvar u = (Bits (Select subnormal, (Mul $x, "0x1p+60"), $x));
  defvar root = (ByWidth 0x3F3504F3, 0x3FE6A09E667F3BCD);
  defvar m = (AShr (ISub u, root), digits);
  let body = (Binade (ISub m, (Select subnormal, 60, 0)),
                     (FromBits (ISub u, (Shl m, digits))));
  let description = "2^n f, 1/sqrt(2) <= f < sqrt(2), for positive finite x";
}

/// log a = k ln 2 + h + l.
def Logarithm : Struct<"Logarithm", (params Real:$k, Real:$h, Real:$l)>;
def K : Field<"k">;

def ToReal : Function<(params Int:$n), Real> {
  let body = (Sub (FromBits (IAdd $n, RoundingShiftBits)), RoundingShift);
  let description = "n as a number, |n| < 2^22";
}

def LogParts : Function<(params Pair:$a), Logarithm> {
  // log f = 2 atanh((f - 1) / (f + 1)).
  defvar b = (BinadeOf (H $a));
  defvar fh = (Fraction b);
  defvar scale = (PowerOfTwo (ISub 0, (IMax (IMin (N b), 100), -100)));
  defvar fl = (Mul (L $a), scale);
  defvar one = (TwoSum "1", fh);
  defvar q = (DivPair (FastTwoSum (Sub fh, "1"), fl),
                      (Pair (H one), (Add (L one), fl)));
  defvar u = (Mul (H q), (H q));
  defvar lo = (Fma (H q), (Mul u, (Horner AtanhQuotient, u)), (L q));
  let body = (Logarithm (ToReal (N b)), (Mul "2", (H q)), (Mul "2", lo));
  let description = "the logarithm of a > 0, relative to it for k = 0; below "
                    "2^-100 the low part of a must be 0";
}

def LeanLogParts : Function<(params Real:$x), Logarithm> {
  defvar b = (BinadeOf $x);
  defvar f = (Fraction b);
  defvar q = (Div (Sub f, "1"), (Add f, "1"));
  defvar u = (Mul q, q);
  defvar l = (Mul (Add q, q), (Mul u, (Horner AtanhQuotient, u)));
  let body = (Logarithm (ToReal (N b)), (Add q, q), l);
  let description = "the logarithm of x > 0, parts rounded to f32";
}

def NaturalLog : Function<(params Logarithm:$v), Real> {
  defvar z = (TwoSum (Mul (K $v), Ln2High), (H $v));
  defvar l = (Add (L z), (Fma (K $v), Ln2Low, (L $v)));
  let body = (RoundPair (Pair (H z), l));
  let description = "k ln 2 + h + l";
}

def LogDomain : Function<(params Real:$a, Real:$y), Real> {
  defvar outside = (Select (Eq $a, "0"), "-inf", "nan");
  let body = (Select (Le $a, "0"), outside,
                     (Select (Lt $a, "inf"), $y, $a));
  let description = "y = log a for positive finite a, else log a itself";
}

def MathLog : MathFunction<"log"> {
  let summary = "natural logarithm";
  let latex = "f(x) = \\log x";
  let derivativeLatex = "f'(x) = 1/x";
  let definition = (Log $x);
  let derivative = (Div "1", $x);
  let specialValues = ["nan", "inf", "-inf", "-inf", "?", "?", "?"];
}

def : Evaluation<MathLog, Forward, Exact, BothWidths> {
  let body = (LogDomain $x, (NaturalLog (LogParts (Pair $x, "0"))));
}

def LeanLog : Function<(params Real:$x), Real> {
  defvar v = (LeanLogParts $x);
  defvar rest = (Fma (K v), "-0x1.05c61p-29", (L v));
  defvar y = (Fma (K v), "0x1.62e43p-1", (Add (H v), rest));
  let body = (LogDomain $x, y);
}

def : Evaluation<MathLog, Forward, Default> {
  let body = (LeanLog $x);
}

// No logarithm of a bf16 comes nearer to a tie than the error of that.
def : Evaluation<MathLog, Forward, HalfBF16> {
  let body = (LeanLog $x);
}

def MathLog2 : MathFunction<"log2"> {
  let summary = "binary logarithm";
  let latex = "f(x) = \\log_2 x";
  let derivativeLatex = "f'(x) = 1/(x \\log 2)";
  let definition = (Log2 $x);
  let derivative = (Div "1", (Mul $x, (Log "2")));
  let specialValues = ["nan", "inf", "-inf", "-inf", "?", "?", "?"];
}

def : Evaluation<MathLog2, Forward, Exact, BothWidths> {
  defvar v = (LogParts (Pair $x, "0"));
  defvar p = (MulPair (Pair (H v), (L v)), Log2E);
  defvar z = (TwoSum (K v), (H p));
  defvar y = (RoundPair (Pair (H z), (Add (L z), (L p))));
  let body = (LogDomain $x, y);
}

def LeanLog2 : Function<(params Real:$x), Real> {
  defvar v = (LeanLogParts $x);
  defvar rest = (Fma (L v), Log2E, (K v));
  let body = (LogDomain $x, (Fma (H v), Log2E, rest));
}

def : Evaluation<MathLog2, Forward, Default> {
  let body = (LeanLog2 $x);
}

def : Evaluation<MathLog2, Forward, HalfBF16> {
  let body = (LeanLog2 $x);
}

def : Evaluation<MathLog2, Forward, HalfF16> {
  let body = (LeanLog2 $x);
}

def MathLog1p : MathFunction<"log1p"> {
  let summary = "logarithm of one plus the argument";
  let latex = "f(x) = \\log(1 + x)";
  let derivativeLatex = "f'(x) = 1/(1 + x)";
  let definition = (Log1p $x);
  let derivative = (Div "1", (Add "1", $x));
  let specialValues = ["nan", "inf", "-0.0", "0.0", "?", "?", "?"];
}

def : Evaluation<MathLog1p, Forward, Exact, BothWidths> {
  // For tiny x it is x - x^2/2.
  defvar a = (TwoSum "1", $x);
  defvar y = (LogDomain (H a), (NaturalLog (LogParts a)));
  let body = (Select (Lt (Abs $x), (ByWidth "0x1p-26", "0x1p-55")), $x,
                     (Select (Eq $x, "inf"), $x, y));
}

//===----------------------------------------------------------------------===//
// Error function
//===----------------------------------------------------------------------===//

/// erf(x) / x in u = x^2 for u <= 1, relative 2^-33.0 (2^-64.1); the low part
/// of the constant term is ErfConstantLow.
def ErfQuotient : Coefficients<[
    "0x1.20dd76p+0", "-0x1.812746p-2", "0x1.ce2eeap-4", "-0x1.b8269cp-6",
    "0x1.56041ap-8", "-0x1.bafd0cp-11", "0x1.cd9f42p-14", "-0x1.2ade36p-17"], [
    "0x1.20dd750429b6dp+0", "-0x1.812746b0379e7p-2", "0x1.ce2f21a042c2cp-4",
    "-0x1.b82ce3128aaa2p-6", "0x1.565bcd0ed4fcp-8", "-0x1.c02db41b18774p-11",
    "0x1.f9a32b532f161p-14", "-0x1.f4d2d64e31992p-17",
    "0x1.b9f0189df9db3p-20", "-0x1.5ff406610154bp-23",
    "0x1.0331d6878fa57p-26", "-0x1.9165c10006c3dp-30",
    "0x1.e18efeb93a811p-33", "-0x1.96c9aa6bb72f4p-35",
    "0x1.a481daa5d9bc2p-38"]>;
defvar ErfConstant = (ByWidth "0x1.20dd76p+0", "0x1.20dd750429b6dp+0");
defvar ErfConstantLow = (ByWidth "-0x1.f7ff04p-25",
                                 "0x1.1ae37b52581p-56");

/// log(erfc(x) e^(x^2)) for 1 <= x <= 4 (6), error 2^-35.4 (2^-59.5) / erfc(x).
def LogErfcx : Coefficients<[
    "0x1.8a58b4p-13", "-0x1.212c0cp+0", "0x1.779522p-2", "-0x1.bc14aap-4",
    "0x1.9d0192p-6", "-0x1.138a04p-8", "0x1.cebb5p-12", "-0x1.6bc6bep-16"], [
    "-0x1.8d9b6942a5227p-23", "-0x1.20dd55448ef52p+0",
    "0x1.7417988139d84p-2", "-0x1.a4d98e2299361p-4", "0x1.388dae7c66158p-6",
    "0x1.28423ab5341d5p-12", "-0x1.d053e45189fadp-10",
    "0x1.51303ef3a7b3bp-11", "-0x1.8344350b7f7e7p-15",
    "-0x1.24116edfb7737p-14", "0x1.7720c1caea54ap-15",
    "-0x1.13347919fae33p-16", "0x1.205a2891ca814p-18",
    "-0x1.c52d9c528c6d6p-21", "0x1.0bb023c9753c9p-23",
    "-0x1.cfdf82612c926p-27", "0x1.170f7a8e06f4p-30",
    "-0x1.a1203f1ca9f6dp-35", "0x1.23d0fe6cb0d89p-40"]>;

def ErfRatio : Function<(params Real:$x), Pair> {
  defvar u = (Product $x, $x);
  defvar p = (HornerFrom ErfQuotient, 1, (H u));
  defvar m = (Product p, (H u));
  defvar c = (FastTwoSum ErfConstant, (H m));
  defvar l = (Add (L m), (Fma p, (L u), ErfConstantLow));
  let body = (Pair (H c), (Add (L c), l));
  let description = "erf(x) / x for |x| <= 1";
}

def ErfNear : Function<(params Real:$x), Real> {
  defvar q = (ErfRatio $x);
  let body = (Round (TimesX (Scaled (H q), (L q), 0), $x));
  let description = "erf(x) for |x| <= 1";
}

def ErfFar : Function<(params Real:$x), Real> {
  // 1 - e^-v with v = x^2 - log(erfc(x) e^(x^2)).
  defvar v = (PairAdd (PairNeg (Product $x, $x)),
                      (Pair (Horner LogErfcx, $x), "0"));
  defvar t = (ExpTerm (ExpPair v));
  defvar y = (FastTwoSum "1", (Neg (H t)));
  let body = (RoundPair (Pair (H y), (Sub (L y), (L t))));
  let description = "erf(x) for 1 <= x <= 4 (6)";
}

def MathErf : MathFunction<"erf"> {
  let summary = "error function";
  let latex = "f(x) = \\frac{2}{\\sqrt{\\pi}} \\int_0^x e^{-t^2} dt";
  let derivativeLatex = "f'(x) = \\frac{2}{\\sqrt{\\pi}}\\,e^{-x^2}";
  let definition = (Erf $x);
  let derivative = (Mul (Div "2", (Sqrt (Pi))), (Exp (Neg (Mul $x, $x))));
  let specialValues = ["-1", "1", "-0.0", "0.0", "?", "?", "?"];
}

def : Evaluation<MathErf, Forward, Exact, BothWidths> {
  // From there on it is 1.
  defvar a = (AtMost (Abs $x), (ByWidth "4", "6"));
  defvar y = (Select (Lt a, "1"), (ErfNear a), (ErfFar a));
  let body = (CopySign y, $x);
}

def LeanErf : Function<(params Real:$x), Real> {
  defvar a = (AtMost (Abs $x), "4");
  defvar near = (Mul a, (Horner ErfQuotient, (Mul a, a)));
  defvar v = (Fma (Neg a), a, (Horner LogErfcx, a));
  defvar far = (Add "1", (LeanTimesExp "-1", v));
  let body = (CopySign (Select (Lt a, "1"), near, far), $x);
}

def : Evaluation<MathErf, Forward, Default> {
  let body = (LeanErf $x);
}

def : Evaluation<MathErf, Forward, HalfBF16> {
  let body = (LeanErf $x);
}

def MathErfc : MathFunction<"erfc"> {
  let summary = "complementary error function";
  let latex = "f(x) = 1 - \\mathrm{erf}(x)";
  let derivativeLatex = "f'(x) = -\\frac{2}{\\sqrt{\\pi}}\\,e^{-x^2}";
  let definition = (Erfc $x);
  let derivative = (Neg (Mul (Div "2", (Sqrt (Pi))),
                             (Exp (Neg (Mul $x, $x)))));
  let specialValues = ["2", "0.0", "1", "1", "?", "?", "?"];
}

def : Evaluation<MathErfc, Forward, Exact, BothWidths> {
  // 2 e^(-z^2/2) R(z) with z = sqrt(2) |x|, or what it lacks to 2. Near 0 that
  // would leave ties of f16 open, and 1 - erf(x) does not.
  defvar a = (AtMost (Abs $x), (ByWidth "10.3", "27.3"));
  defvar z = (MulF "1.41421356237309504880168872420969807856967", a);
  defvar s = (TwoSum (H z), "3");
  defvar q = (DivPair (Pair "3", "0"), (Pair (H s), (Add (L s), (L z))));
  defvar t = (FastTwoSum (H q), (L q));
  defvar e = (ExpPair (PairNeg (Product a, a)));
  defvar g = (MulPair (MulPair t, (TailRatio (TailCentred t))),
                      (ExpMantissa e));
  defvar right = (Round (Scaled (H g), (L g), (IAdd (N e), 1)));
  defvar term = (PairTimesPower (PairTimesPower g, (ExpScale e)), "2");
  defvar left = (RoundPair (AddC "2", (PairNeg term)));
  defvar near = (RoundPair (AddC "1", (PairNeg (MulF (ErfRatio $x), $x))));
  let body = (Select (Lt (Abs $x), "0.5"), near,
                     (Select (Lt $x, "0"), left, right));
}

#endif // ACT_RULES_MATHFUNCTIONS_TD
