// Types and attributes that elementwise operations refuse.

// RUN: act-opt %s --split-input-file --verify-diagnostics

func.func @integer(%x: tensor<4xi32>) {
  // expected-error @below {{'act.relu' op operand #0 must be f16, bf16, f32 or f64 (8-bit types are not there yet), or a vector or ranked tensor of these of rank 0 to 6, but got 'tensor<4xi32>'}}
  %0 = act.relu %x : tensor<4xi32>
  return
}

// -----

func.func @complex(%x: complex<f32>) {
  // expected-error @below {{operand #0 must be f16, bf16, f32 or f64}}
  %0 = act.relu %x : complex<f32>
  return
}

// -----

func.func @fp8(%x: f8E4M3FN) {
  // expected-error @below {{8-bit types are not there yet}}
  %0 = act.relu %x : f8E4M3FN
  return
}

// -----

func.func @fp8_result(%x: f32) {
  // expected-error @below {{result #0 must be f16, bf16, f32 or f64 (8-bit types are not there yet)}}
  %0 = act.relu %x : f32 -> f8E5M2
  return
}

// -----

func.func @rank_7(%x: tensor<1x1x1x1x1x1x1xf32>) {
  // expected-error @below {{of rank 0 to 6, but got 'tensor<1x1x1x1x1x1x1xf32>'}}
  %0 = act.relu %x : tensor<1x1x1x1x1x1x1xf32>
  return
}

// -----

func.func @unranked(%x: tensor<*xf32>) {
  // expected-error @below {{ranked tensor of these of rank 0 to 6, but got 'tensor<*xf32>'}}
  %0 = act.relu %x : tensor<*xf32>
  return
}

// -----

func.func @memref(%x: memref<4xf32>) {
  // expected-error @below {{vector or ranked tensor of these of rank 0 to 6, but got 'memref<4xf32>'}}
  %0 = act.relu %x : memref<4xf32>
  return
}

// -----

func.func @result_shape(%x: tensor<4xf32>) {
  // expected-error @below {{'act.relu' op result must have the shape of the operand 'tensor<4xf32>', found 'tensor<5xf32>'}}
  %0 = act.relu %x : tensor<4xf32> -> tensor<5xf32>
  return
}

// -----

func.func @result_kind(%x: vector<4xf32>) {
  // expected-error @below {{'act.relu' op result must have the shape of the operand 'vector<4xf32>', found 'tensor<4xf32>'}}
  %0 = act.relu %x : vector<4xf32> -> tensor<4xf32>
  return
}

// -----

func.func @operand_shapes(%dy: tensor<5xf32>, %x: tensor<4xf32>) {
  // expected-error @below {{'act.relu_backward' op operands must have one shape, found 'tensor<5xf32>' and 'tensor<4xf32>'}}
  %0 = act.relu_backward %dy, %x : tensor<5xf32>, tensor<4xf32>
  return
}

// -----

func.func @operand_kinds(%dy: f32, %x: tensor<4xf32>) {
  // expected-error @below {{'act.relu_backward' op operands must have one shape, found 'f32' and 'tensor<4xf32>'}}
  %0 = act.relu_backward %dy, %x : f32, tensor<4xf32>
  return
}

// -----

func.func @gradient_type(%dy: f32, %x: f16) {
  // expected-error @below {{'act.relu_backward' op result must have the type of the operand 'f16', found 'f32'}}
  %0 = "act.relu_backward"(%dy, %x) : (f32, f16) -> f32
  return
}

// -----

func.func @no_operand() {
  // expected-error @below {{'act.relu' op requires a single operand}}
  %0 = "act.relu"() : () -> f32
  return
}

// -----

func.func @similar_attribute(%x: f32) {
  // expected-error @below {{unknown attribute 'slop' on 'act.leaky_relu'; did you mean 'slope'?}}
  %0 = act.leaky_relu %x {slop = 0.2} : f32
  return
}

// -----

func.func @closest_attribute(%x: f32) {
  // expected-error @below {{unknown attribute 'offst' on 'act.hardsigmoid'; did you mean 'offset'?}}
  %0 = act.hardsigmoid %x {offst = 0.2} : f32
  return
}

// -----

func.func @other_attribute(%x: f32) {
  // expected-error @below {{unknown attribute 'leak' on 'act.hardsigmoid', which has 'offset', 'slope'}}
  %0 = act.hardsigmoid %x {leak = 0.2} : f32
  return
}

// -----

func.func @no_attributes(%x: f32) {
  // expected-error @below {{unknown attribute 'slope' on 'act.relu', which has no attributes}}
  %0 = act.relu %x {slope = 0.2} : f32
  return
}

// -----

func.func @integer_number(%x: f32) {
  // expected-error @below {{attribute 'slope' failed to satisfy constraint: a number of type f64, written with a point (2.0, not 2)}}
  // expected-note @below {{write 2.0}}
  %0 = act.leaky_relu %x {slope = 2} : f32
  return
}

// -----

func.func @f32_number(%x: f32) {
  // expected-error @below {{attribute 'slope' failed to satisfy constraint: a number of type f64}}
  %0 = act.leaky_relu %x {slope = 2.0 : f32} : f32
  return
}

// -----

func.func @string_number(%x: f32) {
  // expected-error @below {{attribute 'slope' failed to satisfy constraint: a number of type f64}}
  %0 = act.leaky_relu %x {slope = "2.0"} : f32
  return
}

// -----

func.func @generic_number(%x: f32) {
  // expected-error @below {{'act.leaky_relu' op attribute 'slope' failed to satisfy constraint: a number of type f64}}
  %0 = "act.leaky_relu"(%x) {slope = 2 : i64} : (f32) -> f32
  return
}

// -----

func.func @nan(%x: f32) {
  // expected-error @below {{'act.elu' op attribute 'alpha' must be finite, found 0x7FF8000000000000 : f64}}
  %0 = act.elu %x {alpha = 0x7FF8000000000000 : f64} : f32
  return
}

// -----

func.func @infinity(%x: f32) {
  // expected-error @below {{'act.elu' op attribute 'alpha' must be finite, found 0x7FF0000000000000 : f64}}
  %0 = act.elu %x {alpha = 0x7FF0000000000000 : f64} : f32
  return
}

// -----

func.func @positive(%x: f32) {
  // expected-error @below {{'act.softplus' op attribute 'beta' must be greater than 0, found 0.000000e+00 : f64}}
  %0 = act.softplus %x {beta = 0.0} : f32
  return
}

// -----

func.func @positive_backward(%x: f32) {
  // expected-error @below {{'act.hardsigmoid_backward' op attribute 'slope' must be greater than 0, found -1.000000e+00 : f64}}
  %0 = act.hardsigmoid_backward %x, %x {slope = -1.0} : f32
  return
}

// -----

func.func @positive_temperature(%x: f32, %m: f32) {
  // expected-error @below {{'act.tempered_exp' op attribute 'temperature' must be greater than 0, found -2.000000e+00 : f64}}
  %0 = act.tempered_exp %x, %m {temperature = -2.0} : f32, f32
  return
}

// -----

func.func @no_temperature(%x: f32, %m: f32) {
  // expected-error @below {{'act.tempered_exp' op requires attribute 'temperature'}}
  %0 = act.tempered_exp %x, %m : f32, f32
  return
}

// -----

func.func @keyword(%x: f32) {
  // expected-error @below {{expected one of [none, tanh, sigmoid] for the form of gelu, got: erf}}
  %0 = act.gelu %x approximate(erf) : f32
  return
}

// -----

func.func @foreign_keyword(%x: f32) {
  // expected-error @below {{expected ':'}}
  %0 = act.silu %x approximate(tanh) : f32
  return
}

// -----

func.func @unknown_operation(%x: f32) {
  // expected-error @below {{custom op 'act.glue' is unknown}}
  %0 = act.glue %x : f32
  return
}
