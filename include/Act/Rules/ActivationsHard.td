//===- ActivationsHard.td - Piecewise polynomials ----------*- tablegen -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file holds the rules of hardsigmoid and hardswish.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_RULES_ACTIVATIONSHARD_TD
#define ACT_RULES_ACTIVATIONSHARD_TD

include "Act/Rules/Functions.td"
include "Act/Rules/Lean.td"
include "Act/Rules/Reals.td"

//===----------------------------------------------------------------------===//
// hardsigmoid
//===----------------------------------------------------------------------===//

def LinePair : Function<(params Pair:$a, Real:$x, Pair:$o), Pair> {
  // A product that overflows is clamped, which also drops a low part inf - inf.
  defvar p = (MulF $a, $x);
  defvar u = (PairAdd (PairClamp p, (ByWidth "0x1p+126", "0x1p+1022")), $o);
  let body = (FastTwoSum (H u), (L u));
  let description = "a x + o";
}

def OutsideUnit : Function<(params Pair:$u), Bool> {
  defvar excess = (Add (Sub (H $u), "1"), (L $u));
  let body = (Or (Le (H $u), "0"), (Ge excess, "0"));
  let description = "u <= 0 or u >= 1";
}

def HardSigmoidSlope : Parameter<"slope"> {
  let defaultValue = "1/6";
  let constraint = "positive";
  let testValues = ["1/6", "0.2", "1", "0x1p-30"];
  let description = "the slope a of the middle piece";
}

def HardSigmoidOffset : Parameter<"offset"> {
  let defaultValue = "0.5";
  let testValues = ["0.5", "0.4"];
  let description = "the value o at 0";
}

def HardSigmoid : Rule<"hardsigmoid"> {
  let summary = "piecewise linear logistic function";
  let description = [{
    A line clamped to [0, 1]. The derivative is 0 where the line meets 0 and 1,
    which is at -3 and 3 with the defaults.
  }];
  let latex = "f(x) = \\min(\\max(a x + o, 0), 1)";
  let derivativeLatex =
      "f'(x) = a \\text{ for } 0 < a x + o < 1, \\text{ else } 0";
  let pytorch = "hardsigmoid";
  let parameters = [HardSigmoidSlope, HardSigmoidOffset];
  defvar line = (Add (Mul $slope, $x), $offset);
  let definition =
      (Select (Le line, "0"), "0", (Select (Ge line, "1"), "1", line));
  let derivative = (Select (And (Gt line, "0"), (Lt line, "1")), $slope, "0");
  let zeroWhere = (OutsideUnit (LinePair $slope, $x, $offset));
  let kinks = ["-3", "3"];
  let specialValues = ["0.0", "1", "0.5", "0.5", "0.0", "0.0",
                       "0.1666666666666666666666666666666666666667"];
}

def : Evaluation<HardSigmoid, Forward, Exact, BothWidths> {
  defvar u = (LinePair $slope, $x, $offset);
  let body = (Select (Le (H u), "0"), "0",
                     (Select (OutsideUnit u), "1", (RoundPair u)));
}

def HalfHardSigmoid : Function<(params Real:$x), Real> {
  let body = (Clamp (Fma $x, "1/6", "0.5"), "0", "1");
}

def : Evaluation<HardSigmoid, Forward, HalfBF16> {
  let body = (HalfHardSigmoid $x);
}

def : Evaluation<HardSigmoid, Forward, HalfF16> {
  let body = (HalfHardSigmoid $x);
}

def : Evaluation<HardSigmoid, Derivative, Exact, BothWidths> {
  defvar inside = (Select (IsNaN $x), $x, (RoundPair $slope));
  let body = (Select (OutsideUnit (LinePair $slope, $x, $offset)), "0", inside);
}

def : Evaluation<HardSigmoid, Forward, Default> {
  // The sum is rounded before the low parts come in: also where it is small,
  // they are no larger.
  defvar s = (Fma $x, (H $slope), (H $offset));
  defvar t = (Fma $x, (L $slope), (L $offset));
  defvar u = (Select (Eq (Abs s), "inf"), s, (Add s, t));
  let body = (Clamp u, "0", "1");
}

//===----------------------------------------------------------------------===//
// hardswish
//===----------------------------------------------------------------------===//

def HardSwish : Rule<"hardswish"> {
  let summary = "piecewise quadratic approximation of silu";
  let description = [{
    The input times hardsigmoid of the input: -0 below -3, the input above 3.
    The derivative is 0 at -3 and 1 at 3.
  }];
  let latex = "f(x) = x\\,\\frac{\\min(\\max(x+3, 0), 6)}{6}";
  let derivativeLatex = "f'(x) = 0 \\text{ for } x \\le -3, \\quad 1 "
      "\\text{ for } x \\ge 3, \\text{ else } \\frac{2x+3}{6}";
  let pytorch = "hardswish";
  let definition =
      (Select (Le $x, "-3"), "-0",
              (Select (Ge $x, "3"), $x,
                      (Div (Mul $x, (Add $x, "3")), "6")));
  let derivative =
      (Select (Le $x, "-3"), "0",
              (Select (Ge $x, "3"), "1",
                      (Div (Add (Mul "2", $x), "3"), "6")));
  let zeroWhere = (Le $x, "-3");
  let kinks = ["-3", "3"];
  let derivativeRoots = ["-1.5"];
  let specialValues = ["-0.0", "inf", "-0.0", "0.0", "0.0", "1", "0.5"];
}

def : Evaluation<HardSwish, Forward, Exact, BothWidths> {
  defvar c = (Clamp $x, "-3", "3");
  defvar v = (MulPair (TwoSum c, "3"), "1/6");
  defvar y = (Round (TimesX (Scaled (H v), (L v), 0), c));
  let body = (Select (Ge $x, "3"), $x, (CopySign y, $x));
  // x/2 + x^2/6 lies above x/2 by less than f32 shows.
  let tiesUpward = true;
}

def : Evaluation<HardSwish, Derivative, Exact, BothWidths> {
  defvar c = (Clamp $x, "-3", "3");
  defvar y = (RoundPair (MulPair (TwoSum (Mul "2", c), "3"), "1/6"));
  let body = (Select (Le $x, "-3"), "0", (Select (Ge $x, "3"), "1", y));
}

def : Evaluation<HardSwish, Forward, Default> {
  defvar a = (AtLeast $x, "-3");
  defvar c = (AtMost a, "3");
  defvar s = (Add c, "3");
  defvar rest = (Add (Sub "3", s), c);
  let body = (Mul a, (Fma s, "1/6", (Mul rest, "1/6")));
}

def : Evaluation<HardSwish, Derivative, Default> {
  defvar y = (Mul (Fma "2", (Clamp $x, "-3", "3"), "3"), "1/6");
  let body = (Select (Le $x, "-3"), "0", (Select (Ge $x, "3"), "1", y));
}

def HalfHardSwish : Function<(params Real:$x), Real> {
  defvar a = (AtLeast $x, "-3");
  let body = (Mul a, (Mul (Add (AtMost a, "3"), "3"), "1/6"));
}

def : Evaluation<HardSwish, Forward, HalfBF16> {
  let body = (HalfHardSwish $x);
  let tiesUpward = true;
}

def : Evaluation<HardSwish, Forward, HalfF16> {
  let body = (HalfHardSwish $x);
  let tiesUpward = true;
}

#endif // ACT_RULES_ACTIVATIONSHARD_TD
