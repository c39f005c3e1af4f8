//===- ActivationsSigmoid.td - Sigmoidal functions ---------*- tablegen -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file holds the rules of sigmoid, tanh, softplus, logsigmoid and
// softsign.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_RULES_ACTIVATIONSSIGMOID_TD
#define ACT_RULES_ACTIVATIONSSIGMOID_TD

include "Act/Rules/Functions.td"
include "Act/Rules/Lean.td"
include "Act/Rules/Reals.td"

//===----------------------------------------------------------------------===//
// sigmoid
//===----------------------------------------------------------------------===//

def Sigmoid : Rule<"sigmoid"> {
  let summary = "logistic function";
  let description = [{
    Maps the reals to (0, 1), with s(x) + s(-x) = 1. It is the derivative of
    softplus.
  }];
  let latex = "f(x) = \\sigma(x) = \\frac{1}{1+e^{-x}}";
  let derivativeLatex = "f'(x) = \\sigma(x)\\,\\sigma(-x)";
  let pytorch = "sigmoid";
  let definition = (Logistic $x);
  let derivative = (Mul (Logistic $x), (Logistic (Neg $x)));
  let specialValues = ["0.0", "1", "0.5", "0.5", "0.0", "0.0", "0.25"];
}

def : Evaluation<Sigmoid, Forward, Exact, BothWidths> {
  let body = (Round (SigmoidPair (Pair $x, "0"), Vanishing));
}

def : Evaluation<Sigmoid, Derivative, Exact, BothWidths> {
  let body = (Round (SechPair (Pair (Neg (Abs $x)), "0"), Vanishing));
}

def : Evaluation<Sigmoid, Forward, Default> {
  let body = (LeanLogistic (Clamp $x, "-105", "70"), NegativeLog2E);
}

def : Evaluation<Sigmoid, Derivative, Default> {
  defvar y = (LogisticOfMinus (AtMost (Abs $x), "0x1.62e430p+6"));
  let body = (Fma (Neg y), y, y);
}

def : Evaluation<Sigmoid, OutputDerivative, Exact, BothWidths> {
  let body = (Fma (Neg $x), $x, $x);
}

//===----------------------------------------------------------------------===//
// tanh
//===----------------------------------------------------------------------===//

def Tanh : Rule<"tanh"> {
  let summary = "hyperbolic tangent";
  let description = [{
    Maps the reals to (-1, 1); it is 2 s(2x) - 1 with s the logistic function.
  }];
  let latex = "f(x) = \\tanh x";
  let derivativeLatex = "f'(x) = 1 - \\tanh^2 x = \\frac{4t}{(1+t)^2}, \\quad "
      "t = e^{-2|x|}";
  let pytorch = "tanh";
  // With m = e^-2|x| - 1, so that neither value nor slope cancels anywhere.
  defvar negative = (Lt $x, "0");
  defvar v = (Mul "2", (Select negative, $x, (Neg $x)));
  defvar m = (Expm1 v);
  defvar magnitude = (Div (Neg m), (Add "2", m));
  let definition = (Select negative, (Neg magnitude), magnitude);
  defvar t = (Exp v);
  defvar d = (Add "1", t);
  let derivative = (Div (Mul "4", t), (Mul d, d));
  let specialValues = ["-1", "1", "-0.0", "0.0", "0.0", "0.0", "1"];
}

def : Evaluation<Tanh, Forward, Exact, BothWidths> {
  defvar m = (Expm1Pair (ExpOfMinusAbs (Pair (Mul "2", $x), "0"), Negligible));
  let body = (CopySign (RoundPair (DivPair (PairNeg m), (AddC "2", m))), $x);
}

def : Evaluation<Tanh, Derivative, Exact, BothWidths> {
  // 4 s'(2x).
  defvar a = (Mul "-2", (AtMost (Abs $x), (ByWidth "60", "500")));
  defvar s = (SechPair (Pair a, "0"), Vanishing);
  let body = (Round (Scaled (H s), (L s), (IAdd (N s), 2)));
}

def LeanTanh : Function<(params Real:$x), Ratio> {
  // (sN - D)/(sN + D) with e^2x = s N/D, N = G + r, D = G - r. The differences
  // with s are exact, and all is odd in x without its magnitude.
  defvar e = (ReduceNatural $x, "0x1.715476p+1", "0x1.62e430p-2", "12583039");
  defvar g = (ExpQuotientE2 (R e));
  defvar a = (Sub "1", (S e));
  defvar b = (Add "1", (S e));
  let body = (Ratio (Fma (Neg g), a, (Mul (R e), b)),
                    (Fma g, b, (Neg (Mul (R e), a))));
  let description = "tanh(x), |x| <= 9.25";
}

def : Evaluation<Tanh, Forward, Default> {
  defvar t = (LeanTanh (Clamp $x, "-9.25", "9.25"));
  let body = (Div (N t), (D t));
}

def : Evaluation<Tanh, Derivative, Default> {
  // 4 y (1 - y) with y = s(-2|x|).
  defvar z = (AtMost (Abs $x), "0x1.62e430p+5");
  defvar e = (ReduceNatural z, "0x1.715476p+1", "0x1.62e430p-2", "12583039");
  defvar g = (ExpQuotientE2 (R e));
  defvar d = (Sub g, (R e));
  defvar y = (Div d, (Fma (S e), (Add g, (R e)), d));
  let body = (Mul y, (Fma y, "-4", "4"));
  let interleave = 8;
}

def : Evaluation<Tanh, OutputDerivative, Exact, BothWidths> {
  let body = (Fma (Neg $x), $x, "1");
}

//===----------------------------------------------------------------------===//
// softplus
//===----------------------------------------------------------------------===//

def SoftplusBeta : Parameter<"beta"> {
  let defaultValue = "1";
  let constraint = "positive";
  let testValues = ["1", "3", "0x1p-10"];
  let description = "the steepness";
}

def SoftplusThreshold : Parameter<"threshold"> {
  let defaultValue = "inf";
  let testValues = ["inf", "20"];
  let description = "where beta x is larger the result is x; inf for nowhere";
}

def Softplus : Rule<"softplus"> {
  let summary = "smooth rectifier";
  let description = [{
    The integral of the logistic function: positive, about e^(beta x) / beta far
    to the left and x far to the right. Above the threshold, where there is one,
    it is x.
  }];
  let latex = "f(x) = \\frac{1}{\\beta} \\log(1+e^{\\beta x})";
  let derivativeLatex = "f'(x) = \\sigma(\\beta x)";
  let pytorch = "softplus";
  let parameters = [SoftplusBeta, SoftplusThreshold];
  defvar v = (Mul $beta, $x);
  defvar above = (Gt v, $threshold);
  let definition = (Select above, $x, (Div (LogOnePlusExp v), $beta));
  let derivative = (Select above, "1", (Logistic v));
  let specialValues = [
      "0.0", "inf", "0.6931471805599453094172321214581765680755",
      "0.6931471805599453094172321214581765680755", "0.0", "1", "0.5"];
}

def AboveThreshold : Function<(params Pair:$b, Real:$x, Pair:$t), Bool> {
  // False where the product overflows: there the value is x anyway.
  defvar p = (MulF $b, $x);
  defvar above =
      (Gt (Add (Sub (H p), (H $t)), (Sub (L p), (L $t))), "0");
  let body = (And above, (Lt (H $t), "inf"));
  let description = "b x > t";
}

def ExactSoftplus : Function<(params Real:$x, Pair:$beta), Real> {
  defvar v = (ScaledArgument $beta, $x);
  defvar s = (LogOnePlusExpPair v);
  defvar w = (MulPair (HighLow s), (Rcp $beta));
  // For a small beta the quotient may overflow.
  defvar y = (Select (Eq (H w), "inf"), (H w),
                     (RoundFar (Scaled (H w), (L w), (N s))));
  let body = (Select (Gt (H v), "40"), $x, y);
  let description = "log(1 + e^(beta x)) / beta";
}

def ExactSoftplusSlope : Function<(params Real:$x, Pair:$beta), Real> {
  let body = (Round (SigmoidPair (ScaledArgument $beta, $x), Vanishing));
}

def : Evaluation<Softplus, Forward, Exact, BothWidths> {
  let body = (Select (AboveThreshold $beta, $x, $threshold), $x,
                     (ExactSoftplus $x, $beta));
}

def : Evaluation<Softplus, Derivative, Exact, BothWidths> {
  let body = (Select (AboveThreshold $beta, $x, $threshold), "1",
                     (ExactSoftplusSlope $x, $beta));
}

def IsPowerOfTwo : Function<(params Pair:$b), Bool> {
  let body = (And (IEq (IAnd (Bits (H $b)), 0x7fffff), 0), (Eq (L $b), "0"));
  let description = "b is a normal power of two";
}

def : Evaluation<Softplus, Forward, Default> {
  // max(x, 0) + log(1 + e^-|beta x|) / beta.
  defvar z = (AtMost (Abs $x), (Div "110", (H $beta)));
  // That rounds 1 / beta and another product. The lean logarithm has no ulp
  // left for them: only powers of two are exact.
  defvar t = (LogisticLogarithm z, (MulPair NegativeLog2E, $beta));
  defvar q = (Mul (Q t), (Div "1", (H $beta)));
  defvar y = (Fma q, (P t), (PositivePart $x));
  defvar inexact = (Or (IsExtreme $beta), (Not (IsPowerOfTwo $beta)));
  defvar any = (Select inexact, (ExactSoftplus $x, $beta), y);
  let body = (Select (AboveThreshold $beta, $x, $threshold), $x, any);
  let interleave = 8;
}

def : Evaluation<Softplus, Derivative, Default> {
  defvar c = (Clamp $x, (Div "-105", (H $beta)), (Div "70", (H $beta)));
  defvar y = (LeanLogistic c, (MulPair NegativeLog2E, $beta));
  defvar any = (Select (IsExtreme $beta), (ExactSoftplusSlope $x, $beta), y);
  let body = (Select (AboveThreshold $beta, $x, $threshold), "1", any);
}

//===----------------------------------------------------------------------===//
// logsigmoid
//===----------------------------------------------------------------------===//

def LogSigmoid : Rule<"logsigmoid"> {
  let summary = "logarithm of the logistic function";
  let description = [{
    The negative of softplus of -x: negative, about x far to the left and
    -e^-x far to the right.
  }];
  let latex = "f(x) = \\log \\sigma(x) = -\\log(1+e^{-x})";
  let derivativeLatex = "f'(x) = \\sigma(-x)";
  let pytorch = "logsigmoid";
  let definition = (Neg (LogOnePlusExp (Neg $x)));
  let derivative = (Logistic (Neg $x));
  let specialValues = [
      "-inf", "-0.0", "-0.6931471805599453094172321214581765680755",
      "-0.6931471805599453094172321214581765680755", "1", "0.0", "0.5"];
}

def : Evaluation<LogSigmoid, Forward, Exact, BothWidths> {
  defvar v = (AtLeast (Neg $x), Vanishing);
  defvar y = (Round (LogOnePlusExpPair (Pair v, "0")));
  let body = (Neg (Select (Gt v, "40"), v, y));
}

def : Evaluation<LogSigmoid, Derivative, Exact, BothWidths> {
  let body = (Round (SigmoidPair (Pair (Neg $x), "0"), Vanishing));
}

def : Evaluation<LogSigmoid, Forward, Default> {
  // min(x, 0) - log(1 + e^-|x|).
  defvar t = (LogisticLogarithm (AtMost (Abs $x), "110"), NegativeLog2E);
  let body = (Fma (Neg (Q t)), (P t), (AtMost $x, "0"));
  let interleave = 8;
}

def : Evaluation<LogSigmoid, Derivative, Default> {
  let body = (LeanLogistic (Clamp $x, "-70", "105"), Log2E);
}

//===----------------------------------------------------------------------===//
// softsign
//===----------------------------------------------------------------------===//

def Softsign : Rule<"softsign"> {
  let summary = "x over one plus its magnitude";
  let description = [{
    Maps the reals to (-1, 1) and approaches its limits like 1/x.
  }];
  let latex = "f(x) = \\frac{x}{1+|x|}";
  let derivativeLatex = "f'(x) = \\frac{1}{(1+|x|)^2}";
  let pytorch = "softsign";
  // Far out it is 1 - 1/d, so that the slope does not cancel.
  defvar negative = (Lt $x, "0");
  defvar d = (Add "1", (Select negative, (Neg $x), $x));
  defvar far = (Sub "1", (Div "1", d));
  let definition = (Select (Le d, "2"), (Div $x, d),
                           (Select negative, (Neg far), far));
  let derivative = (Div "1", (Mul d, d));
  let specialValues = ["-1", "1", "-0.0", "0.0", "0.0", "0.0", "1"];
}

def : Evaluation<Softsign, Forward, Exact, BothWidths> {
  defvar a = (AtMost (Abs $x), (ByWidth "0x1p+40", "0x1p+80"));
  defvar q = (DivPair (Pair a, "0"), (TwoSum "1", a));
  let body = (CopySign (RoundPair q), $x);
}

def : Evaluation<Softsign, Derivative, Exact, BothWidths> {
  // The reciprocal is scaled up, so that its square has a low part.
  defvar a = (AtMost (Abs $x), (ByWidth "0x1p+80", "0x1p+600"));
  defvar scale = (ByWidth "0x1p+60", "0x1p+400");
  defvar y = (PairTimesPower (Rcp (TwoSum "1", a)), scale);
  defvar r = (MulPair y, y);
  let body = (Round (Scaled (H r), (L r), (ByWidth -120, -800)));
}

def LeanSoftsign : Function<(params Real:$x), Real> {
  defvar c = (Clamp $x, "-0x1p+120", "0x1p+120");
  let body = (DivNormal c, (Add "1", (Abs c)));
}

def : Evaluation<Softsign, Forward, Default> {
  let body = (LeanSoftsign $x);
}

def : Evaluation<Softsign, Derivative, Default> {
  defvar y = (Div "1", (Add "1", (Abs $x)));
  let body = (Mul y, y);
}

#endif // ACT_RULES_ACTIVATIONSSIGMOID_TD
