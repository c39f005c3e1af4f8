//===- Passes.td - Passes from act to act ------------------*- tablegen -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file declares the passes that change programs before they are lowered.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_TRANSFORMS_PASSES_TD
#define ACT_TRANSFORMS_PASSES_TD

include "mlir/Pass/PassBase.td"

def ActFuse : Pass<"act-fuse"> {
  let summary = "Put operations together that one kernel computes better";
  let description = [{
    Replaces groups of operations by one act operation that computes the same:
    a gate for an activation and a product. docs/Fusion.md lists every pattern
    with its preconditions.

    The new operation may leave out the rounding of an intermediate value to 16
    bits, be more accurate, or give the limit where the old ones gave NaN,
    infinity or 0 by overflow. With `strict` nothing is fused that changes a
    bit of a result.

    Each fusion is told as a passed remark, and what is nearly one as a missed
    remark with the reason: `--remarks-filter=act-fuse` shows them.

    ```mlir
    %a = act.silu %g : tensor<?x8xf32>
    %y = arith.mulf %a, %u : tensor<?x8xf32>
    // becomes
    %y = act.gate swiglu %g, %u : tensor<?x8xf32>
    ```
  }];
  let options = [
    Option<"strict", "strict", "bool", "false",
           "Fuse only what keeps every bit of the results">];
  let statistics = [
    Statistic<"numGates", "num-gates",
              "Activations and products fused to gates">];
}

#endif // ACT_TRANSFORMS_PASSES_TD
