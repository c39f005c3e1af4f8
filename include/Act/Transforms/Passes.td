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
    a gate for an activation and a product, `act.gelu` for its formula with
    `math.erf`. docs/Fusion.md lists every pattern
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
  let dependentDialects = ["::act::ActDialect"];
  let options = [
    Option<"strict", "strict", "bool", "false",
           "Fuse only what keeps every bit of the results">];
  let statistics = [
    Statistic<"numActivations", "num-activations",
              "Formulas of activations that became operations">,
    Statistic<"numGates", "num-gates",
              "Activations and products fused to gates">,
    Statistic<"numGateGradients", "num-gate-gradients",
              "Gradients of activations and products fused to those of gates">,
    Statistic<"numPackedGates", "num-packed-gates",
              "Gates of two slices fused to gates of one tensor">,
    Statistic<"numSoftmaxes", "num-softmaxes",
              "Spellings of softmax and its logarithm fused">,
    Statistic<"numMasks", "num-masks", "Masks fused into softmax">,
    Statistic<"numRowScales", "num-row-scales",
              "Scales and soft caps fused into operations on rows">,
    Statistic<"numLosses", "num-losses", "Losses fused to cross entropy">,
    Statistic<"numLossGradients", "num-loss-gradients",
              "Gradients of losses fused to those of cross entropy">,
    Statistic<"numLossesWithGradient", "num-losses-with-gradient",
              "Losses fused with their gradients">,
    Statistic<"numProductSums", "num-product-sums",
              "Sums of two products of matrices fused">];
}

def ActDifferentiate : Pass<"act-differentiate", "::mlir::ModuleOp"> {
  let summary = "Make the derivative of a function";
  let description = [{
    Makes `@f_vjp` of `@f`: it takes the arguments of `@f` and a cotangent for
    each floating-point result, and returns the results of `@f` and the gradient
    of each selected argument, in their order. With `mode=jvp` it makes `@f_jvp`,
    which takes a tangent for each selected argument and returns the results
    and their tangents.

    The gradient of an argument `x` is named `d_x`, the cotangent of a result
    `y` is named `d_y`; names are `act.name` attributes, else `arg0`, `res0` and
    so on. A gradient that is zero everywhere is returned all the same. For
    functions that `@f` calls, private derivatives are made.

    Every operation between a selected argument and a floating-point result must
    have a DifferentiableOpInterface; the first that has none is an error, which
    leaves the module as it was. See docs/Differentiation.md.

    ```mlir
    func.func @f(%x: tensor<?xf32>) -> tensor<?xf32> {
      %y = act.gelu %x : tensor<?xf32>
      return %y : tensor<?xf32>
    }
    // stays, and there is also
    func.func @f_vjp(%x: tensor<?xf32>, %dy: tensor<?xf32> {act.name = "d_res0"})
        -> (tensor<?xf32>, tensor<?xf32> {act.name = "d_arg0"}) {
      %y = act.gelu %x : tensor<?xf32>
      %dx = act.gelu_backward %dy, %x : tensor<?xf32>
      return %y, %dx : tensor<?xf32>, tensor<?xf32>
    }
    ```
  }];
  let options = [
    Option<"entry", "entry", "std::string", "\"\"",
           "Function to differentiate, where there are several">,
    ListOption<"arguments", "args", "std::string",
               "Arguments to differentiate by, by name or position; default: "
               "all of floating point">,
    Option<"results", "results", "bool", "true",
           "Return the results of the function too">,
    Option<"mode", "mode", "std::string", "\"vjp\"",
           "vjp: gradients of arguments; jvp: tangents of results">,
    Option<"suffix", "suffix", "std::string", "\"\"",
           "Ending of the names that are made; default: _vjp or _jvp">];
  let dependentDialects = ["::mlir::arith::ArithDialect",
                           "::mlir::linalg::LinalgDialect",
                           "::mlir::math::MathDialect",
                           "::mlir::tensor::TensorDialect",
                           "::mlir::vector::VectorDialect"];
}

#endif // ACT_TRANSFORMS_PASSES_TD
