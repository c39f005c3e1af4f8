//===- Half.td - What the 16-bit evaluations share ---------*- tablegen -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file defines the exponential of evaluations for one 16-bit type. Their
// coefficients were searched until all 65,536 results, rounded once, are right.
// A set belongs to its order of operations and its rounding, and the f32 value
// before the rounding is off by up to a third of a 16-bit ulp: it is never used
// for anything else.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_RULES_HALF_TD
#define ACT_RULES_HALF_TD

include "Act/Rules/Primitives.td"

/// 2^(u v + bias) as `value`: the integer part, which adding `magic` =
/// 1.5*2^23 + bias leaves in the low bits, goes to the exponent of a polynomial
/// in the rest. The clamps of u keep the result normal.
class HalfExponential<Coefficients polynomial, dag u, dag v, string magic> {
  dag m = (Fma u, v, magic);
  dag r = (Fma u, v, (Neg (Sub m, magic)));
  dag value = (FromBits (IAdd (Bits (Horner polynomial, r)),
                              (Shl (Bits m), 23)));
}

#endif // ACT_RULES_HALF_TD
