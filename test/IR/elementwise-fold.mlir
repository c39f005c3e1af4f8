// Constants are evaluated exactly and rounded once, to the type of the result.

// RUN: act-opt %s --canonicalize | FileCheck %s

// CHECK-LABEL: func @scalars(
func.func @scalars() -> (f32, f32, f32, f32) {
  // 1 / (1 + e), Phi(1), 1/6 + 1/2, -0.01
  // CHECK-DAG: %[[A:.*]] = arith.constant 0.731058597 : f32
  // CHECK-DAG: %[[B:.*]] = arith.constant 0.841344773 : f32
  // CHECK-DAG: %[[C:.*]] = arith.constant 0.666666686 : f32
  // CHECK-DAG: %[[D:.*]] = arith.constant -0.00999999977 : f32
  // CHECK: return %[[A]], %[[B]], %[[C]], %[[D]]
  %one = arith.constant 1.0 : f32
  %minus = arith.constant -1.0 : f32
  %0 = act.silu %one : f32
  %1 = act.gelu %one : f32
  %2 = act.hardsigmoid %one : f32
  %3 = act.leaky_relu %minus : f32
  return %0, %1, %2, %3 : f32, f32, f32, f32
}

// Two of these lie so close to the middle of two bf16 numbers that rounding to
// f32 first would give the wrong one.
// CHECK-LABEL: func @sixteen_bits(
func.func @sixteen_bits() -> (bf16, f16, bf16) {
  // CHECK-DAG: %[[A:.*]] = arith.constant 8.398430e-01 : bf16
  // CHECK-DAG: %[[B:.*]] = arith.constant -9.868160e-01 : f16
  // CHECK-DAG: %[[C:.*]] = arith.constant 7.304680e-01 : bf16
  // CHECK: return %[[A]], %[[B]], %[[C]]
  %one = arith.constant 1.0 : bf16
  %0 = act.gelu %one : bf16
  %x = arith.constant -2.5 : f16
  %1 = act.tanh %x : f16
  %wide = arith.constant 1.0 : f32
  %2 = act.sigmoid %wide : f32 -> bf16
  return %0, %1, %2 : bf16, f16, bf16
}

// CHECK-LABEL: func @shaped(
func.func @shaped() -> (tensor<3xf32>, vector<4xbf16>, tensor<0xf32>) {
  // CHECK-DAG: %[[A:.*]] = arith.constant dense<[-0.0632120594, 0.000000e+00, 2.000000e+00]> : tensor<3xf32>
  // CHECK-DAG: %[[B:.*]] = arith.constant dense<3.750000e-01> : vector<4xbf16>
  // CHECK-DAG: %[[C:.*]] = arith.constant dense<> : tensor<0xf32>
  // CHECK: return %[[A]], %[[B]], %[[C]]
  %x = arith.constant dense<[-1.0, 0.0, 2.0]> : tensor<3xf32>
  %0 = act.elu %x {alpha = 0.1} : tensor<3xf32>
  %splat = arith.constant dense<0.5> : vector<4xbf16>
  %1 = act.mish %splat : vector<4xbf16>
  %empty = arith.constant dense<> : tensor<0xf32>
  %2 = act.relu %empty : tensor<0xf32>
  return %0, %1, %2 : tensor<3xf32>, vector<4xbf16>, tensor<0xf32>
}

// CHECK-LABEL: func @special_values(
func.func @special_values() -> (f32, f32, f32, f32) {
  // CHECK-DAG: %[[NAN:.*]] = arith.constant 0x7FC00000 : f32
  // CHECK-DAG: %[[MINUS_ZERO:.*]] = arith.constant -0.000000e+00 : f32
  // CHECK-DAG: %[[ZERO:.*]] = arith.constant 0.000000e+00 : f32
  // CHECK: return %[[NAN]], %[[MINUS_ZERO]], %[[ZERO]], %[[MINUS_ZERO]]
  %nan = arith.constant 0x7FC00000 : f32
  %inf = arith.constant 0xFF800000 : f32
  %zero = arith.constant -0.0 : f32
  %0 = act.relu %nan : f32
  %1 = act.silu %inf : f32
  %2 = act.relu %zero : f32
  %3 = act.tanh %zero : f32
  return %0, %1, %2, %3 : f32, f32, f32, f32
}

// CHECK-LABEL: func @subnormal(
func.func @subnormal() -> f32 {
  // Half of three times the smallest number is rounded to twice it.
  // CHECK: arith.constant 2.802600e-45 : f32
  %x = arith.constant 0x00000003 : f32
  %0 = act.hardswish %x : f32
  return %0 : f32
}

// CHECK-LABEL: func @backward(
func.func @backward() -> (f32, f32, f32, tensor<2xf32>) {
  // A closed relu gives +0 even of a NaN gradient.
  // CHECK-DAG: %[[A:.*]] = arith.constant 0.927670538 : f32
  // CHECK-DAG: %[[B:.*]] = arith.constant 0.000000e+00 : f32
  // CHECK-DAG: %[[C:.*]] = arith.constant 5.000000e-01 : f32
  // CHECK-DAG: %[[D:.*]] = arith.constant dense<[0.000000e+00, 2.000000e+00]> : tensor<2xf32>
  // CHECK: return %[[A]], %[[B]], %[[C]], %[[D]]
  %one = arith.constant 1.0 : f32
  %minus = arith.constant -1.0 : f32
  %nan = arith.constant 0x7FC00000 : f32
  %half = arith.constant 0.5 : f32
  %two = arith.constant 2.0 : f32
  %0 = act.silu_backward %one, %one : f32
  %1 = act.relu_backward %nan, %minus : f32
  %2 = act.sigmoid_backward %two, %half saved(output) : f32
  %dy = arith.constant dense<2.0> : tensor<2xf32>
  %x = arith.constant dense<[-1.0, 1.0]> : tensor<2xf32>
  %3 = act.relu_backward %dy, %x : tensor<2xf32>
  return %0, %1, %2, %3 : f32, f32, f32, tensor<2xf32>
}

// CHECK-LABEL: func @parametric(
func.func @parametric() -> (f32, tensor<2xf32>) {
  // CHECK-DAG: %[[A:.*]] = arith.constant 0.268941432 : f32
  // CHECK-DAG: %[[B:.*]] = arith.constant dense<[-5.000000e-01, 1.000000e+00]> : tensor<2xf32>
  // CHECK: return %[[A]], %[[B]]
  %one = arith.constant 1.0 : f32
  %minus = arith.constant -1.0 : f32
  %half = arith.constant 0.5 : f32
  %x = arith.constant dense<[-1.0, 1.0]> : tensor<2xf32>
  %0 = act.swish %one, %minus : f32, f32
  %1 = act.prelu %x, %half : tensor<2xf32>, f32
  return %0, %1 : f32, tensor<2xf32>
}

// CHECK-LABEL: func @wide(
func.func @wide() -> (f64, f64, bf16, f64) {
  // CHECK-DAG: %[[SILU:.*]] = arith.constant 0.7310585786300049 : f64
  // CHECK-DAG: %[[SLOPE:.*]] = arith.constant 1.8553410237429735 : f64
  // CHECK-DAG: %[[NARROW:.*]] = arith.constant 7.304680e-01 : bf16
  // CHECK-DAG: %[[ELU:.*]] = arith.constant -0.82175672647712505 : f64
  // CHECK: return %[[SILU]], %[[SLOPE]], %[[NARROW]], %[[ELU]]
  %one = arith.constant 1.0 : f64
  %two = arith.constant 2.0 : f64
  %minus = arith.constant -1.0 : f64
  %0 = act.silu %one : f64
  %1 = act.silu_backward %two, %one : f64
  %2 = act.silu %one : f64 -> bf16
  %3 = act.elu %minus {alpha = 1.3} : f64
  return %0, %1, %2, %3 : f64, f64, bf16, f64
}

// Halfway between two f16 numbers in f32, above it in truth.
// CHECK-LABEL: func @tie(
func.func @tie() -> f16 {
  // CHECK: %[[TINY:.*]] = arith.constant 5.960460e-08 : f16
  // CHECK: return %[[TINY]]
  %x = arith.constant 5.9604644775390625e-08 : f16
  %0 = act.hardswish %x : f16
  return %0 : f16
}

// Not everything is constant.
// CHECK-LABEL: func @stays(
func.func @stays(%x: f32) -> (f32, f32, tensor<2xf32>) {
  // CHECK: act.silu_backward
  // CHECK: act.silu_backward
  // CHECK: act.prelu
  %one = arith.constant 1.0 : f32
  %1 = act.silu_backward %one, %x : f32
  %2 = act.silu_backward %x, %one : f32
  %data = arith.constant dense<[-1.0, 1.0]> : tensor<2xf32>
  %weights = arith.constant dense<[0.25, 0.5]> : tensor<2xf32>
  %3 = act.prelu %data, %weights : tensor<2xf32>, tensor<2xf32>
  return %1, %2, %3 : f32, f32, tensor<2xf32>
}
