// Programs of gpu-check.sh, one for each way in which kernels are made. TYPE is
// f32, bf16 or f16; sizes are options of act-run.

// Elementwise operations, forward.
func.func @unary(%x: tensor<?xTYPE> {act.name = "x"})
    -> (tensor<?xTYPE>, tensor<?xTYPE>, tensor<?xTYPE>, tensor<?xTYPE>,
        tensor<?xTYPE>, tensor<?xTYPE>, tensor<?xTYPE>, tensor<?xTYPE>,
        tensor<?xTYPE>, tensor<?xTYPE>) {
  %0 = act.relu %x : tensor<?xTYPE>
  %1 = act.silu %x : tensor<?xTYPE>
  %2 = act.gelu %x : tensor<?xTYPE>
  %3 = act.gelu %x approximate(tanh) : tensor<?xTYPE>
  %4 = act.tanh %x : tensor<?xTYPE>
  %5 = act.sigmoid %x : tensor<?xTYPE>
  %6 = act.mish %x : tensor<?xTYPE>
  %7 = act.softplus %x : tensor<?xTYPE>
  %8 = act.elu %x : tensor<?xTYPE>
  %9 = act.logsigmoid %x : tensor<?xTYPE>
  return %0, %1, %2, %3, %4, %5, %6, %7, %8, %9
    : tensor<?xTYPE>, tensor<?xTYPE>, tensor<?xTYPE>, tensor<?xTYPE>,
      tensor<?xTYPE>, tensor<?xTYPE>, tensor<?xTYPE>, tensor<?xTYPE>,
      tensor<?xTYPE>, tensor<?xTYPE>
}

func.func @unary_backward(%x: tensor<?xTYPE> {act.name = "x"},
                          %dy: tensor<?xTYPE> {act.name = "dy"})
    -> (tensor<?xTYPE>, tensor<?xTYPE>, tensor<?xTYPE>, tensor<?xTYPE>,
        tensor<?xTYPE>, tensor<?xTYPE>) {
  %0 = act.relu_backward %dy, %x : tensor<?xTYPE>
  %1 = act.silu_backward %dy, %x : tensor<?xTYPE>
  %2 = act.gelu_backward %dy, %x : tensor<?xTYPE>
  %3 = act.tanh_backward %dy, %x : tensor<?xTYPE>
  %4 = act.mish_backward %dy, %x : tensor<?xTYPE>
  %5 = act.softplus_backward %dy, %x : tensor<?xTYPE>
  return %0, %1, %2, %3, %4, %5
    : tensor<?xTYPE>, tensor<?xTYPE>, tensor<?xTYPE>, tensor<?xTYPE>,
      tensor<?xTYPE>, tensor<?xTYPE>
}

// Gates of two operands, and their gradients.
func.func @gates(%g: tensor<?x?xTYPE> {act.name = "g"},
                 %u: tensor<?x?xTYPE> {act.name = "u"},
                 %dy: tensor<?x?xTYPE> {act.name = "dy"})
    -> (tensor<?x?xTYPE>, tensor<?x?xTYPE>, tensor<?x?xTYPE>,
        tensor<?x?xTYPE>) {
  %0 = act.gate swiglu %g, %u : tensor<?x?xTYPE>
  %1 = act.gate geglu %g, %u : tensor<?x?xTYPE>
  %2, %3 = act.gate_backward swiglu %dy, %g, %u : tensor<?x?xTYPE>
  return %0, %1, %2, %3 : tensor<?x?xTYPE>, tensor<?x?xTYPE>,
                          tensor<?x?xTYPE>, tensor<?x?xTYPE>
}

// Both operands in one tensor, in halves and in turn, along the last dimension
// and along the first.
func.func @packed(%x: tensor<?x2002xTYPE> {act.name = "x"},
                  %dy: tensor<?x1001xTYPE> {act.name = "dy"})
    -> (tensor<?x1001xTYPE>, tensor<?x1001xTYPE>, tensor<?x2002xTYPE>,
        tensor<?x2002xTYPE>, tensor<?x2002xTYPE>) {
  %0 = act.glu swiglu %x : tensor<?x2002xTYPE> -> tensor<?x1001xTYPE>
  %1 = act.glu geglu %x layout(interleaved)
    : tensor<?x2002xTYPE> -> tensor<?x1001xTYPE>
  %2 = act.glu_backward swiglu %dy, %x
    : tensor<?x1001xTYPE>, tensor<?x2002xTYPE>
  %3 = act.glu_backward geglu %dy, %x layout(interleaved)
    : tensor<?x1001xTYPE>, tensor<?x2002xTYPE>
  %4 = act.glu swiglu %x {dim = 0} : tensor<?x2002xTYPE>
  return %0, %1, %2, %3, %4 : tensor<?x1001xTYPE>, tensor<?x1001xTYPE>,
                          tensor<?x2002xTYPE>, tensor<?x2002xTYPE>,
                          tensor<?x2002xTYPE>
}

// Rows of any length: threads of a warp, several warps, and a block that reads
// its row several times.
func.func @rows(%x: tensor<?x?xTYPE> {act.name = "x"})
    -> (tensor<?x?xTYPE>, tensor<?x?xTYPE>, tensor<?xf32>) {
  %0 = act.softmax %x : tensor<?x?xTYPE>
  %1 = act.log_softmax %x : tensor<?x?xTYPE>
  %2 = act.logsumexp %x : tensor<?x?xTYPE> -> tensor<?xf32>
  return %0, %1, %2 : tensor<?x?xTYPE>, tensor<?x?xTYPE>, tensor<?xf32>
}

func.func @rows_backward(%x: tensor<?x?xTYPE> {act.name = "x"},
                         %dy: tensor<?x?xTYPE> {act.name = "dy"})
    -> (tensor<?x?xTYPE>, tensor<?x?xTYPE>) {
  %0 = act.softmax_backward %dy, %x : tensor<?x?xTYPE>
  %1 = act.log_softmax_backward %dy, %x : tensor<?x?xTYPE>
  return %0, %1 : tensor<?x?xTYPE>, tensor<?x?xTYPE>
}

// 16 bits of an output do not tell enough.
func.func @saved_output(%y: tensor<?x?xf32> {act.name = "x"},
                        %dy: tensor<?x?xf32> {act.name = "dy"})
    -> tensor<?x?xf32> {
  %0 = act.softmax_backward %dy, %y saved(output) : tensor<?x?xf32>
  return %0 : tensor<?x?xf32>
}

// A length that is known and long: blocks of a cluster share a row.
func.func @clusters(%x: tensor<?x40000xTYPE> {act.name = "x"},
                    %dy: tensor<?x40000xTYPE> {act.name = "dy"})
    -> (tensor<?x40000xTYPE>, tensor<?x40000xTYPE>) {
  %0 = act.softmax %x : tensor<?x40000xTYPE>
  %1 = act.log_softmax_backward %dy, %x : tensor<?x40000xTYPE>
  return %0, %1 : tensor<?x40000xTYPE>, tensor<?x40000xTYPE>
}

// Rows whose elements lie apart.
func.func @inner(%x: tensor<?x?x5xTYPE> {act.name = "x"},
                 %dy: tensor<?x?x5xTYPE> {act.name = "dy"})
    -> (tensor<?x?x5xTYPE>, tensor<?x?x5xTYPE>) {
  %0 = act.softmax %x {dim = 1} : tensor<?x?x5xTYPE>
  %1 = act.softmax_backward %dy, %x {dim = 0} : tensor<?x?x5xTYPE>
  return %0, %1 : tensor<?x?x5xTYPE>, tensor<?x?x5xTYPE>
}

func.func @losses(%x: tensor<?x?xTYPE> {act.name = "x"},
                  %t: tensor<?xi64> {act.name = "t"})
    -> (tensor<f32>, tensor<?xf32>, tensor<f32>) {
  %0 = act.cross_entropy %x, %t reduction(mean)
    : tensor<?x?xTYPE>, tensor<?xi64> -> tensor<f32>
  %1 = act.cross_entropy %x, %t reduction(none)
    : tensor<?x?xTYPE>, tensor<?xi64> -> tensor<?xf32>
  %2 = act.cross_entropy %x, %t reduction(sum) {label_smoothing = 0.1}
    : tensor<?x?xTYPE>, tensor<?xi64> -> tensor<f32>
  return %0, %1, %2 : tensor<f32>, tensor<?xf32>, tensor<f32>
}

func.func @losses_with_grad(%x: tensor<?x?xTYPE> {act.name = "x"},
                            %t: tensor<?xi64> {act.name = "t"},
                            %d: tensor<f32> {act.name = "d"})
    -> (tensor<f32>, tensor<?x?xTYPE>, tensor<?x?xTYPE>) {
  %0, %1 = act.cross_entropy_with_grad %x, %t, %d
    : tensor<?x?xTYPE>, tensor<?xi64> -> tensor<f32>, tensor<?x?xTYPE>
  %2 = act.cross_entropy_backward %d, %x, %t reduction(sum)
      {label_smoothing = 0.1}
    : tensor<f32>, tensor<?x?xTYPE>, tensor<?xi64>
  return %0, %1, %2 : tensor<f32>, tensor<?x?xTYPE>, tensor<?x?xTYPE>
}

func.func @dropout(%x: tensor<?x?xTYPE> {act.name = "x"},
                   %seed: i64 {act.name = "seed"},
                   %offset: i64 {act.name = "offset"}) -> tensor<?x?xTYPE> {
  %0 = act.dropout %x, %seed, %offset {p = 0.3} : tensor<?x?xTYPE>
  return %0 : tensor<?x?xTYPE>
}

// Gradients of parameters are sums, of terms side by side and apart.
func.func @sums(%x: tensor<?x?xTYPE> {act.name = "x"},
                %dy: tensor<?x?xTYPE> {act.name = "dy"},
                %w: tensor<1xTYPE> {act.name = "w"},
                %b: TYPE {act.name = "b"})
    -> (tensor<?x?xTYPE>, tensor<1xTYPE>, TYPE) {
  %0, %1 = act.prelu_backward %dy, %x, %w
    : tensor<?x?xTYPE>, tensor<1xTYPE>
  %2, %3 = act.swish_backward %dy, %x, %b : tensor<?x?xTYPE>, TYPE
  %4 = arith.addf %0, %2 : tensor<?x?xTYPE>
  return %4, %1, %3 : tensor<?x?xTYPE>, tensor<1xTYPE>, TYPE
}

func.func @columns(%x: tensor<?x96xTYPE> {act.name = "x"},
                   %dy: tensor<?x96xTYPE> {act.name = "dy"},
                   %w: tensor<96xTYPE> {act.name = "w"})
    -> (tensor<?x96xTYPE>, tensor<96xTYPE>) {
  %0, %1 = act.prelu_backward %dy, %x, %w {channel_dim = 1}
    : tensor<?x96xTYPE>, tensor<96xTYPE>
  return %0, %1 : tensor<?x96xTYPE>, tensor<96xTYPE>
}
