// Parameters that do not fit.

// RUN: act-opt %s --split-input-file --verify-diagnostics

func.func @channels(%x: tensor<2x3xf32>, %w: tensor<2xf32>) {
  // expected-error @below {{'act.prelu' op parameter must have one value for each of the 3 channels of dimension 1, found 2}}
  %0 = act.prelu %x, %w : tensor<2x3xf32>, tensor<2xf32>
  return
}

// -----

func.func @channels_backward(%x: tensor<2x3xf32>, %w: tensor<3xf32>) {
  // expected-error @below {{'act.prelu_backward' op parameter must have one value for each of the 2 channels of dimension 0, found 3}}
  %0, %1 = act.prelu_backward %x, %x, %w {channel_dim = -2}
    : tensor<2x3xf32>, tensor<3xf32>
  return
}

// -----

// The channel dimension of rank 1 is 0, and what is dynamic may fit.
func.func @fitting(%x: tensor<3xf32>, %w: tensor<3xf32>, %y: tensor<2x?xf32>,
                   %v: tensor<?xf32>) {
  %0 = act.prelu %x, %w : tensor<3xf32>, tensor<3xf32>
  %1 = act.prelu %y, %w : tensor<2x?xf32>, tensor<3xf32>
  %2 = act.prelu %x, %v : tensor<3xf32>, tensor<?xf32>
  return
}

// -----

func.func @channel_dim(%x: tensor<2x3xf32>, %w: tensor<2xf32>) {
  // expected-error @below {{'act.prelu' op attribute 'channel_dim' must lie in [-2, 2) for a tensor of rank 2, found 2}}
  %0 = act.prelu %x, %w {channel_dim = 2} : tensor<2x3xf32>, tensor<2xf32>
  return
}

// -----

func.func @channel_dim_low(%x: tensor<2x3xf32>, %w: tensor<1xf32>) {
  // expected-error @below {{'act.swish' op attribute 'channel_dim' must lie in [-2, 2) for a tensor of rank 2, found -3}}
  %0 = act.swish %x, %w {channel_dim = -3} : tensor<2x3xf32>, tensor<1xf32>
  return
}

// -----

func.func @channel_dim_type(%x: tensor<2x3xf32>, %w: tensor<3xf32>) {
  // expected-error @below {{attribute 'channel_dim' failed to satisfy constraint: 64-bit signless integer attribute}}
  // expected-note @below {{write 1}}
  %0 = act.prelu %x, %w {channel_dim = 1.0} : tensor<2x3xf32>, tensor<3xf32>
  return
}

// -----

func.func @channel_dim_of_scalar(%x: tensor<2x3xf32>, %w: f32) {
  // expected-error @below {{'act.prelu' op attribute 'channel_dim' needs a tensor and a tensor parameter}}
  %0 = act.prelu %x, %w {channel_dim = 1} : tensor<2x3xf32>, f32
  return
}

// -----

func.func @channel_dim_of_attribute(%x: tensor<2x3xf32>) {
  // expected-error @below {{'act.swish' op attribute 'channel_dim' needs a tensor and a tensor parameter}}
  %0 = act.swish %x {beta = 2.0, channel_dim = 1} : tensor<2x3xf32>
  return
}

// -----

func.func @parameter_rank(%x: tensor<2x3xf32>, %w: tensor<2x3xf32>) {
  // expected-error @below {{'act.prelu' op parameter of a tensor must be a scalar, a tensor of rank 0 or a tensor of shape [1] or [C], found 'tensor<2x3xf32>'}}
  %0 = act.prelu %x, %w : tensor<2x3xf32>, tensor<2x3xf32>
  return
}

// -----

func.func @parameter_of_rank_0(%x: tensor<f32>, %w: tensor<2xf32>) {
  // expected-error @below {{'act.prelu' op parameter of a tensor of rank 0 must be a scalar or a tensor of rank 0 or shape [1], found 'tensor<2xf32>'}}
  %0 = act.prelu %x, %w : tensor<f32>, tensor<2xf32>
  return
}

// -----

func.func @vector_parameter(%x: vector<4xf32>, %w: vector<3xf32>) {
  // expected-error @below {{'act.prelu' op parameter must be a scalar or have the shape of the operand 'vector<4xf32>', found 'vector<3xf32>'}}
  %0 = act.prelu %x, %w : vector<4xf32>, vector<3xf32>
  return
}

// -----

func.func @scalar_parameter(%x: f32, %w: tensor<f32>) {
  // expected-error @below {{'act.swish' op parameter must be a scalar or have the shape of the operand 'f32', found 'tensor<f32>'}}
  %0 = act.swish %x, %w : f32, tensor<f32>
  return
}

// -----

func.func @both(%x: f32) {
  // expected-error @below {{'act.swish' op takes 'beta' as an operand or as an attribute, not as both}}
  %0 = act.swish %x, %x {beta = 1.0} : f32, f32
  return
}

// -----

func.func @not_finite(%x: f32) {
  // expected-error @below {{'act.swish_backward' op attribute 'beta' must be finite}}
  %0 = act.swish_backward %x, %x {beta = 0x7FF0000000000000 : f64} : f32
  return
}

// -----

func.func @superfluous_result(%x: f32) {
  // expected-error @below {{'act.swish_backward' op must have 1 result without an operand parameter, found 2}}
  %0:2 = "act.swish_backward"(%x, %x) : (f32, f32) -> (f32, f32)
  return
}

// -----

func.func @missing_result(%x: f32) {
  // expected-error @below {{'act.swish_backward' op must have 2 results with an operand parameter, found 1}}
  %0 = "act.swish_backward"(%x, %x, %x) : (f32, f32, f32) -> f32
  return
}

// -----

func.func @gradient(%x: tensor<4xf32>, %w: f32) {
  // expected-error @below {{'act.prelu_backward' op gradient of the parameter must have the type 'f32', found 'tensor<4xf32>'}}
  %0:2 = "act.prelu_backward"(%x, %x, %w)
    : (tensor<4xf32>, tensor<4xf32>, f32) -> (tensor<4xf32>, tensor<4xf32>)
  return
}

// -----

func.func @types(%x: f32) {
  // expected-error @below {{expected 2 types, of x and of the parameter; found 1}}
  %0 = act.swish %x, %x : f32
  return
}

// -----

func.func @types_without_operand(%x: f32) {
  // expected-error @below {{expected 1 type, of x; found 2}}
  %0 = act.swish %x : f32, f32
  return
}

// -----

func.func @types_backward(%x: f32) {
  // expected-error @below {{expected 2 or 3 types, of dy where it differs, of x and of the parameter; found 1}}
  %0, %1 = act.prelu_backward %x, %x, %x : f32
  return
}

// -----

func.func @types_backward_without_operand(%x: f32) {
  // expected-error @below {{expected 1 or 2 types, of dy where it differs and of x; found 3}}
  %0 = act.swish_backward %x, %x : f32, f32, f32
  return
}
