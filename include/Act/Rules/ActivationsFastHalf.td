//===- ActivationsFastHalf.td - The fast tier in 16 bits ---*- tablegen -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file holds the evaluations by approximations of GPUs where the operand or
// the result has a 16-bit type. An ulp of f16 is 8192 of f32, one of bf16 65536:
// the rounding of an exponent does not show.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_RULES_ACTIVATIONSFASTHALF_TD
#define ACT_RULES_ACTIVATIONSFASTHALF_TD

include "Act/Rules/ActivationsFast.td"

//===----------------------------------------------------------------------===//
// Sigmoidal functions
//===----------------------------------------------------------------------===//

def : FastEvaluation<Sigmoid, Forward, FastHalf, "16"> {
  let body = (FastBinaryLogistic (Mul $x, NegativeLog2E));
}

def : FastEvaluation<Sigmoid, Derivative, FastHalf, "16"> {
  defvar y = (FastBinaryLogistic (Mul (Abs $x), Log2E));
  let body = (Fma (Neg y), y, y);
}

def : FastEvaluation<Tanh, Forward, FastHalf, "8192"> {
  let body = (ApproxTanh $x);
}

def : FastEvaluation<Tanh, Derivative, FastHalf, "16"> {
  defvar y = (FastBinaryLogistic (Mul (Abs $x), "0x1.715476p+1"));
  let body = (Mul y, (Fma y, "-4", "4"));
}

//===----------------------------------------------------------------------===//
// Smooth gates: x s(v). Where s(v) is 0 x is limited, as it may be infinite.
//===----------------------------------------------------------------------===//

def FastHalfGate : Function<(params Real:$x, Real:$w), Real> {
  let body = (Mul (Maximum $x, "-128"), (FastBinaryLogistic $w));
  let description = "x / (1 + 2^w)";
}

def FastHalfGateSlope : Function<(params Real:$y, Real:$v), Real> {
  let body = (Mul $y, (Fma $v, (Sub "1", $y), "1"));
  let description = "y (1 + v (1 - y))";
}

def WithinLimits : Function<(params Real:$x, Real:$limit), Real> {
  let body = (Minimum (Maximum $x, (Neg $limit)), $limit);
  let description = "x within [-limit, limit]; NaN stays";
}

def : FastEvaluation<Silu, Forward, FastHalf, "32"> {
  let body = (FastHalfGate $x, (Mul $x, NegativeLog2E));
}

def : FastEvaluation<Silu, Derivative, FastHalf, "32"> {
  defvar z = (WithinLimits $x, "128");
  let body = (FastHalfGateSlope (FastBinaryLogistic (Mul z, NegativeLog2E)), z);
  let absolute = "0x1p-22";
}

/// -1.702 log2(e)
defvar NegativeQuickGeluSteepness = "-2.4554669595930157193265918070652204179";

def : FastEvaluation<GeluSigmoid, Forward, FastHalf, "32"> {
  let body = (FastHalfGate $x, (Mul $x, NegativeQuickGeluSteepness));
}

def : FastEvaluation<GeluSigmoid, Derivative, FastHalf, "32"> {
  defvar z = (WithinLimits $x, "128");
  defvar y = (FastBinaryLogistic (Mul z, NegativeQuickGeluSteepness));
  let body = (FastHalfGateSlope y, (Mul "1.702", z));
  let absolute = "0x1p-22";
}

def FastGeluTanhArgument : Function<(params Real:$x), Real> {
  let body = (Mul $x, (Fma (Mul $x, $x), "-0x1.a5a7d0p-4", "-0x1.26aec2p+1"));
  let description = "-v log2(e)";
}

def : FastEvaluation<GeluTanh, Forward, FastHalf, "32"> {
  let body = (FastHalfGate $x, (FastGeluTanhArgument $x));
}

def : FastEvaluation<GeluTanh, Derivative, FastHalf, "32"> {
  defvar z = (WithinLimits $x, "16");
  defvar y = (FastBinaryLogistic (FastGeluTanhArgument z));
  defvar v = (Mul z, (Fma (Mul z, z), "0x1.b6676cp-3", "0x1.988454p+0"));
  let body = (FastHalfGateSlope y, v);
  let absolute = "0x1p-22";
}

//===----------------------------------------------------------------------===//
// gelu: z Phi(-z) = 2 q e^-(z^2 + L(q))/2, q = z/(z+4), z = |x|
//===----------------------------------------------------------------------===//

// Both by tools/fit/coefficients.py --bits=24.

/// L(q) / q, to 2^-13.9 of the exponential.
def FastGeluExponent : Coefficients<[
    "0x1.1885c2p+2", "-0x1.97114ap-2", "-0x1.90b312p+0", "0x1.a30398p-1"]>;

/// gelu'(-z) e^(z^2/2) + z / sqrt(2 pi), to 2^-12.5 of gelu' or 2^-15.5 of it.
def FastGeluSlope : Coefficients<[
    "0x1p-1", "-0x1.97f5bap+0", "0x1.2fe4fcp+1", "-0x1.fa7cd2p+0",
    "0x1.70492p-1"]>;

/// -log2(e) / 2
defvar HalfExponent = "-0.7213475204444817036799623405009460687";

def : FastEvaluation<Gelu, Forward, FastHalf, "1024"> {
  defvar z = (Minimum (Abs $x), "16");
  defvar q = (FastQuotient z, (Add z, "4"));
  defvar t = (Fma (Horner FastGeluExponent, q), q, (Mul z, z));
  defvar e = (ApproxExp2 (Mul t, HalfExponent));
  let body = (Fma (Mul q, "-2"), e, (Maximum $x, "-0.0"));
}

def : FastEvaluation<Gelu, Derivative, FastHalf, "4096"> {
  defvar z = (Minimum (Abs $x), "16");
  defvar q = (FastQuotient z, (Add z, "4"));
  defvar d = (Fma z, "-0x1.988454p-2", (Horner FastGeluSlope, q));
  let body = (Fold $x, d, (ApproxExp2 (Mul (Mul z, z), HalfExponent)));
  let absolute = "0x1p-15";
}

//===----------------------------------------------------------------------===//
// mish
//===----------------------------------------------------------------------===//

def : FastEvaluation<Mish, Forward, FastHalf, "32"> {
  defvar t = (ApproxExp2 (Mul (Minimum $x, "20"), Log2E));
  let body = (FastMish $x, t);
}

def : FastEvaluation<Mish, Derivative, FastHalf, "32"> {
  defvar c = (Minimum (Maximum $x, "-128"), "22");
  let body = (FastMishSlope $x, c, (ApproxExp2 (Mul c, Log2E)));
  let absolute = "0x1p-22";
}

//===----------------------------------------------------------------------===//
// log(1 + e^v)
//===----------------------------------------------------------------------===//

def FastLogOnePlusExp : Function<(params Real:$w), Real> {
  // log(1 + t) of t = 2^w; t - t^2/2 where the sum would lose too much of t.
  defvar t = (ApproxExp2 $w);
  let body = (Select (Lt t, "0x1p-7"), (Fma (Mul t, "-0.5"), t, t),
                     (Mul (ApproxLog2 (Add "1", t)), Ln2));
  let description = "log(1 + 2^w) for w <= 0";
}

def : FastEvaluation<Softplus, Forward, FastHalf, "512"> {
  // max(x, 0) + log(1 + e^-|beta x|) / beta.
  defvar z = (AtMost (Abs $x), (Div "128", (H $beta)));
  defvar w = (Mul z, (H (MulPair NegativeLog2E, $beta)));
  defvar y = (Fma (FastLogOnePlusExp w), (Div "1", (H $beta)),
                  (PositivePart $x));
  // What is flushed counts 1 / beta times.
  defvar any = (Select (Or (IsExtreme $beta), (Lt (H $beta), "0x1p-4")),
                       (ExactSoftplus $x, $beta), y);
  let body = (Select (AboveThreshold $beta, $x, $threshold), $x, any);
}

def : FastEvaluation<Softplus, Derivative, FastHalf, "32"> {
  defvar z = (Clamp $x, (Div "-128", (H $beta)), (Div "128", (H $beta)));
  defvar y = (FastBinaryLogistic (Mul z, (H (MulPair NegativeLog2E, $beta))));
  defvar any = (Select (IsExtreme $beta), (ExactSoftplusSlope $x, $beta), y);
  let body = (Select (AboveThreshold $beta, $x, $threshold), "1", any);
}

def : FastEvaluation<LogSigmoid, Forward, FastHalf, "256"> {
  defvar y = (FastLogOnePlusExp (Mul (Abs $x), NegativeLog2E));
  let body = (Sub (AtMost $x, "-0.0"), y);
}

def : FastEvaluation<LogSigmoid, Derivative, FastHalf, "32"> {
  let body = (FastBinaryLogistic (Mul $x, Log2E));
}

//===----------------------------------------------------------------------===//
// e^x
//===----------------------------------------------------------------------===//

def : FastEvaluation<MathExp, Forward, FastHalf, "64"> {
  let body = (ApproxExp2 (Mul $x, Log2E));
}

#endif // ACT_RULES_ACTIVATIONSFASTHALF_TD
