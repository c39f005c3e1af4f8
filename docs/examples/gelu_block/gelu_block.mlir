// A transformer block's activation: bias, then GELU, forward and backward. The
// bias is broadcast along the rows.

func.func @forward(%x: tensor<?x256xf32> {act.name = "x"},
                   %bias: tensor<256xf32> {act.name = "bias"})
    -> (tensor<?x256xf32> {act.name = "y"}) {
  %c0 = arith.constant 0 : index
  %rows = tensor.dim %x, %c0 : tensor<?x256xf32>
  %empty = tensor.empty(%rows) : tensor<?x256xf32>
  %b = linalg.broadcast ins(%bias : tensor<256xf32>)
                        outs(%empty : tensor<?x256xf32>) dimensions = [0]
  %h = arith.addf %x, %b : tensor<?x256xf32>
  %y = act.gelu %h : tensor<?x256xf32>
  return %y : tensor<?x256xf32>
}

func.func @backward(%dy: tensor<?x256xf32> {act.name = "dy"},
                    %x: tensor<?x256xf32> {act.name = "x"},
                    %bias: tensor<256xf32> {act.name = "bias"})
    -> (tensor<?x256xf32> {act.name = "d_x"}) {
  %c0 = arith.constant 0 : index
  %rows = tensor.dim %x, %c0 : tensor<?x256xf32>
  %empty = tensor.empty(%rows) : tensor<?x256xf32>
  %b = linalg.broadcast ins(%bias : tensor<256xf32>)
                        outs(%empty : tensor<?x256xf32>) dimensions = [0]
  %h = arith.addf %x, %b : tensor<?x256xf32>
  %d_x = act.gelu_backward %dy, %h : tensor<?x256xf32>
  return %d_x : tensor<?x256xf32>
}
