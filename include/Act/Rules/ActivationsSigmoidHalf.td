//===- ActivationsSigmoidHalf.td - Sigmoidals in 16 bits ---*- tablegen -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file holds the evaluations of sigmoidal functions whose operand and
// result have one 16-bit type.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_RULES_ACTIVATIONSSIGMOIDHALF_TD
#define ACT_RULES_ACTIVATIONSSIGMOIDHALF_TD

include "Act/Rules/ActivationsSigmoid.td"

//===----------------------------------------------------------------------===//
// sigmoid
//===----------------------------------------------------------------------===//

def SigmoidExpToBF16 : Coefficients<[
    "0x1p+0", "0x1.62e0d8p-1", "0x1.ec038ap-3", "0x1.c9dep-5",
    "0x1.3a3638p-7"]>;

def SigmoidRatioToBF16 : Function<(params Real:$x), Ratio> {
  // Both sides carry 2^-16, so that e^-x stays finite.
  defvar w = (Clamp $x, "-93", "60");
  defvar r = (RoundBinary w, "-0x1.715476p+0", "12583023");
  defvar e = (TimesPower (Horner SigmoidExpToBF16, (R r)), (M r));
  let body = (Ratio "0x1p-16", (Add e, "0x1p-16"));
}

def : Evaluation<Sigmoid, Forward, HalfBF16> {
  defvar r = (SigmoidRatioToBF16 $x);
  let body = (Div (N r), (D r));
}

def SigmoidExpToF16 : Coefficients<[
    "0x1.000004p+0", "0x1.62e44ep-1", "0x1.ebf798p-3", "0x1.c6988ap-5",
    "0x1.3d314p-7", "0x1.5ba60ap-10"]>;

def SigmoidRatioToF16 : Function<(params Real:$x), Ratio> {
  // 1 / (1 + t) or t / (1 + t) with t = e^-|x|: t(0) just above 1 puts the ties
  // of 1/2 + x/4 - x^3/48 on the right side.
  defvar a = (AtLeast (Neg (Abs $x)), "-20");
  defvar r = (RoundBinary a, "0x1.715478p+0", "12583039");
  defvar t = (TimesPower (Horner SigmoidExpToF16, (R r)), (M r));
  let body = (Ratio (Select (Lt $x, "0"), t, "1"), (Add "1", t));
}

def : Evaluation<Sigmoid, Forward, HalfF16> {
  defvar r = (SigmoidRatioToF16 $x);
  let body = (Div (N r), (D r));
}

//===----------------------------------------------------------------------===//
// tanh
//===----------------------------------------------------------------------===//

// x N(x^2) / D(x^2), where the clamp gives the limits.
def TanhNumeratorToBF16 : Coefficients<[
    "0x1.ffff1ep-1", "0x1.b3a25cp-4", "0x1.a93762p-11"]>;
def TanhDenominatorToBF16 : Coefficients<[
    "0x1p+0", "0x1.c22f3ep-2", "0x1.ce0b8cp-7"]>;

def TanhRatioToBF16 : Function<(params Real:$x), Ratio> {
  defvar z = (Clamp $x, "-3.6", "3.6");
  defvar u = (Mul z, z);
  let body = (Ratio (Mul z, (Horner TanhNumeratorToBF16, u)),
                    (Horner TanhDenominatorToBF16, u));
}

def : Evaluation<Tanh, Forward, HalfBF16> {
  defvar r = (TanhRatioToBF16 $x);
  let body = (Div (N r), (D r));
}

def TanhNumeratorToF16 : Coefficients<[
    "0x1p+0", "0x1.01c878p-3", "0x1.4e014p-9", "0x1.6cb516p-18"]>;
def TanhDenominatorToF16 : Coefficients<[
    "0x1p+0", "0x1.d6397ep-2", "0x1.6d172p-6", "0x1.6cb006p-13"]>;

def TanhRatioToF16 : Function<(params Real:$x), Ratio> {
  defvar z = (Clamp $x, "-4.6", "4.6");
  defvar u = (Mul z, z);
  let body = (Ratio (Mul z, (Horner TanhNumeratorToF16, u)),
                    (Horner TanhDenominatorToF16, u));
}

def : Evaluation<Tanh, Forward, HalfF16> {
  defvar r = (TanhRatioToF16 $x);
  let body = (Div (N r), (D r));
}

//===----------------------------------------------------------------------===//
// softplus and logsigmoid: the second is the first at -x, negated
//===----------------------------------------------------------------------===//

/// A term w p.
def HalfTerm : Struct<"HalfTerm", (params Real:$w, Real:$p)>;
def W : Field<"w">;

/// 2^r.
def SoftplusExpToBF16 : Coefficients<[
    "0x1.ffff16p-1", "0x1.62df12p-1", "0x1.ec0a48p-3", "0x1.c9f26cp-5",
    "0x1.3af5bp-7"]>;
/// log(1 + t) / t, with powers of 2^-16.
def SoftplusLogToBF16 : Coefficients<[
    "0x1.ffffcep-17", "-0x1.ffd87ap-34", "0x1.530694p-50", "-0x1.e1612ep-67",
    "0x1.31a34ep-83", "-0x1.0fff06p-100", "0x1.cf4be6p-119"]>;

def LogOnePlusExpToBF16 : Function<(params Real:$x), HalfTerm> {
  defvar a = (AtLeast (Neg (Abs $x)), "-93");
  defvar r = (RoundBinary a, "0x1.715472p+0", "12582928");
  defvar w = (TimesPowerBits (Horner SoftplusExpToBF16, (R r)), (M r));
  let body = (HalfTerm w, (Horner SoftplusLogToBF16, w));
  let description = "log(1 + t) for t = e^-|x|; w is 2^16 t";
}

/// 2^r.
def SoftplusExpToF16 : Coefficients<[
    "0x1p+0", "0x1.62e3f2p-1", "0x1.ebffc2p-3", "0x1.c6c9bap-5",
    "0x1.3a2e66p-7", "0x1.571668p-10"]>;
/// log(1 + t) / t.
def SoftplusLogToF16 : Coefficients<[
    "0x1.ffffecp-1", "-0x1.fff8bep-2", "0x1.54be3ep-2", "-0x1.f5b8aep-3",
    "0x1.6b8f9ep-3", "-0x1.b96f6ap-4", "0x1.69aeaep-5", "-0x1.184e06p-7"]>;

def LogOnePlusExpToF16 : Function<(params Real:$x), HalfTerm> {
  defvar a = (AtLeast (Neg (Abs $x)), "-20");
  defvar r = (RoundBinary a, "0x1.715476p+0", "12582912");
  defvar w = (TimesPowerBits (Horner SoftplusExpToF16, (R r)), (M r));
  let body = (HalfTerm w, (Horner SoftplusLogToF16, w));
  let description = "log(1 + t) for t = e^-|x|";
}

def : Evaluation<Softplus, Forward, HalfBF16> {
  defvar t = (LogOnePlusExpToBF16 $x);
  let body = (Fma (W t), (P t), (AtLeast $x, "0"));
}

def : Evaluation<Softplus, Forward, HalfF16> {
  defvar t = (LogOnePlusExpToF16 $x);
  let body = (Fma (W t), (P t), (AtLeast $x, "0"));
}

def : Evaluation<LogSigmoid, Forward, HalfBF16> {
  defvar t = (LogOnePlusExpToBF16 $x);
  let body = (Fma (Neg (W t)), (P t), (AtMost $x, "0"));
}

def : Evaluation<LogSigmoid, Forward, HalfF16> {
  defvar t = (LogOnePlusExpToF16 $x);
  let body = (Fma (Neg (W t)), (P t), (AtMost $x, "0"));
}

//===----------------------------------------------------------------------===//
// softsign
//===----------------------------------------------------------------------===//

def : Evaluation<Softsign, Forward, HalfBF16> {
  let body = (LeanSoftsign $x);
}

def : Evaluation<Softsign, Forward, HalfF16> {
  let body = (LeanSoftsign $x);
}

#endif // ACT_RULES_ACTIVATIONSSIGMOIDHALF_TD
