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

def : Evaluation<Silu, Forward, Exact> {
  defvar limited = (Clamp $x, "-125", "125");
  let body = (LogisticGate $x, limited, (Pair limited, "0"));
}

def : Evaluation<Silu, Derivative, Exact> {
  let body = (SwishDerivative (Pair $x, "0"));
}

def : Evaluation<Silu, Forward, Default> {
  // max(x, 0) - z s(-z) with z = |x|: one fma restores sign and large x. The
  // division carries 2^36, so that subnormal results are rounded once.
  defvar z = (AtMost (Abs $x), "110");
  defvar e = (ReduceBinary z, Log2E, "12583003");
  defvar d = (Sub (Exp2Quotient (R e)), (R e));
  defvar n = (Fma d, (Add (S e), "0x1p-36"), (Mul (R e), (Add (S e), (S e))));
  defvar q = (Div (Mul z, d), n);
  let body = (Fma (Neg q), "0x1p-36", (PositivePart $x));
  let interleave = 4;
}

def : Evaluation<Silu, Derivative, Default> {
  // f'(-z) = y (1 - z (1 - y)) with y = s(-z), and f'(z) = 1 - f'(-z).
  defvar z = (AtMost (Abs $x), "0x1.62e430p+6");
  defvar y = (LogisticOfMinus z);
  let body = (Fold $x, y, (Fma (Neg z), (Sub "1", y), "1"));
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
  let body = (Clamp $x, "-0x1.fffffep+127", "0x1.fffffep+127");
}

def : Evaluation<Swish, Forward, Exact> {
  // Any x may come with a v of any size. The gate is open where s(v) rounds to
  // 1, and half open at infinities if beta is 0.
  defvar v = (ScaledArgument $beta, $x);
  defvar open = (Or (Gt (H v), "125"),
                    (And (Eq (H v), "0"), (Eq (Abs $x), "inf")));
  defvar y = (RoundFar (TimesAnyX (SigmoidPair v, "-288"), (FiniteX $x)));
  let body = (CopySign (Select open, $x, y), $x);
}

def : Evaluation<Swish, Derivative, Exact> {
  let body = (SwishDerivative (ScaledArgument $beta, $x));
}

def : Evaluation<Swish, ParameterDerivative, Exact> {
  defvar finite = (FiniteX $x);
  defvar slope = (SechPair (PairMinusAbs (ScaledArgument $beta, $x)), "-288");
  let body = (RoundFar (TimesAnyX (TimesAnyX slope, finite), finite));
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

def : Evaluation<GeluSigmoid, Forward, Exact> {
  defvar limited = (Clamp $x, "-125", "125");
  let body = (LogisticGate $x, limited, (QuickGeluArgument limited));
}

def : Evaluation<GeluSigmoid, Derivative, Exact> {
  let body = (SwishDerivative (QuickGeluArgument (Clamp $x, "-125", "125")));
}

#endif // ACT_RULES_ACTIVATIONSSWISH_TD
