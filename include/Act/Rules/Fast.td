//===- Fast.td - What the fast tiers share -----------------*- tablegen -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file defines exponentials, quotients and the logistic function by the
// approximations of GPUs: for f32 with the rounding of the exponent's product
// made good, for 16-bit types without.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_RULES_FAST_TD
#define ACT_RULES_FAST_TD

include "Act/Rules/Lean.td"

def FastQuotient : Function<(params Real:$n, Real:$d), Real> {
  let body = (Mul $n, (ApproxReciprocal $d));
  let description = "n / d, error 1.5 ulp, for 2^-126 <= |d| <= 2^126";
}

def FastPower : Function<(params Real:$x, Pair:$c), Real> {
  // 2^p (1 + ln 2 rest) with p + rest = x c.
  defvar p = (Mul $x, (H $c));
  defvar rest = (Fma $x, (L $c), (Fma $x, (H $c), (Neg p)));
  defvar t = (ApproxExp2 p);
  let body = (Fma t, (Mul rest, Ln2), t);
  let description = "2^(x c), error 2.6 ulp, for |x c| < 2^12 and x c < 128; 0 "
                    "where that is below 2^-126";
}

//===----------------------------------------------------------------------===//
// The logistic function s(x) = 1 / (1 + e^-x)
//===----------------------------------------------------------------------===//

def FastLogisticOfMinus : Function<(params Real:$z, Pair:$c), Real> {
  defvar t = (FastPower (Neg $z), $c);
  let body = (FastQuotient t, (Add "1", t));
  let description = "s(-z c ln 2) for z c >= 0";
}

def FastBinaryLogistic : Function<(params Real:$w), Real> {
  let body = (ApproxReciprocal (Add "1", (ApproxExp2 $w)));
  let description = "1 / (1 + 2^w) for any w: 0 at infinity, 1 at minus "
                    "infinity";
}

#endif // ACT_RULES_FAST_TD
