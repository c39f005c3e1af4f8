// A backward operation reads the saved output only where that is accurate.

// RUN: act-opt %s --split-input-file --verify-diagnostics

func.func @sixteen_bits(%dy: bf16, %y: bf16) {
  // expected-error @below {{'act.sigmoid_backward' op with saved(output) needs f32 or f64, where the rounding of the output does little harm; found 'bf16'}}
  %0 = act.sigmoid_backward %dy, %y saved(output) : bf16
  return
}

// -----

func.func @sixteen_bits_elu(%dy: tensor<4xf16>, %y: tensor<4xf16>) {
  // expected-error @below {{'act.elu_backward' op with saved(output) needs f32 or f64, where the rounding of the output does little harm; found 'tensor<4xf16>'}}
  %0 = act.elu_backward %dy, %y saved(output) : tensor<4xf16>
  return
}

// -----

// Where the output tells the piece exactly, it may be rounded.
func.func @sixteen_bits_relu(%dy: bf16, %y: bf16) {
  %0 = act.relu_backward %dy, %y saved(output) : bf16
  %1 = act.relu6_backward %dy, %y saved(output) : bf16
  %2 = act.leaky_relu_backward %dy, %y saved(output) : bf16
  return
}

// -----

func.func @types(%dy: tensor<4xf32>, %y: tensor<4xf16>) {
  // expected-error @below {{'act.relu_backward' op with saved(output) needs operands and result of one element type, found 'tensor<4xf32>' and 'tensor<4xf16>'}}
  %0 = act.relu_backward %dy, %y saved(output) : tensor<4xf32>, tensor<4xf16>
  return
}

// -----

func.func @slope(%dy: f32, %y: f32) {
  // expected-error @below {{'act.leaky_relu_backward' op with saved(output) needs 'slope' greater than 0, found 0.000000e+00 : f64}}
  %0 = act.leaky_relu_backward %dy, %y saved(output) {slope = 0.0} : f32
  return
}

// -----

func.func @alpha(%dy: f32, %y: f32) {
  // expected-error @below {{'act.elu_backward' op with saved(output) needs 'alpha' greater than 0, found -1.000000e+00 : f64}}
  %0 = act.elu_backward %dy, %y saved(output) {alpha = -1.0} : f32
  return
}

// -----

func.func @keyword(%dy: f32, %y: f32) {
  // expected-error @below {{expected one of [input, output] for what a backward operation reads, got: both}}
  %0 = act.relu_backward %dy, %y saved(both) : f32
  return
}

// -----

func.func @not_offered(%dy: f32, %y: f32) {
  // expected-error @below {{expected ':'}}
  %0 = act.silu_backward %dy, %y saved(output) : f32
  return
}
