// The loss of a classifier and its gradient in one go. A tenth of each target is
// spread over all classes; rows whose target is -100 do not count.

func.func @step(%logits: tensor<?x100xf32> {act.name = "logits"},
                %target: tensor<?xi64> {act.name = "target"})
    -> (tensor<f32> {act.name = "loss"},
        tensor<?x100xf32> {act.name = "d_logits"}) {
  %one = arith.constant dense<1.0> : tensor<f32>
  %loss, %d_logits = act.cross_entropy_with_grad %logits, %target, %one
    reduction(mean) {ignore_index = -100, label_smoothing = 0.1}
    : tensor<?x100xf32>, tensor<?xi64> -> tensor<f32>, tensor<?x100xf32>
  return %loss, %d_logits : tensor<f32>, tensor<?x100xf32>
}
