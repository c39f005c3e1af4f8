// Programs whose host code differs: one kernel of two, one of several by the
// length of rows, and several in order with memory between.

func.func @unary(%x: tensor<?xbf16> {act.name = "x"})
    -> (tensor<?xbf16> {act.name = "y"}) {
  %y = act.silu %x : tensor<?xbf16>
  return %y : tensor<?xbf16>
}

func.func @row(%x: tensor<?x?xf32> {act.name = "x"})
    -> (tensor<?x?xf32> {act.name = "y"}) {
  %y = act.softmax %x : tensor<?x?xf32>
  return %y : tensor<?x?xf32>
}

func.func @loss(%x: tensor<?x?xf32> {act.name = "x"},
                %t: tensor<?xi64> {act.name = "t"})
    -> (tensor<f32> {act.name = "loss"}) {
  %loss = act.cross_entropy %x, %t reduction(mean)
    : tensor<?x?xf32>, tensor<?xi64> -> tensor<f32>
  return %loss : tensor<f32>
}

func.func @loss_with_grad(%x: tensor<?x?xf32> {act.name = "x"},
                          %t: tensor<?xi64> {act.name = "t"},
                          %dloss: tensor<f32> {act.name = "dloss"})
    -> (tensor<f32> {act.name = "loss"}, tensor<?x?xf32> {act.name = "dx"}) {
  %loss, %dx = act.cross_entropy_with_grad %x, %t, %dloss
    : tensor<?x?xf32>, tensor<?xi64> -> tensor<f32>, tensor<?x?xf32>
  return %loss, %dx : tensor<f32>, tensor<?x?xf32>
}

// Parts of a tensor are views of it.
func.func @packed(%x: tensor<?x?xbf16> {act.name = "x"})
    -> (tensor<?x?xbf16> {act.name = "halves"},
        tensor<?x?xbf16> {act.name = "turns"}) {
  %0 = act.glu swiglu %x : tensor<?x?xbf16>
  %1 = act.glu swiglu %x layout(interleaved) {dim = 0} : tensor<?x?xbf16>
  return %0, %1 : tensor<?x?xbf16>, tensor<?x?xbf16>
}

// A number of 16 bits is passed by its bits.
func.func @number(%x: tensor<?xbf16> {act.name = "x"},
                  %b: bf16 {act.name = "b"})
    -> (tensor<?xbf16> {act.name = "y"}) {
  %y = act.swish %x, %b : tensor<?xbf16>, bf16
  return %y : tensor<?xbf16>
}

// A row is shared by the blocks of a cluster.
func.func @long(%x: tensor<?x131072xbf16> {act.name = "x"})
    -> (tensor<?x131072xbf16> {act.name = "y"}) {
  %y = act.softmax %x : tensor<?x131072xbf16>
  return %y : tensor<?x131072xbf16>
}
