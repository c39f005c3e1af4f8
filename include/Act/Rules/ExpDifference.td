//===- ExpDifference.td - The terms of softmax -------------*- tablegen -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file holds the rule of e^(x - m), where m is the maximum of a row. The
// difference is taken exactly: rounded, it would put an error of up to 64 ulp
// on small terms. Rows of f32 take the distance to a multiple of ln 2 near m
// instead, which needs no second number: terms have a factor then, that of the
// maximum too. So have rows with a temperature, by powers of two. Where x and m
// have 16 bits, f32 holds almost all differences; these rows have
// 2^24 e^-|x - m|.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_RULES_EXPDIFFERENCE_TD
#define ACT_RULES_EXPDIFFERENCE_TD

include "Act/Rules/Exponential.td"
include "Act/Rules/Lean.td"

def RowMaximum : Parameter<"maximum"> {
  let operand = true;
  let testValues = ["0", "1.5", "-30.25", "100", "-511.875", "700.5",
                    "0x1.fp+60"];
  let description = "the number whose term is 1";
}

def ExpDifference : Rule<"exp_difference"> {
  // It is a step of softmax, not an activation.
  let isActivation = false;
  let summary = "exponential of the difference to a maximum";
  let description = [{
    The term of x in the sum of a softmax: the exponential of x less the
    maximum of the row, which is finite. It is 1 for all x from there on,
    infinite ones too.
  }];
  let latex = "f(x) = e^{\\min(x - m, 0)}";
  let derivativeLatex = "f'(x) = e^{x - m} \\text{ for } x < m, "
      "\\text{ else } 0; \\quad \\frac{\\partial f}{\\partial m} = -f'(x)";
  let parameters = [RowMaximum];
  defvar below = (Lt $x, $maximum);
  defvar term = (Exp (Select below, (Sub $x, $maximum), "0"));
  let definition = term;
  let derivative = (Select below, term, "0");
  let parameterDerivatives = [(Select below, (Neg term), "0")];
  let kinks = [];
}

def ExpOfDifference : Function<(params Real:$x, Pair:$m), Real> {
  defvar d = (TwoSum $x, (Neg (H $m)));
  defvar exact = (PairAtLeast (Pair (H d), (Sub (L d), (L $m))), Vanishing);
  let body = (RoundFar (ExpScaled (ExpPair exact)));
  let description = "e^(x - m) for x < m";
}

def : Evaluation<ExpDifference, Forward, Exact, BothWidths> {
  let body = (Select (Ge $x, (H $maximum)), "1",
                     (ExpOfDifference $x, $maximum));
}

def : Evaluation<ExpDifference, ParameterDerivative, Exact, BothWidths> {
  let body = (Select (Ge $x, (H $maximum)), "0",
                     (Neg (ExpOfDifference $x, $maximum)));
}

def : Evaluation<ExpDifference, Forward, Default> {
  // The maximum is a, subtracted at once, or m = top + rest. From 512 on it is
  // a: the difference is exact unless the term vanishes. Else k ln2High + top
  // is exact, and so close to x - r that their difference is rounded like r.
  defvar isFar = (Ge (Abs (H $maximum)), "512");
  defvar a = (Select isFar, (H $maximum), "0");
  defvar m = (Select isFar, "0", (H $maximum));
  defvar top = (Sub (Add m, "1536"), "1536");
  defvar rest = (Add (Sub m, top), (L $maximum));
  defvar origin = (Neg (Mul m, "0x1.715476p+0"));

  // The bias of 32 keeps small terms normal until the last product.
  defvar shift = "12582944";
  defvar x = (AtMost (AtLeast (Sub $x, a), (Sub m, "106")), m);
  defvar n = (Add (Fma x, "0x1.715476p+0", origin), shift);
  defvar k = (Sub n, shift);
  defvar high = (Sub x, (Fma k, "0x1.62ep-1", top));
  defvar r = (Add high, (Fma k, "-0x1.0bfbe8p-15", (Neg rest)));
  defvar square = (Mul r, r);
  defvar q = (Fma square, "0x1.6d7232p-10",
                          (Fma r, "0x1.12266ep-7", "0x1.5554c8p-5"));
  defvar s = (Fma square, q, (Fma r, "0x1.5554b2p-3", "0.5"));
  defvar power = (Add (Fma square, s, r), "1");
  // Adding to the bits of a NaN may end it: r - r brings it back.
  let body = (Fma (TimesPowerBits power, n), "0x1p-32", (Sub r, r));
}

//===----------------------------------------------------------------------===//
// Terms of rows of f32
//===----------------------------------------------------------------------===//

/// 1 / ln 2 as f32 has it. Multiples of ShortLn2, which is as close to ln 2 as
/// f32 is, less a number of f32 close to them are numbers of f32.
defvar ShiftUnits = "0x1.715476p+0";
/// From here on a row has terms that do not vanish only where x - m is exact.
defvar FarMaximum = "0x1p+20";

def ShiftedMaximum : Parameter<"maximum"> {
  let operand = true;
  // With integers that are nearest by little, and next to FarMaximum.
  let testValues = ["0", "1.5", "-30.25", "100", "-511.875", "700.5",
                    "0x1.0a2b32p+2", "-1048575.9375", "0x1p+20", "0x1.fp+60"];
  let description = "the greatest x, a number of the type, finite";
}

def ShiftedExp : Rule<"shifted_exp"> {
  let isActivation = false;
  let summary = "exponential of the distance to a number near a maximum, times "
                "2^24";
  let description = [{
    The term of x in the sum of a softmax, with a factor that is the same for
    the row: what terms of a row are to each other is what they are to that of
    the maximum, x = m. The factor keeps terms that count normal. The number s
    near the maximum is a multiple of a number near ln 2, or from |m| = 2^20 on
    the maximum itself.
  }];
  let latex = "f(x) = 2^{24} e^{\\min(x, m) - s}, \\quad s = \\lambda\\, "
      "\\mathrm{rint}(m / \\ln 2)";
  let derivativeLatex = "f'(x) = f(x) \\text{ for } x < m, \\text{ else } 0; "
      "\\quad \\frac{\\partial f}{\\partial m} = 0 \\text{ for } x < m, "
      "\\text{ else } f(x)";
  let parameters = [ShiftedMaximum];
  defvar below = (Lt $x, $maximum);
  defvar isFar = (Ge (Abs $maximum), FarMaximum);
  defvar shift = (Select isFar, $maximum,
      (Mul ShortLn2, (Nearest (Mul ShiftUnits, $maximum))));
  defvar term = (Mul "0x1p+24", (Exp (Sub (Select below, $x, $maximum),
                                          shift)));
  let definition = term;
  let derivative = (Select below, term, "0");
  let parameterDerivatives = [
      (Select isFar, (Select below, (Neg term), "0"),
                     (Select below, "0", term))];
  let kinks = [];
}

/// A number of the row, less what is subtracted of each x: 0, or from far
/// maxima on the maximum. n is the nearest integer of its distance in units.
def ShiftedOrigin : Struct<"ShiftedOrigin",
                           (params Real:$a, Real:$m, Real:$n)>;
def A : Field<"a">;

def ShiftOrigin : Function<(params Real:$maximum), ShiftedOrigin> {
  defvar isFar = (Ge (Abs $maximum), FarMaximum);
  defvar m = (Select isFar, "0", $maximum);
  defvar n = (Sub (Fma m, ShiftUnits, RoundingShift), RoundingShift);
  let body = (ShiftedOrigin (Select isFar, $maximum, "0"), m, n);
}

def ShiftedExpOf : Function<(params Real:$x, Real:$maximum), Real> {
  defvar origin = (ShiftOrigin $maximum);
  defvar shift = (Product (N origin), ShortLn2);
  defvar x = (AtLeast (Sub $x, (A origin)), (Add (M origin), VanishingFar));
  defvar d = (TwoSum x, (Neg (H shift)));
  defvar e = (ExpPair (TwoSum (H d), (Sub (L d), (L shift))));
  let body = (RoundFar (Scaled (H e), (L e), (IAdd (N e), 24)));
  let description = "2^24 e^(x - s) for x <= maximum";
}

def : Evaluation<ShiftedExp, Forward, Exact, BothWidths> {
  let body = (ShiftedExpOf (AtMost $x, (H $maximum)), (H $maximum));
}

def : Evaluation<ShiftedExp, ParameterDerivative, Exact, BothWidths> {
  defvar m = (H $maximum);
  defvar below = (Lt $x, m);
  defvar term = (ShiftedExpOf (AtMost $x, m), m);
  let body = (Select (Ge (Abs m), FarMaximum),
                     (Select below, (Neg term), (Mul "0", term)),
                     (Select below, "0", term));
}

/// 2 e^r, |r| <= ln2/2, to 2^-28.3; 2 itself at 0.
def TwiceExpLong : Coefficients<[
    "2", "2", "0x1.fffffcp-1", "0x1.555492p-2", "0x1.5558aep-4",
    "0x1.12398p-6", "0x1.6a4f1ep-9"]>;

def : Evaluation<ShiftedExp, Forward, Default> {
  // r is exact, and so is the product: below that of k = n - 150 terms are 0,
  // which is where x ends. That ln 2 is not the unit is 2^-28.9 of the result
  // for each of the k - n, the most of the error from 16 of them on.
  defvar origin = (ShiftOrigin (H $maximum));
  defvar n = (N origin);
  defvar least = (Mul (Sub n, "150"), ShortLn2);
  defvar x = (AtMost (AtLeast (Sub $x, (A origin)), least), (M origin));
  defvar magic = (Sub "12583062", n);
  defvar e = (RoundNatural x, ShiftUnits, ShortLn2, magic);
  let body = (MulExact (Horner TwiceExpLong, (R e)), (PowerFromLowBits (M e)));
  let bound = "6";
  let absolute = "0x1p-125";
}

//===----------------------------------------------------------------------===//
// Terms of rows with a temperature
//===----------------------------------------------------------------------===//

/// From here on, in units of T ln 2, a row has terms that do not vanish only
/// where x - m is exact.
defvar FarInUnits = "300";

def TemperedMaximum : Parameter<"maximum"> {
  let operand = true;
  // On both sides of FarInUnits, whatever the temperature.
  let testValues = ["0", "1.5", "-30.25", "100", "-511.875", "2345.5",
                    "0x1.0a2b32p+2", "-0x1.5p-3", "0x1.fp+60"];
  let description = "the greatest x, a number of the type, finite";
}

def RowTemperature : Parameter<"temperature"> {
  let constraint = "positive";
  let testValues = ["11.313708498984761", "0.7", "3", "0x1.8p-12",
                    "0x1.7p+13"];
  let description = "greater than 0; from 2^-64 to 2^64 terms are as accurate as "
                    "those of other rules";
}

def TemperedExp : Rule<"tempered_exp"> {
  let isActivation = false;
  let summary = "exponential of x / T, times a power of two near 2^24 e^(-m/T)";
  let description = [{
    The term of x in the sum of a softmax with a temperature T. As in
    `shifted_exp`, terms have a factor that is the same for the row: 2^(24-n),
    where n is the integer nearest to m / (T ln 2), or where that is 300 or more
    in magnitude, 2^24 e^(-m/T).
  }];
  let latex = "f(x) = 2^{24} e^{(\\min(x, m) - s)/T}, \\quad s = T \\ln 2\\,"
      "\\mathrm{rint}(m / (T \\ln 2)) \\text{ or } m";
  let derivativeLatex = "f'(x) = f(x)/T \\text{ for } x < m, \\text{ else } 0; "
      "\\quad \\frac{\\partial f}{\\partial m} = 0 \\text{ for } x < m, "
      "\\text{ else } f(x)/T";
  let parameters = [TemperedMaximum, RowTemperature];
  defvar below = (Lt $x, $maximum);
  defvar unit = (Mul $temperature, (Log "2"));
  defvar units = (Div $maximum, unit);
  defvar isFar = (Ge (Abs units), FarInUnits);
  defvar shift = (Select isFar, $maximum, (Mul unit, (Nearest units)));
  defvar term = (Mul "0x1p+24", (Exp (Div
      (Sub (Select below, $x, $maximum), shift), $temperature)));
  let definition = term;
  defvar slope = (Div term, $temperature);
  let derivative = (Select below, slope, "0");
  let parameterDerivatives = [
      (Select isFar, (Select below, (Neg slope), "0"),
                     (Select below, "0", slope))];
  let kinks = [];
}

def TemperedOrigin : Function<(params Real:$maximum, Pair:$steepness),
                              ShiftedOrigin> {
  defvar isFar = (Ge (Abs (Mul $maximum, (H $steepness))), FarInUnits);
  defvar m = (Select isFar, "0", $maximum);
  defvar n = (Sub (Fma m, (H $steepness), RoundingShift), RoundingShift);
  let body = (ShiftedOrigin (Select isFar, $maximum, "0"), m, n);
  let description = "as ShiftOrigin, in units of 1 / steepness";
}

def Steepness : Function<(params Pair:$temperature), Pair> {
  let body = (DivPair Log2E, $temperature);
  let description = "1 / (T ln 2)";
}

def ExpOfTempered : Function<(params Real:$x, Real:$maximum, Pair:$temperature),
                             Scaled> {
  defvar origin = (TemperedOrigin $maximum, (Steepness $temperature));
  defvar least = (Fma Vanishing, (H $temperature), (M origin));
  defvar d = (PairAtLeast (TwoSum $x, (Neg (A origin))), least);
  defvar e = (ExpPair (DivPair d, $temperature));
  defvar n = (ISub (Bits (Add (N origin), RoundingShift)), RoundingShiftBits);
  let body = (Scaled (H e), (L e), (ISub (IAdd (N e), 24), n));
  let description = "2^24 e^((x - s)/T) for x <= maximum";
}

def : Evaluation<TemperedExp, Forward, Exact, BothWidths> {
  let body = (RoundFar (ExpOfTempered (AtMost $x, (H $maximum)), (H $maximum),
                                      $temperature));
}

def : Evaluation<TemperedExp, ParameterDerivative, Exact, BothWidths> {
  defvar m = (H $maximum);
  defvar below = (Lt $x, m);
  defvar e = (ExpOfTempered (AtMost $x, m), m, $temperature);
  defvar q = (DivPair (HighLow e), $temperature);
  defvar slope = (RoundFar (Scaled (H q), (L q), (N e)));
  defvar origin = (TemperedOrigin m, (Steepness $temperature));
  defvar isFar = (Not (Eq (A origin), "0"));
  let body = (Select isFar, (Select below, (Neg slope), (Mul "0", slope)),
                            (Select below, "0", slope));
}

def TemperedLeast : Function<(params Real:$n, Pair:$temperature), Real> {
  let body = (Mul (Sub $n, "150"), (Mul (H $temperature), ShortLn2));
  let description = "the number whose term is 2^-150 of that of n";
}

/// 2 2^r, |r| <= 1/2, to 2^-28.3; 2 itself at 0: Exp2Minus1 of Lean.td.
def TwiceExp2 : Coefficients<[
    "2", "0x1.62e43p+0", "0x1.ebfbdcp-2", "0x1.c6af7ap-4", "0x1.3b2dd4p-6",
    "0x1.5f095p-9", "0x1.41785ep-12"]>;

def : Evaluation<TemperedExp, Forward, Default> {
  // As ShiftedExp, but by powers of two: r has one rounding of each part of the
  // steepness, whatever n is.
  defvar steepness = (Steepness $temperature);
  defvar origin = (TemperedOrigin (H $maximum), steepness);
  defvar n = (N origin);
  defvar least = (TemperedLeast n, $temperature);
  defvar x = (AtMost (AtLeast (Sub $x, (A origin)), least), (M origin));
  defvar e = (RoundBinary x, (H steepness), (Sub "12583062", n));
  defvar r = (Fma x, (L steepness), (R e));
  let body = (MulExact (Horner TwiceExp2, r), (PowerFromLowBits (M e)));
  let bound = "1.5";
  let absolute = "0x1p-125";
}

//===----------------------------------------------------------------------===//
// Terms of rows of 16 bits
//===----------------------------------------------------------------------===//

def ExpDistance : Rule<"exp_distance"> {
  let isActivation = false;
  let summary = "exponential of the distance to a maximum, times 2^24";
  let description = [{
    The term of x in the sum of a softmax of 16-bit numbers: the exponential of
    minus its distance to the maximum of the row, which is finite. The factor
    keeps terms that count normal. The distance is rounded to f32, which holds
    it unless x has bits below the last place of the maximum.
  }];
  let latex = "f(x) = 2^{24} e^{-|x - m|}";
  let derivativeLatex = "f'(x) = f(x) \\text{ for } x < m, \\text{ else } "
      "-f(x); \\quad \\frac{\\partial f}{\\partial m} = -f'(x)";
  let parameters = [RowMaximum];
  defvar below = (Lt $x, $maximum);
  defvar distance = (Select below, (Sub $maximum, $x), (Sub $x, $maximum));
  defvar term = (Mul "0x1p+24", (Exp (Neg distance)));
  let definition = term;
  let derivative = (Select below, term, (Neg term));
  let parameterDerivatives = [(Select below, (Neg term), term)];
  let kinks = [];
}

def ScaledExpOfDistance : Function<(params Real:$x, Pair:$m), Real> {
  defvar d = (TwoSum $x, (Neg (H $m)));
  defvar exact = (PairMinusAbs (Pair (H d), (Sub (L d), (L $m))));
  defvar e = (ExpPair (PairAtLeast exact, VanishingFar));
  let body = (RoundFar (Scaled (H e), (L e), (IAdd (N e), 24)));
  let description = "2^24 e^-|x - m|";
}

def : Evaluation<ExpDistance, Forward, Exact, BothWidths> {
  let body = (ScaledExpOfDistance $x, $maximum);
}

def : Evaluation<ExpDistance, ParameterDerivative, Exact, BothWidths> {
  defvar term = (ScaledExpOfDistance $x, $maximum);
  let body = (Select (Lt $x, (H $maximum)), (Neg term), term);
}

/// 2 e^r, |r| <= ln2/2, to 2^-23.4; 2 itself at 0.
def TwiceExp : Coefficients<[
    "2", "0x1.fffff6p+0", "0x1.fffdc4p-1", "0x1.555a8ap-2", "0x1.573abep-4",
    "0x1.0f99a6p-6"]>;

def : Evaluation<ExpDistance, Forward, Default> {
  // The error is below 8 ulp, and as much more as the rounding of the distance
  // makes: up to half an ulp of 104. ln 2 happens to be within 2^-28 of a number
  // of f32, which one fused operation subtracts k times.
  defvar d = (Neg (Abs (Sub (Sub $x, (H $maximum)), (L $maximum))));
  defvar e = (RoundNatural (AtLeast d, "-104"), ShiftUnits, ShortLn2,
                           "12583062");
  // 2^(k + 23) stands in the low bits, and is 0 for k = -150, where the
  // distance ends. So the product is 0 or normal and needs no rounding.
  let body = (MulExact (Horner TwiceExp, (R e)), (PowerFromLowBits (M e)));
  let bound = "110";
  let absolute = "0x1p-125";
}

#endif // ACT_RULES_EXPDIFFERENCE_TD
