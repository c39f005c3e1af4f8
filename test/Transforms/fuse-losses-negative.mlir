// RUN: act-opt %s --act-fuse --verify-diagnostics \
// RUN:   --remarks-filter=act-fuse -o %t
// RUN: act-opt %s | diff - %t

func.func @dims(%x: tensor<2x8x8xf32>, %t: tensor<2x8xi64>) -> tensor<f32> {
  %p = act.log_softmax %x : tensor<2x8x8xf32>
  // expected-remark @below {{[Missed] cross-entropy | Category:act-fuse | Function=dims | Remark="'act.log_softmax' runs along dimension 2, the classes along 1"}}
  %l = act.nll %p, %t : tensor<2x8x8xf32>, tensor<2x8xi64> -> tensor<f32>
  return %l : tensor<f32>
}

func.func @masked(%x: tensor<4x8xf32>, %m: tensor<4x8xi1>, %t: tensor<4xi64>)
    -> tensor<f32> {
  %p = act.log_softmax %x mask(%m : tensor<4x8xi1>) : tensor<4x8xf32>
  // expected-remark @below {{a mask has no place in 'act.cross_entropy'}}
  %l = act.nll %p, %t : tensor<4x8xf32>, tensor<4xi64> -> tensor<f32>
  return %l : tensor<f32>
}

func.func @empty_row(%x: tensor<4x8xf32>, %t: tensor<4xi64>) -> tensor<f32> {
  %p = act.log_softmax %x empty_row(zero) : tensor<4x8xf32>
  // expected-remark @below {{empty_row(zero) has no place in 'act.cross_entropy'}}
  %l = act.nll %p, %t : tensor<4x8xf32>, tensor<4xi64> -> tensor<f32>
  return %l : tensor<f32>
}

func.func @used(%x: tensor<4x8xf32>, %t: tensor<4xi64>)
    -> (tensor<f32>, tensor<4x8xf32>) {
  %p = act.log_softmax %x : tensor<4x8xf32>
  // expected-remark @below {{'act.log_softmax' is also used by 'func.return'}}
  %l = act.nll %p, %t : tensor<4x8xf32>, tensor<4xi64> -> tensor<f32>
  return %l, %p : tensor<f32>, tensor<4x8xf32>
}

func.func @other_input(%x: tensor<4x8xf32>, %y: tensor<4x8xf32>,
                       %t: tensor<4xi64>, %d: tensor<f32>) -> tensor<4x8xf32> {
  %p = act.log_softmax %y : tensor<4x8xf32>
  %dp = act.nll_backward %d, %p, %t
    : tensor<f32>, tensor<4x8xf32>, tensor<4xi64>
  // expected-remark @below {{[Missed] cross-entropy-gradient | Category:act-fuse | Function=other_input | Remark="'act.nll_backward' is of another 'act.log_softmax'"}}
  %dx = act.log_softmax_backward %dp, %x : tensor<4x8xf32>
  return %dx : tensor<4x8xf32>
}

func.func @no_logarithm(%x: tensor<4x8xf32>, %t: tensor<4xi64>, %d: tensor<f32>)
    -> tensor<4x8xf32> {
  %dp = act.nll_backward %d, %x, %t
    : tensor<f32>, tensor<4x8xf32>, tensor<4xi64>
  // expected-remark @below {{'act.nll_backward' is not of a result of 'act.log_softmax'}}
  %dx = act.log_softmax_backward %dp, %x : tensor<4x8xf32>
  return %dx : tensor<4x8xf32>
}

func.func @gradient_used(%x: tensor<4x8xf32>, %t: tensor<4xi64>,
    %d: tensor<f32>) -> (tensor<4x8xf32>, tensor<4x8xf32>) {
  %p = act.log_softmax %x : tensor<4x8xf32>
  %dp = act.nll_backward %d, %p, %t
    : tensor<f32>, tensor<4x8xf32>, tensor<4xi64>
  // expected-remark @below {{'act.nll_backward' is also used by 'func.return'}}
  %dx = act.log_softmax_backward %dp, %x : tensor<4x8xf32>
  return %dx, %dp : tensor<4x8xf32>, tensor<4x8xf32>
}

func.func @other_option(%x: tensor<4x8xf32>, %t: tensor<4xi64>, %d: tensor<f32>)
    -> (tensor<f32>, tensor<4x8xf32>) {
  %l = act.cross_entropy %x, %t reduction(sum)
    : tensor<4x8xf32>, tensor<4xi64> -> tensor<f32>
  // expected-remark @below {{[Missed] loss-with-gradient | Category:act-fuse | Function=other_option | Remark="'reduction' of the loss and of the gradient differ"}}
  %dx = act.cross_entropy_backward %d, %x, %t
    : tensor<f32>, tensor<4x8xf32>, tensor<4xi64>
  return %l, %dx : tensor<f32>, tensor<4x8xf32>
}

func.func @other_logsumexp(%x: tensor<4x8xf32>, %t: tensor<4xi64>,
    %d: tensor<f32>, %lse: tensor<4xf32>) -> (tensor<f32>, tensor<4x8xf32>) {
  %l = act.cross_entropy %x, %t : tensor<4x8xf32>, tensor<4xi64> -> tensor<f32>
  // expected-remark @below {{the gradient reads an 'lse' that is not the loss's}}
  %dx = act.cross_entropy_backward %d, %x, %t, %lse
    : tensor<f32>, tensor<4x8xf32>, tensor<4xi64>, tensor<4xf32>
  return %l, %dx : tensor<f32>, tensor<4x8xf32>
}

func.func @soft_target(%x: tensor<4x8xf32>, %t: tensor<4x8xf32>, %d: tensor<f32>)
    -> (tensor<f32>, tensor<4x8xf32>, tensor<4x8xf32>) {
  %l = act.cross_entropy %x, %t
    : tensor<4x8xf32>, tensor<4x8xf32> -> tensor<f32>
  // expected-remark @below {{'act.cross_entropy_with_grad' has no gradient of targets}}
  %dx, %dt = act.cross_entropy_backward %d, %x, %t
    : tensor<f32>, tensor<4x8xf32>, tensor<4x8xf32>
    -> tensor<4x8xf32>, tensor<4x8xf32>
  return %l, %dx, %dt : tensor<f32>, tensor<4x8xf32>, tensor<4x8xf32>
}

// The cotangent depends on the loss.
func.func @depends(%x: tensor<4x8xf32>, %t: tensor<4xi64>)
    -> (tensor<f32>, tensor<4x8xf32>) {
  %l = act.cross_entropy %x, %t : tensor<4x8xf32>, tensor<4xi64> -> tensor<f32>
  %d = math.absf %l : tensor<f32>
  // expected-remark @below {{'math.absf' needs the result of 'act.cross_entropy' before 'act.cross_entropy_backward' can run}}
  %dx = act.cross_entropy_backward %d, %x, %t
    : tensor<f32>, tensor<4x8xf32>, tensor<4xi64>
  return %l, %dx : tensor<f32>, tensor<4x8xf32>
}

// Another target, another loss.
func.func @other_target(%x: tensor<4x8xf32>, %t: tensor<4xi64>,
    %u: tensor<4xi64>, %d: tensor<f32>) -> (tensor<f32>, tensor<4x8xf32>) {
  %l = act.cross_entropy %x, %u : tensor<4x8xf32>, tensor<4xi64> -> tensor<f32>
  %dx = act.cross_entropy_backward %d, %x, %t
    : tensor<f32>, tensor<4x8xf32>, tensor<4xi64>
  return %l, %dx : tensor<f32>, tensor<4x8xf32>
}

func.func @nll_of_lse(%x: tensor<8x4xf32>, %t: tensor<i64>) -> tensor<f32> {
  %p, %lse = act.log_softmax %x {dim = 0} : tensor<8x4xf32> -> tensor<8x4xf32>, tensor<4xf32>
  %l = act.nll %lse, %t {dim = 0} : tensor<4xf32>, tensor<i64> -> tensor<f32>
  return %l : tensor<f32>
}

// y is what was saved of one log_softmax, and the logits of another.
func.func @saved_of_another(%w: tensor<4x8xf32>, %t: tensor<4xi64>, %d: tensor<f32>) -> tensor<4x8xf32> {
  %y = act.log_softmax %w {temperature = 2.0} : tensor<4x8xf32>
  %p = act.log_softmax %y {temperature = 2.0} : tensor<4x8xf32>
  %dl = act.nll_backward %d, %p, %t : tensor<f32>, tensor<4x8xf32>, tensor<4xi64>
  // expected-remark @below {{'act.nll_backward' is of another 'act.log_softmax'}}
  %dw = act.log_softmax_backward %dl, %y saved(output) {temperature = 2.0} : tensor<4x8xf32>
  return %dw : tensor<4x8xf32>
}
