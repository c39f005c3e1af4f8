// Parameters in their simplest form.

// RUN: act-opt %s --canonicalize | FileCheck %s

// CHECK-LABEL: func @channel_dim(
func.func @channel_dim(%x: tensor<4x3x5xf32>, %w: tensor<3xf32>)
    -> (tensor<4x3x5xf32>, tensor<3xf32>, tensor<4x3x5xf32>, tensor<3xf32>) {
  // CHECK: act.prelu %arg0, %arg1 {channel_dim = 1} :
  // CHECK: act.prelu_backward %{{.*}}, %arg0, %arg1 {channel_dim = 1} :
  // CHECK: act.swish %arg0, %arg1 {channel_dim = 1} :
  // CHECK: act.swish_backward %{{.*}}, %arg0, %arg1 {channel_dim = 1} :
  %0 = act.prelu %x, %w {channel_dim = -2} : tensor<4x3x5xf32>, tensor<3xf32>
  %1, %2 = act.prelu_backward %0, %x, %w {channel_dim = -2}
    : tensor<4x3x5xf32>, tensor<3xf32>
  %3 = act.swish %x, %w {channel_dim = -2} : tensor<4x3x5xf32>, tensor<3xf32>
  %4, %5 = act.swish_backward %3, %x, %w {channel_dim = -2}
    : tensor<4x3x5xf32>, tensor<3xf32>
  return %1, %2, %4, %5
    : tensor<4x3x5xf32>, tensor<3xf32>, tensor<4x3x5xf32>, tensor<3xf32>
}

// CHECK-LABEL: func @constant_beta(
func.func @constant_beta(%x: tensor<?x3xf32>)
    -> (tensor<?x3xf32>, tensor<?x3xf32>) {
  // CHECK: act.swish %arg0 {beta = 1.5} : tensor<?x3xf32>
  // CHECK: act.swish %arg0 {beta = 0.75} : tensor<?x3xf32>
  %beta = arith.constant 1.5 : bf16
  %0 = act.swish %x, %beta : tensor<?x3xf32>, bf16
  %splat = arith.constant dense<0.75> : tensor<3xf32>
  %1 = act.swish %x, %splat {channel_dim = -1} : tensor<?x3xf32>, tensor<3xf32>
  return %0, %1 : tensor<?x3xf32>, tensor<?x3xf32>
}

// CHECK-LABEL: func @constant_beta_backward(
func.func @constant_beta_backward(%x: f32, %dy: f32) -> (f32, f32, f32) {
  // CHECK: %[[DX:.*]] = act.swish_backward %arg1, %arg0 {beta = 1.5} : f32
  // CHECK: %[[DZ:.*]], %[[DB:.*]] = act.swish_backward %arg1, %arg0, %{{.*}} : f32, f32
  // CHECK: return %[[DX]], %[[DZ]], %[[DB]]
  %beta = arith.constant 1.5 : f32
  %0, %1 = act.swish_backward %dy, %x, %beta : f32, f32
  %2, %3 = act.swish_backward %dy, %x, %beta : f32, f32
  return %0, %2, %3 : f32, f32, f32
}

// Attributes are finite; an f64 operand makes the operation compute in f64;
// channels may differ.
// CHECK-LABEL: func @operand_stays(
func.func @operand_stays(%x: tensor<?x2xf32>)
    -> (tensor<?x2xf32>, tensor<?x2xf32>, tensor<?x2xf32>) {
  // CHECK: act.swish %arg0, %{{.*}} : tensor<?x2xf32>, f32
  // CHECK: act.swish %arg0, %{{.*}} : tensor<?x2xf32>, f64
  // CHECK: act.swish %arg0, %{{.*}} : tensor<?x2xf32>, tensor<2xf32>
  %inf = arith.constant 0x7F800000 : f32
  %0 = act.swish %x, %inf : tensor<?x2xf32>, f32
  %wide = arith.constant 1.5 : f64
  %1 = act.swish %x, %wide : tensor<?x2xf32>, f64
  %channels = arith.constant dense<[1.0, 2.0]> : tensor<2xf32>
  %2 = act.swish %x, %channels : tensor<?x2xf32>, tensor<2xf32>
  return %0, %1, %2 : tensor<?x2xf32>, tensor<?x2xf32>, tensor<?x2xf32>
}

// swish with beta 1 is not silu bit for bit: the default tiers differ.
// CHECK-LABEL: func @swish_of_1(
func.func @swish_of_1(%x: f32) -> f32 {
  // CHECK: act.swish %arg0 {beta = 1.0} : f32
  %0 = act.swish %x {beta = 1.0} : f32
  return %0 : f32
}
