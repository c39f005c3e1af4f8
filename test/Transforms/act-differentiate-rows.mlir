// RUN: act-opt %s --split-input-file --act-differentiate=results=false \
// RUN:   | FileCheck %s
// RUN: act-opt %s --split-input-file --act-differentiate=mode=jvp \
// RUN:   | FileCheck %s --check-prefix=JVP

// CHECK-LABEL: func @softmax_vjp(
//  CHECK-SAME:   %[[X:.*]]: tensor<?x8xf32>, %[[M:.*]]: tensor<1x8xi1>, %[[D:.*]]: tensor<?x8xf32>
//  CHECK-NEXT:   %[[DX:.*]] = act.softmax_backward %[[D]], %[[X]] mask(%[[M]] : tensor<1x8xi1>) {temperature = 2.0} : tensor<?x8xf32>
//  CHECK-NEXT:   return %[[DX]]
func.func @softmax(%x: tensor<?x8xf32>, %m: tensor<1x8xi1>) -> tensor<?x8xf32> {
  %y = act.softmax %x mask(%m : tensor<1x8xi1>) {temperature = 2.0}
    : tensor<?x8xf32>
  return %y : tensor<?x8xf32>
}

// -----

// Both results have a derivative; the logsumexp serves it.

// CHECK-LABEL: func @log_softmax_vjp(
//  CHECK-SAME:   %[[X:.*]]: tensor<4x8xf32>, %[[D0:.*]]: tensor<4x8xf32> {{.*}}, %[[D1:.*]]: tensor<4xf32>
//       CHECK:   %[[Y:.*]]:2 = act.log_softmax %[[X]]
//       CHECK:   %[[A:.*]] = act.log_softmax_backward %[[D0]], %[[X]], %[[Y]]#1
//       CHECK:   %[[B:.*]] = act.logsumexp_backward %[[D1]], %[[X]], %[[Y]]#1
//       CHECK:   arith.addf %[[A]], %[[B]]
// JVP-LABEL: func @log_softmax_jvp(
//       JVP:   act.softmax
//       JVP:   arith.subf
func.func @log_softmax(%x: tensor<4x8xf32>)
    -> (tensor<4x8xf32>, tensor<4xf32>) {
  %y, %lse = act.log_softmax %x
    : tensor<4x8xf32> -> tensor<4x8xf32>, tensor<4xf32>
  return %y, %lse : tensor<4x8xf32>, tensor<4xf32>
}

// -----

// What a loss returns besides has no derivative, and may be returned.

// CHECK-LABEL: func @loss_vjp(
//  CHECK-SAME:   %[[X:.*]]: tensor<?x8xf32>, %[[T:.*]]: tensor<?xi64>, %[[W:.*]]: tensor<8xf32>, %[[D:.*]]: tensor<f32> {act.name = "d_res0"}, %{{.*}}: tensor<?xf32> {act.name = "d_res1"})
//       CHECK:   %[[L:.*]]:2 = act.cross_entropy
//       CHECK:   %[[DX:.*]] = act.cross_entropy_backward %[[D]], %[[X]], %[[T]], %[[L]]#1 class_weight(%[[W]] : tensor<8xf32>) {label_smoothing = 0.1}
//       CHECK:   return %[[DX]], %{{.*}} : tensor<?x8xf32>, tensor<8xf32>
// JVP-LABEL: func @loss_jvp(
//       JVP:   act.cross_entropy_backward
//       JVP:   arith.mulf
//       JVP:   linalg.generic {{.*}}"reduction", "reduction"
func.func @loss(%x: tensor<?x8xf32>, %t: tensor<?xi64>, %w: tensor<8xf32>)
    -> (tensor<f32>, tensor<?xf32>) {
  %l, %lse = act.cross_entropy %x, %t class_weight(%w : tensor<8xf32>)
    extra(lse) {label_smoothing = 0.1}
    : tensor<?x8xf32>, tensor<?xi64> -> tensor<f32>, tensor<?xf32>
  return %l, %lse : tensor<f32>, tensor<?xf32>
}

// -----

// Soft targets have a gradient if it is wanted.

// CHECK-LABEL: func @soft_vjp(
//       CHECK:   %[[G:.*]]:2 = act.cross_entropy_backward {{.*}} -> tensor<4x8xf32>, tensor<4x8xf32>
//       CHECK:   return %[[G]]#0, %[[G]]#1
func.func @soft(%x: tensor<4x8xf32>, %t: tensor<4x8xf32>) -> tensor<f32> {
  %l = act.cross_entropy %x, %t
    : tensor<4x8xf32>, tensor<4x8xf32> -> tensor<f32>
  return %l : tensor<f32>
}

// -----

// CHECK-LABEL: func @gate_vjp(
//       CHECK:   %[[DG:.*]], %[[DU:.*]] = act.gate_backward swiglu %{{.*}}, %{{.*}}, %{{.*}} {beta = 2.0}
//       CHECK:   return %[[DG]], %[[DU]]
// JVP-LABEL: func @gate_jvp(
//       JVP:   %[[DG:.*]], %{{.*}} = act.gate_backward swiglu
//       JVP:   %{{.*}}, %[[DU:.*]] = act.gate_backward swiglu
//       JVP:   arith.addf %[[DG]], %[[DU]]
func.func @gate(%g: tensor<8xf32>, %u: tensor<8xf32>) -> tensor<8xf32> {
  %y = act.gate swiglu %g, %u {beta = 2.0} : tensor<8xf32>
  return %y : tensor<8xf32>
}

// -----

// CHECK-LABEL: func @glu_vjp(
//       CHECK:   act.glu_backward swiglu %{{.*}}, %{{.*}} layout(interleaved) gate(first)
// JVP-LABEL: func @glu_jvp(
//       JVP:   tensor.extract_slice
//       JVP:   act.gate_backward swiglu
func.func @glu(%x: tensor<?x8xf32>) -> tensor<?x4xf32> {
  %y = act.glu swiglu %x layout(interleaved) gate(first)
    : tensor<?x8xf32> -> tensor<?x4xf32>
  return %y : tensor<?x4xf32>
}

// -----

// The logsumexp that a loss hands to its gradient is no obstacle to a second
// derivative.

// CHECK-LABEL: func @twice_vjp(
//       CHECK:   act.softmax
func.func @twice(%x: tensor<4x8xf32>, %t: tensor<4xi64>, %d: tensor<f32>)
    -> (tensor<f32>, tensor<4x8xf32>) {
  %l, %lse = act.cross_entropy %x, %t extra(lse)
    : tensor<4x8xf32>, tensor<4xi64> -> tensor<f32>, tensor<4xf32>
  %dx = act.cross_entropy_backward %d, %x, %t, %lse
    : tensor<f32>, tensor<4x8xf32>, tensor<4xi64>, tensor<4xf32>
  return %l, %dx : tensor<f32>, tensor<4x8xf32>
}
