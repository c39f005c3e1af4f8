// The softmax of attention: scores of two heads, divided by the root of the
// head's size, and a mask that all heads share. What the mask leaves out gets
// probability 0, and so does a row of which nothing is left.

func.func @forward(%scores: tensor<2x?x12xf32> {act.name = "scores"},
                   %mask: tensor<1x?x12xi1> {act.name = "mask"})
    -> (tensor<2x?x12xf32> {act.name = "p"}) {
  %p = act.softmax %scores mask(%mask : tensor<1x?x12xi1>) empty_row(zero)
    {dim = -1, temperature = 8.0} : tensor<2x?x12xf32>
  return %p : tensor<2x?x12xf32>
}

func.func @backward(%d_p: tensor<2x?x12xf32> {act.name = "d_p"},
                    %scores: tensor<2x?x12xf32> {act.name = "scores"},
                    %mask: tensor<1x?x12xi1> {act.name = "mask"})
    -> (tensor<2x?x12xf32> {act.name = "d_scores"}) {
  %d_scores = act.softmax_backward %d_p, %scores mask(%mask : tensor<1x?x12xi1>)
    empty_row(zero) {dim = -1, temperature = 8.0} : tensor<2x?x12xf32>
  return %d_scores : tensor<2x?x12xf32>
}
