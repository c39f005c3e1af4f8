// Programs of gpu-check.sh for rows of a LENGTH that is known, by kernels that
// have a row in the registers and the shared memory of a block or of the blocks
// of a cluster. TYPE is f32, bf16 or f16.

func.func @rows_of_LENGTH(%x: tensor<?xLENGTHxTYPE> {act.name = "x"},
                          %dy: tensor<?xLENGTHxTYPE> {act.name = "dy"},
                          %t: tensor<?xi64> {act.name = "t"})
    -> (tensor<?xLENGTHxTYPE>, tensor<?xLENGTHxTYPE>, tensor<?xf32>) {
  %0 = act.softmax %x : tensor<?xLENGTHxTYPE>
  %1 = act.softmax_backward %dy, %x : tensor<?xLENGTHxTYPE>
  %2 = act.cross_entropy %x, %t reduction(none)
    : tensor<?xLENGTHxTYPE>, tensor<?xi64> -> tensor<?xf32>
  return %0, %1, %2
    : tensor<?xLENGTHxTYPE>, tensor<?xLENGTHxTYPE>, tensor<?xf32>
}

// The gradient may take the place of the logits.
func.func @loss_of_LENGTH(%x: tensor<?xLENGTHxTYPE> {act.name = "x"},
                          %t: tensor<?xi64> {act.name = "t"},
                          %d: tensor<?xf32> {act.name = "d"})
    -> (tensor<?xf32>, tensor<?xLENGTHxTYPE> {act.name = "dx"}) {
  %0, %1 = act.cross_entropy_with_grad %x, %t, %d reduction(none)
    : tensor<?xLENGTHxTYPE>, tensor<?xi64> -> tensor<?xf32>,
      tensor<?xLENGTHxTYPE>
  return %0, %1 : tensor<?xf32>, tensor<?xLENGTHxTYPE>
}
