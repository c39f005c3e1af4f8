//===- ActivationsFast.td - The fast tier in f32 -----------*- tablegen -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file holds the evaluations of f32 by approximations of GPUs. The formulas
// are those of the default tier where it divides, with the exponential and the
// quotient of Fast.td. Functions without a division of their own, elu for
// instance, have none: their default evaluations are as short.
//
// The bounds are in ulp, over all errors that the PTX ISA allows.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_RULES_ACTIVATIONSFAST_TD
#define ACT_RULES_ACTIVATIONSFAST_TD

include "Act/Rules/ActivationsGelu.td"
include "Act/Rules/ActivationsMish.td"
include "Act/Rules/ActivationsSigmoid.td"
include "Act/Rules/ActivationsSwish.td"
include "Act/Rules/ExpDifference.td"
include "Act/Rules/Fast.td"
include "Act/Rules/MathFunctions.td"

//===----------------------------------------------------------------------===//
// Sigmoidal functions
//===----------------------------------------------------------------------===//

def : FastEvaluation<Sigmoid, Forward, Fast, "9"> {
  let body = (Fold $x, (FastLogisticOfMinus (AtMost (Abs $x), "128"), Log2E),
                       "1");
}

def : FastEvaluation<Sigmoid, Derivative, Fast, "9"> {
  defvar y = (FastLogisticOfMinus (AtMost (Abs $x), "128"), Log2E);
  let body = (Fma (Neg y), y, y);
}

def : FastEvaluation<Tanh, Forward, Fast, "5"> {
  // The quotient may lie above 1.
  defvar t = (LeanTanh (Clamp $x, "-9.25", "9.25"));
  defvar y = (Minimum (Abs (FastQuotient (N t), (D t))), "1");
  let body = (CopySign (Select (Gt (Abs $x), "9.25"), "1", y), $x);
}

def : FastEvaluation<Tanh, Derivative, Fast, "9"> {
  // 4 y (1 - y) with y = s(-2|x|).
  defvar z = (AtMost (Abs $x), "64");
  defvar y = (FastLogisticOfMinus z, "2.885390081777926814719849362003784069275");
  let body = (Mul y, (Fma y, "-4", "4"));
}

//===----------------------------------------------------------------------===//
// Smooth gates: max(x, 0) - z s(-v), z = |x|
//===----------------------------------------------------------------------===//

def FastGate : Function<(params Real:$x, Real:$z, Pair:$c), Real> {
  let body = (Fma (Neg $z), (FastLogisticOfMinus $z, $c), (PositivePart $x));
  let description = "max(x, 0) - z s(-z c ln 2)";
}

def FastGateSlope : Function<(params Real:$x, Real:$y, Real:$w), Real> {
  let body = (Fold $x, $y, (Fma (Neg $w), (Sub "1", $y), "1"));
  let description = "y (1 - w (1 - y)) for x < 0, else 1 less that";
}

def : FastEvaluation<Silu, Forward, Fast, "10"> {
  let body = (FastGate $x, (AtMost (Abs $x), "128"), Log2E);
}

def : FastEvaluation<Silu, Derivative, Fast, "4"> {
  defvar z = (AtMost (Abs $x), "128");
  let body = (FastGateSlope $x, (FastLogisticOfMinus z, Log2E), z);
  let absolute = "0x1p-22";
}

def : FastEvaluation<GeluSigmoid, Forward, Fast, "10"> {
  let body = (FastGate $x, (AtMost (Abs $x), "128"), QuickGeluSteepness);
}

def : FastEvaluation<GeluSigmoid, Derivative, Fast, "4"> {
  defvar z = (AtMost (Abs $x), "128");
  let body = (FastGateSlope $x, (FastLogisticOfMinus z, QuickGeluSteepness),
                                (Mul "1.702", z));
  let absolute = "0x1p-22";
}

def : FastEvaluation<GeluTanh, Forward, Fast, "10"> {
  defvar z = (AtMost (Abs $x), "16");
  let body = (FastGate $x, z, (GeluTanhSteepness z));
}

def : FastEvaluation<GeluTanh, Derivative, Fast, "4"> {
  defvar z = (AtMost (Abs $x), "16");
  defvar w = (Mul z, (Fma (Mul z, z), "0x1.b6676cp-3", "0x1.988454p+0"));
  defvar y = (FastLogisticOfMinus z, (GeluTanhSteepness z));
  let body = (FastGateSlope $x, y, w);
  let absolute = "0x1p-22";
}

def : FastEvaluation<Gelu, Forward, Fast, "5"> {
  defvar z = (AtMost (Abs $x), "14.6");
  let body = (LeanGelu $x, z, (FastQuotient z, (Add z, geluCentre)));
}

def : FastEvaluation<Gelu, Derivative, Fast, "4"> {
  defvar z = (AtMost (Abs $x), "14.6");
  let body = (LeanGeluSlope $x, z, (FastQuotient z, (Add z, geluCentre)));
  let absolute = "0x1p-22";
}

//===----------------------------------------------------------------------===//
// mish: x n / (n + 2), n = t (t + 2), t = e^x
//===----------------------------------------------------------------------===//

def FastMish : Function<(params Real:$x, Real:$t), Real> {
  defvar n = (Mul $t, (Add $t, "2"));
  let body = (Mul (AtLeast $x, "-128"), (FastQuotient n, (Add n, "2")));
}

def FastMishSlope : Function<(params Real:$x, Real:$c, Real:$t), Real> {
  // R (n + c h R) with n = t + t^2/2, h = t + t^2 and R = 1/(1+n).
  defvar n = (Fma $t, (Mul "0.5", $t), $t);
  defvar h = (Fma $t, $t, $t);
  defvar r = (ApproxReciprocal (Add n, "1"));
  defvar y = (Mul r, (Fma $c, (Mul h, r), n));
  let body = (Select (Gt $x, "22"), "1", y);
  let description = "mish'(x); c: x within [-128, 22], t: e^c";
}

def : FastEvaluation<Mish, Forward, Fast, "10"> {
  let body = (FastMish $x, (FastPower (Clamp $x, "-128", "20"), Log2E));
}

def : FastEvaluation<Mish, Derivative, Fast, "5"> {
  defvar c = (Clamp $x, "-128", "22");
  let body = (FastMishSlope $x, c, (FastPower c, Log2E));
  let absolute = "0x1p-22";
}

//===----------------------------------------------------------------------===//
// log(1 + e^v)
//===----------------------------------------------------------------------===//

def FastLogisticLogarithm : Function<(params Real:$z, Pair:$c), Factors> {
  defvar t = (FastPower (Neg $z), $c);
  defvar q = (FastQuotient t, (Add "2", t));
  let body = (Factors q, (Horner AtanhSeries, (Mul q, q)));
  let description = "2^-36 log(1 + t) for t = 2^(-c z), c z >= 0";
}

// What is flushed counts 1 / beta times.
def FastAnySoftplus : Function<(params Pair:$beta, Real:$fast, Real:$exact),
                               Real> {
  let body = (Select (Or (IsExtreme $beta), (Lt (H $beta), "0x1p-4")),
                     $exact, $fast);
}

def : FastEvaluation<Softplus, Forward, Fast, "10"> {
  defvar z = (AtMost (Abs $x), (Div "128", (H $beta)));
  defvar t = (FastLogisticLogarithm z, (MulPair Log2E, $beta));
  defvar q = (Mul (Q t), (Div "0x1p+36", (H $beta)));
  defvar y = (Fma q, (P t), (PositivePart $x));
  defvar any = (FastAnySoftplus $beta, y, (ExactSoftplus $x, $beta));
  let body = (Select (AboveThreshold $beta, $x, $threshold), $x, any);
}

def : FastEvaluation<Softplus, Derivative, Fast, "9"> {
  defvar z = (AtMost (Abs $x), (Div "128", (H $beta)));
  defvar y = (FastLogisticOfMinus z, (MulPair Log2E, $beta));
  defvar any = (FastAnySoftplus $beta, (Fold $x, y, "1"),
                                (ExactSoftplusSlope $x, $beta));
  let body = (Select (AboveThreshold $beta, $x, $threshold), "1", any);
}

def : FastEvaluation<LogSigmoid, Forward, Fast, "10"> {
  defvar t = (FastLogisticLogarithm (AtMost (Abs $x), "128"), Log2E);
  let body = (Fma (Mul (Q t), "-0x1p+36"), (P t), (AtMost $x, "-0.0"));
}

def : FastEvaluation<LogSigmoid, Derivative, Fast, "9"> {
  defvar y = (FastLogisticOfMinus (AtMost (Abs $x), "128"), Log2E);
  let body = (Fold (Neg $x), y, "1");
}

//===----------------------------------------------------------------------===//
// Logarithms: the error is absolute near 1
//===----------------------------------------------------------------------===//

def FastLog : Function<(params Real:$x, Real:$unit, Real:$shift), Real> {
  defvar subnormal = (Lt $x, "0x1p-126");
  defvar l = (ApproxLog2 (Select subnormal, (Mul $x, "0x1p+32"), $x));
  let body = (Fma l, $unit, (Select subnormal, $shift, "-0.0"));
  let description = "unit log2(x); shift = -32 unit";
}

def : FastEvaluation<MathLog, Forward, Fast, "6"> {
  let body = (FastLog $x, Ln2, "-0x1.62e43p+4");
  let absolute = "0x1p-22";
}

def : FastEvaluation<MathLog2, Forward, Fast, "5"> {
  let body = (FastLog $x, "1", "-32");
  let absolute = "0x1.2p-22";
}

//===----------------------------------------------------------------------===//
// Exponentials
//===----------------------------------------------------------------------===//

def : FastEvaluation<MathExp2, Forward, Fast, "5"> {
  let body = (ApproxExp2 $x);
}

// The terms of a row count beside 1: the rounding of the exponent's product, a
// relative error of |x - m| 2^-24, is at most 2^-25 of that.
def : FastEvaluation<ExpDifference, Forward, Fast, "5"> {
  defvar d = (Sub (Sub $x, (H $maximum)), (L $maximum));
  let body = (ApproxExp2 (Mul (Minimum d, "0"), Log2E));
  let absolute = "0x1p-24";
}

// The same, as a part of 2^24. The exponent is that of a number near 1 where
// terms count.
def : FastEvaluation<TemperedExp, Forward, Fast, "5"> {
  defvar c = (Steepness $temperature);
  defvar origin = (TemperedOrigin (H $maximum), c);
  defvar least = (TemperedLeast (N origin), $temperature);
  defvar x = (Minimum (Maximum (Sub $x, (A origin)), least), (M origin));
  defvar v = (Fma x, (L c), (Fma x, (H c), (Neg (N origin))));
  let body = (Mul (ApproxExp2 v), "0x1p+24");
  let absolute = "1";
}

#endif // ACT_RULES_ACTIVATIONSFAST_TD
