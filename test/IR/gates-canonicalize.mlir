// RUN: act-opt %s --canonicalize | FileCheck %s

// A negative dim counts from the end.
// CHECK-LABEL: func @dim(
func.func @dim(%dy: tensor<4x?xf32>, %x: tensor<4x?xf32>)
    -> (tensor<4x?xf32>, tensor<2x?xf32>, tensor<4x?xf32>) {
  // CHECK: act.glu swiglu {{.*}} {dim = 1} : tensor<4x?xf32>
  %0 = act.glu swiglu %x : tensor<4x?xf32>
  // CHECK: act.glu swiglu {{.*}} {dim = 0} : tensor<4x?xf32>
  %1 = act.glu swiglu %x {dim = -2} : tensor<4x?xf32> -> tensor<2x?xf32>
  // CHECK: act.glu_backward swiglu {{.*}} {dim = 1} : tensor<4x?xf32>
  %2 = act.glu_backward swiglu %dy, %x : tensor<4x?xf32>
  return %0, %1, %2 : tensor<4x?xf32>, tensor<2x?xf32>, tensor<4x?xf32>
}

// Gates without a use vanish.
// CHECK-LABEL: func @unused(
func.func @unused(%x: tensor<8xf32>, %g: f32) {
  // CHECK-NOT: act.
  %0 = act.glu swiglu %x : tensor<8xf32> -> tensor<4xf32>
  %1:2 = act.gate_backward swiglu %g, %g, %g : f32
  return
}
