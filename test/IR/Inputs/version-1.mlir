// What version-1.mlirbc holds: each kind of attribute, operand and result.
func.func @f(%x: tensor<?x8xf32>, %dy: tensor<?x8xbf16>, %w: tensor<8xf32>,
             %s: f32) {
  %0 = act.silu %x : tensor<?x8xf32>
  %1 = act.silu %x : tensor<?x8xf32> -> tensor<?x8xf16>
  %2 = act.silu_backward %dy, %x : tensor<?x8xbf16>, tensor<?x8xf32>
  %3 = act.gelu %x : tensor<?x8xf32>
  %4 = act.gelu %x approximate(tanh) {act.accuracy = "exact"} : tensor<?x8xf32>
  %5 = act.gelu_backward %x, %x approximate(sigmoid) : tensor<?x8xf32>
  %6 = act.sigmoid_backward %x, %x saved(output) : tensor<?x8xf32>
  %7 = act.leaky_relu %x : tensor<?x8xf32>
  %8 = act.leaky_relu %x {slope = 0.2} : tensor<?x8xf32>
  %9 = act.leaky_relu_backward %x, %x saved(output) {slope = 0.2}
    : tensor<?x8xf32>
  %10 = act.hardsigmoid %x : tensor<?x8xf32>
  %11 = act.hardsigmoid %x {offset = 0.25, slope = 0.125} : tensor<?x8xf32>
  %12 = act.softplus %x {beta = 2.0, threshold = 20.0} : tensor<?x8xf32>
  %13 = act.prelu %x, %w {channel_dim = 1} : tensor<?x8xf32>, tensor<8xf32>
  %14, %15 = act.prelu_backward %x, %x, %s : tensor<?x8xf32>, f32
  %16 = act.swish %x {beta = 1.5} : tensor<?x8xf32>
  %17 = act.swish %x, %w : tensor<?x8xf32>, tensor<8xf32>
  %18 = act.swish_backward %x, %x : tensor<?x8xf32>
  %19, %20 = act.swish_backward %x, %x, %s : tensor<?x8xf32>, f32
  return
}
