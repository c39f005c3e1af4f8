//===- ActivationsSwish.td - x s(b x) and its kin ----------*- tablegen -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file holds the rules of silu, swish and quick gelu: x s(b x) for b = 1,
// any b, and 1.702.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_RULES_ACTIVATIONSSWISH_TD
#define ACT_RULES_ACTIVATIONSSWISH_TD

include "Act/Rules/Functions.td"
include "Act/Rules/Lean.td"
include "Act/Rules/Reals.td"

//===----------------------------------------------------------------------===//
// silu
//===----------------------------------------------------------------------===//

def Silu : SmoothGate<"silu"> {
  let summary = "sigmoid linear unit";
  let description = [{
    The input times its logistic value, also known as swish with beta 1. It is
    smooth, has a minimum of -0.278 at -1.278, and its limits are -0 at minus
    infinity and infinity at infinity.
  }];
  let latex = "f(x) = x\\,\\sigma(x), \\quad \\sigma(x) = \\frac{1}{1+e^{-x}}";
  let derivativeLatex = "f'(x) = \\sigma(x)\\,(1 + x\\,\\sigma(-x))";
  let pytorch = "silu";
  let definition = (Mul $x, (Logistic $x));
  let derivative = (LogisticSlope $x);
  let derivativeRoots = ["-1.278464542761073795109358739022980155439"];
}

def : Evaluation<Silu, Forward, Exact, BothWidths> {
  defvar limited = (Clamp $x, Vanishing, "125");
  let body = (LogisticGate $x, limited, (Pair limited, "0"));
}

def : Evaluation<Silu, Derivative, Exact, BothWidths> {
  let body = (SwishDerivative (Pair $x, "0"));
}

// f(-z) = -z s(-z) and f'(-z) = s(-z) (1 - z s(z)), times 2^36 so that
// subnormal results are rounded once. Both parts have the same exponential and
// division, which the backward of swiglu then computes once.

def ScaledLogisticOfMinus : Function<(params Real:$z), Real> {
  defvar q = (ScaledGateRatio "1", (ReduceBinary $z, Log2E, "12583003"),
                              "0x1p-36");
  let body = (DivNormal (N q), (D q));
  let description = "2^36 s(-z) for 0 <= z <= 110";
}

def : Evaluation<Silu, Forward, Default> {
  defvar z = (AtMost (Abs $x), "110");
  defvar p = (Mul z, (ScaledLogisticOfMinus z));
  let body = (Fma (Neg p), "0x1p-36", (PositivePart $x));
  let interleave = 4;
}

def : Evaluation<Silu, Derivative, Default> {
  // f'(z) = 1 - f'(-z).
  defvar z = (AtMost (Abs $x), "110");
  defvar y = (ScaledLogisticOfMinus z);
  defvar v = (Fma (Neg (Mul z, y)), (Fma (Neg y), "0x1p-36", "1"), y);
  let body = (Fold $x, v, "0x1p-36");
  let interleave = 8;
}

//===----------------------------------------------------------------------===//
// swish
//===----------------------------------------------------------------------===//

def SwishBeta : Parameter<"beta"> {
  let defaultValue = "1";
  let operand = true;
  let testValues = ["1", "1.702", "-1.5", "0x1p-20", "50", "0"];
  let description = "the steepness of the gate; 0 gives x / 2";
}

def Swish : SmoothGate<"swish"> {
  let summary = "sigmoid linear unit of a given or learned steepness";
  let description = [{
    The input times the logistic value of beta times the input. With beta 1 it
    is silu, with beta 0 it is x / 2, and it tends to relu as beta grows. A
    negative beta mirrors it: f(x; -b) = -f(-x; b). At infinities the result is
    the limit.
  }];
  let latex = "f(x) = x\\,\\sigma(\\beta x)";
  let derivativeLatex =
      "f'(x) = \\sigma(v)\\,(1 + v\\,\\sigma(-v)), \\quad v = \\beta x; "
      "\\quad \\frac{\\partial f}{\\partial\\beta} = "
      "x^2\\,\\sigma(v)\\,\\sigma(-v)";
  let pytorch = "x * sigmoid(beta * x)";
  let parameters = [SwishBeta];
  defvar v = (Mul $beta, $x);
  let definition = (Mul $x, (Logistic v));
  let derivative = (LogisticSlope v);
  let parameterDerivatives =
      [(Mul (Mul $x, $x), (Mul (Logistic v), (Logistic (Neg v))))];
  let derivativeRoots = Silu.derivativeRoots;
}

def FiniteX : Function<(params Real:$x), Real> {
  let body = (Clamp $x, (ByWidth "-0x1.fffffep+127", "-0x1.fffffffffffffp+1023"),
                        (ByWidth "0x1.fffffep+127", "0x1.fffffffffffffp+1023"));
}

def : Evaluation<Swish, Forward, Exact, BothWidths> {
  // Any x may come with a v of any size. The gate is open where s(v) rounds to
  // 1, and half open at infinities if beta is 0.
  defvar v = (ScaledArgument $beta, $x);
  defvar open = (Or (Gt (H v), "125"),
                    (And (Eq (H v), "0"), (Eq (Abs $x), "inf")));
  defvar y = (RoundFar (TimesAnyX (SigmoidPair v, VanishingFar), (FiniteX $x)));
  let body = (CopySign (Select open, $x, y), $x);
}

def : Evaluation<Swish, Derivative, Exact, BothWidths> {
  let body = (SwishDerivative (ScaledArgument $beta, $x));
}

def : Evaluation<Swish, ParameterDerivative, Exact, BothWidths> {
  defvar finite = (FiniteX $x);
  defvar slope = (SechPair (PairMinusAbs (ScaledArgument $beta, $x)), VanishingFar);
  let body = (RoundFar (TimesAnyX (TimesAnyX slope, finite), finite));
}

//===----------------------------------------------------------------------===//
// swish, default tier
//===----------------------------------------------------------------------===//
//
// f(x; b) = g f(g x; |b|) with g the sign of b. What depends on beta alone is
// folded where beta is a constant, and leaves the loop where it is an operand.

def SignOf : Function<(params Pair:$b), Int> {
  let body = (IAnd (Bits (H $b)), (Shl 1, 31));
  let description = "the sign bit";
}

def WithSign : Function<(params Real:$x, Int:$sign), Real> {
  let body = (FromBits (IXor (Bits $x), $sign));
  let description = "x, or -x where the sign bit is set";
}

def BinarySteepness : Function<(params Pair:$b), Pair> {
  defvar sign = (SignOf $b);
  let body = (MulPair (Pair (WithSign (H $b), sign), (WithSign (L $b), sign)),
                      Log2E);
  let description = "|b| log2(e)";
}

def CutOff : Function<(params Real:$v, Real:$b), Real> {
  let body = (AtMost (Div $v, $b), "0x1.fffffep+127");
  let description = "where b z reaches v";
}

def Beyond : Function<(params Real:$z, Real:$limit, Real:$b), Bool> {
  let body = (And (Gt $z, $limit), (Gt $b, "0"));
  let description = "z > limit, but for an infinite z if b is 0";
}

def : Evaluation<Swish, Forward, Default> {
  // As silu, but the division carries 2^96: where the logistic is cut off, at
  // 2^-222, x may be large. For |b| < 2^-28 x and b trade a power of two, and
  // x / 2 is exact enough where that would lose bits of x.
  defvar sign = (SignOf $beta);
  defvar b = (Abs (H $beta));
  defvar j = (IMax (ISub 99, (LShr (Bits b), 23)), 0);
  defvar up = (PowerOfTwo j);
  defvar c = (PairTimesPower (BinarySteepness $beta), up);
  defvar limit = (AtMost (Div "153.8", (Mul b, up)), "0x1p+36");
  defvar z = (Mul (Abs $x), (PowerOfTwo (ISub 0, j)));
  defvar far = (Gt z, limit);
  defvar near = (Select far, limit, z);
  defvar q = (ScaledGate (Select far, "0", near),
                         (ReduceBinary near, c, "12582943"), "0x1p-96");
  defvar positive = (PositivePart (WithSign $x, sign));
  defvar y = (Fma (Neg q), (PowerOfTwo (ISub j, 96)), positive);
  defvar half = (And (Lt b, "0x1p-28"), (Lt (Mul near, (H c)), "0x1p-27"));
  let body = (Select half, (Mul "0.5", $x), (CopySign y, $x));
}

def : Evaluation<Swish, Derivative, Default> {
  defvar b = (Abs (H $beta));
  defvar limit = (CutOff "88.7", b);
  defvar z = (AtMost (Abs $x), limit);
  defvar e = (ReduceBinary z, (BinarySteepness $beta), "12583039");
  defvar y = (Select (Beyond (Abs $x), limit, b), "0",
                     (LogisticOfReduced e, (Exp2Quotient (R e))));
  defvar v = (Fma (Neg (Mul b, z)), (Sub "1", y), "1");
  let body = (Fold (WithSign $x, (SignOf $beta)), y, v);
}

def : Evaluation<Swish, ParameterDerivative, Default> {
  // x^2 y (1 - y) with 2^96 y = s(-|v|), which may be small where x is large.
  defvar b = (Abs (H $beta));
  defvar limit = (CutOff "153.8", b);
  defvar z = (AtMost (Abs $x), limit);
  defvar y = (ScaledGate
      (Select (Beyond (Abs $x), limit, b), "0", "1"),
      (ReduceBinary z, (BinarySteepness $beta), "12582943"), "0x1p-96");
  defvar zh = (Mul z, "0x1p-48");
  let body = (Mul (Mul zh, y), (Mul zh, (Fma (Neg y), "0x1p-96", "1")));
}

//===----------------------------------------------------------------------===//
// quick gelu
//===----------------------------------------------------------------------===//

def GeluSigmoid : SmoothGate<"gelu_sigmoid"> {
  let summary = "gelu approximated by a logistic function (quick gelu)";
  let description = [{
    Swish with beta 1.702: within 0.0204 of gelu. The minimum of -0.163 is at
    -0.751.
  }];
  let latex = "f(x) = x\\,\\sigma(1.702\\,x)";
  let derivativeLatex =
      "f'(x) = \\sigma(v)\\,(1 + v\\,\\sigma(-v)), \\quad v = 1.702\\,x";
  let pytorch = "x * sigmoid(1.702 * x)";
  defvar v = (Mul "1.702", $x);
  let definition = (Mul $x, (Logistic v));
  let derivative = (LogisticSlope v);
  let derivativeRoots = ["-0.7511542554412889512980956163472268833369"];
}

def QuickGeluArgument : Function<(params Real:$x), Pair> {
  let body = (MulF "1.702", $x);
  let description = "1.702 x";
}

def : Evaluation<GeluSigmoid, Forward, Exact, BothWidths> {
  defvar limited = (Clamp $x, Vanishing, "125");
  let body = (LogisticGate $x, limited, (QuickGeluArgument limited));
}

def : Evaluation<GeluSigmoid, Derivative, Exact, BothWidths> {
  let body = (SwishDerivative (QuickGeluArgument (Clamp $x, Vanishing, "125")));
}

/// 1.702 log2(e)
defvar QuickGeluSteepness = "2.4554669595930157193265918070652204179";

def : Evaluation<GeluSigmoid, Forward, Default> {
  let body = (LeanLogisticGate $x, (AtMost (Abs $x), "64.6"),
                               QuickGeluSteepness);
  let interleave = 4;
}

def : Evaluation<GeluSigmoid, Derivative, Default> {
  // As silu, of v = 1.702 x; at the limit of z s = 2^128 is inf.
  defvar z = (AtMost (Abs $x), "52.13");
  defvar e = (ReduceBinary z, QuickGeluSteepness, "12583039");
  defvar y = (LogisticOfReduced e, (Exp2Quotient (R e)));
  defvar v = (Fma (Neg (Mul "1.702", z)), (Sub "1", y), "1");
  let body = (Fold $x, y, v);
  let interleave = 8;
}

#endif // ACT_RULES_ACTIVATIONSSWISH_TD
