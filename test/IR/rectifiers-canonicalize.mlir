// Rectifiers of rectified values. Every rewrite keeps all bits.

// RUN: act-opt %s --canonicalize --split-input-file | FileCheck %s

// CHECK-LABEL: func @relu_of_relu(
func.func @relu_of_relu(%x: tensor<?xf32>) -> tensor<?xf32> {
  // CHECK: %[[Y:.*]] = act.relu %arg0
  // CHECK-NEXT: return %[[Y]]
  %0 = act.relu %x : tensor<?xf32>
  %1 = act.relu %0 : tensor<?xf32>
  return %1 : tensor<?xf32>
}

// CHECK-LABEL: func @relu_of_relu6(
func.func @relu_of_relu6(%x: f32) -> f32 {
  // CHECK: %[[Y:.*]] = act.relu6 %arg0
  // CHECK-NEXT: return %[[Y]]
  %0 = act.relu6 %x : f32
  %1 = act.relu %0 : f32
  return %1 : f32
}

// CHECK-LABEL: func @relu6_of_relu6(
func.func @relu6_of_relu6(%x: f32) -> f32 {
  // CHECK: %[[Y:.*]] = act.relu6 %arg0
  // CHECK-NEXT: return %[[Y]]
  %0 = act.relu6 %x : f32
  %1 = act.relu6 %0 : f32
  return %1 : f32
}

// CHECK-LABEL: func @relu6_of_relu(
func.func @relu6_of_relu(%x: f32) -> f32 {
  // CHECK: %[[Y:.*]] = act.relu6 %arg0
  // CHECK-NEXT: return %[[Y]]
  %0 = act.relu %x : f32
  %1 = act.relu6 %0 : f32
  return %1 : f32
}

// A rounding in between stays.
// CHECK-LABEL: func @types_differ(
func.func @types_differ(%x: f32) -> (f32, bf16, f32) {
  // CHECK: act.relu %arg0 : f32 -> bf16
  // CHECK: act.relu %{{.*}} : bf16 -> f32
  // CHECK: act.relu6 %{{.*}} : bf16
  // CHECK: act.leaky_relu %{{.*}} {slope = 1.0} : bf16 -> f32
  %0 = act.relu %x : f32 -> bf16
  %1 = act.relu %0 : bf16 -> f32
  %2 = act.relu6 %0 : bf16
  %3 = act.leaky_relu %0 {slope = 1.0} : bf16 -> f32
  return %1, %2, %3 : f32, bf16, f32
}

// CHECK-LABEL: func @leaky_relu_slope_1(
func.func @leaky_relu_slope_1(%x: f32) -> f32 {
  // CHECK-NEXT: return %arg0
  %0 = act.leaky_relu %x {slope = 1.0} : f32
  return %0 : f32
}

// CHECK-LABEL: func @leaky_relu_slope_0(
func.func @leaky_relu_slope_0(%x: f32) -> (f32, bf16) {
  // CHECK: act.relu %arg0 : f32
  // CHECK: act.relu %arg0 {act.accuracy = "exact"} : f32 -> bf16
  %0 = act.leaky_relu %x {slope = 0.0} : f32
  %1 = act.leaky_relu %x {slope = -0.0, act.accuracy = "exact"} : f32 -> bf16
  return %0, %1 : f32, bf16
}

// Neither dy = 0 nor a closed piece can be seen in dy alone: a NaN in x shows.
// CHECK-LABEL: func @backward_of_zero(
func.func @backward_of_zero(%x: f32) -> f32 {
  // CHECK: act.relu_backward
  %zero = arith.constant 0.0 : f32
  %0 = act.relu_backward %zero, %x : f32
  return %0 : f32
}

// CHECK-LABEL: func @dead(
func.func @dead(%x: tensor<?xf32>) {
  // CHECK-NEXT: return
  %0 = act.gelu %x : tensor<?xf32>
  %1 = act.gelu_backward %x, %0 : tensor<?xf32>
  return
}
