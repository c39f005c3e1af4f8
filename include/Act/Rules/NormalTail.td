//===- NormalTail.td - The tail of the normal distribution -*- tablegen -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file defines what gelu and erfc share: Mills' ratio of the normal
// distribution, a smooth function of c / (z + c).
//
//===----------------------------------------------------------------------===//

#ifndef ACT_RULES_NORMALTAIL_TD
#define ACT_RULES_NORMALTAIL_TD

include "Act/Rules/Functions.td"

/// R(z) / t in tau = t - 9/16, t = 3/(z+3), z in [0, 14.6], to 2^-28.71
/// ([0, 38.7], to 2^-56.0).
def NormalTail : Coefficients<[
    "0x1.0fd972p-2", "0x1.84694ap-2", "0x1.50baf6p-2", "0x1.bfb9d8p-4",
    "-0x1.3d08c2p-4", "-0x1.015ef2p-4", "0x1.3b4d92p-5", "0x1.fa1166p-6",
    "-0x1.f2a46ep-6", "-0x1.57efc4p-7", "0x1.373ceep-6"], [
    "0x1.0fd971af6dd69p-2", "0x1.846949514b2dbp-2", "0x1.50baf8bdb17ebp-2",
    "0x1.bfba5756a24a8p-4", "-0x1.3d0c73cd7c08ap-4",
    "-0x1.0161373836ce4p-4", "0x1.3c314a303122ep-5", "0x1.f858b0796acd6p-6",
    "-0x1.04af48cb3dbccp-5", "-0x1.261c4c7f486p-7", "0x1.b6206074ada25p-6",
    "-0x1.045e211d6040ep-7", "-0x1.05dfc00598cbbp-6",
    "0x1.2136571ef0c9dp-6", "0x1.5c1403778c283p-16", "-0x1.f96d524bcdbdp-7",
    "0x1.c601cf726a1b1p-7", "0x1.2eb12c623d3e3p-10",
    "-0x1.07335ed668495p-6", "0x1.0289c4908c423p-6", "0x1.77bcbccb3d641p-8",
    "-0x1.5d590176682c8p-6", "0x1.0299b28cfc6a1p-8", "0x1.7507b23d831aep-7",
    "-0x1.73a4c45058c91p-9"]>;

def TailVariable : Function<(params Real:$z, Real:$c), Pair> {
  defvar q = (DivPair (Pair $c, "0"), (TwoSum $z, $c));
  let body = (FastTwoSum (H q), (L q));
  let description = "c / (z + c)";
}

def TailCentred : Function<(params Pair:$t), Pair> {
  defvar tau = (Sub (H $t), "0.5625");
  let body = (Pair tau, (Add (Add (Sub "-0.5625", tau), (H $t)), (L $t)));
  let description = "t - 9/16";
}

def HornerPair : Function<(params Pair:$c0, Real:$c1, Real:$rest, Pair:$tau),
                          Pair> {
  // The low part of tau takes the slope c1 + 2 tau rest.
  defvar u = (Mul $rest, (H $tau));
  defvar s = (FastTwoSum $c1, u);
  defvar m = (Product (H s), (H $tau));
  defvar low = (Fma (L s), (H $tau), (Mul (Add (H s), u), (L $tau)));
  let body = (AddC (H $c0), (Pair (H m), (Add (L $c0), (Add (L m), low))));
  let description = "c0 + tau (c1 + tau rest)";
}

def TailRatio : Function<(params Pair:$tau), Pair> {
  let body =
      (HornerPair (Pair (ByWidth "0x1.0fd972p-2", "0x1.0fd971af6dd69p-2"),
                        (ByWidth "-0x1.3411c4p-28", "0x1.ee7422a1ebe18p-58")),
                  (ByWidth "0x1.84694ap-2", "0x1.846949514b2dbp-2"),
                  (HornerFrom NormalTail, 2, (H $tau)), $tau);
  let description = "R(z) / t";
}

#endif // ACT_RULES_NORMALTAIL_TD
