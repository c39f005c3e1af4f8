//===- ActivationsRectifier.td - Rectifiers ----------------*- tablegen -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file holds the rules of relu and its kin: functions that are x, or a
// multiple of it, for positive x.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_RULES_ACTIVATIONSRECTIFIER_TD
#define ACT_RULES_ACTIVATIONSRECTIFIER_TD

include "Act/Rules/Functions.td"
include "Act/Rules/Lean.td"
include "Act/Rules/Reals.td"

//===----------------------------------------------------------------------===//
// relu
//===----------------------------------------------------------------------===//

def Relu : Rule<"relu"> {
  let summary = "rectified linear unit";
  let description = [{
    The positive part of the input; +0 for both zeros. The derivative at 0 is 0.
  }];
  let latex = "f(x) = \\max(x, 0)";
  let derivativeLatex = "f'(x) = 1 \\text{ for } x > 0, \\text{ else } 0";
  let pytorch = "relu";
  let definition = (Select (Le $x, "0"), "0", $x);
  let derivative = (Select (Gt $x, "0"), "1", "0");
  let zeroWhere = (Le $x, "0");
  let kinks = ["0"];
  let specialValues = ["0.0", "inf", "0.0", "0.0", "0.0", "1", "0.0"];
}

def ReluSlope : Function<(params Real:$x), Real> {
  let body = (Select (Gt $x, "0"), "1", (Select (Le $x, "0"), "0", $x));
  let description = "1 for x > 0, 0 for x <= 0, else NaN";
}

def : Evaluation<Relu, Forward, Exact, BothWidths> {
  let body = (Select (Le $x, "0"), "0", $x);
}

def : Evaluation<Relu, Derivative, Exact, BothWidths> {
  let body = (ReluSlope $x);
}

def : Evaluation<Relu, OutputDerivative, Exact, BothWidths> {
  let body = (ReluSlope $x);
}

//===----------------------------------------------------------------------===//
// relu6
//===----------------------------------------------------------------------===//

def Relu6 : Rule<"relu6"> {
  let summary = "rectified linear unit that stops at 6";
  let description = [{
    The input clamped to [0, 6]; +0 for both zeros. The derivative at 0 and at 6
    is 0.
  }];
  let latex = "f(x) = \\min(\\max(x, 0), 6)";
  let derivativeLatex = "f'(x) = 1 \\text{ for } 0 < x < 6, \\text{ else } 0";
  let pytorch = "relu6";
  let definition =
      (Select (Le $x, "0"), "0", (Select (Ge $x, "6"), "6", $x));
  let derivative = (Select (And (Gt $x, "0"), (Lt $x, "6")), "1", "0");
  let zeroWhere = (Or (Le $x, "0"), (Ge $x, "6"));
  let kinks = ["0", "6"];
  let specialValues = ["0.0", "6", "0.0", "0.0", "0.0", "0.0", "0.0"];
}

def Relu6Slope : Function<(params Real:$x), Real> {
  let body = (Select (Ge $x, "6"), "0", (ReluSlope $x));
  let description = "1 for 0 < x < 6, NaN for NaN, else 0";
}

def : Evaluation<Relu6, Forward, Exact, BothWidths> {
  let body = (Select (Le $x, "0"), "0", (AtMost $x, "6"));
}

def : Evaluation<Relu6, Derivative, Exact, BothWidths> {
  let body = (Relu6Slope $x);
}

def : Evaluation<Relu6, OutputDerivative, Exact, BothWidths> {
  let body = (Relu6Slope $x);
}

//===----------------------------------------------------------------------===//
// leaky_relu
//===----------------------------------------------------------------------===//

def LeakyReluSlope : Parameter<"slope"> {
  let defaultValue = "0.01";
  let testValues = ["0.01", "0.2", "1", "0x1p-30", "0"];
  let description = "the derivative for negative x; 0 means relu";
}

def LeakyRelu : Rule<"leaky_relu"> {
  let summary = "rectified linear unit that leaks";
  let description = [{
    The input where it is positive, else a multiple of it. The derivative at 0
    is that multiple. With slope 0 it is relu, also at minus infinity.
  }];
  let latex = "f(x) = x \\text{ for } x > 0, \\text{ else } a x";
  let derivativeLatex = "f'(x) = 1 \\text{ for } x > 0, \\text{ else } a";
  let pytorch = "leaky_relu";
  let parameters = [LeakyReluSlope];
  let definition = (Select (Le $x, "0"),
      (Select (Eq $slope, "0"), "0", (Mul $slope, $x)), $x);
  let derivative = (Select (Gt $x, "0"), "1", $slope);
  let zeroWhere = (And (Le $x, "0"), (Eq (H $slope), "0"));
  let kinks = ["0"];
  let specialValues = ["-inf", "inf", "-0.0", "0.0", "0.01", "1", "0.01"];
}

def LeakySlope : Function<(params Pair:$a, Real:$x), Real> {
  defvar a = (Select (IsNaN $x), $x, (RoundPair $a));
  let body = (Select (Gt $x, "0"), "1", a);
  let description = "1 for x > 0, a for x <= 0, else NaN";
}

def : Evaluation<LeakyRelu, Forward, Exact, BothWidths> {
  defvar leak = (Select (Eq (H $slope), "0"), "0", (TimesPair $slope, $x));
  let body = (Select (Le $x, "0"), leak, $x);
}

def : Evaluation<LeakyRelu, Forward, Default> {
  defvar leak = (Select (Eq (H $slope), "0"), "0", (Mul $x, (H $slope)));
  let body = (Select (Le $x, "0"), leak, $x);
}

/// A little more than 0.01, so that results above a tie of the 16-bit type stay
/// above it in f32.
def : Evaluation<LeakyRelu, Forward, HalfBF16> {
  let body = (Select (Le $x, "0"), (Mul $x, "0x1.47b1b4p-7"), $x);
}

def : Evaluation<LeakyRelu, Forward, HalfF16> {
  let body = (Select (Le $x, "0"), (Mul $x, "0x1.47ae1ap-7"), $x);
}

def : Evaluation<LeakyRelu, Derivative, Exact, BothWidths> {
  let body = (LeakySlope $slope, $x);
}

/// y > 0 where x > 0, for a positive slope.
def : Evaluation<LeakyRelu, OutputDerivative, Exact, BothWidths> {
  let body = (LeakySlope $slope, $x);
}

//===----------------------------------------------------------------------===//
// prelu
//===----------------------------------------------------------------------===//

def PreluWeight : Parameter<"weight"> {
  let operand = true;
  let testValues = ["0.01", "0.2", "1", "0x1p-30", "0"];
  let description = "the derivative for negative x";
}

def Prelu : Rule<"prelu"> {
  let summary = "rectified linear unit with a learned leak";
  let description = [{
    The input where it is positive, else the weight times the input. With weight
    0 the limit at minus infinity is a zero of the sign opposite to the
    weight's.
  }];
  let latex = "f(x) = x \\text{ for } x > 0, \\text{ else } w x";
  let derivativeLatex = "f'(x) = 1 \\text{ for } x > 0, \\text{ else } w; "
      "\\quad \\frac{\\partial f}{\\partial w} = 0 \\text{ for } x > 0, "
      "\\text{ else } x";
  let pytorch = "prelu";
  let parameters = [PreluWeight];
  defvar limit = (And (Eq $weight, "0"), (Eq $x, "-inf"));
  let definition = (Select (Le $x, "0"),
      (Select limit, (Neg $weight), (Mul $weight, $x)), $x);
  let derivative = (Select (Gt $x, "0"), "1", $weight);
  let parameterDerivatives = [(Select (Gt $x, "0"), "0", $x)];
  let parameterZeroWhere = (Gt $x, "0");
  let kinks = ["0"];
}

def PreluLeak : Function<(params Real:$w, Real:$x, Real:$product), Real> {
  defvar limit = (And (Eq $w, "0"), (Eq $x, "-inf"));
  let body = (Select (Le $x, "0"),
                     (Select limit, (Neg $w), $product), $x);
  let description = "x for x > 0, else the product w x or its limit";
}

def : Evaluation<Prelu, Forward, Exact, BothWidths> {
  let body = (PreluLeak (H $weight), $x, (TimesPair $weight, $x));
}

def : Evaluation<Prelu, Forward, Default> {
  let body = (PreluLeak (H $weight), $x, (Mul $x, (H $weight)));
}

def : Evaluation<Prelu, Derivative, Exact, BothWidths> {
  let body = (LeakySlope $weight, $x);
}

def : Evaluation<Prelu, ParameterDerivative, Exact, BothWidths> {
  let body = (Select (Gt $x, "0"), "0", $x);
}

//===----------------------------------------------------------------------===//
// elu
//===----------------------------------------------------------------------===//

def EluAlpha : Parameter<"alpha"> {
  let defaultValue = "1";
  let testValues = ["1", "0.5", "1.3", "10"];
  let description = "the distance of the limit at minus infinity from 0";
}

def Elu : Rule<"elu"> {
  let summary = "exponential linear unit";
  let description = [{
    The input where it is positive, else alpha (e^x - 1). The derivative at 0 is
    alpha.
  }];
  let latex = "f(x) = x \\text{ for } x > 0, \\text{ else } \\alpha (e^x - 1)";
  let derivativeLatex =
      "f'(x) = 1 \\text{ for } x > 0, \\text{ else } \\alpha e^x";
  let pytorch = "elu";
  let parameters = [EluAlpha];
  let definition = (Select (Le $x, "0"), (Mul $alpha, (Expm1 $x)), $x);
  let derivative = (Select (Gt $x, "0"), "1", (Mul $alpha, (Exp $x)));
  let kinks = ["0"];
  let specialValues = ["-1", "inf", "-0.0", "0.0", "0.0", "1", "1"];
}

def : Evaluation<Elu, Forward, Exact, BothWidths> {
  let body = (Select (Gt $x, "0"), $x, (TimesExpm1 $alpha, $x));
  // a x + a x^2/2 may lie above a tie by less than f32 shows.
  let tiesUpward = true;
}

def : Evaluation<Elu, Derivative, Exact, BothWidths> {
  let body = (Select (Gt $x, "0"), "1", (TimesExp $alpha, $x));
}

def : Evaluation<Elu, Forward, Default> {
  // A zero keeps its sign unless alpha is negative.
  defvar flips = (And (Lt (H $alpha), "0"), (Eq $x, "0"));
  defvar y = (Mul (LeanExpm1 $x), (H $alpha));
  let body = (Select (Ge $x, "0"), (Select flips, (Neg $x), $x), y);
}

def : Evaluation<Elu, Derivative, Default> {
  defvar y = (Select (IsExtreme $alpha), (TimesExp $alpha, $x),
                                         (LeanTimesExp (H $alpha), $x));
  let body = (Select (Gt $x, "0"), "1", y);
}

def EluExpToBF16 : Coefficients<[
    "0x1.fffddp-2", "0x1.570942p-3", "0x1.5745b6p-5"]>;

def : Evaluation<Elu, Forward, HalfBF16> {
  defvar e = (ReduceNatural (AtLeast $x, "-20"), "0x1.715476p+0", ShortLn2,
                            "12583039");
  defvar p = (Fma (Mul (R e), (R e)), (Horner EluExpToBF16, (R e)), (R e));
  let body = (Select (Ge $x, "0"), $x, (Fma (S e), p, (Sub (S e), "1")));
}

def EluExpToF16 : Coefficients<[
    "0x1.fffe5ap-2", "0x1.55544ap-3", "0x1.5709f6p-5", "0x1.1255p-7"]>;

def : Evaluation<Elu, Forward, HalfF16> {
  defvar e = (ReduceNatural (AtLeast $x, "-20"), "0x1.715476p+0", ShortLn2,
                            "12583039");
  defvar p = (Fma (Mul (R e), (R e)), (Horner EluExpToF16, (R e)), (R e));
  let body = (Select (Ge $x, "0"), $x, (Fma (S e), p, (Sub (S e), "1")));
}

def : Evaluation<Elu, OutputDerivative, Exact, BothWidths> {
  defvar s = (PairAdd $alpha, (Pair $x, "0"));
  let body = (Select (Gt $x, "0"), "1", (RoundPair s));
}

//===----------------------------------------------------------------------===//
// selu
//===----------------------------------------------------------------------===//

/// The scale L of selu and L times its alpha, 1.6732632423543772; the product
/// is exact.
defvar SeluScale = "1.0507009873554805";
defvar SeluNegativeScale = "1.75809934084737678183405158424460";

def Selu : Rule<"selu"> {
  let summary = "scaled exponential linear unit";
  let description = [{
    L x where x is positive, else L A (e^x - 1), with L = 1.0507009873554805 and
    A = 1.6732632423543772: layers of it tend to mean 0 and variance 1. The
    derivative at 0 is L A.
  }];
  let latex = "f(x) = \\lambda x \\text{ for } x > 0, \\text{ else } "
      "\\lambda \\alpha (e^x - 1)";
  let derivativeLatex = "f'(x) = \\lambda \\text{ for } x > 0, \\text{ else } "
      "\\lambda \\alpha e^x";
  let pytorch = "selu";
  let definition = (Select (Le $x, "0"),
      (Mul SeluNegativeScale, (Expm1 $x)), (Mul SeluScale, $x));
  let derivative = (Select (Gt $x, "0"), SeluScale,
                                         (Mul SeluNegativeScale, (Exp $x)));
  let kinks = ["0"];
  let specialValues = [!strconcat("-", SeluNegativeScale), "inf", "-0.0",
                       "0.0", "0.0", SeluScale, SeluNegativeScale];
}

def : Evaluation<Selu, Forward, Exact, BothWidths> {
  let body = (Select (Gt $x, "0"), (TimesPair SeluScale, $x),
                                   (TimesExpm1 SeluNegativeScale, $x));
}

def : Evaluation<Selu, Derivative, Exact, BothWidths> {
  let body = (Select (Gt $x, "0"), (RoundPair SeluScale),
                                   (TimesExp SeluNegativeScale, $x));
}

def : Evaluation<Selu, Forward, Default> {
  let body = (Select (Ge $x, "0"), (Mul $x, SeluScale),
                                   (Mul (LeanExpm1 $x), SeluNegativeScale));
}

def : Evaluation<Selu, Derivative, Default> {
  let body = (Select (Gt $x, "0"), SeluScale,
                                   (LeanTimesExp SeluNegativeScale, $x));
}

def SeluExpToBF16 : Coefficients<[
    "0x1.c212ccp+0", "0x1.c210ep-1", "0x1.2d8bbcp-2", "0x1.2dc0ep-4"]>;

def : Evaluation<Selu, Forward, HalfBF16> {
  // s p + (s C - C) with C (e^r - 1) = p, s = 2^k.
  defvar e = (ReduceNatural (AtLeast $x, "-20"), "0x1.715476p+0",
                            "0x1.62e43p-1", "12583039");
  defvar p = (Mul (R e), (Horner SeluExpToBF16, (R e)));
  defvar c = (Fma (S e), "0x1.c212ccp+0", "-0x1.c212ccp+0");
  let body = (Select (Lt $x, "0"), (Fma (S e), p, c),
                                   (Mul $x, "0x1.0cfabep+0"));
}

def SeluExpToF16 : Coefficients<[
    "0x1.c212ccp+0", "0x1.c2125cp-1", "0x1.2c10cap-2", "0x1.2d4c6ap-4",
    "0x1.e24a62p-7"]>;

def : Evaluation<Selu, Forward, HalfF16> {
  // s p + (s C - C) with C (e^r - 1) = p, s = 2^k.
  defvar e = (ReduceNatural (AtLeast $x, "-20"), "0x1.715476p+0",
                            "0x1.62e42ep-1", "12583039");
  defvar p = (Mul (R e), (Horner SeluExpToF16, (R e)));
  defvar c = (Fma (S e), "0x1.c212cap+0", "-0x1.c212cap+0");
  let body = (Select (Lt $x, "0"), (Fma (S e), p, c),
                                   (Mul $x, "0x1.0cfabcp+0"));
}

def : Evaluation<Selu, OutputDerivative, Exact, BothWidths> {
  defvar s = (PairAdd SeluNegativeScale, (Pair $x, "0"));
  let body = (Select (Gt $x, "0"), (RoundPair SeluScale), (RoundPair s));
}

#endif // ACT_RULES_ACTIVATIONSRECTIFIER_TD
