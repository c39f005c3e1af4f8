// Rows, losses, gates and sums for same-bits.py; their inputs are made by
// act-run.

func.func @rows(%x: tensor<?x?xf32>, %dy: tensor<?x?xf32>)
    -> (tensor<?x?xf32> {act.name = "softmax"}, tensor<?xf32> {act.name = "logsumexp"},
        tensor<?x?xf32> {act.name = "log_softmax_dx"}) {
  %a = act.softmax %x {dim = 1} : tensor<?x?xf32>
  %b = act.logsumexp %x {dim = 1} : tensor<?x?xf32> -> tensor<?xf32>
  %c = act.log_softmax_backward %dy, %x {dim = 1} : tensor<?x?xf32>
  return %a, %b, %c : tensor<?x?xf32>, tensor<?xf32>, tensor<?x?xf32>
}

func.func @halves(%x: tensor<?x?xbf16>) -> (tensor<?x?xbf16> {act.name = "log_softmax_bf16"}) {
  %a = act.log_softmax %x {dim = 1} : tensor<?x?xbf16>
  return %a : tensor<?x?xbf16>
}

func.func @losses(%x: tensor<?x100xf32>, %t: tensor<?xi64>, %g: tensor<f32>)
    -> (tensor<f32> {act.name = "cross_entropy"}, tensor<?x100xf32> {act.name = "cross_entropy_dx"}) {
  %l, %dx = act.cross_entropy_with_grad %x, %t, %g reduction(mean) {label_smoothing = 0.1}
      : tensor<?x100xf32>, tensor<?xi64> -> tensor<f32>, tensor<?x100xf32>
  return %l, %dx : tensor<f32>, tensor<?x100xf32>
}

func.func @gates(%g: tensor<?x?xf32>, %u: tensor<?x?xf32>, %dy: tensor<?x?xf32>)
    -> (tensor<?x?xf32> {act.name = "swiglu"}, tensor<?x?xf32> {act.name = "geglu"},
        tensor<?x?xf32> {act.name = "swiglu_dg"}, tensor<?x?xf32> {act.name = "swiglu_du"}) {
  %a = act.gate swiglu %g, %u : tensor<?x?xf32>
  %b = act.gate geglu %g, %u : tensor<?x?xf32>
  %c, %d = act.gate_backward swiglu %dy, %g, %u : tensor<?x?xf32>
  return %a, %b, %c, %d : tensor<?x?xf32>, tensor<?x?xf32>, tensor<?x?xf32>, tensor<?x?xf32>
}

// The gradients of parameters are sums.
func.func @sums(%dy: tensor<?x3x?xf32>, %x: tensor<?x3x?xf32>, %w: tensor<3xf32>, %b: f32)
    -> (tensor<3xf32> {act.name = "prelu_dw"}, f32 {act.name = "swish_dbeta"}) {
  %dx, %dw = act.prelu_backward %dy, %x, %w {channel_dim = 1} : tensor<?x3x?xf32>, tensor<3xf32>
  %dz, %db = act.swish_backward %dy, %x, %b : tensor<?x3x?xf32>, f32
  return %dw, %db : tensor<3xf32>, f32
}
