//===- LossOps.td - Losses ---------------------------------*- tablegen -*-===//
//
// Part of the Act project, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This file defines nll and cross_entropy, forward and backward.
//
//===----------------------------------------------------------------------===//

#ifndef ACT_IR_LOSSOPS_TD
#define ACT_IR_LOSSOPS_TD

include "Act/IR/RowwiseOpBase.td"

defvar nllAttributes = (ins
    OptionalAttr<I64Attr>:$dim,
    OptionalAttr<I64Attr>:$ignore_index,
    DefaultValuedAttr<Act_ReductionAttr, "::act::Reduction::Mean">:$reduction,
    DefaultValuedAttr<Act_EmptyMeanAttr, "::act::EmptyMean::NaN">:$empty_mean);
defvar crossEntropyAttributes = !con(nllAttributes, (ins
    OptionalAttr<Act_Number>:$label_smoothing,
    DefaultValuedAttr<Act_SmoothingAttr, "::act::Smoothing::Torch">:$smoothing,
    DefaultValuedAttr<Act_SmoothOverAttr, "::act::SmoothOver::All">
        :$smooth_over,
    DefaultValuedAttr<Act_Number, "0.0">:$z_loss,
    DefaultValuedAttr<Act_Number, "1.0">:$temperature,
    OptionalAttr<Act_Number>:$softcap));
defvar extraAttribute = (ins
    DefaultValuedAttr<Act_ExtraAttr, "::act::Extra::None">:$extra);

defvar lossWeights = (ins Optional<Act_RowData>:$class_weight,
                          Optional<Act_RowData>:$token_weight);

class Act_LossOp<string mnemonic, string function, string part, dag inputs,
                 dag attributes>
    : Act_RowwiseOp<mnemonic, function, part, !con(inputs, lossWeights),
                    attributes, [LossOpInterface]> {
  let extraMethods = [{
    int64_t getIgnoredTarget() {
      return static_cast<int64_t>(getIgnoreIndex().value_or(-100));
    }
  }];
}

defvar lossText = [{

    Classes lie along `dim` (1 if absent; 0 for rank 1). `class_weight` has one
    number for each class and `token_weight` one for each row; rows whose target
    is `ignore_index` (-100 if absent) or whose token weight is 0 do not count,
    whatever they hold. `reduction(mean)` divides by the sum of the weights of
    the rows that count; if that is 0, the mean is NaN or, with
    `empty_mean(zero)`, 0.
}];

def Act_NLLOp : Act_LossOp<"nll", "NLL", "Forward",
    (ins Act_RowData:$x, Act_RowIndices:$target), nllAttributes> {
  let summary = "negative log-likelihood of targets";
  let description = !strconcat([{
    Computes $$ l = -a w_t x_t $$ for each row, where x holds log-probabilities,
    and reduces it. The term is 0 where its weight is.}], lossText, [{

    Example:

    ```mlir
    %loss = act.nll %logp, %target
      : tensor<?x10xf32>, tensor<?xi64> -> tensor<f32>
    ```
  }]);
}

def Act_NLLBackwardOp : Act_LossOp<"nll_backward", "NLL", "Backward",
    (ins Act_RowData:$dloss, Act_RowData:$x, Act_RowIndices:$target),
    nllAttributes> {
  let summary = "gradient of `act.nll`";
  let description = [{
    Computes dx_t = -G a w_t at the target of each row, where G is dloss, or
    dloss divided as the mean is; and 0 elsewhere. The values of x are not read.

    Example:

    ```mlir
    %dx = act.nll_backward %dloss, %logp, %target
      : tensor<f32>, tensor<?x10xf32>, tensor<?xi64>
    ```
  }];
  let cotangent = "getDloss()";
}

defvar crossEntropyText = [{

    Targets are classes, i32 or i64 and one for each row, or distributions of
    the shape of x. x is divided by `temperature`, then `softcap` bounds it.
    `label_smoothing` e mixes the target with the uniform distribution;
    `smoothing(megatron)` takes e C/(C-1) instead of e, and
    `smooth_over(finite)` leaves out classes whose logit is -inf. `z_loss` adds
    that factor times the square of the logsumexp.
}];
defvar extraText = [{

    `extra` asks for further results, in this order: `lse`, the logsumexp of
    each row; `log_prob`, the log-probability of the target; `entropy`;
    `argmax`, the first class of the greatest logit; `counts`, how many rows
    count and in how many of them the target is the argmax.
}];

def Act_CrossEntropyOp : Act_LossOp<"cross_entropy", "CrossEntropy", "Forward",
    (ins Act_RowData:$x, Act_RowTarget:$target),
    !con(crossEntropyAttributes, extraAttribute)> {
  let summary = "cross entropy of logits and targets";
  let description = !strconcat([{
    Computes $$ l = -a \sum_k w_k q_k \log p_k + v \zeta L^2 $$ for each row
    and reduces it: p is the softmax of the logits x, L their logsumexp, q the
    target, a the token weight and v the weight of the row.}],
    crossEntropyText, lossText, extraText, [{

    Example:

    ```mlir
    %loss = act.cross_entropy %logits, %target {label_smoothing = 0.1}
      : tensor<?x10xf32>, tensor<?xi64> -> tensor<f32>
    %l, %lse, %a = act.cross_entropy %logits, %target reduction(none)
      extra(lse, argmax) : tensor<?x10xf32>, tensor<?xi64>
      -> tensor<?xf32>, tensor<?xf32>, tensor<?xi64>
    ```
  }]);
}

def Act_CrossEntropyBackwardOp : Act_LossOp<"cross_entropy_backward",
    "CrossEntropy", "Backward",
    (ins Act_RowData:$dloss, Act_RowData:$x, Act_RowTarget:$target,
         Optional<Act_RowData>:$lse), crossEntropyAttributes> {
  let summary = "gradient of `act.cross_entropy`";
  let description = [{
    Computes $$ dz_k = G (a (W p_k - w_k q_k) + 2 v \zeta L p_k),
    W = \sum_j w_j q_j $$ for each row, where G is dloss, or dloss divided as
    the mean is, and dx = dz (1 - tanh^2(u/c)) / T. A second result is the
    gradient of soft targets, -G a w_k (1-e) log p_k. `lse`, the logsumexp of
    the rows, saves most of what it takes to compute it again; p = e^(z - lse)
    then has the relative error that its rounding makes, 2^-24 |lse| at most.

    Example:

    ```mlir
    %dx = act.cross_entropy_backward %dloss, %logits, %target
      : tensor<f32>, tensor<?x10xf32>, tensor<?xi64>
    ```
  }];
  let cotangent = "getDloss()";
}

def Act_CrossEntropyWithGradOp : Act_LossOp<"cross_entropy_with_grad",
    "CrossEntropy", "ForwardWithGradient",
    (ins Act_RowData:$x, Act_RowTarget:$target, Act_RowData:$dloss),
    !con(crossEntropyAttributes, extraAttribute)> {
  let summary = "cross entropy and its gradient at once";
  let description = [{
    Computes the loss of `act.cross_entropy` and the gradient of
    `act.cross_entropy_backward` in one go. dloss has the type of the loss, and
    the results of `extra` follow the gradient.

    Example:

    ```mlir
    %loss, %dx = act.cross_entropy_with_grad %logits, %target, %dloss
      : tensor<?x10xf32>, tensor<?xi64> -> tensor<f32>, tensor<?x10xf32>
    ```
  }];
  let cotangent = "getDloss()";
}

#endif // ACT_IR_LOSSOPS_TD
